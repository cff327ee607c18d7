"""Text that means something to YAML, Markdown, Jinja, XML, Typst or HTML comes out of all three formats as typed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docgen import messages
from docgen.build import build
from docgen.diagnostics import DocgenError, Language
from docgen.model.workspace import load
from docgen.order import FORMATS, Format, Request
from tests.conftest import AS_OF, ROOT, silent
from tests.reading import Page, Pdf, Word, spaced, squeezed

CODE = "SMS-PL-09"
FIELDS = ("organization", "role", "policy", "risk", "why")
TEXTS = st.text(
    st.sampled_from("ab1 9.-–—…/\\#$*_`~@<>[](){}=+:;'\"“”&%^|?!,\u2028语，。（"), min_size=1, max_size=20
).map(spaced)
RECORD = """
title: Odd
kind: plan
level: 2
template: odd
owner: ODD
clauses: [6.3]
signers: {prepared: MR, reviewed: SMO, approved: TM}
distribution: [TM]
review_cycle: 1 year
version: A/0
changes:
  - id: A/0
    date: 2026-11-02
    section: all
    what: {zh: 首次发布本文件, en: The first issue of it}
    why: WHY
    kind: first
    prepared: shen-zhiqiu
"""
TEMPLATE = """# Policy {#policy}

{{ policy.statement }}

# Risks {#risks}

::: table risks.risks
caption: Risks
columns:
  - id | No | 10
  - title | Risk | 90
:::
"""


def text(typed: str) -> str:
    """A text in both languages as YAML; Markdown's characters by themselves mean themselves only after a backslash."""
    markdown = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", typed)
    quoted = json.dumps(markdown, ensure_ascii=False).replace("\u2028", "\\u2028")
    return f"{{zh: {quoted}, en: {quoted}}}"


def client(folder: Path, typed: Mapping[str, str]) -> None:
    """A client like the sample whose fields say what is typed."""
    given_ = {name: text(value) for name, value in typed.items()}
    role = f"{{id: ODD, name: {given_['role']}, duties: {text('Answers.')}, holder: shen-zhiqiu}}"
    files = {
        "client.yaml": f"extends: demo\nname: {given_['organization']}\nroles: [{role}]\n",
        "policy.yaml": f"statement: {given_['policy']}\n",
        "risks.yaml": f"risks: {{R-01: {{title: {given_['risk']}}}}}\n",
        f"documents/{CODE}.yaml": RECORD.replace("WHY", given_["why"]).replace("Odd", text("Odd")),
        "templates/zh/odd.md": TEMPLATE,
        "templates/en/odd.md": TEMPLATE,
    }
    for name, content in files.items():
        path = folder / "odd" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


def built(typed: Mapping[str, str], language: Language, formats: Sequence[Format]) -> dict[str, bytes]:
    """The files of the one document, by format."""
    with TemporaryDirectory() as folder:
        client(Path(folder), typed)
        workspace = load("odd", (Path(folder), ROOT / "content"))
        request = Request(AS_OF, (CODE,), (language,), formats=tuple(formats), jobs=1)
        outputs = build(workspace, Path(folder) / "build", request, silent).outputs
        return {output.format: output.path.read_bytes() for output in outputs}


@settings(max_examples=4)
@given(st.lists(TEXTS, min_size=len(FIELDS), max_size=len(FIELDS)), st.sampled_from(("zh", "en")))
@example(['A & B <c> | {{7*7}} \\n "北京"', "{% raw %}", "a\u2028b", "$x$ #f @l", "`c` *b* _i_ [l](u) ![i](u)"], "zh")
@example(["{role:TM} ~s~", "::: note", "# 1 {#a}", "- 1. x", "<b>&amp;</b> -- ... 'q'"], "en")
def test_texts_come_out_as_typed(texts: list[str], language: Language) -> None:
    typed = {name: value or "x" for name, value in zip(FIELDS, texts, strict=True)}
    files = built(typed, language, FORMATS)
    paragraphs = [spaced(paragraph) for _, paragraph in Word(files["docx"]).paragraphs]
    assert [name for name in FIELDS if spaced(typed[name]) not in paragraphs] == []
    page = Page(files["html"].decode())
    elements = [spaced(element.text) for element in page.elements]
    assert [name for name in FIELDS if spaced(typed[name]) not in elements] == []
    printed = Pdf(files["pdf"]).whole()
    assert [name for name in FIELDS if squeezed(typed[name]) not in printed] == []


EMOJI = dict.fromkeys(FIELDS, "x 🙂🏽 y")
ARABIC = dict.fromkeys(FIELDS, "عالم 5 abc")


def test_text_from_right_to_left_is_kept_in_the_order_typed() -> None:
    files = built(ARABIC, "en", ["docx", "html"])
    assert [text for _, text in Word(files["docx"]).paragraphs].count(ARABIC["policy"]) >= 3
    assert [element.text for element in Page(files["html"].decode()).all("p", "td")].count(ARABIC["policy"]) >= 2


def test_emoji_come_out_in_html_as_typed() -> None:
    page = Page(built(EMOJI, "en", ["html"])["html"].decode())
    found = [element for element in page.elements if spaced(element.text) == EMOJI["policy"]]
    assert {"p", "td", "dd", "span"} <= {element.tag for element in found}


def test_a_character_without_a_font_is_named_where_pages_are_set() -> None:
    with pytest.raises(DocgenError) as caught:
        built(EMOJI, "en", ["pdf"])
    (mistake,) = caught.value.diagnostics
    assert mistake.code == "pdf-bad" and mistake.values["code"] == CODE
    assert "🙂" in messages.what(mistake, "zh") and "字体" in messages.mend(mistake, "zh")
