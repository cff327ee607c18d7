"""Other programs, and processes of docgen itself that begin anew: started here and nowhere else."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import Any


@dataclass(frozen=True)
class Finished:
    """What a program left."""

    code: int
    """Its exit code; 0 means that it succeeded."""

    out: str
    """What it printed; bytes that are not UTF-8 are replaced."""

    err: str
    """What it complained of, without blanks around it."""


def program(name: str) -> Path | None:
    """Where the user's system has a program; None where it has not."""
    found = shutil.which(name)
    return Path(found) if found else None


def run(
    command: Sequence[str | Path],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    given: bytes = b"",
) -> Finished:
    """Run a program to its end with `given` as its input.

    `folder` is where it runs (the caller's where None), `environment` all that it sees of its surroundings (the
    caller's where None). Raises OSError where it cannot be started.
    """
    done = subprocess.run(command, cwd=folder, env=environment, input=given, capture_output=True, check=False)
    out, err = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    return Finished(done.returncode, out, err.strip())


def workers(count: int, begin: Callable[..., None], *arguments: Any) -> ProcessPoolExecutor:
    """Processes of docgen that each call `begin` first; engines with threads of their own may run in them.

    They hear no interruption, which the caller is told, and end with the process that began them, however it ends.
    """
    return ProcessPoolExecutor(count, get_context("spawn"), _begin, (begin, arguments))


def _begin(begin: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    gc.disable()  # As in the program itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    begin(*arguments)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
