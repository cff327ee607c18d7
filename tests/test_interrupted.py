"""Builds that are killed, crowded or refused by the disk: no half file, no lost file, and the next build works."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from docgen.build import build
from docgen.diagnostics import DocgenError
from docgen.model.workspace import Workspace
from docgen.order import FORMATS, Request
from tests.conftest import AS_OF, WHOLE, Sample, silent
from tests.program import DAY, run, start
from tests.reading import contents

pytestmark = WHOLE
SMALL = "SMS-PR-20-F02"
CODES = (SMALL, "SMS-RG-18", "SMS-M-02")
FILES = {f"{lang}/{code}.{format_}" for lang in ("zh", "en") for code in CODES for format_ in FORMATS}
MOMENTS: dict[str, Callable[[Path], bool]] = {
    "begun": lambda folder: folder.exists(),
    "composed": lambda folder: any(folder.glob(".new-*/batch-*")),
    "pandoc has written": lambda folder: any(folder.glob(".new-*/batch-*/*.html")),
    "cached": lambda folder: any(folder.glob(".cache/??/*")),
    "first in place": lambda folder: any(folder.glob("zh/*")),
}


def wrong(sample: Sample, folder: Path) -> list[str]:
    """Visible files that are not, to the last byte, what the sample has under their name."""
    return [name for name, data in contents(folder).items() if (sample.folder / name).read_bytes() != data]


def end_group(leader: int) -> None:
    """End what a killed program started and left running: pandoc."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def clear(folder: Path) -> None:
    """Take away what was written aside, so that the next moment is told by what the next build writes."""
    while any(folder.glob(".new-*")):
        for left in folder.glob(".new-*"):
            shutil.rmtree(left, ignore_errors=True)


def test_a_killed_build_leaves_whole_files_only_and_the_next_one_works(sample: Sample, project: Path) -> None:
    folder = project / "build" / "demo"
    for moment in MOMENTS.values():
        process = start(project, "build", *CODES, "--as-of", DAY, "--jobs", "2")
        while process.poll() is None and not moment(folder):
            time.sleep(0.001)
        process.kill()
        process.communicate()  # Ends only when the processes that compose have ended too.
        end_group(process.pid)
        assert wrong(sample, folder) == []
        if moment is not MOMENTS["first in place"]:
            clear(folder)
    ended = run(project, "build", *CODES, "--as-of", DAY)
    assert ended.returncode == 0, ended.stderr
    assert set(contents(folder)) == FILES and wrong(sample, folder) == []
    assert {path.name for path in folder.iterdir()} == {"zh", "en", ".cache"}


def workers(of: int) -> list[int]:
    """The processes that a program has begun."""
    try:
        return [int(one) for one in Path(f"/proc/{of}/task/{of}/children").read_text().split()]
    except FileNotFoundError:
        return []


def runs(process: int) -> bool:
    """Whether a process is there and does not only wait for its end to be taken note of."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="children of a process are read from /proc")
def test_processes_that_print_end_with_the_build_that_began_them(project: Path) -> None:
    process = start(project, "build", "--lang", "zh", "--format", "html", "--as-of", DAY, "--jobs", "2")
    folder = project / "build" / "demo"
    while process.poll() is None and not any(folder.glob(".new-*/tmp*/tmp*/*.html")):
        time.sleep(0.001)
    begun = workers(process.pid)
    process.kill()
    process.communicate(timeout=30)  # Ends when they have ended too, for they hold its output open.
    ended = time.monotonic() + 10
    while any(map(runs, begun)) and time.monotonic() < ended:
        time.sleep(0.01)
    assert len(begun) >= 2 and list(filter(runs, begun)) == []


@pytest.mark.parametrize("moment", ["begun", "composed", "pandoc has written"])
def test_an_interrupted_build_says_so_and_leaves_nothing(project: Path, moment: str) -> None:
    """Control-C reaches the program and all that it started."""
    folder = project / "build" / "demo"
    process = start(project, "build", *CODES, "--as-of", DAY, "--jobs", "2")
    while process.poll() is None and not MOMENTS[moment](folder):
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err.strip()) == (130, "", "Interrupted; nothing was replaced.")
    assert contents(folder) == {} and list(folder.rglob("SMS-*")) == []


def test_two_builds_at_a_time_both_end_well(sample: Sample, project: Path) -> None:
    both = [start(project, "build", *codes, "--as-of", DAY) for codes in (CODES[:2], CODES[::2])]
    ended = [(process.communicate(), process.returncode) for process in both]
    assert [code for _, code in ended] == [0, 0], ended
    folder = project / "build" / "demo"
    assert set(contents(folder)) == FILES and wrong(sample, folder) == []
    assert [path.name for path in folder.iterdir() if path.name.startswith(".new")] == []


@pytest.mark.parametrize("blocked", ["demo/zh", "demo/en", "demo/en/SMS-PR-20-F02.html/x", "demo/.cache", "demo"])
def test_a_place_that_cannot_be_written_is_named_and_nothing_replaced(
    demo: Workspace, tmp_path: Path, blocked: str
) -> None:
    place = tmp_path / blocked
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("in the way")
    with pytest.raises(DocgenError) as caught:
        build(demo, tmp_path / "demo", Request(AS_OF, (SMALL,)), silent)
    assert [mistake.code for mistake in caught.value.diagnostics] == ["disk"]
    assert caught.value.diagnostics[0].values["path"] in str(place)
    assert place.read_text() == "in the way"
    assert [path for path in tmp_path.rglob("*SMS*") if path.is_file()] == []


@pytest.mark.parametrize("kilobytes", [8, 200])
def test_a_full_disk_is_told_and_leaves_nothing(project: Path, kilobytes: int) -> None:
    """The system refuses to write more into one file: the Word shell's brand, a composition."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, before[1]))
    try:
        ended = run(project, "build", SMALL, "SMS-M-01", "--as-of", DAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "error disk: " in ended.stderr and "Traceback" not in ended.stderr
    assert list((project / "build" / "demo").iterdir()) == []
