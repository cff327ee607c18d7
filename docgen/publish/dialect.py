"""The walk by which each writer turns a composition's tree into what pandoc's writer needs to see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil
from typing import Any

from docgen.compose import ast

Node = dict[str, Any]
Rules = Mapping[str, Callable[[Node], "Node | list[Node]"]]
"""What becomes of a node of a type, after its children: one node, or several in its place."""

SHORT_ROWS = 8
SHORT_LINES = 14
"""What a table that is kept on one page may hold: rows, and lines of text."""

LINE_LETTERS = 128
"""Letters on a line of a table as wide as the page, in bytes."""


def walked(nodes: list[Node], rules: Rules) -> list[Node]:
    """The nodes with the rules applied, children first; the given nodes stay as they are."""
    found: list[Node] = []
    for node in nodes:
        kind = node["t"]
        below = _BELOW.get(kind)
        made: Node | list[Node] = node if below is None else {"t": kind, "c": below(node["c"], rules)}
        rule = rules.get(kind)
        if rule is not None:
            made = rule(made if isinstance(made, dict) else node)
        if isinstance(made, list):
            found.extend(made)
        else:
            found.append(made)
    return found


def _second(content: Any, rules: Rules) -> Any:
    return [content[0], walked(content[1], rules), *content[2:]]


def _items(content: Any, rules: Rules) -> Any:
    return [walked(item, rules) for item in content]


def _row(row: Any, rules: Rules) -> Any:
    attributes, cells = row
    return [attributes, [[*cell[:4], walked(cell[4], rules)] for cell in cells]]


def _table(content: Any, rules: Rules) -> Any:
    attributes, caption, columns, head, bodies, foot = content
    return [
        attributes,
        [caption[0], walked(caption[1], rules)],
        columns,
        [head[0], [_row(row, rules) for row in head[1]]],
        [[body[0], body[1], body[2], [_row(row, rules) for row in body[3]]] for body in bodies],
        foot,
    ]


def _figure(content: Any, rules: Rules) -> Any:
    attributes, caption, blocks = content
    return [attributes, [caption[0], walked(caption[1], rules)], walked(blocks, rules)]


_BELOW: dict[str, Callable[[Any, Rules], Any]] = {
    **dict.fromkeys(("Para", "Plain", "Emph", "Strong", "Strikeout", "BlockQuote", "Note"), walked),
    **dict.fromkeys(("Span", "Link", "Image", "Div"), _second),
    "Header": lambda content, rules: [content[0], content[1], walked(content[2], rules)],
    "BulletList": _items,
    "OrderedList": lambda content, rules: [content[0], _items(content[1], rules)],
    "DefinitionList": lambda content, rules: [[walked(term, rules), _items(items, rules)] for term, items in content],
    "Table": _table,
    "Figure": _figure,
}
"""How to reach the children of each type of node."""


def raw(kind: str, format_: str, text: str) -> Node:
    """Text that one writer takes as it is; `kind` is RawBlock or RawInline."""
    return {"t": kind, "c": [format_, text]}


def text_of(blocks: list[Node]) -> str:
    """The text of a cell's blocks; most hold one string, which is found without a walk."""
    if len(blocks) == 1 and blocks[0]["t"] == "Plain":
        inlines = blocks[0]["c"]
        if len(inlines) == 1 and inlines[0]["t"] == "Str":
            return str(inlines[0]["c"])
    return ast.flat(blocks)


def letters(blocks: list[Node]) -> int:
    """How much text blocks hold, in bytes: three to a Chinese character, which is as wide as two or three letters."""
    return len(text_of(blocks).encode())


def lines(row: Any, columns: list[Any]) -> float:
    """How many lines the highest cell of a row may take, guessed from its text and its columns' share of the width."""
    most, column = 1.0, 0
    for cell in row[1]:
        share = columns[min(column, len(columns) - 1)][1].get("c", 1)
        most = max(most, letters(cell[4]) / (LINE_LETTERS * share), len(cell[4]))
        column += cell[3]
    return most


def is_short(columns: list[Any], bodies: list[Any]) -> bool:
    """Whether a table is kept on one page, in Word and PDF alike."""
    rows = [row for body in bodies for row in body[3]]
    return len(rows) <= SHORT_ROWS and sum(ceil(lines(row, columns)) for row in rows) <= SHORT_LINES


def revision_of(attributes: Any) -> str:
    """Whether a node with these attributes came or went: `insertion`, `deletion` or ''."""
    return next((name for name in ("insertion", "deletion") if name in attributes[1]), "")


def reading(node: Node, opened: Callable[[str], Node], closed: Callable[[str], Node]) -> Node | list[Node]:
    """A span with its revision between two raw inlines, for a reader who cannot accept or reject it.

    Of a counted number that only moved on, the new value alone is shown."""
    attributes, inlines = node["c"]
    kind = revision_of(attributes)
    if "paragraph-deletion" in attributes[1]:
        return _GONE
    if "paragraph-insertion" in attributes[1]:
        return []
    if not kind:
        return node
    if "renumbered" in attributes[1]:
        return [] if kind == "deletion" else list(inlines)
    return [opened(kind), *inlines, closed(kind)]


def with_old_number(inlines: list[Node], pairs: Any) -> list[Node]:
    """The inlines of a deleted heading, after `reading`, with the number it had: it is no longer counted."""
    number: Node = {"t": "Str", "c": f"{dict(pairs).get('number', '')} "}
    return [*inlines[:1], number, *inlines[1:]]


_GONE = raw("RawInline", "gone", "")
"""Stands at the end of a deleted paragraph; no writer shows it."""


def kept_count(node: Node) -> list[Node]:
    """A counted list whose deleted items, which no longer count, stand under the item before them."""
    attributes, items = node["c"]
    before: list[Node] = []
    kept: list[list[Node]] = []
    for item in items:
        if not _is_gone(item):
            kept.append(item)
        else:
            apart = [{"t": "Para", "c": block["c"]} if block["t"] == "Plain" else block for block in item]
            if kept:
                kept[-1] = [*kept[-1], *apart]
            else:
                before += apart
    return [*before, {"t": "OrderedList", "c": [attributes, kept]}] if kept else before


def _is_gone(blocks: list[Node]) -> bool:
    """Whether all paragraphs of an item, after `reading`, are deleted."""
    return bool(blocks) and all(
        all(_is_gone(item) for item in block["c"])
        if block["t"] == "BulletList"
        else block["t"] in ("Para", "Plain") and block["c"][-1:] == [_GONE]
        for block in blocks
    )


def with_leads(blocks: list[Node], lead: Callable[[Node], list[Node]]) -> list[Node]:
    """The blocks with every paragraph marked that leads to the next block and must not be left behind on its page."""
    found: list[Node] = []
    for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        if block["t"] == "Div":
            found.append({"t": "Div", "c": [block["c"][0], with_leads(block["c"][1], lead)]})
        elif block["t"] == "Para" and after is not None and _leads(before, block, after):
            found += lead(block)
        else:
            found.append(block)
    return found


def _leads(before: Node | None, block: Node, after: Node) -> bool:
    if after["t"] in ("Table", "Figure"):
        return before is not None and before["t"] == "Header"
    return after["t"] in ("BulletList", "OrderedList") and ast.flat([block]).endswith((":", "："))
