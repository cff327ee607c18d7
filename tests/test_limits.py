"""Mistakes that no committed case can hold: files beyond the limits, a language left out, an engine that fails."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from docgen import messages
from docgen.build import build
from docgen.diagnostics import DocgenError
from docgen.model.workspace import load
from docgen.order import Request
from docgen.source import MAX_BYTES
from tests.conftest import AS_OF, ROOT, silent
from tests.program import DAY, start


def client(folder: Path, **files: str) -> Path:
    """A client like the sample with files of its own; the root to load it from."""
    (folder / "odd").mkdir()
    for name, text in {"client": "", **files}.items():
        extends = "extends: demo\n" if name == "client" else ""
        (folder / "odd" / f"{name}.yaml").write_text(extends + text, "utf-8")
    return folder


def mistakes(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(DocgenError) as caught:
        load("odd", (folder, ROOT / "content"))
    return [(str(mistake.span).partition("/odd/")[2], mistake.code) for mistake in caught.value.diagnostics]


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path) -> None:
    found = mistakes(client(tmp_path, policy="#" * MAX_BYTES + "\nbroken: ["))
    assert found == [("policy.yaml:1:1", "file-too-large")]


def test_a_number_of_thousands_of_digits_is_refused(tmp_path: Path) -> None:
    found = mistakes(client(tmp_path, client=f"units: {{gmo: {{headcount: {'9' * 5000}}}}}\n"))
    assert found == [("client.yaml:2:26", "value-bad")]


def test_a_language_that_the_client_has_not_is_refused(tmp_path: Path) -> None:
    workspace = load("odd", (client(tmp_path, client="languages: [en]\ngoverning: en\n"), ROOT / "content"))
    with pytest.raises(DocgenError) as caught:
        build(workspace, tmp_path / "build", Request(AS_OF, None, ("zh",)), silent)
    (mistake,) = caught.value.diagnostics
    assert mistake.code == "language-unknown" and "`zh`" in messages.what(mistake, "en")
    assert not (tmp_path / "build").exists()


def running(process: int, name: str) -> list[int]:
    """The children of a process that run a program of that name."""
    found = []
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                if Path(f"/proc/{child}/comm").read_text().strip() == name:
                    found.append(int(child))
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds processes in /proc")
def test_an_engine_that_fails_is_told(project: Path) -> None:
    """As when the system runs out of memory and ends pandoc."""
    process = start(project, "build", "SMS-M-01", "SMS-PL-01", "--as-of", DAY)
    while process.poll() is None:
        for child in running(process.pid, "pandoc"):
            os.kill(child, signal.SIGKILL)
        time.sleep(0.001)
    out, err = process.communicate()
    assert (process.returncode, out) == (1, "") and "Traceback" not in err
    code = "engine-failed"
    assert f"error {code}: pandoc could not write the documents: ended with -9" in err
    assert list((project / "build" / "demo").iterdir()) == []
