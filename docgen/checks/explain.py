"""What a rule is about: its title, basis, what is checked, how to mend what it finds, and an example."""

from __future__ import annotations

from docgen import messages
from docgen.checks.families import FAMILIES, UNUSED
from docgen.checks.rule import Rule
from docgen.diagnostics import Diagnostic, DocgenError, Language, Span
from docgen.findings import ELSEWHERE, FINDINGS
from docgen.model.folders import nearest

ELSEWHERE_FAMILY = "elsewhere"


def listed(language: Language) -> dict[str, list[dict[str, str]]]:
    """Code and title of every rule, by family; rules that are applied elsewhere come last."""
    rows: dict[str, list[dict[str, str]]] = {}
    for family in FAMILIES:
        codes = [rule.code for rule in family.rules]
        codes += [UNUSED] if family.name == "waivers" else []
        rows.setdefault(family.name, []).extend(_row(code, language) for code in codes)
    for found in rows.values():
        found.sort(key=lambda row: row["code"])
    return {**rows, ELSEWHERE_FAMILY: [_row(code, language) for code in ELSEWHERE]}


def described(code: str, language: Language) -> dict[str, str]:
    """All that is known of a rule, in a language; raises DocgenError for a code that no rule has."""
    known = {one.lower(): one for one in (*FINDINGS, *ELSEWHERE)}
    wanted = known.get(code.lower())
    if wanted is None:
        near = nearest(code.lower(), list(known))
        near = known[near] if near else "docgen explain"
        raise DocgenError([Diagnostic("rule-unknown", Span("docgen explain"), {"code": code, "near": near})])
    return _found(wanted, language) if wanted in FINDINGS else _applied(wanted, language)


def _row(code: str, language: Language) -> dict[str, str]:
    told = FINDINGS.get(code) or ELSEWHERE[code]
    return {"code": code, "title": told.title_zh if language == "zh" else told.title_en}


def _found(code: str, language: Language) -> dict[str, str]:
    told, rule, zh = FINDINGS[code], _rules().get(code), language == "zh"
    example = Diagnostic(code, Span("?"), dict(told.example))
    row = {**_row(code, language), "severity": rule.severity if rule else "warning"}
    return {
        **row,
        "basis": rule.basis if rule else "own",
        "checked": told.checked_zh if zh else told.checked_en,
        "mend": messages.mend(example, language),
        "example": messages.what(example, language),
    }


def _applied(code: str, language: Language) -> dict[str, str]:
    told = ELSEWHERE[code]
    row = {**_row(code, language), "applied": told.place, "checked": told.zh if language == "zh" else told.en}
    if code in messages.MESSAGES:
        message = messages.MESSAGES[code]
        row["mend"] = message.mend_zh if language == "zh" else message.mend_en
    return row


def _rules() -> dict[str, Rule]:
    return {rule.code: rule for family in FAMILIES for rule in family.rules}
