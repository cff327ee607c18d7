"""Rules on risks, opportunities and information security risks (clauses 6.1, 8.7.3)."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.model.planning import Risk, RiskLevel

_ORDER: tuple[RiskLevel, ...] = ("low", "medium", "high", "extreme")
_SERIOUS = ("high", "extreme")
_SOURCES = ("organization", "requirements", "parties")


def residual_not_above(case: Case) -> Iterator[Found]:
    """SX-14: treatment does not make a risk worse."""
    for risk in case.content.risks.risks:
        if risk.residual.probability > risk.rating.probability or risk.residual.impact > risk.rating.impact:
            yield found(risk.id.span, risk.id, risk=risk.id)


def actions_not_late(case: Case) -> Iterator[Found]:
    """SX-14-overdue: no action of a risk is open after its date."""
    for risk in case.content.risks.risks:
        for action in risk.actions:
            if action.status != "done" and case.past(action.due):
                yield found(action.id.span, risk.id, risk=risk.id, action=action.id, date=action.due)


def all_sources(case: Case) -> Iterator[Found]:
    """SX-14-sources: risks were sought in the organization, in requirements and with other parties."""
    there = {risk.source for risk in case.content.risks.risks}
    lacking = [source for source in _SOURCES if source not in there]
    if there and lacking:
        yield found(case.file("risks"), "risks", sources=", ".join(lacking))


def matrix_rises(case: Case) -> Iterator[Found]:
    """RK-01: the level never falls as probability or impact rises."""
    matrix = [[_ORDER.index(level) for level in row] for row in case.content.risks.matrix]
    falls = any(row[n] > row[n + 1] for row in matrix for n in range(4))
    falls = falls or any(matrix[n][k] > matrix[n + 1][k] for n in range(4) for k in range(5))
    if falls:
        yield found(case.file("risks"), "risks")


def levels_defined(case: Case) -> Iterator[Found]:
    """RK-02: every level of the matrix says what is done, who accepts and how often it is reviewed."""
    defined = {level.id for level in case.content.risks.levels}
    for level in dict.fromkeys(level for row in case.content.risks.matrix for level in row):
        if level not in defined:
            yield found(case.file("risks"), "risks", level=level)


def accepted_within_criteria(case: Case) -> Iterator[Found]:
    """RK-03: a risk is accepted as it is only on a low or medium level."""
    for risk in case.content.risks.risks:
        level = case.content.risks.level(risk.rating)
        if risk.strategy == "accept" and level in _SERIOUS:
            yield found(risk.id.span, risk.id, risk=risk.id, level=level)


def owner_does_not_accept(case: Case) -> Iterator[Found]:
    """RK-04: nobody accepts a risk that they own."""
    approvers = {level.id: str(level.approver) for level in case.content.risks.levels}
    for risk in case.content.risks.risks:
        if risk.strategy == "accept" and approvers.get(case.content.risks.level(risk.rating)) == str(risk.owner):
            yield found(risk.owner.span, risk.id, risk=risk.id, role=risk.owner)


def treated(case: Case) -> Iterator[Found]:
    """RK-05: a risk above the low level that is not accepted has actions."""
    for risk in case.content.risks.risks:
        level = case.content.risks.level(risk.rating)
        if level != "low" and risk.strategy != "accept" and not risk.actions:
            yield found(risk.id.span, risk.id, risk=risk.id, level=level)


def reviewed_in_time(case: Case) -> Iterator[Found]:
    """RK-06: a risk was reviewed within the interval of its level."""
    intervals = {level.id: level.review for level in case.content.risks.levels}
    for risk in case.content.risks.risks:
        level = _now(case, risk)
        if level in intervals and case.older(risk.reviewed, intervals[level]):
            values = {"risk": risk.id, "date": risk.reviewed, "level": level, "interval": intervals[level]}
            yield found(risk.id.span, risk.id, **values)


def residual_acceptable(case: Case) -> Iterator[Found]:
    """RK-07: a residual risk that is still high has an action under way."""
    for risk in case.content.risks.risks:
        level = case.content.risks.level(risk.residual)
        if level in _SERIOUS and not any(action.status != "done" for action in risk.actions):
            yield found(risk.id.span, risk.id, risk=risk.id, level=level)


def serious_announced(case: Case) -> Iterator[Found]:
    """RK-08: a high or extreme risk has an indicator and threshold that announce it."""
    for risk in case.content.risks.risks:
        level = case.content.risks.level(risk.rating)
        if level in _SERIOUS and risk.warning is None:
            yield found(risk.id.span, risk.id, risk=risk.id, level=level)


def transfer_names_receiver(case: Case) -> Iterator[Found]:
    """RK-09: a risk that is transferred names the party or agreement that takes it."""
    for risk in case.content.risks.risks:
        if risk.strategy == "transfer":
            texts = [risk.cause, risk.effect, *(action.what for action in risk.actions)]
            said = " ".join(str(side) for text in texts for side in (text.zh, text.en) if side is not None)
            if not any(mark in said for mark in ("{supplier:", "{doc:SMS-AG", "保险", "insur", "合同", "contract")):
                yield found(risk.id.span, risk.id, risk=risk.id)


def parties_assessed(case: Case) -> Iterator[Found]:
    """RK-10: every party that takes part in a service has a risk of its own."""
    risks = [risk for risk in case.content.risks.risks if risk.source == "parties"]
    for party in case.content.suppliers.suppliers if case.content.risks.risks else ():
        named = f"{{supplier:{party.id}"
        names = [str(side) for side in (party.name.zh, party.name.en) if side is not None]
        known = any(not risk.services or set(risk.services) & set(party.services) for risk in risks)
        if not known and not any(named in text or any(n in text for n in names) for text in _texts(risks)):
            yield found(party.id.span, party.id, party=party.id)


def opportunities_not_late(case: Case) -> Iterator[Found]:
    """RK-11: no opportunity is still open after its date."""
    for one in case.content.risks.opportunities:
        if one.status != "done" and case.past(one.due):
            yield found(one.id.span, one.id, opportunity=one.id, date=one.due)


def controls_known(case: Case) -> Iterator[Found]:
    """SE-01: the controls of a security risk are on the list of decisions, and not rejected."""
    decisions = {str(control.id): control.decision for control in case.content.security.controls}
    for risk in case.content.security.risks:
        for control in risk.controls:
            if decisions.get(str(control), "declined") == "declined":
                yield found(control.span, risk.id, risk=risk.id, control=control)


def security_residual_not_above(case: Case) -> Iterator[Found]:
    """SE-02: controls do not make a security risk worse, and one that has none is not lowered."""
    for risk in case.content.security.risks:
        above = risk.residual_probability > risk.probability or risk.residual_impact > risk.impact
        lowered = risk.residual_probability < risk.probability or risk.residual_impact < risk.impact
        if above or (lowered and not risk.controls):
            yield found(risk.id.span, risk.id, risk=risk.id)


def security_assessed(case: Case) -> Iterator[Found]:
    """SE-03: a security risk was assessed within twelve months."""
    for risk in case.content.security.risks:
        if case.older(risk.assessed, 12):
            yield found(risk.id.span, risk.id, risk=risk.id, date=risk.assessed)


def controls_checked(case: Case) -> Iterator[Found]:
    """SE-04: an applied control was checked within twelve months."""
    for control in case.content.security.controls:
        if control.decision == "applied" and (control.checked is None or case.older(control.checked, 12)):
            yield found(control.id.span, control.id, control=control.id, date=control.checked or "—")


def _now(case: Case, risk: Risk) -> RiskLevel:
    """The level today: the residual one once all actions are done."""
    done = bool(risk.actions) and all(action.status == "done" for action in risk.actions)
    return case.content.risks.level(risk.residual if done else risk.rating)


def _texts(risks: list[Risk]) -> Iterator[str]:
    for risk in risks:
        for text in (risk.title, risk.cause, risk.effect, *(action.what for action in risk.actions)):
            yield from (str(side) for side in (text.zh, text.en) if side is not None)


FAMILY = Family(
    "risks",
    "data",
    (
        Rule("SX-14", "error", "6.1.2", residual_not_above),
        Rule("SX-14-overdue", "warning", "6.1.3", actions_not_late),
        Rule("SX-14-sources", "warning", "6.1.2", all_sources),
        Rule("RK-01", "error", "6.1.2", matrix_rises),
        Rule("RK-02", "error", "6.1.2", levels_defined),
        Rule("RK-03", "error", "6.1.2", accepted_within_criteria),
        Rule("RK-04", "error", "6.1.2", owner_does_not_accept),
        Rule("RK-05", "error", "6.1.3", treated),
        Rule("RK-06", "warning", "6.1.2", reviewed_in_time),
        Rule("RK-07", "warning", "6.1.3", residual_acceptable),
        Rule("RK-08", "warning", "6.1.3", serious_announced),
        Rule("RK-09", "warning", "6.1.3", transfer_names_receiver),
        Rule("RK-10", "warning", "8.2.3.1", parties_assessed),
        Rule("RK-11", "warning", "6.1.3", opportunities_not_late),
        Rule("SE-01", "error", "8.7.3.2", controls_known),
        Rule("SE-02", "error", "8.7.3.2", security_residual_not_above),
        Rule("SE-03", "warning", "8.7.3.2", security_assessed),
        Rule("SE-04", "warning", "8.7.3.2", controls_checked),
    ),
)
"""Rules on risks."""
