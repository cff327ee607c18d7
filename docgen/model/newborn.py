"""Documents that no library knows yet."""

from __future__ import annotations

from docgen.diagnostics import Language
from docgen.model.control import ControlRecord
from docgen.model.standing import ChangeRow, Pair, Standing, Standings
from docgen.model.text import Text
from docgen.model.workspace import Content


def newborns(content: Content) -> Standings:
    """All documents of a client without a library."""
    made = {code: newborn(record, content) for code, record in content.documents.items()}
    return Standings(made, made)


def newborn(record: ControlRecord, content: Content) -> Standing:
    """A document that the library does not know yet: a draft, with the change rows it brought along."""
    notation = content.control.notation
    people = {str(person.id): _pair(person.name) for person in content.client.people}
    rows = []
    for change in record.changes:
        signers = [people[str(person)] for person in (change.prepared, change.reviewed, change.approved) if person]
        pairs = (_pair(change.section), _pair(change.what), _pair(change.why))
        rows.append(ChangeRow(str(change.id), change.date.isoformat(), *pairs, change.kind, tuple(signers)))
    version = str(record.version or ("A/0" if notation == "letter" else "1.0"))
    return Standing(version, changes=tuple(rows), supersedes=rows[-1].version if rows else "")


def _pair(text: Text) -> Pair:
    languages: tuple[Language, ...] = ("zh", "en")
    return {language: str(side) for language in languages if (side := getattr(text, language)) is not None}
