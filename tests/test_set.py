"""The sample set opened file by file: a reader finds in each what control and navigation need.

Of the whole set every file is there; those of every kind and template are read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docgen.build import DRAFT
from docgen.compose.composition import Composition
from docgen.compose.labels import read_labels
from docgen.diagnostics import Language
from docgen.library.lifecycle import Life
from docgen.library.shelf import Shelf
from docgen.order import FORMATS
from tests.conftest import READ, ROOT, WHOLE, Sample
from tests.program import DAY
from tests.reading import Page, Pdf, Word, contents, headings, spaced, squeezed

pytestmark = WHOLE
CLIENTS = ("demo", "extended", "base")
CODES = sorted({path.stem for client in CLIENTS for path in (ROOT / "content" / client / "documents").glob("*.yaml")})
SHELF = Shelf(ROOT / "content" / "demo")
LIVES = {code: Life(code) for code in CODES} | SHELF.lives(DAY)
IN_FORCE = [code for code in CODES if LIVES[code].in_force(DAY)]
MADE = [code for code in CODES if LIVES[code].open or not LIVES[code].issued]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
PLACES = [("", code) for code in IN_FORCE] + [(DRAFT, code) for code in MADE]
DOCUMENTS = [(place, code, lang) for place, code in PLACES for lang in LANGUAGES]
"""Every document that a build makes: in force, or being made."""
OPENED = [document for document in DOCUMENTS if document[1] in READ or document[0]]
"""Those that are read: of every template at least one, and all that are being made."""
CONTENTS_DEPTH = 3
FRONT_PAGES = 3


Place = tuple[str, str, Language]
"""Folder, code, language."""
Compositions = dict[Place, Composition]


@pytest.fixture(scope="module")
def compositions(sample: Sample) -> Compositions:
    found = {("", one.code, one.language): one.open() for one in sample.built.in_force}
    return found | {(DRAFT, one.code, one.language): one.open() for one in sample.built.drafts}


@pytest.fixture(params=OPENED, ids=lambda document: "-".join(filter(None, document)))
def document(request: pytest.FixtureRequest) -> Place:
    found: Place = request.param
    return found


@pytest.fixture
def made(document: Place, compositions: Compositions) -> Composition:
    return compositions[document]


@pytest.fixture
def folder(document: Place, sample: Sample) -> Path:
    """Where its files lie, by language."""
    return sample.folder / document[0]


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
    visible = {name for name in contents(sample.folder) if not name.startswith("records/")}
    named = {
        Path(place, lang, f"{code}.{format_}").as_posix() for place, code, lang in DOCUMENTS for format_ in FORMATS
    }
    assert visible == named
    outputs = [output for output in sample.built.outputs if not output.record]
    assert {output.path.relative_to(sample.folder).as_posix() for output in outputs} == visible
    for output in outputs:
        assert output.draft is output.path.is_relative_to(sample.folder / DRAFT)


def test_every_template_is_read(sample: Sample) -> None:
    documents = sample.workspace.content.documents
    read = {str(documents[code].template) for code in READ}
    assert {str(record.template) for record in documents.values()} - read == set()


def test_records_are_written_in_every_language_and_format(sample: Sample) -> None:
    named = {
        f"records/{lang}/{code}_{number}.{format_}"
        for code, records in sample.workspace.content.records.items()
        for number in records
        for lang in LANGUAGES
        for format_ in FORMATS
    }
    assert named and named == {name for name in contents(sample.folder) if name.startswith("records/")}


def test_every_document_names_people_and_sections(made: Composition) -> None:
    assert len(made.front.approvals) >= 3
    if not made.front.watermark:
        assert all(approval.name and approval.date for approval in made.front.approvals)
        assert len(made.front.signatures) == len(made.front.approvals) and made.front.changes[-1].people
    assert len(headings(made)) >= 2


def test_word_holds_front_and_sections(folder: Path, made: Composition) -> None:
    read = word(folder, made.code, made.lang)
    text = spaced("\n".join(text for _, text in read.paragraphs))
    assert [part for part in identity(made) if part not in text] == []
    assert read.headings == [(heading.level, heading.title) for heading in headings(made)]
    around = read.around("header") + read.around("footer")
    assert [part for part in (made.front.header, made.code, made.front.version) if part not in around] == []


def test_word_contents_are_its_headings_on_the_pages_of_the_pdf(folder: Path, made: Composition) -> None:
    pages = {title: number for _, title, number in pdf(folder, made.code, made.lang).bookmarks()}
    listed = [heading for heading in headings(made) if heading.level <= CONTENTS_DEPTH]
    expected = [(it.number, it.title, str(pages[f"{it.number} {it.title}"])) for it in listed]
    assert word(folder, made.code, made.lang).contents == expected


def test_pdf_holds_front_and_sections(folder: Path, made: Composition) -> None:
    read = pdf(folder, made.code, made.lang)
    front = "".join(read.text(number) for number in range(1, FRONT_PAGES + 1))
    assert [part for part in identity(made) if squeezed(part) not in front] == []
    bookmarks = read.bookmarks()
    numbered = [(heading.level, f"{heading.number} {heading.title}") for heading in headings(made)]
    signed = [(1, made.front.labels["signatures"])] if made.front.signatures else []
    assert [(level, title) for level, title, _ in bookmarks[1:]] == numbered + signed
    assert [title for _, title, number in bookmarks if squeezed(title) not in read.text(number)] == []
    last = read.text(len(read.reader.pages))
    assert made.code in last and made.front.version in last


def test_pdf_says_its_language_and_its_standards(folder: Path, made: Composition) -> None:
    read = pdf(folder, made.code, made.lang)
    assert read.catalog["/Lang"].startswith(made.lang)
    assert read.catalog["/MarkInfo"]["/Marked"]
    metadata = read.catalog["/Metadata"].get_data().decode()
    assert re.search(r"<pdfaid:part>2<.*<pdfaid:conformance>A<", metadata, re.DOTALL)
    assert "<pdfuaid:part>1<" in metadata
    about = read.reader.metadata
    assert about is not None and about.title == made.front.title


def test_html_holds_front_and_sections(folder: Path, made: Composition) -> None:
    read = page(folder, made.code, made.lang)
    text = spaced(read.all("body")[0].text)
    assert [part for part in identity(made) if part not in text] == []
    assert read.all("html")[0].attributes["lang"].startswith(made.lang)
    assert [spaced(head.text) for head in read.all("h1")] == [made.front.title]
    known = {element.attributes.get("id"): element for element in read.elements if "id" in element.attributes}
    for heading in headings(made):
        assert spaced(known[heading.id].text).startswith(f"{heading.number} {heading.title}")
    titles = [spaced(head.text) for head in read.all("h2", "h3", "h4", "h5")]
    assert [title for title in titles if title[0].isdigit()] == [f"{h.number} {h.title}" for h in headings(made)]


def test_html_needs_nothing_else_and_its_links_arrive(folder: Path, made: Composition) -> None:
    read = page(folder, made.code, made.lang)
    assert read.all("script", "link", "iframe", "object", "embed") == []
    assert [image for image in read.all("img") if not image.attributes["src"].startswith("data:")] == []
    assert not re.search(r"url\(|@import", read.all("style")[0].text)
    ids = Counter(read.ids())
    assert [name for name, count in ids.items() if count > 1] == []
    assert [link for link in read.links() if link.startswith("#") and link[1:] not in ids] == []
    outside = {link for link in read.links() if not link.startswith(("#", "https://"))}
    assert [link for link in outside if not (folder / made.lang / link).is_file()] == []


def named_documents(tree: Any) -> Iterator[str]:
    """The targets of a composition's links to other documents."""
    if isinstance(tree, dict) and tree.get("t") == "Link" and "document" in tree["c"][0][1]:
        yield tree["c"][2][0]
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list | tuple) else ()
    for part in inner:
        yield from named_documents(part)


def test_links_lead_to_what_is_in_force_and_from_drafts_also_to_drafts(
    document: Place, folder: Path, made: Composition
) -> None:
    """To what is neither, no link leads: its name stands there as text."""
    place, code, lang = document
    named = set(named_documents(made.blocks))
    wanted = {f"{other}.html": f"../../{lang}/{other}.html" if place else f"{other}.html" for other in IN_FORCE}
    if place:
        wanted |= {f"{other}.html": f"{other}.html" for other in MADE}
    links = page(folder, code, lang).links()
    assert {link for link in links if "SMS-" in link and not link.startswith("#")} == {
        wanted[name] for name in named if name in wanted
    }


def test_the_set_is_linked(sample: Sample) -> None:
    """The manual reaches every procedure of the core set; what a client adds to it is in the master list."""
    core = {path.stem for path in (ROOT / "content/base/documents").glob("SMS-PR-??.yaml")}
    for lang in LANGUAGES:
        links = set(page(sample.folder, "SMS-M-01", lang).links())
        assert {f"{code}.html" for code in core & set(IN_FORCE)} <= links and len(core) == 35


def test_only_what_is_not_in_force_carries_a_watermark(document: Place, folder: Path, made: Composition) -> None:
    place, code, lang = document
    opened = LIVES[code].open
    state = LIVES[code].state(opened, DAY) if opened is not None else "draft"
    wanted = [read_labels((), lang).section("marks")[state]] if place else []
    assert sorted(set(word(folder, code, lang).watermarks())) == wanted
    html_marks = page(folder, code, lang).of_class("watermark")
    assert [spaced(mark.text) for mark in html_marks] == wanted
    read = pdf(folder, code, lang)
    for number in (1, 2, len(read.reader.pages)):
        assert read.slanting(number) == squeezed("".join(wanted))


def test_what_is_in_force_says_who_signed_it_and_shows_its_digest(document: Place, made: Composition) -> None:
    place, code, _ = document
    edition = LIVES[code].in_force(DAY)
    if place or edition is None:
        assert place and made.front.signatures == ()
        return
    assert made.front.digest == edition.digest and made.front.version == edition.version
    assert [one.name for one in made.front.signatures] == [
        event["name"][made.lang] for event in (edition.submission, *edition.signatures) if event is not None
    ]


def test_the_set_has_documents_in_force_and_others() -> None:
    states = {LIVES[code].state(edition, DAY) for code in CODES for edition in LIVES[code].editions}
    assert {"in_force", "superseded"} <= states
    assert states & {"in_review", "in_countersign", "in_approval"} and states & {"withdrawn", "retained"}
