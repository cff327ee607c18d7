"""The body: pandoc's blocks become what a careful user of the shell's styles would have written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from docgen.compose.composition import Composition
from docgen.publish.drawing import Drawing
from docgen.publish.word.blocks import break_pages, keep_leads, open_pages, restyle_notes, space_lists, space_tables
from docgen.publish.word.lists import list_kinds, restyle_lists
from docgen.publish.word.markup import D, W
from docgen.publish.word.pictures import Box, place_pictures
from docgen.publish.word.references import (
    Heading,
    bookmark_names,
    link_references,
    mark_headings,
    number_captions,
)
from docgen.publish.word.revisions import settle_revisions
from docgen.publish.word.shell import Shell
from docgen.publish.word.tables import restyle_table


@dataclass(frozen=True)
class Body:
    """What the rest of the file has to know about a restyled body."""

    headings: list[Heading]
    """Headings in reading order."""

    bookmarks: Mapping[str, str]
    """Bookmark of each heading and caption, by its id in the composition."""

    pictures: Mapping[str, str]
    """Name of each figure shown, by relationship id."""

    numbers: bytes
    """Definitions of the counted lists, as XML."""

    def link(self, root: etree._Element) -> None:
        """Turn the cross references of a part into fields."""
        link_references(root, self.bookmarks, frozenset(heading.identifier for heading in self.headings))


def restyle(
    content: etree._Element,
    numbering: etree._Element,
    composition: Composition,
    shell: Shell,
    drawings: Mapping[str, Drawing],
) -> Body:
    """Restyle the body that pandoc wrote with this numbering part, in place."""
    numbers = restyle_lists(content, list_kinds(numbering), shell)
    targets = [mark.get("id", "") for mark in content.iter(D + "heading", D + "number")]
    bookmarks = bookmark_names(dict.fromkeys(target for target in targets if target))
    keep_leads(content)
    break_pages(content)
    restyle_notes(content, shell)
    space_lists(content, shell)
    space_tables(content, shell)
    open_pages(content)
    pictures = _fit_blocks(content, composition, shell, drawings)
    levels = {shell.style(f"Heading {level}"): level for level in range(1, 5)}
    headings = mark_headings(content, bookmarks, levels)
    number_captions(content, bookmarks)
    body = Body(headings, bookmarks, pictures, numbers)
    body.link(content)
    settle_revisions(content, shell)
    return body


def _fit_blocks(
    content: etree._Element, composition: Composition, shell: Shell, drawings: Mapping[str, Drawing]
) -> dict[str, str]:
    """Give tables and pictures the width of their pages; names of the pictures by relationship id."""
    alternatives = {figure.name: figure.alt for figure in composition.figures}
    page = shell.geometry
    upright, sideways = Box(page.width, page.height), Box(page.wide, page.low)
    pictures: dict[str, str] = {}
    box = upright
    for block in list(content):
        if block.tag in (D + "landscape", D + "portrait"):
            box = sideways if block.tag == D + "landscape" else upright
        elif block.tag == D + "table":
            table = block.getnext()
            content.remove(block)
            if table is not None and table.tag == W + "tbl":
                restyle_table(block, table, shell, box.width)
        else:
            pictures.update(place_pictures(block, drawings, alternatives, box))
    return pictures
