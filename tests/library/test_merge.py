"""Two people work on one document in two branches of git: the merge goes through, and everybody reads one story."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen.library import ledger
from docgen.library.branches import forged
from docgen.library.lifecycle import Life, open_comments, replay
from docgen.library.shelf import LEDGER
from tests.library.office import OTHER, PLAN, REASON, WHY, Office

Work = Callable[[Office], None]


class Repository:
    """An office under version control."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.git("init", "-q", "-b", "main")
        self.commit("begin")

    def git(self, *arguments: str) -> str:
        """What git prints; an AssertionError where it fails."""
        settings = ["-c", "user.name=Office", "-c", "user.email=office@example.org", "-c", "commit.gpgsign=false"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        ended = subprocess.run(
            ["git", *settings, *arguments],
            cwd=self.office.root,
            env={**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
            capture_output=True,
            text=True,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def commit(self, message: str) -> None:
        """All files of the office as a commit."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def branch(self, name: str, work: Work, start: str = "main") -> None:
        """Somebody's work on a branch of their own, step by step a commit each."""
        self.git("checkout", "-q", "-b", name, start)
        work(self.office)
        self.commit(name)

    def merged(self, into: str, *others: str) -> ledger.Ledger:
        """A new branch in which the others are merged into one."""
        name = f"{into}-with-{'-'.join(others)}"
        self.git("checkout", "-q", "-b", name, into)
        for other in others:
            self.git("merge", "-q", "--no-edit", other)
        return self.office.shelf.ledger(PLAN)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with a plan in force and a major revision of it that two roles have to countersign."""
    office = Office(tmp_path_factory.mktemp("merge") / "office")
    office.issued()
    office.to("2026-03-10")
    office.revised("major")
    office.say(
        "本计划说明值班与交接办法，另见{doc:SMS-PL-92}。", "This plan tells of duty and hand-over; see {doc:SMS-PL-92}."
    )
    office.submitted()
    office.step("bo", "sign", meaning="reviewed")
    return office


@pytest.fixture
def repository(begun: Office, tmp_path: Path) -> Repository:
    """A repository of that office."""
    return Repository(begun.copy(tmp_path / "office"))


def hashes(life: Life) -> list[str]:
    """The events as they are read."""
    return [event.hash for event in life.events]


def errors(office: Office) -> list[str]:
    """What verification finds wrong."""
    return [fault.code for fault in office.verified().faults if fault.severity == "error"]


def told(life: Life) -> list[tuple[str, str]]:
    """Who did what, in the order of reading."""
    return [(event["person"], event.action) for event in life.events]


def both(repository: Repository, ours: Work, theirs: Work) -> Life:
    """The life after two people's work, merged either way; nothing of what they wrote is lost."""
    repository.branch("ours", ours)
    one = {event.hash for event in repository.office.shelf.ledger(PLAN).events}
    repository.branch("theirs", theirs)
    other = {event.hash for event in repository.office.shelf.ledger(PLAN).events}
    lives = []
    for into, what in (("ours", "theirs"), ("theirs", "ours")):
        book = repository.merged(into, what)
        lives.append(replay(book))
        assert {event.hash for event in book.events} == one | other
        assert errors(repository.office) == [] and forged(book) == ()
    assert hashes(lives[0]) == hashes(lives[1])
    assert lives[0].editions == lives[1].editions and lives[0].overtaken == lives[1].overtaken
    return lives[0]


def at(moment: str, person: str, action: str, **fields: Any) -> Work:
    """A step at a time of the eleventh of March."""

    def work(office: Office) -> None:
        hour, minute = map(int, moment.split(":"))
        office.to("2026-03-11")
        office.at = office.at.replace(hour=hour, minute=minute)
        office.step(person, action, **fields)

    return work


def test_a_comment_here_and_a_countersignature_there_both_count(repository: Repository) -> None:
    life = both(
        repository,
        at("10:00", "cy", "comment", text="Say who answers at night."),
        at("11:00", "hal", "sign", meaning="countersigned"),
    )
    assert life.overtaken == () and life.open is not None
    assert life.open.open_steps() == (("countersigned", "ONE"), ("approved", "APP"))
    assert [comment.text for comment in open_comments(life.open)] == ["Say who answers at night."]


def test_the_next_step_joins_what_was_merged(repository: Repository) -> None:
    both(
        repository,
        at("10:00", "cy", "sign", meaning="countersigned"),
        at("11:00", "hal", "sign", meaning="countersigned"),
    )
    office = repository.office
    before = office.shelf.ledger(PLAN)
    assert len(before.heads) == 2
    office.to("2026-03-12")
    event = office.step("di", "sign", meaning="approved")
    after = office.shelf.ledger(PLAN)
    assert set(event.prev) == set(before.heads) and after.heads == (event.hash,)
    assert office.last().stage == "approved" and errors(office) == []
    office.step("gus", "release")
    assert office.last().stage == "issued" and errors(office) == []


def test_readers_acknowledge_in_two_branches(repository: Repository) -> None:
    life = both(repository, at("10:00", "ann", "acknowledge"), at("10:00", "ivy", "acknowledge"))
    assert set(life.editions[0].acknowledged) == {"ann", "ivy"} and life.overtaken == ()


def test_the_same_reader_in_both_branches_counts_once_and_first(repository: Repository) -> None:
    life = both(repository, at("12:00", "ann", "acknowledge"), at("10:00", "ann", "acknowledge"))
    assert dict(life.editions[0].acknowledged) == {"ann": "2026-03-11T10:01:00+08:00"}


def test_a_signature_after_a_rejection_is_overtaken_and_told(repository: Repository) -> None:
    life = both(
        repository,
        at("10:00", "di", "reject", reason=WHY),
        at("11:00", "cy", "sign", meaning="countersigned"),
    )
    assert [(event["person"], event.action) for event in life.overtaken] == [("cy", "sign")]
    assert told(life)[-2:] == [("di", "reject"), ("cy", "sign")]
    assert life.open is not None and (life.open.stage, life.open.signatures) == ("draft", ())
    office = repository.office
    found = office.verified().faults
    assert [(one.code, one.severity) for one in found] == [("step-overtaken", "warning")]
    assert found[0].span.line == office.life().overtaken[0].line
    office.to("2026-03-12")
    office.submitted()
    assert office.last().open_steps()[0] == ("reviewed", "REV")
    assert [one.code for one in office.verified().faults] == ["step-overtaken"]


def test_a_signature_before_the_rejection_ends_with_its_round(repository: Repository) -> None:
    life = both(
        repository,
        at("11:00", "di", "reject", reason=WHY),
        at("10:00", "cy", "sign", meaning="countersigned"),
    )
    assert life.overtaken == () and life.open is not None
    assert (life.open.stage, life.open.signatures) == ("draft", ())


def test_one_of_two_rejections_counts(repository: Repository) -> None:
    life = both(repository, at("10:00", "di", "reject", reason=WHY), at("10:30", "bo", "reject", reason=WHY))
    assert [event["person"] for event in life.overtaken] == ["bo"]


def test_one_copy_number_is_given_once(repository: Repository) -> None:
    at("09:00", "di", "reject", reason=WHY)(repository.office)
    repository.office.step("ann", "cancel", reason=WHY)
    repository.commit("no revision")
    life = both(
        repository,
        at("10:00", "gus", "copy", holder="Night desk", medium="paper"),
        at("11:00", "gus", "copy", holder="Day desk", medium="paper"),
    )
    assert [event["holder"] for event in life.overtaken] == ["Day desk"]
    assert [copy.holder for copy in life.editions[0].copies.values()] == ["Night desk"]
    assert repository.office.step("gus", "copy", holder="Day desk", medium="paper")["copy"] == 2


@pytest.mark.parametrize(("revised", "withdrawn", "stage"), [("10:00", "11:00", "draft"), ("11:00", "10:00", "")])
def test_a_document_is_withdrawn_or_revised_whichever_came_first(
    repository: Repository, revised: str, withdrawn: str, stage: str
) -> None:
    at("09:00", "di", "reject", reason=WHY)(repository.office)
    repository.office.step("ann", "cancel", reason=WHY)
    repository.commit("no revision")
    life = both(
        repository,
        at(revised, "ann", "revise", **{"class": "minor", "reason": REASON}),
        at(withdrawn, "di", "withdraw", reason=WHY),
    )
    assert len(life.overtaken) == 1
    assert (life.open.stage if life.open else "") == stage
    assert (life.in_force("2026-03-12") is None) == (stage == "")


def test_three_branches_in_any_order_and_one_merge_of_merges(repository: Repository) -> None:
    repository.branch("one", at("10:00", "cy", "sign", meaning="countersigned"))
    repository.branch("two", at("10:20", "hal", "comment", text="Say who answers at night."))
    repository.branch("three", at("10:10", "ivy", "acknowledge"))
    books = [
        repository.merged("one", "two", "three"),
        repository.merged("three", "two", "one"),
        repository.merged("two", "one", "three"),
    ]
    read = [hashes(replay(book)) for book in books]
    assert read[0] == read[1] == read[2]
    assert [event.action for event in books[0].events][-3:] == ["sign", "acknowledge", "comment"]
    assert len(books[0].heads) == 3 and errors(repository.office) == []


def test_branches_that_merged_each_other_and_went_on_merge_again(repository: Repository) -> None:
    repository.branch("one", at("10:00", "cy", "comment", text="Say who answers at night."))
    repository.branch("two", at("10:20", "hal", "comment", text="Say who answers at noon."))
    for into, other, moment, number in (("one", "two", "11:00", 1), ("two", "one", "11:30", 2)):
        repository.merged(into, other)
        at(moment, "ann", "resolve", comment=number, text="It is the shift on duty.")(repository.office)
        repository.commit("answer")
    book = repository.merged("one-with-two", "two-with-one")
    life = replay(book)
    assert book.faults == () and errors(repository.office) == []
    assert told(life)[-4:] == [("cy", "comment"), ("hal", "comment"), ("ann", "resolve"), ("ann", "resolve")]
    assert life.open is not None and list(open_comments(life.open)) == []


def test_a_branch_is_put_on_top_of_another(repository: Repository) -> None:
    def two_steps(office: Office) -> None:
        at("10:00", "cy", "comment", text="Say who answers at night.")(office)
        repository.commit("first step")
        office.step("hal", "comment", text="Say who answers at noon.")

    repository.branch("one", two_steps)
    repository.branch("two", at("09:30", "ivy", "acknowledge"))
    repository.git("checkout", "-q", "one")
    repository.git("rebase", "-q", "two")
    book = repository.office.shelf.ledger(PLAN)
    assert [event.action for event in book.events][-3:] == ["acknowledge", "comment", "comment"]
    assert errors(repository.office) == []


def test_steps_on_two_documents_do_not_touch(repository: Repository) -> None:
    repository.branch("one", at("10:00", "ann", "submit", code=OTHER, reason=REASON))
    repository.branch("two", at("10:20", "ivy", "acknowledge"))
    assert len(repository.merged("one", "two").heads) == 1
    assert len(repository.office.life(OTHER).events) == 1 and errors(repository.office) == []


def inserted(office: Office, place: int, **fields: Any) -> None:
    """Write a line with a right hash into a ledger, behind so many others, and make the end fit it."""
    path = office.shelf.folder / PLAN / LEDGER
    lines = [line for line in path.read_bytes().splitlines(keepends=True) if line.startswith(b'{"hash"')]
    before = json.loads(lines[place - 1])
    said = {"version": before["version"], "person": before["person"], "at": before["at"], **fields}
    made = ledger.line_of(said, [before["hash"]])
    heads = {json.loads(line)["hash"] for line in [*lines, made]}
    heads -= {hash_ for line in [*lines, made] for hash_ in json.loads(line)["prev"]}
    path.write_bytes(ledger.sealed([*lines[:place], made, *lines[place:]], sorted(heads)))


RELEASE = {"effective": "2026-03-20", "next_review": "2027-03-20", "acknowledge_by": "2026-03-19", "digest": "d"}


@pytest.mark.parametrize(
    ("place", "fields"),
    [
        (6, {"action": "release", **RELEASE}),
        (7, {"action": "release", **RELEASE}),
        (7, {"action": "sign", "meaning": "approved", "role": "APP", "digest": "d"}),
        (6, {"action": "sign", "meaning": "reviewed", "role": "REV", "digest": "another text's"}),
        (7, {"action": "cancel"}),
        (7, {"action": "retain", "version": "A/0"}),
        (7, {"action": "withdraw", "version": "A/0", "effective": "2026-03-11"}),
        (3, {"action": "release", **RELEASE}),
        (2, {"action": "dispose"}),
        (7, {"action": "approve"}),
    ],
)
def test_a_line_with_a_right_hash_where_it_was_not_possible_is_found(
    begun: Office, tmp_path: Path, place: int, fields: dict[str, Any]
) -> None:
    office = begun.copy(tmp_path / "office")
    before = office.life()
    inserted(office, place, **fields)
    assert office.shelf.ledger(PLAN).faults == ()
    found = office.verified().faults
    assert [(one.code, one.severity, one.span.line) for one in found] == [("step-forged", "error", place + 1)]
    assert [edition.stage for edition in office.life().editions] == [edition.stage for edition in before.editions]


def test_a_line_whose_clock_ran_back_is_found_but_not_another_branch_or_zone(begun: Office, tmp_path: Path) -> None:
    repository = Repository(begun.copy(tmp_path / "office"))
    repository.branch("ours", at("12:00", "ann", "acknowledge"))
    repository.branch("theirs", at("10:00", "ivy", "acknowledge"))
    repository.merged("ours", "theirs")
    office = repository.office
    assert office.verified().faults == ()
    path = office.shelf.folder / PLAN / LEDGER
    data = path.read_bytes()
    said = {"action": "acknowledge", "version": "A/0", "person": "ann"}
    path.write_bytes(ledger.appended(data, PLAN, {**said, "at": "2026-03-11T08:01:00+04:00"}))
    assert office.verified().faults == ()
    path.write_bytes(ledger.appended(data, PLAN, {**said, "at": "2026-03-11T12:00:59+08:00"}))
    assert [(one.code, one.span.line) for one in office.verified().faults] == [("clock-ran-back", 10)]


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "release", **RELEASE},
        {
            "action": "cancel",
            "at": "2026-03-11T11:30:00+08:00",
        },  # Possible after the rejection, which it does not follow.
    ],
)
def test_a_forged_line_is_found_beside_one_that_was_overtaken(repository: Repository, fields: dict[str, Any]) -> None:
    both(
        repository,
        at("10:00", "di", "reject", reason=WHY),
        at("11:00", "cy", "sign", meaning="countersigned"),
    )
    office = repository.office
    office.to("2026-03-12")
    office.submitted()
    inserted(office, 7, **fields)
    found = {(one.code, one.severity) for one in office.verified().faults}
    assert {("step-forged", "error"), ("step-overtaken", "warning")} <= found
