"""Word files read as Word does when all tracked changes are accepted or rejected."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from docgen.publish.word.markup import WP, W

_SIGNS = {W + "br": "\n", W + "tab": "\t", W + "noBreakHyphen": "-", W + "footnoteReference": "*"}


def document(data: bytes) -> etree._Element:
    """The main part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def decided(data: bytes, keep: str, drop: str) -> etree._Element:
    """The main part with what is marked `drop` taken out and what is marked `keep` left in as plain text."""
    root = document(data)
    for row in list(root.iter(W + "tr")):
        if row.find(f"{W}trPr/{W}{drop}") is not None:
            remove(row)
    for table in [table for table in root.iter(W + "tbl") if table.find(W + "tr") is None]:
        remove(table)
    for revision in [node for node in root.iter(W + drop) if parent(node).tag not in (W + "rPr", W + "trPr")]:
        remove(revision)
    for revision in [node for node in root.iter(W + keep) if parent(node).tag not in (W + "rPr", W + "trPr")]:
        place = parent(revision).index(revision)
        parent(revision)[place : place + 1] = list(revision)
    for paragraph in list(root.iter(W + "p")):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{drop}") is not None:
            merge(paragraph)
    for mark in list(root.iter(W + keep)):
        remove(mark)
    return root


def merge(paragraph: etree._Element) -> None:
    """A paragraph without its mark runs on in the next one; before a table only an empty one can go."""
    content = [node for node in paragraph if node.tag != W + "pPr"]
    following = paragraph.getnext()
    assert parent(paragraph).tag != W + "tc" or following is not None, "a cell would lose its last paragraph"
    if following is not None and following.tag == W + "p":
        start = 1 if len(following) and following[0].tag == W + "pPr" else 0
        following[start:start] = content
    else:
        assert not text(paragraph), "text would run into a table"
    remove(paragraph)


def parent(node: etree._Element) -> etree._Element:
    """The element around a node."""
    found = node.getparent()
    assert found is not None
    return found


def remove(node: etree._Element) -> None:
    """Take a node out."""
    parent(node).remove(node)


def content(root: etree._Element) -> list[Any]:
    """What the body says: paragraphs with text, and tables as rows of cells of paragraphs."""
    body = root.find(W + "body")
    assert body is not None
    found: list[Any] = []
    for block in body:
        if block.tag == W + "tbl":
            rows = [
                [[text(p) for p in cell.iterfind(W + "p")] for cell in row.iterfind(W + "tc")] for row in rows_of(block)
            ]
            found.append(rows)
        elif block.tag == W + "p" and text(block):
            found.append(text(block))
    return found


def rows_of(table: etree._Element) -> list[etree._Element]:
    """The rows of a table."""
    return list(table.iterfind(W + "tr"))


def text(paragraph: etree._Element) -> str:
    """What a paragraph shows, without the places where a line may break."""
    found = []
    for node in paragraph.iter(W + "t", W + "delText", WP + "docPr", *_SIGNS):
        if node.tag == WP + "docPr":
            found.append(f"[{node.get('name', '').removesuffix('-before')}]")
        else:
            found.append(_SIGNS.get(str(node.tag)) or node.text or "")
    return "".join(found).replace("\u200b", "")
