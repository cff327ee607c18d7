"""Rules on what operation leaves behind: configuration, changes, releases, problems, assets (8.2.5 to 8.6.3)."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.checks.services import live
from docgen.model.content import Form, FormField

_CATEGORIES = {"standard": "标准", "normal": "普通", "major": "重大", "emergency": "紧急"}
"""Types of change as the data name them, in English and Chinese."""
_FAILED = ("failed", "backed-out")


def categories_alike(case: Case) -> Iterator[Found]:
    """SX-15: the request for change offers the types of change that the calendar uses, emergency among them."""
    for record in case.content.documents.values():
        form = case.content.forms.get(str(record.source)) if record.kind == "form" else None
        if form is not None and record.code.endswith("SMS-PR-20-F01"):
            fields = [field for field in _fields(form) if _options(field)]
            for field in fields:
                different = _options(field) ^ set(_CATEGORIES)
                if different:
                    yield found(field.id.span, record.code, form=record.code, types=", ".join(sorted(different)))
            if not fields:
                yield found(record.code.span, record.code, form=record.code, types="emergency")


def releases_have_changes(case: Case) -> Iterator[Found]:
    """SX-16: a release carries approved changes and names a baseline that was taken."""
    baselines = {str(baseline.id) for baseline in case.content.configuration.baselines}
    for release in case.content.changes.releases:
        if not release.changes:
            yield found(release.id.span, release.id, release=release.id, lacking="changes")
        name = release.baseline.of(case.content.client.governing)
        if baselines and release.status != "scheduled" and not any(one in name for one in baselines):
            yield found(name.span, release.id, release=release.id, lacking=f"baseline ({name})")


def releases_after_changes(case: Case) -> Iterator[Found]:
    """SX-16-status: a release that succeeded holds no change that failed, was withdrawn or is still to come."""
    status = {str(change.id): change.status for change in case.content.changes.changes}
    for release in case.content.changes.releases:
        for change in release.changes if release.status == "succeeded" else ():
            if status[str(change)] != "succeeded":
                yield found(change.span, release.id, release=release.id, change=change, status=status[str(change)])


def services_are_items(case: Case) -> Iterator[Found]:
    """SX-17: every live service is a configuration item in use."""
    items = case.content.configuration.items
    there = {str(item.service) for item in items if item.service is not None and item.status == "in-use"}
    for service in live(case) if items else ():
        if str(service.id) not in there:
            yield found(service.id.span, service.id, service=service.id)


def item_types_known(case: Case) -> Iterator[Found]:
    """SX-17-type: an item has a type of the list."""
    known = {str(one.id) for one in case.content.configuration.types}
    for item in case.content.configuration.items:
        if str(item.type) not in known:
            yield found(item.type.span, item.id, item=item.id, type=item.type)


def items_related(case: Case) -> Iterator[Found]:
    """SX-17-relation: an item in use relates to another, and not to one that was removed."""
    items = case.content.configuration.items
    status = {str(item.id): item.status for item in items}
    pointed = {str(relation.to) for item in items for relation in item.relations}
    for item in items:
        alone = not item.relations and str(item.id) not in pointed
        gone = [str(one.to) for one in item.relations if status[str(one.to)] == "removed"]
        if item.status == "in-use" and (alone or gone):
            yield found(item.id.span, item.id, item=item.id, others=", ".join(gone) or "—")


def changes_closed(case: Case) -> Iterator[Found]:
    """CH-01: no change is still scheduled after its end."""
    for change in case.content.changes.changes:
        if change.status == "scheduled" and change.end[:10] < case.as_of.isoformat():
            yield found(change.end.span, change.id, change=change.id, end=change.end)


def changes_end_after_start(case: Case) -> Iterator[Found]:
    """CH-02: a change ends after it starts, and one that has ended did not happen in the future."""
    for change in case.content.changes.changes:
        future = change.status in ("succeeded", *_FAILED) and change.start[:10] > case.as_of.isoformat()
        if change.end <= change.start or future:
            yield found(change.start.span, change.id, change=change.id, start=change.start, end=change.end)


def failures_investigated(case: Case) -> Iterator[Found]:
    """CH-03: a change that failed or was backed out was investigated."""
    for change in case.content.changes.changes:
        if change.status in _FAILED and change.investigated is None:
            yield found(change.id.span, change.id, change=change.id, status=change.status)


def approvers_fit(case: Case) -> Iterator[Found]:
    """CH-04: a major change is not approved by the role that approves standard ones."""
    standard = {str(change.approver) for change in case.content.changes.changes if change.type == "standard"}
    for change in case.content.changes.changes:
        if change.type == "major" and str(change.approver) in standard:
            yield found(change.approver.span, change.id, change=change.id, role=change.approver)


def parties_told(case: Case) -> Iterator[Found]:
    """CH-05: a major change of a service that depends on other parties names who was told."""
    depending = {str(service) for party in case.content.suppliers.suppliers for service in party.services}
    for change in case.content.changes.changes:
        if change.type == "major" and not change.parties and {str(one) for one in change.services} & depending:
            yield found(change.id.span, change.id, change=change.id)


def problems_closed(case: Case) -> Iterator[Found]:
    """PB-01: a closed problem has a date of closing after that of opening, an open one has none."""
    for problem in case.content.problems.problems:
        closed = problem.closed
        wrong = problem.status == "closed" and (closed is None or closed < problem.opened or closed > case.as_of)
        if wrong or (problem.status == "tracing" and closed is not None):
            yield found(problem.id.span, problem.id, problem=problem.id, status=problem.status, date=closed or "—")


def known_errors_documented(case: Case) -> Iterator[Found]:
    """PB-02: a problem that counts as a known error is in the list of known errors, with its workaround."""
    listed = {str(error.problem) for error in case.content.problems.known_errors}
    for problem in case.content.problems.problems:
        if problem.status == "known-error" and str(problem.id) not in listed:
            yield found(problem.id.span, problem.id, problem=problem.id)


def known_errors_removed(case: Case) -> Iterator[Found]:
    """PB-03: no known error is open whose problem is closed."""
    closed = {str(problem.id) for problem in case.content.problems.problems if problem.status == "closed"}
    for error in case.content.problems.known_errors:
        if error.status == "valid" and str(error.problem) in closed:
            yield found(error.id.span, error.id, error=error.id, problem=error.problem)


def outages_on_past_days(case: Case) -> Iterator[Found]:
    """PB-04: an outage lies in the past, and hit a service that was live."""
    since = {str(service.id): service.since for service in case.content.services.services}
    for outage in case.content.problems.outages:
        day = outage.start[:10]
        if day > case.as_of.isoformat() or day < since[str(outage.service)].isoformat():
            yield found(outage.start.span, outage.id, outage=outage.id, start=outage.start)


def assets_counted(case: Case) -> Iterator[Found]:
    """AS-01: an asset was counted within twelve months."""
    for asset in case.content.assets.assets:
        if asset.counted is not None and case.older(asset.counted, 12):
            yield found(asset.id.span, asset.id, asset=asset.id, date=asset.counted)


def equipment_is_configured(case: Case) -> Iterator[Found]:
    """AS-02: an asset of equipment or technology appears as a configuration item, once there are any."""
    for asset in case.content.assets.assets if case.content.configuration.items else ():
        if asset.kind in ("equipment", "technology") and not asset.items:
            yield found(asset.id.span, asset.id, asset=asset.id)


def knowledge_reviewed(case: Case) -> Iterator[Found]:
    """KN-01: an entry of the knowledge base was reviewed within its interval."""
    for item in case.content.knowledge.items:
        if case.older(item.reviewed, item.review):
            yield found(item.id.span, item.id, item=item.id, date=item.reviewed, interval=item.review)


def _fields(form: Form) -> Iterator[FormField]:
    for part in form.parts:
        yield from (field for field in part.fields if field.kind == "choice")


def _options(field: FormField) -> set[str]:
    """The types of change that a field offers; empty where it offers something else."""
    named = {_type(str(option.zh or ""), str(option.en or "")) for option in field.options}
    return named if len(named & set(_CATEGORIES)) > 1 else set()


def _type(zh: str, en: str) -> str:
    """The type of change that an option names; the option itself where it is none."""
    return next((name for name, word in _CATEGORIES.items() if zh.startswith(word) or en.lower() == name), en or zh)


FAMILY = Family(
    "operation",
    "data",
    (
        Rule("SX-15", "error", "8.5.1.1", categories_alike),
        Rule("SX-16", "error", "8.5.3", releases_have_changes),
        Rule("SX-16-status", "warning", "8.5.3", releases_after_changes),
        Rule("SX-17", "warning", "8.2.6", services_are_items),
        Rule("SX-17-relation", "warning", "8.2.6", items_related),
        Rule("SX-17-type", "error", "8.2.6", item_types_known),
        Rule("CH-01", "warning", "8.5.1.3", changes_closed),
        Rule("CH-02", "error", "8.5.1.3", changes_end_after_start),
        Rule("CH-03", "error", "8.5.1.3", failures_investigated),
        Rule("CH-04", "warning", "8.5.1.1", approvers_fit),
        Rule("CH-05", "info", "8.2.3.1", parties_told),
        Rule("PB-01", "error", "8.6.3", problems_closed),
        Rule("PB-02", "warning", "8.6.3", known_errors_documented),
        Rule("PB-03", "warning", "8.6.3", known_errors_removed),
        Rule("PB-04", "error", "8.7.1", outages_on_past_days),
        Rule("AS-01", "warning", "8.2.5", assets_counted),
        Rule("AS-02", "info", "8.2.6", equipment_is_configured),
        Rule("KN-01", "warning", "7.6", knowledge_reviewed),
    ),
)
"""Rules on operation."""
