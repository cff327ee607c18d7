"""Widths of a table's columns, so that no word, number or date is broken over lines in Word and PDF."""

from __future__ import annotations

import re
from typing import Any

from docgen.publish.dialect import Node, text_of

UPRIGHT, SIDEWAYS = 459.0, 705.0
"""Width of the text on a page, in points."""

SIZE = 9.0
"""Size of a table's letters, in points."""

_PADDING, _INDENT = 13.0, 10.0
_LONGEST = 26
_WORD = re.compile(r"[^\s\u2e80-\uffff]+")
_JOINT = re.compile(r"(?<=[^\d\W][-/])(?=[^\d\W])")
_NARROW, _BROAD = frozenset("ijlftr.,:;'|()-/ I"), frozenset("mwMW%@")


def fitted(blocks: list[Node], width: float = UPRIGHT) -> list[Node]:
    """The blocks with the columns of tables that are too narrow for their longest word widened at the others' cost.

    `width` is that of the page in points. Words that can break at a hyphen are measured in parts; a table that has
    no room for all its words stays as it is, and so do the fields of forms, which line up from part to part."""
    found = []
    for block in blocks:
        if block["t"] == "Div":
            attributes, inner = block["c"]
            inside = fitted(inner, SIDEWAYS if "landscape" in attributes[1] else width)
            found.append({"t": "Div", "c": [attributes, inside]})
        elif block["t"] == "Table" and not _fields(block):
            attributes, caption, columns, head, bodies, foot = block["c"]
            widened = _widened(columns, head, bodies, width)
            found.append({"t": "Table", "c": [attributes, caption, widened, head, bodies, foot]})
        else:
            found.append(block)
    return found


def _fields(table: Node) -> bool:
    identifier, classes, _ = table["c"][0]
    return "form" in classes and not identifier.endswith("-rows")


def _widened(columns: list[Any], head: Any, bodies: list[Any], width: float) -> list[Any]:
    shares = [column[1].get("c", 0.0) for column in columns]
    needs = _needs(len(columns), [*head[1], *(row for body in bodies for row in body[3])], width, len(head[1]))
    lacking = sum(max(0.0, need - share) for need, share in zip(needs, shares, strict=True))
    spare = sum(max(0.0, share - need) for need, share in zip(needs, shares, strict=True))
    if not lacking or lacking > spare:
        return columns
    return [
        [column[0], {"t": "ColWidth", "c": need if need > share else share - (share - need) * lacking / spare}]
        for column, need, share in zip(columns, needs, shares, strict=True)
    ]


def _needs(count: int, rows: list[Any], width: float, heads: int) -> list[float]:
    """The share of the width that each column's longest word takes."""
    found = [0.0] * count
    for number, row in enumerate(rows):
        bold = 1.08 if number < heads or _labels(row) else 1.0
        column = 0
        for cell in row[1]:
            if cell[3] == 1 and column < count and cell[4]:
                inset = _PADDING + (_INDENT if cell[4][0]["t"] != "Plain" else 0.0)
                longest = _width(max(_words(text_of(cell[4])), key=len, default=""))
                if longest:
                    found[column] = max(found[column], (longest * bold + inset) / width)
            column += cell[3]
    return found


def _labels(row: Any) -> bool:
    return any("label" in cell[0][1] for cell in row[1])


def _words(text: str) -> list[str]:
    words = _WORD.findall(text)
    if "-" in text or "/" in text:
        words = [part for word in words for part in _JOINT.split(word)]
    return [word for word in words if len(word) <= _LONGEST]


def _width(word: str) -> float:
    """About the width of a word in Arial, in points."""
    narrow = sum(letter in _NARROW for letter in word)
    broad = sum(letter in _BROAD for letter in word)
    capital = sum(letter.isupper() for letter in word)
    return SIZE * (0.3 * narrow + 0.84 * broad + 0.55 * (len(word) - narrow - broad) + 0.15 * capital)
