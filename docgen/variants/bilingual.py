"""The bilingual variant: one document with the governing text first and the other language after each block, or beside.

Twins have the same shape, so that blocks are paired by their place; where a section's shapes differ (a translation that
is still to follow) the section stands once in each language, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.compose.composition import Approval, Change, Composition, Figure, Front, Signature
from docgen.diagnostics import Language
from docgen.model.organization import Layout

_TAGS: Mapping[Language, str] = {"zh": "zh-CN", "en": "en"}
_TOGETHER = ("Para", "Plain", "BulletList", "OrderedList")
"""Blocks that stand side by side in two columns; all others take the whole width."""
_SENTENCES = ("print_note", "precedence", "notice", "sync")
_TEMPLATES = ("page_of", "behalf", "comment")
"""Labels with places to be filled in: one language must do."""
_SAME = ("code", "version", "issue_date_iso")


def bilingual(first: Composition, second: Composition, layout: Layout) -> Composition:
    """Both compositions in one; figures of the second carry its language in their names."""
    merge = _Merge(second.lang, layout)
    renamed = tuple(replace(one, name=f"{second.lang}-{one.name}") for one in second.figures)
    same = {one.name for one, other in zip(first.figures, second.figures, strict=False) if one.data == other.data}
    figures: tuple[Figure, ...] = (*first.figures, *(one for one in renamed if one.name.partition("-")[2] not in same))
    return replace(
        first,
        variant="bilingual",
        front=_front(first.front, second.front),
        blocks=merge.sections(first.blocks, second.blocks),
        figures=figures,
    )


class _Merge:
    """Pairs the blocks of two texts."""

    def __init__(self, language: Language, layout: Layout) -> None:
        self._language = language
        self._layout = layout

    def sections(self, first: Sequence[Node], second: Sequence[Node]) -> list[Node]:
        """All blocks, section by section; texts whose headings differ stand one after the other."""
        ours, theirs = list(_parted(first)), list(_parted(second))
        if [_level(part) for part in ours] != [_level(part) for part in theirs]:
            return [*first, *self._second(second)]
        found: list[Node] = []
        for part, other in zip(ours, theirs, strict=True):
            found += self._section(part, other)
        return found

    def _section(self, first: Sequence[Node], second: Sequence[Node]) -> list[Node]:
        if [block["t"] for block in first] == [block["t"] for block in second]:
            if self._layout == "columns":
                return self._beside(first, second)
            return [made for one, other in zip(first, second, strict=True) for made in self._blocks(one, other)]
        heads = [*self._blocks(first[0], second[0])] if _level(first) and _level(second) else []
        start = 1 if heads else 0
        return [*heads, *first[start:], *self._second(second[start:])]

    def _beside(self, first: Sequence[Node], second: Sequence[Node]) -> list[Node]:
        """Two columns for what is text, the whole width for headings, tables and figures."""
        found: list[Node] = []
        rows: list[Any] = []
        for one, other in zip(first, second, strict=True):
            if one["t"] in _TOGETHER and ast.flat([one]) != ast.flat([other]):
                rows.append(ast.row([ast.cell(_plain(one)), ast.cell(self._second(_plain(other)))]))
                continue
            found += [*_columns(rows), *self._blocks(one, other)]
            rows = []
        return [*found, *_columns(rows)]

    def _blocks(self, one: Node, other: Node) -> list[Node]:
        """A pair of blocks of one type as the blocks of the variant."""
        kind = one["t"]
        if kind == "Header":
            return [{"t": "Header", "c": [*one["c"][:2], self._run(one["c"][2], other["c"][2], [ast.SPACE])]}]
        if kind in ("BulletList", "OrderedList"):
            return self._lists(one, other)
        if kind == "Div":
            return [{"t": "Div", "c": [one["c"][0], self.sections(one["c"][1], other["c"][1])]}]
        if kind == "Table":
            return self._tables(one, other)
        if kind == "Figure":
            return self._figures(one, other)
        return [one] if _same(one, other) else [one, *self._second([other])]

    def _lists(self, one: Node, other: Node) -> list[Node]:
        ordered = one["t"] == "OrderedList"
        ours, theirs = (node["c"][1] if ordered else node["c"] for node in (one, other))
        if len(ours) != len(theirs):
            return [one, *self._second([other])]
        items = [self._cell(item, twin) for item, twin in zip(ours, theirs, strict=True)]
        return [{"t": one["t"], "c": [one["c"][0], items] if ordered else items}]

    def _cell(self, ours: list[Node], theirs: list[Node]) -> list[Node]:
        """The blocks of a list's item or a table's cell."""
        if not theirs or _same(ours, theirs):
            return ours
        if len(ours) == len(theirs) == 1 and ours[0]["t"] == theirs[0]["t"] and ours[0]["t"] in ("Plain", "Para"):
            return [{"t": ours[0]["t"], "c": self._run(ours[0]["c"], theirs[0]["c"], [ast.BREAK])}]
        if [block["t"] for block in ours] == [block["t"] for block in theirs]:
            return [made for one, other in zip(ours, theirs, strict=True) for made in self._blocks(one, other)]
        return [*ours, *self._second(theirs)]

    def _tables(self, one: Node, other: Node) -> list[Node]:
        attributes, caption, columns, head, bodies, foot = one["c"]
        _, other_caption, other_columns, other_head, other_bodies, _ = other["c"]
        shape, other_shape = ([len(body[3]) for body in each] for each in (bodies, other_bodies))
        if (shape, len(columns)) != (other_shape, len(other_columns)):
            return [one, *self._second([_anonymous(other)])]
        merged = [[*body[:3], self._rows(body[3], twin[3])] for body, twin in zip(bodies, other_bodies, strict=True)]
        both = [attributes, self._caption(caption, other_caption), columns]
        return [{"t": "Table", "c": [*both, [head[0], self._rows(head[1], other_head[1])], merged, foot]}]

    def _rows(self, ours: list[Any], theirs: list[Any]) -> list[Any]:
        found = []
        for row, twin in zip(ours, theirs, strict=True):
            cells = [[*cell[:4], self._cell(cell[4], other[4])] for cell, other in zip(row[1], twin[1], strict=False)]
            found.append([row[0], cells])
        return found

    def _caption(self, ours: Any, theirs: Any) -> Any:
        if not ours[1] or not theirs[1]:
            return ours
        inlines = self._run(ours[1][0]["c"], _unnumbered(theirs[1][0]["c"]), [ast.SPACE])
        return [ours[0], [{"t": ours[1][0]["t"], "c": inlines}]]

    def _figures(self, one: Node, other: Node) -> list[Node]:
        """A figure in each language under one number; one that shows no words of a language stands once."""
        attributes, caption, blocks = one["c"]
        first = {"t": "Figure", "c": [attributes, self._caption(caption, other["c"][1]), blocks]}
        twin = _retold(other["c"][2], lambda name: f"{self._language}-{name}")
        return [first, *self._second([{"t": "Figure", "c": [ast.attr(), other["c"][1], twin]}])]

    def _run(self, ours: list[Node], theirs: list[Node], between: list[Node]) -> list[Node]:
        """Inlines of both languages, once where they are the same."""
        if not theirs or ast.flat(ours) == ast.flat(theirs):
            return ours
        return [*ours, *between, ast.span(theirs, ["second"], [("lang", _TAGS[self._language])])]

    def _second(self, blocks: Sequence[Node]) -> list[Node]:
        """Blocks of the second language, without ids that the first has taken."""
        if not blocks:
            return []
        return [ast.div([_anonymous(block) for block in blocks], ["second"], [("lang", _TAGS[self._language])])]


def _parted(blocks: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """The blocks before the first heading, then each heading with what follows it."""
    starts = [0, *(number for number, block in enumerate(blocks) if block["t"] == "Header" and number), len(blocks)]
    for start, end in pairwise(starts):
        yield blocks[start:end]


def _level(part: Sequence[Node]) -> int:
    """The level of the heading that a part begins with; 0 for none."""
    return int(part[0]["c"][0]) if part and part[0]["t"] == "Header" else 0


def _same(one: Any, other: Any) -> bool:
    return bool(ast.flat(one) == ast.flat(other))


def _plain(block: Node) -> list[Node]:
    return [ast.plain(block["c"])] if block["t"] == "Para" else [block]


def _columns(rows: list[Any]) -> list[Node]:
    """Rows of two columns without lines."""
    if not rows:
        return []
    head = ast.row([ast.cell([]), ast.cell([])])
    return [ast.table(ast.attr(classes=["plain", "beside"]), [], [1, 1], head, rows)]


def _anonymous(block: Node) -> Node:
    """A block without its id, and a heading as a paragraph: the first language has both already."""
    if block["t"] == "Header":
        return ast.para([{"t": "Strong", "c": block["c"][2]}])
    if block["t"] == "Table":
        attributes, caption, *rest = block["c"]
        return {"t": "Table", "c": [["", attributes[1], attributes[2]], caption, *rest]}
    return block


def _unnumbered(inlines: list[Node]) -> list[Node]:
    """A caption without its counted number."""
    kept = [one for one in inlines if not (one["t"] == "Span" and "caption-number" in one["c"][0][1])]
    return kept[1:] if kept and kept[0]["t"] == "Space" else kept


def _retold(blocks: Sequence[Node], name: Callable[[str], str]) -> list[Node]:
    """The blocks of a figure with its picture under another name."""

    def one(node: Node) -> Node:
        if node["t"] == "Image":
            attributes, alt, (source, title) = node["c"]
            folder, _, last = source.rpartition("/")
            return {"t": "Image", "c": [attributes, alt, [f"{folder}/{name(last)}", title]]}
        return {"t": node["t"], "c": [one(inner) for inner in node["c"]]} if node["t"] in ("Plain", "Para") else node

    return [one(block) for block in blocks]


def _front(first: Front, second: Front) -> Front:
    """The front in both languages: values side by side, once where they are the same."""
    values: dict[str, Any] = {}
    for name, value in vars(first).items():
        other = getattr(second, name)
        if isinstance(value, str) and name != "keywords":
            values[name] = _both(value, other, " " if name in (*_SENTENCES, "title", "header") else " / ")
    values["labels"] = {
        key: word if key in _TEMPLATES else _both(word, second.labels.get(key, word), " ")
        for key, word in first.labels.items()
    }
    approvals: list[Approval] = _paired(first.approvals, second.approvals)
    changes: list[Change] = _paired(first.changes, second.changes)
    signatures: list[Signature] = _paired(first.signatures, second.signatures)
    return replace(first, **values, approvals=tuple(approvals), changes=tuple(changes), signatures=tuple(signatures))


def _paired(first: Sequence[Any], second: Sequence[Any]) -> list[Any]:
    """Rows of both languages with each of their texts in both."""
    if len(first) != len(second):
        return [*first]
    return [
        replace(
            one,
            **{
                name: _both(value, getattr(other, name), "\n" if name in ("what", "why", "meaning") else " ")
                for name, value in vars(one).items()
            },
        )
        for one, other in zip(first, second, strict=True)
    ]


def _both(one: str, other: str, between: str) -> str:
    return one if one == other or not other else f"{one}{between}{other}" if one else other
