"""Tables: style, widths, header row, shading and unbroken rows of the tables that pandoc wrote."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from docgen.publish.palette import RISK_COLOURS
from docgen.publish.word.fields import place_fields
from docgen.publish.word.markup import D, W, new, properties, put, style_of
from docgen.publish.word.shell import Shell

FORM_ROW = 459
"""Least height of a form's row: room for a line of handwriting (0.81 cm), in twentieths of a point."""

FORM_FIELD = 1134
"""Least height of a form's row with a field for longer writing (2 cm)."""

_TABLE_PARTS = {"grid": "Grid", "form": "Form", "plain": "Plain"}


@dataclass(frozen=True)
class _Dress:
    """What cells are dressed in: ids of paragraph styles, those that stay as they are, and the ground of labels."""

    text: str
    label: str
    own: frozenset[str]
    tint: str

    @classmethod
    def of(cls, shell: Shell) -> _Dress:
        own = frozenset(shell.style(name) for name in ("Table Bullet", "Table Number", "Hint"))
        return cls(shell.style("Table Text"), shell.style("Table Label"), own, shell.tint)


def restyle_table(mark: etree._Element, table: etree._Element, shell: Shell, width: int) -> None:
    """Make a real table of one of pandoc's, by its mark; `width` is that of the text, in twentieths of a point."""
    kind = mark.get("class", "grid")
    columns = _columns([float(share) for share in mark.get("widths", "").split()], width)
    rows = table.findall(W + "tr")
    has_head = bool(rows) and rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    _set_properties(table, shell.style(_TABLE_PARTS.get(kind, "Grid")), sum(columns), has_head)
    grid = table.find(W + "tblGrid")
    if grid is not None:
        grid[:] = [new("gridCol", w=str(column)) for column in columns]
    heading, dress = shell.style("Table Heading"), _Dress.of(shell)
    for row in rows:
        if kind == "form":
            place_fields(row)
        is_head = row.find(f"{W}trPr/{W}tblHeader") is not None
        tall = _restyle_row(row, columns, heading if is_head else dress.text, dress)
        _set_row(row, is_head, (FORM_FIELD if tall else FORM_ROW) if kind == "form" and not is_head else 0)
        if kind == "form":
            _restyle_form_row(row, is_head, heading)
    for row in rows[:-1] if mark.get("keep") == "yes" else [*rows[:2], *rows[-2:-1]] if kind == "form" else ():
        for paragraph in row.iter(W + "p"):
            put(properties(paragraph), "keepNext")


def _restyle_form_row(row: etree._Element, is_head: bool, heading: str) -> None:
    """All stands in the middle of its row, and heads at the left on the head's ground."""
    for cell in row.iterfind(W + "tc"):
        cell_properties = properties(cell)
        put(cell_properties, "vAlign", val="center")
        shade = cell_properties.find(W + "shd")
        if is_head and shade is not None:
            cell_properties.remove(shade)
        for paragraph in cell.iterfind(W + "p") if is_head else ():
            put(properties(paragraph), "pStyle", val=heading)
            put(properties(paragraph), "jc", val="left")


def _columns(shares: list[float], width: int) -> list[int]:
    total = sum(shares) or 1.0
    columns = [int(width * share / total) for share in shares]
    if columns:
        columns[-1] += width - sum(columns)
    return columns


def _set_properties(table: etree._Element, style: str, width: int, has_head: bool) -> None:
    look = {"firstRow": "1" if has_head else "0", "lastRow": "0", "firstColumn": "0", "lastColumn": "0"}
    made = new("tblPr")
    made.append(new("tblStyle", val=style))
    made.append(new("tblW", w=str(width), type="dxa"))
    made.append(new("tblLayout", type="fixed"))
    made.append(new("tblLook", val="0620" if has_head else "0600", **look, noHBand="1", noVBand="1"))
    old = table.find(W + "tblPr")
    if old is not None:
        table.remove(old)
    table.insert(0, made)


def _set_row(row: etree._Element, is_head: bool, height: int) -> None:
    made = new("trPr")
    made.append(new("cantSplit"))
    if height:
        made.append(new("trHeight", val=str(height), hRule="atLeast"))
    if is_head:
        made.append(new("tblHeader"))
    old = row.find(W + "trPr")
    if old is not None:
        row.remove(old)
    row.insert(0, made)


def _restyle_row(row: etree._Element, columns: list[int], text: str, dress: _Dress) -> bool:
    """Restyle the cells of a row; true where one is for longer writing."""
    position = 0
    has_tall = False
    for cell in row.iterfind(W + "tc"):
        cell_properties = properties(cell)
        span = _span(cell_properties)
        put(cell_properties, "tcW", w=str(sum(columns[position : position + span])), type="dxa")
        position += span
        mark = cell.find(D + "cell")
        classes = [] if mark is None else mark.get("class", "").split()
        if mark is not None:
            cell.remove(mark)
            _shade(cell_properties, classes, dress.tint)
        style = dress.label if "label" in classes else text
        paragraphs = cell.findall(W + "p")
        if not paragraphs:
            cell.append(new("p"))
            paragraphs = cell.findall(W + "p")
        for paragraph in paragraphs:
            if style_of(paragraph) not in dress.own:
                put(properties(paragraph), "pStyle", val=style)
            if "center" in classes:
                put(properties(paragraph), "jc", val="center")
        has_tall = has_tall or "tall" in classes
    return has_tall


def _span(cell_properties: etree._Element) -> int:
    node = cell_properties.find(W + "gridSpan")
    if node is None:
        return 1
    span = int(node.get(W + "val", "1"))
    if span == 1:
        cell_properties.remove(node)
    return span


def _shade(cell_properties: etree._Element, classes: list[str], tint: str) -> None:
    for name in classes:
        level = name.removeprefix("level-")
        if name == "label":
            put(cell_properties, "shd", val="clear", color="auto", fill=tint, themeFill="accent5")
            put(cell_properties, "vAlign", val="center")
        elif name != level and level in RISK_COLOURS:
            put(cell_properties, "shd", val="clear", color="auto", fill=RISK_COLOURS[level].lstrip("#"))
