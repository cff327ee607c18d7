"""Other programs: found and started here and nowhere else."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


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
