"""Rules over a workspace and its compositions; they find, and never write."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from docgen.checks.crew import looked_at
from docgen.checks.families import CODES, FAMILIES, UNUSED, chosen
from docgen.checks.report import Report
from docgen.checks.rule import Case, Family, Rule
from docgen.checks.waivers import parted, unused
from docgen.compose.composer import Composer
from docgen.diagnostics import Diagnostic, DocgenError

__all__ = ["CODES", "Report", "check_all", "check_document", "chosen", "report"]


def report(composer: Composer, codes: Collection[str] = (), rules: Collection[str] = CODES, jobs: int = 1) -> Report:
    """What composing and the rules find in some documents, or in everything where none is named."""
    case = Case(composer, codes)
    others: list[Diagnostic] = []
    looked = looked_at(
        composer, case.codes, rules, _in_compositions, jobs, lambda: others.extend(_applied(case, rules, _OTHERS))
    )
    counting, waived = parted(case, [*others, *(() if looked.broken else looked.found)])
    if UNUSED in rules:
        counting += unused(case, waived, [code for code in rules if code != UNUSED])
    return Report(tuple(sorted([*looked.broken, *counting], key=Diagnostic.key)), tuple(waived))


def check_all(composer: Composer, codes: Collection[str] = ()) -> list[Diagnostic]:
    """Every mistake of templates, texts and rules that no waiver covers, by place."""
    return list(report(composer, codes).found)


def check_document(composer: Composer, code: str) -> list[Diagnostic]:
    """The same for one document alone: what would stand against its issue."""
    try:
        for language in composer.workspace.content.client.languages:
            composer.compose(code, language)
    except DocgenError as error:
        return list(error.diagnostics)
    case = Case(composer, (code,))
    counting, _ = parted(case, _applied(case, CODES, FAMILIES))
    return sorted(counting, key=Diagnostic.key)


_COMPOSITIONS = tuple(family for family in FAMILIES if family.looks_at == "compositions")
_OTHERS = tuple(family for family in FAMILIES if family.looks_at != "compositions")


def _in_compositions(composer: Composer, codes: Collection[str], rules: Collection[str]) -> list[Diagnostic]:
    return _applied(Case(composer, codes), rules, _COMPOSITIONS) if codes else []


def _applied(case: Case, rules: Collection[str], families: Iterable[Family]) -> list[Diagnostic]:
    """What the rules find, each by its own look; those on data are applied where everything is checked."""
    found: list[Diagnostic] = []
    for family in families:
        if case.whole or family.looks_at != "data":
            for rule in family.rules:
                if rule.code in rules:
                    found += _found(rule, case)
    return found


def _found(rule: Rule, case: Case) -> list[Diagnostic]:
    return [Diagnostic(rule.code, one.span, dict(one.values), rule.severity, one.where) for one in rule.find(case)]
