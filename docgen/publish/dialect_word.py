"""What the Word writer's pandoc sees. What OOXML has no word for travels to docgen/publish/word as elements of the
namespace urn:docgen:word in raw OOXML: they stand before, around or inside what they describe."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docgen.compose import ast
from docgen.publish.dialect import Node, Rules, is_short, raw, text_of, walked, with_leads

_NUMBERS = re.compile(r"[\d.]+(?:、[\d.]+)+")
_DRAWING = re.compile(r"figures/([\w-]+)")


def word(blocks: list[Node]) -> list[Node]:
    """The blocks for pandoc's Word writer."""
    return walked(with_leads(blocks, lambda block: [_block("lead"), block]), _RULES)


def _element(name: str, content: str | None = None, /, **attributes: str) -> str:
    written = "".join(f" {key}={quoteattr(value, {chr(39): '&#39;'})}" for key, value in attributes.items())
    head = f'<d:{name} xmlns:d="urn:docgen:word"{written}'
    return f"{head}/>" if content is None else f"{head}>{escape(content)}</d:{name}>"


def _block(name: str, /, **attributes: str) -> Node:
    return raw("RawBlock", "openxml", _element(name, None, **attributes))


def _inline(name: str, content: str | None = None, /, **attributes: str) -> Node:
    return raw("RawInline", "openxml", _element(name, content, **attributes))


def _styled(style: str, inlines: list[Node]) -> Node:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [{"t": "Para", "c": inlines}]]}


def _table(node: Node) -> list[Node]:
    (identifier, classes, pairs), caption, columns, head, bodies, foot = node["c"]
    kind = classes[0] if classes else "grid"
    if kind == "plain":
        head = [head[0], [row for row in head[1] if any(ast.flat(cell[4]) for cell in row[1])]]
    head = [head[0], [_marked(row) for row in head[1]]]
    bodies = [[body[0], body[1], body[2], [_marked(row) for row in body[3]]] for body in bodies]
    widths = " ".join(f"{column[1].get('c', 0):.6f}" for column in columns)
    found = [_styled("Table Caption", _numbered(caption[1], identifier))] if caption[1] else []
    table = {"t": "Table", "c": [["", classes, pairs], [None, []], columns, head, bodies, foot]}
    keep = "yes" if kind != "form" and is_short(columns, bodies) else "no"
    return [*found, _block("table", **{"class": kind}, widths=widths, keep=keep), table]


def _marked(row: Any) -> Any:
    """A row whose cells begin with their classes."""
    cells = []
    for cell in row[1]:
        if _NUMBERS.fullmatch(text := text_of(cell[4])) and {one["t"] for one in cell[4][0]["c"]} == {"Str"}:
            # Some programs break lists of numbers before their commas unless told where they may.
            cell = [*cell[:4], [{"t": "Plain", "c": ast.text(text.replace("、", "、\u200b"))}]]
        mark = [_block("cell", **{"class": " ".join(cell[0][1])})] if cell[0][1] else []
        cells.append([*cell[:4], [*mark, *_hint_apart(cell[4])]])
    return [row[0], cells]


def _hint_apart(blocks: list[Node]) -> list[Node]:
    """The blocks of a cell with the hint after a line break in a paragraph of its own style."""
    if not blocks or blocks[-1]["t"] != "Plain" or not blocks[-1]["c"]:
        return blocks
    *label, last = blocks[-1]["c"]
    if last["t"] != "Span" or "hint" not in last["c"][0][1]:
        return blocks
    if label and label[-1]["t"] == "LineBreak":
        label.pop()
    return [*blocks[:-1], {"t": "Plain", "c": label}, _styled("Hint", last["c"][1])]


def _numbered(caption: list[Node], identifier: str) -> list[Node]:
    """A caption's inlines with its number, which becomes the target of references to the identifier."""

    def number(node: Node) -> Node:
        attributes, inlines = node["c"]
        if "caption-number" not in attributes[1]:
            return node
        return _inline("number", ast.flat(inlines), id=identifier)

    rules: Rules = {"Span": number}
    return walked([inline for block in caption for inline in block["c"]], rules)


def _image(node: Node) -> Node:
    found = _DRAWING.fullmatch(node["c"][2][0])
    return _inline("picture", name=found[1]) if found else node


def _figure(node: Node) -> list[Node]:
    attributes, caption, blocks = node["c"]
    picture = [inline for block in blocks for inline in block["c"]]
    return [_styled("Captioned Figure", picture), _styled("Image Caption", _numbered(caption[1], attributes[0]))]


def _div(node: Node) -> Node | list[Node]:
    attributes, blocks = node["c"]
    if "landscape" in attributes[1]:
        return [_block("landscape"), *blocks, _block("portrait")]
    if "note" in attributes[1]:
        return [_block("note"), *blocks, _block("note-end")]
    return node


def _link(node: Node) -> Node | list[Node]:
    attributes, inlines, target = node["c"]
    if "document" in attributes[1]:
        return list(inlines)
    if "xref" in attributes[1]:
        return _inline("reference", ast.flat(inlines), to=target[0].removeprefix("#"))
    return node


def _emph(node: Node) -> Node:
    return {"t": "Span", "c": [["", [], [["custom-style", "Emphasis"]]], node["c"]]}


def _header(node: Node) -> list[Node]:
    """Headings carry their id here because pandoc's own bookmarks enclose whole sections."""
    level, (identifier, classes, pairs), inlines = node["c"]
    mark = _block("heading", id=identifier, **({"newpage": "yes"} if "newpage" in classes else {}))
    return [mark, {"t": "Header", "c": [level, ["", classes, pairs], inlines]}]


_RULES: Rules = {
    "Table": _table,
    "Image": _image,
    "Figure": _figure,
    "Div": _div,
    "Link": _link,
    "Emph": _emph,
    "Header": _header,
}
