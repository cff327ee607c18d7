"""Sections: upright and sideways pages that keep header, footer and page numbers."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from docgen.publish.word.markup import D, R, W, new, properties, put
from docgen.publish.word.revisions import is_tracked
from docgen.publish.word.shell import Shell


@dataclass(frozen=True)
class Stretch:
    """Neighbouring blocks of a body that stand on pages of one orientation."""

    is_landscape: bool
    """Whether the pages are turned sideways."""

    blocks: list[etree._Element] = field(default_factory=list)
    """The blocks in order; never empty."""


def stretches(body: etree._Element) -> list[Stretch]:
    """The blocks of a body by orientation, as the engine's marks say; the marks are left out."""
    found: list[Stretch] = []
    is_landscape = False
    for block in body:
        if block.tag in (D + "landscape", D + "portrait"):
            is_landscape = block.tag == D + "landscape"
        elif block.tag == W + "sectPr":
            continue
        elif found and found[-1].is_landscape == is_landscape:
            found[-1].blocks.append(block)
        else:
            found.append(Stretch(is_landscape, [block]))
    return found


def divide(body: etree._Element, upright: etree._Element, shell: Shell) -> None:
    """Turn the engine's marks of sideways pages into section breaks.

    `upright` is the shell's own section; only the first section has its different first page.
    """
    parts = stretches(body)
    sections = [deepcopy(upright)] + [_following(upright) for _ in parts[1:]]
    for part, section in zip(parts, sections, strict=True):
        if part.is_landscape:
            _turn(section)
    for part, section in zip(parts[:-1], sections, strict=False):
        _close(part.blocks[-1], section, shell)
    for block in [block for block in body if block.tag in (D + "landscape", D + "portrait", W + "sectPr")]:
        body.remove(block)
    body.append(sections[-1])


def _following(upright: etree._Element) -> etree._Element:
    section = deepcopy(upright)
    for node in list(section):
        is_first = node.get(W + "type") == "first" and node.get(R + "id") is not None
        if node.tag in (W + "titlePg", W + "pgNumType") or is_first:
            section.remove(node)
    return section


def _turn(section: etree._Element) -> None:
    size = section.find(W + "pgSz")
    if size is not None:
        width, height = size.get(W + "w", ""), size.get(W + "h", "")
        size.set(W + "w", height)
        size.set(W + "h", width)
        size.set(W + "orient", "landscape")


def _close(last: etree._Element, section: etree._Element, shell: Shell) -> None:
    holder = last
    # A bookmark at the end of a section loses its field in LibreOffice.
    ends_section = last.find(f"{W}pPr/{W}sectPr") is not None
    if last.tag != W + "p" or ends_section or last.find(W + "bookmarkStart") is not None or is_tracked(last):
        holder = new("p")
        put(properties(holder), "pStyle", val=shell.style("After Table"))
        last.addnext(holder)
    put(properties(holder), "sectPr")[:] = list(section)
