"""Rules on control records: what auditors find in identification, versions, signatures and dates (clause 7.5)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

from docgen.diagnostics import Diagnostic, Severity, Span
from docgen.model.control import Approval, ControlRecord
from docgen.model.text import Markdown, Text
from docgen.model.workspace import Workspace

VAGUE = frozenset({"更新", "修改", "修订", "完善", "完善内容", "updated", "changed", "revised", "improved", "update"})
SHORTEST = 10
_STEPS = ("prepared", "reviewed", "approved")


def _found(code: str, span: Span, record: ControlRecord, severity: Severity = "error", /, **values: str) -> Diagnostic:
    return Diagnostic(code, span, {"document": str(record.code), **values}, severity)


def form_has_parent(record: ControlRecord, workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """DC-03: a form hangs on its procedure, whose code it carries."""
    if record.kind == "form" and (record.parent is None or not record.code.startswith(f"{record.parent}-F")):
        yield _found("DC-03", record.code.span, record)


def version_is_last_change(record: ControlRecord, workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """DC-05: the version equals that of the last row of the change record."""
    if record.changes and record.changes[-1].id.order() != record.version.order():
        yield _found("DC-05", record.version.span, record, version=str(record.version), row=str(record.changes[-1].id))
    if record.status != "draft" and not record.changes:
        yield _found("DC-05", record.version.span, record, version=str(record.version), row="—")


def changes_in_order(record: ControlRecord, workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """DC-06: versions of the change record rise without gaps and their dates do not run back."""
    for earlier, later in pairwise(record.changes):
        (issue, revision), following = earlier.id.order(), later.id.order()
        if following not in ((issue, revision + 1), (issue + 1, 0)) or later.date < earlier.date:
            yield _found("DC-06", later.id.span, record, version=str(later.id), before=str(earlier.id))


def one_notation(record: ControlRecord, workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """DC-07: every version is written in the notation of the settings."""
    wanted = workspace.content.control.notation
    for version in (record.version, *(change.id for change in record.changes)):
        if version.notation != wanted:
            form = "A/0" if wanted == "letter" else "1.0"
            yield _found("DC-07", version.span, record, "warning", version=str(version), form=form)


def approved_is_signed(record: ControlRecord, workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """DC-10: an approved document carries all three signatures."""
    missing = [step for step in _STEPS if getattr(record.approvals, step) is None]
    if record.status == "approved" and missing:
        yield _found("DC-10", record.code.span, record, missing=", ".join(missing))


def distinct_signers(record: ControlRecord, workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """DC-11: three people for three signatures, where the settings ask for it."""
    signed = _signatures(record)
    people = [str(approval.person) for approval in signed]
    if workspace.content.control.distinct_signers and len(set(people)) < len(people):
        yield _found("DC-11", signed[-1].person.span, record)


def signers_entitled(record: ControlRecord, workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """DC-12: a signer holds the role signed in, and that role signs documents of this kind."""
    roles = {str(role.id): role for role in workspace.content.client.roles}
    for step in _STEPS:
        approval: Approval | None = getattr(record.approvals, step)
        if approval is None:
            continue
        role = roles[str(approval.role)]
        if approval.person not in (role.holder, role.deputy) or approval.role != getattr(record.signers, step):
            yield _found("DC-12", approval.person.span, record, person=str(approval.person), role=str(approval.role))


def dates_in_order(record: ControlRecord, workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """DC-13: prepared, reviewed, approved, issued, effective, next review follow each other."""
    dates = [approval.date for approval in _signatures(record)]
    dates += [day for day in (record.issued, record.effective, record.next_review) if day is not None]
    if record.status == "approved" and any(later < earlier for earlier, later in pairwise(dates)):
        yield _found("DC-13", record.code.span, record, dates=" → ".join(map(str, dates)))


def changes_say_something(record: ControlRecord, workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """DC-19: what changed and why is said, not `updated`."""
    for change in record.changes:
        for text in (change.what, change.why):
            for side in _sides(text, workspace):
                if side.strip("。. ").lower() in VAGUE or len(side) < (SHORTEST if side.isascii() else SHORTEST // 2):
                    yield _found("DC-19", side.span, record, "warning", text=str(side))


def review_not_overdue(record: ControlRecord, workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """DC-31: the next review is not past."""
    if record.state(as_of) == "in_force" and record.next_review is not None and record.next_review < as_of:
        yield _found("DC-31", record.code.span, record, "warning", date=str(record.next_review))


def _signatures(record: ControlRecord) -> list[Approval]:
    found = [getattr(record.approvals, step) for step in _STEPS]
    return [approval for approval in found if approval is not None]


def _sides(text: Text, workspace: Workspace) -> Iterator[Markdown]:
    for language in workspace.content.client.languages:
        yield text.of(language)


RULES = (
    form_has_parent,
    version_is_last_change,
    changes_in_order,
    one_notation,
    approved_is_signed,
    distinct_signers,
    signers_entitled,
    dates_in_order,
    changes_say_something,
    review_not_overdue,
)
"""Rules on one control record each."""
