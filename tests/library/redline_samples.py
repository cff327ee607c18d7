"""Trees for the tests of the redline: what a tree says in a plain form, and edits of real compositions."""

from __future__ import annotations

import datetime
from random import Random
from typing import Any

from docgen.compose.ast import Node

AT = datetime.datetime(2026, 11, 20, 16, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
AUTHOR = "李娜 & <Co>"


def said(blocks: list[Node]) -> list[Any]:
    """What blocks say: letters with their markup, cell by cell; ids, widths and landscape pages left out."""
    found: list[Any] = []
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind == "Div" and "landscape" in content[0][1]:
            found += said(content[1])
        elif kind in ("Para", "Plain"):
            found.append(("text", letters(content)))
        elif kind == "Header":
            found.append((kind, content[0], letters(content[2])))
        elif kind == "Div":
            found.append((kind, tuple(content[0][1]), said(content[1])))
        elif kind == "BlockQuote":
            found.append((kind, said(content)))
        elif kind in ("BulletList", "OrderedList"):
            items = [said(item) for item in (content if kind == "BulletList" else content[1])]
            found += [(kind, [item for item in items if item])] if any(items) else []
        elif kind == "DefinitionList":
            found.append((kind, [(letters(term), [said(one) for one in those]) for term, those in content]))
        elif kind == "CodeBlock":
            found.append((kind, content[1]))
        elif kind == "Figure":
            found.append((kind, said(content[1][1]), said(content[2])))
        elif kind == "Table":
            rows = [*content[3][1], *(row for body in content[4] for row in body[3])]
            cells = [[(cell[2], cell[3], said(cell[4])) for cell in row[1]] for row in rows]
            found.append((kind, said(content[1][1]), cells))
        else:
            found.append((kind,))
    return found


def letters(inlines: list[Node], around: tuple[str, ...] = ()) -> list[Any]:
    """Runs of letters with the markup around them, neighbours of the same markup joined."""
    found: list[Any] = []
    for node in inlines:
        kind, content = node["t"], node.get("c")
        if kind in ("Str", "Space", "SoftBreak"):
            pieces = [(content if kind == "Str" else " ", around)]
        elif kind in ("Span", "Link"):
            pieces = letters(content[1], (*around, " ".join(["held", *content[0][1]])))
        elif kind in ("Strong", "Emph", "Strikeout"):
            pieces = letters(content, (*around, kind))
        elif kind == "Note":
            pieces = [(f"note {said(content)}", (*around, kind))]
        else:
            what = content[1] if kind == "Code" else content[2][0] if kind == "Image" else ""
            pieces = [(what, (*around, kind, str(id(node))))]
        for piece in pieces:
            if found and found[-1][1] == piece[1]:
                found[-1] = (found[-1][0] + piece[0], piece[1])
            elif piece[0] or "LineBreak" in piece[1]:
                found.append(piece)
    return [(text, tuple(name for name in markup if not name.isdigit())) for text, markup in found]


def is_clean(node: Any) -> bool:
    """Whether a tree bears no mark."""
    return not any(word in repr(node) for word in ("insertion", "deletion", "renumbered"))


def edited(node: Any, rng: Random, often: float) -> Any:
    """A tree with texts changed and blocks, items and rows taken out, doubled and swapped here and there."""
    if isinstance(node, list):
        kept = [one for one in node if not (_is_block(one) and rng.random() < often / 3)]
        found = []
        for one in kept:
            found.append(edited(one, rng, often))
            if _is_block(one) and rng.random() < often / 3:
                found.append(_under_other_id(edited(one, rng, 0.3), f"section-{rng.randrange(10**9)}"))
        if len(found) > 1 and all(map(_is_block, found)) and rng.random() < often:
            i, j = rng.randrange(len(found)), rng.randrange(len(found))
            found[i], found[j] = found[j], found[i]
        return found
    if not isinstance(node, dict):
        return node
    if node["t"] == "Table":
        return _edited_table(node["c"], rng, often)
    if node["t"] == "Str" and rng.random() < often:
        text, at = node["c"], rng.randrange(len(node["c"]))
        return {"t": "Str", "c": text[:at] + rng.choice(PIECES) + text[at + rng.randrange(5) :]}
    return {"t": node["t"], "c": edited(node["c"], rng, often)} if "c" in node else node


PIECES = ("新增内容", "x 12 y", "5分钟", " and others")


def _is_block(node: Any) -> bool:
    return isinstance(node, dict) and node["t"] in ("Para", "Plain", "Header", "BulletList", "Table")


def _edited_table(content: Any, rng: Random, often: float) -> Node:
    attributes, (short, caption), columns, head, bodies, foot = content
    rows = [_edited_row(row, rng, often) for row in bodies[0][3]]
    if all(cell[2] == 1 for row in rows for cell in row[1]):
        rows = [row for row in rows if rng.random() > often / 3]
        rows += [_edited_row(row, rng, 0.3) for row in rows if rng.random() < often / 3]
        if rows and rng.random() < often / 3:
            rows.append(rows.pop(0))
    heads = [_edited_row(row, rng, often) for row in head[1]]
    body = [*bodies[0][:3], rows]
    caption = [{"t": one["t"], "c": [one["c"][0], *edited(one["c"][1:], rng, often)]} for one in caption]
    return {"t": "Table", "c": [attributes, [short, caption], columns, [head[0], heads], [body], foot]}


def _edited_row(row: Any, rng: Random, often: float) -> Any:
    return [row[0], [[*cell[:4], edited(cell[4], rng, often)] for cell in row[1]]]


def _under_other_id(block: Node, identifier: str) -> Node:
    if block["t"] not in ("Header", "Table"):
        return block
    at = 1 if block["t"] == "Header" else 0
    attributes = [identifier, *block["c"][at][1:]]
    return {"t": block["t"], "c": [*block["c"][:at], attributes, *block["c"][at + 1 :]]}
