"""Mistakes a user makes, each a small client on top of the sample, and the messages they get.

A case is a folder of `tests/cases/content`: a client that extends `demo`, `expected.txt` with the messages, and where
it shows only in a document, `compose.txt` with the codes to compose. `pytest --refresh` writes `expected.txt` anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from docgen import messages
from docgen.checks.families import FAMILIES
from docgen.checks.rule import Case
from docgen.compose.composer import Composer
from docgen.compose.crew import composed
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.findings import FINDINGS
from docgen.model.workspace import load
from tests.conftest import AS_OF, ROOT

CASES = ROOT / "tests" / "cases" / "content"


def found(case: Path) -> list[Diagnostic]:
    """What docgen finds in a case."""
    codes = (case / "compose.txt").read_text().split() if (case / "compose.txt").exists() else []
    try:
        workspace = load(case.name, (CASES, ROOT / "content"))
        composer = Composer(workspace, AS_OF)
        composed(composer, codes, workspace.content.client.languages, 1, lambda: None)
    except DocgenError as error:
        return list(error.diagnostics)
    of_sample = {(mistake.code, *mistake.values.items()) for mistake in broken_rules("demo")}
    own = (mistake for mistake in broken_rules(case.name) if (mistake.code, *mistake.values.items()) not in of_sample)
    return sorted(own, key=Diagnostic.key)


@cache
def broken_rules(client: str) -> list[Diagnostic]:
    """What the rules on control records and data find in a client."""
    looked_at = Case(Composer(load(client, (CASES, ROOT / "content")), AS_OF))
    rules = [rule for family in FAMILIES if family.looks_at in ("records", "data") for rule in family.rules]
    return [
        Diagnostic(rule.code, hit.span, dict(hit.values), rule.severity, hit.where)
        for rule in rules
        for hit in rule.find(looked_at)
    ]


def printed(mistakes: list[Diagnostic], case: Path) -> str:
    """The messages as the case keeps them; of the sample's own files without lines, which move."""
    lines = []
    for mistake in mistakes:
        place = str(mistake.span) if f"/{case.name}/" in mistake.span.file else mistake.span.file
        lines.append(f"{place} {mistake.severity} {mistake.code}")
        for language in ("en", "zh"):
            lines.append(f"  {messages.what(mistake, language)}")
            lines.append(f"    {messages.mend(mistake, language)}")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("case", sorted(p for p in CASES.iterdir() if p.is_dir()), ids=lambda p: p.name)
def test_mistake_is_told(case: Path, request: pytest.FixtureRequest) -> None:
    told = printed(found(case), case)
    if request.config.getoption("--refresh"):
        (case / "expected.txt").write_text(told, "utf-8")
    assert told == (case / "expected.txt").read_text("utf-8")


def test_every_diagnostic_has_a_case_or_a_test() -> None:
    told = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))
    told += "".join(path.read_text("utf-8") for path in CASES.rglob("expected.txt"))
    others = [code for code in messages.MESSAGES if code not in FINDINGS]  # Of rules, tests/checks/test_rules.py.
    assert [code for code in others if f" {code}\n" not in told and f'"{code}"' not in told] == []


def test_no_place_of_a_message_is_left_unfilled() -> None:
    for path in CASES.rglob("expected.txt"):
        told = path.read_text("utf-8")
        for name in ("key", "near", "field", "value", "code", "name", "path", "id", "kind", "file", "document"):
            assert f"{{{name}}}" not in told, path
