"""Rules on procedures, instructions and forms: skeleton, limits, records and their retention (clauses 7.5, 8.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.compose.views import forms_named
from docgen.model.content import Form, Procedure
from docgen.model.control import ControlRecord

_PARTS = ("terms", "responsibilities", "steps", "indicators", "related", "records")
_TYPED_LIMIT = {
    "zh": re.compile(r"\d+(?:\.\d+)?\s*(?:个)?(?:分钟|小时|工作日|天|日内|周内|个月|季度|年)"),
    "en": re.compile(r"\b\d+(?:\.\d+)?\s*(?:working |calendar )?(?:minute|hour|day|week|month|quarter|year)s?\b", re.I),
}
_FEWEST_STEPS = 4
_GONE = ("withdrawn", "retained", "disposed")


def skeleton_filled(case: Case) -> Iterator[Found]:
    """DC-42: a procedure has terms, responsibilities, steps, indicators, related documents and records."""
    for record, procedure in _procedures(case):
        blank = [name for name in _PARTS if not getattr(procedure, name)]
        blank += ["steps (< 4)"] if 0 < len(procedure.steps) < _FEWEST_STEPS else []
        if blank:
            yield found(record.code.span, record.code, document=record.code, parts=", ".join(blank))


def steps_by_responsible_roles(case: Case) -> Iterator[Found]:
    """DC-39-step: who acts in a step is among the responsibilities of the procedure."""
    for record, procedure in _procedures(case):
        named = {str(one.id) for one in procedure.responsibilities}
        for step in procedure.steps:
            if str(step.role) not in named:
                yield found(step.role.span, record.code, document=record.code, step=step.id, role=step.role)


def every_step_reached(case: Case) -> Iterator[Found]:
    """DC-42-flow: a way leads to every step but the first."""
    for record, procedure in _procedures(case):
        reached = {str(way.to) for step in procedure.steps for way in step.next}
        for before, step in pairwise(procedure.steps):
            falls = before.kind != "end" and not before.next
            if not falls and str(step.id) not in reached:
                yield found(step.id.span, record.code, document=record.code, step=step.id)


def decisions_have_answers(case: Case) -> Iterator[Found]:
    """DC-42-decision: a decision leads two ways at least, and each says under which answer."""
    for record, procedure in _procedures(case):
        for step in procedure.steps:
            if step.kind == "decision" and (len(step.next) < 2 or any(way.when is None for way in step.next)):
                yield found(step.id.span, record.code, document=record.code, step=step.id)


def limits_are_parameters(case: Case) -> Iterator[Found]:
    """DC-40: a time limit of a step names a parameter, so that it reads the same everywhere."""
    for record, procedure in _procedures(case):
        for step in procedure.steps:
            for language in case.content.client.languages:
                side = step.limit.of(language)
                typed = _TYPED_LIMIT[language].search(side)
                if typed is not None:
                    yield found(side.span, record.code, document=record.code, step=step.id, text=typed[0])


def forms_are_records(case: Case) -> Iterator[Found]:
    """DC-45-listed: every form of a procedure is among its records."""
    forms: dict[str, list[ControlRecord]] = {}
    for record in case.content.documents.values():
        gone = case.standings.listed[record.code].state in _GONE
        if record.kind == "form" and record.parent is not None and record.source is not None and not gone:
            forms.setdefault(str(record.parent), []).append(record)
    for record, procedure in _procedures(case):
        named = {code for one in procedure.records for code in forms_named(one.name)}
        for form in forms.get(str(record.code), []):
            if str(form.code) not in named:
                yield found(record.code.span, record.code, document=record.code, form=form.code)


def retention_alike(case: Case) -> Iterator[Found]:
    """DC-47-differs: procedure and form give one retention and one keeper for a record."""
    forms = _forms_by_code(case)
    for record, procedure in _procedures(case):
        for one in procedure.records:
            for code in forms_named(one.name):
                form = forms.get(code)
                if form is not None and (form.retention != one.retention or form.keeper != one.keeper):
                    values = {"document": record.code, "form": code, "ours": f"{one.retention}, {one.keeper}"}
                    yield found(one.retention.span, record.code, **values, theirs=f"{form.retention}, {form.keeper}")


def forms_are_signed(case: Case) -> Iterator[Found]:
    """DC-45: a form asks who recorded and when: a signature field, which has name and date."""
    for record, form in _forms(case):
        if not any(field.kind == "sign" for part in form.parts for field in part.fields):
            yield found(record.code.span, record.code, document=record.code)


def parts_are_filled(case: Case) -> Iterator[Found]:
    """DC-45-part: every part of a form has fields or rows, every choice has options."""
    for record, form in _forms(case):
        for part in form.parts:
            few = [str(field.id) for field in part.fields if field.kind == "choice" and len(field.options) < 2]
            if (not part.fields and part.grid is None) or few:
                yield found(part.id.span, record.code, document=record.code, part=part.id, fields=", ".join(few) or "—")


def _procedures(case: Case) -> Iterator[tuple[ControlRecord, Procedure]]:
    for record in case.records:
        if record.kind == "procedure" and str(record.source) in case.content.procedures:
            yield record, case.content.procedures[str(record.source)]


def _forms(case: Case) -> Iterator[tuple[ControlRecord, Form]]:
    for record in case.records:
        if record.kind == "form" and str(record.source) in case.content.forms:
            yield record, case.content.forms[str(record.source)]


def _forms_by_code(case: Case) -> Mapping[str, Form]:
    forms = case.content.forms
    records = case.content.documents.items()
    return {code: forms[str(record.source)] for code, record in records if str(record.source) in forms}


FAMILY = Family(
    "procedures",
    "records",
    (
        Rule("DC-39-step", "warning", "5.3", steps_by_responsible_roles),
        Rule("DC-40", "warning", "4.4", limits_are_parameters),
        Rule("DC-42", "warning", "own", skeleton_filled),
        Rule("DC-42-decision", "error", "8.1", decisions_have_answers),
        Rule("DC-42-flow", "warning", "8.1", every_step_reached),
        Rule("DC-45", "warning", "7.5.3.1", forms_are_signed),
        Rule("DC-45-listed", "warning", "7.5.3.2", forms_are_records),
        Rule("DC-45-part", "warning", "7.5.3.1", parts_are_filled),
        Rule("DC-47-differs", "warning", "7.5.3.2", retention_alike),
    ),
)
"""Rules on procedures and forms."""
