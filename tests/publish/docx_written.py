"""Word files written by the real engine from the sample compositions, and ways to read them back."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxml import etree

from docgen.compose.composition import Composition
from docgen.publish.docx import Shell, compile_shell, docx, reference
from docgen.publish.drawing import Drawing
from docgen.publish.word.markup import NAMESPACES, W
from tests.publish import docx_samples as samples

PAGE_COUNT = 11


@dataclass(frozen=True)
class Written:
    """A Word file and its parts."""

    data: bytes
    parts: dict[str, bytes]

    def root(self, part: str = "word/document.xml") -> etree._Element:
        """Root of a part."""
        return etree.fromstring(self.parts[part])

    def roots(self) -> dict[str, etree._Element]:
        """Roots of all XML parts of the main folder."""
        names = [name for name in self.parts if name.startswith("word/") and name.endswith(".xml")]
        return {name: self.root(name) for name in names}

    def paragraphs(self) -> list[tuple[str, str]]:
        """Style id and text of every paragraph."""
        return [
            (" ".join(find(paragraph, "w:pPr/w:pStyle/@w:val")), "".join(find(paragraph, ".//w:t/text()")))
            for paragraph in self.root().iter(W + "p")
        ]


def find(node: etree._Element, path: str) -> list[Any]:
    """What an XPath with the usual prefixes finds."""
    found = node.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return found


def shell_bytes(lang: str) -> bytes:
    """The shipped shell."""
    return (samples.ROOT / "templates" / lang / "shell.docx").read_bytes()


@cache
def branded(lang: str) -> bytes:
    """The shipped shell in the samples' brand."""
    brand = samples.brand()
    return reference(shell_bytes(lang), brand, Drawing(b"", brand.logo, 300.0, 90.0))


@cache
def compiled(lang: str) -> Shell:
    """The branded shell, ready to print."""
    return compile_shell(branded(lang))


def write(made: Composition, shell: Shell | None = None, body: bytes | None = None) -> Written:
    """The composition as a Word file."""
    with TemporaryDirectory() as folder:
        content = body or samples.body(made, branded(made.lang), Path(folder))
    data = docx(made, content, shell or compiled(made.lang), samples.drawings(), samples.PAGES, PAGE_COUNT)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return Written(data, {name: package.read(name) for name in package.namelist()})


@cache
def sample(lang: str) -> Written:
    """The rich sample as a Word file."""
    return write(samples.composition(lang))
