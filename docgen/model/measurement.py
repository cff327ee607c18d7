"""Indicators with targets, results and warning thresholds, reports, value and outcomes.

Files `indicators.yaml`, `reports.yaml` and `value.yaml`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from docgen.model.quantity import Quantity
from docgen.model.text import ChannelRef, Day, Id, IndicatorRef, Model, RoleRef, ServiceRef, Text


class Result(Model):
    """A measured value of an indicator."""

    id: Id
    """The period: `2026-10`, `2026-Q3`, `2026`."""
    value: Quantity
    note: Text | None = None


class Thresholds(Model):
    """Warning thresholds of an indicator, from the first level to the last (clauses 6.1.3, 9.1)."""

    attention: Quantity
    warning: Quantity
    critical: Quantity
    owner: RoleRef
    """Who publishes the warning."""
    notice: Quantity
    """Time within which a notice follows a crossing."""
    response: Text


class Notice(Model):
    """A warning notice given for a crossing."""

    id: Id
    period: Id
    """The period whose result crossed the threshold."""
    level: Literal["attention", "warning", "critical"]
    date: Day
    response: Text


class Indicator(Model):
    """What is measured, how, and the value aimed at."""

    id: Id
    name: Text
    formula: Text
    baseline: Quantity
    target: Quantity
    """With its sign: `>= 95 %`, `<= 15 min`."""
    actual: Quantity | None = None
    """The latest value, where there is one."""
    frequency: Quantity
    source: Text
    owner: RoleRef
    services: tuple[ServiceRef, ...] = ()
    group: Literal["satisfaction", "process", "innovation"] | None = None
    """Its group among the service quality indicators, if it is one."""
    weight: int | None = Field(default=None, ge=1, le=100)
    """Its weight in the service quality index, in per cent; the weights of all add up to 100."""
    results: tuple[Result, ...] = ()
    """Measured values, oldest first."""
    thresholds: Thresholds | None = None
    notices: tuple[Notice, ...] = ()


class Indicators(Model):
    """The indicator catalogue."""

    indicators: tuple[Indicator, ...]


class Report(Model):
    """A service report (clause 9.4)."""

    id: Id
    name: Text
    purpose: Text
    audience: Text
    frequency: Quantity
    content: Text
    indicators: tuple[IndicatorRef, ...] = ()
    owner: RoleRef
    last: Day | None = None


class Reports(Model):
    """The report catalogue."""

    reports: tuple[Report, ...] = ()


class ValueElement(Model):
    """What makes up value for the organization or for its customers (clause 5.1 d)."""

    id: Id
    name: Text
    side: Literal["own", "customer"]
    stakeholder: Text
    meaning: Text
    indicator: IndicatorRef
    channel: ChannelRef | None = None
    """How it is made known."""
    owner: RoleRef


class IntendedOutcome(Model):
    """An intended outcome of the system in one of six fields (clause 5.1 i)."""

    id: Id
    field: Literal["strategy", "needs", "quality", "cost", "risk", "progress"]
    outcome: Text
    indicator: IndicatorRef
    verified: Day | None = None
    adjustment: Text
    """What was or will be adjusted where the target is missed."""
    owner: RoleRef


class Value(Model):
    """The value model and the intended outcomes."""

    elements: tuple[ValueElement, ...] = ()
    outcomes: tuple[IntendedOutcome, ...] = ()
