"""A document's text in two languages side by side: which units answer each other, and where the two disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import zip_longest
from typing import Literal

from docgen.compose.composition import Composition
from docgen.compose.facts import differences, facts
from docgen.compose.units import Place, Shape, Step, Unit, steps, units
from docgen.diagnostics import Language

__all__ = ["Disagreement", "Pairs", "Parting", "Unit", "disagreements", "paired", "units"]


@dataclass(frozen=True)
class Parting:
    """A section whose two texts differ in shape, so that its units do not answer each other one by one."""

    places: tuple[Place, Place]
    """Where they part first, in the governing text and in the twin, each in its own language."""

    shapes: tuple[Shape, Shape]
    """What stands there."""

    governing: tuple[Unit, ...]
    """The units of the section in the governing text; none where only the twin has the section."""

    twin: tuple[Unit, ...]
    """The units of the section in the twin."""


@dataclass(frozen=True)
class Pairs:
    """The units of two texts of one document."""

    aligned: tuple[tuple[Unit, Unit], ...]
    """Units of the governing text with the units of the twin that answer them."""

    parted: tuple[Parting, ...] = ()
    """Sections of different shape, in reading order."""


@dataclass(frozen=True)
class Disagreement:
    """A place where the two texts cannot both be right."""

    kind: Literal["shape", "figures", "empty"]
    """Shapes differ; numbers, dates, units or codes differ; one side says nothing."""

    governing: Unit
    """The unit of the governing text; of a shape only its place."""

    twin: Unit
    """The unit of the twin."""

    shapes: tuple[Shape, Shape] | None = None
    """What stands in the governing text and in the twin, of `shape`."""

    only_governing: tuple[str, ...] = ()
    """Numbers, dates, units and codes that only the governing text has, as printed, of `figures`."""

    only_twin: tuple[str, ...] = ()
    """The same of the twin."""


def paired(governing: Composition, twin: Composition) -> Pairs:
    """The texts side by side, section by section: a section that differs in shape does not disturb the next one."""
    ours, theirs = _sections(governing), _sections(twin)
    aligned: list[tuple[Unit, Unit]] = []
    parted: list[Parting] = []
    for left, right in _answering(ours, theirs):
        parting = _parting(left, right)
        if parting is not None:
            parted.append(parting)
        else:
            aligned += [(a.unit, b.unit) for a, b in zip(left, right, strict=True) if a.unit.text or b.unit.text]
    return Pairs(tuple(aligned), tuple(parted))


def disagreements(governing: Composition, twin: Composition) -> tuple[Disagreement, ...]:
    """Where shapes, figures and codes of two texts of a document differ (DC-50); wording is not judged."""
    pairs = paired(governing, twin)
    found = [
        Disagreement("shape", Unit(parting.places[0], ""), Unit(parting.places[1], ""), parting.shapes)
        for parting in pairs.parted
    ]
    return (*found, *_differing(pairs, governing.lang, twin.lang))


def _differing(pairs: Pairs, language: Language, other: Language) -> Iterator[Disagreement]:
    for ours, theirs in pairs.aligned:
        if not ours.text or not theirs.text:
            yield Disagreement("empty", ours, theirs)
        elif ours.text != theirs.text:
            left, right = _compared(ours.text, theirs.text, language, other)
            if left or right:
                yield Disagreement("figures", ours, theirs, None, left, right)


@cache
def _compared(ours: str, theirs: str, language: Language, other: Language) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What one of two texts states and the other does not; half of all pairs stand in several documents."""
    return differences(facts(ours, language), facts(theirs, other))


def _sections(composition: Composition) -> list[list[Step]]:
    """The steps of a composition, a list for what comes before the first heading and one for every section."""
    found: list[list[Step]] = [[]]
    for step in steps(composition):
        if step.key:
            found.append([])
        found[-1].append(step)
    return found


def _answering(
    ours: Sequence[list[Step]], theirs: Sequence[list[Step]]
) -> Iterator[tuple[Sequence[Step], Sequence[Step]]]:
    """Sections that answer each other by the identifiers of their headings; those without answer stand alone."""
    left, right = ([section[0].key for section in sections] for sections in (ours, theirs))
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(ours[a:b], theirs[c:d], strict=True)
        else:
            yield from ((section, ()) for section in ours[a:b])
            yield from (((), section) for section in theirs[c:d])


def _parting(left: Sequence[Step], right: Sequence[Step]) -> Parting | None:
    """Where two sections part; None where they have one shape throughout."""
    end = Step(Shape("end"), Unit((), ""))
    for number, (ours, theirs) in enumerate(zip_longest(left, right, fillvalue=end)):
        if ours.shape != theirs.shape:
            places = [
                (side[number] if number < len(side) else side[-1]).unit.at if side else () for side in (left, right)
            ]
            texts = [tuple(step.unit for step in side if step.unit.text) for side in (left, right)]
            return Parting((places[0], places[1]), (ours.shape, theirs.shape), texts[0], texts[1])
    return None
