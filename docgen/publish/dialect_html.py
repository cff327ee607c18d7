"""What the HTML writer's pandoc sees: scrolling tables with scoped heads, and no attribute that means nothing there."""

from __future__ import annotations

from typing import Any

from docgen.compose import ast
from docgen.publish.dialect import Node, walked

MANY_COLUMNS = 5


def html5(blocks: list[Node]) -> list[Node]:
    """The blocks for pandoc's HTML writer."""
    return walked(blocks, _RULES)


def _table(node: Node) -> Node:
    attributes, caption, columns, head, bodies, foot = node["c"]
    head = [head[0], [[row[0], [_scoped(cell) for cell in row[1]]] for row in head[1]]]
    classes = ["scroll", *(["wide"] if len(columns) >= MANY_COLUMNS else [])]
    pairs = [["tabindex", "0"]]
    if label := ast.flat(caption[1]):
        pairs += [["role", "region"], ["aria-label", label]]
    table = {"t": "Table", "c": [attributes, caption, columns, head, bodies, foot]}
    return {"t": "Div", "c": [["", classes, pairs], [table]]}


def _scoped(cell: Any) -> Any:
    identifier, classes, pairs = cell[0]
    return [[identifier, classes, [*pairs, ["scope", "col"]]], *cell[1:]]


def _div(node: Node) -> Node:
    attributes, blocks = node["c"]
    if "note" not in attributes[1]:
        return node
    return {"t": "Div", "c": [[attributes[0], attributes[1], [*attributes[2], ["role", "note"]]], blocks]}


def _link(node: Node) -> Node:
    (identifier, classes, _), inlines, target = node["c"]
    return {"t": "Link", "c": [[identifier, classes, []], inlines, target]}


def _header(node: Node) -> Node:
    level, (identifier, classes, _), inlines = node["c"]
    return {"t": "Header", "c": [level, [identifier, classes, []], inlines]}


_RULES = {"Table": _table, "Div": _div, "Link": _link, "Header": _header}
