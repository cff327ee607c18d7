"""What was on a past day is told as it was, what is pending comes by itself, and what is due is named in time."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.library.due import Due, due
from docgen.library.entitlement import readers
from docgen.library.impact import Fact, impact
from docgen.library.listing import listed
from docgen.library.standings import standings
from docgen.model.days import later
from docgen.model.quantity import Quantity
from docgen.model.shared import SharedValues
from docgen.model.standing import Standing
from tests.library.office import OTHER, PEOPLE, PLAN, REASON, WHY, Office, people

FRIDAY = datetime.date(2026, 2, 27)
MORE = (
    "本计划说明值班与交接办法，另见{doc:SMS-PL-92}。",
    "This plan tells how duty is kept and handed over; see {doc:SMS-PL-92}.",
)
SOON = "The court demands it from that day on"


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        ("0 workdays", "2026-02-27"),
        ("1 workdays", "2026-03-02"),
        ("5 workdays", "2026-03-06"),
        ("10 workdays", "2026-03-13"),
        ("3 d", "2026-03-02"),
        ("2 weeks", "2026-03-13"),
        ("1 month", "2026-03-27"),
        ("2 quarters", "2026-08-27"),
        ("12 months", "2027-02-27"),
        ("6 years", "2032-02-27"),
    ],
)
def test_a_quantity_leads_from_a_day_to_another(quantity: str, expected: str) -> None:
    assert later(FRIDAY, Quantity.validate(quantity)).isoformat() == expected


def test_months_end_where_the_month_does() -> None:
    assert later(datetime.date(2024, 1, 31), Quantity.validate("1 month")) == datetime.date(2024, 2, 29)
    assert later(datetime.date(2024, 2, 29), Quantity.validate("1 year")) == datetime.date(2025, 2, 28)
    assert later(datetime.date(2026, 11, 30), Quantity.validate("3 months")) == datetime.date(2027, 2, 28)


@settings(max_examples=60)
@given(st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1)), st.integers(1, 40))
def test_working_days_are_counted_one_by_one(day: datetime.date, count: int) -> None:
    found = later(day, Quantity.validate(f"{count} workdays"))
    between = [day + datetime.timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert found.weekday() < 5 and sum(one.weekday() < 5 for one in between) == count


def told(standing: Standing) -> tuple[Any, ...]:
    """Of a standing what changes with the day."""
    people_ = [(one.meaning, one.person, one.at) for one in standing.signed]
    dates = (standing.issued, standing.effective, standing.next_review)
    return standing.version, standing.state, dates, people_, standing.successor, standing.digest, len(standing.changes)


class Diary:
    """What was told of an office at the end of each day."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.pages: dict[str, Any] = {}

    def on(self, day: str) -> Any:
        """What is told as of a day."""
        date = datetime.date.fromisoformat(day)
        lives = self.office.shelf.lives(day)
        found = standings(self.office.space.content, lives, date)
        stand = {code: (told(found.listed[code]), told(found.working[code])) for code in (PLAN, OTHER)}
        rows = [row for row in listed(list(self.office.space.folders), "en", day) if row["code"] in (PLAN, OTHER)]
        in_force = {code: life.in_force(day).version for code, life in lives.items() if life.in_force(day)}
        return stand, rows, in_force, [list(map(vars, self.due(day)))]

    def due(self, day: str, days: int = 400) -> list[Due]:
        """What is due as of a day."""
        date = datetime.date.fromisoformat(day)

        def holders(roles: Sequence[str], day: str) -> Sequence[str]:
            return readers(self.office.space.content, roles, datetime.date.fromisoformat(day))

        return due(self.office.shelf.lives(day), date, date + datetime.timedelta(days=days), 7, holders)

    def ends(self) -> None:
        """The day is over."""
        self.pages[self.office.day] = self.on(self.office.day)
        self.office.later(1)


def lived(office: Office) -> Diary:
    """A month with two versions, a rejected round, a cancelled draft, copies, comments and a withdrawal."""
    diary = Diary(office)
    diary.ends()
    office.submitted()
    office.step("cy", "comment", text="Say who answers.")
    diary.ends()
    office.step("ann", "resolve", comment=1, text="The shift on duty.")
    office.step("bo", "reject", reason=WHY)
    diary.ends()
    office.submitted()
    office.step("bo", "sign", meaning="reviewed")
    diary.ends()
    office.step("di", "sign", meaning="approved")
    office.step("gus", "release", effective="2026-03-09", reason=SOON)
    diary.ends()
    office.step("ann", "acknowledge")
    office.step("gus", "copy", holder="Night desk", medium="paper")
    diary.ends()
    office.revised()
    office.step("ann", "cancel", reason=WHY)
    diary.ends()
    diary.ends()  # The ninth: A/0 takes effect by itself.
    office.revised()
    office.say(*MORE)
    office.submitted()
    office.signed()
    office.step("gus", "release", effective="2026-03-14", reason=SOON)
    for _ in range(7):
        diary.ends()
    office.step("gus", "recall", version="A/0", copy=1)
    office.step("gus", "retain", version="A/0", reason=WHY)
    diary.ends()
    office.step("di", "withdraw", reason=WHY)
    diary.ends()
    return diary


@pytest.fixture(scope="module")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Diary:
    """That month."""
    return lived(Office(tmp_path_factory.mktemp("due") / "office"))


def test_every_past_day_is_told_as_it_was(diary: Diary) -> None:
    assert len(diary.pages) == 17
    for day, page in diary.pages.items():
        assert diary.on(day) == page, day


def test_versions_come_into_force_and_leave_it_on_their_days_without_a_step(diary: Diary) -> None:
    in_force = {day: page[2].get(PLAN, "") for day, page in diary.pages.items()}
    assert in_force == {f"2026-03-{n:02}": "" if n < 9 or n == 18 else "A/0" if n < 14 else "A/1" for n in range(2, 19)}
    steps = {event.day for event in diary.office.life().events}
    assert not {"2026-03-09", "2026-03-14"} & steps


def test_the_listed_version_and_its_state_follow_the_day(diary: Diary) -> None:
    rows = {day: page[1][0] for day, page in diary.pages.items()}
    states = [(int(day[-2:]), row["version"], row["state"]) for day, row in rows.items()]
    assert states == [
        (2, "A/0", "draft"),
        (3, "A/0", "in_review"),
        (4, "A/0", "draft"),
        (5, "A/0", "in_approval"),
        (6, "A/0", "pending"),
        (7, "A/0", "pending"),
        (8, "A/0", "pending"),
        *[(n, "A/0", "in_force") for n in range(9, 14)],
        *[(n, "A/1", "in_force") for n in range(14, 18)],
        (18, "A/1", "withdrawn"),
    ]
    for day, (stand, *_) in diary.pages.items():
        version, state = stand[PLAN][0][:2]
        assert (version, state) == (rows[day]["version"], rows[day]["state"])


def test_a_rejected_round_leaves_no_signature_and_no_row(diary: Diary) -> None:
    signed = {day: [one[0] for one in page[0][PLAN][1][3]] for day, page in diary.pages.items()}
    assert signed["2026-03-03"] == ["prepared"] and signed["2026-03-04"] == []
    assert signed["2026-03-05"] == ["prepared", "reviewed"]
    rows = {day: page[0][PLAN][0][6] for day, page in diary.pages.items()}
    assert [rows[f"2026-03-{n:02}"] for n in (2, 3, 4, 6, 13, 14)] == [0, 1, 0, 1, 1, 2]


def test_the_successor_is_told_from_its_first_day_on(diary: Diary) -> None:
    office, life = diary.office, diary.office.life()
    born = standings(office.space.content, {}, office.at.date()).working[PLAN]
    from docgen.library.standings import standing

    old, _, new = life.editions
    found = {day: standing(life, old, born, day) for day in ("2026-03-13", "2026-03-14", "2026-03-17")}
    assert [(one.state, one.successor) for one in found.values()] == [
        ("in_force", ""), ("superseded", "A/1"), ("retained", "A/1"),
    ]  # fmt: skip
    assert standing(life, new, born, "2026-03-14").supersedes == "A/0"


def kinds(diary: Diary, day: str, days: int = 400) -> dict[str, tuple[str, str, tuple[str, ...], bool]]:
    """What is due of the plan, by kind."""
    found = [one for one in diary.due(day, days) if one.code == PLAN]
    assert len({(one.kind, one.version) for one in found}) == len(found)
    return {one.kind: (one.version, one.day, one.who, one.late) for one in found}


def test_what_is_due_on_each_day_is_named(diary: Diary) -> None:
    assert kinds(diary, "2026-03-02") == {}
    assert kinds(diary, "2026-03-03") == {
        "signature": ("A/0", "", ("REV",), False),
        "comment": ("A/0", "", ("ann",), False),
    }
    assert kinds(diary, "2026-03-04") == {}
    assert kinds(diary, "2026-03-05") == {"signature": ("A/0", "", ("APP",), False)}
    assert kinds(diary, "2026-03-06") == {
        "effective": ("A/0", "2026-03-09", (), False),
        "acknowledge": ("A/0", "2026-03-13", ("ivy", "ann"), False),
        "review": ("A/0", "2027-03-09", (), False),
    }
    assert kinds(diary, "2026-03-06", 10).keys() == {"effective", "acknowledge"}
    assert kinds(diary, "2026-03-07")["acknowledge"] == ("A/0", "2026-03-13", ("ivy",), False)
    assert "effective" not in kinds(diary, "2026-03-09")
    assert kinds(diary, "2026-03-14")["recall"] == ("A/0", "2026-03-21", ("1",), False)
    assert kinds(diary, "2026-03-16")["acknowledge"] == ("A/1", "2026-03-17", ("ivy", "ann"), False)
    assert "recall" not in kinds(diary, "2026-03-17") and kinds(diary, "2026-03-18") == {}


def test_what_nobody_did_is_late(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.issued(effective="2026-03-09")
    office.step("gus", "copy", holder="Night desk", medium="paper")
    diary = Diary(office)
    assert kinds(diary, "2026-03-09")["acknowledge"][3] is False
    assert kinds(diary, "2026-03-10")["acknowledge"][3] is True
    assert kinds(diary, "2027-03-09")["review"] == ("A/0", "2027-03-09", (), False)
    assert kinds(diary, "2027-03-10")["review"] == ("A/0", "2027-03-09", (), True)
    office.to("2027-03-11")
    office.step("bo", "confirm", reason=WHY)
    assert kinds(diary, "2027-03-11")["review"] == ("A/0", "2028-03-11", (), False)
    office.step("di", "withdraw", reason=WHY)
    assert kinds(diary, "2027-03-18") == {"recall": ("A/0", "2027-03-18", ("1",), False)}
    office.step("gus", "retain", version="A/0", reason=WHY)
    assert kinds(diary, "2027-03-19") == {"recall": ("A/0", "2027-03-18", ("1",), True)}
    office.step("gus", "lose", version="A/0", copy=1, reason=WHY)
    assert kinds(diary, "2027-03-19") == {}


def test_an_approved_version_waits_for_its_release_and_a_translation_for_its_date(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.change("control.yaml", "translation_pending: no", "translation_pending: yes")
    office.issued()
    office.revised("editorial")
    english = (office.folder / "templates/en/page.md").read_text("utf-8")
    office.say(*MORE)
    office.write("templates/en/page.md", english)
    office.submitted()
    office.signed()
    diary = Diary(office)
    assert kinds(diary, office.day)["release"] == ("A/1", "", (), False)
    office.step("gus", "release", effective="2026-03-10")
    found = {(one.kind, one.version): one for one in diary.due("2026-03-17")}
    assert found["translation", "A/1"] == Due("translation", PLAN, "A/1", "2026-03-16", ("en",), True)
    assert ("acknowledge", "A/1") not in found, "an editorial change needs no acknowledgement"


def test_who_holds_a_role_on_the_day_has_to_acknowledge(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.change("client.yaml", "holder: ivy}", "holder: fay, since: 2026-06-01, former: [{person: eve, first: 2026-01-01, last: 2026-05-31}]}")  # fmt: skip  # noqa: E501
    office.issued()
    diary = Diary(office)
    assert [kinds(diary, day)["acknowledge"][2] for day in ("2026-03-31", "2026-04-01", "2026-06-01")] == [
        ("eve", "ann"), ("ann",), ("fay", "ann"),
    ]  # fmt: skip


def changed(office: Office, file: str = "") -> list[Fact]:
    """What documents in force print otherwise than it is now."""
    now = SharedValues(office.space.tree).by_path
    return impact(office.shelf, office.shelf.lives(), office.day, now, file)


def test_documents_in_force_that_print_what_has_changed_are_named(tmp_path: Path) -> None:
    office = Office(tmp_path)
    for code in (PLAN, OTHER):
        office.issued(code, effective="2026-03-09")
    office.change("parameters.yaml", "15 min", "10 min")
    assert changed(office) == [], "nothing is in force yet"
    office.to("2026-03-09")
    parameter = Fact("parameters.yaml office.reply", "15 min", "10 min", (f"{PLAN} A/0",))
    assert changed(office) == [parameter]
    office.write("client.yaml", people({**PEOPLE, "hal": ("韩路", "Han Lulu", ""), "cy": ("岑言", "Cen Yan", "")}))
    name = Fact("client.yaml people.hal.name.en", "Han Lu", "Han Lulu", (f"{PLAN} A/0",))
    assert changed(office) == [name, parameter]
    assert changed(office, "client.yaml") == [name] and changed(office, "parameters.yaml") == [parameter]
    assert changed(office, "policy.yaml") == []


def test_a_new_version_takes_its_values_along(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.issued(effective="2026-03-09")
    office.to("2026-03-09")
    office.change("parameters.yaml", "15 min", "10 min")
    office.revised("major")
    office.step("ann", "submit", reason=REASON)
    office.signed()
    office.step("gus", "release", effective="2026-03-12", reason=SOON)
    assert [fact.documents for fact in changed(office)] == [(f"{PLAN} A/0",)]
    office.to("2026-03-12")
    assert changed(office) == []


def test_a_value_that_is_gone_is_named(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.issued(effective="2026-03-02", reason=SOON)
    office.write("templates/zh/page.md", "# 目的 {#purpose}\n\n值班。\n")
    office.write("templates/en/page.md", "# Purpose {#purpose}\n\nDuty.\n")
    office.write("parameters.yaml", "office.other: 15 min\n")
    assert changed(office) == [Fact("parameters.yaml office.reply", "15 min", "", (f"{PLAN} A/0",))]
