"""The docgen program run as a user runs it: a process in a folder, with a language."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DAY = "2026-11-25"


def environment(**more: str) -> dict[str, str]:
    """The surroundings of a process: English unless told otherwise, nothing of the tester's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DOCGEN_", "LC_", "LANG"))}
    return {**kept, "DOCGEN_LANG": "en", "PYTHONUTF8": "1", **more}


def start(root: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """`docgen <arguments>`, started in `root` as a process group; `more` goes into the environment."""
    command = [sys.executable, "-m", "docgen", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command,
        cwd=root,
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        stdout=pipe,
        stderr=pipe,
        text=True,
        start_new_session=True,
    )


def run(root: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """`docgen <arguments>`, run to its end."""
    process = start(root, *arguments, **more)
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
