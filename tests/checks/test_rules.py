"""Every rule: what trips it, and that it finds nothing in a sound workspace."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docgen import messages, source
from docgen.checks.families import CODES, FAMILIES
from docgen.checks.rule import Case, Found, Rule
from docgen.diagnostics import Diagnostic, Span
from docgen.findings import ELSEWHERE, FINDINGS
from tests.checks.filling import case

TRIPS = source.parse((Path(__file__).parent / "trips.yaml").read_text("utf-8"), "content/small/patch.yaml") or {}
PLACE = re.compile(r"\{(\w+)\}")
RULES = {rule.code: rule for family in FAMILIES for rule in family.rules}
COMPOSED = {rule.code for family in FAMILIES if family.looks_at == "compositions" for rule in family.rules}
ELSEWHERE_TESTED = {*COMPOSED, "DC-25-library", "DC-34-name", "DC-44", "WV-02"}
"""Rules that need compositions, files or all other findings; test_documents.py and test_waivers.py have their cases."""


@pytest.fixture(scope="session")
def sound() -> Case:
    """A workspace in which no rule finds anything."""
    return case()


def found(rule: Rule, looked_at: Case) -> list[Found]:
    return list(rule.find(looked_at))


@pytest.mark.parametrize("code", [code for code in RULES if code not in COMPOSED])
def test_a_sound_workspace_trips_no_rule(sound: Case, code: str) -> None:
    assert found(RULES[code], sound) == []


@pytest.mark.parametrize("code", TRIPS)
def test_what_is_wrong_trips_its_rule(code: str) -> None:
    hits = found(RULES[code], case(TRIPS[code]))
    assert hits, code
    for hit in hits:
        assert hit.where and hit.span.file.startswith("content/") and hit.span.line > 0
        for language in ("zh", "en"):
            told = messages.what(messages_of(code, hit), language) + messages.mend(messages_of(code, hit), language)
            assert not any(f"{{{name}}}" in told for name in FINDINGS[code].example), told


def messages_of(code: str, hit: Found) -> Diagnostic:
    return Diagnostic(code, hit.span, dict(hit.values))


def test_every_rule_has_its_cases_and_its_sentences() -> None:
    assert set(TRIPS) | ELSEWHERE_TESTED == set(CODES) == set(FINDINGS)
    assert len(CODES) == len(set(CODES))
    assert not set(ELSEWHERE) & set(CODES)
    for code, told in FINDINGS.items():
        sides = {name: getattr(told, name) for name in told.__dataclass_fields__ if name != "example"}
        assert all(text.strip() for text in sides.values()), code
        assert all(has_han(sides[name]) == name.endswith("zh") for name in ("title_en", "title_zh")), code


def has_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.mark.parametrize("code", FINDINGS)
def test_the_example_of_a_rule_names_what_its_sentence_names(code: str) -> None:
    told = FINDINGS[code]
    example = Diagnostic(code, Span("?"), dict(told.example))
    for language in ("zh", "en"):
        for text in (messages.what(example, language), messages.mend(example, language)):
            assert PLACE.findall(text) == [], text
