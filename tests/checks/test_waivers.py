"""Waivers: what they cover, until when, and that one which covers nothing is told."""

from __future__ import annotations

from collections import defaultdict

import pytest

from docgen import source
from docgen.checks import Report, report
from docgen.checks.families import CODES, chosen
from docgen.checks.page import page
from docgen.checks.sarif import sarif
from docgen.checks.waivers import Waived
from docgen.diagnostics import Diagnostic, DocgenError, Span
from docgen.model.waivers import Waiver
from tests.checks.filling import case

WAIVED = "{code: DC-31, where: SMS-PL-01, until: %s, by: TM, reason: {zh: 评审已排期, en: The review is planned}}"
LATE = "standings: {SMS-PL-01: {next_review: 2026-11-01}}\nwaivers: {waivers: [%s]}\n"
RULES = tuple(code for code in CODES if code[:2] in ("DC", "WV") and code not in ("DC-20", "DC-36", "DC-58"))
RULES = tuple(code for code in RULES if not code.startswith(("DC-50", "DC-51")))


def told(waiver: str, patch: str = LATE) -> tuple[list[tuple[str, str]], list[str]]:
    """Codes and things that count, and codes that are waived, of a client with one waiver."""
    looked_at = case(source.parse(patch % waiver, "content/small/patch.yaml"))
    made = report(looked_at.composer, (), RULES)
    found = [(one.code, one.where) for one in made.found if one.code.startswith(("DC", "WV"))]
    return sorted(found), [one.diagnostic.code for one in made.waived]


def test_a_waiver_covers_its_finding_until_its_last_day() -> None:
    assert told(WAIVED % "2026-11-25") == ([], ["DC-31"])


def test_a_reason_in_the_one_language_of_a_client_is_told_to_every_reader() -> None:
    waiver = Waiver.model_validate(
        {"code": "DC-31", "where": "SMS-PL-01", "until": "2026-12-31", "by": "TM", "reason": {"zh": "评审已排期"}},
        context={"languages": ("zh",)},
    )
    found = Diagnostic("DC-31", Span("a.yaml"), {"document": "SMS-PL-01", "date": "2026-11-01"}, "warning", "SMS-PL-01")
    told = Report((), (Waived(found, waiver),))
    assert "评审已排期" in page(told, "en", defaultdict(str), "small")
    (run,) = sarif(told, "en")["runs"]
    assert run["results"][0]["suppressions"][0]["justification"] == "评审已排期"


def test_a_waiver_that_has_run_out_is_told_and_covers_nothing() -> None:
    found, waived = told(WAIVED % "2026-11-24")
    assert found == [("DC-31", "SMS-PL-01"), ("WV-01", "SMS-PL-01")] and waived == []


def test_a_waiver_that_covers_nothing_is_told() -> None:
    found, waived = told(WAIVED % "2026-12-31", "waivers: {waivers: [%s]}\n")
    assert found == [("WV-02", "SMS-PL-01")] and waived == []


def test_a_waiver_for_another_thing_covers_nothing() -> None:
    found, _ = told((WAIVED % "2026-12-31").replace("SMS-PL-01", "SMS-PL-02"))
    assert found == [("DC-31", "SMS-PL-01"), ("WV-02", "SMS-PL-02")]


def test_rules_are_chosen_by_the_beginning_of_their_codes() -> None:
    assert chosen((), ()) == set(CODES)
    assert chosen(("SX-14",), ()) == {"SX-14", "SX-14-overdue", "SX-14-sources"}
    assert chosen(("sx-0",), ("SX-05",)) == {code for code in CODES if code[:4] == "SX-0" and code[:5] != "SX-05"}
    assert {code[:2] for code in chosen(("DC", "GP"), ())} == {"DC", "GP"}


@pytest.mark.parametrize(("name", "near"), [("DX", "DC"), ("SX-99", "SX-"), ("nonsense", "DC, GP")])
def test_an_unknown_rule_is_refused_with_the_nearest(name: str, near: str) -> None:
    with pytest.raises(DocgenError) as caught:
        chosen((name,), ())
    (mistake,) = caught.value.diagnostics
    assert mistake.code == "rule-unknown" and mistake.values["near"].startswith(near)
