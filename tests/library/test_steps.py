"""Steps taken on a real small client: what the table lacks is refused, rounds and numbers follow each other, and a
random walk leaves a library that verifies."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from docgen import messages
from docgen.diagnostics import DocgenError, Span, fail
from docgen.library.lifecycle import BY_ACTION
from docgen.library.steps import proposed, take
from tests.library.office import OTHER, PLAN, REASON, WHY, Office, stamped

SENTENCES = (
    ("本计划说明值班办法，另见{doc:SMS-PL-92}。", "This plan tells how duty is kept; see {doc:SMS-PL-92}."),
    ("本计划说明值班与交接办法，另见{doc:SMS-PL-92}。", "This plan tells of duty and hand-over; see {doc:SMS-PL-92}."),
    ("本计划说明夜间值班办法，另见{doc:SMS-PL-92}。", "This plan tells how night duty is kept; see {doc:SMS-PL-92}."),
)
"""What the first section may say; the first is what it says at the beginning."""
SOON = "The court demands it from that day on"


def revised(office: Office, kind: str = "minor", sentence: int = 1) -> None:
    """A revision, submitted."""
    office.revised(kind)
    office.say(*SENTENCES[sentence])
    office.submitted()


def superseded(office: Office) -> None:
    """A first version that a second has replaced."""
    office.issued()
    revised(office)
    office.signed()
    office.step("gus", "release", effective="2026-03-10", reason=SOON)
    office.to("2026-03-11")


def countersigning(office: Office) -> None:
    """A major revision that waits for the roles it affects; there is no version of that state before."""
    office.issued()
    revised(office, "major")
    office.step("bo", "sign", meaning="reviewed")


def disposed(office: Office) -> None:
    """A withdrawn version, retained and disposed of after its time."""
    retained(office)
    office.to("2032-03-03")
    office.step("gus", "dispose", version="A/0", reason=WHY, second="ann")


def retained(office: Office) -> None:
    """A withdrawn version that is kept."""
    withdrawn(office)
    office.step("gus", "retain", version="A/0", reason=WHY)


def withdrawn(office: Office) -> None:
    """A version that was withdrawn before it took effect."""
    office.issued()
    office.step("di", "withdraw", reason=WHY)


def rejected(office: Office) -> None:
    """A draft that was submitted and came back."""
    office.submitted()
    office.step("bo", "reject", reason=WHY)


def cancelled(office: Office) -> None:
    """A draft that was given up."""
    rejected(office)
    office.step("ann", "cancel", reason=WHY)


def reviewed(office: Office) -> None:
    """A first version that waits for its approval."""
    office.submitted()
    office.step("bo", "sign", meaning="reviewed")


def approved(office: Office) -> None:
    """A first version that everybody has signed."""
    office.submitted()
    office.signed()


def in_force(office: Office) -> None:
    """A first version on a day on which it is in force."""
    office.issued()
    office.to("2026-03-11")


STAGES: dict[str, tuple[Callable[[Office], None], str, tuple[str, ...]]] = {
    "nothing": (lambda office: None, "", ("submit",)),
    "draft": (rejected, "A/0 draft", ("submit", "resolve", "synchronize", "cancel")),
    "in_review": (Office.submitted, "A/0 in_review", ("comment", "resolve", "sign", "reject")),
    "in_countersign": (
        countersigning, "A/0 pending, A/1 in_countersign",
        ("comment", "resolve", "sign", "reject", "confirm", "withdraw", "acknowledge", "copy", "recall", "lose"),
    ),
    "in_approval": (reviewed, "A/0 in_approval", ("comment", "resolve", "sign", "reject")),
    "approved": (approved, "A/0 approved", ("reject", "release")),
    "pending": (
        Office.issued, "A/0 pending", ("revise", "confirm", "withdraw", "acknowledge", "copy", "recall", "lose"),
    ),
    "in_force": (
        in_force, "A/0 in_force", ("revise", "confirm", "withdraw", "acknowledge", "copy", "recall", "lose"),
    ),
    "superseded": (
        superseded, "A/0 superseded, A/1 in_force",
        ("revise", "confirm", "withdraw", "acknowledge", "copy", "recall", "lose", "retain"),
    ),
    "withdrawn": (withdrawn, "A/0 withdrawn", ("recall", "lose", "retain")),
    "retained": (retained, "A/0 retained", ("recall", "lose", "dispose")),
    "disposed": (disposed, "A/0 disposed", ()),
    "cancelled": (cancelled, "A/0 cancelled", ("submit",)),
}  # fmt: skip
"""How a document comes to a stage, how its versions then stand, and what the table lets be done there; recall, lose,
retain and dispose name version A/0, the others mean the version that they are about by themselves."""
NAMED = ("recall", "lose", "retain", "dispose")


@pytest.mark.parametrize("stage", STAGES)
def test_what_the_table_does_not_have_is_refused_and_nothing_is_written(stage: str, tmp_path: Path) -> None:
    lead, states, possible = STAGES[stage]
    office = Office(tmp_path)
    lead(office)
    before, desk = office.contents(), office.desk("gus")
    for action in BY_ACTION:
        version = "A/0" if action in NAMED else ""
        fields: dict[str, Any] = {"class": "minor", "reason": REASON} if action == "revise" else {"reason": WHY}
        if action in possible:
            assert proposed(desk, action, PLAN, version, **fields).transition.action == action
            continue
        with pytest.raises(DocgenError) as caught:
            take([proposed(desk, action, PLAN, version, **fields)])
        (found,) = caught.value.diagnostics
        assert (found.code, found.values["action"]) == ("step-refused", action)
        assert found.values["states"] == (states or "draft")
        for sentence in (messages.what(found, "en"), messages.what(found, "zh"), messages.mend(found, "zh")):
            assert PLAN in sentence and "{" not in sentence
        assert office.contents() == before


@pytest.mark.parametrize("version", ["A/1", "B/0", ""])
def test_a_step_on_a_version_that_there_is_not_is_refused(version: str, tmp_path: Path) -> None:
    office = Office(tmp_path)
    withdrawn(office)
    assert office.refused("gus", "retain", version=version, reason=WHY).code == "step-refused"


def test_a_version_in_force_is_not_put_away_while_the_next_is_pending(tmp_path: Path) -> None:
    office = Office(tmp_path)
    superseded(office)
    office.to("2026-03-09")
    assert [office.life().state(one, office.day) for one in office.life().editions] == ["in_force", "pending"]
    with pytest.raises(DocgenError) as caught:
        proposed(office.desk("gus"), "retain", PLAN, "A/0", reason=WHY)
    assert [one.code for one in caught.value.diagnostics] == ["step-refused"]


def test_rounds_of_a_cancelled_version_are_kept_when_its_number_is_used_again(tmp_path: Path) -> None:
    office = Office(tmp_path)
    cancelled(office)
    (first,) = office.shelf.folder.glob(f"{PLAN}/A0/round-1-*/en.json")
    kept = first.read_bytes()
    office.say(*SENTENCES[1])
    office.issued()
    assert [(one.version, one.stage, one.round) for one in office.life().editions] == [
        ("A/0", "cancelled", 1), ("A/0", "issued", 2),
    ]  # fmt: skip
    assert first.read_bytes() == kept
    office.revised()
    office.say(*SENTENCES[2])
    office.submitted()
    office.step("bo", "reject", reason=WHY)
    office.step("ann", "cancel", reason=WHY)
    revised(office, sentence=2)
    assert (office.last().version, office.last().round) == ("A/1", 2)
    assert office.verified().faults == ()


@pytest.mark.parametrize(
    ("notation", "before", "more", "after"),
    [
        ("letter", "A/8", {}, "A/9"),
        ("letter", "A/9", {}, "B/0"),
        ("letter", "B/3", {"reissue": True}, "C/0"),
        ("decimal", "1.8", {}, "1.9"),
        ("decimal", "1.9", {}, "2.0"),
        ("decimal", "2.3", {"reissue": True}, "3.0"),
        ("decimal", "A/3", {}, "1.4"),
    ],
)
def test_the_next_version_counts_on(
    notation: str, before: str, more: dict[str, Any], after: str, tmp_path: Path
) -> None:
    office = Office(tmp_path)
    office.change("control.yaml", "notation: letter", f"notation: {notation}")
    office.change(f"documents/{PLAN}.yaml", "review_cycle", f"version: {before}\nreview_cycle")
    office.issued()
    assert office.last().version == before
    office.revised(**more)
    assert office.last().version == after


def test_the_change_row_says_which_section_says_what_instead(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.issued()
    revised(office)
    change = office.last().submission["change"]
    assert change["section"] == {"zh": "1", "en": "1"} and change["why"] == REASON
    assert change["what"] == {
        "zh": "1 目的：“本计划说明值班办法”改为“本计划说明值班与交接办法”",
        "en": "1 Purpose: “This plan tells how duty is kept” becomes “This plan tells of duty and hand-over”",
    }
    office.step("bo", "reject", reason=WHY)
    office.step("ann", "submit", what={"en": "Hand-over is part of duty from now on"})
    change = office.last().submission["change"]
    assert change["what"]["en"] == "Hand-over is part of duty from now on" and "交接" in change["what"]["zh"]


def test_where_one_of_several_documents_cannot_be_printed_none_is_issued(tmp_path: Path) -> None:
    office = Office(tmp_path)
    for code in (PLAN, OTHER):
        office.submitted(code)
        office.signed(code)
    before = office.contents()

    def printing(compositions: Any) -> Any:
        if compositions["zh"].code == OTHER:
            raise fail("pdf-bad", Span("x"), code=OTHER)
        return stamped(compositions)

    desk = replace(office.desk("gus"), print=printing)
    with pytest.raises(DocgenError) as caught:
        take([proposed(desk, "release", code) for code in (PLAN, OTHER)])
    assert [one.code for one in caught.value.diagnostics] == ["pdf-bad"] and office.contents() == before


@dataclass
class Paper:
    """A version in the model of the walk."""

    version: str
    stage: str = "in_review"
    sentence: int = 0
    """What was submitted."""
    due: list[str] = field(default_factory=list)
    """The roles still to sign, in order."""
    first: str = ""


WHO = {"REV": "bo", "ONE": "cy", "TWO": "hal", "APP": "di"}
MEANING = {"REV": "reviewed", "ONE": "countersigned", "TWO": "countersigned", "APP": "approved"}


class Walk(RuleBasedStateMachine):
    """Steps and edits of the text in any order, as people take them."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="walk"))
        self.office = Office(self.root)
        self.papers: list[Paper] = []
        self.sentence = 0
        self.comments = 0
        self.over = ""

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    def attempt(self, allowed: bool, person: str, action: str, **fields: Any) -> bool:
        """A step, which is taken just where it is allowed; whatever was written before stays."""
        before = self.office.contents()
        try:
            self.office.step(person, action, **fields)
        except DocgenError as error:
            assert not allowed, error
            assert self.office.contents() == before
            return False
        assert allowed, (action, fields)
        after = self.office.contents()
        ledger = f"{PLAN}/ledger.jsonl"
        assert {name: data for name, data in before.items() if name != ledger}.items() <= after.items()
        old, new = before.get(ledger, b"").splitlines(), after[ledger].splitlines()
        assert new[: len(old[:-1])] == old[:-1] and len(new) == max(len(old), 1) + 1
        return True

    @property
    def made(self) -> Paper | None:
        """The version being made."""
        made = self.papers[-1] if self.papers else None
        return made if made is not None and made.stage in ("draft", "in_review", "approved") else None

    @property
    def issued(self) -> list[Paper]:
        """All versions ever issued."""
        return [paper for paper in self.papers if paper.first]

    @initialize(steps=st.integers(0, 7))
    def begin(self, steps: int) -> None:
        for _ in range(steps):
            self.go_on("minor", 0)

    @rule(kind=st.sampled_from(["minor", "major"]), days=st.integers(0, 4))
    def go_on(self, kind: str, days: int) -> None:
        """The step that leads on: a version is submitted, signed, issued, revised."""
        made, issued = self.made, self.issued
        if made is None and issued:
            self.revise(kind)
        elif made is None or made.stage == "draft":
            if issued and issued[-1].sentence == self.sentence:
                self.edit((self.sentence + 1) % len(SENTENCES))
            self.submit()
        elif made.due:
            self.edit(made.sentence)
            while self.comments:
                self.resolve_next()
            self.sign_all()
        else:
            self.edit(made.sentence)
            behind = (datetime.date.fromisoformat(issued[-1].first) - self.office.at.date()).days + 1 if issued else 0
            self.release(max(0, behind) + days)

    @rule(kind=st.sampled_from(["minor", "major"]), days=st.integers(1, 9))
    def go_on_and_wait(self, kind: str, days: int) -> None:
        self.go_on(kind, days)
        self.office.later(days)

    @rule(sentence=st.sampled_from(range(len(SENTENCES))))
    def edit(self, sentence: int) -> None:
        self.sentence = sentence
        self.office.say(*SENTENCES[sentence])

    @rule(days=st.integers(1, 12))
    def night_falls(self, days: int) -> None:
        self.office.later(days)

    @rule()
    def submit(self) -> None:
        made, issued = self.made, self.issued
        allowed = made.stage == "draft" if made is not None else not issued
        allowed = allowed and (not issued or self.sentence != issued[-1].sentence)
        if self.attempt(allowed, "ann", "submit", reason=REASON):
            if made is None:
                made = Paper("A/0", due=[])
                self.papers.append(made)
                self.comments = 0
            major = self.office.last().kind == "major"
            made.stage, made.sentence = "in_review", self.sentence
            made.due = ["REV", "ONE", "TWO", "APP"] if major else ["REV", "APP"]

    @rule(role=st.sampled_from(sorted(WHO)))
    def sign(self, role: str) -> None:
        made = self.made
        signing = made is not None and made.stage == "in_review" and role in made.due
        allowed = signing and all(MEANING[one] == MEANING[role] for one in made.due[: made.due.index(role)])
        allowed = allowed and self.sentence == made.sentence and self.comments == 0
        if self.attempt(allowed, WHO[role], "sign", meaning=MEANING[role]):
            made.due.remove(role)
            made.stage = "in_review" if made.due else "approved"

    def sign_all(self) -> None:
        for role in list(self.made.due) if self.made is not None and self.made.stage == "in_review" else ():
            self.sign(role)

    @rule()
    def comment(self) -> None:
        made = self.made
        if self.attempt(made is not None and made.stage == "in_review", "ivy", "comment", text="Say who answers."):
            self.comments += 1

    @rule()
    def resolve_next(self) -> None:
        made, answered = self.made, len(self.office.last().comments) - self.comments if self.papers else 0
        there = made is not None and made.stage in ("draft", "in_review") and self.comments > 0
        if self.attempt(there, "ann", "resolve", comment=answered + 1, text="The shift on duty."):
            self.comments -= 1

    @rule()
    def reject(self) -> None:
        made = self.made
        if self.attempt(made is not None and made.stage != "draft", "di", "reject", reason=WHY):
            made.stage = "draft"

    @rule()
    def cancel(self) -> None:
        made = self.made
        if self.attempt(made is not None and made.stage == "draft", "ann", "cancel", reason=WHY):
            made.stage = "cancelled"

    @rule(days=st.integers(-1, 9))
    def release(self, days: int) -> None:
        made, issued = self.made, self.issued
        effective = (self.office.at.date() + datetime.timedelta(days=days)).isoformat()
        in_order = days >= 0 and (not issued or effective > issued[-1].first)
        ready = made is not None and made.stage == "approved" and made.sentence == self.sentence
        if self.attempt(ready and in_order, "gus", "release", effective=effective, reason=SOON):
            made.stage, made.first = "issued", effective

    @rule(kind=st.sampled_from(["minor", "major", "editorial"]))
    def revise(self, kind: str) -> None:
        allowed = bool(self.issued) and self.made is None and not self.over
        if self.attempt(allowed, "ann", "revise", **{"class": kind, "reason": REASON}):
            self.papers.append(Paper(f"A/{len(self.issued)}", "draft"))
            self.comments = 0

    @rule()
    def withdraw(self) -> None:
        if self.attempt(bool(self.issued) and self.made is None and not self.over, "di", "withdraw", reason=WHY):
            self.issued[-1].stage, self.over = "withdrawn", self.office.day

    @rule(action=st.sampled_from(["sign", "release", "submit", "withdraw"]))
    def somebody_else_tries(self, action: str) -> None:
        self.attempt(False, "eve", action, meaning="approved", reason=WHY, effective="2030-01-01")

    @invariant()
    def the_library_says_the_same_as_the_model(self) -> None:
        life = self.office.life()
        stages = {"in_review": ("in_review", "in_countersign", "in_approval")}
        assert [edition.version for edition in life.editions] == [paper.version for paper in self.papers]
        for edition, paper in zip(life.editions, self.papers, strict=True):
            assert edition.stage in stages.get(paper.stage, (paper.stage,))
            assert edition.effective == paper.first
            if paper.stage == "in_review":
                assert [role for _, role in edition.open_steps()] == paper.due
        for days in (-9, 0, 9):
            day = (self.office.at.date() + datetime.timedelta(days=days)).isoformat()
            begun = [paper.version for paper in self.issued if paper.first <= day]
            expected = begun[-1] if begun and not (self.over and self.over <= day) else None
            found = life.in_force(day)
            assert (found.version if found is not None else None) == expected

    @invariant()
    def the_library_verifies(self) -> None:
        assert self.office.verified().faults == ()


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=14, stateful_step_count=15)
