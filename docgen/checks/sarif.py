"""A report in SARIF 2.1.0, the form in which editors and build servers take findings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from docgen import __version__, messages
from docgen.checks.families import FAMILIES
from docgen.checks.report import Report
from docgen.checks.waivers import Waived
from docgen.diagnostics import Diagnostic, Language
from docgen.findings import FINDINGS

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_TAGS = {"zh": "zh-CN", "en": "en-US"}


def sarif(report: Report, language: Language) -> dict[str, Any]:
    """The report as a SARIF log with one run; waived findings are suppressed results."""
    diagnostics = [*report.found, *(one.diagnostic for one in report.waived)]
    codes = sorted({one.code for one in diagnostics})
    index = {code: number for number, code in enumerate(codes)}
    results = [_result(one, index, language) for one in report.found]
    results += [{**_result(one.diagnostic, index, language), **_suppressed(one, language)} for one in report.waived]
    driver = {"name": "docgen", "version": __version__, "rules": [_rule(code, language) for code in codes]}
    run = {
        "tool": {"driver": driver},
        "language": _TAGS[language],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, language: Language) -> dict[str, Any]:
    """A rule as SARIF describes it; a mistake that stops composing has only its sentence and mend."""
    zh = language == "zh"
    message, told = messages.MESSAGES[code], FINDINGS.get(code)
    made: dict[str, Any] = {"id": code, "help": {"text": message.mend_zh if zh else message.mend_en}}
    if told is None:
        return {**made, "shortDescription": {"text": message.zh if zh else message.en}}
    made["shortDescription"] = {"text": told.title_zh if zh else told.title_en}
    made["fullDescription"] = {"text": told.checked_zh if zh else told.checked_en}
    for family in FAMILIES:
        for rule in family.rules:
            if rule.code == code:
                made["defaultConfiguration"] = {"level": _LEVELS[rule.severity]}
                made["properties"] = {"family": family.name, "basis": rule.basis}
    return made


def _result(diagnostic: Diagnostic, index: dict[str, int], language: Language) -> dict[str, Any]:
    region = {"startLine": diagnostic.span.line, "startColumn": diagnostic.span.column}
    place = {"artifactLocation": {"uri": quote(diagnostic.span.file)}, "region": region}
    location: dict[str, Any] = {"physicalLocation": place}
    if diagnostic.where:
        location["logicalLocations"] = [{"name": diagnostic.where}]
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": index[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _text(diagnostic, language)},
        "locations": [location],
        "partialFingerprints": {"finding/v1": "/".join(_identity(diagnostic))},
    }


def _text(diagnostic: Diagnostic, language: Language) -> str:
    """What is wrong and how to mend it, in one paragraph."""
    what, mend = messages.what(diagnostic, language), messages.mend(diagnostic, language)
    return f"{what}。{mend}。" if language == "zh" else f"{what}. Mend: {mend}."


def _identity(diagnostic: Diagnostic) -> Iterable[str]:
    """What a finding is recognized by when lines move."""
    return diagnostic.code, diagnostic.span.file, *(value for _, value in sorted(diagnostic.values.items()))


def _suppressed(waived: Waived, language: Language) -> dict[str, Any]:
    told = {"kind": "external", "status": "accepted", "justification": waived.reason(language)}
    return {"suppressions": [told]}
