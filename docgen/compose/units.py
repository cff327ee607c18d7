"""The smallest texts of a composition in reading order, each with the place where a reader finds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.compose.composition import Composition, Figure
from docgen.diagnostics import Language


@dataclass(frozen=True)
class Unit:
    """A heading, paragraph, list item, table cell, caption or string of a figure."""

    place: str
    """Where it stands, in words of its own language: `5.3, table 2 row 3 column 4`, `5.3 表2第3行第4列`."""

    text: str
    """What it says, without markup."""


@dataclass(frozen=True)
class Shape:
    """What a reader sees at a place whatever its language: kind and size."""

    kind: str
    """A key of the shapes that `words` names."""

    size: tuple[int, ...] = ()
    """Level of a heading; items of a list; rows and columns of a table; cells of a row."""

    def words(self, language: Language) -> str:
        """The shape in words: `table (5 × 3)`, 5行3列的表."""
        return _SHAPES[self.kind][language == "en"].format(*self.size)


_SHAPES: Mapping[str, tuple[str, str]] = {
    "cover": ("封面", "cover"),
    "changes": ("{}行的修订记录", "change record (length {})"),
    "heading": ("{}级标题", "heading (level {})"),
    "paragraph": ("段落", "paragraph"),
    "bullets": ("{}项的列表", "list (length {})"),
    "numbered": ("{}项的编号列表", "numbered list (length {})"),
    "definitions": ("{}条的定义列表", "definition list (length {})"),
    "note": ("注", "note"),
    "quotation": ("引文", "quotation"),
    "code": ("代码", "code"),
    "rule": ("分隔线", "rule"),
    "table": ("{}行{}列的表", "table ({} × {})"),
    "row": ("{}格的表行", "table row (width {})"),
    "caption": ("题注", "caption"),
    "figure": ("图", "figure"),
    "data": ("含{}处文字的图", "figure (texts: {})"),
    "other": ("其他内容", "other content"),
    "end": ("无内容", "nothing"),
}
_PLACES: Mapping[str, tuple[str, str]] = {
    "title": ("封面标题", "title"),
    "change": ("修订记录第{}行", "change record row {}"),
    "heading": ("标题", "heading"),
    "paragraph": ("第{}段", "paragraph {}"),
    "list": ("列表{}", "list {}"),
    "item": ("第{}项", " item {}"),
    "entry": ("第{}条", " entry {}"),
    "part": ("第{}段", " part {}"),
    "table": ("表{}", "table {}"),
    "unnumbered": ("无编号表", "unnumbered table"),
    "caption": ("题注", " caption"),
    "head": ("表头", " head"),
    "row": ("第{}行", " row {}"),
    "column": ("第{}列", " column {}"),
    "figure": ("图{}", "figure {}"),
    "drawing": ("图“{}”", "figure “{}”"),
}


@dataclass(frozen=True)
class Step:
    """One step of a reader: a shape, its place, and the text if it has one."""

    shape: Shape
    unit: Unit
    """The place, with the text; '' for what only holds other things."""

    key: str = ""
    """Identifier of a heading."""


def units(blocks: Sequence[Node], language: Language = "en") -> tuple[Unit, ...]:
    """The texts of blocks in reading order; places are told in the language."""
    return tuple(step.unit for step in _Reader(language).read(blocks) if step.unit.text)


def steps(composition: Composition) -> Iterator[Step]:
    """A composition step by step: title, change record, body, strings of the figures."""
    reader = _Reader(composition.lang)
    yield Step(Shape("cover"), Unit(reader.word("title"), composition.front.title))
    changes = composition.front.changes
    yield Step(Shape("changes", (len(changes),)), Unit("", ""))
    for number, change in enumerate(changes, 1):
        for text in (change.section, change.what, change.why):
            yield Step(Shape("paragraph"), Unit(reader.word("change", number), text))
    yield from reader.read(composition.blocks)
    for figure in composition.figures:
        yield from reader.drawing(figure)


class _Reader:
    """Walks through blocks and counts as a reader counts."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.at = [0] * 6
        self.seen = {"paragraph": 0, "list": 0}
        self.tables = self.figures = 0

    def word(self, name: str, *values: object) -> str:
        return _PLACES[name][self.language == "en"].format(*values)

    def place(self, name: str, *values: object) -> str:
        """A place in the current section."""
        section = ".".join(str(number) for number in self.at if number)
        gap = "" if not section else ", " if self.language == "en" else " "
        return f"{section}{gap}{self.word(name, *values)}"

    def count(self, name: str) -> str:
        """The next place of a sort in the current section."""
        self.seen[name] += 1
        return self.place(name, self.seen[name])

    def read(self, blocks: Sequence[Node], within: str = "") -> Iterator[Step]:
        """Blocks of a section, or of a list item or cell whose place is given."""
        for number, block in enumerate(blocks, 1):
            inside = within + self.word("part", number) if within and len(blocks) > 1 else within
            yield from self.block(block, inside)

    def block(self, block: Node, within: str) -> Iterator[Step]:
        kind, content = block["t"], block.get("c", [])
        if kind == "Header":
            yield self.heading(content)
        elif kind in ("Para", "Plain"):
            yield Step(Shape("paragraph"), Unit(within or self.count("paragraph"), _flat(content)))
        elif kind in ("BulletList", "OrderedList"):
            yield from self.list(kind, content if kind == "BulletList" else content[1], within)
        elif kind == "DefinitionList":
            yield from self.definitions(content, within)
        elif kind == "Table":
            yield from self.table(content)
        elif kind == "Figure":
            self.figures += 1
            place = self.place("figure", self.figures)
            yield Step(Shape("figure"), Unit(place, ""))
            yield Step(Shape("caption"), Unit(place, _flat(content[1][1])))
        elif kind in ("Div", "BlockQuote"):
            if kind == "BlockQuote" or "note" in content[0][1]:
                yield Step(Shape("quotation" if kind == "BlockQuote" else "note"), Unit(within, ""))
            yield from self.read(content if kind == "BlockQuote" else content[1], within)
        elif kind == "CodeBlock":
            yield Step(Shape("code"), Unit(within or self.count("paragraph"), str(content[1])))
        else:
            yield Step(Shape("rule" if kind == "HorizontalRule" else "other"), Unit(within, _flat([block])))

    def heading(self, content: Sequence[Any]) -> Step:
        level, attributes, inlines = content
        self.at[level - 1 :] = [self.at[level - 1] + 1, *[0] * (6 - level)]
        self.seen = dict.fromkeys(self.seen, 0)
        return Step(Shape("heading", (level,)), Unit(self.place("heading"), _flat(inlines)), str(attributes[0]))

    def list(self, kind: str, items: Sequence[list[Node]], within: str) -> Iterator[Step]:
        place = within or self.count("list")
        yield Step(Shape("bullets" if kind == "BulletList" else "numbered", (len(items),)), Unit(place, ""))
        for number, item in enumerate(items, 1):
            yield from self.read(item, place + self.word("item", number))

    def definitions(self, entries: Sequence[Any], within: str) -> Iterator[Step]:
        place = within or self.count("list")
        yield Step(Shape("definitions", (len(entries),)), Unit(place, ""))
        for number, (term, meanings) in enumerate(entries, 1):
            entry = place + self.word("entry", number)
            yield Step(Shape("paragraph"), Unit(entry, _flat(term)))
            for meaning in meanings:
                yield from self.read(meaning, entry)

    def table(self, content: Sequence[Any]) -> Iterator[Step]:
        caption, columns, (_, head), bodies, (_, foot) = content[1][1], *content[2:6]
        self.tables += bool(caption)
        place = self.place("table", self.tables) if caption else self.place("unnumbered")
        rows = [row for _, _, above, below in bodies for row in (*above, *below)] + foot
        yield Step(Shape("table", (len(rows), len(columns))), Unit(place, ""))
        if caption:
            yield Step(Shape("caption"), Unit(place + self.word("caption"), _flat(caption)))
        for row in head:
            yield from self.row(row, place + self.word("head"))
        for number, row in enumerate(rows, 1):
            yield from self.row(row, place + self.word("row", number))

    def row(self, row: Sequence[Any], place: str) -> Iterator[Step]:
        cells = row[1]
        yield Step(Shape("row", (len(cells),)), Unit(place, ""))
        for number, (_, _, _, _, blocks) in enumerate(cells, 1):
            inside = place + self.word("column", number)
            yield from self.read(blocks, inside) if blocks else [Step(Shape("paragraph"), Unit(inside, ""))]

    def drawing(self, figure: Figure) -> Iterator[Step]:
        """The strings a figure shows and its text alternative."""
        place = self.word("drawing", figure.name)
        texts = [figure.alt, *_strings(figure.data)]
        yield Step(Shape("data", (len(texts),)), Unit(place, ""), f"figures/{figure.name}")
        for text in texts:
            yield Step(Shape("paragraph"), Unit(place, text))


def _flat(nodes: Any) -> str:
    return " ".join(ast.flat(nodes).split())


def _strings(data: Any) -> Iterator[str]:
    """The strings of a figure's data in the order of their keys."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for key in sorted(data):
            yield from _strings(data[key])
    elif isinstance(data, list | tuple):
        for item in data:
            yield from _strings(item)
