"""Rules on policy and objectives: measurable, linked upward, planned, followed (clauses 5.2, 6.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.checks.indicators import met
from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.model.planning import Objective
from docgen.model.text import Text

_ABOVE = {"tactical": "strategic", "operational": "tactical"}
_BOAST = re.compile(
    r"领先水平|一流|业界领先|国内领先|行业领先|最佳水平|leading level|world[- ]class|best in class|industry[- ]leading",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d|\{(?:target|param|indicator):")
_BULLET = re.compile(r"^\s*(?:[-*]|\d+\.)\s", re.MULTILINE)
_BASES = 3


def objectives_linked(case: Case) -> Iterator[Found]:
    """SX-07: every objective below the strategic level serves one of the level above, and only of that level."""
    objectives = _objectives(case)
    for objective in objectives.values():
        wanted = {_ABOVE[objective.level]} if objective.level in _ABOVE else set()
        levels = {objectives[str(parent)].level for parent in objective.parents}
        if levels != wanted:
            above = "".join(wanted) or "—"
            yield found(objective.id.span, objective.id, objective=objective.id, above=above)


def links_explained(case: Case) -> Iterator[Found]:
    """OB-01: it is said how an objective serves those above."""
    for objective in _objectives(case).values():
        if objective.parents and objective.link is None:
            yield found(objective.id.span, objective.id, objective=objective.id)


def objectives_measured(case: Case) -> Iterator[Found]:
    """OB-02: every objective has an indicator."""
    for objective in _objectives(case).values():
        if not objective.indicators:
            yield found(objective.id.span, objective.id, objective=objective.id)


def every_level(case: Case) -> Iterator[Found]:
    """OB-03: there are objectives on every level."""
    data = case.content.objectives
    there = {objective.level for objective in data.objectives}
    for horizon in data.horizons:
        if data.objectives and horizon.id not in there:
            yield found(case.file("objectives"), "objectives", level=horizon.id)


def objectives_followed(case: Case) -> Iterator[Found]:
    """OB-04: a running objective has a measured value, once the client has any."""
    indicators = {str(one.id): one for one in case.content.indicators.indicators}
    if not any(one.actual is not None for one in indicators.values()):
        return
    for objective in _objectives(case).values():
        values = [indicators[str(name)].actual for name in objective.indicators]
        if objective.status == "running" and not any(value is not None for value in values):
            yield found(objective.id.span, objective.id, objective=objective.id)


def objectives_based(case: Case) -> Iterator[Found]:
    """OB-05: an objective names strategy, service requirements and management needs as its basis, or why one lacks."""
    for objective in _objectives(case).values():
        for language in case.content.client.languages:
            side = objective.basis.of(language)
            if len(_BULLET.findall(side)) < _BASES:
                yield found(side.span, objective.id, objective=objective.id, count=len(_BULLET.findall(side)))


def status_fits_value(case: Case) -> Iterator[Found]:
    """OB-06: an objective that counts as reached has indicators that reach their targets."""
    indicators = {str(one.id): one for one in case.content.indicators.indicators}
    for objective in _objectives(case).values():
        for name in objective.indicators if objective.status == "reached" else ():
            if met(indicators[str(name)]) is False:
                value = indicators[str(name)].actual
                yield found(objective.id.span, objective.id, objective=objective.id, indicator=name, value=value)


def principles_served(case: Case) -> Iterator[Found]:
    """OB-07: every principle of the policy is served by an objective."""
    served = {str(objective.principle) for objective in _objectives(case).values()}
    for principle in case.content.policy.principles if served else ():
        if str(principle.id) not in served:
            yield found(principle.id.span, principle.id, principle=principle.id)


def principles_realised(case: Case) -> Iterator[Found]:
    """OB-08: every principle of the policy is put to work by a document."""
    for principle in case.content.policy.principles:
        if not principle.realised_by:
            yield found(principle.id.span, principle.id, principle=principle.id)


def objectives_not_late(case: Case) -> Iterator[Found]:
    """SX-08: no objective is still open after its due date."""
    for objective in _objectives(case).values():
        if objective.status in ("planned", "running") and case.past(objective.plan.due):
            yield found(objective.id.span, objective.id, objective=objective.id, date=objective.plan.due)


def plans_answered(case: Case) -> Iterator[Found]:
    """SX-08-plan: what, with what, who, by when and how evaluated are all answered."""
    for objective in _objectives(case).values():
        plan = objective.plan
        blank = [name for name in ("what", "resources", "evaluation") if _blank(getattr(plan, name), case)]
        if blank:
            yield found(objective.id.span, objective.id, objective=objective.id, fields=", ".join(blank))


def no_boasting(case: Case) -> Iterator[Found]:
    """SX-06-words: a leading level is no target without a number."""
    for pair in case.texts.pairs:
        if pair.path[0] in ("objectives", "indicators"):
            for side in pair.sides.values():
                match = _BOAST.search(side)
                if match is not None and not _NUMBER.search(side):
                    yield found(side.span, pair.where, text=match[0])


def _objectives(case: Case) -> dict[str, Objective]:
    return {str(objective.id): objective for objective in case.content.objectives.objectives}


def _blank(text: Text, case: Case) -> bool:
    return any(not text.of(language).strip() for language in case.content.client.languages)


FAMILY = Family(
    "objectives",
    "data",
    (
        Rule("SX-06-words", "error", "6.2.1", no_boasting),
        Rule("SX-07", "error", "6.2.1", objectives_linked),
        Rule("SX-08", "warning", "6.2.2", objectives_not_late),
        Rule("SX-08-plan", "error", "6.2.2", plans_answered),
        Rule("OB-01", "warning", "6.2.1", links_explained),
        Rule("OB-02", "error", "6.2.1", objectives_measured),
        Rule("OB-03", "warning", "6.2.1", every_level),
        Rule("OB-04", "warning", "6.2.1", objectives_followed),
        Rule("OB-05", "info", "6.2.1", objectives_based),
        Rule("OB-06", "error", "9.1", status_fits_value),
        Rule("OB-07", "info", "5.2.1", principles_served),
        Rule("OB-08", "warning", "5.2.1", principles_realised),
    ),
)
"""Rules on policy and objectives."""
