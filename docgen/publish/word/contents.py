"""The contents: a real field of Word's, already filled with entries and page numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from docgen.publish.word.markup import FIELD_END, attribute, field, field_start, fragment, replace, run
from docgen.publish.word.references import Heading
from docgen.publish.word.shell import Shell

DEEPEST = 3
"""Heading levels that the contents show."""


def fill_contents(mark: etree._Element, headings: Sequence[Heading], pages: Mapping[str, int], shell: Shell) -> None:
    """Put the contents in the place of their mark; `pages` gives the page of each heading by id."""
    listed = [heading for heading in headings if heading.level <= DEEPEST]
    entries = [_entry(heading, pages.get(heading.identifier), shell) for heading in listed]
    opened = field_start(f'TOC \\o "1-{DEEPEST}" \\h \\z \\u')
    if not entries:
        entries = ["<w:p>", "</w:p>"]
    first, _, rest = entries[0].partition("</w:pPr>") if "</w:pPr>" in entries[0] else (entries[0], "", "")
    entries[0] = f"{first}</w:pPr>{opened}{rest}" if rest else first + opened
    entries[-1] = entries[-1].removesuffix("</w:p>") + FIELD_END + "</w:p>"
    replace(
        mark,
        fragment(
            '<w:sdt><w:sdtPr><w:id w:val="20000001"/><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
            f"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{''.join(entries)}</w:sdtContent></w:sdt>"
        ),
    )


def _entry(heading: Heading, page: int | None, shell: Shell) -> str:
    style = attribute(shell.style(f"TOC {heading.level}"))
    number = field(f"PAGEREF {heading.entry} \\h", "" if page is None else str(page))
    tab = "<w:r><w:tab/></w:r>"
    return (
        f"<w:p><w:pPr><w:pStyle w:val={style}/></w:pPr>"
        f'<w:hyperlink w:anchor={attribute(heading.entry)} w:history="1">'
        f"{run(heading.number)}{tab}{run(heading.title)}{tab}{number}</w:hyperlink></w:p>"
    )
