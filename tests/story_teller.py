"""Tells a story of controlled documents through the `docgen` program: steps are planned, then taken in order of time.

Every command runs as a person at a time of the story; texts of the content change when their step comes. Commands run
in this process: reading the content takes most of their time, and is done once for the same texts.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from docgen import messages
from docgen.cli import steps, work
from docgen.cli.control import program
from docgen.diagnostics import DocgenError
from docgen.model.workspace import Workspace
from tests.program import environment
from tests.story_texts import FILES, ROWS, texts

YEAR = 2026
OFFSET = "+08:00"


class StoryError(Exception):
    """A command of the story that the program refused."""


@dataclass(frozen=True)
class Pair:
    """A text in both languages."""

    zh: str
    en: str

    def options(self, name: str) -> tuple[str, ...]:
        """The options that give it: `--reason-zh … --reason-en …`."""
        return f"--{name}-zh", self.zh, f"--{name}-en", self.en


@dataclass(frozen=True)
class Act:
    """A planned command, or with no person the step whose texts come into the content."""

    when: str
    """`03-16 15:05`, local time in the year of the story."""
    person: str
    command: tuple[str, ...]


class Story:
    """The workspace of a story and what is still to happen in it."""

    def __init__(self, root: Path) -> None:
        """Take a workspace with today's content back to before the first step; raises TextGoneError."""
        self.root = root
        self._today = {file: (root / "content" / file).read_text("utf-8") for file in FILES}
        self._taken: list[str] = []
        self._planned: list[Act] = []
        self._busy: Counter[tuple[str, str]] = Counter()
        self._workspace: Workspace | None = None
        self._write()

    def plan(self, when: str, person: str, *command: str) -> None:
        """A command at a time."""
        self._planned.append(Act(when, person, command))

    def plan_day(self, day: str, person: str, *command: str) -> None:
        """A command on a day, after what the person has to do on that day already."""
        done = self._busy[day, person]
        self._busy[day, person] += 1
        minutes = 9 * 60 + 8 + sum(map(ord, person)) % 47 + done * 38 + done * done % 9
        minutes += 90 if minutes >= 12 * 60 else 0
        self.plan(f"{day} {minutes // 60:02}:{minutes % 60:02}", person, *command)

    def brings(self, when: str, step: str) -> None:
        """The texts of a step come into the content at a time."""
        self._planned.append(Act(when, "", (step,)))

    def tell(self) -> None:
        """Take everything that is planned, in order of time; raises StoryError with what the program says."""
        planned, self._planned = sorted(self._planned, key=lambda act: act.when), []
        for act in planned:
            if act.person:
                self._run(act.when, act.person, *act.command, "--as", act.person)
            else:
                self._taken += act.command
                self._write()

    def to_review(self, day: str, until: str) -> list[tuple[str, str]]:
        """Documents whose review comes due from a day until another, and the holder of the role that reviews each."""
        window = (datetime.date.fromisoformat(until) - datetime.date.fromisoformat(day)).days
        rows = self._due(day, window, "review")
        content = self._read(self.root, "demo").content
        holders = {str(role.id): str(role.holder) for role in content.client.roles}
        records = {str(code): record for code, record in content.documents.items()}
        return [(row["code"], holders[str(records[row["code"]].signers.reviewed)]) for row in rows]

    def readers(self, day: str, codes: Iterable[str] = ()) -> dict[str, list[str]]:
        """Who has not acknowledged what by a day: documents by person, all or some of them."""
        wanted, found = set(codes), defaultdict(list)
        for row in self._due(day, 400, "acknowledge"):
            if not wanted or row["code"] in wanted:
                for person in row["who"]:
                    found[person].append(row["code"])
        return dict(sorted(found.items()))

    def _due(self, day: str, within: int, kind: str) -> list[dict[str, Any]]:
        options = ("--as-of", day, "--within", str(within), "--json")
        rows = json.loads(self._run(f"{day[5:]} 08:00", "liang-shuning", "due", *options))
        return [row for row in rows if row["kind"] == kind]

    def _run(self, when: str, person: str, *command: str) -> str:
        account = person.replace("-", ".")
        now = f"{YEAR}-{when.replace(' ', 'T')}:{sum(map(ord, when + person)) % 60:02}{OFFSET}"
        surroundings = environment(DOCGEN_NOW=now, LOGNAME=account, USER=account)
        out = io.StringIO()
        with (
            mock.patch.dict(os.environ, surroundings, clear=True),
            mock.patch.object(steps, "workspace_of", self._read),
            contextlib.redirect_stdout(out),
        ):
            try:
                program.main([*command, "--root", str(self.root)], "docgen", standalone_mode=False)
            except DocgenError as error:
                told = [f"{one.span}: {one.code}: {messages.what(one, 'en')}" for one in error.diagnostics]
                raise StoryError("\n".join([f"{now} {' '.join(command)}", *told])) from error
        return out.getvalue()

    def _read(self, root: Path, client: str) -> Workspace:
        if self._workspace is None:
            self._workspace = work.workspace_of(root, client)
        return self._workspace

    def _write(self) -> None:
        self._workspace = None
        for file, today in self._today.items():
            (self.root / "content" / file).write_text(texts(ROWS, file, today, self._taken), "utf-8")


def spread(days: Sequence[str], number: int) -> str:
    """A time on one of the days, in working hours, another one for every number."""
    hour = 9 + number * 5 % 8
    return f"{days[number % len(days)]} {hour + (hour > 11):02}:{(number * 17 + 6) % 60:02}"
