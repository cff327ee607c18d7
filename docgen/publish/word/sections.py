"""Sections: upright and sideways pages that keep header, footer and page numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from docgen.publish.word.markup import D, R, W, new, properties, put
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


def sectioned(parts: Iterable[Stretch], upright: etree._Element, shell: Shell) -> Iterator[etree._Element]:
    """All blocks with section breaks between the stretches; the last element is the section of the last one.

    `upright` is the shell's own section; only the first section has its different first page.
    """
    previous: tuple[Stretch, etree._Element] | None = None
    for part in parts:
        if previous is not None:
            yield from _closed(*previous, shell)
        section = deepcopy(upright) if previous is None else _following(upright)
        previous = (part, _turned(section) if part.is_landscape else section)
    if previous is not None:
        yield from previous[0].blocks
        yield previous[1]


def _following(upright: etree._Element) -> etree._Element:
    section = deepcopy(upright)
    for node in list(section):
        is_first = node.get(W + "type") == "first" and node.get(R + "id") is not None
        if node.tag in (W + "titlePg", W + "pgNumType") or is_first:
            section.remove(node)
    return section


def _turned(section: etree._Element) -> etree._Element:
    size = section.find(W + "pgSz")
    if size is not None:
        width, height = size.get(W + "w", ""), size.get(W + "h", "")
        size.set(W + "w", height)
        size.set(W + "h", width)
        size.set(W + "orient", "landscape")
    return section


def _closed(part: Stretch, section: etree._Element, shell: Shell) -> Iterator[etree._Element]:
    yield from part.blocks
    last = part.blocks[-1]
    if last.tag == W + "p" and last.find(f"{W}pPr/{W}sectPr") is None:
        holder = last
    else:
        holder = new("p")
        put(properties(holder), "pStyle", val=shell.style("After Table"))
        yield holder
    place = put(properties(holder), "sectPr")
    place[:] = list(section)
