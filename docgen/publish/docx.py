"""Word files: the body that pandoc wrote, set into the shell that a client's brand and a front matter filled."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from docgen.compose.composition import Brand, Composition
from docgen.publish.drawing import Drawing
from docgen.publish.word.body import Body, restyle
from docgen.publish.word.brand import branded
from docgen.publish.word.code import place_code
from docgen.publish.word.contents import fill_contents
from docgen.publish.word.fields import number_fields
from docgen.publish.word.markup import A, D, R, W, new_mark
from docgen.publish.word.metadata import APPLICATION, CORE, CUSTOM, property_parts
from docgen.publish.word.package import (
    OFFICE,
    TYPES,
    Relationship,
    ShellError,
    add_relationships,
    add_types,
    parse,
    read_package,
    relationships,
    serialize,
    with_root,
    write_package,
)
from docgen.publish.word.pictures import number_pictures
from docgen.publish.word.references import renumber_bookmarks
from docgen.publish.word.sections import divide
from docgen.publish.word.shell import DOCUMENT, NUMBERING, Shell, compile_shell
from docgen.publish.word.watermark import add_watermark

__all__ = ["Shell", "ShellError", "compile_shell", "docx", "reference"]

FOOTNOTES = "word/footnotes.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_FOOTNOTE_RELATIONS = "word/_rels/footnotes.xml.rels"
_CONTENT_TYPES = {
    CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    APPLICATION: "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    CUSTOM: "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    FOOTNOTES: "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
}
_ROOT_RELATIONS = (
    (CORE, "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"),
    (APPLICATION, OFFICE + "extended-properties"),
    (CUSTOM, OFFICE + "custom-properties"),
)


def reference(shell: bytes, brand: Brand, logo: Drawing, locale: str = "") -> bytes:
    """The shell in the client's brand: pandoc's reference document, and what `compile_shell` takes.

    `locale` takes the place of the shell's Chinese language tag where it names another one.

    Raises `ShellError` for a file that is no Word file.
    """
    return branded(shell, brand, logo, locale)


def docx(
    composition: Composition,
    body: bytes,
    shell: Shell,
    drawings: Mapping[str, Drawing],
    pages: Mapping[str, int],
    page_count: int,
) -> bytes:
    """A Word file of a composition.

    `body` is the Word file that the engine wrote with the same shell as reference, `drawings` has
    the composition's figures by name, `pages` the page of each heading by id (for the contents),
    and `page_count` the number of pages. Raises `ShellError` where a tag of the shell cannot be filled,
    TypesettingError for a QR code that is too long.
    """
    source = read_package(body)
    content = parse(DOCUMENT, source[DOCUMENT]).find(W + "body")
    assert content is not None
    parts = dict(shell.parts)
    rows = _adopt_relations(content, source, parts)
    restyled = restyle(content, parse(NUMBERING, source[NUMBERING]), composition, shell, drawings)
    rows += _add_pictures(parts, restyled.pictures, drawings)
    rows += _add_footnotes(parts, source, restyled)
    printed = shell.render(composition.front, page_count)
    for name, root in printed.items():
        place_code(name, root, parts, composition.front.verify)
    parts[DOCUMENT] = _assemble(content, printed.pop(DOCUMENT), restyled, pages, shell, bare=bool(composition.record))
    _add_watermarks(printed, composition)
    parts |= {name: serialize(root) for name, root in printed.items()}
    parts[NUMBERING] = _with_numbers(parts[NUMBERING], restyled.numbers)
    parts |= property_parts(composition, page_count)
    _register(parts, rows)
    return write_package(parts)


def _assemble(
    content: etree._Element, root: etree._Element, body: Body, pages: Mapping[str, int], shell: Shell, *, bare: bool
) -> bytes:
    """The document part: the printed shell around the body, with its contents; a record has the body alone."""
    holder = root.find(W + "body")
    assert holder is not None
    upright = holder.find(W + "sectPr")
    contents, place = holder.find(D + "contents"), holder.find(D + "body")
    assert upright is not None and contents is not None and place is not None
    if bare:
        for block in [block for block in holder if block not in (upright, place)]:
            holder.remove(block)
        for first in upright.findall(W + "titlePg"):
            upright.remove(first)
    else:
        fill_contents(contents, body.headings, pages, shell)
    # What is small moves into what may be large: lxml takes quadratic time to move a tree to another document.
    after = [block for block in place.itersiblings() if block is not upright]
    if after:
        content.append(new_mark("portrait"))
        content.extend(after)
    front = list(holder)[: holder.index(place)]
    content.insert(0, new_mark("portrait"))
    for position, block in enumerate(front):
        content.insert(position, block)
    divide(content, upright, shell)
    document = content.getparent()
    assert document is not None
    renumber_bookmarks(document)
    number_pictures(document)
    number_fields(document)
    return with_root(serialize(document), root)


def _add_watermarks(printed: Mapping[str, etree._Element], composition: Composition) -> None:
    text = composition.front.watermark
    if not text:
        return
    font = composition.brand.fonts["east_asian" if composition.lang == "zh" else "latin"]
    headers = [name for name in sorted(printed) if "/header" in name]
    for number, name in enumerate(headers, start=1):
        add_watermark(printed[name], text, font, number)


def _adopt_relations(
    content: etree._Element, source: Mapping[str, bytes], parts: dict[str, bytes]
) -> list[Relationship]:
    """Relationships that the body uses, under new ids; the parts they lead to join `parts`."""
    rows: list[Relationship] = []
    known = {row.identifier: row for row in relationships(source[_RELATIONS])}
    renamed: dict[str, str] = {}
    for node in content.iter(W + "hyperlink", A + "blip"):
        attribute = R + ("id" if node.tag == W + "hyperlink" else "embed")
        old = node.get(attribute)
        if old is None or old not in known:
            continue
        if old not in renamed:
            row = known[old]
            renamed[old] = f"rIdBody{len(renamed) + 1}"
            rows.append(row._replace(identifier=renamed[old]))
            if not row.is_external:
                parts[f"word/{row.target}"] = source[f"word/{row.target}"]
        node.set(attribute, renamed[old])
    return rows


def _add_pictures(
    parts: dict[str, bytes], pictures: Mapping[str, str], drawings: Mapping[str, Drawing]
) -> list[Relationship]:
    rows = []
    for identifier, name in sorted(pictures.items()):
        target = f"media/{name}.png"
        parts[f"word/{target}"] = drawings[name].png
        rows.append(Relationship(identifier, OFFICE + "image", target))
    return rows


def _add_footnotes(parts: dict[str, bytes], source: Mapping[str, bytes], body: Body) -> list[Relationship]:
    """The body's footnotes and their links join `parts`; the relationship that they need."""
    if b"<w:footnoteRef" not in source.get(FOOTNOTES, b""):
        return []
    root = parse(FOOTNOTES, source[FOOTNOTES])
    body.link(root)
    etree.cleanup_namespaces(root)
    parts[FOOTNOTES] = serialize(root)
    if b"Target=" in source.get(_FOOTNOTE_RELATIONS, b""):
        parts[_FOOTNOTE_RELATIONS] = source[_FOOTNOTE_RELATIONS]
    kind = OFFICE + "footnotes"
    has_one = any(row.kind == kind for row in relationships(parts[_RELATIONS]))
    return [] if has_one else [Relationship("rIdFootnotes", kind, "footnotes.xml")]


def _with_numbers(numbering: bytes, numbers: bytes) -> bytes:
    end = b"<w:numIdMacAtCleanup" if b"<w:numIdMacAtCleanup" in numbering else b"</w:numbering>"
    head, found, tail = numbering.rpartition(end)
    return head + numbers + found + tail


def _register(parts: dict[str, bytes], rows: list[Relationship]) -> None:
    """Name new parts where the package lists its parts."""
    parts[_RELATIONS] = add_relationships(parts[_RELATIONS], rows)
    root = parts["_rels/.rels"]
    present = {row.kind for row in relationships(root)}
    wanted = [
        Relationship(f"rIdProperties{number}", kind, part)
        for number, (part, kind) in enumerate(_ROOT_RELATIONS)
        if kind not in present
    ]
    parts["_rels/.rels"] = add_relationships(root, wanted)
    overrides = {part: kind for part, kind in _CONTENT_TYPES.items() if part in parts}
    parts[TYPES] = add_types(parts[TYPES], {"png": "image/png"}, overrides)
