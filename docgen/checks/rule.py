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
        months = interval if isinstance(interval, int) else None
        return (after_months(day, months) if months is not None else after(day, interval)) < self.as_of


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


_MONTHS = {"months": 1, "quarters": 3, "years": 12}
_MINUTES = {"s": 1 / 60, "min": 1.0, "h": 60.0, "d": 1440.0, "workdays": 1440.0, "weeks": 10080.0}
_LAST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def after_months(day: datetime.date, months: int) -> datetime.date:
    """The day so many months later; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    leap = month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return datetime.date(year, month + 1, min(day.day, 29 if leap else _LAST[month]))


def after(day: datetime.date, interval: Quantity | int) -> datetime.date:
    """The day on which an interval ends; working days count as days of a week of five."""
    if isinstance(interval, int):
        return after_months(day, interval)
    number, unit = interval.number, interval.unit
    if unit in _MONTHS:
        return after_months(day, int(number * _MONTHS[unit]))
    days = float(number) * _MINUTES.get(unit, 1440.0) / 1440
    if unit == "workdays":
        days = days * 7 / 5 + 1
    return day + datetime.timedelta(days=int(-(-days // 1)))


def minutes(quantity: Quantity) -> float | None:
    """A time in minutes; None for what is no time of clock or days."""
    factor = _MINUTES.get(quantity.unit)
    return None if factor is None else float(quantity.number) * factor
