"""The variant in traditional characters: every text turned, codes and ids as they are, terms of the region on top."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.build import build
from docgen.compose.composer import Composer
from docgen.model.organization import TraditionalVariant
from docgen.model.workspace import Workspace
from docgen.order import Request
from docgen.variants.traditional import Traditional, shipped_terms
from tests.conftest import AS_OF, silent
from tests.reading import Page, Pdf, Word, headings
from tests.variants.test_bilingual import said

SIMPLIFIED = re.compile("[们这个为会对发经应统务级协议变请类风险标责审检测时间计划执现实图处书关归档闭员岗]")
"""Characters that traditional Chinese writes otherwise."""


@pytest.fixture(scope="module")
def turn() -> Traditional:
    """The variant for Taiwan; reading its tables takes a tenth of a second."""
    return Traditional(TraditionalVariant())


@pytest.mark.parametrize("code", ["SMS-PR-20", "SMS-RG-04", "SMS-M-01", "SMS-PR-20-F01"])
@pytest.mark.parametrize("region", ["TW", "HK"])
def test_nothing_simplified_is_left(demo: Workspace, code: str, region: str) -> None:
    one = Composer(demo, AS_OF).compose(code, "zh")
    made = Traditional(TraditionalVariant.model_validate({"region": region})).of(one)
    assert SIMPLIFIED.search(said(one)) and SIMPLIFIED.findall(said(made)) == []
    assert SIMPLIFIED.findall("".join(value for value in vars(made.front).values() if isinstance(value, str))) == []
    assert [(it.number, it.id) for it in headings(made)] == [(it.number, it.id) for it in headings(one)]
    assert made.front.code == one.front.code and made.place == "zh-Hant"
    assert [figure.name for figure in made.figures] == [figure.name for figure in one.figures]


def test_terms_of_the_region_are_on_top() -> None:
    taiwan, hong_kong = (Traditional(TraditionalVariant.model_validate({"region": one})) for one in ("TW", "HK"))
    assert taiwan.text("内部审核与信息安全") == "內部稽核與資訊安全"
    assert hong_kong.text("内部审核与服务质量") == "內部審核與服務質素"
    assert taiwan.text("配置项的变更，见SMS-PR-20") == "組態項目的變更，見SMS-PR-20"


def test_the_client_has_the_last_word() -> None:
    own = Traditional(TraditionalVariant.model_validate({"terms": {"审核": "查核", "澜启": "瀾啟"}}))
    assert own.text("审核澜启") == "查核瀾啟"


def test_shipped_terms_hold_no_simplified_character() -> None:
    for region in ("TW", "HK"):
        for term, form in shipped_terms(region).items():
            assert form and not SIMPLIFIED.search(form), term


@given(st.text(alphabet="服务质量审核SMS-01 {}，。a", max_size=20))
def test_turning_twice_changes_nothing_more(turn: Traditional, text: str) -> None:
    assert turn.text(turn.text(text)) == turn.text(text)


def test_it_is_written_in_every_format(demo: Workspace, tmp_path: Path) -> None:
    code = "SMS-PR-20"
    built = build(demo, tmp_path, Request(AS_OF, (code,), None, ("zh-Hant",)), silent)
    folder = next(output.path.parent for output in built.outputs if not output.draft)
    html = (folder / f"{code}.html").read_text("utf-8")
    assert Page(html).all("html")[0].attributes["lang"] == "zh-TW"
    data = (folder / f"{code}.pdf").read_bytes()
    assert "變更管理程序" in Pdf(data).whole().replace("\n", "") and b"NotoSansTC" in data
    word = Word((folder / f"{code}.docx").read_bytes())
    assert any("變更管理程序" in text for _, text in word.paragraphs)
    assert word.document.core_properties.language == "zh-TW"
