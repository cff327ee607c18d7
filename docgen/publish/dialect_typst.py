"""What the PDF writer's pandoc sees: the names of frames/document.typ, and texts that Typst takes for nothing else."""

from __future__ import annotations

import re
from typing import Any

from docgen.compose import ast
from docgen.publish.dialect import (
    Node,
    Rules,
    is_short,
    kept_count,
    lines,
    raw,
    reading,
    revision_of,
    walked,
    with_leads,
    with_old_number,
)

LEVELS = {"level-low", "level-medium", "level-high", "level-extreme"}

PAGE_LINES = 26
"""A row that may be higher is split over pages."""

_MARKUP = re.compile(
    r"\.\.\.|-[\d?]|[-.][\u2000-\u203f]|[–—…][-.\u2000-\u2fff]"
    r"|^\s*(?:[-+/]|=+|\d+\.)(?=\s|$)"
)
"""What Typst would take for something else in pandoc's plain writing: shorthands (three dots, a hyphen before a digit),
dashes and dots in a row (pandoc writes dashes as hyphens), and, at the head of a cell or an item, the mark of a list, a
heading or a term."""
BOX = "☐"
_CODE = re.compile(r"((?:[A-Z]{2,6}-)?SMS-[A-Z]+-\d{2}(?:-F\d{2})?)")
_DRAWING = re.compile(r"figures/([\w-]+)")


def typst(blocks: list[Node]) -> list[Node]:
    """The blocks for pandoc's Typst writer. Styles are set cell by cell: a show rule is tried on every cell."""
    return walked(with_leads(blocks, lambda block: _wrapped("#lead[", [block])), _RULES)


def _str(node: Node) -> Node | list[Node]:
    text = node["c"]
    if BOX in text:
        before, _, after = text.partition(BOX)
        parts = ([{"t": "Str", "c": part}] if part else [] for part in (before, after))
        return [*next(parts), raw("RawInline", "typst", "#tick;"), *walked(next(parts), _RULES)]
    if not _MARKUP.search(text):
        return node
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return raw("RawInline", "typst", f'#"{escaped}";')


def _para(node: Node) -> Node:
    """A paragraph whose document codes are not broken over lines; in cells, columns decide."""
    inlines: list[Node] = []
    for inline in node["c"]:
        inlines += _whole_codes(inline["c"]) if inline["t"] == "Str" and _CODE.search(inline["c"]) else [inline]
    return {"t": "Para", "c": inlines}


def _whole_codes(text: str) -> list[Node]:
    found: list[Node] = []
    for number, part in enumerate(_CODE.split(text)):
        if number % 2:
            found.append(raw("RawInline", "typst", f'#box("{part}");'))
        elif part:
            found.append({"t": "Str", "c": part})
    return found


def _image(node: Node) -> Node:
    found = _DRAWING.fullmatch(node["c"][2][0])
    return raw("RawInline", "typst", f'#drawing("{found[1]}")') if found else node


def _span(node: Node) -> Node | list[Node]:
    attributes, inlines = node["c"]
    if "hint" not in attributes[1]:
        return reading(
            node, lambda kind: raw("RawInline", "typst", f"#{kind}["), lambda _: raw("RawInline", "typst", "];")
        )
    return [raw("RawInline", "typst", "#hint["), *inlines, raw("RawInline", "typst", "]")]


def _link(node: Node) -> Node | list[Node]:
    attributes, inlines, _ = node["c"]
    return list(inlines) if "document" in attributes[1] else node


def _header(node: Node) -> Node | list[Node]:
    level, (_, classes, pairs), inlines = node["c"]
    if "deletion" in classes:
        return _wrapped(f"#deleted-heading({level})[", [ast.para(with_old_number(inlines, pairs))])
    return [raw("RawBlock", "typst", "#pagebreak(weak: true)"), node] if "newpage" in node["c"][1][1] else node


def _div(node: Node) -> Node | list[Node]:
    attributes, blocks = node["c"]
    if kind := revision_of(attributes):
        return _wrapped(f"#{kind}-block[", blocks)
    for name in ("landscape", "note"):
        if name in attributes[1]:
            return _wrapped(f"#{name}[", blocks)
    return node


def _block(node: Node) -> Node | list[Node]:
    """A figure or code, framed where it came or went as a whole."""
    kind = revision_of(node["c"][0])
    return _wrapped(f"#{kind}-block[", [node]) if kind else node


def _wrapped(opening: str, blocks: list[Node]) -> list[Node]:
    return [raw("RawBlock", "typst", opening), *blocks, raw("RawBlock", "typst", "]")]


def _table(node: Node) -> Node | list[Node]:
    attributes, caption, columns, head, bodies, foot = node["c"]
    is_form, is_plain = "form" in attributes[1], "plain" in attributes[1]
    if is_form:
        attributes = [attributes[0], attributes[1], [*attributes[2], ["typst:inset", "form-inset"]]]
    if is_plain:
        attributes = [attributes[0], attributes[1], [*attributes[2], ["typst:stroke", "none"]]]
        head = [head[0], [row for row in head[1] if any(not _is_blank(cell) for cell in row[1])]]
    else:
        head = [head[0], [[row[0], [_with(cell, _HEAD) for cell in row[1]]] for row in head[1]]]
    bodies = [[body[0], body[1], body[2], [_row(row, columns, is_form) for row in body[3]]] for body in bodies]
    table = {"t": "Table", "c": [attributes, caption, columns, head, bodies, foot]}
    return _wrapped("#whole[", [table]) if not is_form and is_short(columns, bodies) else table


_HEAD = {"typst:fill": "primary", "typst:text:fill": "on-primary", "typst:text:weight": "700"}


def _row(row: Any, columns: list[Any], is_form: bool) -> Any:
    cells = [_cell(cell, is_form) for cell in row[1]]
    if kind := revision_of(row[0]):
        cells = [cell if cell[0][2] else _with(cell, {"typst:fill": f"{kind}-ground"}) for cell in cells]
    if lines(row, columns) > PAGE_LINES:
        cells = [_with(cell, {"typst:breakable": "true"}) for cell in cells]
    return [row[0], cells]


def _cell(cell: Any, is_form: bool) -> Any:
    classes = cell[0][1]
    if not classes and not is_form:
        return cell
    blank = "#blank"
    for name in classes:
        if name in LEVELS:
            cell = _with(cell, {"typst:fill": f'level("{name[6:]}")'})
        elif name == "label":
            cell = _with(cell, {"typst:fill": "tint", "typst:text:weight": "500"})
        elif name == "tall":
            blank = "#tall-blank"
        elif name == "center":
            cell = [cell[0], {"t": "AlignCenter"}, *cell[2:]]
    if is_form and _is_blank(cell):
        return [*cell[:4], [raw("RawBlock", "typst", blank)]]
    return _with(cell, {"typst:align": "left + horizon"}) if is_form else cell


def _with(cell: Any, pairs: dict[str, str]) -> Any:
    identifier, classes, known = cell[0]
    return [[identifier, classes, [*known, *map(list, pairs.items())]], *cell[1:]]


def _is_blank(cell: Any) -> bool:
    return all(not block.get("c") for block in cell[4])


_RULES: Rules = {
    "Str": _str,
    "Para": _para,
    "Span": _span,
    "Image": _image,
    "Link": _link,
    "Header": _header,
    "OrderedList": kept_count,
    "CodeBlock": _block,
    "Figure": _block,
    "Div": _div,
    "Table": _table,
}
