"""What rules are made of: a row of a table, what they look at, and what they find."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from docgen.checks.texts import Texts
from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.compose.twins import Disagreement, disagreements
from docgen.diagnostics import Language, Severity, Span
from docgen.model.control import ControlRecord
from docgen.model.days import MINUTES, later, months_later
from docgen.model.quantity import Quantity

LooksAt = Literal["records", "compositions", "texts", "data"]
"""Control records, composed documents and texts of the documents that are checked; or the data of all."""


@dataclass(frozen=True)
class Found:
    """One thing that a rule found."""

    span: Span
    where: str
    """Code of the document or id of the thing concerned; what a waiver names."""
    values: Mapping[str, str]
    """What the sentence names."""


class Case:
    """What rules look at: a workspace on a day, and which of its documents are checked."""

    def __init__(self, composer: Composer, codes: Collection[str] = ()) -> None:
        self.composer = composer
        self.workspace = composer.workspace
        self.content = composer.workspace.content
        self.as_of = composer.as_of
        self.standings = composer.standings
        self.whole = not codes
        """Whether everything is checked."""
        self.codes = tuple(code for code in self.content.documents if not codes or code in codes)
        self._composed: dict[tuple[str, Language], Composition] = {}
        self._disagreements: dict[str, tuple[Disagreement, ...]] = {}

    def composition(self, code: str, language: Language) -> Composition:
        """A document in a language, composed once."""
        key = (code, language)
        if key not in self._composed:
            self._composed[key] = self.composer.compose(code, language)
        return self._composed[key]

    def disagreements(self, code: str, governing: Composition, twin: Composition) -> tuple[Disagreement, ...]:
        """Where the two texts of a document disagree, compared once."""
        key = f"{code} {twin.lang}"
        if key not in self._disagreements:
            self._disagreements[key] = disagreements(governing, twin)
        return self._disagreements[key]

    @property
    def records(self) -> Iterator[ControlRecord]:
        """The control records of the documents that are checked."""
        return (self.content.documents[code] for code in self.codes)

    @cached_property
    def texts(self) -> Texts:
        """The texts as they were typed: of the documents that are checked, or of everything."""
        return Texts(self.workspace.tree, self.content, None if self.whole else self.codes)

    def file(self, name: str) -> Span:
        """The place of a file of data; of the client's own file where it has none."""
        found = self.workspace.tree.get(name) or self.workspace.tree["client"]
        span: Span = found.span
        return span

    def past(self, day: datetime.date | None) -> bool:
        """Whether a day has gone by."""
        return day is not None and day < self.as_of

    def older(self, day: datetime.date, interval: Quantity | int) -> bool:
        """Whether a day lies further back than an interval (a quantity, or months)."""
        ended = months_later(day, interval) if isinstance(interval, int) else later(day, interval)
        return ended < self.as_of


Find = Callable[[Case], Iterator[Found]]


@dataclass(frozen=True)
class Rule:
    """A row of a table of rules."""

    code: str
    """Code of its finding; its sentences stand in docgen.findings."""
    severity: Severity
    basis: str
    """Clause of the standard, or `own` for a rule of the house."""
    find: Find


@dataclass(frozen=True)
class Family:
    """Rules on one subject."""

    name: str
    looks_at: LooksAt
    rules: tuple[Rule, ...]


def found(span: Span, where: object, **values: object) -> Found:
    """A finding; its values as texts."""
    return Found(span, str(where), {name: str(value) for name, value in values.items()})


def minutes(quantity: Quantity) -> float | None:
    """A time in minutes; None for what is no time of clock or days."""
    factor = MINUTES.get(quantity.unit)
    return None if factor is None else float(quantity.number) * factor
