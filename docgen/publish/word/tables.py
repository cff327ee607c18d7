"""Tables: style, widths, header row, shading and unbroken rows of the tables that pandoc wrote."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from docgen.publish.palette import RISK_COLOURS
from docgen.publish.word.markup import D, W, new, properties, put, style_of, text_of
from docgen.publish.word.shell import Shell

FORM_ROW = 459
"""Least height of a form's row: room for a line of handwriting (0.81 cm), in twentieths of a point."""

FORM_FIELD = 771
"""Least height of a form's row with a blank field over several columns (1.36 cm)."""

_TABLE_PARTS = {"grid": "Grid", "form": "Form", "plain": "Plain"}


@dataclass(frozen=True)
class _Dress:
    """What cells are dressed in: ids of paragraph styles and the ground of labels."""

    text: str
    label: str
    lists: frozenset[str]
    tint: str

    @classmethod
    def of(cls, shell: Shell) -> _Dress:
        lists = frozenset((shell.style("Table Bullet"), shell.style("Table Number")))
        return cls(shell.style("Table Text"), shell.style("Table Label"), lists, shell.tint)


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
        is_head = row.find(f"{W}trPr/{W}tblHeader") is not None
        blank = _restyle_row(row, columns, heading if is_head else dress.text, dress)
        is_form_row = kind == "form" and not is_head
        _set_row(row, is_head, (FORM_FIELD if blank else FORM_ROW) if is_form_row else 0)
        if is_form_row:
            for cell in row.iterfind(W + "tc"):
                put(properties(cell), "vAlign", val="center")


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
    """Restyle the cells of a row; true where one that spans several columns is blank."""
    position = 0
    has_blank = False
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
            if style_of(paragraph) not in dress.lists:
                put(properties(paragraph), "pStyle", val=style)
            if "center" in classes:
                put(properties(paragraph), "jc", val="center")
        has_blank = has_blank or (span > 1 and not any(text_of(paragraph) for paragraph in paragraphs))
    return has_blank


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
