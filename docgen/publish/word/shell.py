"""The shell: an ordinary Word file whose docxtpl tags are filled with a document's front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree
from markupsafe import Markup

from docgen.compose.composition import Front
from docgen.publish.word.markup import A, D, W, new, text_of
from docgen.publish.word.package import ShellError, parse, read_package

DOCUMENT = "word/document.xml"
NUMBERING = "word/numbering.xml"

STYLES = (
    "Body Text",
    "Table Text",
    "Table Heading",
    "Table Label",
    "Table Bullet",
    "Table Number",
    "After Table",
    "Note",
    "Note List",
    "Hint",
    "List Bullet",
    "List Bullet 2",
    "List Bullet 3",
    "List Number",
    "List Number 2",
    "List Number 3",
    "List Continue",
    "List Continue 2",
    "List Continue 3",
    "Heading 1",
    "Heading 2",
    "Heading 3",
    "Heading 4",
    "TOC 1",
    "TOC 2",
    "TOC 3",
    "Grid",
    "Form",
    "Plain",
)
"""Styles that a document's body needs besides those pandoc adds by itself."""

_PRINTED = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_TOTAL = re.compile(r'(NUMPAGES(?:(?!fldCharType="begin").)*?<w:t(?: [^>]*)?>)[^<]*(</w:t>)', re.DOTALL)
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLACES = {
    "body": Markup('<d:body xmlns:d="urn:docgen:word"/>'),
    "contents": Markup('<d:contents xmlns:d="urn:docgen:word"/>'),
}


_KNOWN = {*_PLACES, "page_count", "mark_lines", *(field.name for field in fields(Front))}


@dataclass(frozen=True)
class Geometry:
    """The page of a shell, in twentieths of a point."""

    width: int
    """Width of the text on an upright page."""

    height: int
    """Height of the text on an upright page."""

    wide: int
    """Width of the text on a page turned sideways."""

    low: int
    """Height of the text on a page turned sideways."""


@dataclass(frozen=True)
class Shell:
    """A branded shell, read and compiled once, that any number of documents are printed in."""

    parts: Mapping[str, bytes]
    """Parts of the file as they are."""

    templates: Mapping[str, Template]
    """Compiled parts with tags: the document, headers and footers."""

    styles: Mapping[str, str]
    """Id of each style by its name in small letters."""

    lists: Mapping[str, tuple[str, str]]
    """Number and abstract number of the list that a paragraph style belongs to, by style id."""

    geometry: Geometry
    """Size of the pages."""

    tint: str
    """Light ground of labels, as RRGGBB: the theme's fifth accent."""

    def style(self, name: str) -> str:
        """Id of a style."""
        return self.styles[name.lower()]

    def render(self, front: Front, page_count: int) -> dict[str, etree._Element]:
        """Roots of the printed parts by name; the places of body and contents are marks in the document."""
        values = {field.name: getattr(front, field.name) for field in fields(front)}
        context = {**values, **_PLACES, "mark_lines": front.mark_lines, "page_count": str(page_count)}
        return {name: _rendered(name, template, context) for name, template in self.templates.items()}


def compile_shell(data: bytes) -> Shell:
    """Read and compile a (branded) shell; raises `ShellError` for a broken file, a wrong tag or a missing style."""
    parts = read_package(data)
    styles = _style_ids(parse("word/styles.xml", parts["word/styles.xml"]))
    missing = [name for name in STYLES if name.lower() not in styles]
    if missing:
        raise ShellError("word/styles.xml", f"styles are missing: {', '.join(missing)}")
    names = sorted(name for name in parts if _PRINTED.fullmatch(name))
    return Shell(
        parts=parts,
        templates=_compiled({name: parts[name] for name in names}),
        styles=styles,
        lists=_list_numbers(parts),
        geometry=_geometry(parse(DOCUMENT, parts[DOCUMENT])),
        tint=_tint(parts),
    )


def _compiled(parts: Mapping[str, bytes]) -> dict[str, Template]:
    # docxtpl brings python-docx along, which takes longer to import than all of docgen's commands.
    from docxtpl import DocxTemplate

    patch = DocxTemplate(None).patch_xml
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True, finalize=_printable)
    templates: dict[str, Template] = {}
    for name, content in parts.items():
        root = parse(name, content)
        _forget_identities(root)
        _need_closed_tags(name, root)
        source = _TOTAL.sub(r"\g<1>{{ page_count }}\2", patch(etree.tostring(root, encoding="unicode")))
        try:
            unknown = find_undeclared_variables(environment.parse(source)) - _KNOWN
            templates[name] = environment.from_string(source)
        except TemplateError as error:
            raise ShellError(name, f"a tag is wrong: {error}") from error
        if unknown:
            raise ShellError(name, f"unknown names in tags: {', '.join(sorted(unknown))}")
    return templates


def _forget_identities(root: etree._Element) -> None:
    """Drop Word's own paragraph and row ids: a row that is printed several times would repeat them."""
    for node in root.iter("{*}p", "{*}tr"):
        for name in [name for name in node.attrib if str(name).endswith(("}paraId", "}textId"))]:
            del node.attrib[name]


def _need_closed_tags(name: str, root: etree._Element) -> None:
    """Refuse a tag that its paragraph does not close: docxtpl would drop all text up to the next tag."""
    for paragraph in root.iter(W + "p"):
        text = text_of(paragraph)
        if any(text.count(opening) != text.count(closing) for opening, closing in (("{{", "}}"), ("{%", "%}"))):
            raise ShellError(name, f"a tag is wrong: it is not closed in its paragraph, {text.strip()[:60]}")


def _printable(value: object) -> object:
    return _UNPRINTABLE.sub("\ufffd", value) if type(value) is str else value


def _rendered(name: str, template: Template, context: Mapping[str, object]) -> etree._Element:
    try:
        text = template.render(context)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise ShellError(name, f"a tag cannot be filled: {error}") from error
    root = parse(name, text)
    for node in [node for node in root.iter(W + "t") if node.text and "\n" in node.text]:
        _break_lines(node)
    if name == DOCUMENT:
        for place in _PLACES:
            if root.find(f"{W}body/{D}{place}") is None:
                raise ShellError(name, f"a paragraph {{{{p {place} }}}} is missing")
    return root


def _break_lines(node: etree._Element) -> None:
    first, *others = (node.text or "").split("\n")
    run = node.getparent()
    assert run is not None
    node.text = first
    place = run.index(node) + 1
    for line in others:
        text = new("t")
        text.text = line
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run[place:place] = [new("br"), text]
        place += 2


def _style_ids(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for style in root.iter(W + "style"):
        name = style.find(W + "name")
        if name is not None:
            found.setdefault(name.get(W + "val", "").lower(), style.get(W + "styleId", ""))
    return found


def _list_numbers(parts: Mapping[str, bytes]) -> dict[str, tuple[str, str]]:
    if NUMBERING not in parts:
        raise ShellError(NUMBERING, "the part is missing: no list style has a numbering")
    abstract: dict[str, str] = {}
    for number in parse(NUMBERING, parts[NUMBERING]).iter(W + "num"):
        link = number.find(W + "abstractNumId")
        if link is not None:
            abstract[number.get(W + "numId", "")] = link.get(W + "val", "")
    lists: dict[str, tuple[str, str]] = {}
    for style in parse("word/styles.xml", parts["word/styles.xml"]).iter(W + "style"):
        number_id = style.find(f"{W}pPr/{W}numPr/{W}numId")
        if number_id is not None:
            value = number_id.get(W + "val", "")
            lists[style.get(W + "styleId", "")] = (value, abstract.get(value, "0"))
    return lists


def _geometry(root: etree._Element) -> Geometry:
    section = root.find(f"{W}body/{W}sectPr")
    size = None if section is None else section.find(W + "pgSz")
    margins = None if section is None else section.find(W + "pgMar")
    if size is None or margins is None:
        raise ShellError(DOCUMENT, "the last section has no page size or margins")

    def edge(node: etree._Element, name: str) -> int:
        return abs(int(node.get(W + name, "0")))

    across = edge(margins, "left") + edge(margins, "right")
    down = edge(margins, "top") + edge(margins, "bottom")
    width, height = sorted((edge(size, "w"), edge(size, "h")))
    return Geometry(width - across, height - down, height - across, width - down)


def _tint(parts: Mapping[str, bytes]) -> str:
    for name in sorted(parts):
        if name.startswith("word/theme/") and name.endswith(".xml"):
            colour = parse(name, parts[name]).find(f".//{A}accent5/{A}srgbClr")
            if colour is not None:
                return colour.get("val", "")
    raise ShellError("word/theme/theme1.xml", "the theme has no fifth accent colour")
