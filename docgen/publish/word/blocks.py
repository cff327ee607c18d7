"""Paragraphs of a body: page breaks, notes, space after tables, East Asian fonts of pandoc's marks."""

from __future__ import annotations

from lxml import etree

from docgen.publish.word.markup import D, W, new, properties, put, style_of
from docgen.publish.word.shell import Shell

SPACE_AFTER_TABLE = "160"
"""Space between a table and the paragraph after it, in twentieths of a point."""

SPACE_AFTER_TEXT = "120"
"""Space between two pieces of text, in twentieths of a point."""


def break_pages(body: etree._Element) -> None:
    """Start the body, and every heading that asks for it, on a new page."""
    for mark in body.iterfind(D + "heading"):
        paragraph = mark.getnext()
        if mark.get("newpage") and paragraph is not None and paragraph.tag == W + "p":
            before = mark.getprevious()
            if before is None or before.tag not in (D + "landscape", D + "portrait"):
                _start_page(paragraph)
    first = next((block for block in body if block.tag in (W + "p", W + "tbl", D + "landscape")), None)
    if first is not None and first.tag == W + "p":
        _start_page(first)


def _start_page(paragraph: etree._Element) -> None:
    put(properties(paragraph), "pageBreakBefore")
    put(properties(paragraph), "spacing", before="0")


def restyle_notes(body: etree._Element, shell: Shell) -> None:
    """Give the paragraphs between the marks of a note its styles and keep them together."""
    for mark in list(body.iterfind(D + "note")):
        lines: list[etree._Element] = []
        block = mark.getnext()
        while block is not None and block.tag != D + "note-end":
            if block.tag == W + "p":
                lines.append(block)
            block = block.getnext()
        lists = {shell.style(f"List {kind}") for kind in ("Bullet", "Number")}
        for line in lines:
            is_item = style_of(line) in lists
            put(properties(line), "pStyle", val=shell.style("Note List" if is_item else "Note"))
        for line in lines[:-1]:
            put(properties(line), "keepNext")
            put(properties(line), "spacing", after="0")
        for line in lines[1:]:
            put(properties(line), "spacing", before="0", **({} if line is lines[-1] else {"after": "0"}))
        body.remove(mark)
        if block is not None:
            body.remove(block)


def keep_leads(body: etree._Element) -> None:
    """Keep paragraphs on the page of the table, figure or list that they lead to."""
    for mark in list(body.iterfind(D + "lead")):
        paragraph = mark.getnext()
        if paragraph is not None and paragraph.tag == W + "p":
            put(properties(paragraph), "keepNext")
        body.remove(mark)


def space_lists(body: etree._Element, shell: Shell) -> None:
    """Set the text after a list apart like any other: items stand closer together."""
    names = ("List Bullet", "List Number", "List Continue")
    kinds = {shell.style(name + depth) for name in names for depth in ("", " 2", " 3")}
    for item in body.iterfind(W + "p"):
        if style_of(item) in kinds:
            follower = item.getnext()
            if follower is not None and style_of(follower) not in kinds:
                put(properties(item), "spacing", after=SPACE_AFTER_TEXT)


def open_pages(body: etree._Element) -> None:
    """Leave no space above what begins the pages of another orientation."""
    for mark in body.iter(D + "landscape", D + "portrait"):
        first = mark.getnext()
        if first is not None and first.tag == D + "heading":
            first = first.getnext()
        if first is not None and first.tag == W + "p":
            put(properties(first), "spacing", before="0")


def space_tables(body: etree._Element, shell: Shell) -> None:
    """Keep tables apart from what follows them: Word joins tables that touch."""
    spaced = {shell.style(name) for name in ("Body Text", "List Bullet", "List Number", "Note")}
    spaced.add(shell.styles.get("first paragraph", ""))
    for table in list(body.iterfind(W + "tbl")):
        follower = table.getnext()
        while follower is not None and follower.tag in (W + "bookmarkStart", W + "bookmarkEnd", D + "heading"):
            follower = follower.getnext()
        if follower is None or follower.tag == W + "tbl" or follower.tag == D + "table":
            gap = new("p")
            put(properties(gap), "pStyle", val=shell.style("After Table"))
            put(properties(gap), "spacing", line=SPACE_AFTER_TABLE, lineRule="exact")
            table.addnext(gap)
        elif follower.tag == W + "p" and style_of(follower) in spaced:
            put(properties(follower), "spacing", before=SPACE_AFTER_TABLE)
