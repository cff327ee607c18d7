"""Waivers: findings that somebody entitled has accepted for a time, and rules on the waivers themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.diagnostics import Diagnostic, Language
from docgen.model.waivers import Waiver


@dataclass(frozen=True)
class Waived:
    """A finding and the waiver that covers it."""

    diagnostic: Diagnostic
    waiver: Waiver

    def reason(self, language: Language) -> str:
        """Why the finding is accepted; in the client's language where it is not given in the one asked for."""
        told = self.waiver.reason
        first, second = (told.zh, told.en) if language == "zh" else (told.en, told.zh)
        return str(first if first is not None else second)


def parted(case: Case, diagnostics: Sequence[Diagnostic]) -> tuple[list[Diagnostic], list[Waived]]:
    """Findings that count, and those that a waiver covers today."""
    waivers = {(str(one.code), str(one.where)): one for one in _valid(case)}
    counting, waived = [], []
    for diagnostic in diagnostics:
        waiver = waivers.get((diagnostic.code, diagnostic.where))
        if waiver is None:
            counting.append(diagnostic)
        else:
            waived.append(Waived(diagnostic, waiver))
    return counting, waived


def unused(case: Case, waived: Sequence[Waived], codes: Sequence[str]) -> Iterator[Diagnostic]:
    """WV-02: every waiver whose rule was applied covers something."""
    used = {(str(one.waiver.code), str(one.waiver.where)) for one in waived}
    for waiver in _valid(case) if case.whole else ():
        if str(waiver.code) in codes and (str(waiver.code), str(waiver.where)) not in used:
            values = {"code": str(waiver.code), "where": str(waiver.where)}
            yield Diagnostic("WV-02", waiver.code.span, values, "warning", str(waiver.where))


def not_expired(case: Case) -> Iterator[Found]:
    """WV-01: no waiver has run out."""
    for waiver in case.content.waivers.waivers:
        if case.past(waiver.until):
            yield found(waiver.code.span, waiver.where, code=waiver.code, place=waiver.where, date=waiver.until)


def _valid(case: Case) -> Iterator[Waiver]:
    return (waiver for waiver in case.content.waivers.waivers if not case.past(waiver.until))


FAMILY = Family("waivers", "data", (Rule("WV-01", "warning", "own", not_expired),))
"""Rules on waivers; that one is unused is seen when all rules have been applied."""
