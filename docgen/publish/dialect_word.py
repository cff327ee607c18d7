"""What the Word writer's pandoc sees. What OOXML has no word for travels to docgen/publish/word as elements of the
namespace urn:docgen:word in raw OOXML: they stand before, around or inside what they describe."""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docgen.compose import ast
from docgen.publish.dialect import Node, Rules, is_short, raw, revision_of, text_of, walked, with_leads

BOX = "☐"
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
        cells.append([*cell[:4], [*mark, *(part for block in cell[4] for part in _hint_apart(block))]])
    if cells and revision_of(row[0]):
        cells[0] = [*cells[0][:4], [_block("row", **_who(row[0])), *cells[0][4]]]
    return [row[0], cells]


def _who(attributes: Any) -> dict[str, str]:
    """Kind, author and date of a revision, as Word names them."""
    pairs = dict(attributes[2])
    kind = "del" if "deletion" in attributes[1] or "paragraph-deletion" in attributes[1] else "ins"
    return {"kind": kind, "author": pairs.get("author", ""), "date": pairs.get("date", "")}


def _hint_apart(block: Node) -> list[Node]:
    """A block of a cell with the hint after a line break in a paragraph of its own style."""
    if block["t"] != "Plain" or not block["c"]:
        return [block]
    *label, last = block["c"]
    ending = [last] if last["t"] == "RawInline" else []
    if ending and label:
        *label, last = label
    if last["t"] != "Span" or "hint" not in last["c"][0][1]:
        return [block]
    if label and label[-1]["t"] == "LineBreak":
        label.pop()
    elif label and label[-1]["t"] == "Span" and [one["t"] for one in label[-1]["c"][1]] == ["LineBreak"]:
        label.append(_inline("paragraph", **_who(label.pop()["c"][0])))
    return [{"t": "Plain", "c": label}, _styled("Hint", [*last["c"][1], *ending])]


def _numbered(caption: list[Node], identifier: str) -> list[Node]:
    """A caption's inlines with its number, which becomes the target of references to the identifier."""

    def number(node: Node) -> Node:
        attributes, inlines = node["c"]
        if "caption-number" not in attributes[1]:
            return node
        if revision_of(attributes):
            return {"t": "Span", "c": [attributes, [_inline("number", ast.flat(inlines), id="")]]}
        return _inline("number", _text(inlines, "deletion"), id=identifier, **_was(inlines))

    rules: Rules = {"Span": number}
    return walked([inline for block in caption for inline in block["c"]], rules)


def _text(inlines: list[Node], without: str) -> str:
    """The text of inlines but for what came or went."""
    return ast.flat([one for one in inlines if one["t"] != "Span" or revision_of(one["c"][0]) != without])


def _was(inlines: list[Node]) -> dict[str, str]:
    """What a number said before a revision, and whose it is; nothing where it has none."""
    spans = [one["c"][0] for one in inlines if one["t"] == "Span" and revision_of(one["c"][0])]
    if not spans:
        return {}
    return {
        "was": _text(inlines, "insertion"),
        **{key: value for key, value in _who(spans[0]).items() if key != "kind"},
    }


def _image(node: Node) -> Node:
    found = _DRAWING.fullmatch(node["c"][2][0])
    return _inline("picture", name=found[1]) if found else node


def _figure(node: Node) -> list[Node]:
    attributes, caption, blocks = node["c"]
    picture = [inline for block in blocks for inline in block["c"]]
    return [_styled("Captioned Figure", picture), _styled("Image Caption", _numbered(caption[1], attributes[0]))]


def _div(node: Node) -> Node | list[Node]:
    attributes, blocks = node["c"]
    if kind := revision_of(attributes):
        return list(blocks) if kind == "insertion" else []
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
        return _inline("reference", _text(inlines, "deletion"), to=target[0].removeprefix("#"), **_was(inlines))
    return node


def _span(node: Node) -> Node:
    attributes = node["c"][0]
    is_mark = "paragraph-insertion" in attributes[1] or "paragraph-deletion" in attributes[1]
    return _inline("paragraph", **_who(attributes)) if is_mark else node


def _paragraph(node: Node) -> Node | list[Node]:
    """A paragraph, but for one without text that came or went: pandoc writes none where it bears no mark."""
    inlines = node["c"]
    is_mark = len(inlines) == 1 and inlines[0]["t"] == "RawInline" and inlines[0]["c"][1].startswith("<d:paragraph ")
    return [] if is_mark else node


def _code(node: Node) -> Node:
    """Code that came or went as a whole: a paragraph that can be tracked."""
    attributes, text = node["c"]
    kind = revision_of(attributes)
    if not kind:
        return node
    lines: list[Node] = []
    for line in text.split("\n"):
        lines += [*([ast.BREAK] if lines else []), {"t": "Code", "c": [ast.attr(), line]}]
    pairs = [pair for pair in attributes[2] if pair[0] in ("author", "date")]
    marked = {"t": "Span", "c": [["", [kind], pairs], lines]}
    return _styled("Source Code", [marked, _inline("paragraph", **_who(attributes))])


def _box(node: Node) -> Node | list[Node]:
    """The box of a choice, which becomes one to be ticked."""
    return [_inline("check"), {"t": "Str", "c": node["c"][1:]}] if node["c"] == f"{BOX}\u00a0" else node


def _emph(node: Node) -> Node:
    return {"t": "Span", "c": [["", [], [["custom-style", "Emphasis"]]], node["c"]]}


def _header(node: Node) -> list[Node]:
    """Headings carry their id here because pandoc's own bookmarks enclose whole sections."""
    level, (identifier, classes, pairs), inlines = node["c"]
    if "deletion" in classes:
        return [{"t": "Header", "c": [level, ["", [], []], inlines]}]
    mark = _block("heading", id=identifier, **({"newpage": "yes"} if "newpage" in classes else {}))
    return [mark, {"t": "Header", "c": [level, ["", classes, pairs], inlines]}]


_RULES: Rules = {
    "Str": _box,
    "Table": _table,
    "Image": _image,
    "Figure": _figure,
    "Div": _div,
    "Link": _link,
    "Span": _span,
    "Para": _paragraph,
    "Plain": _paragraph,
    "CodeBlock": _code,
    "Emph": _emph,
    "Header": _header,
}
