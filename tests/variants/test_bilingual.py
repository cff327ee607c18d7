"""The bilingual variant: all that both texts say, once under each number, paired block by block or side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from docgen.build import DRAFT, build
from docgen.compose import ast
from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.diagnostics import DocgenError
from docgen.model.workspace import Workspace, load
from docgen.order import Request
from docgen.variants.bilingual import bilingual
from tests.conftest import AS_OF, ROOT, silent
from tests.reading import Page, Pdf, Word, headings, squeezed

CODES = ("SMS-PR-20", "SMS-RG-04", "SMS-PL-02", "SMS-PR-20-F01", "SMS-M-01")
LAYOUTS = ("blocks", "columns")


@pytest.fixture(scope="module")
def composer(demo: Workspace) -> Composer:
    return Composer(demo, AS_OF)


def strings(node: Any) -> Iterator[str]:
    """The texts of nodes, those of links included."""
    if isinstance(node, list):
        for item in node:
            yield from strings(item)
    elif isinstance(node, dict):
        if node["t"] == "Str":
            yield node["c"]
        else:
            yield from strings(node.get("c"))


def said(one: Composition) -> str:
    return squeezed("".join(strings(one.blocks)))


@pytest.fixture(params=[(code, layout) for code in CODES for layout in LAYOUTS], ids="-".join)
def pair(request: pytest.FixtureRequest, composer: Composer) -> tuple[Composition, Composition, Composition]:
    code, layout = request.param
    zh, en = (composer.compose(code, language) for language in ("zh", "en"))
    return zh, en, bilingual(zh, en, layout)


def test_it_says_all_that_both_texts_say(pair: tuple[Composition, Composition, Composition]) -> None:
    zh, en, both = pair
    there = said(both)
    for one in (zh, en):
        for block in ast.walk(one.blocks):
            for text in {squeezed(text) for text in strings(block) if len(text) > 3 and not text[:1].isdigit()}:
                assert text in there


def test_headings_tables_and_figures_stand_once_under_their_numbers(
    pair: tuple[Composition, Composition, Composition],
) -> None:
    zh, en, both = pair
    assert [(it.level, it.number, it.id) for it in headings(both)] == [
        (it.level, it.number, it.id) for it in headings(zh)
    ]
    for ours, theirs, merged in zip(headings(zh), headings(en), headings(both), strict=True):
        assert ours.title in merged.title and theirs.title in merged.title

    def ids(one: Composition) -> list[str]:
        blocks = [block for block in ast.walk(one.blocks) if block["t"] in ("Table", "Figure", "Header")]
        return [found for block in blocks if (found := block["c"][1 if block["t"] == "Header" else 0][0])]

    assert ids(both) == ids(zh) and len(set(ids(both))) == len(ids(both))


def test_tables_keep_their_rows(pair: tuple[Composition, Composition, Composition]) -> None:
    def rows(one: Composition) -> list[int]:
        tables = [block for block in ast.walk(one.blocks) if block["t"] == "Table" and "beside" not in block["c"][0][1]]
        return [len(table["c"][4][0][3]) for table in tables]

    assert rows(pair[2]) == rows(pair[0])


def test_the_second_text_is_marked_as_its_language(pair: tuple[Composition, Composition, Composition]) -> None:
    assert '["lang", "en"]' in json.dumps(pair[2].blocks)


def test_the_front_is_in_both_languages(pair: tuple[Composition, Composition, Composition]) -> None:
    zh, en, both = pair
    for name in ("title", "precedence", "notice", "print_note", "organization", "owner"):
        assert getattr(zh.front, name) in getattr(both.front, name)
        assert getattr(en.front, name) in getattr(both.front, name)
    assert both.front.code == zh.front.code and both.front.version == zh.front.version
    assert both.front.labels["page_of"] == zh.front.labels["page_of"]


def test_sections_whose_shapes_differ_stand_one_after_the_other(composer: Composer) -> None:
    zh, en = (composer.compose("SMS-POL-01", language) for language in ("zh", "en"))
    extra = replace(en, blocks=[*en.blocks, ast.para(ast.text("One more paragraph."))])
    both = bilingual(zh, extra, "blocks")
    assert said(both).endswith("Onemoreparagraph.")
    assert len(headings(both)) == len(headings(zh))
    other = replace(en, blocks=[*en.blocks, ast.header(1, ast.attr("more"), ast.text("More"))])
    apart = bilingual(zh, other, "blocks")
    assert [it.title for it in headings(apart)] == [it.title for it in headings(zh)]
    assert "More" in said(apart)


def test_it_is_written_in_every_format(demo: Workspace, tmp_path: Path) -> None:
    code = "SMS-PR-20"
    built = build(demo, tmp_path, Request(AS_OF, (code,), None, ("bilingual",)), silent)
    assert {output.path.parent.name for output in built.outputs} == {"bilingual"}
    folder = next(output.path.parent for output in built.outputs if not output.draft)
    page = Page((folder / f"{code}.html").read_text("utf-8"))
    assert any(element.attributes.get("lang") == "en" for element in page.all("div", "span"))
    pdf = squeezed(Pdf((folder / f"{code}.pdf").read_bytes()).whole())
    word = squeezed("".join(text for _, text in Word((folder / f"{code}.docx").read_bytes()).paragraphs))
    for read in (pdf, word):
        assert "变更请求" in read and "Requestforchange" in read


def test_a_client_of_one_language_has_no_bilingual_variant(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "client.yaml").write_text("extends: demo\nlanguages: [zh]\n", "utf-8")
    workspace = load("one", (tmp_path, ROOT / "content"))
    with pytest.raises(DocgenError) as caught:
        build(workspace, tmp_path / "out", Request(AS_OF, None, None, ("bilingual",)), silent)
    assert [one.code for one in caught.value.diagnostics] == ["variant-languages"]
    made = build(workspace, tmp_path / "out", Request(AS_OF, ("SMS-POL-01",), None, ("zh-Hant",), ("html",)), silent)
    assert [output.path.parent.name for output in made.outputs] == ["zh-Hant"]
    assert made.outputs[0].path.parent.parent.name == DRAFT
