"""Rules on control records: what auditors find in identification, versions, signers and dates (clause 7.5).

Steps of a document's life are guarded when they are taken (docgen.library.guards); these rules look at what is typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.model.control import ControlRecord
from docgen.model.reasons import is_vague
from docgen.model.text import Markdown, Text

_LETTERS = {
    "manual": ("M",),
    "scope": ("M",),
    "order": ("M",),
    "policy": ("POL",),
    "plan": ("PL",),
    "agreement": ("AG",),
    "register": ("RG", "M"),
    "procedure": ("PR",),
    "instruction": ("WI",),
}
"""Letters by kind; matrices of the manual are laid out as registers."""
_LEVELS = {"procedure": "2", "instruction": "3", "form": "4"}


def identified(case: Case) -> Iterator[Found]:
    """DC-01: title, owner, clauses and readers say something."""
    for record in case.records:
        blank = [language for language in case.content.client.languages if not record.title.of(language).strip()]
        empty = [name for name in ("clauses", "distribution") if not getattr(record, name)]
        lacking = [f"title.{language}" for language in blank] + empty
        if lacking:
            yield found(record.code.span, record.code, document=record.code, fields=", ".join(lacking))


def form_has_parent(case: Case) -> Iterator[Found]:
    """DC-03: a form hangs on its procedure, whose code it carries."""
    for record in case.records:
        if record.kind == "form" and (record.parent is None or not record.code.startswith(f"{record.parent}-F")):
            yield found(record.code.span, record.code, document=record.code)


def number_shows_kind(case: Case) -> Iterator[Found]:
    """DC-03-kind: the letters of a number are those of the document's kind."""
    for record in case.records:
        letters = record.code.split("SMS-")[1].split("-")[0]
        if record.kind != "form" and letters not in _LETTERS[record.kind]:
            yield found(record.code.span, record.code, document=record.code, wanted=_LETTERS[record.kind][0])


def level_of_kind(case: Case) -> Iterator[Found]:
    """DC-03-level: a document stands on the level of its kind."""
    for record in case.records:
        wanted = _LEVELS.get(record.kind)
        if wanted is not None and record.level != wanted:
            yield found(record.code.span, record.code, document=record.code, level=record.level, wanted=wanted)


def version_follows_changes(case: Case) -> Iterator[Found]:
    """DC-05: a document with a past begins in the library with the version after its last change row."""
    for record in case.records:
        if record.changes:
            last, first = record.changes[-1].id, record.version
            if first is None or first.order() not in _following(last.order()):
                at = first.span if first is not None else last.span
                yield found(at, record.code, document=record.code, version=first or "—", row=last)


def changes_in_order(case: Case) -> Iterator[Found]:
    """DC-06: versions of the change record rise without gaps and their dates do not run back."""
    for record in case.records:
        for earlier, later in pairwise(record.changes):
            if later.id.order() not in _following(earlier.id.order()) or later.date < earlier.date:
                yield found(later.id.span, record.code, document=record.code, version=later.id, before=earlier.id)


def _following(order: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
    issue, revision = order
    return (issue, revision + 1), (issue + 1, 0)


def one_notation(case: Case) -> Iterator[Found]:
    """DC-07: every version is written in the notation of the settings."""
    wanted = case.content.control.notation
    form = "A/0" if wanted == "letter" else "1.0"
    for record in case.records:
        typed = [record.version] if record.version is not None else []
        for version in (*typed, *(change.id for change in record.changes)):
            if version.notation != wanted:
                yield found(version.span, record.code, document=record.code, version=version, form=form)


def signers_can_differ(case: Case) -> Iterator[Found]:
    """DC-11: the roles that sign are held by different people, where the settings ask for it."""
    roles = {str(role.id): role for role in case.content.client.roles}
    for record in case.records:
        signers = record.signers
        holders = [
            roles[str(role)].held_by(case.as_of) for role in (signers.prepared, signers.reviewed, signers.approved)
        ]
        if case.content.control.distinct_signers and len(set(holders)) < len(holders):
            yield found(signers.approved.span, record.code, document=record.code, people=", ".join(holders))


def approver_high_enough(case: Case) -> Iterator[Found]:
    """DC-12-level: a document is approved by the role of its level, or by top management."""
    content = case.content
    for record in case.records:
        wanted = [str(level.approved) for level in content.control.levels if level.id == record.level]
        role = record.signers.approved
        if wanted and str(role) not in (*wanted, str(content.client.top_management)):
            values = {"document": record.code, "role": role, "level": record.level, "wanted": wanted[0]}
            yield found(role.span, record.code, **values)


def rows_signed(case: Case) -> Iterator[Found]:
    """DC-14: every row of a change record from before the library names who reviewed and approved it."""
    for record in case.records:
        for change in record.changes:
            lacking = [name for name in ("reviewed", "approved") if getattr(change, name) is None]
            if lacking:
                values = {"document": record.code, "version": change.id, "lacking": ", ".join(lacking)}
                yield found(change.id.span, record.code, **values)


def changes_say_something(case: Case) -> Iterator[Found]:
    """DC-19: what changed and why is said, not `updated`."""
    for record in case.records:
        for change in record.changes:
            for text in (change.what, change.why):
                for side in _sides(text, case):
                    if is_vague(side, case.content.control.reason_length):
                        yield found(side.span, record.code, document=record.code, text=side)


def confidential_is_kept_close(case: Case) -> Iterator[Found]:
    """DC-30: a confidential or restricted document names its readers, and not everybody."""
    everybody = {str(role.id) for role in case.content.client.roles}
    for record in case.records:
        if record.classification in ("confidential", "restricted"):
            readers = {str(role) for role in record.distribution}
            if not readers or readers >= everybody:
                values = {"document": record.code, "classification": record.classification, "readers": len(readers)}
                yield found(record.code.span, record.code, **values)


def cycle_not_longer(case: Case) -> Iterator[Found]:
    """DC-31-cycle: the review cycle of a document is not longer than that of its level."""
    allowed = {level.id: level.review_cycle for level in case.content.control.levels}
    for record in case.records:
        limit = allowed.get(record.level)
        if limit is not None and _months(record) > float(limit.number) * _UNITS.get(limit.unit, 1):
            values = {"document": record.code, "cycle": record.review_cycle, "level": record.level, "limit": limit}
            yield found(record.review_cycle.span, record.code, **values)


_UNITS = {"months": 1.0, "quarters": 3.0, "years": 12.0}


def _months(record: ControlRecord) -> float:
    return float(record.review_cycle.number) * _UNITS.get(record.review_cycle.unit, 1)


def _sides(text: Text, case: Case) -> Iterator[Markdown]:
    for language in case.content.client.languages:
        yield text.of(language)


FAMILY = Family(
    "documents",
    "records",
    (
        Rule("DC-01", "error", "7.5.2", identified),
        Rule("DC-03", "error", "own", form_has_parent),
        Rule("DC-03-kind", "error", "own", number_shows_kind),
        Rule("DC-03-level", "warning", "own", level_of_kind),
        Rule("DC-05", "error", "7.5.3.2", version_follows_changes),
        Rule("DC-06", "error", "7.5.3.2", changes_in_order),
        Rule("DC-07", "warning", "own", one_notation),
        Rule("DC-11", "warning", "own", signers_can_differ),
        Rule("DC-12-level", "warning", "5.3", approver_high_enough),
        Rule("DC-14", "warning", "7.5.2", rows_signed),
        Rule("DC-19", "warning", "7.5.3.2", changes_say_something),
        Rule("DC-30", "error", "7.5.3.1", confidential_is_kept_close),
        Rule("DC-31-cycle", "warning", "own", cycle_not_longer),
    ),
)
"""Rules on control records."""
