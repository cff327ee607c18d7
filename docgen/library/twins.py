"""What a release remembers of its translation, and which of its passages a change of the source has left behind."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from docgen.compose.twins import Disagreement, Pairs, Parting, Unit, disagreements, paired, units

__all__ = ["Disagreement", "Pairs", "Parting", "Unit", "disagreements", "memory", "paired", "stale", "units"]

Memory = Sequence[Sequence[str]]
"""Lines of two short hashes: of a translation's text, and of the governing text it was made from."""


def memory(pairs: Pairs, remembered: Memory = ()) -> list[list[str]]:
    """What a release remembers, sorted: the texts that differ between the languages, each with its source.

    Without `remembered` every translation counts as made from the text beside it: somebody has compared them. With
    the memory of the release before, passages that are stale stay so: they keep the sources they were made from.
    """
    made_from = _sources(remembered)
    lines = {
        (_hash(twin.text), _hash(source.text))
        for source, twin in pairs.aligned
        if twin.text and source.text != twin.text and not _is_stale(source, twin, made_from)
    }
    if made_from:
        here = {_hash(unit.text) for unit in _all(pairs)}
        lines |= {(text, source) for text in here for source in made_from.get(text, ())}
    return [list(line) for line in sorted(lines)]


def stale(pairs: Pairs, remembered: Memory) -> tuple[Unit, ...]:
    """Units of the twin that are remembered, but never as made from the text they now stand beside."""
    made_from = _sources(remembered)
    found = [twin for source, twin in pairs.aligned if _is_stale(source, twin, made_from)]
    for parting in pairs.parted:
        present = {_hash(unit.text) for unit in parting.governing}
        same = {unit.text for unit in parting.governing}
        for twin in parting.twin:
            sources = made_from.get(_hash(twin.text), set())
            if sources and twin.text not in same and not sources & present:
                found.append(twin)
    return tuple(found)


def _is_stale(source: Unit, twin: Unit, made_from: dict[str, set[str]]) -> bool:
    sources = made_from.get(_hash(twin.text), set()) if twin.text else set()
    return bool(sources) and source.text != twin.text and _hash(source.text) not in sources


def _all(pairs: Pairs) -> list[Unit]:
    """Every unit of the twin."""
    return [twin for _, twin in pairs.aligned] + [unit for parting in pairs.parted for unit in parting.twin]


def _sources(remembered: Memory) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for text, source in remembered:
        found.setdefault(text, set()).add(source)
    return found


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
