"""Changes told to a reader: the clause before and the clause after, shortened where they are long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.library.redline_words import Hunk

LONGEST = 120
"""Most letters that one side of a passage has, two for a Chinese character."""

AROUND = 40
"""Most letters of unchanged text shown on each side of a change."""

_CLAUSE_ENDS = frozenset("，。；：！？,;:!?.（）()—")


@dataclass(frozen=True)
class Passage:
    """One change as short plain texts."""

    before: str
    """What it said; '' where nothing was."""

    after: str
    """What it says; '' where nothing is left."""


def passages(hunks: Sequence[Hunk]) -> list[Passage]:
    """The changes of a comparison, each with the clause it stands in; renumbering is none."""
    units: list[tuple[str, str]] = []
    changed: list[tuple[int, int]] = []
    for hunk in hunks:
        start = len(units)
        if hunk.is_same or hunk.is_renumbering:
            units += [("=", word.text) for word in hunk.after]
        else:
            units += [("-", word.text) for word in hunk.before]
            units += [("+", word.text) for word in hunk.after]
            changed.append((start, len(units)))
    ranges: list[tuple[int, int]] = []
    for start, end in changed:
        start, end = _reach(units, start, -1), _reach(units, end - 1, 1) + 1
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    return [_passage(units, start, end) for start, end in ranges]


def _reach(units: Sequence[tuple[str, str]], at: int, step: int) -> int:
    """The last place of the clause around a change in one direction."""
    room = AROUND
    while 0 <= at + step < len(units):
        kind, text = units[at + step]
        room -= _width(text)
        if kind != "=" or room < 0 or text in _CLAUSE_ENDS:
            break
        at += step
    return at


def _passage(units: Sequence[tuple[str, str]], start: int, end: int) -> Passage:
    run = units[start:end]
    if not any(kind == "=" and text.strip() and text not in _CLAUSE_ENDS for kind, text in run):
        run = [unit for unit in run if unit[0] != "="]
    texts = ["".join(text for kind, text in run if kind in ("=", side)) for side in "-+"]
    opened = start > 0 and units[start - 1][1] not in _CLAUSE_ENDS and run[0][0] == "="
    closed = end < len(units) and units[end][1] not in _CLAUSE_ENDS and run[-1][0] == "="
    before, after = (
        shortened(f"{'…' if opened and text else ''}{text.strip()}{'…' if closed and text else ''}") for text in texts
    )
    return Passage(before, after)


def shortened(text: str) -> str:
    """A text of at most `LONGEST` letters, with an ellipsis where it was longer."""
    text = " ".join(text.split())
    if _width(text) <= LONGEST:
        return text
    room, cut = LONGEST - 1, 0
    while room >= _width(text[cut]):
        room -= _width(text[cut])
        cut += 1
    if text[cut - 1].isascii() and text[cut].isascii() and " " in text[cut // 2 : cut]:
        cut = text.rindex(" ", 0, cut)
    return f"{text[:cut].rstrip(' …')}…"


def within(name: str, passage: Passage) -> Passage:
    """A passage in something that has a short name of its own, such as a table row."""
    if not name or _width(name) > AROUND:
        return passage
    return Passage(*(text and shortened(f"{name} · {text}") for text in (passage.before, passage.after)))


def _width(text: str) -> int:
    return sum(2 if letter > "\u2e7f" else 1 for letter in text)


def spoken(blocks: Iterable[Node]) -> str:
    """The text of blocks, their paragraphs and cells set apart by dots."""
    return " · ".join(text for block in blocks for text in _paragraphs(block) if text)


def _paragraphs(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for one in node:
            yield from _paragraphs(one)
    elif isinstance(node, dict):
        kind = node["t"]
        content: Any = node.get("c")
        if kind in ("Para", "Plain"):
            yield ast.flat(content).strip()
        elif kind == "Header":
            yield ast.flat(content[2]).strip()
        elif kind == "CodeBlock":
            yield content[1].strip()
        elif kind == "DefinitionList":
            for term, definitions in content:
                yield ast.flat(term).strip()
                yield from _paragraphs(definitions)
        else:
            yield from _paragraphs(content)


def row_text(row: Any) -> str:
    """The text of a table row."""
    return " · ".join(text for cell in row[1] if (text := spoken(cell[4])))


def drawing_passage(before: Mapping[str, Any], after: Mapping[str, Any], caption: str) -> Passage:
    """What a figure says no more and what it says now; its caption where only its lines moved."""
    old, new = Counter(_strings(before)), Counter(_strings(after))
    gone, come = "; ".join((old - new).elements()), "; ".join((new - old).elements())
    return Passage(shortened(gone), shortened(come)) if gone or come else Passage(caption, caption)


def _strings(data: Any) -> Iterator[str]:
    """The labels in a figure's data, not the ids that only join its parts."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for name, value in data.items():
            if name not in ("id", "lane", "kind", "from", "to", "level", "parents"):
                yield from _strings(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _strings(value)
