"""The zip package of a Word file: its parts, their relationships and content types."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import etree

from docgen.files import zipped
from docgen.publish.word.markup import attribute

TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
"""Stem of the relationship types of a Word file."""

_ROOT = re.compile(rb"<\w[^>]*>")
_NAMES = re.compile(rb"""([\w:.-]+)=("[^"]*"|'[^']*')""")
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class ShellError(Exception):
    """A Word shell that cannot be used: the part of the file, and what is wrong with it."""

    def __init__(self, part: str, message: str) -> None:
        self.part = part
        self.message = message
        super().__init__(f"{part}: {message}")


class Relationship(NamedTuple):
    """One part's link to another part or to the outside."""

    identifier: str
    """Name by which the part uses it."""

    kind: str
    """Type, as a URI."""

    target: str
    """Part, seen from the first one's folder, or address."""

    is_external: bool = False
    """Whether the target is outside the file."""


def read_package(data: bytes) -> dict[str, bytes]:
    """Parts of a Word file by name; raises `ShellError` for what is not one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, RuntimeError) as error:
        raise ShellError("package", f"this is not a Word file ({error})") from error
    for needed in (TYPES, "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"):
        if needed not in parts:
            raise ShellError(needed, "the part is missing; save the file again as .docx")
    return parts


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """The Word file of the parts, its list of content types and its relations first."""
    order = sorted(parts, key=lambda name: (name != TYPES, name != "_rels/.rels", name))
    return zipped((name, parts[name]) for name in order)


def parse(part: str, content: bytes | str) -> etree._Element:
    """Root of a part; entities and network are off. Raises `ShellError`."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(content.encode("utf-8") if isinstance(content, str) else content, parser)
    except etree.XMLSyntaxError as error:
        raise ShellError(part, f"the part is not well-formed XML ({error})") from error


def serialize(root: etree._Element) -> bytes:
    """A part's bytes."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def with_root(part: bytes, root: etree._Element) -> bytes:
    """A part under another root of the same name: its namespaces and attributes join those of the part's own."""
    start, end = _root_tag(part)
    other = serialize(root)
    other_start, other_end = _root_tag(other)
    names = {
        name: value for tag in (other[other_start:other_end], part[start:end]) for name, value in _NAMES.findall(tag)
    }
    tag = part[start:end].split(None, 1)[0].rstrip(b"/>")
    return part[:start] + tag + b"".join(b" %s=%s" % pair for pair in names.items()) + b">" + part[end:]


def _root_tag(part: bytes) -> tuple[int, int]:
    match = _ROOT.search(part)
    assert match is not None
    return match.span()


def relationships(content: bytes) -> list[Relationship]:
    """Relationships of a part, in order."""
    return [
        Relationship(
            node.get("Id", ""), node.get("Type", ""), node.get("Target", ""), node.get("TargetMode") == "External"
        )
        for node in etree.fromstring(content).iter(_RELATIONSHIP)
    ]


def add_relationships(content: bytes, rows: Iterable[Relationship]) -> bytes:
    """A relationships part with these rows added."""
    added = "".join(
        f"<Relationship Id={attribute(row.identifier)} Type={attribute(row.kind)} Target={attribute(row.target)}"
        + (' TargetMode="External"/>' if row.is_external else "/>")
        for row in rows
    )
    return _insert(content, b"</Relationships>", added)


def add_types(content: bytes, extensions: Mapping[str, str], overrides: Mapping[str, str]) -> bytes:
    """Content types with defaults by extension and overrides by part name added where they are missing."""
    text = content.decode("utf-8")
    known = text.lower()
    added = [
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in extensions.items()
        if f'extension="{extension}"' not in known
    ]
    added += [
        f'<Override PartName="/{part}" ContentType="{kind}"/>'
        for part, kind in overrides.items()
        if f'partname="/{part.lower()}"' not in known
    ]
    return _insert(content, b"</Types>", "".join(added))


def _insert(content: bytes, end: bytes, added: str) -> bytes:
    if not added:
        return content
    head, found, tail = content.rpartition(end)
    if not found:  # an empty part is written as one self-closing tag
        head = content.rstrip()[: -len(b"/>")] + b">"
        tail = b""
    return head + added.encode("utf-8") + end + tail
