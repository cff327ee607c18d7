"""Rules on where documents stand: overdue reviews, events since the last issue, signatures given in a heap."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.compose.views import source_of
from docgen.diagnostics import Span
from docgen.model.control import ControlRecord
from docgen.model.folders import shown

_HOLDING = ("in_force", "pending")
_HASTE = datetime.timedelta(minutes=3)
"""Time within which three people hardly read and sign a document one after the other."""
_OF_SERVICES = ("4.3", "6.3", "8.2.4")
"""Clauses whose documents list the services."""
_FOLDERS = ("procedures", "registers", "forms", "agreements", "papers", "instructions")


def signed_one_by_one(case: Case) -> Iterator[Found]:
    """DC-17: signatures of different people lie apart by the time it takes to read."""
    for record in case.records:
        signed = case.standings.listed[record.code].signed
        times = [datetime.datetime.fromisoformat(one.at) for one in signed]
        if len({one.person for one in signed}) > 2 and max(times) - min(times) < _HASTE:
            values = {"document": record.code, "count": len(signed), "time": signed[0].at[:16].replace("T", " ")}
            yield found(record.code.span, record.code, **values)


def files_are_used(case: Case) -> Iterator[Found]:
    """DC-25: every written file belongs to a document of the list."""
    if not case.whole:
        return
    content = case.content
    used = {id(source_of(content, record)) for record in content.documents.values() if record.source is not None}
    for folder in _FOLDERS:
        for name, item in getattr(content, folder).items():
            if id(item) not in used:
                yield found(case.workspace.tree[folder].keys_at[name], name, file=f"{folder}/{name}.yaml")


def library_is_listed(case: Case) -> Iterator[Found]:
    """DC-25-library: every document of the library is in the list, withdrawn ones included."""
    folder = case.workspace.folders[0] / "library"
    if not case.whole or not folder.is_dir():
        return
    for path in sorted(folder.glob("SMS-*/ledger.jsonl")):
        if path.parent.name not in case.content.documents:
            yield found(Span(shown(path)), path.parent.name, document=path.parent.name)


def issued_to_somebody(case: Case) -> Iterator[Found]:
    """DC-27: a document in force names who gets it."""
    for record in case.records:
        if case.standings.listed[record.code].state in _HOLDING and not record.distribution:
            yield found(record.code.span, record.code, document=record.code)


def review_not_overdue(case: Case) -> Iterator[Found]:
    """DC-31: the next review is not past."""
    for record in case.records:
        standing = case.standings.listed[record.code]
        if standing.state == "in_force" and case.past(standing.next_review):
            yield found(record.code.span, record.code, document=record.code, date=standing.next_review)


def reviewed_after_events(case: Case) -> Iterator[Found]:
    """DC-33: documents that list the services were issued after the last service was added."""
    for record in case.records:
        standing = case.standings.listed[record.code]
        if standing.state == "in_force" and standing.issued is not None and _lists_services(record):
            for service in case.content.services.services:
                if standing.issued < service.since <= case.as_of:
                    values = {"document": record.code, "service": service.id, "date": service.since}
                    yield found(record.code.span, record.code, **values, issued=standing.issued)


def _lists_services(record: ControlRecord) -> bool:
    return record.kind != "form" and any(str(clause) in _OF_SERVICES for clause in record.clauses)


FAMILY = Family(
    "documents",
    "records",
    (
        Rule("DC-17", "info", "7.5.2", signed_one_by_one),
        Rule("DC-25", "warning", "7.5.3.2", files_are_used),
        Rule("DC-25-library", "error", "7.5.3.2", library_is_listed),
        Rule("DC-27", "warning", "7.5.3.2", issued_to_somebody),
        Rule("DC-31", "warning", "own", review_not_overdue),
        Rule("DC-33", "warning", "7.5.2", reviewed_after_events),
    ),
)
"""Rules on the standing of documents."""
