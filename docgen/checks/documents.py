"""Rules on control records: what auditors find in identification, versions, signers and dates (clause 7.5).

Steps of a document's life are guarded when they are taken (docgen.library.guards); these rules look at what is typed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise

from docgen.diagnostics import Diagnostic, Severity, Span
from docgen.model.control import ControlRecord
from docgen.model.reasons import is_vague
from docgen.model.standing import Standing
from docgen.model.text import Markdown, Text
from docgen.model.workspace import Workspace


def _found(code: str, span: Span, record: ControlRecord, severity: Severity = "error", /, **values: str) -> Diagnostic:
    return Diagnostic(code, span, {"document": str(record.code), **values}, severity)


def form_has_parent(
    record: ControlRecord, standing: Standing, workspace: Workspace, as_of: datetime.date
) -> Iterator[Diagnostic]:
    """DC-03: a form hangs on its procedure, whose code it carries."""
    if record.kind == "form" and (record.parent is None or not record.code.startswith(f"{record.parent}-F")):
        yield _found("DC-03", record.code.span, record)


def version_follows_changes(
    record: ControlRecord, standing: Standing, workspace: Workspace, as_of: datetime.date
) -> Iterator[Diagnostic]:
    """DC-05: a document with a past begins in the library with the version after its last change row."""
    if record.changes:
        last, first = record.changes[-1].id, record.version
        if first is None or first.order() not in _following(last.order()):
            at = first.span if first is not None else last.span
            yield _found("DC-05", at, record, version=str(first or "—"), row=str(last))


def changes_in_order(
    record: ControlRecord, standing: Standing, workspace: Workspace, as_of: datetime.date
) -> Iterator[Diagnostic]:
    """DC-06: versions of the change record rise without gaps and their dates do not run back."""
    for earlier, later in pairwise(record.changes):
        if later.id.order() not in _following(earlier.id.order()) or later.date < earlier.date:
            yield _found("DC-06", later.id.span, record, version=str(later.id), before=str(earlier.id))


def _following(order: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    issue, revision = order
    return (issue, revision + 1), (issue + 1, 0)


def one_notation(
    record: ControlRecord, standing: Standing, workspace: Workspace, as_of: datetime.date
) -> Iterator[Diagnostic]:
    """DC-07: every version is written in the notation of the settings."""
    wanted = workspace.content.control.notation
    typed = [record.version] if record.version is not None else []
    for version in (*typed, *(change.id for change in record.changes)):
        if version.notation != wanted:
            form = "A/0" if wanted == "letter" else "1.0"
            yield _found("DC-07", version.span, record, "warning", version=str(version), form=form)


def signers_can_differ(
    record: ControlRecord, standing: Standing, workspace: Workspace, as_of: datetime.date
) -> Iterator[Diagnostic]:
    """DC-11: the roles that sign are held by different people, where the settings ask for it."""
    roles = {str(role.id): role for role in workspace.content.client.roles}
    signers = record.signers
    holders = [roles[str(role)].held_by(as_of) for role in (signers.prepared, signers.reviewed, signers.approved)]
    if workspace.content.control.distinct_signers and len(set(holders)) < len(holders):
        yield _found("DC-11", record.signers.approved.span, record, "warning", people=", ".join(holders))


def approver_high_enough(
    record: ControlRecord, standing: Standing, workspace: Workspace, as_of: datetime.date
) -> Iterator[Diagnostic]:
    """DC-12: a document is approved by the role of its level, or by top management."""
    content = workspace.content
    wanted = [str(level.approved) for level in content.control.levels if level.id == record.level]
    if wanted and str(record.signers.approved) not in (*wanted, str(content.client.top_management)):
        values = {"role": str(record.signers.approved), "level": str(record.level), "wanted": wanted[0]}
        yield _found("DC-12-level", record.signers.approved.span, record, "warning", **values)


def changes_say_something(
    record: ControlRecord, standing: Standing, workspace: Workspace, as_of: datetime.date
) -> Iterator[Diagnostic]:
    """DC-19: what changed and why is said, not `updated`."""
    for change in record.changes:
        for text in (change.what, change.why):
            for side in _sides(text, workspace):
                if is_vague(side, workspace.content.control.reason_length):
                    yield _found("DC-19", side.span, record, "warning", text=str(side))


def review_not_overdue(
    record: ControlRecord, standing: Standing, workspace: Workspace, as_of: datetime.date
) -> Iterator[Diagnostic]:
    """DC-31: the next review is not past."""
    if standing.state == "in_force" and standing.next_review is not None and standing.next_review < as_of:
        yield _found("DC-31", record.code.span, record, "warning", date=str(standing.next_review))


def _sides(text: Text, workspace: Workspace) -> Iterator[Markdown]:
    for language in workspace.content.client.languages:
        yield text.of(language)


RULES = (
    form_has_parent,
    version_follows_changes,
    changes_in_order,
    one_notation,
    signers_can_differ,
    approver_high_enough,
    changes_say_something,
    review_not_overdue,
)
"""Rules on one document each."""
