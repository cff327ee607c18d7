"""Forms and sentences as a reader meets them: one heading a part, signatures last, every month without a figure."""

from __future__ import annotations

from typing import Any

import pytest

from docgen.compose import ast, views
from docgen.compose.composer import Composer
from docgen.diagnostics import Language, Span
from docgen.library.notes import _short
from docgen.model.text import Markdown
from docgen.model.workspace import Workspace
from tests.conftest import AS_OF


@pytest.fixture(scope="module")
def composer(demo: Workspace) -> Composer:
    return Composer(demo, AS_OF)


def parts(composer: Composer, code: str, language: Language) -> dict[str, tuple[str, list[str]]]:
    """Of each table of a form, by its id: what its head says, and the first cell of each row."""
    found = {}
    for block in composer.compose(code, language).blocks:
        if block["t"] == "Table" and "form" in block["c"][0][1]:
            (head,), body = block["c"][3][1], block["c"][4][0][3]
            found[block["c"][0][0]] = said(head)[0], [said(row)[0] for row in body]
    return found


def said(row: Any) -> list[str]:
    return [ast.flat(cell[4]) for cell in row[1]]


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("zh", ("第4部分 差异和处理　填写岗位：服务负责人", "签署")),
        ("en", ("Part 4: Differences and what was done — Filled in by: Service owner", "Signatures")),
    ],
)
def test_a_part_has_one_heading_and_signatures_below_the_rows_they_vouch_for(
    composer: Composer, language: Language, titles: tuple[str, str]
) -> None:
    tables = parts(composer, "SMS-PR-12-F01", language)
    names = [name for name in tables if name.startswith("form-differences")]
    assert names == ["form-differences", "form-differences-rows", "form-differences-signed"]
    assert [tables[name][0] for name in (names[0], names[2])] == list(titles)
    assert tables[names[1]][0] in ("资产编号", "Asset number") and len(tables[names[2]][1]) == 1
    assert not set(tables[names[0]][1]) & set(tables[names[2]][1])


def test_who_fills_in_a_part_and_when_retention_begins_are_said_where_they_differ(composer: Composer) -> None:
    assert parts(composer, "SMS-PR-14-F02", "zh")["form-questionnaire"][0].endswith("填写岗位：客户联系人和用户")
    for code, language, words in (
        ("SMS-PR-16-F03", "en", "from the end of the contract."),
        ("SMS-PR-16-F03", "zh", "自合同终止之日起算。"),
        ("SMS-PR-12-F01", "en", "from the date it is closed."),
        ("SMS-PR-12-F01", "zh", "自表单关闭之日起算。"),
    ):
        language_: Language = "en" if language == "en" else "zh"
        paragraphs = [
            ast.flat(block["c"]) for block in composer.compose(code, language_).blocks if block["t"] == "Para"
        ]
        assert any(paragraph.endswith(words) for paragraph in paragraphs), (code, language)


@pytest.mark.parametrize(
    ("language", "text", "printed"),
    [
        ("en", "Checked every {param:x}.", "Checked every month."),
        ("en", "Every {param:x} it is checked.", "Every month it is checked."),
        ("en", "Kept for {param:x}.", "Kept for 1 month."),
        ("en", "Every {param:y}.", "Every 3 months."),
        ("zh", "每{param:x}核对。", "每月核对。"),
        ("zh", "保存{param:x}。", "保存1个月。"),
        ("zh", "每{param:y}核对。", "每3个月核对。"),
    ],
)
def test_one_of_something_that_comes_again_is_said_without_the_figure(
    composer: Composer, demo: Workspace, language: Language, text: str, printed: str
) -> None:
    month, quarter = (
        next(name for name, one in demo.content.parameters.items() if str(one.value) == value)
        for value in ("1 months", "3 months")
    )
    sentence = text.replace("{param:x}", f"{{param:{month}}}").replace("{param:y}", f"{{param:{quarter}}}")
    draft = composer._draft("SMS-M-01", language)
    assert ast.flat(draft.read(Markdown(sentence, Span("?")))) == printed


def test_a_withdrawn_form_that_its_procedure_names_no_more_is_listed_as_its_others_are_kept(demo: Workspace) -> None:
    rows = {str(row.fields["code"]): row.fields for row in views._record_rows(demo.content)}
    assert rows["SMS-PR-20-F05"]["medium"] == rows["SMS-PR-20-F01"]["medium"] is not None


@pytest.mark.parametrize("length", range(30, 200, 7))
def test_a_change_is_told_in_whole_words(length: int) -> None:
    text = ("the lead calls every customer within fifteen minutes " * 8)[:length].strip()
    short = _short(text)
    assert short == text or (short[-1] == "…" and text.startswith(f"{short[:-1]} "))
    chinese = "负责人在十五分钟内逐一通知受影响的客户" * 8
    assert _short(chinese)[:-1] == chinese[: len(_short(chinese)) - 1]
