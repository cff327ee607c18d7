"""Blocks compared with blocks: paragraphs, lists, tables and figures, each down to its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.compose.composition import Figure
from docgen.library.redline_align import aligned, block_piece, is_label, item_piece, row_piece, term_piece
from docgen.library.redline_marks import BEFORE, Kind, Pen
from docgen.library.redline_passages import Passage, drawing_passage, passages, row_text, shortened, spoken, within
from docgen.library.redline_words import compared, features, key, likeness, words


@dataclass
class Findings:
    """What was found in one section."""

    passages: list[Passage] = field(default_factory=list)
    """Its changes in reading order."""

    def whole(self, text: str, kind: Kind) -> None:
        """Note a piece that came or went as a whole."""
        text = shortened(text)
        self.passages.append(Passage(text, "") if kind == "deletion" else Passage("", text))


@dataclass(frozen=True)
class Comparison:
    """Compares blocks and marks what changed; what it found goes into the findings given."""

    pen: Pen
    before: Mapping[str, Figure]
    """Figures of the old text, by the name they have in the redline."""

    after: Mapping[str, Figure]
    """Figures of the new text, by name."""

    def blocks(self, old: Sequence[Node], new: Sequence[Node], findings: Findings) -> list[Node]:
        """The blocks of a cell, an item or a division."""
        if old == new:
            return list(new)
        found: list[Node] = []
        for i, j in aligned([block_piece(one) for one in old], [block_piece(one) for one in new]):
            found += self.block(None if i is None else old[i], None if j is None else new[j], findings)
        return found

    def block(self, old: Node | None, new: Node | None, findings: Findings) -> list[Node]:
        """A block and what became of it; None where there is none."""
        if old is None or new is None:
            block, kind = self._only(old, new)
            if block is None:
                return []
            findings.whole(spoken([block]), kind)
            return [self.pen.whole(block, kind)]
        if old == new:
            return [new]
        kind_of = new["t"]
        content: Any = new.get("c")
        if kind_of in ("Para", "Plain"):
            compare = self._label if is_label(content) and is_label(old["c"]) else self._inlines
            return [{"t": kind_of, "c": compare(old["c"], content, findings)}]
        if kind_of == "Header":
            return [{"t": kind_of, "c": [*content[:2], self._inlines(old["c"][2], content[2], findings)]}]
        if kind_of == "BulletList":
            return [{"t": kind_of, "c": self._items(old["c"], content, findings)}]
        if kind_of == "OrderedList":
            return [{"t": kind_of, "c": [content[0], self._items(old["c"][1], content[1], findings)]}]
        if kind_of == "DefinitionList":
            return [{"t": kind_of, "c": self._terms(old["c"], content, findings)}]
        if kind_of == "BlockQuote":
            return [{"t": kind_of, "c": self.blocks(old["c"], content, findings)}]
        if kind_of == "Div":
            return [{"t": kind_of, "c": [content[0], self.blocks(old["c"][1], content[1], findings)]}]
        if kind_of == "Table":
            return self._table(old, new, findings)
        if kind_of == "Figure":
            return self._figure(old, new, findings)
        return [new] if key(old) == key(new) else self._replaced(old, new, findings)

    def _only(self, old: Any, new: Any) -> tuple[Any, Kind]:
        return (new, "insertion") if old is None else (old, "deletion")

    def _replaced(self, old: Node, new: Node, findings: Findings) -> list[Node]:
        findings.passages.append(Passage(shortened(spoken([old])), shortened(spoken([new]))))
        return [self.pen.whole(old, "deletion"), self.pen.whole(new, "insertion")]

    def _inlines(self, old: Sequence[Node], new: list[Node], findings: Findings) -> list[Node]:
        hunks = compared(words(old), words(new))
        if all(hunk.is_same for hunk in hunks):
            return new
        findings.passages += passages(hunks)
        return self.pen.hunks(hunks)

    def _label(self, old: list[Node], new: list[Node], findings: Findings) -> list[Node]:
        """A label, then its hint: they become paragraphs of their own in Word."""
        label = self._inlines(old[:-2], new[:-2], findings)
        return [*label, new[-2], *self._inlines(old[-1:], new[-1:], findings)]

    def _items(self, old: Sequence[list[Node]], new: Sequence[list[Node]], findings: Findings) -> list[list[Node]]:
        found: list[list[Node]] = []
        for i, j in aligned([item_piece(one) for one in old], [item_piece(one) for one in new]):
            if i is not None and j is not None:
                found.append(self.blocks(old[i], new[j], findings))
                continue
            item, kind = self._only(None if i is None else old[i], None if j is None else new[j])
            findings.whole(spoken(item), kind)
            found.append(self.pen.blocks(item, kind))
        return found

    def _terms(self, old: Sequence[Any], new: Sequence[Any], findings: Findings) -> list[Any]:
        found: list[Any] = []
        for i, j in aligned([term_piece(one) for one in old], [term_piece(one) for one in new]):
            if i is not None and j is not None:
                term = self._inlines(old[i][0], new[j][0], findings)
                pairs = zip(old[i][1], new[j][1], strict=True)
                found.append([term, [self.blocks(one, other, findings) for one, other in pairs]])
                continue
            entry, kind = self._only(None if i is None else old[i], None if j is None else new[j])
            findings.whole(f"{ast.flat(entry[0])} · {' · '.join(map(spoken, entry[1]))}", kind)
            found.append(self.pen.term(entry, kind))
        return found

    def _figure(self, old: Node, new: Node, findings: Findings) -> list[Node]:
        if key(old["c"][2]) == key(new["c"][2]):
            caption = self.blocks(old["c"][1][1], new["c"][1][1], findings)
            return [{"t": "Figure", "c": [new["c"][0], [new["c"][1][0], caption], new["c"][2]]}]
        shown = [self._shown(old, self.before), self._shown(new, self.after)]
        if shown[0] is None or shown[1] is None:
            return self._replaced(old, new, findings)
        findings.passages.append(drawing_passage(shown[0].data, shown[1].data, shortened(spoken(new["c"][1][1]))))
        return [self.pen.whole(old, "deletion"), self.pen.whole(new, "insertion")]

    def _shown(self, node: Node, figures: Mapping[str, Figure]) -> Figure | None:
        sources = [one["c"][2][0] for block in node["c"][2] for one in block["c"] if one["t"] == "Image"]
        return figures.get(sources[0].removeprefix("figures/")) if sources else None

    def _table(self, old: Node, new: Node, findings: Findings) -> list[Node]:
        attributes, caption, columns, head, bodies, foot = new["c"]
        if not _same_columns(old["c"], new["c"]):
            return self._replaced(old, new, findings)
        pairs = zip(old["c"][3][1], head[1], strict=True)
        titles = [self._cells(one, other, "", None, findings) for one, other in pairs]
        said = self.blocks(old["c"][1][1], caption[1], findings)
        rows = self._rows(old["c"][4][0][3], bodies[0][3], findings)
        body = [*bodies[0][:3], rows]
        return [{"t": "Table", "c": [attributes, [caption[0], said], columns, [head[0], titles], [body], foot]}]

    def _rows(self, old: Sequence[Any], new: Sequence[Any], findings: Findings) -> list[Any]:
        if _spans(old) or _spans(new):
            return [self._cells(one, other, "", None, findings) for one, other in zip(old, new, strict=True)]
        counted = 0 if _counts(old) and _counts(new) else None
        naming = 0 if counted is None else 1
        pieces = [[row_piece(row, naming, counted) for row in rows] for rows in (old, new)]
        found: list[Any] = []
        for i, j in aligned(*pieces):
            if i is not None and j is not None:
                name = pieces[1][j].name if pieces[0][i].name == pieces[1][j].name else ""
                found.append(self._cells(old[i], new[j], name, counted, findings))
                continue
            row, kind = self._only(None if i is None else old[i], None if j is None else new[j])
            findings.whole(row_text(row), kind)
            found.append(self.pen.row(row, kind))
        return found

    def _cells(self, old: Any, new: Any, name: str, counted: int | None, findings: Findings) -> Any:
        """The cells of a row; its passages begin with the row's name."""
        if old == new:
            return new
        cells, inside = [], Findings()
        for column, (one, other) in enumerate(zip(old[1], new[1], strict=True)):
            if column != counted:
                cells.append([*other[:4], self.blocks(one[4], other[4], inside)])
            elif one[4] == other[4]:
                cells.append(other)
            else:
                cells.append([*other[:4], [self._recounted(one[4][0], other[4][0])]])
        findings.passages += [within(name, passage) for passage in inside.passages]
        return [new[0], cells]

    def _recounted(self, old: Node, new: Node) -> Node:
        """The number of a row that others pushed on."""
        gone = self.pen.span(["deletion", "renumbered"], old["c"])
        return {"t": new["t"], "c": [gone, self.pen.span(["insertion", "renumbered"], new["c"])]}


def redrawn(blocks: list[Node], old: Sequence[Figure], new: Sequence[Figure]) -> tuple[list[Node], dict[str, Figure]]:
    """The old blocks with the figures renamed that the new text draws otherwise or not at all; the old figures by
    the names they have then."""
    known = {figure.name: (figure.kind, figure.data) for figure in new}
    renamed = {figure.name: figure.name for figure in old if known.get(figure.name) == (figure.kind, figure.data)}
    renamed |= {figure.name: figure.name + BEFORE for figure in old if figure.name not in renamed}
    figures = {renamed[one.name]: Figure(renamed[one.name], one.kind, one.data, one.alt) for one in old}
    return (_renamed(blocks, renamed) if any(renamed[name] != name for name in renamed) else blocks), figures


def _renamed(node: Any, names: Mapping[str, str]) -> Any:
    if isinstance(node, list):
        return [_renamed(one, names) for one in node]
    if not isinstance(node, dict) or "c" not in node:
        return node
    if node["t"] == "Image":
        attributes, alternative, (source, title) = node["c"]
        name = source.removeprefix("figures/")
        return {"t": "Image", "c": [attributes, alternative, [f"figures/{names.get(name, name)}", title]]}
    return {"t": node["t"], "c": _renamed(node["c"], names)}


def _same_columns(old: Any, new: Any) -> bool:
    """Whether two tables can be compared row by row and cell by cell."""
    if len(old[2]) != len(new[2]) or len(old[4]) != 1 or len(new[4]) != 1:
        return False
    if old[4][0][2] or new[4][0][2] or _shape(old[3][1]) != _shape(new[3][1]):
        return False
    rows = [old[4][0][3], new[4][0][3]]
    if (_spans(rows[0]) or _spans(rows[1])) and _shape(rows[0]) != _shape(rows[1]):
        return False
    titles = [[spoken(cell[4]) for row in table[3][1] for cell in row[1]] for table in (old, new)]
    kept = 0
    for one, other in zip(*titles, strict=True):
        if one == other or likeness(features(one), features(other)) >= 0.5:
            kept += 1
        elif one in titles[1] or other in titles[0]:
            return False
    return 2 * kept >= len(titles[0])


def _shape(rows: Sequence[Any]) -> list[list[tuple[int, int]]]:
    return [[(cell[2], cell[3]) for cell in row[1]] for row in rows]


def _spans(rows: Sequence[Any]) -> bool:
    return any(cell[2] != 1 for row in rows for cell in row[1])


def _counts(rows: Sequence[Any]) -> bool:
    """Whether the first cells count the rows."""
    return bool(rows) and all(
        len(row[1]) > 1 and len(row[1][0][4]) == 1 and ast.flat(row[1][0][4]) == str(number)
        for number, row in enumerate(rows, 1)
    )
