"""Built files read back: what a reader of the Word, PDF or HTML file finds in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader
from pypdf.generic import Destination

from docgen.compose import ast
from docgen.compose.composition import Composition

VOID = {"meta", "img", "br", "hr", "col", "link", "input"}


@dataclass(frozen=True)
class Heading:
    """A heading of a composition with the number it gets."""

    level: int
    number: str
    title: str
    id: str


def headings(composition: Composition) -> list[Heading]:
    """All headings in order."""
    found: list[Heading] = []
    at = [0, 0, 0, 0]
    for block in ast.walk(composition.blocks):
        if block["t"] == "Header":
            level, (identifier, _, _), inlines = block["c"]
            at = [*at[: level - 1], at[level - 1] + 1, *[0] * (4 - level)]
            found.append(Heading(level, ".".join(map(str, at[:level])), spaced(ast.flat(inlines)), identifier))
    return found


def spaced(text: str) -> str:
    """With single spaces."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Without white space, which a line break or a change of script may add."""
    return re.sub(r"\s+", "", text)


def contents(folder: Path) -> dict[str, bytes]:
    """Every visible file of a build folder."""
    paths = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return {path.as_posix(): (folder / path).read_bytes() for path in paths if not path.parts[0].startswith(".")}


class Word:
    """A Word file: its paragraphs with the names of their styles, the entries of its contents."""

    def __init__(self, data: bytes) -> None:
        self.document = Document(io.BytesIO(data))
        self.names = {style.style_id: str(style.name) for style in self.document.styles}

    @cached_property
    def paragraphs(self) -> list[tuple[str, str]]:
        """Style name and text of every paragraph of the document, tables and cover included."""
        found = []
        for paragraph in self.document.element.body.iter(qn("w:p")):
            style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = self.names[style.get(qn("w:val"))] if style is not None else ""
            found.append((name.lower(), _printed(paragraph)))
        return found

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and title of every paragraph in a heading style."""
        return [
            (int(style[-1]), spaced(text)) for style, text in self.paragraphs if re.fullmatch("heading [1-9]", style)
        ]

    @property
    def contents(self) -> list[tuple[str, str, str]]:
        """Number, title and page of every entry of the contents."""
        entries = []
        for box in self.document.element.body.iter(qn("w:sdt")):
            for link in box.iter(qn("w:hyperlink")):
                number, *title, page = [node.text or "" for node in link.iter(qn("w:t"))]
                entries.append((number, spaced("".join(title)), page))
        return entries

    def around(self, part: str) -> str:
        """The text of all headers or footers."""
        roots = [getattr(section, part)._element for section in self.document.sections]
        return "\n".join(_printed(root) for root in roots)

    def watermarks(self) -> list[str]:
        """The words that stand behind the text of pages."""
        shapes = [
            shape.get("string")
            for section in self.document.sections
            for shape in section.header._element.iter("{urn:schemas-microsoft-com:vml}textpath")
        ]
        return [shape for shape in shapes if shape]


def _printed(element: Any) -> str:
    parts = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}
    texts = (node.text or "" if node.tag == qn("w:t") else parts.get(node.tag, "") for node in element.iter())
    return "".join(texts)


class Pdf:
    """A PDF file: the text of its pages, its bookmarks."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(data))
        self.catalog: Any = self.reader.trailer["/Root"]
        self._texts: dict[int, str] = {}

    def text(self, page: int) -> str:
        """The text of a page counted from 1, without white space."""
        if page not in self._texts:
            self._texts[page] = squeezed(self.reader.pages[page - 1].extract_text())
        return self._texts[page]

    def whole(self) -> str:
        """The text of all pages, without white space."""
        return "".join(self.text(page) for page in range(1, len(self.reader.pages) + 1))

    def slanting(self, page: int) -> str:
        """The text of a page, counted from 1, that does not stand upright, as a watermark."""
        found: list[str] = []

        def visit(text: str, at: Any, matrix: Any, font: Any, size: Any) -> None:
            if abs(matrix[0] * at[1] + matrix[1] * at[3]) > 1e-6:
                found.append(text)

        self.reader.pages[page - 1].extract_text(visitor_text=visit)
        return squeezed("".join(found))

    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Level, title and page of every bookmark."""
        return list(self._below(self.reader.outline, 1))

    def _below(self, entries: Any, level: int) -> Iterator[tuple[int, str, int]]:
        for entry in entries:
            if isinstance(entry, Destination):
                yield level, spaced(str(entry.title)), (self.reader.get_destination_page_number(entry) or 0) + 1
            else:
                yield from self._below(entry, level + 1)


@dataclass
class Element:
    """An HTML element with all the text in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """An HTML file; refuses tags that are not closed in turn and attributes given twice."""

    source: str
    elements: list[Element] = field(default_factory=list)
    stack: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.source)
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute twice in {tag}"
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.stack.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID, tag
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self.stack:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        """Elements of these tags in order."""
        return [element for element in self.elements if element.tag in tags]

    def of_class(self, name: str) -> list[Element]:
        """Elements of a class in order."""
        return [element for element in self.elements if name in element.attributes.get("class", "").split()]

    def ids(self) -> list[str]:
        """All ids in order."""
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]

    def links(self) -> list[str]:
        """The targets of all links in order."""
        return [element.attributes["href"] for element in self.all("a") if "href" in element.attributes]
