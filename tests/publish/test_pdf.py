"""PDF: texts come out as typed, the standards' marks are there, pages and bookmarks are right."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import Destination

from docgen.compose import ast
from docgen.compose.composition import Composition
from docgen.publish.drawing import Drawing
from docgen.publish.pdf import Pdf, pdf
from docgen.publish.pdf_pages import layout
from docgen.publish.typesetter import Typesetter, TypesettingError
from tests.publish import docx_samples as samples
from tests.publish.bodies import AWKWARD, typesetter, written

LANGUAGES = ("zh", "en")
PICTURE = Drawing(b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>', b"", 300.0, 200.0)

TEXTS = st.text(st.sampled_from("ab1 9.-–—…/\\#$*_`~@<>[](){}=+:;'\"“”&%^|?!,语，。"), min_size=1, max_size=24).filter(
    str.strip
)


def published(made: Composition) -> Pdf:
    return pdf(made, written(made, "typst"), {figure.name: PICTURE for figure in made.figures}, typesetter())


def reader(file: Pdf) -> PdfReader:
    return PdfReader(io.BytesIO(file.data))


def squeezed(text: str) -> str:
    """Without white space, which a line break or a change of script may add."""
    return re.sub(r"\s+", "", text)


def text_of(file: Pdf) -> str:
    return squeezed("".join(page.extract_text() for page in reader(file).pages))


@pytest.fixture(scope="module", params=LANGUAGES)
def sample(request: pytest.FixtureRequest) -> tuple[Composition, Pdf]:
    made = samples.composition(request.param)
    return made, published(made)


def test_the_file_says_its_language_and_its_standards(sample: tuple[Composition, Pdf]) -> None:
    made, file = sample
    catalog: Any = reader(file).trailer["/Root"]
    assert catalog["/Lang"].startswith(made.lang)
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = catalog["/Metadata"].get_data().decode()
    assert re.search(r"<pdfaid:part>2<.*<pdfaid:conformance>A<", xmp, re.DOTALL)
    assert "<pdfuaid:part>1<" in xmp


def test_the_file_carries_title_author_keywords_and_the_day_it_is_for(sample: tuple[Composition, Pdf]) -> None:
    made, file = sample
    about = reader(file).metadata
    assert about is not None
    assert about.title == made.front.title
    assert about.author == made.front.organization
    assert about["/Keywords"] == made.front.keywords.replace("，", ", ")
    assert about["/CreationDate"] == "D:20261120000000Z"


def test_every_field_of_the_front_is_printed(sample: tuple[Composition, Pdf]) -> None:
    made, file = sample
    front, text = made.front, text_of(file)
    singles = (
        front.organization, front.title, front.code, front.version, front.level, front.kind, front.classification,
        front.owner, front.status, front.issue_date, front.review_date, front.standard, front.clauses, front.mark,
        front.header, front.print_note, front.precedence, front.notice, front.distribution,
    )  # fmt: skip
    people = [value for it in front.approvals for value in (it.label, it.name, it.role, it.date)]
    changes = [value for it in front.changes for value in (it.version, it.date, it.what, it.why, it.kind)]
    missing = [value for value in (*singles, *people, *changes) if squeezed(value) not in text]
    assert missing == []


def test_every_page_after_the_cover_has_code_version_and_number(sample: tuple[Composition, Pdf]) -> None:
    made, file = sample
    pages = [squeezed(page.extract_text()) for page in reader(file).pages]
    for number, text in enumerate(pages[1:], start=2):
        label = made.front.labels["page_of"].format(page=number, total=len(pages))
        assert squeezed(label) in text
        assert made.front.code in text
        assert made.front.version in text


def test_landscape_pages_lie_and_the_others_stand(sample: tuple[Composition, Pdf]) -> None:
    _, file = sample
    wide = [page.mediabox.width > page.mediabox.height for page in reader(file).pages]
    assert wide[file.pages["sec-risks"]] is True
    assert wide[file.pages["sec-form"] - 1] is False


def test_pages_are_those_of_the_bookmarks(sample: tuple[Composition, Pdf]) -> None:
    made, file = sample
    read = reader(file)
    marks: dict[str, int] = {}

    def gather(entries: Any) -> None:
        for entry in entries:
            if isinstance(entry, Destination):
                number = read.get_destination_page_number(entry)
                assert number is not None
                marks[squeezed(str(entry.title))] = number + 1
            else:
                gather(entry)

    gather(read.outline)
    heads = [(block["c"][1][0], ast.flat(block["c"][2])) for block in made.blocks if block["t"] == "Header"]
    assert set(file.pages) == {name for name, _ in heads}
    for name, title in heads:
        found = [page for mark, page in marks.items() if mark.endswith(squeezed(title))]
        assert file.pages[name] in found
    assert file.count == len(read.pages)


def test_a_document_in_force_has_no_watermark_and_a_draft_has_one_on_every_page() -> None:
    made = samples.composition("en")
    draft = replace(made, front=replace(made.front, watermark="ENTWURF"))
    assert "ENTWURF" not in text_of(published(made))
    assert all("ENTWURF" in page.extract_text() for page in reader(published(draft)).pages)


def test_a_wide_register_repeats_its_head_and_loses_no_row() -> None:
    made = replace(samples.composition("en"), blocks=samples.blocks("en", rows=60))
    file = published(made)
    pages = [squeezed(page.extract_text()) for page in reader(file).pages]
    register = [text for text in pages if "R-" in text and "Treatment" in text]
    assert len(register) > 2
    assert all(f"R-{number:02d}" in "".join(register) for number in range(1, 61))
    assert all("LikelihoodImpact" in text for text in register)


def test_the_same_composition_gives_the_same_bytes() -> None:
    made = samples.composition("zh")
    assert published(made).data == published(made).data


def test_two_threads_may_share_the_typesetter() -> None:
    made = samples.composition("en")
    body = written(made, "typst")
    drawings = {figure.name: PICTURE for figure in made.figures}
    with ThreadPoolExecutor(2) as pool:
        files = list(pool.map(lambda _: pdf(made, body, drawings, typesetter()).data, range(4)))
    assert len(set(files)) == 1


def test_no_row_is_lost_when_a_cell_is_higher_than_a_page() -> None:
    words = ast.row([ast.cell([ast.plain(ast.text("R-1"))]), ast.cell([ast.plain(ast.text("level " * 1200 + "END"))])])
    head = samples.cells("No.", "Text")
    table = ast.table(ast.attr("tbl-a", ["grid"]), ast.text("T"), [20, 80], head, [words, words])
    file = published(replace(samples.composition("en"), blocks=[ast.div([table], ["landscape"])], figures=()))
    assert text_of(file).count("levelEND") == 2
    assert text_of(file).count("level") == 2400


@settings(max_examples=12)
@given(st.lists(TEXTS, min_size=4, max_size=12))
@example(list(AWKWARD))
@example(["...", "-1", "x-?y", "//", "1. a", "+ b", "- c", "= d", "/ e: f", "#", "\\", "a -- b --- c", "5-3 -5"])
def test_texts_of_the_body_come_out_as_typed(texts: list[str]) -> None:
    blocks = [block for text in texts for block in (ast.para(ast.text("Q" + text)), ast.para(ast.text(text)))]
    cells = [ast.row([ast.cell([ast.plain(ast.text(text))])]) for text in texts]
    table = ast.table(ast.attr("tbl-a"), ast.text(texts[0]), [1], ast.row([ast.cell([])]), cells)
    file = published(replace(samples.composition("en"), blocks=[*blocks, table], figures=()))
    expected = "".join(f"Q{squeezed(text)}{squeezed(text)}" for text in texts)
    assert expected in body_of(file)
    assert squeezed("".join([texts[0], *texts])) in body_of(file)


@settings(max_examples=8)
@given(TEXTS)
@example(AWKWARD[0])
@example(AWKWARD[1])
def test_texts_of_the_front_come_out_as_typed(text: str) -> None:
    made = samples.composition("en")
    fields = ("organization", "title", "header", "precedence", "distribution", "notice", "print_note", "watermark")
    fields += ("page_mark", "copy", "successor", "sync", "fingerprint")
    front = replace(
        made.front,
        **{name: f"{name}:{text}" for name in fields},
        changes=(replace(made.front.changes[0], what=f"what:{text}"),),
    )
    file = published(replace(made, front=front, blocks=[ast.para(ast.text("x"))], figures=()))
    printed = text_of(file)
    missing = [name for name in (*fields, "what") if squeezed(f"{name}:{text}") not in printed]
    assert missing == []
    about = reader(file).metadata
    assert about is not None
    assert about.title == front.title


def test_a_character_without_a_glyph_is_named() -> None:
    made = replace(samples.composition("en"), blocks=[ast.para(ast.text("see 𓀀"))], figures=())
    with pytest.raises(TypesettingError, match="𓀀"):
        published(made)


def test_unknown_font_families_are_left_out() -> None:
    families = Typesetter().families(["No Such Font", "Noto Sans SC"])
    assert families == ["Noto Sans SC", "DejaVu Sans Mono"]


def test_layout_refuses_what_typst_did_not_write() -> None:
    with pytest.raises(ValueError, match="not a PDF written by Typst"):
        layout(b"%PDF-1.4 nothing")


def body_of(file: Pdf) -> str:
    """Text of the pages after cover, document control and contents, without their headers and footers."""
    front = samples.composition("en").front
    texts = []
    for number, page in enumerate(reader(file).pages[3:], start=4):
        text = squeezed(page.extract_text())
        head = squeezed(front.header + front.code + "·" + front.version + "·" + front.classification)
        foot = squeezed(front.print_note + front.labels["page_of"].format(page=number, total=file.count))
        texts.append(text.replace(head, "", 1).replace(foot, ""))
    return "".join(texts)
