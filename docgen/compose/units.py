"""The smallest texts of a composition in reading order, each with the place where a reader finds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.compose.composition import Composition, Figure
from docgen.diagnostics import Language

Place = tuple[tuple[str, tuple[object, ...]], ...]
"""Words with numbers to be put in, from the section inwards; most are never printed, so they are told when asked."""


class Unit(NamedTuple):
    """A heading, paragraph, list item, table cell, caption or string of a figure."""

    at: Place

    text: str
    """What it says, without markup."""

    @property
    def place(self) -> str:
        """Where it stands, in words of its own language: `5.3, table 2 row 3 column 4`, `5.3 表2第3行第4列`."""
        return "".join(words.format(*values) for words, values in self.at)


class Shape(NamedTuple):
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


class Step(NamedTuple):
    """One step of a reader: a shape, its place, and the text if it has one."""

    shape: Shape
    unit: Unit
    """The place, with the text; '' for what only holds other things."""

    key: str = ""
    """Identifier of a heading."""


_PARAGRAPH = Shape("paragraph")


def units(blocks: Sequence[Node], language: Language = "en") -> tuple[Unit, ...]:
    """The texts of blocks in reading order; places are told in the language."""
    reader = _Reader(language)
    reader.read(blocks)
    return tuple(step.unit for step in reader.steps if step.unit.text)


def steps(composition: Composition) -> list[Step]:
    """A composition step by step: title, change record, body, strings of the figures."""
    reader = _Reader(composition.lang)
    reader.step(Shape("cover"), reader.word("title"), composition.front.title)
    changes = composition.front.changes
    reader.step(Shape("changes", (len(changes),)), ())
    for number, change in enumerate(changes, 1):
        for text in (change.section, change.what, change.why):
            reader.step(_PARAGRAPH, reader.word("change", number), text)
    reader.read(composition.blocks)
    for figure in composition.figures:
        reader.drawing(figure)
    return reader.steps


class _Reader:
    """Walks through blocks and counts as a reader counts."""

    def __init__(self, language: Language) -> None:
        self.words = {name: words[language == "en"] for name, words in _PLACES.items()}
        self.gap = ", " if language == "en" else " "
        self.at = [0] * 6
        self.section: Place = ()
        self.seen = {"paragraph": 0, "list": 0}
        self.tables = self.figures = 0
        self.steps: list[Step] = []

    def step(self, shape: Shape, place: Place, text: str = "", key: str = "") -> None:
        self.steps.append(Step(shape, Unit(place, text), key))

    def word(self, name: str, *values: object) -> Place:
        return ((self.words[name], values),)

    def place(self, name: str, *values: object) -> Place:
        """A place in the current section."""
        return (*self.section, (self.words[name], values))

    def count(self, name: str) -> Place:
        """The next place of a sort in the current section."""
        self.seen[name] += 1
        return self.place(name, self.seen[name])

    def read(self, blocks: Sequence[Node], within: Place = ()) -> None:
        """Blocks of a section, or of a list item or cell whose place is given."""
        if within and len(blocks) > 1:
            for number, block in enumerate(blocks, 1):
                self.block(block, within + self.word("part", number))
        else:
            for block in blocks:
                self.block(block, within)

    def block(self, block: Node, within: Place) -> None:
        kind, content = block["t"], block.get("c", [])
        if kind in ("Para", "Plain"):
            self.step(_PARAGRAPH, within or self.count("paragraph"), _flat(content))
        elif kind == "Header":
            self.heading(content)
        elif kind in ("BulletList", "OrderedList"):
            self.list(kind, content if kind == "BulletList" else content[1], within)
        elif kind == "DefinitionList":
            self.definitions(content, within)
        elif kind == "Table":
            self.table(content)
        elif kind == "Figure":
            self.figures += 1
            place = self.place("figure", self.figures)
            self.step(Shape("figure"), place)
            self.step(Shape("caption"), place, _flat(content[1][1]))
        elif kind in ("Div", "BlockQuote"):
            if kind == "BlockQuote" or "note" in content[0][1]:
                self.step(Shape("quotation" if kind == "BlockQuote" else "note"), within)
            self.read(content if kind == "BlockQuote" else content[1], within)
        elif kind == "CodeBlock":
            self.step(Shape("code"), within or self.count("paragraph"), str(content[1]))
        else:
            self.step(Shape("rule" if kind == "HorizontalRule" else "other"), within, _flat([block]))

    def heading(self, content: Sequence[Any]) -> None:
        level, attributes, inlines = content
        self.at[level - 1 :] = [self.at[level - 1] + 1, *[0] * (6 - level)]
        self.section = ((".".join(str(number) for number in self.at if number) + self.gap, ()),)
        self.seen = dict.fromkeys(self.seen, 0)
        self.step(Shape("heading", (level,)), self.place("heading"), _flat(inlines), str(attributes[0]))

    def list(self, kind: str, items: Sequence[list[Node]], within: Place) -> None:
        place = within or self.count("list")
        self.step(Shape("bullets" if kind == "BulletList" else "numbered", (len(items),)), place)
        for number, item in enumerate(items, 1):
            self.read(item, place + self.word("item", number))

    def definitions(self, entries: Sequence[Any], within: Place) -> None:
        place = within or self.count("list")
        self.step(Shape("definitions", (len(entries),)), place)
        for number, (term, meanings) in enumerate(entries, 1):
            entry = place + self.word("entry", number)
            self.step(_PARAGRAPH, entry, _flat(term))
            for meaning in meanings:
                self.read(meaning, entry)

    def table(self, content: Sequence[Any]) -> None:
        caption, columns, (_, head), bodies, (_, foot) = content[1][1], *content[2:6]
        self.tables += bool(caption)
        place = self.place("table", self.tables) if caption else self.place("unnumbered")
        rows = [row for _, _, above, below in bodies for row in (*above, *below)] + foot
        self.step(Shape("table", (len(rows), len(columns))), place)
        if caption:
            self.step(Shape("caption"), place + self.word("caption"), _flat(caption))
        for row in head:
            self.row(row, place + self.word("head"))
        for number, row in enumerate(rows, 1):
            self.row(row, place + self.word("row", number))

    def row(self, row: Sequence[Any], place: Place) -> None:
        cells = row[1]
        self.step(Shape("row", (len(cells),)), place)
        for number, (_, _, _, _, blocks) in enumerate(cells, 1):
            inside = place + self.word("column", number)
            if blocks:
                self.read(blocks, inside)
            else:
                self.step(_PARAGRAPH, inside)

    def drawing(self, figure: Figure) -> None:
        """The strings a figure shows and its text alternative."""
        place = self.word("drawing", figure.name)
        texts = [figure.alt, *_strings(figure.data)]
        self.step(Shape("data", (len(texts),)), place, "", f"figures/{figure.name}")
        for text in texts:
            self.step(_PARAGRAPH, place, text)


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
