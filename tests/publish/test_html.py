"""HTML: texts come out as typed, the page is self-contained and meets what WCAG asks of its markup."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docgen.compose import ast
from docgen.compose.composition import Composition
from docgen.publish.drawing import Drawing
from docgen.publish.html import contents, html
from docgen.publish.palette import LEGIBLE, RISK_COLOURS, contrast, palette
from tests.publish import docx_samples as samples
from tests.publish.bodies import AWKWARD, written
from tests.reading import Page, spaced

LANGUAGES = ("zh", "en")
PICTURE = Drawing(b'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"/>', b"", 300.0, 200.0)
COLOURS = st.from_regex(r"#[0-9A-F]{6}", fullmatch=True)
SIGNS = "ab1 9.-/\\#$*_`~@<>[](){}=+:;'\"“”&%^|?!,语，。"
TEXTS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=30).filter(str.strip)


def published(made: Composition) -> bytes:
    return html(made, written(made, "html"), {figure.name: PICTURE for figure in made.figures})


@pytest.fixture(scope="module", params=LANGUAGES)
def sample(request: pytest.FixtureRequest) -> tuple[Composition, Page]:
    made = samples.composition(request.param)
    return made, Page(published(made).decode())


def test_the_page_says_its_language_and_title(sample: tuple[Composition, Page]) -> None:
    made, page = sample
    assert page.all("html")[0].attributes["lang"] == {"zh": "zh-CN", "en": "en"}[made.lang]
    assert made.front.title in page.all("title")[0].text
    assert [spaced(head.text) for head in page.all("h1")] == [made.front.title]


def test_the_page_needs_nothing_from_outside(sample: tuple[Composition, Page]) -> None:
    _, page = sample
    assert page.all("script", "link", "iframe", "object") == []
    assert all((image.attributes["src"] or "").startswith("data:") for image in page.all("img"))
    assert not re.search(r"url\(|@import", page.all("style")[0].text)


def test_ids_are_unique_and_links_within_the_page_arrive(sample: tuple[Composition, Page]) -> None:
    _, page = sample
    ids = Counter(e.attributes["id"] for e in page.elements if "id" in e.attributes)
    assert max(ids.values()) == 1
    links = [link.attributes.get("href") or "" for link in page.all("a")]
    assert [link for link in links if link.startswith("#") and link[1:] not in ids] == []
    labels = [e.attributes["aria-labelledby"] for e in page.elements if "aria-labelledby" in e.attributes]
    assert [label for label in labels if label not in ids] == []


def test_headings_step_down_one_level_at_a_time(sample: tuple[Composition, Page]) -> None:
    _, page = sample
    levels = [int(head.tag[1]) for head in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_every_picture_has_a_text_and_every_scrolling_table_a_name(sample: tuple[Composition, Page]) -> None:
    made, page = sample
    assert {image.attributes.get("alt") for image in page.all("img")} == {made.front.organization, made.figures[0].alt}
    regions = page.of_class("scroll")
    assert len(regions) == len(page.all("table"))
    assert {region.attributes["tabindex"] for region in regions} == {"0"}
    for region in regions:
        named = "aria-label" in region.attributes or "aria-labelledby" in region.attributes
        assert named == (region.attributes.get("role") == "region")


def test_head_cells_say_what_they_head(sample: tuple[Composition, Page]) -> None:
    _, page = sample
    assert {head.attributes.get("scope") for head in page.all("th")} == {"col", "row"}


def test_the_engines_own_marks_are_gone(sample: tuple[Composition, Page]) -> None:
    _, page = sample
    assert [name for e in page.elements for name in e.attributes if name.startswith("data-")] == []


def test_every_field_of_the_front_is_printed(sample: tuple[Composition, Page]) -> None:
    made, page = sample
    front, text = made.front, spaced(page.all("body")[0].text)
    singles = (
        front.organization, front.title, front.code, front.version, front.level, front.kind, front.classification,
        front.owner, front.status, front.issue_date, front.review_date, front.standard, front.clauses, front.mark,
        front.print_note, front.precedence, front.notice, front.distribution, front.supersedes,
    )  # fmt: skip
    people = [value for it in front.approvals for value in (it.label, it.name, it.role, it.date)]
    changes = [value for it in front.changes for value in (it.version, it.date, it.what, it.why, it.kind, it.people)]
    assert [value for value in (*singles, *people, *changes) if spaced(value) not in text] == []


def test_contents_have_the_numbers_of_the_headings(sample: tuple[Composition, Page]) -> None:
    made, page = sample
    heads = [spaced(head.text) for head in page.all("h2", "h3", "h4") if head.attributes.get("id", "-")[:4] == "sec-"]
    nav = spaced(page.all("nav")[0].text)
    assert heads[0] in nav
    position = 0
    for head in heads:
        position = nav.index(head, position)
    assert [entry.number for entry in contents(made.blocks)] == ["1", "2", "3", "4"]


def test_a_draft_shows_its_watermark_and_a_document_in_force_has_none() -> None:
    made = samples.composition("zh")
    draft = replace(made, front=replace(made.front, watermark="草案"))
    assert Page(published(made).decode()).of_class("watermark") == []
    assert [mark.text for mark in Page(published(draft).decode()).of_class("watermark")] == ["草案"]


def test_risk_levels_have_their_colour_and_their_word() -> None:
    page = Page(published(samples.composition("en")).decode())
    for level, word in {"low": "Low", "medium": "Medium", "high": "High", "extreme": "Extreme"}.items():
        assert {cell.text for cell in page.of_class(f"level-{level}")} == {word}
        assert f"td.level-{level} {{ background: {RISK_COLOURS[level]}" in page.all("style")[0].text


def test_the_same_composition_gives_the_same_bytes() -> None:
    made = samples.composition("zh")
    assert published(made) == published(made)


@settings(max_examples=15)
@given(st.lists(TEXTS, min_size=3, max_size=10))
@example(list(AWKWARD))
@example(['<h1 data-number="1">', '<img src="figures/flow">', 'x data-number="1"', "</main></style><script>"])
def test_texts_of_the_body_come_out_as_typed(texts: list[str]) -> None:
    blocks = [ast.para(ast.text(text)) for text in texts]
    cells = [ast.row([ast.cell([ast.plain(ast.text(text))])]) for text in texts]
    head = ast.header(1, ast.attr("sec-a"), ast.text(texts[0]))
    table = ast.table(ast.attr("tbl-a", ["grid"]), ast.text(texts[0]), [1], ast.row([ast.cell([])]), cells)
    page = Page(published(replace(samples.composition("en"), blocks=[head, *blocks, table], figures=())).decode())
    expected = [spaced(text) for text in texts]
    start = page.elements.index(page.all("main")[0])
    within = page.elements[start:]
    assert [spaced(e.text) for e in within if e.tag == "p"][: len(texts)] == expected
    assert [spaced(e.text) for e in within if e.tag == "td"] == expected
    assert [spaced(e.text) for e in within if e.tag == "h2"] == [f"1 {expected[0]}"]
    assert spaced(page.of_class("scroll")[-1].attributes["aria-label"] or "") == expected[0]


@settings(max_examples=25)
@given(TEXTS)
@example(AWKWARD[0])
@example(AWKWARD[3])
def test_texts_of_the_front_come_out_as_typed(text: str) -> None:
    made = samples.composition("en")
    front = replace(
        made.front, organization=text, title=text, header=text, owner=text, notice=text, distribution=text,
        changes=(replace(made.front.changes[0], what=text),),
        labels={**made.front.labels, "page_of": "{page}" + text + "{total}"},
    )  # fmt: skip
    page = Page(html(replace(made, front=front), "<p>x</p>", {}).decode())
    assert spaced(page.all("h1")[0].text) == spaced(text)
    assert spaced(page.of_class("organization")[0].text) == spaced(text)
    assert [spaced(e.text) for e in (*page.all("td"), *page.all("dd"), *page.all("p"))].count(spaced(text)) == 4
    assert [image.attributes["alt"] for image in page.all("img")] == [text]
    assert page.all("style")[0].text.count("{") == page.all("style")[0].text.count("}")


@given(COLOURS, COLOURS)
def test_any_two_colours_give_legible_text(primary: str, secondary: str) -> None:
    colours = palette(primary, secondary)
    assert contrast(colours.on_primary, colours.primary) >= LEGIBLE
    for text in (colours.primary_text, colours.secondary_text):
        assert contrast(text, "#FFFFFF") >= LEGIBLE
    assert contrast(colours.primary_text, colours.tint) >= LEGIBLE


def test_dark_text_is_legible_on_every_risk_colour() -> None:
    assert all(contrast("#1A1A1A", colour) >= LEGIBLE for colour in RISK_COLOURS.values())


def test_contents_stop_at_the_third_level_and_reset_their_counts() -> None:
    levels = [1, 2, 3, 4, 3, 2, 1, 2]
    blocks = [ast.header(level, ast.attr(f"h{n}"), ast.text(f"H {n}")) for n, level in enumerate(levels)]
    first, second = contents([ast.div(blocks[:6], ["landscape"]), *blocks[6:]])
    assert [entry.number for entry in first.entries] == ["1.1", "1.2"]
    assert [entry.number for entry in first.entries[0].entries] == ["1.1.1", "1.1.2"]
    assert first.entries[0].entries[0].entries == []
    assert (second.number, second.entries[0].number, second.entries[0].title) == ("2", "2.1", "H 7")


def test_the_frame_holds_no_address_of_the_web() -> None:
    frames = Path(__file__).resolve().parents[2] / "docgen" / "publish" / "frames"
    assert "http" not in (frames / "document.html").read_text("utf-8")
