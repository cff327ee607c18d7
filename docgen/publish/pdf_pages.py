"""Reads from a PDF that Typst wrote on which page its headings stand.

Typst writes dictionaries uncompressed with a plain cross-reference table (ISO 32000-1, 7.5.4) and flat trees of
pages and names, so that a few look-ups do where a PDF library would parse the whole file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TRAILER_LENGTH = 1024
_XREF_ENTRY_LENGTH = 20


@dataclass(frozen=True)
class Layout:
    """Where the parts of a document came to stand."""

    pages: dict[str, int]
    """Page number, counted from 1, of every named destination."""

    count: int
    """Number of pages."""


def layout(data: bytes) -> Layout:
    """Pages and named destinations of a PDF written by Typst; raises ValueError for any other file."""
    trailer = data[-_TRAILER_LENGTH:]
    table = data.index(b"0000000000 65535 f", _number(rb"startxref\s+(\d+)", trailer))

    def text(number: int) -> bytes:
        entry = table + number * _XREF_ENTRY_LENGTH
        start = int(data[entry : entry + 10])
        return data[start : data.index(b"endobj", start)]

    catalog = text(_number(rb"/Root (\d+) 0 R", trailer))
    tree = text(_number(rb"/Pages (\d+) 0 R", catalog))
    kids = re.findall(rb"(\d+) 0 R", tree[tree.index(b"/Kids") :])
    numbers = {int(kid): number for number, kid in enumerate(kids, start=1)}
    destinations = re.findall(rb"\(([^()\\]+)\)\s*(\d+) 0 R", catalog)
    pages = {
        name.decode("ascii"): numbers[_number(rb"\[(\d+) 0 R", text(int(number)))] for name, number in destinations
    }
    return Layout(pages, len(kids))


def _number(pattern: bytes, text: bytes) -> int:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"not a PDF written by Typst: {pattern!r} is missing")
    return int(found[1])
