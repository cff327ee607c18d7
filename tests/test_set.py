"""The whole sample set opened file by file: a reader finds in each what control and navigation need."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from docgen.compose.composition import Composition
from docgen.compose.labels import read_labels
from docgen.order import FORMATS
from tests.conftest import AS_OF, ROOT, Sample
from tests.reading import Page, Pdf, Word, headings, spaced, squeezed

CODES = sorted(path.stem for path in (ROOT / "content/demo/documents").glob("*.yaml"))
DOCUMENTS = [(code, lang) for code in CODES for lang in ("zh", "en")]
CONTENTS_DEPTH = 3
FRONT_PAGES = 3


@pytest.fixture(scope="module")
def compositions(sample: Sample) -> dict[tuple[str, str], Composition]:
    return {(one.code, one.language): one.open() for one in sample.built.compositions}


@pytest.fixture(params=DOCUMENTS, ids="-".join)
def made(request: pytest.FixtureRequest, compositions: dict[tuple[str, str], Composition]) -> Composition:
    return compositions[request.param]


@cache
def data(folder: Path, code: str, lang: str, format_: str) -> bytes:
    return (folder / lang / f"{code}.{format_}").read_bytes()


@cache
def word(folder: Path, code: str, lang: str) -> Word:
    return Word(data(folder, code, lang, "docx"))


@cache
def pdf(folder: Path, code: str, lang: str) -> Pdf:
    return Pdf(data(folder, code, lang, "pdf"))


@cache
def page(folder: Path, code: str, lang: str) -> Page:
    return Page(data(folder, code, lang, "html").decode())


def identity(made: Composition) -> list[str]:
    """What every format of a document prints on its front."""
    front = made.front
    people = [part for it in front.approvals for part in (it.label, it.name, it.role, it.date)]
    changes = [part for it in front.changes for part in (it.version, it.date, it.what, it.why)]
    names = [name for it in front.changes for name in re.split(" ?[／/] ?", it.people)]
    fields = [front.organization, front.code, front.version, front.title, front.kind, front.owner, front.status]
    fields += [*front.mark_lines, front.classification, front.effective_date, front.clauses, front.distribution]
    return [spaced(part) for part in [*fields, *people, *changes, *names] if part]


def test_every_document_is_there_in_every_language_and_format(sample: Sample) -> None:
    there = {path.relative_to(sample.folder).as_posix() for path in sample.folder.rglob("*") if path.is_file()}
    visible = {name for name in there if not name.startswith(".cache/")}
    assert visible == {f"{lang}/{code}.{format_}" for code, lang in DOCUMENTS for format_ in FORMATS}
    assert {output.path.relative_to(sample.folder).as_posix() for output in sample.built.outputs} == visible


def test_every_document_names_people_and_sections(made: Composition) -> None:
    assert len(made.front.approvals) == 3 and made.front.approvals[0].name
    assert made.front.watermark or all(approval.name for approval in made.front.approvals)
    assert len(headings(made)) >= 2


def test_word_holds_front_and_sections(sample: Sample, made: Composition) -> None:
    read = word(sample.folder, made.code, made.lang)
    text = spaced("\n".join(text for _, text in read.paragraphs))
    assert [part for part in identity(made) if part not in text] == []
    assert read.headings == [(heading.level, heading.title) for heading in headings(made)]
    around = read.around("header") + read.around("footer")
    assert [part for part in (made.front.header, made.code, made.front.version) if part not in around] == []


def test_word_contents_are_its_headings_on_the_pages_of_the_pdf(sample: Sample, made: Composition) -> None:
    pages = {title: number for _, title, number in pdf(sample.folder, made.code, made.lang).bookmarks()}
    listed = [heading for heading in headings(made) if heading.level <= CONTENTS_DEPTH]
    expected = [(it.number, it.title, str(pages[f"{it.number} {it.title}"])) for it in listed]
    assert word(sample.folder, made.code, made.lang).contents == expected


def test_pdf_holds_front_and_sections(sample: Sample, made: Composition) -> None:
    read = pdf(sample.folder, made.code, made.lang)
    front = "".join(read.text(number) for number in range(1, FRONT_PAGES + 1))
    assert [part for part in identity(made) if squeezed(part) not in front] == []
    bookmarks = read.bookmarks()
    numbered = [(heading.level, f"{heading.number} {heading.title}") for heading in headings(made)]
    signed = [(1, made.front.labels["signatures"])] if made.front.signatures else []
    assert [(level, title) for level, title, _ in bookmarks[1:]] == numbered + signed
    assert [title for _, title, number in bookmarks if squeezed(title) not in read.text(number)] == []
    last = read.text(len(read.reader.pages))
    assert made.code in last and made.front.version in last


def test_pdf_says_its_language_and_its_standards(sample: Sample, made: Composition) -> None:
    read = pdf(sample.folder, made.code, made.lang)
    assert read.catalog["/Lang"].startswith(made.lang)
    assert read.catalog["/MarkInfo"]["/Marked"]
    metadata = read.catalog["/Metadata"].get_data().decode()
    assert re.search(r"<pdfaid:part>2<.*<pdfaid:conformance>A<", metadata, re.DOTALL)
    assert "<pdfuaid:part>1<" in metadata
    about = read.reader.metadata
    assert about is not None and about.title == made.front.title


def test_html_holds_front_and_sections(sample: Sample, made: Composition) -> None:
    read = page(sample.folder, made.code, made.lang)
    text = spaced(read.all("body")[0].text)
    assert [part for part in identity(made) if part not in text] == []
    assert read.all("html")[0].attributes["lang"].startswith(made.lang)
    assert [spaced(head.text) for head in read.all("h1")] == [made.front.title]
    known = {element.attributes.get("id"): element for element in read.elements if "id" in element.attributes}
    for heading in headings(made):
        assert spaced(known[heading.id].text).startswith(f"{heading.number} {heading.title}")
    titles = [spaced(head.text) for head in read.all("h2", "h3", "h4", "h5")]
    assert [title for title in titles if title[0].isdigit()] == [f"{h.number} {h.title}" for h in headings(made)]


def test_html_needs_nothing_else_and_its_links_arrive(sample: Sample, made: Composition) -> None:
    read = page(sample.folder, made.code, made.lang)
    assert read.all("script", "link", "iframe", "object", "embed") == []
    assert [image for image in read.all("img") if not image.attributes["src"].startswith("data:")] == []
    assert not re.search(r"url\(|@import", read.all("style")[0].text)
    ids = Counter(read.ids())
    assert [name for name, count in ids.items() if count > 1] == []
    assert [link for link in read.links() if link.startswith("#") and link[1:] not in ids] == []
    outside = {link for link in read.links() if not link.startswith(("#", "https://"))}
    assert outside <= {f"{code}.html" for code in CODES}


def test_the_set_is_linked(sample: Sample) -> None:
    """The manual reaches every procedure within the set."""
    for lang in ("zh", "en"):
        links = set(page(sample.folder, "SMS-M-01", lang).links())
        assert {f"{code}.html" for code in CODES if code.startswith("SMS-PR") and "-F" not in code} <= links


def test_only_what_is_not_in_force_carries_a_watermark(sample: Sample, made: Composition) -> None:
    state = sample.workspace.content.documents[made.code].state(AS_OF)
    marks = read_labels((), made.lang).section("marks")
    wanted = [] if state == "in_force" else [marks[state]]
    assert sorted(set(word(sample.folder, made.code, made.lang).watermarks())) == wanted
    html_marks = page(sample.folder, made.code, made.lang).of_class("watermark")
    assert [spaced(mark.text) for mark in html_marks] == wanted
    read = pdf(sample.folder, made.code, made.lang)
    for number in (1, 2, len(read.reader.pages)):
        assert read.slanting(number) == squeezed("".join(wanted))


def test_the_set_has_documents_in_force_and_others(sample: Sample) -> None:
    states = {record.state(AS_OF) for record in sample.workspace.content.documents.values()}
    assert "in_force" in states and len(states) > 1
