"""Where every document of a client stands on a date, from the ledgers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from docgen.library.ledger import Event
from docgen.library.lifecycle import Edition, Life
from docgen.model.newborn import newborn
from docgen.model.standing import ChangeRow, Signed, Standing, Standings
from docgen.model.workspace import Content


def standings(content: Content, lives: Mapping[str, Life], as_of: datetime.date) -> Standings:
    """The standings of the documents that the content describes."""
    day = as_of.isoformat()
    working, listed = {}, {}
    for code, record in content.documents.items():
        born = newborn(record, content)
        life = lives.get(code, Life(code))
        counted = life.counting(day)
        working[code] = being_made(life, born)
        listed[code] = standing(life, counted, born, day) if counted is not None else born
    return Standings(working, listed)


def being_made(life: Life, born: Standing) -> Standing:
    """The version that the content in the workspace makes: the open one, else the issued one as it would be now."""
    if life.open is not None:
        return standing(life, life.open, born, "")
    if not life.issued:
        return born
    newest = life.issued[-1]
    made = standing(life, newest, born, "")
    return replace(
        made,
        state="draft",
        issued=None,
        effective=None,
        next_review=None,
        signed=(),
        digest="",
        unopened=True,
        issued_digest=newest.digest,
        listing={},
    )


def standing(life: Life, edition: Edition, born: Standing, day: str) -> Standing:
    """A version on a day."""
    release, submission = edition.release, edition.submission
    until = release.get("pending", {}) if release is not None else {}
    following = life.successor(edition)
    return Standing(
        version=edition.version,
        state=life.state(edition, day),
        issued=_day(release.day) if release else None,
        effective=_day(edition.effective),
        next_review=_day(edition.next_review),
        signed=tuple(signed(edition)),
        changes=(*born.changes, *_rows(life, edition)),
        supersedes=_before(life, edition) or born.supersedes,
        successor=following.version
        if following is not None and following.effective == life.end(edition) <= day
        else "",
        digest=edition.digest if submission is not None and edition.stage != "draft" else "",
        pending={language: datetime.date.fromisoformat(date) for language, date in until.items()},
        lagging=frozenset(until or (submission.get("stale", {}) if submission is not None else ())),
        listing=submission["listing"] if release is not None and submission is not None else {},
    )


def signed(edition: Edition) -> list[Signed]:
    """The signatures of the present round, the preparer's first; none while the version is a draft."""
    if edition.submission is None or edition.stage in ("draft", "cancelled"):
        return []
    return [_signed(event) for event in (edition.submission, *edition.signatures)]


def _signed(event: Event) -> Signed:
    return Signed(
        meaning=event.get("meaning", "prepared"),
        person=event["person"],
        name=event["name"],
        role=event["role"],
        role_name=event["role_name"],
        at=event.at,
        method=event.get("method", "account"),
        behalf=event.get("behalf"),
        comment=event.get("note", ""),
    )


def _rows(life: Life, edition: Edition) -> list[ChangeRow]:
    """The change rows of all versions up to this one."""
    rows = []
    for one in life.editions:
        if one.submission is not None and (one.release is not None or one is edition) and one.stage != "draft":
            rows.append(change_row(one))
        if one is edition:
            break
    return rows


def change_row(edition: Edition) -> ChangeRow:
    """The change row of a submitted version."""
    submission = edition.submission
    assert submission is not None
    names = tuple(one.name for one in signed(edition))
    last = edition.release or submission
    change = submission["change"]
    return ChangeRow(edition.version, last.day, change["section"], change["what"], change["why"], edition.kind, names)


def _before(life: Life, edition: Edition) -> str:
    """The version issued before this one, '' for none."""
    issued = life.issued
    number = next((n for n, one in enumerate(issued) if one is edition), len(issued))
    return issued[number - 1].version if number else ""


def _day(value: str) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None
