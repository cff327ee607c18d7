"""What operation leaves behind: assets, configuration, changes, releases, outages, problems, knowledge.

Files `assets.yaml`, `configuration.yaml`, `changes.yaml`, `problems.yaml` and `knowledge.yaml`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from docgen.model.quantity import Quantity
from docgen.model.text import (
    ChangeRef,
    ClockTime,
    ConfigurationItemRef,
    Day,
    Id,
    Model,
    Name,
    ProblemRef,
    RoleRef,
    ServiceRef,
    SiteRef,
    SupplierRef,
    Text,
)


class Asset(Model):
    """An asset used to deliver services (clause 8.2.5)."""

    id: Id
    name: Name
    kind: Literal["people", "equipment", "technology", "information", "licence"]
    owner: RoleRef
    site: SiteRef | None = None
    value: Text
    """Why it is worth managing: price, dependence, replacement time."""
    obligation: Text
    """What law, contract or licence asks."""
    items: tuple[ConfigurationItemRef, ...] = ()
    """Configuration items it appears as."""
    counted: Day | None = None


class Assets(Model):
    """The asset register."""

    assets: tuple[Asset, ...] = ()


class ItemType(Model):
    """A type of configuration item and how far down it is recorded."""

    id: Id
    name: Text
    attributes: Text
    owner: RoleRef


class Relation(Model):
    """How a configuration item relates to another."""

    to: ConfigurationItemRef
    how: Literal["runs-on", "uses", "part-of", "backs-up", "supports"]


class ConfigurationItem(Model):
    """A configuration item (clause 8.2.6): identifier, type, description, relations, status."""

    id: Id
    type: Id
    """Id of a type."""
    name: Name
    description: Text
    relations: tuple[Relation, ...] = ()
    status: Literal["planned", "in-use", "spare", "removed"]
    owner: RoleRef
    service: ServiceRef | None = None
    """The service that it is, for the item that stands for a service."""


class Baseline(Model):
    """A configuration baseline."""

    id: Id
    what: Text
    date: Day
    release: Name
    """The release or change for which it was taken."""
    kept: Name


class Configuration(Model):
    """Configuration information."""

    types: tuple[ItemType, ...] = ()
    items: tuple[ConfigurationItem, ...] = ()
    baselines: tuple[Baseline, ...] = ()


class Change(Model):
    """A request for change of the calendar (clause 8.5.1)."""

    id: Id
    title: Text
    type: Literal["standard", "normal", "major", "emergency"]
    services: tuple[ServiceRef, ...]
    risk: Literal["low", "medium", "high"]
    start: ClockTime
    end: ClockTime
    approver: RoleRef
    back_out: Text
    parties: tuple[SupplierRef, ...] = ()
    """Other parties that were told."""
    status: Literal["scheduled", "succeeded", "failed", "backed-out", "withdrawn"]
    investigated: Name | None = None
    """The investigation of one that failed or was backed out."""


class Release(Model):
    """A release (clause 8.5.3)."""

    id: Id
    title: Text
    type: Literal["planned", "emergency"]
    changes: tuple[ChangeRef, ...]
    date: Day
    acceptance: Text
    baseline: Name
    status: Literal["scheduled", "succeeded", "failed", "backed-out"]


class Outage(Model):
    """An unplanned unavailability of a service (clause 8.7.1)."""

    id: Id
    service: ServiceRef
    start: ClockTime
    minutes: int = Field(ge=0)
    cause: Text
    action: Text
    incident: Name


class Changes(Model):
    """The calendar of changes and releases."""

    changes: tuple[Change, ...] = ()
    releases: tuple[Release, ...] = ()


class Problem(Model):
    """A problem (clause 8.6.3)."""

    id: Id
    title: Text
    services: tuple[ServiceRef, ...]
    opened: Day
    incidents: int = Field(ge=0)
    """Incidents behind it."""
    cause: Text
    solution: Text
    status: Literal["tracing", "known-error", "solved", "closed"]
    closed: Day | None = None


class KnownError(Model):
    """A known error with its workaround."""

    id: Id
    problem: ProblemRef
    symptom: Text
    cause: Text
    workaround: Text
    status: Literal["valid", "removed"]


class Problems(Model):
    """Problems, known errors and outages."""

    problems: tuple[Problem, ...] = ()
    known_errors: tuple[KnownError, ...] = ()
    outages: tuple[Outage, ...] = ()


class KnowledgeItem(Model):
    """An entry of the knowledge base (clause 7.6)."""

    id: Id
    title: Text
    kind: Literal["solution", "guide", "lesson", "design"]
    owner: RoleRef
    audience: Text
    place: Name
    reviewed: Day
    review: Quantity
    """Interval of its review."""


class Knowledge(Model):
    """The index of the knowledge base."""

    items: tuple[KnowledgeItem, ...] = ()
