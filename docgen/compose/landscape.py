"""Landscape pages: a wide table takes its heading and introduction along, and neighbours share their pages."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.compose import ast
from docgen.compose.ast import Node

LONGEST = 4
"""Blocks of introduction that go along; a longer text stays on upright pages."""


def gathered(blocks: Sequence[Node]) -> list[Node]:
    """The blocks with every landscape division extended upwards to the heading of its section."""
    found: list[Node] = []
    for block in blocks:
        if not _is_landscape(block):
            found.append(block)
            continue
        start = _start(found)
        inside = [*found[start:], *block["c"][1]]
        del found[start:]
        if found and _is_landscape(found[-1]):
            inside = [*found.pop()["c"][1], *inside]
        found.append(ast.div(inside, ["landscape"]))
    return found


def _start(before: Sequence[Node]) -> int:
    """Where the heading and introduction that lead to a wide table begin; the end where there are none."""
    for back in range(1, min(len(before), LONGEST + 1) + 1):
        kind = before[-back]["t"]
        if kind == "Header":
            while back < len(before) and before[-back - 1]["t"] == "Header":
                back += 1
            return len(before) - back
        if kind not in ("Para", "Plain", "BulletList"):
            break
    return len(before)


def _is_landscape(block: Node) -> bool:
    return block["t"] == "Div" and "landscape" in block["c"][0][1]
