"""Tracked changes: what pandoc leaves undone of them, so that Word accepts and rejects paragraphs and rows as well."""

from __future__ import annotations

from copy import deepcopy
from itertools import count

from lxml import etree

from docgen.publish.word.markup import D, W, attribute, new, properties, put, run, style_of
from docgen.publish.word.shell import Shell

FIRST_ID = 900001
"""Ids of revisions start here, above those of bookmarks."""

_DELETED = {W + "t": W + "delText", W + "instrText": W + "delInstrText"}


def revised(mark: etree._Element, text: str) -> str:
    """The result of a field whose value changed, as XML; its mark has the old value as `was`."""
    who = f'w:id="0" w:author={attribute(mark.get("author", ""))} w:date={attribute(mark.get("date", ""))}'
    return f"<w:del {who}>{run(mark.get('was', ''))}</w:del><w:ins {who}>{run(text)}</w:ins>"


def is_tracked(paragraph: etree._Element) -> bool:
    """Whether a paragraph came or went as a whole."""
    return _kind(paragraph) is not None


def settle_revisions(body: etree._Element, shell: Shell) -> None:
    """Finish the revisions of a body, in place; a body without any stays as it is."""
    _track_rows(body)
    cells = _track_paragraphs(body)
    for cell in cells:
        _close_cell(cell)
    _track_gaps(body, shell)
    last = next((block for block in reversed(body) if block.tag in (W + "p", W + "tbl")), None)
    if last is not None and is_tracked(last):
        closing = new("p")
        put(properties(closing), "pStyle", val=shell.style("After Table"))
        last.addnext(closing)
    for node in [inner for gone in body.iter(W + "del") for inner in gone.iter(*_DELETED)]:
        node.tag = _DELETED[node.tag]
    numbers = count(FIRST_ID)
    for revision in body.iter(W + "ins", W + "del"):
        revision.set(W + "id", str(next(numbers)))


def _track_rows(body: etree._Element) -> None:
    for mark in list(body.iter(D + "row")):
        row = next(mark.iterancestors(W + "tr"))
        holder = row.find(W + "trPr")
        if holder is None:
            holder = new("trPr")
            row.insert(0, holder)
        holder.append(_revision(mark))
        _remove(mark)


def _track_paragraphs(body: etree._Element) -> list[etree._Element]:
    """Track the paragraphs that bear a mark; the cells they stand in."""
    cells: dict[etree._Element, None] = {}
    for mark in list(body.iter(D + "paragraph")):
        paragraph = next(mark.iterancestors(W + "p"))
        _track(paragraph, _revision(mark))
        _remove(mark)
        parent = paragraph.getparent()
        if parent is not None and parent.tag == W + "tc":
            cells[parent] = None
    return list(cells)


def _revision(mark: etree._Element) -> etree._Element:
    return new(mark.get("kind", "ins"), id="0", author=mark.get("author", ""), date=mark.get("date", ""))


def _remove(mark: etree._Element) -> None:
    parent = mark.getparent()
    assert parent is not None
    parent.remove(mark)


def _track(paragraph: etree._Element, revision: etree._Element) -> None:
    holder = properties(paragraph)
    runs = holder.find(W + "rPr")
    if runs is None:
        runs = put(holder, "rPr")
    runs.insert(0, revision)


def _untrack(paragraph: etree._Element) -> etree._Element:
    """Take the revision off a paragraph's mark."""
    holder = properties(paragraph)
    runs = holder.find(W + "rPr")
    assert runs is not None
    revision = runs[0]
    runs.remove(revision)
    if not len(runs):
        holder.remove(runs)
    return revision


def _kind(paragraph: etree._Element) -> str | None:
    for kind in ("ins", "del"):
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{kind}") is not None:
            return kind
    return None


def _close_cell(cell: etree._Element) -> None:
    """A cell's last paragraph mark is there to stay: what is tracked before it makes up for it.

    Deleted paragraphs at the end go before the inserted ones and share a paragraph with them; where only one kind is
    there, the paragraph before gives its mark."""
    trailing: list[etree._Element] = []
    for paragraph in reversed(cell):
        if paragraph.tag != W + "p" or not is_tracked(paragraph):
            break
        trailing.insert(0, paragraph)
    if not trailing:
        return
    gone = [paragraph for paragraph in trailing if _kind(paragraph) == "del"]
    come = [paragraph for paragraph in trailing if _kind(paragraph) == "ins"]
    before = trailing[0].getprevious()
    cell.extend([*gone, *come])
    if gone and come:
        for place, node in enumerate([node for node in gone[-1] if node.tag != W + "pPr"], start=1):
            come[0].insert(place, node)
        cell.remove(gone[-1])
        _untrack(come[-1])
        return
    revision = _untrack((gone or come)[-1])
    if before is not None and before.tag == W + "p":
        _track(before, revision)


def _track_gaps(body: etree._Element, shell: Shell) -> None:
    """The empty paragraph between two tables comes and goes with the second."""
    for table in body.iterfind(W + "tbl"):
        gap = table.getprevious()
        if gap is None or style_of(gap) != shell.style("After Table"):
            continue
        revisions = [row.find(f"{W}trPr/{W}ins") for row in table.iterfind(W + "tr")]
        removals = [row.find(f"{W}trPr/{W}del") for row in table.iterfind(W + "tr")]
        for found in (revisions, removals):
            if found and found[0] is not None and None not in found:
                _track(gap, deepcopy(found[0]))
