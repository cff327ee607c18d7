"""What is coming up and what is overdue: reviews, signatures, comments, acknowledgements, effective dates, copies."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from docgen.library.lifecycle import Edition, Life, open_comments

Kind = Literal["review", "signature", "comment", "release", "effective", "acknowledge", "translation", "recall"]
Readers = Callable[[Sequence[str], str], Sequence[str]]
"""The people who hold the roles on a day."""


@dataclass(frozen=True)
class Due:
    """Something that somebody has to do, or a date to know of."""

    kind: Kind
    code: str
    version: str
    day: str
    """By when; '' for now."""
    who: tuple[str, ...]
    """Ids of people or roles."""
    late: bool


def due(
    lives: Mapping[str, Life], day: datetime.date, until: datetime.date, recall_by: int, readers: Readers
) -> list[Due]:
    """Everything due up to a day, late or not; `recall_by` is the time for recalls in days."""
    found: list[Due] = []
    for code, life in lives.items():
        found += _of(code, life, day.isoformat(), recall_by, readers)
    return sorted((one for one in found if one.day <= until.isoformat()), key=lambda one: (one.day, one.code, one.kind))


def _of(code: str, life: Life, day: str, recall_by: int, readers: Readers) -> Iterator[Due]:
    if life.open is not None:
        yield from _open(code, life.open)
    for edition in life.issued:
        state = life.state(edition, day)
        if state in ("in_force", "pending"):
            yield from _issued(code, edition, state, day, readers)
        elif state in ("superseded", "withdrawn", "retained"):
            yield from _copies(code, life, edition, day, recall_by)


def _open(code: str, edition: Edition) -> Iterator[Due]:
    if edition.stage == "approved":
        yield Due("release", code, edition.version, "", (), late=False)
    if edition.stage == "draft":
        return
    steps = edition.open_steps()
    if steps:
        roles = tuple(role for meaning, role in steps if meaning == steps[0][0])
        yield Due("signature", code, edition.version, "", roles, late=False)
    lagging = edition.submission.get("stale", {}) if edition.submission is not None else {}
    for language in lagging:
        yield Due("translation", code, edition.version, "", (str(language),), late=False)
    comments = list(open_comments(edition))
    if comments and edition.submission is not None:
        yield Due("comment", code, edition.version, "", (str(edition.submission["person"]),), late=False)


def _issued(code: str, edition: Edition, state: str, day: str, readers: Readers) -> Iterator[Due]:
    release = edition.release
    assert release is not None
    if state == "pending":
        yield Due("effective", code, edition.version, edition.effective, (), late=False)
    yield Due("review", code, edition.version, edition.next_review, (), late=edition.next_review < day)
    missing = tuple(person for person in readers(release["readers"], day) if person not in edition.acknowledged)
    if missing:
        by = str(release["acknowledge_by"])
        yield Due("acknowledge", code, edition.version, by, missing, late=by < day)
    for language, by in release["pending"].items():
        yield Due("translation", code, edition.version, str(by), (language,), late=str(by) < day)


def _copies(code: str, life: Life, edition: Edition, day: str, recall_by: int) -> Iterator[Due]:
    """Copies of an old version that are still out."""
    ended = life.end(edition)
    out = tuple(str(copy.number) for copy in edition.copies.values() if copy.state == "in_use")
    if out and ended:
        by = (datetime.date.fromisoformat(ended) + datetime.timedelta(days=recall_by)).isoformat()
        yield Due("recall", code, edition.version, by, out, late=by < day)
