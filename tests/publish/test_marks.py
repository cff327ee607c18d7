"""Control marks, check codes, QR codes and signature pages say the same in every format, and nothing where unset."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from docgen.compose.composition import Composition, Front, Signature
from docgen.publish.docx import compile_shell
from docgen.publish.html import html
from docgen.publish.pdf import pdf
from docgen.publish.qr import LONGEST, qr
from docgen.publish.typesetter import TypesettingError
from docgen.publish.word.markup import W
from docgen.publish.word.package import read_package, write_package
from tests.publish import docx_samples as samples
from tests.publish.bodies import typesetter, written
from tests.publish.docx_written import Written, branded, find, write
from tests.reading import Page, Pdf, squeezed

LANGUAGES = ("zh", "en")
FORMATS = ("pdf", "html", "docx")


@dataclass(frozen=True)
class Printed:
    """A document in one format as a reader finds it."""

    text: str
    """All of it, without white space."""

    feet: list[str]
    """Foot of every page after the cover, without white space."""

    alternatives: list[str]
    """Text alternatives of the pictures."""


def made(lang: Any, front: Front) -> Composition:
    return samples.composition(lang, front=front, blocks=samples.blocks(lang)[:2], figures=())


@cache
def printed(lang: Any, front_of: str, format_: str) -> Printed:
    front = {"signed": samples.signed, "plain": samples.front, "marked": marked}[front_of](lang)
    return {"pdf": from_pdf, "html": from_html, "docx": from_word}[format_](made(lang, front))


def marked(lang: str) -> Front:
    """A version that has been replaced, as a numbered copy of a translation that lags behind."""
    words = ("被替代", "被 SMS-PR-20 B/0 替代", "待同步") if lang == "zh" else ("SUPERSEDED", "by B/0", "Pending")
    mark, page_mark, sync = words
    front = samples.signed(lang)
    return replace(
        front, mark=mark, watermark=mark, page_mark=page_mark, sync=sync, copy="CC-017", successor="SMS-PR-20 B/0"
    )


def from_pdf(composition: Composition) -> Printed:
    file = pdf(composition, written(composition, "typst"), {}, typesetter()).data
    read = Pdf(file)
    texts = [read.text(number) for number in range(1, len(read.reader.pages) + 1)]
    note = squeezed(composition.front.print_note)
    feet = [text[text.rindex(note) - 80 :] for text in texts[1:]]
    alternatives = [str(node["/Alt"]) for node in structure(read.catalog["/StructTreeRoot"]) if "/Alt" in node]
    return Printed("".join(texts), feet, alternatives)


def structure(node: Any) -> list[Any]:
    """Every element of a PDF's structure tree."""
    kids = node.get("/K", [])
    found = [kid.get_object() for kid in (kids if isinstance(kids, list) else [kids]) if not isinstance(kid, int)]
    return [node, *(below for kid in found if hasattr(kid, "get") for below in structure(kid))]


def from_html(composition: Composition) -> Printed:
    page = Page(html(composition, written(composition, "html"), {}).decode())
    rule = re.search(r"@bottom-left \{ content: (\"[^\"]*\")", page.all("style")[0].text)
    assert rule
    foot = re.sub(r"\\\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), rule[1])
    return Printed(
        squeezed(page.all("body")[0].text),
        [squeezed(foot) + squeezed(page.of_class("colophon")[0].text)],
        [image.attributes["alt"] for image in page.all("img")],
    )


def from_word(composition: Composition) -> Printed:
    return of_word(write(composition))


def of_word(file: Written) -> Printed:
    feet = ["".join(find(file.root("word/footer1.xml"), "//w:t/text()"))]
    alternatives = find(file.root(), "//wp:docPr/@descr")
    return Printed(squeezed("".join(text for _, text in file.paragraphs())), list(map(squeezed, feet)), alternatives)


def said(signature: Signature, front: Front) -> list[str]:
    """What the signature page prints of a signature."""
    behalf = front.labels["behalf"].format(name=signature.behalf) if signature.behalf else ""
    comment = front.labels["comment"].format(comment=signature.comment) if signature.comment else ""
    parts = (signature.label, signature.name, signature.role, signature.at, signature.method, signature.meaning)
    return [part for part in (*parts, behalf, comment) if part]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_signature_page_shows_every_signature_and_what_it_was_given_for(lang: str, format_: str) -> None:
    front, text = samples.signed(lang), printed(lang, "signed", format_).text
    page = text[text.rindex(squeezed(front.labels["signatures_note"])) :]
    wanted = [part for signature in front.signatures for part in said(signature, front)]
    wanted += [front.digest, front.fingerprint, front.labels["digest"], front.labels["no_seal"]]
    assert [part for part in wanted if squeezed(part) not in page] == []
    assert page.index(squeezed(front.signatures[0].name)) < page.index(squeezed(front.signatures[-1].name))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_approval_block_shows_the_check_code_beside_each_signature(lang: str, format_: str) -> None:
    front, text = samples.signed(lang), printed(lang, "signed", format_).text
    block = text[text.index(squeezed(front.labels["document_control"])) :]
    block = block[: block.index(squeezed(front.labels["distribution"]))]
    assert block.count(front.fingerprint) == len(front.approvals)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cover_shows_mark_copy_successor_delay_and_code(lang: str, format_: str) -> None:
    front, document = marked(lang), printed(lang, "marked", format_)
    cover = document.text[: document.text.index(squeezed(front.labels["document_control"]))]
    labels = front.labels
    box = [front.mark, f"{labels['copy_number']}CC-017", f"{labels['successor']}SMS-PR-20 B/0", labels["generated"]]
    wanted = [*box, front.sync, front.fingerprint, labels["verify"]]
    assert [part for part in wanted if squeezed(part) not in cover] == []
    assert f"{labels['verify_alt']} {front.verify}" in document.alternatives


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_foot_shows_code_and_mark(lang: str, format_: str) -> None:
    front, feet = marked(lang), printed(lang, "marked", format_).feet
    assert feet
    assert [foot for foot in feet if front.fingerprint not in foot or squeezed(front.page_mark) not in foot] == []


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_printed_of_what_is_not_set(lang: str, format_: str) -> None:
    document, labels = printed(lang, "plain", format_), samples.front(lang).labels
    names = ("copy_number", "successor", "fingerprint", "digest", "verify", "signatures", "signature_time", "no_seal")
    assert [name for name in names if squeezed(labels[name]) in document.text] == []
    assert [text for text in document.alternatives if text.startswith(labels["verify_alt"])] == []
    assert "None" not in document.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mark_says_what_follows_its_comma_on_a_line_of_its_own(lang: str) -> None:
    word, note = samples.signed(lang).mark_lines
    assert (word, note[-3:]) == (("已批准", "起实施") if lang == "zh" else ("APPROVED", "026"))
    assert samples.front(lang).mark_lines == (samples.front(lang).mark, "")
    lines = [
        text for style, text in write(made(lang, samples.signed(lang))).paragraphs() if style[:11] == "ControlMark"
    ]
    assert lines[:2] == [word, note]


def test_a_word_file_without_code_has_no_picture_of_one() -> None:
    plain = write(made("en", samples.front("en")))
    assert find(plain.root(), "//wp:docPr/@name") == ["Logo"]
    coded = write(made("en", samples.signed("en")))
    assert coded.parts["word/media/qr.png"] == qr(samples.signed("en").verify).png


def test_a_words_properties_carry_code_and_digest() -> None:
    custom = write(made("en", replace(samples.signed("en"), copy="003"))).root("docProps/custom.xml")
    values = {node.get("name"): "".join(node.itertext()) for node in custom}
    assert (values["Fingerprint"], values["Content digest"], values["Copy"]) == (
        "3F7A-9C21-44B0",
        samples.DIGEST,
        "003",
    )
    plain = write(made("en", samples.front("en"))).root("docProps/custom.xml")
    assert not {"Fingerprint", "Content digest", "Copy"} & {node.get("name") for node in plain}


def test_a_shell_from_before_these_marks_still_prints_documents() -> None:
    """A client's own shell has none of the tags, styles and pictures that later ones brought."""
    parts = read_package(branded("en"))
    for name in ("word/document.xml", "word/footer1.xml"):
        root = etree.fromstring(parts[name])
        unconditional(root)
        for text in find(root, "//w:t[contains(., 'fingerprint')]"):
            text.text = "{{ mark }}"
        parts[name] = etree.tostring(root)
    styles = etree.fromstring(parts["word/styles.xml"])
    for style in find(styles, "//w:style[starts-with(@w:styleId, 'ControlMark') or @w:styleId='CoverNote']"):
        style.getparent().remove(style)
    parts["word/styles.xml"] = etree.tostring(styles)
    shell = compile_shell(write_package(parts))
    front = samples.signed("en")
    file = of_word(write(made("en", front), shell))
    assert squeezed(front.mark) in file.text and squeezed(front.title) in file.text
    assert squeezed(front.labels["signatures"]) not in file.text


def unconditional(root: etree._Element) -> None:
    """Take out what stands between an opening and a closing tag of its own level."""
    for holder in list(root.iter(W + "body", W + "tc")):
        depth = 0
        for block in list(holder):
            text = "".join(find(block, "w:r/w:t/text()"))
            depth += text.startswith("{%p if")
            if depth:
                holder.remove(block)
            depth -= text.startswith("{%p endif")


@settings(max_examples=40)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=LONGEST))
@example("SMS-PR-20 A/1 3F7A-9C21-44B0")
@example("https://library.example.org/check?code=SMS-PR-20&version=A/1")
def test_both_pictures_of_a_code_have_the_same_modules(text: str) -> None:
    drawing = qr(text)
    assert dark_in_svg(drawing.svg) == dark_in_png(drawing.png)
    assert drawing == qr(text)


def dark_in_svg(svg: bytes) -> set[tuple[int, int]]:
    """Column and row of every dark module, from the only stroked path."""
    path = re.search(rb'stroke="#000" d="([^"]+)"', svg)
    assert path
    found, column, row = set(), 0, 0
    for command, first, second in re.findall(r"([Mmh])(-?\d+)(?: (-?[\d.]+))?", path[1].decode()):
        if command == "M":
            column, row = int(first), int(float(second))
        elif command == "m":
            column, row = column + int(first), row + int(second)
        else:
            found |= {(column + step, row) for step in range(int(first))}
            column += int(first)
    return found


def dark_in_png(png: bytes) -> set[tuple[int, int]]:
    """Column and row of every dark module of a picture with one bit a pixel and ten pixels a module."""
    width, height, depth = struct.unpack(">IIB", png[16:25])
    assert depth == 1
    start = png.index(b"IDAT")
    data = zlib.decompress(png[start + 4 : start + 4 + struct.unpack(">I", png[start - 4 : start])[0]])
    length = (width + 7) // 8 + 1
    rows = [data[number * length + 1 : (number + 1) * length] for number in range(0, height, 10)]
    return {
        (column // 10, number)
        for number, row in enumerate(rows)
        for column in range(0, width, 10)
        if not row[column // 8] >> 7 - column % 8 & 1
    }


def test_a_code_that_paper_cannot_carry_is_refused() -> None:
    assert qr("x" * LONGEST).svg
    with pytest.raises(TypesettingError, match="QR"):
        qr("文" * (LONGEST // 3 + 1))
