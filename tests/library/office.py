"""A tiny client with two plans of a page each, its library, and steps taken in it as the commands take them.

Printing is dear and not what these tests look at: the files of a release are a few bytes that name its composition.
"""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from docgen.build import composer_of
from docgen.checks import check_document
from docgen.compose.composition import Composition
from docgen.diagnostics import Diagnostic, DocgenError, Language
from docgen.library.desk import Actor, Desk, Printed
from docgen.library.frozen import frozen
from docgen.library.keys import read_trusted
from docgen.library.ledger import Event
from docgen.library.lifecycle import Edition, Life
from docgen.library.shelf import Shelf
from docgen.library.steps import proposed, take
from docgen.library.verify import Holdings, Verified, verify
from docgen.model.workspace import Workspace, load
from docgen.order import Request
from tests.conftest import ROOT

PLAN, OTHER = "SMS-PL-91", "SMS-PL-92"
"""The first refers to the second."""
REASON = {"zh": "按审核意见补充值班要求", "en": "Duty hours added after the internal audit"}
WHY = "The internal audit asked for it in March"
PEOPLE = {
    "ann": ("安然", "An Ran", ""),
    "bo": ("薄雨", "Bo Yu", ""),
    "cy": ("岑岩", "Cen Yan", ""),
    "di": ("狄安", "Di An", ""),
    "eve": ("叶薇", "Ye Wei", ", until: 2026-03-31"),
    "fay": ("费扬", "Fei Yang", ", since: 2026-06-01"),
    "gus": ("顾思", "Gu Si", ""),
    "hal": ("韩路", "Han Lu", ""),
    "ivy": ("易微", "Yi Wei", ""),
}
ROLES = {
    "OWN": "holder: ann",
    "REV": "holder: bo, since: 2026-01-01, former: [{person: ivy, first: 2020-01-01, last: 2025-12-31}]",
    "ONE": "holder: cy",
    "TWO": "holder: hal",
    "APP": "holder: di",
    "KEEP": "holder: gus",
    "READ": "holder: ivy",
}
SIGNERS = "{prepared: OWN, reviewed: REV, countersigned: [ONE, TWO], approved: APP}"
CONTROL = """
notation: letter
max_revisions: 9
distinct_signers: true
effective_after: 5 workdays
translation_within: 10 workdays
translation_pending: no
remind_before: 30 d
keep_pdf: no
controller: KEEP
recall_within: 5 workdays
acknowledge_within: 5 workdays
delegations:
  - id: D-91
    role: APP
    to: hal
    first: 2026-03-10
    last: 2026-03-20
    reason: {zh: 休假期间由他人代签, en: Stands in during leave}
retention: {superseded: {period: 6 years}}
"""
RECORD = """
title: {zh: ZH, en: EN}
kind: plan
level: 2
template: PAGE
owner: OWN
clauses: [6.3]
signers: SIGNERS
distribution: [READ, OWN]
review_cycle: 12 months
"""
PAGES = {
    "zh": "# 目的 {#purpose}\n\n本计划说明值班办法，另见{doc:SMS-PL-92}。\n\n"
    "# 时限 {#limits}\n\n值班员应在{param:office.reply}内答复来电。\n\n# 人员 {#people}\n\n{person:hal}负责排班。\n",
    "en": "# Purpose {#purpose}\n\nThis plan tells how duty is kept; see {doc:SMS-PL-92}.\n\n"
    "# Time limits {#limits}\n\nWhoever is on duty shall answer calls within {param:office.reply}.\n\n"
    "# People {#people}\n\n{person:hal} makes the roster.\n",
}
LEAF = {
    "zh": "# 目的 {#purpose}\n\n本计划列出值班室。\n",
    "en": "# Purpose {#purpose}\n\nThis plan lists the duty rooms.\n",
}


def people(names: Mapping[str, tuple[str, str, str]]) -> str:
    """The client's file, with these people and the roles."""
    lines = [
        f"  - {{id: {key}, name: {{zh: {zh}, en: {en}}}, post: {{zh: 职员, en: Clerk}}, unit: gmo{more}}}"
        for key, (zh, en, more) in names.items()
    ]
    roles = [
        f"  - {{id: {key}, name: {{zh: {key}岗, en: Role {key}}}, duties: {{zh: 值班。, en: Duty.}}, {more}}}"
        for key, more in ROLES.items()
    ]
    return "\n".join(["extends: demo", "people:", *lines, "roles:", *roles, ""])


FILES = {
    "client.yaml": people(PEOPLE),
    "control.yaml": CONTROL,
    "parameters.yaml": "office.reply: 15 min\n",
    f"documents/{PLAN}.yaml": RECORD.replace("ZH", "值班计划").replace("EN", "Duty plan").replace("PAGE", "page"),
    f"documents/{OTHER}.yaml": RECORD.replace("ZH", "值班室").replace("EN", "Duty rooms").replace("PAGE", "leaf"),
    **{f"templates/{language}/page.md": text for language, text in PAGES.items()},
    **{f"templates/{language}/leaf.md": text for language, text in LEAF.items()},
}


def stamped(compositions: Mapping[Language, Composition]) -> Printed:
    """What stands for the files of a release."""
    files = {f"{language}/pdf": frozen(one)[:40] for language, one in compositions.items()}
    return Printed(files, {language: f"shell {language}".encode() for language in compositions}, "p", {"engine": "1"})


_READ: dict[tuple[str, ...], Workspace] = {}


class Office:
    """The tiny client in a folder, and the clock on its wall."""

    def __init__(self, root: Path, at: str = "2026-03-02T09:00:00+08:00") -> None:
        self.root = root
        self.at = datetime.datetime.fromisoformat(at)
        self.folder = root / "tiny"
        self.shelf = Shelf(self.folder)
        self._space: Workspace | None = None
        if not self.folder.exists():
            for name, text in FILES.items():
                self.write(name, text.replace("SIGNERS", SIGNERS))

    def copy(self, root: Path) -> Office:
        """The same client and clock in another folder."""
        shutil.copytree(self.root, root)
        return Office(root, self.at.isoformat())

    def write(self, name: str, text: str) -> None:
        """Put a file of the client in place."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        self._space = None

    def change(self, name: str, before: str, after: str) -> None:
        """Replace a text in a file of the client."""
        text = (self.folder / name).read_text("utf-8")
        assert before in text
        self.write(name, text.replace(before, after))

    def say(self, zh: str, en: str) -> None:
        """Change the first section of the plan in both languages."""
        for language, text in (("zh", zh), ("en", en)):
            lines = (self.folder / f"templates/{language}/page.md").read_text("utf-8").split("\n")
            self.write(f"templates/{language}/page.md", "\n".join([*lines[:2], text, *lines[3:]]))

    @property
    def space(self) -> Workspace:
        """The client as its files say now; read once for all offices that say the same."""
        if self._space is None:
            said = tuple(path.read_text("utf-8") for path in sorted(self.folder.glob("**/*.yaml")))
            if said not in _READ:
                _READ[said] = load("tiny", (self.root, ROOT / "content"))
            self._space = replace(_READ[said], folders=(self.folder, *_READ[said].folders[1:]))
        return self._space

    def to(self, day: str) -> None:
        """Move the clock to nine o'clock of a day."""
        self.at = datetime.datetime.fromisoformat(f"{day}T09:00:00+08:00")

    def later(self, days: int) -> None:
        """Move the clock on."""
        self.at += datetime.timedelta(days=days)

    @property
    def day(self) -> str:
        """The date on the wall."""
        return self.at.date().isoformat()

    def desk(self, person: str) -> Desk:
        """The desk of somebody now."""
        request = Request(self.at.date())
        composer, _ = composer_of(self.space, request)
        actor = Actor(person, "account", self.at.isoformat(timespec="seconds"))
        lives = self.shelf.lives()
        return Desk(self.space, composer, self.shelf, lives, actor, partial(check_document, composer), stamped)

    def step(self, person: str, action: str, /, *, code: str = PLAN, version: str = "", **fields: Any) -> Event:
        """A step taken, a minute after the last one; raises DocgenError."""
        self.at += datetime.timedelta(minutes=1)
        with self.shelf.alone():
            (event,) = take([proposed(self.desk(person), action, code, version, **fields)])
        return event

    def refused(self, person: str, action: str, /, *, code: str = PLAN, version: str = "", **fields: Any) -> Diagnostic:
        """What alone stands against a step; nothing of the library is touched."""
        before = self.contents()
        try:
            self.step(person, action, code=code, version=version, **fields)
        except DocgenError as error:
            assert self.contents() == before
            (found,) = error.diagnostics
            return found
        raise AssertionError(f"{action} was taken")

    def contents(self) -> dict[str, bytes]:
        """All files of the library."""
        found = sorted(path for path in self.shelf.folder.rglob("*") if path.is_file() and path.name != ".lock")
        return {path.relative_to(self.shelf.folder).as_posix(): path.read_bytes() for path in found}

    def life(self, code: str = PLAN) -> Life:
        """What has happened to a document."""
        return self.shelf.life(code)

    def last(self, code: str = PLAN) -> Edition:
        """Its last version."""
        return self.life(code).editions[-1]

    def verified(self) -> Verified:
        """The library looked through."""
        names = frozenset(self.contents())
        return verify(Holdings(names, self.shelf.read, self.shelf.shown, False), read_trusted(self.folder / "keys"), 1)

    def submitted(self, code: str = PLAN) -> None:
        """Hand a first draft in."""
        self.step("ann", "submit", code=code, reason=REASON)

    def signed(self, code: str = PLAN) -> None:
        """Give every signature that is still due."""
        who = {"REV": "bo", "ONE": "cy", "TWO": "hal", "APP": "di"}
        for meaning, role in self.last(code).open_steps():
            self.step(who[role], "sign", code=code, meaning=meaning)

    def issued(self, code: str = PLAN, **fields: Any) -> None:
        """Take a first draft all the way to its release."""
        self.submitted(code)
        self.signed(code)
        self.step("gus", "release", code=code, **fields)

    def revised(self, kind: str = "minor", code: str = PLAN, **fields: Any) -> None:
        """Open the next version."""
        self.step("ann", "revise", code=code, **{"class": kind, "reason": REASON, **fields})
