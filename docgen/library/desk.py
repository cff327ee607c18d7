"""What a step in a document's life is decided on: who acts and when, the client's content, the library."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.compose.digest import content_digest, of_languages
from docgen.diagnostics import Diagnostic, Language, Span
from docgen.library.comparison import changes
from docgen.library.entitlement import Entitlement
from docgen.library.lifecycle import Edition, Life, Transition
from docgen.library.redline import SectionChange
from docgen.library.severity import signs_of_major
from docgen.library.shelf import Shelf
from docgen.library.twins import Pairs, Unit, memory, paired, stale
from docgen.model.control import ControlRecord
from docgen.model.reasons import is_vague
from docgen.model.standing import Pair
from docgen.model.text import Text
from docgen.model.workspace import Workspace

Check = Callable[[str], Sequence[Diagnostic]]
Print = Callable[[Mapping[Language, Composition]], "Printed"]


@dataclass(frozen=True)
class Printed:
    """The files of a version, and what wrote them."""

    files: Mapping[str, bytes]
    """By `zh/docx` and so on."""
    shells: Mapping[Language, bytes]
    program: str
    """Hash of the writers."""
    engines: Mapping[str, str]
    """Names and versions."""


@dataclass(frozen=True)
class Actor:
    """Who acts, under which account of the machine, and when."""

    person: str
    account: str
    at: str
    """Local time with offset, ISO 8601."""
    given: bool = False
    """Whether the time was given instead of read from the clock."""

    @property
    def day(self) -> datetime.date:
        """The local date."""
        return datetime.date.fromisoformat(self.at[:10])

    def fields(self) -> dict[str, Any]:
        """What of it a ledger line holds."""
        fields = {"at": self.at, "person": self.person, "account": self.account}
        return {**fields, "clock": "given"} if self.given else fields


@dataclass(frozen=True)
class Desk:
    """Everything a step may look at."""

    workspace: Workspace
    composer: Composer
    shelf: Shelf
    lives: Mapping[str, Life]
    actor: Actor
    check: Check
    """What the rules find wrong with a document."""
    print: Print
    """The files of a document's compositions."""

    @property
    def languages(self) -> tuple[Language, ...]:
        """The client's languages, the governing one first."""
        client = self.workspace.content.client
        return tuple(sorted(client.languages, key=lambda language: language != client.governing))

    def record(self, code: str) -> ControlRecord:
        """The control record of a document."""
        return self.workspace.content.documents[code]

    def pair(self, text: Text) -> Pair:
        """A text in the client's languages."""
        return {language: str(text.of(language)) for language in self.languages}


@dataclass
class Proposal:
    """A step somebody wants to take on a document."""

    desk: Desk
    transition: Transition
    code: str
    life: Life
    edition: Edition
    """The version it is about; one that begins with the step, where none is there yet."""
    fields: dict[str, Any] = field(default_factory=dict)
    """What the ledger line will hold besides the actor."""

    @property
    def span(self) -> Span:
        """Where messages about the document point: its control record."""
        return self.desk.record(self.code).code.span

    def found(self, code: str, **values: str) -> Diagnostic:
        """A mistake of this step."""
        return Diagnostic(code, self.span, {"document": self.code, "version": self.edition.version, **values})

    def is_vague(self, text: str) -> bool:
        """Whether a reason or note says too little, by the client's rule."""
        return is_vague(text, self.desk.workspace.content.control.reason_length)

    @cached_property
    def compositions(self) -> dict[Language, Composition]:
        """The document as its content stands now, in every language."""
        return {language: self.desk.composer.compose(self.code, language) for language in self.desk.languages}

    @cached_property
    def digests(self) -> dict[Language, str]:
        """Content digests by language."""
        return {language: content_digest(one) for language, one in self.compositions.items()}

    @property
    def digest(self) -> str:
        """The digest of the document's content now."""
        return of_languages(self.digests)

    def changes(self, before: Mapping[Language, Composition]) -> dict[Language, tuple[SectionChange, ...]]:
        """What changed against earlier compositions, by language."""
        at = datetime.datetime.fromisoformat(self.desk.actor.at)
        return {
            language: changes(before[language], now, at)
            for language, now in self.compositions.items()
            if language in before
        }

    def acts_in(self, found: Entitlement) -> None:
        """Note the role that the actor turned out to act in, as it is printed."""
        desk = self.desk
        person = next(one for one in desk.workspace.content.client.people if str(one.id) == desk.actor.person)
        self.fields |= {
            "name": desk.pair(person.name),
            "role": str(found.role.id),
            "role_name": desk.pair(found.role.name),
        }
        if found.behalf is not None:
            self.fields |= {"behalf": desk.pair(found.behalf), "delegation": found.delegation}

    @cached_property
    def signs_of_major(self) -> tuple[str, ...]:
        """What of the changes looks like a change of duty, time limit, target or clause."""
        governing = self.desk.languages[0]
        roles = [str(role.name.of(governing)) for role in self.desk.workspace.content.client.roles]
        return tuple(signs_of_major((self.since_issue or {}).get(governing, ()), roles))

    @cached_property
    def stale(self) -> dict[Language, tuple[Unit, ...]]:
        """Passages of each translation whose source has changed since they were made from it."""
        pairs = {language: (self._pairs(language), self._remembered[language]) for language in self.desk.languages[1:]}
        found = {language: stale(*both) for language, both in pairs.items()}
        return {language: units for language, units in found.items() if units}

    def twins(self) -> dict[str, list[list[str]]]:
        """What the translations are made from, by language and block; stale passages keep the sources they had."""
        return {
            language: memory(self._pairs(language), self._remembered[language]) for language in self.desk.languages[1:]
        }

    def confirmed_twins(self) -> dict[str, list[list[str]]]:
        """The same, where somebody has compared every passage."""
        return {language: memory(self._pairs(language)) for language in self.desk.languages[1:]}

    def _pairs(self, language: Language) -> Pairs:
        return paired(self.compositions[self.desk.languages[0]], self.compositions[language])

    @cached_property
    def _remembered(self) -> dict[Language, list[list[str]]]:
        """What translations were made from, by the version issued last and by what was compared since."""
        current = self.life.current()
        kept = self.desk.shelf.release(self.code, current)["twins"] if current is not None else {}
        found = {}
        for language in self.desk.languages[1:]:
            compared = [line for event in self.edition.synchronized for line in event["twins"].get(language, ())]
            found[language] = [*kept.get(language, ()), *compared]
        return found

    @cached_property
    def since_issue(self) -> dict[Language, tuple[SectionChange, ...]] | None:
        """What changed since the version issued last; None where there is none."""
        current = self.life.current()
        if current is None:
            return None
        return self.changes(self.desk.shelf.compositions(self.code, current, None))
