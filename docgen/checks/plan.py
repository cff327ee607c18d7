"""Rules on the service management plan, obligations, documents from outside and resources (6.3, 7.1, 7.5.3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.checks.services import live
from docgen.model.support import ExternalDocument

_KINDS = ("human", "technical", "information", "financial")


def plan_complete(case: Case) -> Iterator[Found]:
    """SX-10: the plan holds what 6.3 asks for: limitations, obligations, authorities, resources, tools, activities."""
    plan = case.content.plan
    names = ("limitations", "obligations", "authorities", "resources", "tools", "activities", "milestones")
    blank = [name for name in names if not getattr(plan, name)]
    if blank:
        yield found(case.file("plan"), "plan", fields=", ".join(blank))


def plan_current(case: Case) -> Iterator[Found]:
    """SX-09: the plan in force was issued or confirmed within twelve months, and after the last service began."""
    for record in case.content.documents.values():
        standing = case.standings.listed[record.code]
        if record.code.endswith("SMS-PL-01") and standing.state == "in_force" and standing.issued is not None:
            began = [service.since for service in live(case) if service.since <= case.as_of]
            if case.older(standing.issued, 12) or standing.issued < max(began, default=standing.issued):
                yield found(record.code.span, record.code, document=record.code, date=standing.issued)


def stages_planned(case: Case) -> Iterator[Found]:
    """PL-01: the plan has work of all four stages: design, transition, delivery, improvement."""
    there = {one.stage for one in case.content.plan.milestones}
    lacking = [stage for stage in ("design", "transition", "delivery", "improvement") if stage not in there]
    if there and lacking:
        yield found(case.file("plan"), "plan", stages=", ".join(lacking))


def milestones_not_late(case: Case) -> Iterator[Found]:
    """PL-02: no milestone is open after its end, nor done before its start."""
    for one in case.content.plan.milestones:
        late = one.status != "done" and case.past(one.end)
        early = one.status == "done" and one.start > case.as_of
        if late or early or one.end < one.start:
            yield found(one.id.span, one.id, milestone=one.id, date=one.end, status=one.status)


def obligations_checked(case: Case) -> Iterator[Found]:
    """SX-29: an obligation names the documents that carry it out, and was checked within the interval, once any is."""
    obligations = case.content.plan.obligations
    interval = case.content.control.external_check
    carried = any(one.documents for one in obligations)
    dated = any(one.checked is not None for one in obligations)
    for one in obligations:
        lacking = ["documents"] if carried and not one.documents else []
        if dated and (one.checked is None or case.older(one.checked, interval)):
            lacking.append(f"checked ({one.checked or '—'})")
        if lacking:
            yield found(one.id.span, one.id, obligation=one.id, fields=", ".join(lacking))


def external_documents_valid(case: Case) -> Iterator[Found]:
    """DC-49: a document from outside is in force and was checked within the interval of the settings."""
    interval = case.content.control.external_check
    for one in case.content.external.documents:
        if case.older(one.checked, interval) if one.in_force else not _explained(one):
            yield found(one.id.span, one.id, document=one.id, date=one.checked, interval=interval)


def _explained(document: ExternalDocument) -> bool:
    """Whether a document that is no longer in force says what has become of it."""
    said = " ".join(side for text in (document.name, document.edition) for side in (text.zh, text.en) if side)
    return any(word in said for word in ("替代", "废止", "作废", "replaced", "withdrawn", "superseded"))


def four_resources(case: Case) -> Iterator[Found]:
    """PL-03: people, technology, information and money are all in the plan."""
    there = {one.kind for one in case.content.plan.resources}
    lacking = [kind for kind in _KINDS if kind not in there]
    if there and lacking:
        yield found(case.file("plan"), "plan", kinds=", ".join(lacking))


def gaps_have_dates(case: Case) -> Iterator[Found]:
    """PL-04: a resource gap that is still open is not past its date, and one with a date has a status."""
    for one in case.content.plan.resources:
        late = one.due is not None and one.status != "done" and case.past(one.due)
        if late or (one.due is None) != (one.status is None):
            yield found(one.id.span, one.id, resource=one.id, date=one.due or "—", status=one.status or "—")


def resources_committed(case: Case) -> Iterator[Found]:
    """PL-05: resources were committed by a member of top management, once it is recorded who did."""
    members = {str(role) for role in case.content.leadership.members}
    for one in case.content.plan.resources:
        if one.approved is not None and str(one.approved) not in members:
            yield found(one.approved.span, one.id, resource=one.id, role=one.approved)


def utilization_possible(case: Case) -> Iterator[Found]:
    """PL-06: no resource is in use beyond 100 per cent without a date by which the gap is closed."""
    for one in case.content.plan.resources:
        if one.utilization is not None and one.utilization.number > 100 and one.due is None:
            yield found(one.utilization.span, one.id, resource=one.id, share=one.utilization)


FAMILY = Family(
    "plan",
    "data",
    (
        Rule("DC-49", "warning", "7.5.3.2", external_documents_valid),
        Rule("SX-09", "warning", "6.3", plan_current),
        Rule("SX-10", "error", "6.3", plan_complete),
        Rule("SX-29", "warning", "6.3", obligations_checked),
        Rule("PL-01", "warning", "6.3", stages_planned),
        Rule("PL-02", "warning", "6.3", milestones_not_late),
        Rule("PL-03", "warning", "7.1", four_resources),
        Rule("PL-04", "warning", "7.1", gaps_have_dates),
        Rule("PL-05", "warning", "7.1", resources_committed),
        Rule("PL-06", "warning", "7.1", utilization_possible),
    ),
)
"""Rules on plan and resources."""
