"""Rules on building the system and the calendar to certification."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.model.days import months_later

_TRIAL_WEEKS = 4


def operation_long_enough(case: Case) -> Iterator[Found]:
    """SX-30: the system operates for three months before the application, with internal audit and review in between."""
    plan = case.content.certification
    begun, asked = plan.operation, plan.application
    if begun is not None and asked is not None:
        span = case.file("certification")
        if months_later(begun, 3) > asked:
            yield found(span, "certification", begun=begun, asked=asked, event="operation", date=begun)
        for name, day in (("audit", plan.audit), ("review", plan.review)):
            if day is None or not begun <= day <= asked:
                yield found(span, "certification", begun=begun, asked=asked, event=name, date=day or "—")


def review_after_audit(case: Case) -> Iterator[Found]:
    """SX-30-order: management review comes after the internal audit, stage 2 after stage 1 and that after applying."""
    plan = case.content.certification
    days = [("audit", plan.audit), ("review", plan.review), ("application", plan.application)]
    days += [("stage_1", plan.stage_1), ("stage_2", plan.stage_2)]
    given = [(name, day) for name, day in days if day is not None]
    for (first, before), (second, later) in pairwise(given):
        if later < before:
            values = {"first": first, "before": before, "second": second, "later": later}
            yield found(case.file("certification"), "certification", **values)


def dates_are_those_of_records(case: Case) -> Iterator[Found]:
    """SX-30-record: audit and review of the calendar are on record, where there are records."""
    plan = case.content.certification
    audits = [one for one in case.content.audits.audits if one.status == "done"]
    reviews = [one for one in case.content.reviews.reviews if one.status == "done"]
    span, audit, review = case.file("certification"), plan.audit, plan.review
    if audit is not None and audits and case.past(audit) and not any(one.start <= audit <= one.end for one in audits):
        yield found(span, "certification", event="audit", date=audit)
    if review is not None and reviews and case.past(review) and not any(one.date == review for one in reviews):
        yield found(span, "certification", event="review", date=review)


def needs_met(case: Case) -> Iterator[Found]:
    """CE-01: all that the certification body asks for is met by the day of application."""
    plan = case.content.certification
    for need in plan.needs:
        if not need.met and plan.application is not None and plan.application <= case.as_of:
            yield found(need.id.span, need.id, need=need.id, date=plan.application)


def steps_in_order(case: Case) -> Iterator[Found]:
    """CE-02: the steps to certification follow each other, and none is open after its date."""
    steps = case.content.certification.steps
    for number, step in enumerate(steps):
        if (number and step.date < steps[number - 1].date) or (step.status != "done" and case.past(step.date)):
            yield found(step.id.span, step.id, step=step.id, date=step.date, status=step.status)


def phases_in_order(case: Case) -> Iterator[Found]:
    """CE-03: phases of building begin in order, and none that is past is still open."""
    phases = case.content.building.phases
    for number, phase in enumerate(phases):
        early = number > 0 and phase.start < phases[number - 1].start
        skipped = number > 0 and phase.status != "open" and phases[number - 1].status == "open"
        if early or skipped or phase.end < phase.start or (phase.status != "done" and case.past(phase.end)):
            yield found(phase.id.span, phase.id, phase=phase.id, date=phase.end, status=phase.status)


def points_checked(case: Case) -> Iterator[Found]:
    """CE-04: a point that decides over success was checked at its gate."""
    phases = {str(phase.id): phase for phase in case.content.building.phases}
    for point in case.content.building.points:
        phase = phases.get(str(point.phase))
        unchecked = phase is not None and phase.status == "done" and point.checked is None
        if phase is None or unchecked:
            yield found(point.phase.span, point.id, point=point.id, phase=point.phase)


def trial_long_enough(case: Case) -> Iterator[Found]:
    """CE-05: a trial run lasts at least four weeks."""
    for pilot in case.content.building.pilots:
        if (pilot.end - pilot.start).days < _TRIAL_WEEKS * 7 - 1:
            yield found(pilot.id.span, pilot.id, pilot=pilot.id, start=pilot.start, end=pilot.end)


def core_integrated(case: Case) -> Iterator[Found]:
    """CE-06: core business processes take up requirements of the system, and no action is open after its date."""
    for point in case.content.integration.points:
        late = point.status != "done" and case.past(point.due)
        if late or (point.core and not point.clauses):
            yield found(point.id.span, point.id, point=point.id, date=point.due, status=point.status)


FAMILY = Family(
    "certification",
    "data",
    (
        Rule("SX-30", "error", "own", operation_long_enough),
        Rule("SX-30-order", "error", "own", review_after_audit),
        Rule("SX-30-record", "warning", "own", dates_are_those_of_records),
        Rule("CE-01", "error", "own", needs_met),
        Rule("CE-02", "warning", "own", steps_in_order),
        Rule("CE-03", "warning", "own", phases_in_order),
        Rule("CE-04", "warning", "own", points_checked),
        Rule("CE-05", "warning", "own", trial_long_enough),
        Rule("CE-06", "warning", "5.1", core_integrated),
    ),
)
"""Rules on building and certification."""
