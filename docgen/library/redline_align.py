"""Which old piece a new piece came from: blocks, list items and table rows matched in order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.library.redline_passages import row_text, spoken
from docgen.library.redline_words import features, key, likeness

ALIKE = 0.35
"""Likeness from which a piece counts as an edited one; below, one was taken out and the other put in."""

WIDEST = 40_000
"""Comparisons by likeness made within one gap; beyond, only pieces of the same name are matched."""

LARGEST = 16_000_000
"""Pairs of pieces looked at in one sequence; beyond, none are matched."""

Pairs = list[tuple[int | None, int | None]]
"""Positions in the old and the new sequence, in order; None where a piece has no counterpart."""


@dataclass(frozen=True)
class Piece:
    """What is matched: a block, a list item, an entry, a row."""

    thing: Any
    """The piece itself."""

    kind: str
    """Pieces of different kinds are never matched."""

    name: str
    """What identifies it; '' where nothing does."""

    key: str
    """Equal for pieces that say the same."""

    text: str
    """What it says."""

    @cached_property
    def features(self) -> frozenset[str]:
        """What it is likened by."""
        return features(self.text)


def block_piece(block: Node) -> Piece:
    """A block as a piece."""
    kind, name = block["t"], ""
    content: Any = block.get("c")
    if kind in ("Para", "Plain"):
        kind = "label" if is_label(content) else "text"
    elif kind == "Header":
        kind, name = f"header {content[0]}", ast.flat(content[2])
    elif kind in ("Table", "Figure"):
        name = _caption(content[1])
    elif kind == "Div":
        kind = f"div {' '.join(content[0][1])}"
    return Piece(block, kind, name, key(block), spoken([block]))


def is_label(inlines: Sequence[Node]) -> bool:
    """Whether inlines are a form's label with a hint on a line of its own."""
    if [one["t"] for one in inlines[-2:]] != ["LineBreak", "Span"]:
        return False
    return "hint" in inlines[-1]["c"][0][1]


def _caption(caption: Any) -> str:
    """A caption without its number."""
    inlines = [one for block in caption[1] for one in block["c"]]
    return ast.flat([one for one in inlines if one["t"] != "Span" or "caption-number" not in one["c"][0][1]]).strip()


def item_piece(item: list[Node]) -> Piece:
    """A list item as a piece."""
    return Piece(item, "item", "", key(item), spoken(item))


def term_piece(term: Any) -> Piece:
    """An entry of a definition list as a piece."""
    text = ast.flat(term[0])
    definitions = "".join(f"<d{key(one)}>" for one in term[1])
    return Piece(
        term, f"term {len(term[1])}", text, f"{key(term[0])}{definitions}", text + "".join(map(spoken, term[1]))
    )


def row_piece(row: Any, naming: int, counted: int | None) -> Piece:
    """A row as a piece, named by one of its cells; the column that only counts the rows does not count."""
    cells = row[1]
    shape = " ".join(f"{cell[2]},{cell[3]}" for cell in cells)
    name = spoken(cells[naming][4]) if naming < len(cells) else ""
    said = "".join(f"<c{key(cell[4])}>" for column, cell in enumerate(cells) if column != counted)
    return Piece(row, f"row {shape}", name, said, row_text(row))


_Matching = Callable[[Sequence[Piece], Sequence[Piece]], Pairs]


def aligned(old: Sequence[Piece], new: Sequence[Piece]) -> Pairs:
    """Matches equal pieces first, then those of one name, then those most alike."""
    return _by(old, new, [piece.key for piece in old], [piece.key for piece in new], _named)


def _by(old: Sequence[Piece], new: Sequence[Piece], marks: list[str], others: list[str], inside: _Matching) -> Pairs:
    found: Pairs = []
    if len(marks) * len(others) > LARGEST:
        return _apart(len(marks), len(others))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, marks, others, autojunk=False).get_opcodes():
        if tag == "equal":
            found += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            pairs = inside(old[i1:i2], new[j1:j2])
            found += [(None if i is None else i + i1, None if j is None else j + j1) for i, j in pairs]
    return found


def _named(old: Sequence[Piece], new: Sequence[Piece]) -> Pairs:
    if not old or not new:
        return _apart(len(old), len(new))
    counts = [Counter((piece.kind, piece.name) for piece in pieces if piece.name) for pieces in (old, new)]
    shared = {name for name, count in counts[0].items() if count == 1 == counts[1][name]}
    marks, others = (
        [f"{p.kind} {p.name}" if (p.kind, p.name) in shared else f"{side} {n}" for n, p in enumerate(pieces)]
        for side, pieces in (("old", old), ("new", new))
    )
    return _by(old, new, marks, others, _alike)


def _alike(old: Sequence[Piece], new: Sequence[Piece]) -> Pairs:
    """The matching of the greatest likeness in all that keeps the order."""
    if len(old) == len(new) == 1 and old[0].kind == new[0].kind == "text":
        return [(0, 0)]
    if not old or not new or len(old) * len(new) > WIDEST:
        return _apart(len(old), len(new))
    rates = [[_rate(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            paired = rates[i][j] + best[i + 1][j + 1] if rates[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    found: Pairs = []
    i = j = 0
    while i < len(old) and j < len(new):
        if rates[i][j] and best[i][j] == rates[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            found.append((i, None))
            i += 1
        else:
            found.append((None, j))
            j += 1
    return [*found, *((n, None) for n in range(i, len(old))), *((None, n) for n in range(j, len(new)))]


def _rate(one: Piece, other: Piece) -> float:
    if one.kind != other.kind:
        return 0.0
    alike = likeness(one.features, other.features)
    return alike if alike >= ALIKE else 0.0


def _apart(old: int, new: int) -> Pairs:
    return [*((n, None) for n in range(old)), *((None, n) for n in range(new))]


def heaviest_order(pairs: Sequence[tuple[int, int]], weights: Sequence[int]) -> set[int]:
    """Which pairs stay in place when pairs, sorted by their old positions, stand in another order by their new ones:
    the heaviest set whose new positions rise."""
    ends: list[int] = []
    best: list[tuple[int, int]] = []
    before: list[int | None] = []
    for number, (_, position) in enumerate(pairs):
        at = bisect_left(ends, position)
        weight = weights[number] + (best[at - 1][0] if at else 0)
        before.append(best[at - 1][1] if at else None)
        while at < len(ends) and best[at][0] <= weight:
            del ends[at], best[at]
        if not at or best[at - 1][0] < weight:
            ends.insert(at, position)
            best.insert(at, (weight, number))
    found: set[int] = set()
    number_or_none: int | None = best[-1][1] if best else None
    while number_or_none is not None:
        found.add(number_or_none)
        number_or_none = before[number_or_none]
    return found
