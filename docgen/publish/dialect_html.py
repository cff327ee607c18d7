"""What the HTML writer's pandoc sees: scrolling tables with scoped heads, and no attribute that means nothing there."""

from __future__ import annotations

from typing import Any

from docgen.compose import ast
from docgen.publish.dialect import Node, Rules, kept_count, raw, reading, revision_of, walked, with_old_number

MANY_COLUMNS = 5


def html5(blocks: list[Node]) -> list[Node]:
    """The blocks for pandoc's HTML writer."""
    return walked(blocks, _RULES)


def _table(node: Node) -> Node:
    attributes, caption, columns, head, bodies, foot = node["c"]
    head = [head[0], [[row[0], [_scoped(cell) for cell in row[1]]] for row in head[1]]]
    classes = ["scroll", *(["wide"] if len(columns) >= MANY_COLUMNS else [])]
    pairs = [["tabindex", "0"]]
    if label := _label(caption[1]):
        pairs += [["role", "region"], ["aria-label", label]]
    head = [head[0], [_tracked(row) for row in head[1]]]
    bodies = [[*body[:3], [_tracked(row) for row in body[3]]] for body in bodies]
    table = {"t": "Table", "c": [attributes, caption, columns, head, bodies, foot]}
    return {"t": "Div", "c": [["", classes, pairs], [table]]}


def _label(caption: list[Node]) -> str:
    """The text of a caption without what was deleted."""
    kept: list[Node] = []
    is_deleted = False
    for inline in (inline for block in caption for inline in block["c"]):
        if inline["t"] == "RawInline":
            is_deleted = inline["c"][1].startswith("<del ")
        elif not is_deleted:
            kept.append(inline)
    return ast.flat(kept)


def _scoped(cell: Any) -> Any:
    identifier, classes, pairs = cell[0]
    return [[identifier, classes, [*pairs, ["scope", "col"]]], *cell[1:]]


def _tracked(row: Any) -> Any:
    """A row without the author and date of its revision, which its cells tell."""
    return [_undated(row[0]), row[1]] if row[0][1] else row


def _undated(attributes: Any) -> Any:
    identifier, classes, pairs = attributes
    return [identifier, classes, [pair for pair in pairs if pair[0] not in ("author", "date")]]


def _revised(node: Node) -> Node | list[Node]:
    """A span; revisions are elements that readers and their aids know."""
    pairs = dict(node["c"][0][2])
    date = f' datetime="{pairs["date"]}"' if "date" in pairs else ""
    return reading(
        node,
        lambda kind: raw("RawInline", "html", f'<{_TAGS[kind]} class="revision"{date}>'),
        lambda kind: raw("RawInline", "html", f"</{_TAGS[kind]}>"),
    )


def _block(node: Node) -> Node | list[Node]:
    """A block that has no text of its own to be marked."""
    kind = revision_of(node["c"][0])
    if not kind:
        return node
    (identifier, classes, pairs), content = node["c"]
    others = [name for name in classes if name != kind]
    inside: list[Node] = content
    if node["t"] == "CodeBlock":
        inside = [{"t": "CodeBlock", "c": [_undated([identifier, others, pairs]), content]}]
    opened = raw("RawBlock", "html", f'<{_TAGS[kind]} class="revision">')
    return [opened, *inside, raw("RawBlock", "html", f"</{_TAGS[kind]}>")]


def _figure(node: Node) -> Node:
    attributes, caption, blocks = node["c"]
    return {"t": "Figure", "c": [_undated(attributes), caption, blocks]}


def _div(node: Node) -> Node | list[Node]:
    attributes, blocks = node["c"]
    if revision_of(attributes):
        return _block(node)
    if "note" not in attributes[1]:
        return node
    return {"t": "Div", "c": [[attributes[0], attributes[1], [*attributes[2], ["role", "note"]]], blocks]}


def _link(node: Node) -> Node:
    (identifier, classes, _), inlines, target = node["c"]
    return {"t": "Link", "c": [[identifier, classes, []], inlines, target]}


def _header(node: Node) -> Node:
    level, (identifier, classes, pairs), inlines = node["c"]
    if "deletion" in classes:
        gone = ast.para(with_old_number(inlines, pairs))
        return {"t": "Div", "c": [["", [f"heading-{level}"], []], [gone]]}
    classes = [name for name in classes if name != "insertion"]
    return {"t": "Header", "c": [level, [identifier, classes, []], inlines]}


_TAGS = {"insertion": "ins", "deletion": "del"}
_RULES: Rules = {
    "Span": _revised,
    "OrderedList": kept_count,
    "CodeBlock": _block,
    "Figure": _figure,
    "Table": _table,
    "Div": _div,
    "Link": _link,
    "Header": _header,
}
