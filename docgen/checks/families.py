"""The table of all rules, family by family, and choosing from it by code or the beginning of codes."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.checks import (
    assurance,
    contents,
    documents,
    evaluation,
    indicators,
    language,
    leadership,
    likeness,
    objectives,
    operation,
    plan,
    procedures,
    records,
    relations,
    residue,
    risks,
    roles,
    schedule,
    services,
    sets,
    standings,
    terms,
    waivers,
)
from docgen.checks.rule import Family
from docgen.diagnostics import Diagnostic, DocgenError, Span
from docgen.model.folders import nearest

FAMILIES: tuple[Family, ...] = (
    documents.FAMILY,
    standings.FAMILY,
    procedures.FAMILY,
    records.FAMILY,
    contents.FAMILY,
    language.FAMILY,
    terms.FAMILY,
    residue.FAMILY,
    likeness.FAMILY,
    objectives.FAMILY,
    indicators.FAMILY,
    risks.FAMILY,
    services.FAMILY,
    assurance.FAMILY,
    operation.FAMILY,
    roles.FAMILY,
    leadership.FAMILY,
    plan.FAMILY,
    relations.FAMILY,
    evaluation.FAMILY,
    schedule.FAMILY,
    sets.FAMILY,
    waivers.FAMILY,
)
"""All families in the order in which they are applied."""

UNUSED = "WV-02"
"""Code of the finding that a waiver covers nothing; it is found after all others."""

CODES: tuple[str, ...] = (*(rule.code for family in FAMILIES for rule in family.rules), UNUSED)
"""The codes of all rules."""


def chosen(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """The codes that are selected and not ignored; raises DocgenError for a beginning that no code has."""
    unknown = [name for name in (*select, *ignore) if not _begun(name)]
    if unknown:
        raise DocgenError([_unknown(name) for name in unknown])
    wanted = {code for name in select for code in _begun(name)} if select else set(CODES)
    return frozenset(wanted - {code for name in ignore for code in _begun(name)})


def _begun(name: str) -> list[str]:
    """The codes that begin with a name; a whole code with its variants (`SX-14`, `SX-14-overdue`)."""
    return [code for code in CODES if code.startswith(name.upper() if "-" not in name[3:] else name)]


def _unknown(name: str) -> Diagnostic:
    near = nearest(name.upper(), sorted({*CODES, *(code[:2] for code in CODES)})) or ", ".join(_prefixes())
    return Diagnostic("rule-unknown", Span("docgen check"), {"code": name, "near": near})


def _prefixes() -> list[str]:
    return list(dict.fromkeys(code[:2] for code in CODES))
