"""The front of a document: what cover, approval block, change record, headers and footers print."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from docgen.compose import ast
from docgen.compose.composition import Approval, Change, Front, Signature
from docgen.compose.digest import short_code
from docgen.compose.labels import Labels
from docgen.compose.printing import Printer
from docgen.model import control
from docgen.model.control import ControlRecord
from docgen.model.standing import ChangeRow, Signed, Standing
from docgen.model.text import RoleRef
from docgen.model.workspace import Content
from docgen.standard import STANDARD

_SIGNED = ("prepared", "reviewed", "countersigned", "approved")
_UNMARKED = ("approved", "pending", "in_force")
"""States whose pages carry no watermark."""


def front(record: ControlRecord, standing: Standing, content: Content, printer: Printer, as_of: datetime.date) -> Front:
    """The control record as the shells print it, in the printer's language."""
    labels, client, rules = printer.labels, content.client, content.control
    mark = labels.word("marks", standing.state).format(date=labels.day(standing.effective))
    fingerprint = short_code(standing.digest)
    levels = {level.id: level.name for level in rules.levels}
    return Front(
        organization=printer.text(client.name),
        title=printer.text(record.title),
        code=str(record.code),
        version=standing.version,
        kind=labels.value(record.kind, "kind"),
        level=printer.text(levels[record.level]) if record.level in levels else labels.value(record.level, "level"),
        classification=labels.value(record.classification, "classification"),
        owner=printer.text(record.owner),
        status=_status(standing, labels),
        issue_date=labels.day(standing.issued),
        effective_date=labels.day(standing.effective),
        review_date=labels.day(standing.next_review),
        standard=STANDARD,
        clauses=ast.flat(printer.inlines(record.clauses)),
        supersedes=standing.supersedes,
        mark=mark,
        watermark="" if standing.state in _UNMARKED else mark,
        header=printer.text(client.brand.header),
        print_note=labels.word("words", "print_note"),
        precedence=_precedence(content, printer),
        notice=printer.text(rules.notice),
        distribution=ast.flat(printer.inlines(record.distribution)),
        approvals=tuple(_approvals(record, standing, printer)),
        changes=(
            *(_earlier(change, printer) for change in record.changes),
            *(
                _change(change, printer, has_past=bool(record.changes))
                for change in standing.changes[len(record.changes) :]
            ),
        ),
        labels=labels.section("shell"),
        as_of=_day(standing, as_of),
        keywords=", ".join([str(record.code), STANDARD, *map(str, record.clauses)]),
        successor=f"{record.code} {standing.successor}" if standing.successor else "",
        sync=_pending(standing, printer),
        page_mark=_page_mark(record, standing, labels),
        fingerprint=fingerprint,
        digest=standing.digest,
        verify=f"{record.code} {standing.version} {fingerprint}" if fingerprint else "",
        signatures=tuple(_signature(one, printer) for one in standing.signed) if standing.issued else (),
    )


def _day(standing: Standing, as_of: datetime.date) -> datetime.date:
    """The day of the file's timestamps: of issue, else of the last change."""
    if standing.issued is not None:
        return standing.issued
    return datetime.date.fromisoformat(standing.changes[-1].day) if standing.changes else as_of


def _precedence(content: Content, printer: Printer) -> str:
    if len(content.client.languages) < 2:
        return ""
    sentence = printer.labels.word("words", f"precedence.{content.client.governing}")
    return sentence.format(translation_within=printer.text(content.control.translation_within))


def _approvals(record: ControlRecord, standing: Standing, printer: Printer) -> Iterator[Approval]:
    """A line for every signature, and one to be signed where it is still open."""
    language = printer.language
    for meaning in _SIGNED:
        label = printer.labels.word("words", meaning)
        signed = [signature for signature in standing.signed if signature.meaning == meaning]
        for signature in signed:
            name = signature.name[language]
            if signature.behalf is not None:
                behalf = printer.labels.word("shell", "behalf").format(name=signature.behalf[language])
                name = printer.labels.word("formats", "on_behalf").format(name=name, behalf=behalf)
            yield Approval(label, name, signature.role_name[language], signature.at[:10])
        if not signed and meaning != "countersigned":
            role: RoleRef = getattr(record.signers, meaning)
            yield Approval(label, "", printer.text(role), "")


def _signature(signed: Signed, printer: Printer) -> Signature:
    word, language = printer.labels.word, printer.language
    return Signature(
        label=word("words", signed.meaning),
        meaning=word("words", f"meaning.{signed.meaning}"),
        name=signed.name[language],
        role=signed.role_name[language],
        at=f"{signed.at[:10]} {signed.at[11:16]} {signed.at[19:]}",
        method=word("words", f"method.{signed.method}"),
        behalf=signed.behalf[language] if signed.behalf else "",
        comment=signed.comment,
    )


def _status(standing: Standing, labels: Labels) -> str:
    """The state in words; an issued version says no more than that, so that its text holds before and after its
    effective date."""
    if standing.state in ("pending", "in_force"):
        return labels.word("words", "issued")
    return labels.value(standing.state, "state")


def _page_mark(record: ControlRecord, standing: Standing, labels: Labels) -> str:
    """What stands at the foot of every page of a version that is no longer in force."""
    if standing.state == "superseded" and standing.successor:
        return labels.word("words", "page_superseded").format(successor=f"{record.code} {standing.successor}")
    return labels.word("marks", standing.state) if standing.state in ("withdrawn", "retained", "disposed") else ""


def numbered(front: Front, number: int, labels: Labels) -> Front:
    """The front of a numbered controlled copy."""
    copy = f"{number:03}"
    foot = labels.word("words", "page_copy").format(copy=copy)
    return replace(front, mark=labels.word("marks", "controlled"), copy=copy, page_mark=foot)


def _pending(standing: Standing, printer: Printer) -> str:
    """The sentence on the cover of a text that is still to follow the governing one."""
    until = standing.pending.get(printer.language)
    return printer.labels.word("words", "sync").format(date=printer.labels.day(until)) if until else ""


def _earlier(change: control.Change, printer: Printer) -> Change:
    """A row from before the library, typed as a text with references."""
    people = [person for person in (change.prepared, change.reviewed, change.approved) if person is not None]
    return Change(
        version=str(change.id),
        date=change.date.isoformat(),
        section=printer.text(change.section),
        what=printer.text(change.what),
        why=printer.text(change.why),
        kind=printer.labels.value(change.kind, "kind"),
        people=printer.labels.word("formats", "people").join(printer.text(person) for person in people),
    )


def _change(change: ChangeRow, printer: Printer, *, has_past: bool) -> Change:
    language = printer.language
    kind = "adopted" if has_past and change.kind == "first" else change.kind
    return Change(
        version=change.version,
        date=change.day,
        section=change.section[language],
        what=change.what[language],
        why=change.why[language],
        kind=printer.labels.value(kind, "kind"),
        people=printer.labels.word("formats", "people").join(names[language] for names in change.people),
    )
