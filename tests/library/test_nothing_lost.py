"""Steps that are killed, crowded, refused by the disk or by the clock: the library is before or after each of them."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from docgen import files, messages
from docgen.diagnostics import DocgenError
from docgen.library import ledger
from tests.library.small import (
    CHANGED,
    CLIENT,
    ONE,
    OWNER,
    PRINTED,
    REVIEWER,
    TWO,
    Command,
    Small,
    at,
    ending,
    first_issue,
    held,
    in_use,
    on_touch,
    second_issue,
)
from tests.program import run, start

LEDGER = f"{ONE}/ledger.jsonl"
STORY = [*first_issue(ONE), *in_use(ONE), *second_issue(ONE), *ending(ONE)]
REFUSED = {"step-refused", "signature-not-due", "comment-unknown", "copy-unknown"}
"""What stands against a step that was taken already."""
COMMENT = at("2026-03-03", "comment", ONE, "From when on?", *REVIEWER)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """The client before anything has happened."""
    return Small(tmp_path)


@pytest.fixture
def submitted(small: Small) -> Small:
    """The client with a document in review."""
    small.do(*first_issue(ONE)[:1])
    return small


def name_of(command: Command) -> str:
    """The action of a command."""
    return " ".join(command[1][: 2 if command[1][0] == "copies" else 1])


def mistakes(run_: Callable[[], Any]) -> list[str]:
    """The codes of what a command is refused for; each has a sentence and a mend in both languages."""
    with pytest.raises(DocgenError) as caught:
        run_()
    for one in caught.value.diagnostics:
        assert all(messages.what(one, language) and messages.mend(one, language) for language in ("en", "zh"))
    return [one.code for one in caught.value.diagnostics]


def check_between(small: Small, before: dict[str, bytes], after: dict[str, bytes]) -> bool:
    """That the library is as it was before a step, or after it, and whether after; what was left behind is no harm."""
    now = small.contents()
    taken = now.get(LEDGER) != before.get(LEDGER)
    expected = after if taken else before
    assert {name: now.get(name) for name in expected} == expected
    left = {
        name: data for name, data in now.items() if name not in expected and not name.startswith((".new-", ".old-"))
    }
    assert all(after.get(name) == data for name, data in left.items())
    assert {(fault.code, fault.severity) for fault in small.verified().faults} <= {("file-stray", "warning")}
    return taken


def check_again(small: Small, command: Command, after: dict[str, bytes], *, taken: bool) -> None:
    """That the same command works now and leaves nothing else, or is refused since it was taken."""
    if not taken:
        small.do(command)
        assert small.contents() == after
        return
    try:
        small.do(command)
    except DocgenError as error:
        assert {one.code for one in error.diagnostics} & REFUSED
        return
    assert not [name for name in small.contents() if name.startswith((".new-", ".old-"))]
    assert len(small.shelf.ledger(ONE).events) == after[LEDGER].count(b"\n")
    assert small.faults() == []


def test_a_step_killed_at_any_moment_was_taken_or_was_not(small: Small) -> None:
    """Every command that writes, killed before its touches of the disk and in the middle of its writes."""
    seen: set[str] = set()
    kills = 0
    for number, command in enumerate(STORY):
        if number == len(first_issue(ONE)) + len(in_use(ONE)):
            small.write(CHANGED)
        before = small.contents()
        small.do(command)
        after = small.contents()
        if name_of(command) not in seen or number == 4:
            stride = 1 if name_of(command) in ("submit", "sign", "release") else 2
            moment, outcomes = 1 + number % stride, set()
            small.reset(before)
            while small.killed(command, moment):
                taken = check_between(small, before, after)
                if taken or set(small.contents()) - set(before) or kills % 4 == 0:
                    check_again(small, command, after, taken=taken)
                outcomes.add(taken)
                small.reset(before)
                moment, kills = moment + stride, kills + 1
            assert outcomes == {False, True}, command
            assert small.contents() == after
        seen.add(name_of(command))
    assert len(seen) == 17 and kills > 300


def test_the_program_killed_at_many_moments(small: Small) -> None:
    """The real program, ended from outside anywhere between its first line and its last."""
    command = first_issue(ONE)[0]
    small.do(first_issue(TWO)[0])
    before = small.contents()
    small.do(command)
    after = small.contents()
    small.reset(before)
    outcomes: set[bool] = set()
    for moment in range(16):
        process = start(small.root, *command[1], DOCGEN_NOW=command[0], DOCGEN_CLIENT=CLIENT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.25 + 0.045 * moment)
        process.kill()
        process.communicate()
        taken = check_between(small, before, after)
        check_again(small, command, after, taken=taken)
        outcomes.add(taken)
        small.reset(before)
    ended = run(small.root, *command[1], DOCGEN_NOW=command[0], DOCGEN_CLIENT=CLIENT)
    assert ended.returncode == 0 and small.contents() == after and False in outcomes


FULL = frozenset({"open", "os.mkdir", "write", "fsync"})
"""What a full disk refuses."""


def refused_by_system(small: Small, command: Command, moment: int, number: int, what: frozenset[str]) -> str:
    """Run a command in a process whose system refuses, from the n-th touch on, what is told; how it ended."""
    child = os.fork()
    if not child:
        left = [moment]

        def touched(event: str) -> None:
            left[0] -= 1
            if left[0] <= 0 and (not what or event in what):
                left[0] = 0
                raise OSError(number, os.strerror(number))

        code = 9
        on_touch(touched)
        with suppress(BaseException):
            code = 0
            try:
                small.do(command)
            except DocgenError as error:
                code = 3 if {one.code for one in error.diagnostics} == {"disk"} else 4
            except BaseException:
                code = 5
        os._exit(code if left[0] <= 0 else code + 1)
    return {0: "taken", 1: "done", 3: "refused"}.get(os.WEXITSTATUS(os.waitpid(child, 0)[1]), "broken")


REFUSALS = {
    "full": (errno.ENOSPC, FULL),
    "read-only": (errno.EROFS, frozenset[str]()),
    "no-access": (errno.EACCES, frozenset({"os.rename"})),
    "no-locks": (errno.ENOLCK, frozenset({"fcntl.flock"})),
}


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("step", [0, 5, 7], ids=["submit", "sign", "release"])
def test_what_the_system_refuses_is_told_and_changes_nothing(small: Small, step: int, refusal: str) -> None:
    """Only what the system does not let docgen take back stays, until the next step."""
    small.do(*first_issue(ONE)[:step])
    command = first_issue(ONE)[step]
    before = small.contents()
    small.do(command)
    after = small.contents()
    small.reset(before)
    moment, outcomes = 1, set()
    while (ended := refused_by_system(small, command, moment, *REFUSALS[refusal])) != "done":
        taken = check_between(small, before, after)
        assert ended == ("taken" if taken else "refused"), moment
        if refusal != "read-only" and not taken:
            assert {name for name in small.contents() if not name.startswith((".new-", ".old-"))} == set(before)
        check_again(small, command, after, taken=taken)
        outcomes.add(ended)
        small.reset(before)
        moment += 5
    assert "refused" in outcomes


def test_a_full_disk_is_told_by_the_program(submitted: Small) -> None:
    before = submitted.contents()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        ended = run(submitted.root, *COMMENT[1], DOCGEN_NOW=COMMENT[0], DOCGEN_CLIENT=CLIENT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert ended.returncode == 1 and "error disk: " in ended.stderr and "Traceback" not in ended.stderr
    assert submitted.contents() == before


def test_commands_at_once_wait_for_each_other(small: Small) -> None:
    """Two of them may both happen, two only one after the other, and one is on another document."""
    small.do(*first_issue(ONE)[:1], *first_issue(TWO)[:1])
    sign = at("2026-03-04", "sign", ONE, "--meaning", "reviewed", *REVIEWER)[1]
    commands = [COMMENT[1], ("comment", TWO, "From when on?", *REVIEWER), sign, sign]
    given = {"DOCGEN_NOW": COMMENT[0], "DOCGEN_CLIENT": CLIENT}
    processes = [start(small.root, *command, **given) for command in commands]
    ended = [(process.communicate()[1], process.returncode) for process in processes]
    assert [code for _, code in ended[:2]] == [0, 0] or "step-refused" in ended[0][0], ended
    assert sorted(code for _, code in ended[2:]) in ([0, 1], [1, 1])
    assert not any("Traceback" in err for err, _ in ended)
    events = [event.action for code in (ONE, TWO) for event in small.shelf.ledger(code).events]
    assert len(events) == 2 + sum(code == 0 for _, code in ended)
    assert small.faults() == []


def test_a_command_that_waited_acts_when_its_turn_comes(submitted: Small) -> None:
    """What was done meanwhile does not lie in its future."""
    alone = submitted.shelf.alone
    moved = at("2026-03-04", *COMMENT[1])

    @contextmanager
    def waiting(shelf: Any) -> Iterator[None]:
        with mock.patch.object(type(submitted.shelf), "alone", lambda shelf: alone()):
            submitted.do(moved)
        os.environ["DOCGEN_NOW"] = at("2026-03-05")[0]
        with alone():
            yield

    with mock.patch.object(type(submitted.shelf), "alone", waiting):
        submitted.do(COMMENT)
    assert [event.day for event in submitted.shelf.ledger(ONE).events[1:]] == ["2026-03-04", "2026-03-05"]


def test_a_clock_set_back_is_told_and_nothing_written(submitted: Small) -> None:
    before = submitted.contents()
    for moment in ("2026-03-02T08:59:59+08:00", "2026-03-02T09:30:00+09:00", "2020-01-01T00:00:00+00:00"):
        assert "clock-behind" in mistakes(partial(submitted.do, (moment, COMMENT[1])))
    assert submitted.contents() == before
    submitted.do(("2026-03-02T02:00:00+01:00", COMMENT[1]))  # The very same moment elsewhere.


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "in the middle of a line": lambda data: data[: len(data) // 3],
    "at the end of a line": lambda data: data[: data.index(b"\n") + 1],
    "without the last line end": lambda data: data[:-1],
    "empty": lambda data: b"",
    "one line end": lambda data: b"\n",
    "another byte": lambda data: data.replace(b"han-lixing", b"han-lixinh"),
    "line ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "one line end of Windows": lambda data: data.replace(b"\n", b"\r\n", 1),
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "no UTF-8": lambda data: data.replace("文件".encode(), b"\xff\xfe\xfd"),
    "zeros": lambda data: data + bytes(4096),
    "a long line": lambda data: b"x" * (ledger.MAX_LINE + 1) + b"\n" + data,
    "a deep line": lambda data: b"[" * 100_000 + b"\n" + data,
    "a long number": lambda data: b'{"heads":' + b"9" * 5000 + b"}\n" + data,
    "another kind of seal": lambda data: data + b'{"heads":{"a":[]},"lines":"x"}\n',
    "heads that are no texts": lambda data: data + b'{"heads":[[],{},1e999],"lines":null}\n',
    "a merge left undone": lambda data: b"<<<<<<< HEAD\n" + data + b"=======\n>>>>>>> other\n",
    "a conflict of git": lambda data: data.replace(b"\n", b"\n=======\n"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_ledger_stops_every_command_and_is_left_alone(submitted: Small, damage: str) -> None:
    path = submitted.library / LEDGER
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    before = submitted.contents()
    for command in (COMMENT, at("2026-03-05", "history"), at("2026-03-05", "status"), at("2026-03-05", "due")):
        assert set(mistakes(partial(submitted.do, command))) <= {"ledger-damaged", "ledger-line-ends"}
    faults = submitted.verified().faults
    assert {fault.span.file for fault in faults if fault.severity == "error"} == {submitted.shelf.shown(LEDGER)}
    assert submitted.contents() == before


def test_the_program_tells_a_damaged_ledger_without_a_traceback(submitted: Small) -> None:
    path = submitted.library / LEDGER
    path.write_bytes(path.read_bytes()[:-30])
    for arguments in (COMMENT[1], ("verify",), ("verify", "--json")):
        ended = run(submitted.root, *arguments, DOCGEN_CLIENT=CLIENT)
        assert ended.returncode == 1 and "Traceback" not in ended.stderr
        assert f"content/small/library/{LEDGER}" in ended.stdout + ended.stderr


def test_a_ledger_that_cannot_be_read_is_told(submitted: Small) -> None:
    path = submitted.library / LEDGER
    path.unlink()
    path.mkdir()
    for command in (COMMENT, at("2026-03-05", "history"), at("2026-03-05", "status")):
        assert mistakes(partial(submitted.do, command)) == ["file-unreadable"]


def test_a_step_that_says_too_much_is_refused_before_it_spoils_the_ledger(submitted: Small) -> None:
    before = submitted.contents()
    for text in ("x" * ledger.MAX_LINE, "\x01" * (ledger.MAX_LINE // 6)):
        comment = at("2026-03-03", "comment", ONE, text, *REVIEWER)
        assert mistakes(partial(submitted.do, comment)) == ["line-too-long"]
    assert submitted.contents() == before


def test_text_that_is_no_text_does_not_break_the_program(submitted: Small) -> None:
    ended = run(submitted.root, "comment", ONE, os.fsdecode(b"caf\xe9"), *REVIEWER, DOCGEN_CLIENT=CLIENT)
    assert ended.returncode in (0, 1) and "Traceback" not in ended.stderr
    assert submitted.faults() == []


def test_git_leaves_the_bytes_as_they_are(small: Small, tmp_path: Path) -> None:
    small.do(*first_issue(ONE))
    windows = [
        "git",
        "-c",
        "core.autocrlf=true",
        "-c",
        "core.safecrlf=false",
        "-c",
        "user.name=n",
        "-c",
        "user.email=e",
    ]
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["commit", "-qm", "all"],
        ["clone", "-q", ".", str(tmp_path / "other")],
    ):
        subprocess.run([*windows, *arguments], cwd=small.root, check=True, capture_output=True)
    other = tmp_path / "other" / "content" / CLIENT / "library"
    assert held(other) == {name: data for name, data in held(small.library).items() if name != ".lock"}


def test_a_journal_that_was_tampered_with_removes_nothing_elsewhere(submitted: Small, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    left = submitted.library / ".new-left"
    left.mkdir()
    (left / "9").write_bytes(b"")
    names = '["9", "../../../precious", "' + str(precious) + '", 5, null, ["x"]]'
    (left / files.JOURNAL).write_text(names)
    submitted.do(COMMENT)
    assert precious.read_text() == "mine" and not left.exists()


def test_a_step_on_two_documents_killed_between_them_is_told_and_can_be_ended(small: Small) -> None:
    """Each document is before or after; what is left is done by naming it alone."""
    both = at("2026-03-02", "submit", ONE, TWO, *OWNER, *PRINTED)
    small.do(both)
    after = small.contents()
    small.reset({})
    states, moment = set(), 1
    while small.killed(both, moment):
        there = tuple(bool(small.shelf.ledger(code).events) for code in (ONE, TWO))
        assert {(fault.code, fault.severity) for fault in small.verified().faults} <= {("file-stray", "warning")}
        if there == (True, False):
            assert mistakes(partial(small.do, both)) == ["step-refused"]
            small.do(at("2026-03-02", "submit", TWO, *OWNER, *PRINTED))
            assert small.contents() == after
        states.add(there)
        small.reset({})
        moment += 4
    assert states == {(False, False), (True, False), (True, True)}
