"""Rules on filled-in forms: on the version of their day, without empty fields, signed (clause 7.5.3)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.diagnostics import Span
from docgen.model.content import FilledForm, Form


def on_the_version_of_the_day(case: Case) -> Iterator[Found]:
    """DC-38: a record is written on the version of its form that was in use on its day."""
    for code, number, record, _ in _filled(case):
        standing = case.standings.listed[code]
        issued = [(row.version, datetime.date.fromisoformat(row.day)) for row in standing.changes]
        if standing.state == "draft" or not issued:
            continue
        before = [version for version, day in issued if day <= record.date]
        if str(record.version) not in before[-2:]:  # The last but one may be used up until the last takes effect.
            wanted = before[-1] if before else "—"
            values = {"record": number, "form": code, "version": record.version, "wanted": wanted}
            yield found(record.version.span, number, **values, date=record.date)


def nothing_left_empty(case: Case) -> Iterator[Found]:
    """DC-45-empty: every field of a filled-in form says something, `/` or `none` where there is nothing to say."""
    for code, number, record, form in _filled(case):
        asked = [str(field.id) for part in form.parts for field in part.fields]
        empty = [name for name in asked if name not in record.values]
        if empty:
            yield found(_place(case, code, number), number, record=number, form=code, fields=", ".join(empty))


def written_in_the_past(case: Case) -> Iterator[Found]:
    """DC-45-date: a record was closed in the past."""
    for code, number, record, _ in _filled(case):
        if record.date > case.as_of:
            yield found(_place(case, code, number), number, record=number, form=code, date=record.date)


def _filled(case: Case) -> Iterator[tuple[str, str, FilledForm, Form]]:
    """Filled-in forms with code, number and the form."""
    for code, records in case.content.records.items():
        form = case.content.forms.get(str(case.content.documents[code].source)) if code in case.codes else None
        if form is not None:
            for number, record in records.items():
                yield code, number, record, form


def _place(case: Case, code: str, number: str) -> Span:
    span: Span = case.workspace.tree["records"][code][number].span
    return span


FAMILY = Family(
    "procedures",
    "records",
    (
        Rule("DC-38", "warning", "7.5.3.2", on_the_version_of_the_day),
        Rule("DC-45-date", "error", "7.5.3.1", written_in_the_past),
        Rule("DC-45-empty", "warning", "7.5.3.1", nothing_left_empty),
    ),
)
"""Rules on filled-in forms."""
