"""The front of a document: what cover, approval block, change record, headers and footers print."""

from __future__ import annotations

import datetime

from docgen.compose import ast
from docgen.compose.composition import Approval, Change, Front
from docgen.compose.printing import Printer
from docgen.model import control
from docgen.model.control import ControlRecord
from docgen.model.text import PersonRef, RoleRef
from docgen.model.workspace import Content
from docgen.standard import STANDARD

_SIGNED = ("prepared", "reviewed", "approved")


def front(record: ControlRecord, content: Content, printer: Printer, as_of: datetime.date) -> Front:
    """The control record as the shells print it, in the printer's language."""
    labels, client, rules = printer.labels, content.client, content.control
    state = record.state(as_of)
    mark = labels.word("marks", state).format(date=labels.day(record.effective))
    title = printer.text(record.title)
    levels = {level.id: level.name for level in rules.levels}
    return Front(
        organization=printer.text(client.name),
        title=title,
        code=str(record.code),
        version=str(record.version),
        kind=labels.value(record.kind, "kind"),
        level=printer.text(levels[record.level]) if record.level in levels else labels.value(record.level, "level"),
        classification=labels.value(record.classification, "classification"),
        owner=printer.text(record.owner),
        status=labels.value(state, "state"),
        issue_date=labels.day(record.issued),
        effective_date=labels.day(record.effective),
        review_date=labels.day(record.next_review),
        standard=STANDARD,
        clauses=ast.flat(printer.inlines(record.clauses)),
        supersedes=str(record.changes[-2].id) if len(record.changes) > 1 else "",
        mark=mark,
        watermark="" if state == "in_force" else mark,
        header=printer.text(client.brand.header),
        print_note=labels.word("words", "print_note"),
        precedence=_precedence(content, printer),
        notice=printer.text(rules.notice),
        distribution=ast.flat(printer.inlines(record.distribution)),
        approvals=tuple(_approval(step, record, printer) for step in _SIGNED),
        changes=tuple(_change(change, printer) for change in record.changes),
        labels=labels.section("shell"),
        as_of=record.issued or (record.changes[-1].date if record.changes else as_of),
        keywords=", ".join([str(record.code), STANDARD, *map(str, record.clauses)]),
    )


def _precedence(content: Content, printer: Printer) -> str:
    if len(content.client.languages) < 2:
        return ""
    sentence = printer.labels.word("words", f"precedence.{content.client.governing}")
    return sentence.format(translation_within=printer.text(content.control.translation_within))


def _approval(step: str, record: ControlRecord, printer: Printer) -> Approval:
    signed: control.Approval | None = getattr(record.approvals, step)
    role: RoleRef = signed.role if signed else getattr(record.signers, step)
    name = printer.text(signed.person) if signed else ""
    date = signed.date.isoformat() if signed else ""
    return Approval(printer.labels.word("words", step), name, printer.text(role), date)


def _change(change: control.Change, printer: Printer) -> Change:
    people: list[PersonRef | None] = [change.prepared, change.reviewed, change.approved]
    names = printer.labels.word("formats", "people").join(printer.text(person) for person in people if person)
    return Change(
        version=str(change.id),
        date=change.date.isoformat(),
        section=printer.text(change.section),
        what=printer.text(change.what),
        why=printer.text(change.why),
        kind=printer.labels.value(change.kind, "kind"),
        people=names,
    )
