"""Rules on roles, duties, decisions, processes and competence (clauses 4.4, 5.3, 7.2)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.model.organization import Person
from docgen.standard import CLAUSES

_HIGHEST_OF_SERVICE, _LOWEST_OF_SYSTEM = 3, 2
"""Daily service decisions are taken on level 3 or 4, decisions on the system on level 1 or 2."""


def roles_held(case: Case) -> Iterator[Found]:
    """DC-39: every role is held today by somebody who works here."""
    people = {str(person.id): person for person in case.content.client.people}
    for role in case.content.client.roles:
        holder = role.held_by(case.as_of)
        if not holder or not works_here(people[holder], case.as_of):
            yield found(role.id.span, role.id, role=role.id, person=holder or "—")


def deputies_differ(case: Case) -> Iterator[Found]:
    """DC-39-deputy: the deputy of a role is somebody else, and works here."""
    people = {str(person.id): person for person in case.content.client.people}
    for role in case.content.client.roles:
        if role.deputy is not None:
            same = str(role.deputy) == role.held_by(case.as_of)
            if same or not works_here(people[str(role.deputy)], case.as_of):
                yield found(role.deputy.span, role.id, role=role.id, person=role.deputy)


def delegations_sound(case: Case) -> Iterator[Found]:
    """DC-60: a delegation has a first day before its last, and goes to somebody else who works here all the time."""
    people = {str(person.id): person for person in case.content.client.people}
    roles = {str(role.id): role for role in case.content.client.roles}
    for one in case.content.control.delegations:
        person = people[str(one.to)]
        there = works_here(person, one.first) and works_here(person, one.last)
        if one.last < one.first or not there or roles[str(one.role)].held_by(one.first) == str(one.to):
            values = {"delegation": one.id, "person": one.to, "first": one.first, "last": one.last}
            yield found(one.id.span, one.id, **values)


def works_here(person: Person, day: datetime.date) -> bool:
    """Whether somebody works here on a day."""
    return (person.since is None or person.since <= day) and (person.until is None or person.until >= day)


def clauses_have_a_lead(case: Case) -> Iterator[Found]:
    """SX-11: every clause has exactly one lead unit, its own or that of the clause above."""
    rows = case.content.responsibilities.functions
    counts = Counter(str(row.clause) for row in rows)
    for row in rows:
        if counts[str(row.clause)] > 1:
            yield found(row.clause.span, row.id, clause=row.clause, count=counts[str(row.clause)])
    for clause in CLAUSES if rows else ():
        if not any(one in counts for one in (*_above(clause), *_below(clause))):
            yield found(case.file("responsibilities"), clause, clause=clause, count=0)


def units_have_functions(case: Case) -> Iterator[Found]:
    """SX-11-unit: every unit in the scope leads or assists for some clause."""
    rows = case.content.responsibilities.functions
    busy = {str(unit) for row in rows for unit in (row.lead, *row.assist)}
    for unit in case.content.scope.units if rows else ():
        if str(unit) not in busy:
            yield found(unit.span, unit, unit=unit)


def lead_does_not_assist(case: Case) -> Iterator[Found]:
    """SX-11-assist: the unit that leads for a clause is not listed as assisting too."""
    for row in case.content.responsibilities.functions:
        if row.lead in row.assist:
            yield found(row.lead.span, row.id, clause=row.clause, unit=row.lead)


def clauses_have_a_process(case: Case) -> Iterator[Found]:
    """RO-01: every clause is answered by a process."""
    named = {str(clause) for process in case.content.processes.processes for clause in process.clauses}
    for clause in CLAUSES if named else ():
        if not any(one in named for one in (*_above(clause), *_below(clause))):
            yield found(case.file("processes"), clause, clause=clause)


def processes_interact(case: Case) -> Iterator[Found]:
    """RO-02: every process hands its outputs to another or takes one's, once interfaces are drawn."""
    processes = case.content.processes.processes
    taking = {str(other) for process in processes for other in process.interfaces}
    for process in processes if taking else ():
        if not process.interfaces and str(process.id) not in taking:
            yield found(process.id.span, process.id, process=process.id)


def processes_measured(case: Case) -> Iterator[Found]:
    """RO-03: every process has a document, and one of operation an indicator, once processes name any."""
    processes = case.content.processes.processes
    documented = any(process.documents for process in processes)
    measured = any(process.indicators for process in processes)
    for process in processes:
        lacking = ["documents"] if documented and not process.documents else []
        lacking += ["indicators"] if measured and process.group == "operation" and not process.indicators else []
        if lacking:
            yield found(process.id.span, process.id, process=process.id, fields=", ".join(lacking))


def processes_have_duties(case: Case) -> Iterator[Found]:
    """RO-04: every process has rows in the responsibility matrix, once it has any."""
    rows = {str(row.process) for row in case.content.responsibilities.raci}
    for process in case.content.processes.processes if rows else ():
        if str(process.id) not in rows:
            yield found(process.id.span, process.id, process=process.id)


def accountable_not_consulted(case: Case) -> Iterator[Found]:
    """RO-05: who answers for an activity is not also asked or told about it, and nobody is both."""
    for row in case.content.responsibilities.raci:
        heard, told = {str(one) for one in row.consulted}, {str(one) for one in row.informed}
        both = (heard & told) | ({str(row.accountable), str(row.responsible)} & (heard | told))
        if both:
            yield found(row.id.span, row.id, row=row.id, roles=", ".join(sorted(both)))


def roles_have_duties(case: Case) -> Iterator[Found]:
    """RO-06: a role of the system says its duties."""
    for role in case.content.client.roles:
        for language in case.content.client.languages:
            if not role.duties.of(language).strip():
                yield found(role.id.span, role.id, role=role.id)


def decisions_on_their_level(case: Case) -> Iterator[Found]:
    """SX-27: decisions on the system are not taken below level 2, daily decisions on services not above level 3."""
    for one in case.content.plan.authorities:
        if one.family is not None and one.level is not None:
            low = one.family == "system" and int(one.level) > _LOWEST_OF_SYSTEM
            high = one.family == "service" and int(one.level) < _HIGHEST_OF_SERVICE
            if low or high:
                yield found(one.id.span, one.id, decision=one.id, family=one.family, level=one.level)


def decisions_complete(case: Case) -> Iterator[Found]:
    """SX-27-level: every decision has a family and a level, once any has."""
    rows = case.content.plan.authorities
    for one in rows if any(row.level is not None for row in rows) else ():
        lacking = [name for name in ("family", "level", "support", "follow_up") if getattr(one, name) is None]
        if lacking:
            yield found(one.id.span, one.id, decision=one.id, fields=", ".join(lacking))


def decisions_escalate(case: Case) -> Iterator[Found]:
    """SX-27-escalation: a decision is escalated to another role than the one that takes it, but for top management."""
    top = str(case.content.client.top_management)
    for one in case.content.plan.authorities:
        if one.role == one.escalation and str(one.role) != top:
            yield found(one.escalation.span, one.id, decision=one.id, role=one.role)


def decisions_reviewed(case: Case) -> Iterator[Found]:
    """SX-27-review: decision rights were looked at within twelve months, once they are dated."""
    for one in case.content.plan.authorities:
        if one.reviewed is not None and case.older(one.reviewed, 12):
            yield found(one.id.span, one.id, decision=one.id, date=one.reviewed)


def gaps_closed(case: Case) -> Iterator[Found]:
    """SX-31: a role holder below the grade asked for has an action, and one that is done a check of its effect."""
    needs = {str(need.role): need.level for need in case.content.competence.needs}
    for one in case.content.competence.assessments:
        if one.level < needs.get(str(one.role), 1) and one.action is None:
            values = {"person": one.person, "role": one.role, "level": one.level, "needed": needs[str(one.role)]}
            yield found(one.id.span, one.id, **values)


def needs_complete(case: Case) -> Iterator[Found]:
    """SX-31-need: every role says what its holder has to know, once any does."""
    known = {str(need.role) for need in case.content.competence.needs}
    for role in case.content.client.roles if known else ():
        if str(role.id) not in known:
            yield found(role.id.span, role.id, role=role.id)


def holders_assessed(case: Case) -> Iterator[Found]:
    """SX-31-holder: the holder of every role was assessed for it within twelve months, once anybody was."""
    latest: dict[tuple[str, str], datetime.date] = {}
    for one in case.content.competence.assessments:
        key = (str(one.person), str(one.role))
        latest[key] = max(one.assessed, latest.get(key, one.assessed))
    for role in case.content.client.roles if latest else ():
        holder = role.held_by(case.as_of)
        day = latest.get((holder, str(role.id)))
        if holder and (day is None or case.older(day, 12)):
            yield found(role.id.span, role.id, role=role.id, person=holder, date=day or "—")


def courses_evaluated(case: Case) -> Iterator[Found]:
    """CO-01: a course that was held has a result, and one that is past was held."""
    for course in case.content.competence.courses:
        unheld = course.status == "planned" and case.past(course.date)
        if unheld or (course.status == "done" and course.result is None):
            yield found(course.id.span, course.id, course=course.id, date=course.date)


def appraisals_act(case: Case) -> Iterator[Found]:
    """CO-02: the appraisal of a post with fewer than 60 points says what is done."""
    for one in case.content.competence.appraisals:
        if one.score < 60 and len(one.action.of(case.content.client.governing)) < 4:
            yield found(one.id.span, one.id, appraisal=one.id, score=one.score)


def _above(clause: str) -> list[str]:
    parts = clause.split(".")
    return [".".join(parts[:n]) for n in range(len(parts), 0, -1)]


def _below(clause: str) -> list[str]:
    return [one for one in CLAUSES if one.startswith(f"{clause}.")]


FAMILY = Family(
    "roles",
    "data",
    (
        Rule("DC-39", "warning", "5.3", roles_held),
        Rule("DC-39-deputy", "warning", "5.3", deputies_differ),
        Rule("DC-60", "warning", "5.3", delegations_sound),
        Rule("SX-11", "error", "5.3", clauses_have_a_lead),
        Rule("SX-11-assist", "warning", "5.3", lead_does_not_assist),
        Rule("SX-11-unit", "warning", "5.3", units_have_functions),
        Rule("SX-27", "error", "5.3", decisions_on_their_level),
        Rule("SX-27-escalation", "warning", "5.3", decisions_escalate),
        Rule("SX-27-level", "warning", "5.3", decisions_complete),
        Rule("SX-27-review", "warning", "5.1", decisions_reviewed),
        Rule("SX-31", "error", "7.2", gaps_closed),
        Rule("SX-31-holder", "warning", "7.2", holders_assessed),
        Rule("SX-31-need", "warning", "7.2", needs_complete),
        Rule("RO-01", "error", "4.4", clauses_have_a_process),
        Rule("RO-02", "warning", "4.4", processes_interact),
        Rule("RO-03", "warning", "4.4", processes_measured),
        Rule("RO-04", "warning", "5.3", processes_have_duties),
        Rule("RO-05", "warning", "5.3", accountable_not_consulted),
        Rule("RO-06", "error", "5.3", roles_have_duties),
        Rule("CO-01", "warning", "7.2", courses_evaluated),
        Rule("CO-02", "info", "7.2", appraisals_act),
    ),
)
"""Rules on roles and competence."""
