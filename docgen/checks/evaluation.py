"""Rules on audits, management reviews, corrective actions and improvements (clauses 9.2, 9.3, 10)."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.model.evaluation import Audit
from docgen.standard import CLAUSES

_INPUTS = tuple("abcdefghijkl")


def clauses_audited(case: Case) -> Iterator[Found]:
    """SX-21: the audits of the programme cover every clause from 4 to 10."""
    audits = case.content.audits.audits
    covered = {str(clause) for audit in audits for clause in audit.clauses}
    lacking = [clause for clause in CLAUSES if audits and not _covers(covered, clause)]
    top = [clause for clause in lacking if CLAUSES[clause].parent not in lacking]
    if top:
        yield found(case.file("audits"), "audits", clauses=", ".join(top))


def units_audited(case: Case) -> Iterator[Found]:
    """SX-21-unit: the audits of the programme reach every unit in the scope."""
    audits = case.content.audits.audits
    reached = {str(unit) for audit in audits for unit in audit.units}
    for unit in case.content.scope.units if audits else ():
        if str(unit) not in reached:
            yield found(unit.span, unit, unit=unit)


def auditors_independent(case: Case) -> Iterator[Found]:
    """SX-21-own: nobody audits alone the unit they belong to or worked in."""
    units = {str(person.id): str(person.unit) for person in case.content.client.people}
    excluded = {str(one.person): {str(unit) for unit in one.excluded} for one in case.content.audits.auditors}
    for audit in case.content.audits.audits:
        team = {str(person) for person in (audit.lead, *audit.team)}
        for unit in audit.units:
            free = [one for one in team if units[one] != str(unit) and str(unit) not in excluded.get(one, set())]
            if not free:
                yield found(unit.span, audit.id, audit=audit.id, unit=unit, people=", ".join(sorted(team)))


def auditors_qualified(case: Case) -> Iterator[Found]:
    """SX-21-auditor: who audits is on the list of auditors, and was qualified before."""
    qualified = {str(one.person): one.qualified for one in case.content.audits.auditors}
    for audit in case.content.audits.audits:
        for person in (audit.lead, *audit.team):
            if str(person) not in qualified or qualified[str(person)] > audit.start:
                yield found(person.span, audit.id, audit=audit.id, person=person)


def audits_reported(case: Case) -> Iterator[Found]:
    """SX-21-report: an audit that is done has a report and a conclusion; one that is past is done."""
    for audit in case.content.audits.audits:
        lacking = [name for name in ("report", "conclusion") if getattr(audit, name) is None]
        if (audit.status == "done" and lacking) or (audit.status == "planned" and case.past(audit.end)):
            fields = ", ".join(lacking) if audit.status == "done" else "status"
            yield found(audit.id.span, audit.id, audit=audit.id, fields=fields)


def findings_corrected(case: Case) -> Iterator[Found]:
    """SX-21-finding: a nonconformity names a corrective action that exists, and lies within the audit."""
    known = {str(one.id) for one in case.content.corrections.corrections}
    for audit in case.content.audits.audits:
        for one in audit.findings:
            name = str(one.correction.zh or one.correction.en) if one.correction is not None else ""
            lost = one.kind == "nonconformity" and (name not in known if known else not name)
            if lost or not _inside(audit, str(one.clause), str(one.unit)):
                yield found(one.id.span, one.id, finding=one.id, audit=audit.id, correction=name or "—")


def review_inputs(case: Case) -> Iterator[Found]:
    """SX-22: a management review that was held had all twelve inputs, each with a conclusion."""
    for review in case.content.reviews.reviews:
        if review.status == "done":
            concluded = {one.id for one in review.inputs if one.conclusion is not None}
            lacking = [item for item in _INPUTS if item not in concluded]
            if lacking:
                yield found(review.id.span, review.id, review=review.id, inputs=", ".join(lacking))


def reviews_held(case: Case) -> Iterator[Found]:
    """SX-22-held: a review that is past was held, the last one within twelve months, by top management."""
    reviews = case.content.reviews.reviews
    members = {str(role) for role in case.content.leadership.members}
    for review in reviews:
        missed = review.status == "planned" and case.past(review.date)
        open_ = review.status == "done" and (review.conclusion is None or review.date > case.as_of)
        if missed or open_ or str(review.chair) not in members:
            yield found(review.id.span, review.id, review=review.id, date=review.date, chair=review.chair)
    held = [review.date for review in reviews if review.status == "done"]
    if held and case.older(max(held), 12):
        yield found(reviews[-1].id.span, reviews[-1].id, review=reviews[-1].id, date=max(held), chair=reviews[-1].chair)


def review_after_audit(case: Case) -> Iterator[Found]:
    """SX-22-order: an internal audit was done before the management review."""
    audits = [audit.end for audit in case.content.audits.audits if audit.status == "done"]
    reviews = [review for review in case.content.reviews.reviews if review.status == "done"]
    if reviews and audits and min(audits) > reviews[0].date:
        yield found(reviews[0].id.span, reviews[0].id, review=reviews[0].id, date=reviews[0].date, audit=min(audits))


def decisions_carried_out(case: Case) -> Iterator[Found]:
    """SX-22-decision: no decision of a review is open after its date, and one that is done says what came of it."""
    for review in case.content.reviews.reviews:
        for one in review.decisions:
            late = one.status != "done" and case.past(one.due)
            if late or (one.status == "done" and one.outcome is None) or one.due < review.date:
                yield found(one.id.span, one.id, decision=one.id, review=review.id, date=one.due, status=one.status)


def corrections_closed(case: Case) -> Iterator[Found]:
    """SX-23: a corrective action that is done was verified and closed; none is open after its date."""
    for one in case.content.corrections.corrections:
        lacking = [name for name in ("effect", "closed") if getattr(one, name) is None]
        late = one.status != "done" and case.past(one.due)
        early = one.closed is not None and (one.closed < one.found or one.closed > case.as_of)
        if (one.status == "done" and lacking) or late or early:
            values = {"correction": one.id, "date": one.due, "status": one.status}
            yield found(one.id.span, one.id, **values, lacking=", ".join(lacking) or "—")


def corrections_before_certification(case: Case) -> Iterator[Found]:
    """SX-23-certification: corrective actions end before the second stage of the certification audit."""
    audit = case.content.certification.stage_2
    for one in case.content.corrections.corrections if audit is not None else ():
        if one.status != "done" and audit is not None and one.due >= audit:
            yield found(one.id.span, one.id, correction=one.id, date=one.due, audit=audit)


def cause_is_no_repetition(case: Case) -> Iterator[Found]:
    """SX-23-cause: cause and action say something else than the nonconformity and its correction."""
    for one in case.content.corrections.corrections:
        for language in case.content.client.languages:
            what, cause = one.what.of(language), one.cause.of(language)
            if what == cause or one.correction.of(language) == one.action.of(language):
                yield found(cause.span, one.id, correction=one.id)


def improvements_measured(case: Case) -> Iterator[Found]:
    """SX-24: an approved improvement has a target, one that is done a measured result."""
    for one in case.content.improvements.improvements:
        lacking = ["target"] if one.decision == "approved" and one.target is None else []
        lacking += ["result"] if one.status == "done" and one.decision == "approved" and one.result is None else []
        if lacking:
            yield found(one.id.span, one.id, improvement=one.id, fields=", ".join(lacking))


def improvements_compared(case: Case) -> Iterator[Found]:
    """SX-24-before: an approved improvement has a value from before, to compare with."""
    for one in case.content.improvements.improvements:
        if one.decision == "approved" and one.before is None:
            yield found(one.id.span, one.id, improvement=one.id)


def improvements_on_time(case: Case) -> Iterator[Found]:
    """SX-24-late: approved improvements and goals are not open after their dates."""
    for one in case.content.improvements.improvements:
        if one.decision == "approved" and one.status != "done" and case.past(one.due):
            yield found(one.id.span, one.id, improvement=one.id, date=one.due)
    for goal in case.content.improvements.goals:
        if goal.result is None and case.past(goal.due):
            yield found(goal.id.span, goal.id, improvement=goal.id, date=goal.due)


def criteria_add_up(case: Case) -> Iterator[Found]:
    """SX-24-criteria: the weights by which improvements are judged add up to 100, scores stay within 0 and 100."""
    data = case.content.improvements
    total = sum(criterion.weight for criterion in data.criteria)
    if data.criteria and total != 100:
        yield found(data.criteria[0].id.span, "improvements", total=total)
    for one in data.improvements:
        if not 0 <= one.score <= 100:
            yield found(one.id.span, one.id, total=one.score)


def suggestions_answered(case: Case) -> Iterator[Found]:
    """IM-01: a suggestion of the staff was answered within a month, and every decision has been taken by then."""
    for one in case.content.improvements.improvements:
        late = one.answered is None and case.older(one.proposed, 1)
        slow = one.answered is not None and (one.answered - one.proposed).days > 31
        if late or slow or (one.answered is not None and one.answered < one.proposed):
            yield found(one.id.span, one.id, improvement=one.id, date=one.proposed, answered=one.answered or "—")


def sources_of_improvement(case: Case) -> Iterator[Found]:
    """IM-02: improvements come from more than one source, staff and customers among them."""
    there = {one.source for one in case.content.improvements.improvements}
    lacking = [source for source in ("audit", "customer", "measurement", "staff") if source not in there]
    if there and lacking:
        yield found(case.file("improvements"), "improvements", sources=", ".join(lacking))


def _covers(covered: set[str], clause: str) -> bool:
    """Whether a clause, one above or all below it are named."""
    parts = clause.split(".")
    if any(".".join(parts[:n]) in covered for n in range(1, len(parts) + 1)):
        return True
    children = [one.id for one in CLAUSES.values() if one.parent == clause]
    return bool(children) and all(_covers(covered, child) for child in children)


def _inside(audit: Audit, clause: str, unit: str) -> bool:
    """Whether a finding lies within the clauses and units of its audit."""
    named = [str(one) for one in audit.clauses]
    fits = any(clause == one or clause.startswith(f"{one}.") or one.startswith(f"{clause}.") for one in named)
    return fits and unit in [str(one) for one in audit.units]


FAMILY = Family(
    "evaluation",
    "data",
    (
        Rule("SX-21", "error", "9.2.2", clauses_audited),
        Rule("SX-21-auditor", "error", "9.2.2", auditors_qualified),
        Rule("SX-21-finding", "error", "9.2.2", findings_corrected),
        Rule("SX-21-own", "error", "9.2.2", auditors_independent),
        Rule("SX-21-report", "warning", "9.2.2", audits_reported),
        Rule("SX-21-unit", "warning", "9.2.2", units_audited),
        Rule("SX-22", "error", "9.3", review_inputs),
        Rule("SX-22-decision", "warning", "9.3", decisions_carried_out),
        Rule("SX-22-held", "warning", "9.3", reviews_held),
        Rule("SX-22-order", "warning", "9.3", review_after_audit),
        Rule("SX-23", "error", "10.1", corrections_closed),
        Rule("SX-23-cause", "warning", "10.1", cause_is_no_repetition),
        Rule("SX-23-certification", "warning", "10.1", corrections_before_certification),
        Rule("SX-24", "error", "10.2", improvements_measured),
        Rule("SX-24-before", "warning", "10.2", improvements_compared),
        Rule("SX-24-criteria", "error", "10.2", criteria_add_up),
        Rule("SX-24-late", "warning", "10.2", improvements_on_time),
        Rule("IM-01", "warning", "10.2", suggestions_answered),
        Rule("IM-02", "info", "10.2", sources_of_improvement),
    ),
)
"""Rules on audits, reviews and improvement."""
