"""A report as one page for a browser, which needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from docgen import messages
from docgen.checks.families import FAMILIES
from docgen.checks.report import Report
from docgen.diagnostics import Diagnostic, Language
from docgen.findings import FINDINGS
from docgen.frames import frame

_TAGS = {"zh": "zh-CN", "en": "en"}


@dataclass(frozen=True)
class Line:
    """A finding in words."""

    code: str
    severity: str
    title: str
    basis: str
    place: str
    what: str
    mend: str
    waiver: str = ""
    """Reason, role and end of the waiver that covers it."""


def page(report: Report, language: Language, words: Mapping[str, str], heading: str) -> str:
    """The report in a language; `words` are the fixed words of the page, `heading` names client and day."""
    groups: dict[str, list[Line]] = {}
    for diagnostic in report.found:
        groups.setdefault(diagnostic.span.file, []).append(_line(diagnostic, language))
    return frame("docgen.checks", "findings.html").render(
        language=_TAGS[language],
        words=words,
        heading=heading,
        counts=report.counts,
        groups=groups,
        waived=list(_waived(report, language)),
    )


def _line(diagnostic: Diagnostic, language: Language, waiver: str = "") -> Line:
    told = FINDINGS.get(diagnostic.code)
    title = "" if told is None else told.title_zh if language == "zh" else told.title_en
    what, mend = messages.what(diagnostic, language), messages.mend(diagnostic, language)
    span = f"{diagnostic.span.line}:{diagnostic.span.column}" if not waiver else str(diagnostic.span)
    basis = _bases().get(diagnostic.code, "")
    return Line(diagnostic.code, diagnostic.severity, title, basis, span, what, mend, waiver)


def _waived(report: Report, language: Language) -> Iterator[Line]:
    for one in report.waived:
        waiver = one.waiver
        yield _line(one.diagnostic, language, f"{one.reason(language)} ({waiver.by}, {waiver.until})")


@cache
def _bases() -> Mapping[str, str]:
    """The clause behind each rule; none for a rule of the house."""
    return {rule.code: rule.basis for family in FAMILIES for rule in family.rules if rule.basis != "own"}
