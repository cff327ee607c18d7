"""A document's life against a plain model of it: random walks over every action, day by day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from docgen.library import ledger
from docgen.library.branches import forged
from docgen.library.ledger import Event
from docgen.library.lifecycle import BY_ACTION, Edition, Life, RefusedError, after, open_comments, replay

CODE = "SMS-PL-91"
START = datetime.date(2026, 3, 2)
STEPS = [["reviewed", "REV"], ["countersigned", "ONE"], ["countersigned", "TWO"], ["approved", "APP"]]
MADE = ("draft", "in_review", "in_countersign", "in_approval", "approved")
SIGNED_IN = {"reviewed": "in_review", "countersigned": "in_countersign", "approved": "in_approval"}
PEOPLE = ("ann", "bo", "cy")


def line(action: str, /, version: str, day: str, minute: int = 0, **more: Any) -> dict[str, Any]:
    """What a ledger line says, with all that its action needs."""
    needed: dict[str, Any] = {
        "revise": {"class": "minor", "reason": {"zh": "原因", "en": "why"}},
        "submit": {"round": 1, "digest": "d1", "steps": STEPS},
        "sign": {"meaning": "reviewed", "role": "REV", "digest": "d1"},
        "comment": {"text": "Say who."},
        "resolve": {"comment": 1, "text": "Said."},
        "release": {"effective": day, "next_review": "2027-01-01", "acknowledge_by": day, "digest": "d1"},
        "confirm": {"next_review": "2027-06-01"},
        "withdraw": {"effective": day},
        "copy": {"copy": 1, "holder": "Hall", "medium": "paper"},
        "recall": {"copy": 1},
        "lose": {"copy": 1},
    }.get(action, {})
    at = f"{day}T{9 + minute // 60:02}:{minute % 60:02}:00+08:00"
    return {"action": action, "version": version, "at": at, "person": "ann", **needed, **more}


@dataclass
class Paper:
    """A version in the model."""

    version: str
    stage: str = "draft"
    round: int = 0
    digest: str = ""
    given: list[tuple[str, str]] = field(default_factory=list)
    notes: list[bool] = field(default_factory=list)
    """Of each comment whether it is answered."""
    first: str = ""
    """The effective date."""
    kept: bool = False
    gone: bool = False
    read_by: dict[str, str] = field(default_factory=dict)
    copies: dict[int, str] = field(default_factory=dict)

    def due(self) -> list[tuple[str, str]]:
        """The signatures of the stage that are still to be given."""
        return [(m, r) for m, r in STEPS if SIGNED_IN[m] == self.stage and (m, r) not in self.given]


@dataclass
class Model:
    """What each version should be on a day, said plainly."""

    papers: list[Paper] = field(default_factory=list)
    over: str = ""
    """The day of withdrawal."""

    def made(self) -> Paper | None:
        """The version being made."""
        return next((paper for paper in self.papers if paper.stage in MADE), None)

    def issued(self) -> list[Paper]:
        """All that was ever issued."""
        return [paper for paper in self.papers if paper.first]

    def valid(self, day: str) -> Paper | None:
        """The version in force on a day: the last that has begun, until the document is withdrawn."""
        begun = [paper for paper in self.issued() if paper.first <= day]
        return None if not begun or (self.over and self.over <= day) else begun[-1]

    def state(self, paper: Paper, day: str) -> str:
        """The state of a version on a day from today on."""
        if paper.gone or paper.kept or not paper.first:
            return "disposed" if paper.gone else "retained" if paper.kept else paper.stage
        if paper is self.valid(day):
            return "in_force"
        followed = any(paper.first < other.first <= day for other in self.issued())
        ended_first = not self.over or any(paper.first < other.first < self.over for other in self.issued())
        if followed and ended_first:
            return "superseded"
        return "withdrawn" if self.over and self.over <= day else "pending"


class Walk(RuleBasedStateMachine):
    """Any action at any time: the table takes it where the model allows it, and refuses it elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.data = b""
        self.life = Life(CODE)
        self.day = START
        self.minute = 0
        self.number = 0
        self.past: dict[str, dict[str, str]] = {}
        self.submitted: dict[str, str] = {}

    @property
    def today(self) -> str:
        return self.day.isoformat()

    def act(self, allowed: bool, action: str, version: str, **more: Any) -> bool:
        """Try an action; whether it was taken, which it is where the model allows it."""
        self.minute += 1
        fields = line(action, version, self.today, self.minute, **more)
        try:
            after(self.life, Event("", (), fields, 0))
        except RefusedError:
            assert not allowed, (fields, self.life)
        else:
            assert allowed, (fields, self.life)
            self.data = ledger.appended(self.data, CODE, fields)
            self.life = replay(ledger.read(self.data, CODE))
        return allowed

    @initialize(steps=st.lists(st.integers(0, 9), max_size=12))
    def begin(self, steps: list[int]) -> None:
        self.submit(digest=1)
        for days in steps:
            self.go_on(days)

    @rule(days=st.integers(0, 9))
    def go_on(self, days: int) -> None:
        """The step that leads on: a version is submitted, signed, issued, revised."""
        made, issued = self.model.made(), self.model.issued()
        if made is None:
            self.revise(again=False)
        elif made.stage == "draft":
            self.submit(digest=days)
        elif made.due():
            self.sign_all()
        else:
            behind = (datetime.date.fromisoformat(issued[-1].first) - self.day).days + 1 if issued else 0
            self.release(max(0, behind) + days)

    @rule(days=st.integers(0, 9))
    def go_on_and_wait(self, days: int) -> None:
        self.go_on(days)
        self.night_falls(days + 1)

    @rule(days=st.sampled_from([1, 1, 2, 7, 30]))
    def night_falls(self, days: int) -> None:
        self.past[self.today] = {one.version: self.life.state(one, self.today) for one in self.life.editions}
        self.day += datetime.timedelta(days=days)
        self.minute = 0

    def open_version(self) -> str:
        made = self.model.made()
        return made.version if made is not None else self.model.papers[-1].version

    @rule(again=st.booleans())
    def revise(self, again: bool) -> None:
        issued = self.model.issued()
        version = issued[0].version if again and issued else f"A/{len(issued)}"
        allowed = bool(issued) and not self.model.over and self.model.made() is None and version == f"A/{len(issued)}"
        rounds = max((paper.round for paper in self.model.papers if paper.version == version), default=0)
        if self.act(allowed, "revise", version):
            self.model.papers.append(Paper(version, round=rounds))

    @rule(digest=st.integers(1, 3))
    def submit(self, digest: int) -> None:
        self.number += 1
        made, issued = self.model.made(), self.model.issued()
        version = made.version if made is not None else "A/0"
        rounds = max((paper.round for paper in self.model.papers if paper.version == version), default=0)
        allowed = made.stage == "draft" if made is not None else not issued
        named = f"d{digest}.{self.number}"
        if self.act(allowed, "submit", version, digest=named, round=rounds + 1):
            if made is None:
                made = Paper(version)
                self.model.papers.append(made)
            made.stage, made.round, made.digest, made.given = "in_review", rounds + 1, named, []
            self.submitted[f"{version} {rounds + 1}"] = named

    @rule(step=st.sampled_from(STEPS), other_text=st.integers(0, 9))
    def sign(self, step: list[str], other_text: int) -> None:
        made = self.model.made()
        digest = "another" if other_text == 0 or made is None else made.digest
        allowed = made is not None and (step[0], step[1]) in made.due() and digest == made.digest
        if self.act(allowed, "sign", self.open_version(), meaning=step[0], role=step[1], digest=digest):
            assert made is not None
            made.given.append((step[0], step[1]))
            left = [(m, r) for m, r in STEPS if (m, r) not in made.given]
            made.stage = SIGNED_IN[left[0][0]] if left else "approved"

    def sign_all(self) -> None:
        while (made := self.model.made()) is not None and made.due():
            self.sign(list(made.due()[0]), 1)

    @rule()
    def reject(self) -> None:
        made = self.model.made()
        if self.act(made is not None and made.stage in MADE[1:], "reject", self.open_version()):
            assert made is not None
            made.stage, made.given = "draft", []

    @rule()
    def cancel(self) -> None:
        made = self.model.made()
        if self.act(made is not None and made.stage == "draft", "cancel", self.open_version()):
            assert made is not None
            made.stage = "cancelled"

    @rule()
    def synchronize(self) -> None:
        made = self.model.made()
        self.act(made is not None and made.stage == "draft", "synchronize", self.open_version(), twins={})

    @rule()
    def comment(self) -> None:
        made = self.model.made()
        if self.act(made is not None and made.stage in MADE[1:4], "comment", self.open_version()):
            assert made is not None
            made.notes.append(False)

    @rule(number=st.integers(0, 3))
    def resolve(self, number: int) -> None:
        made = self.model.made()
        there = made is not None and made.stage in MADE[:4] and 1 <= number <= len(made.notes)
        if self.act(there and not made.notes[number - 1], "resolve", self.open_version(), comment=number):
            made.notes[number - 1] = True

    @rule(days=st.integers(-2, 20))
    def release(self, days: int) -> None:
        made, issued = self.model.made(), self.model.issued()
        effective = (self.day + datetime.timedelta(days=days)).isoformat()
        in_order = days >= 0 and (not issued or effective > issued[-1].first)
        allowed = made is not None and made.stage == "approved" and in_order
        digest = made.digest if made is not None else "d"
        if self.act(allowed, "release", self.open_version(), effective=effective, digest=digest):
            assert made is not None
            made.stage, made.first = "issued", effective

    @rule(action=st.sampled_from(["confirm", "acknowledge", "copy"]), person=st.sampled_from(PEOPLE), old=st.booleans())
    def use(self, action: str, person: str, old: bool) -> None:
        issued = self.model.issued()
        paper = (issued[0] if old else issued[-1]) if issued else self.model.papers[-1]
        allowed = bool(issued) and paper is issued[-1] and not self.model.over
        if action == "copy":
            allowed = bool(issued) and self.model.state(paper, self.today) in ("pending", "in_force")
        number = max((number for one in self.model.papers for number in one.copies), default=0) + 1
        if self.act(allowed, action, paper.version, person=person, copy=number):
            if action == "acknowledge":
                paper.read_by.setdefault(person, self.life.events[-1].at)
            if action == "copy":
                paper.copies[number] = "in_use"

    @rule(action=st.sampled_from(["recall", "lose"]), which=st.integers(0, 5), number=st.integers(1, 3))
    def copy_ends(self, action: str, which: int, number: int) -> None:
        paper = self.model.papers[which % len(self.model.papers)]
        last = [one for one in self.model.papers if one.version == paper.version][-1]
        allowed = bool(last.first) and not last.gone and last.copies.get(number) == "in_use"
        if self.act(allowed, action, paper.version, copy=number):
            last.copies[number] = "returned" if action == "recall" else "lost"

    @rule()
    def copy_given_twice(self) -> None:
        numbers = [number for paper in self.model.papers for number in paper.copies]
        if numbers:
            self.act(False, "copy", self.model.issued()[-1].version, copy=numbers[0])

    @rule()
    def withdraw(self) -> None:
        issued = self.model.issued()
        allowed = bool(issued) and not self.model.over and self.model.made() is None
        if self.act(allowed, "withdraw", (issued or self.model.papers)[-1].version):
            self.model.over = self.today

    @rule(action=st.sampled_from(["retain", "dispose"]), which=st.integers(0, 5))
    def archive(self, action: str, which: int) -> None:
        paper = self.model.papers[which % len(self.model.papers)]
        last = [one for one in self.model.papers if one.version == paper.version][-1]
        state = self.model.state(last, self.today)
        allowed = state in ("superseded", "withdrawn") if action == "retain" else state == "retained"
        if self.act(allowed, action, paper.version):
            last.kept, last.gone = True, action == "dispose"

    @rule(action=st.sampled_from(["approve", "", "delete"]))
    def invent(self, action: str) -> None:
        self.act(False, action, self.open_version())

    @invariant()
    def versions_stand_as_the_model_says(self) -> None:
        assert [one.version for one in self.life.editions] == [one.version for one in self.model.papers]
        assert self.life.overtaken == ()
        for edition, paper in zip(self.life.editions, self.model.papers, strict=True):
            for days in (0, 1, 5, 40):
                day = (self.day + datetime.timedelta(days=days)).isoformat()
                assert self.life.state(edition, day) == self.model.state(paper, day), (edition, day)
            self.agree(edition, paper)

    def agree(self, edition: Edition, paper: Paper) -> None:
        assert (edition.round, edition.digest) == (paper.round, paper.digest)
        assert [(one["meaning"], one["role"]) for one in edition.signatures] == paper.given
        answered = {number for number, done in enumerate(paper.notes, 1) if done}
        open_ = {comment.number for comment in open_comments(edition)}
        assert open_ == set(range(1, len(paper.notes) + 1)) - answered
        assert dict(edition.acknowledged) == paper.read_by
        assert {number: copy.state for number, copy in edition.copies.items()} == paper.copies

    @invariant()
    def one_is_in_force_and_there_is_no_gap(self) -> None:
        firsts = [paper.first for paper in self.model.issued()]
        days = {*firsts, self.model.over, self.today, *self.past} - {""}
        days |= {(datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat() for day in days}
        for day in sorted(days):
            valid, expected = self.life.in_force(day), self.model.valid(day)
            assert (valid.version if valid else "") == (expected.version if expected else "")
            called = [one.version for one in self.life.editions if self.life.state(one, day) == "in_force"]
            assert called == ([valid.version] if valid is not None else [])
            inside = bool(firsts) and min(firsts) <= day and not (self.model.over and self.model.over <= day)
            assert (valid is not None) == inside

    @invariant()
    def what_was_is_told_as_it_was(self) -> None:
        book = ledger.read(self.data, CODE)
        assert book.faults == ()
        for day, states in list(self.past.items())[-2:]:
            then = replay(book, day)
            assert {one.version: then.state(one, day) for one in then.editions} == states
            now, was = self.life.in_force(day), then.in_force(day)
            assert (now.version if now else "") == (was.version if was else "")

    @invariant()
    def what_was_submitted_is_never_another(self) -> None:
        rounds = {f"{e['version']} {e['round']}": e["digest"] for e in self.life.events if e.action == "submit"}
        assert rounds == self.submitted

    def teardown(self) -> None:
        for edition in self.life.editions:
            assert all(event["digest"] == edition.digest for event in edition.signatures)


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=70, stateful_step_count=40)


SIGN = [("sign", {"meaning": meaning, "role": role}) for meaning, role in STEPS]
ISSUED = [("submit", {}), *SIGN, ("release", {"effective": "2026-03-09"})]
WAYS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "nothing": [],
    "draft": [("submit", {}), ("reject", {})],
    "in_review": [("submit", {})],
    "in_countersign": [("submit", {}), *SIGN[:1]],
    "in_approval": [("submit", {}), *SIGN[:3]],
    "approved": [("submit", {}), *SIGN],
    "pending": ISSUED,
    "in_force": [*ISSUED, ("night", {"days": 10})],
    "superseded": [
        *ISSUED, ("revise", {"version": "A/1"}), *[(name, {**more, "version": "A/1"}) for name, more in ISSUED[:-1]],
        ("release", {"version": "A/1", "effective": "2026-03-12"}), ("night", {"days": 12}),
    ],
    "withdrawn": [*ISSUED, ("withdraw", {})],
    "retained": [*ISSUED, ("withdraw", {}), ("retain", {})],
    "disposed": [*ISSUED, ("withdraw", {}), ("retain", {}), ("dispose", {})],
    "cancelled": [("submit", {}), ("reject", {}), ("cancel", {})],
}  # fmt: skip
"""What leads a version `A/0` to each state; before the first step there is nothing."""
SIGNING = ("in_review", "in_countersign", "in_approval")
POSSIBLE: dict[str, tuple[str, ...]] = {
    "revise": ("pending", "in_force", "superseded"),
    "submit": ("nothing", "draft", "cancelled"),
    "synchronize": ("draft",),
    "comment": SIGNING,
    "resolve": (),
    "sign": SIGNING,
    "reject": (*SIGNING, "approved"),
    "cancel": ("draft",),
    "release": ("approved",),
    "confirm": ("pending", "in_force"),
    "withdraw": ("pending", "in_force"),
    "acknowledge": ("pending", "in_force"),
    "copy": ("pending", "in_force"),
    "recall": (),
    "lose": (),
    "retain": ("superseded", "withdrawn"),
    "dispose": ("retained",),
}
"""The states of A/0 in which each action is possible, as doc_control.md tells them: a revision opens another version,
and to resolve a comment or to take a copy back there has to be one."""


def led(state: str) -> tuple[Life, str]:
    """A life whose version A/0 is in a state, and the day."""
    life, day, minute = Life(CODE), START, 0
    for action, more in WAYS[state]:
        if action == "night":
            day += datetime.timedelta(days=more["days"])
            continue
        minute += 1
        fields = line(action, **{"version": "A/0", "day": day.isoformat(), "minute": minute, **more})
        life = after(life, Event(str(minute), (), fields, minute))
    return life, day.isoformat()


@pytest.mark.parametrize("state", WAYS)
def test_what_the_table_does_not_have_is_refused_in_every_state(state: str) -> None:
    life, day = led(state)
    if state != "nothing":
        assert life.state(life.editions[0], day) == state
    taken = []
    for action in BY_ACTION:
        signs = SIGN if action == "sign" else [(action, {})]
        more = {"revise": {"version": f"A/{len(life.issued)}"}, "submit": {"round": 2 if life.editions else 1}}
        for _, which in signs:
            fields = line(action, **{"version": "A/0", "day": day, "minute": 60, **more.get(action, {}), **which})
            try:
                after(life, Event("", (), fields, 0))
            except RefusedError:
                continue
            taken.append(action)
            break
    assert taken == [action for action in BY_ACTION if state in POSSIBLE[action]]
    assert set(POSSIBLE) == set(BY_ACTION)


def test_an_approved_version_does_not_end_the_one_before_it_until_its_day() -> None:
    life, _ = led("superseded")
    old, new = life.editions
    assert [life.state(old, day) for day in ("2026-03-08", "2026-03-09", "2026-03-11", "2026-03-12")] == [
        "pending", "in_force", "in_force", "superseded",
    ]  # fmt: skip
    assert [life.state(new, day) for day in ("2026-03-11", "2026-03-12")] == ["pending", "in_force"]
    assert [life.end(old), life.end(new)] == ["2026-03-12", ""]


def test_a_document_withdrawn_while_its_next_version_is_pending_is_at_an_end() -> None:
    steps = [*WAYS["superseded"][:-2], ("release", {"version": "A/1", "effective": "2026-03-20"})]
    life = Life(CODE)
    for minute, (action, more) in enumerate([*steps, ("withdraw", {"version": "A/1", "day": "2026-03-15"})]):
        fields = line(action, **{"version": "A/0", "day": "2026-03-02", "minute": minute, **more})
        life = after(life, Event("", (), fields, 0))
    old, new = life.editions
    days = ("2026-03-14", "2026-03-15", "2026-03-21")
    assert [life.state(old, day) for day in days] == ["in_force", "withdrawn", "withdrawn"]
    assert [life.state(new, day) for day in days] == ["pending", "withdrawn", "withdrawn"]
    found = [life.in_force(day) for day in days]
    assert found[0] is old and found[1:] == [None, None]


def test_two_versions_do_not_begin_on_one_day() -> None:
    steps = WAYS["superseded"][:-2]
    life = Life(CODE)
    for minute, (action, more) in enumerate(steps):
        fields = line(action, **{"version": "A/0", "day": "2026-03-02", "minute": minute, **more})
        life = after(life, Event("", (), fields, 0))
    for effective, fits in (("2026-03-08", False), ("2026-03-09", False), ("2026-03-10", True)):
        fields = line("release", "A/1", "2026-03-02", 40, effective=effective)
        if fits:
            assert after(life, Event("", (), fields, 0)).in_force(effective) is not None
        else:
            with pytest.raises(RefusedError):
                after(life, Event("", (), fields, 0))


@pytest.mark.parametrize(
    ("state", "action", "more"),
    [
        ("draft", "submit", {"round": 3}),
        ("draft", "submit", {"round": 2, "steps": []}),
        ("draft", "submit", {"round": 2, "steps": [["seen", "REV"]], "digest": ""}),
        ("draft", "submit", {"round": 2, "steps": 7}),
        ("in_review", "sign", {"meaning": "approved", "role": "APP"}),
        ("in_review", "sign", {"role": "APP"}),
        ("in_review", "sign", {"digest": "d2"}),
        ("in_review", "comment", {"text": None, "person": "ann", "version": "A/1"}),
        ("approved", "release", {"effective": "2026-03-01"}),
        ("approved", "release", {"effective": "20260309"}),
        ("approved", "release", {"effective": "2026-03-09", "next_review": "soon"}),
        ("approved", "release", {"digest": "d2"}),
        ("in_force", "withdraw", {"effective": "2026-03-01"}),
        ("in_force", "revise", {"version": "A/0"}),
        ("in_force", "revise", {"version": "A/1", "class": "first"}),
        ("in_force", "revise", {"version": "A/1", "reason": "why"}),
        ("in_force", "copy", {"copy": "one"}),
        ("in_force", "recall", {"copy": 4}),
        ("in_force", "publish", {}),
    ],
)
def test_a_line_that_no_guard_would_have_let_through_has_no_effect(
    state: str, action: str, more: dict[str, Any]
) -> None:
    life, day = led(state)
    with pytest.raises(RefusedError):
        after(life, Event("", (), line(action, **{"version": "A/0", "day": day, "minute": 60, **more}), 0))


def test_the_first_acknowledgement_counts() -> None:
    life, day = led("pending")
    for minute in (20, 40):
        life = after(life, Event("", (), line("acknowledge", "A/0", day, minute, person="bo"), 0))
    assert dict(life.editions[0].acknowledged) == {"bo": f"{day}T09:20:00+08:00"}


class Branch:
    """A copy of a ledger in which somebody goes on alone."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def tries(self, action: str, day: str, minute: int, **more: Any) -> None:
        """A step, where it is possible in this branch."""
        life = replay(ledger.read(self.data, CODE))
        version = f"A/{len(life.issued)}" if action in ("revise", "submit") else life.editions[-1].version
        if action in ("confirm", "withdraw", "copy", "acknowledge") and life.issued:
            version = life.issued[-1].version
        rounds = max((one.round for one in life.editions if one.version == version), default=0)
        fields = line(action, version, day, minute, **{"round": rounds + 1, **more})
        try:
            after(life, Event("", (), fields, 0))
        except RefusedError:
            return
        self.data = ledger.appended(self.data, CODE, fields)


def union(ours: bytes, theirs: bytes) -> bytes:
    """The lines of two files as a union merge leaves them: what both have, then ours, then theirs."""
    mine, other = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    return b"".join([*mine, *(line for line in other if line not in mine)])


STEP = st.one_of(
    st.tuples(st.just("sign"), st.sampled_from(STEPS)),
    st.tuples(st.sampled_from(["comment", "reject", "submit", "cancel", "revise", "withdraw", "release"]), st.none()),
    st.tuples(st.sampled_from(["acknowledge", "copy", "confirm"]), st.none()),
)


@settings(max_examples=80)
@given(st.sampled_from(sorted(set(WAYS) - {"nothing", "disposed", "retained"})), st.data())
def test_two_branches_become_one_life_whichever_is_merged_into_which(state: str, data: Any) -> None:
    base, day, minute = Branch(b""), START, 0
    for action, more in WAYS[state]:
        if action == "night":
            day += datetime.timedelta(days=more["days"])
            continue
        minute += 1
        fields = line(action, **{"version": "A/0", "day": day.isoformat(), "minute": minute, **more})
        base.data = ledger.appended(base.data, CODE, fields)
    branches = [Branch(base.data), Branch(base.data)]
    for person, branch in zip(("bo", "cy"), branches, strict=True):
        for action, step in data.draw(st.lists(STEP, min_size=1, max_size=4)):
            minute += data.draw(st.integers(0, 3))
            more = {"meaning": step[0], "role": step[1]} if step else {}
            effective = (day + datetime.timedelta(days=20)).isoformat()
            more |= {"effective": effective} if action == "release" else {}
            branch.tries(action, day.isoformat(), minute, person=person, **more)
    one, other = (union(a.data, b.data) for a, b in (branches, branches[::-1]))
    books = [ledger.read(merged, CODE) for merged in (one, other)]
    assert [book.faults for book in books] == [(), ()]
    lives = [replay(book) for book in books]
    hashes = [[event.hash for event in life.events] for life in lives]
    assert hashes[0] == hashes[1]
    assert {event.hash for branch in branches for event in ledger.read(branch.data, CODE).events} == set(hashes[0])
    assert [edition.stage for edition in lives[0].editions] == [edition.stage for edition in lives[1].editions]
    assert [event.hash for event in lives[0].overtaken] == [event.hash for event in lives[1].overtaken]
    assert forged(books[0]) == ()
    assert sum(edition.stage in MADE for edition in lives[0].editions) <= 1
    joined = ledger.read(ledger.appended(one, CODE, line("comment", "A/0", "2026-12-01")), CODE)
    assert joined.faults == () and set(joined.events[-1].prev) == set(books[0].heads)


def test_a_line_no_branch_explains_is_told_from_one_that_was_overtaken() -> None:
    base = Branch(b"")
    base.tries("submit", "2026-03-02", 1)
    ours, theirs = Branch(base.data), Branch(base.data)
    ours.tries("reject", "2026-03-02", 2, person="bo")
    theirs.tries("sign", "2026-03-02", 3, person="cy")
    merged = union(ours.data, theirs.data)
    book = ledger.read(ledger.appended(merged, CODE, line("submit", "A/0", "2026-03-02", 4, round=2)), CODE)
    life = replay(book)
    assert [event.action for event in life.overtaken] == ["sign"] and forged(book) == ()
    lines = ledger.appended(merged, CODE, line("release", "A/0", "2026-03-02", 5))
    book = ledger.read(lines, CODE)
    life = replay(book)
    assert [event.action for event in life.overtaken] == ["sign", "release"]
    assert [event.action for event in forged(book)] == ["release"]
