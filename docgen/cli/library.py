"""What the library tells: history, versions, comparisons, what is due, what has changed, whether all is as signed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.cli.surroundings import language as spoken
from docgen.cli.surroundings import workers
from docgen.cli.work import folders_of
from docgen.diagnostics import Language, Span, fail
from docgen.library.lifecycle import Edition, Life
from docgen.library.shelf import LEDGER, Shelf

if TYPE_CHECKING:
    from docgen.library.due import Due
    from docgen.library.verify import Verified
    from docgen.model.organization import Client


def shelf_of(root: Path, client: str) -> Shelf:
    """A client's library; raises DocgenError for an unknown client."""
    return Shelf(folders_of(root, client)[0])


def history(root: Path, client: str, codes: Sequence[str], as_of: datetime.date) -> list[Life]:
    """The lives of documents, of all that have one where none is named."""
    shelf = shelf_of(root, client)
    known = shelf.codes()
    for code in codes:
        if code not in known:
            raise fail("nothing-issued", Span(shelf.shown(code)), document=code)
    return [shelf.life(code, as_of.isoformat()) for code in (codes or known)]


def edition_of(life: Life, version: str, shelf: Shelf) -> Edition:
    """A version of a document; raises DocgenError for one that there is not."""
    found = life.edition(version)
    if found is None:
        known = ", ".join(edition.version for edition in life.editions) or "—"
        raise fail("version-unknown", Span(shelf.shown(life.code)), document=life.code, version=version, known=known)
    return found


def version_of_copy(root: Path, client: str, code: str, number: int) -> str:
    """The version that a numbered copy is of; raises DocgenError where there is no such copy."""
    shelf = shelf_of(root, client)
    for edition in shelf.life(code).issued:
        if number in edition.copies:
            return edition.version
    span = Span(shelf.shown(code))
    raise fail("copy-unknown", span, document=code, version="—", number=str(number), out="—")


def counts(found: Verified) -> dict[str, int]:
    """How much was looked at."""
    names = ("documents", "releases", "signatures", "keys", "files")
    return {name: getattr(found, name) for name in names}


def dues(root: Path, client: str, within: int | None, as_of: datetime.date) -> tuple[list[Due], Mapping[str, str]]:
    """What is due, and the names of people and roles."""
    from docgen.library.due import due
    from docgen.library.entitlement import readers
    from docgen.model.days import later
    from docgen.model.staff import read_staff

    content = read_staff(folders_of(root, client))
    people: Client = content.client
    settings = content.control
    until = as_of + datetime.timedelta(days=within) if within is not None else later(as_of, settings.remind_before)
    recall = (later(as_of, settings.recall_within) - as_of).days
    names = {str(one.id): str(one.name.of(_language(people))) for one in people.people}
    names |= {str(one.id): str(one.name.of(_language(people))) for one in people.roles}

    def holders(roles: Sequence[str], day: str) -> list[str]:
        return readers(content, roles, datetime.date.fromisoformat(day))

    return due(shelf_of(root, client).lives(as_of.isoformat()), as_of, until, recall, holders), names


def _language(client: Client) -> Language:
    return spoken() if spoken() in client.languages else client.languages[0]


def verified(root: Path, client: str, pack: Path | None, keys: Path | None = None) -> Verified:
    """The client's library, or a received pack, looked through; `keys` instead of those that the pack brings along."""
    from docgen.library.keys import read_trusted
    from docgen.library.received import received
    from docgen.library.verify import Holdings, verify

    if pack is not None:
        return received(pack, read_trusted(keys) if keys is not None else None, workers())
    folder = folders_of(root, client)[0]
    shelf = Shelf(folder)
    # Ledgers first: what a step adds meanwhile is there when the files are listed, and named by none of these.
    ledgers = {f"{code}/{LEDGER}": shelf.read(f"{code}/{LEDGER}") for code in shelf.codes()}
    listed = {path.relative_to(shelf.folder).as_posix() for path in shelf.folder.rglob("*") if path.is_file()}

    def read(path: str) -> bytes:
        return ledgers[path] if path in ledgers else shelf.read(path)

    holdings = Holdings(frozenset(listed | set(ledgers)), read, shelf.shown, partial=False)
    return verify(holdings, read_trusted(keys or folder / "keys"), workers())


_SHORT = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}")


def is_check_code(text: str) -> bool:
    """Whether a text is the check code of a cover, such as 3F7A-9C21-44B0."""
    return _SHORT.fullmatch(text.upper()) is not None


def by_check_code(root: Path, client: str, code: str, as_of: datetime.date) -> dict[str, Any]:
    """The version that a print's check code belongs to, and whether it is in force; raises DocgenError for none."""
    from docgen.compose.digest import short_code

    shelf = shelf_of(root, client)
    for life in shelf.lives(as_of.isoformat()).values():
        for edition in life.editions:
            if short_code(edition.digest) == code.upper():
                current = life.in_force(as_of.isoformat())
                state = life.state(edition, as_of.isoformat())
                in_force = current.version if current is not None else "—"
                return {"document": life.code, "version": edition.version, "state": state, "in_force": in_force}
    raise fail("code-unknown", Span(shelf.shown("")), code=code)


def as_data(things: Sequence[Any]) -> list[dict[str, Any]]:
    """Plain values of dataclasses, for scripts."""
    return [asdict(thing) for thing in things]
