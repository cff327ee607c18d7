"""A tiny client on top of the sample: two documents of a few words, and docgen's commands run on it in this process.

Reading the client's YAML and printing take most of a command's time; both are done once for the same content.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn
from unittest import mock

from docgen import build
from docgen.cli import control, library, steps
from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.diagnostics import Language
from docgen.library.desk import Printed
from docgen.library.shelf import Shelf
from docgen.library.verify import Verified
from docgen.model.workspace import Workspace, load
from tests.conftest import ROOT

CLIENT = "small"
ONE, TWO = "SMS-PR-81", "SMS-PR-82"
RECORD = """\
title: {{zh: 须知{number}, en: Notice {number}}}
kind: procedure
level: 2
template: notice
owner: CHM
clauses: [8.5.1.2]
signers: {{prepared: CHM, reviewed: SMO, approved: MR}}
distribution: [SMO, CHM]
review_cycle: 12 months
"""
FILES = {
    "client.yaml": "extends: demo\nbrand: {logo: brand/logo.svg}\n",
    "control.yaml": "keep_pdf: yes\n",
    "brand/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="9"><path d="M0 0h20v9z"/></svg>\n',
    "templates/zh/notice.md": "# 目的 {#purpose}\n\n值班员在两小时内答复。\n",
    "templates/en/notice.md": "# Purpose {#purpose}\n\nWhoever is on duty answers within two hours.\n",
    f"documents/{ONE}.yaml": RECORD.format(number=1),
    f"documents/{TWO}.yaml": RECORD.format(number=2),
}
CHANGED = {
    "templates/zh/notice.md": "# 目的 {#purpose}\n\n值班员在两小时内答复来电。\n",
    "templates/en/notice.md": "# Purpose {#purpose}\n\nWhoever is on duty answers calls within two hours.\n",
}
"""The texts of the second version."""
WHY = "Found in the internal audit of March"
PRINTED = ("--reason-zh", "内部审核发现期限不明", "--reason-en", "The audit found the period unclear")
OWNER, REVIEWER, APPROVER, KEEPER = (
    ("--as", person) for person in ("han-lixing", "cheng-yian", "shen-zhiqiu", "liang-shuning")
)

Command = tuple[str, tuple[str, ...]]
"""Local time, and what stands after `docgen`."""


def at(day: str, *arguments: str) -> Command:
    """A command at nine o'clock of a day."""
    return f"{day}T09:00:00+08:00", arguments


def first_issue(code: str) -> list[Command]:
    """From nothing to a version in force, after a round that was rejected."""
    return [
        at("2026-03-02", "submit", code, *OWNER, *PRINTED),
        at("2026-03-03", "comment", code, "From when on?", *REVIEWER, "--place", "1"),
        at("2026-03-04", "resolve", code, "1", "From the call on", *OWNER),
        at("2026-03-05", "reject", code, "--reason", WHY, *REVIEWER),
        at("2026-03-06", "submit", code, *OWNER, *PRINTED),
        at("2026-03-09", "sign", code, "--meaning", "reviewed", *REVIEWER),
        at("2026-03-10", "sign", code, "--meaning", "approved", *APPROVER),
        at("2026-03-11", "release", code, *KEEPER),
    ]


def in_use(code: str) -> list[Command]:
    """What happens to a version in force."""
    return [
        at("2026-03-19", "acknowledge", code, *OWNER),
        at("2026-03-20", "copies", "issue", code, "--to", "Night shift", *KEEPER, "--json"),
        at("2026-03-21", "copies", "issue", code, "--to", "Day shift", *KEEPER, "--json"),
        at("2026-03-22", "copies", "recall", code, "1", *KEEPER),
        at("2026-03-23", "copies", "lose", code, "2", "--reason", WHY, *KEEPER),
        at("2026-03-24", "confirm", code, "--reason", WHY, *APPROVER),
        at("2026-03-25", "revise", code, "--class", "minor", *PRINTED, *OWNER),
        at("2026-03-26", "cancel", code, "--reason", WHY, *OWNER),
    ]


def second_issue(code: str) -> list[Command]:
    """The next version, with the changed texts."""
    return [
        at("2026-04-01", "revise", code, "--class", "minor", *PRINTED, *OWNER),
        at("2026-04-02", "synchronize", code, *OWNER),
        at("2026-04-03", "submit", code, *OWNER),
        at("2026-04-07", "sign", code, "--meaning", "reviewed", *REVIEWER),
        at("2026-04-08", "sign", code, "--meaning", "approved", *APPROVER),
        at("2026-04-09", "release", code, *KEEPER),
    ]


def ending(code: str) -> list[Command]:
    """Disposal of the first version and withdrawal of the second."""
    return [
        at("2026-05-04", "retain", code, "A/0", "--reason", WHY, *KEEPER),
        at("2033-05-04", "dispose", code, "A/0", "--reason", WHY, "--second", "luo-qiming", *KEEPER),
        at("2033-05-05", "withdraw", code, "--reason", WHY, *APPROVER),
    ]


@cache
def _read(root: Path, files: tuple[tuple[str, bytes], ...]) -> Workspace:
    return load(CLIENT, (root / "content", ROOT / "content"))


_PRINTED: dict[str, Printed] = {}


def _printed(composer: Composer, compositions: Mapping[Language, Composition], staging: Path) -> Printed:
    """The real files of compositions, made once."""
    key = " ".join(one.digest() for one in compositions.values())
    if key not in _PRINTED:
        _PRINTED[key] = build.printed(composer, compositions, staging)
    return _PRINTED[key]


_FLUSHED = os.fsync


def _unflushed(descriptor: int) -> None:
    """What a process has written outlives it; only a power failure asks for more, and takes the disk's time."""


class Small:
    """The client in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "content" / CLIENT
        self.library = self.folder / "library"
        self.shelf = Shelf(self.folder)
        if not self.folder.exists():
            self.write(FILES)

    def write(self, files: Mapping[str, str]) -> None:
        """Put files of the client in place."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def contents(self) -> dict[str, bytes]:
        """The files of the library, without its lock."""
        return {name: data for name, data in held(self.library).items() if name != ".lock"}

    def reset(self, contents: Mapping[str, bytes]) -> None:
        """Make the library hold just these files."""
        now = held(self.library)
        for name in set(now) - set(contents):
            (self.library / name).unlink()
        for name, data in contents.items():
            if now.get(name) != data:
                path = self.library / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        for folder in sorted((path for path in self.library.rglob("*") if path.is_dir()), reverse=True):
            with contextlib.suppress(OSError):
                folder.rmdir()

    def do(self, *commands: Command) -> str:
        """Run commands; what they print. Raises DocgenError where one is refused."""
        out = io.StringIO()
        for moment, arguments in commands:
            with self._surroundings(moment), contextlib.redirect_stdout(out):
                control.program.main([*arguments, "--root", str(self.root)], "docgen", standalone_mode=False)
        return out.getvalue()

    @contextlib.contextmanager
    def _surroundings(self, moment: str) -> Iterator[None]:
        kept = tuple(sorted((n, d) for n, d in held(self.folder).items() if not n.startswith("library/")))
        with (
            mock.patch.dict(os.environ, DOCGEN_NOW=moment, DOCGEN_CLIENT=CLIENT, DOCGEN_LANG="en"),
            mock.patch.object(steps, "workspace_of", lambda root, client: _read(root, kept)),
            mock.patch.object(steps, "printed", _printed),
            mock.patch.object(os, "fsync", _unflushed if os.fsync is _FLUSHED else os.fsync),
        ):
            yield

    def killed(self, command: Command, moment: int) -> bool:
        """Run a command in a process that kills itself at its n-th touch of the disk; whether it came to that."""
        child = os.fork()
        if not child:
            _die_at(moment)
            self._end(command)
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL
            return True
        assert os.WEXITSTATUS(status) == 0
        return False

    def _end(self, command: Command) -> NoReturn:
        """Run a command and leave the process, whatever happens."""
        code = 1
        try:
            self.do(command)
            code = 0
        finally:
            os._exit(code)

    def verified(self) -> Verified:
        """The library looked through."""
        return library.verified(self.root, CLIENT, None)

    def faults(self) -> list[tuple[str, str]]:
        """Code and file of what is wrong with the library."""
        return [(fault.code, fault.span.file) for fault in self.verified().faults]


def held(folder: Path) -> dict[str, bytes]:
    """All files below a folder, by path."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


TOUCHES = frozenset({"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "fcntl.flock"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def on_touch(touched: Any) -> None:
    """From now on in this process, call a function before everything that changes the disk: folders made, files opened
    to write, each half of what is written, flushed, renamed, removed, locked. There is no way back."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in TOUCHES or (event == "open" and arguments[2] & _WRITING):
            touched(event)

    class Slow(io.FileIO):
        def write(self, data: Any) -> int:
            touched("write")
            super().write(data[: len(data) // 2])
            touched("write")
            super().write(data[len(data) // 2 :])
            return len(data)

    opened = Path.open

    def slow(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        return Slow(path, mode.replace("b", "")) if mode in ("wb", "ab", "xb") else opened(path, mode, *more, **named)

    def fsync(descriptor: int) -> None:
        touched("fsync")

    Path.open, os.fsync = slow, fsync  # type: ignore[method-assign]
    sys.addaudithook(hook)


def _die_at(moment: int) -> None:
    left = [moment]

    def touched(what: str) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    on_touch(touched)
