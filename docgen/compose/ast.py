"""The pandoc document tree (pandoc-types 1.23) as plain JSON values, and the few functions that build and walk it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

Node = dict[str, Any]
Attr = list[Any]

CJK = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f"
_SPACES = re.compile(r"[ \t\n]+")
SPACE: Node = {"t": "Space"}
BREAK: Node = {"t": "LineBreak"}


def attr(identifier: str = "", classes: Sequence[str] = (), pairs: Sequence[tuple[str, str]] = ()) -> Attr:
    """An attribute triple: id, classes, key-value pairs."""
    return [identifier, list(classes), [list(pair) for pair in pairs]]


def text(value: str) -> list[Node]:
    """Plain text as inlines: one `Str`, spaces included, which the engine reads faster than a node a word."""
    return [{"t": "Str", "c": _SPACES.sub(" ", value)}] if value else []


def para(inlines: list[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": inlines}


def plain(inlines: list[Node]) -> Node:
    """A text block that is no paragraph of its own, as in table cells."""
    return {"t": "Plain", "c": inlines}


def span(inlines: list[Node], classes: Sequence[str], pairs: Sequence[tuple[str, str]] = ()) -> Node:
    """A marked run of inlines."""
    return {"t": "Span", "c": [attr("", classes, pairs), inlines]}


def div(blocks: list[Node], classes: Sequence[str], pairs: Sequence[tuple[str, str]] = ()) -> Node:
    """A marked group of blocks."""
    return {"t": "Div", "c": [attr("", classes, pairs), blocks]}


def link(inlines: list[Node], target: str, classes: Sequence[str], pairs: Sequence[tuple[str, str]] = ()) -> Node:
    """A link; its class says what kind of reference it is."""
    return {"t": "Link", "c": [attr("", classes, pairs), inlines, [target, ""]]}


def bullets(items: Sequence[list[Node]]) -> Node:
    """A bullet list of items, each a list of blocks."""
    return {"t": "BulletList", "c": list(items)}


def header(level: int, attributes: Attr, inlines: list[Node]) -> Node:
    """A heading."""
    return {"t": "Header", "c": [level, attributes, inlines]}


def cell(blocks: list[Node], classes: Sequence[str] = (), columns: int = 1, rows: int = 1) -> list[Any]:
    """A table cell, spanning columns and rows."""
    return [attr(classes=classes), {"t": "AlignDefault"}, rows, columns, blocks]


def row(cells: Sequence[list[Any]]) -> list[Any]:
    """A table row."""
    return [attr(), list(cells)]


def table(
    attributes: Attr, caption: list[Node], widths: Sequence[float], head: list[Any], body: Sequence[list[Any]]
) -> Node:
    """A table with one header row; widths are shares that are scaled to add up to 1."""
    total = sum(widths)
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": round(width / total, 6)}] for width in widths]
    long_caption = [plain(caption)] if caption else []
    return {
        "t": "Table",
        "c": [attributes, [None, long_caption], columns, [attr(), [head]], [[attr(), 0, [], list(body)]], [attr(), []]],
    }


def figure(identifier: str, caption: list[Node], alt: list[Node], source: str) -> Node:
    """A captioned picture."""
    image = {"t": "Image", "c": [attr(), alt, [source, ""]]}
    return {"t": "Figure", "c": [attr(identifier), [None, [plain(caption)]], [plain([image])]]}


def flat(nodes: Any) -> str:
    """The text of inlines or blocks without markup, as a reader would hear it."""
    if isinstance(nodes, list):
        return "".join([flat(node) for node in nodes])
    if not isinstance(nodes, dict):
        return ""
    kind, content = nodes["t"], nodes.get("c", [])
    if kind == "Str":
        return str(content)
    if kind == "Code":
        return str(content[1])
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Span", "Link", "Div"):
        return flat(content[1])
    return flat(content) if isinstance(content, list) and kind != "Image" else ""


def walk(blocks: Sequence[Node]) -> Iterator[Node]:
    """Blocks in reading order, those inside divisions, lists and quotations included (not inside tables)."""
    for block in blocks:
        yield block
        kind, content = block["t"], block.get("c", [])
        if kind == "Div":
            yield from walk(content[1])
        elif kind == "BlockQuote":
            yield from walk(content)
        elif kind in ("BulletList", "OrderedList"):
            for item in content if kind == "BulletList" else content[1]:
                yield from walk(item)
