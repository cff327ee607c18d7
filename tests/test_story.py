"""The library of the sample client: whole, in step with the content, and telling what its story promises."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from docgen.library import ledger
from tests.conftest import WHOLE, Sample
from tests.program import DAY, run
from tests.story import LIBRARY, ROOT, workspace
from tests.story_first import AUDITED, TOLD
from tests.story_set import rest
from tests.story_teller import Story, StoryError
from tests.story_texts import FILES, ROWS, TextGoneError, texts

SET = TOLD | {one.code for one in rest(TOLD)}
LEDGERS = sorted(LIBRARY.glob("*/ledger.jsonl"))
PROMISED = {
    "SMS-PR-31": (
        "A/0   returned — Shen Zhiqiu: 独立性一节",
        "A/1   submitted — Song Yawen: No change in this language",
        "A/1   issued — Liang Shuning: in force from 2026-11-19",
    ),
    "SMS-PR-23": (
        "A/0   copy lost — Liang Shuning: 002",
        "A/1   answered a comment — Wei Chenxi: 1: 9月2日夜间演练",
        "A/1   signed: countersigned (Business relationship manager) — Shao Jianing",
        "A/1   copy issued — Liang Shuning: 004",
        "A/0   copy returned — Liang Shuning: 001",
    ),
    "SMS-PL-01": (
        "A/1   signed: reviewed (Service management office) — Lu Siyuan",
        "A/1   issued — Liang Shuning: in force from 2026-09-01",
        "A/2   issued — Liang Shuning: in force from 2026-11-17",
    ),
    "SMS-RG-04": ("A/1   issued — Liang Shuning: in force from 2026-11-20",),
    "SMS-PR-20-F05": ("A/0   withdrawn — Shen Zhiqiu: 9月内部审核", "A/0   retained — Liang Shuning"),
    "SMS-POL-01": ("A/0   reviewed and confirmed — Gu Yuanzhou: 10月20日管理评审",),
    "SMS-PR-15": ("A/1   signed: reviewed", "A/1   commented — Jiang Boyuan: 差距未补足不得签署的规定"),
}


def test_the_library_is_as_it_was_signed() -> None:
    done = run(ROOT, "verify", "--client", "demo")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr


def test_every_document_has_its_life() -> None:
    assert {path.parent.name for path in LEDGERS} == SET


@pytest.mark.parametrize("code", PROMISED)
def test_history_tells_what_the_story_promises(code: str) -> None:
    told = run(ROOT, "history", code, "--client", "demo").stdout
    for happening in PROMISED[code]:
        assert happening in told


def test_the_content_is_what_was_issued_but_for_what_the_story_leaves_open() -> None:
    found = json.loads(run(ROOT, "check", "--client", "demo", "--as-of", DAY, "--json").stdout)["diagnostics"]
    assert found == []
    differing = json.loads(run(ROOT, "impact", "--client", "demo", "--as-of", DAY, "--json").stdout)["documents"]
    assert differing == []


def test_states_on_the_day_of_the_demo() -> None:
    rows = json.loads(run(ROOT, "status", "--client", "demo", "--as-of", DAY, "--json").stdout)
    versions = {row["code"]: row["version"] for row in rows}
    assert {row["code"] for row in rows if row["state"] != "in_force"} == {"SMS-PR-20-F05"}
    assert {code for code, version in versions.items() if version != "A/0"} == {
        "SMS-PL-01", "SMS-PR-23", "SMS-PR-31", "SMS-M-05", "SMS-RG-04", "SMS-RG-25", "SMS-RG-29",
    } | {one.code for one in rest(TOLD) if one.has_past and one.version != "A/0"}  # fmt: skip


@WHOLE
def test_a_document_with_a_past_does_not_call_its_first_version_here_a_first_issue(sample: Sample) -> None:
    (made,) = [one for one in sample.built.in_force if (one.code, one.language) == ("SMS-PL-05", "en")]
    rows = [(row.version, row.kind, row.what) for row in made.open().front.changes]
    assert [row[:2] for row in rows] == [("A/0", "First issue"), ("A/1", "Taken into the library")]
    assert rows[1][2].startswith("Data, arrangements and progress brought up to mid-November")


def test_what_is_due_on_the_day_of_the_demo() -> None:
    rows = json.loads(run(ROOT, "due", "--client", "demo", "--as-of", DAY, "--json").stdout)
    due = {(row["kind"], row["code"]): row for row in rows}
    assert due["signature", "SMS-PR-15"]["who"] == ["SUP"]
    assert ("comment", "SMS-PR-15") in due
    assert due["translation", "SMS-PR-31"]["who"] == ["en"]
    never = due["acknowledge", "SMS-PR-03"]
    assert (never["who"], never["late"]) == (["qin-mu"], True)
    assert [code for (kind, code), row in due.items() if kind == "review" and row["late"]] == []


@pytest.mark.parametrize("path", LEDGERS, ids=lambda path: path.parent.name)
def test_events_are_dated_in_working_hours_by_accounts_of_the_story(path: Path) -> None:
    for event in ledger.read(path.read_bytes(), path.parent.name).events:
        at = datetime.fromisoformat(event.at)
        assert "2026-02-24" <= event.day <= DAY and event.at.endswith("+08:00")
        assert at.weekday() < 5 and 8 <= at.hour < 18
        assert (event["account"], event["clock"]) == (event["person"].replace("-", "."), "given")


def test_the_deputy_signed_within_the_delegation() -> None:
    events = ledger.read((LIBRARY / "SMS-PL-01" / "ledger.jsonl").read_bytes(), "SMS-PL-01").events
    signed = [event for event in events if event.get("delegation")]
    assert [(event["person"], event["delegation"], event["behalf"]["en"]) for event in signed] == [
        ("lu-siyuan", "DEL-2026-01", "Cheng Yi'an")
    ]


@pytest.mark.parametrize("file", FILES)
def test_texts_of_the_story_are_still_in_the_content(file: str) -> None:
    today = (ROOT / "content" / file).read_text("utf-8")
    assert texts(ROWS, file, today, ()) != today
    assert texts(ROWS, file, today, {row.step for row in ROWS}) == today


def test_a_text_that_is_gone_is_named() -> None:
    with pytest.raises(TextGoneError, match=r"internal-audit\.yaml, SMS-PR-31 A/1: 0 × "):
        texts(ROWS, "base/procedures/internal-audit.yaml", "purpose: {zh: 无, en: none}\n", ())


def test_told_again_it_is_the_same_to_the_byte(tmp_path: Path) -> None:
    made = []
    for name in ("once", "again"):
        story = Story(workspace(tmp_path / name))
        story.plan("03-03 10:42", "song-yawen", "submit", "SMS-PR-31", *AUDITED.options("reason"))
        story.plan("03-09 17:16", "shen-zhiqiu", "reject", "SMS-PR-31", "--reason", "独立性一节缺少间隔期的规定")
        story.brings("03-11 09:30", "SMS-PR-31 A/0 round 2")
        story.plan("03-11 09:48", "song-yawen", "submit", "SMS-PR-31", *AUDITED.options("reason"))
        story.tell()
        library = tmp_path / name / "content" / "demo" / "library"
        made.append({path.relative_to(library): path.read_bytes() for path in library.rglob("*") if path.is_file()})
    first, second = [data for path, data in sorted(made[0].items()) if path.name == "zh.json"]
    assert made[0] == made[1] and first != second


def test_a_refused_command_stops_the_story(tmp_path: Path) -> None:
    story = Story(workspace(tmp_path))
    story.plan("03-03 10:42", "cheng-yian", "submit", "SMS-PR-31", *AUDITED.options("reason"))
    with pytest.raises(StoryError, match="DC-12"):
        story.tell()
