"""Scope, context, leadership evidence and processes of a client (`scope.yaml` and so on)."""

from __future__ import annotations

from typing import Literal

from docgen.model.text import (
    ClauseRef,
    Day,
    DocumentRef,
    Id,
    IndicatorRef,
    Model,
    Name,
    ProcessRef,
    RoleRef,
    Text,
    UnitRef,
    Word,
)


class Boundary(Model):
    """One side of the scope: organization, services, places, customers, technology."""

    id: Id
    aspect: Text
    included: Text
    excluded: Text


class Interface(Model):
    """Where the system touches something outside its scope."""

    id: Id
    party: Name
    what: Text
    control: Text


class Scope(Model):
    """The scope of the service management system (clause 4.3)."""

    statement: Text
    """The sentence for the certificate: organization and services."""
    basis: Text
    """How context, requirements and services led to this scope."""
    units: tuple[UnitRef, ...]
    boundaries: tuple[Boundary, ...]
    interfaces: tuple[Interface, ...]
    applicability: Text
    """That clauses 4 to 10 apply in full, and how parts done by others are covered."""
    review: Text


class Issue(Model):
    """An outside or inside factor that matters to the system (clause 4.1)."""

    id: Id
    kind: Literal["external", "internal"]
    what: Text
    effect: Text
    response: Text


class Party(Model):
    """An interested party and what it requires (clause 4.2)."""

    id: Id
    name: Name
    requirements: Text
    met_by: Text
    owner: RoleRef


class Context(Model):
    """The context of the organization."""

    issues: tuple[Issue, ...]
    parties: tuple[Party, ...]
    climate: Text
    """The decision whether climate change matters, with date and reason (Amendment 1:2024)."""
    review: Text


class Evidence(Model):
    """Something that shows leadership, dated and findable."""

    id: Id
    what: Text
    date: Day
    reference: Word
    """Number of the record."""


class Commitment(Model):
    """One of the twelve items a to l of clause 5.1, in the project's own words."""

    id: Literal["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]
    title: Text
    actions: Text
    """What top management does, as a list."""
    owner: RoleRef
    frequency: Text
    evidence: tuple[Evidence, ...]


class Oversight(Model):
    """A directing or controlling activity of top management."""

    id: Id
    name: Text
    what: Text
    owner: RoleRef
    frequency: Text
    output: Name
    last: Day | None = None


class Leadership(Model):
    """How top management leads, and the evidence."""

    introduction: Text
    members: tuple[RoleRef, ...]
    commitments: tuple[Commitment, ...]
    directing: tuple[Oversight, ...]
    controlling: tuple[Oversight, ...]


class Process(Model):
    """A process of the system (clause 4.4)."""

    id: Id
    name: Text
    group: Literal["direction", "planning", "support", "operation", "evaluation"]
    clauses: tuple[ClauseRef, ...]
    owner: RoleRef
    purpose: Text
    inputs: Text
    outputs: Text
    documents: tuple[DocumentRef, ...] = ()
    indicators: tuple[IndicatorRef, ...] = ()
    interfaces: tuple[ProcessRef, ...] = ()
    """Processes that take its outputs."""
    element: Literal["strategy", "design", "transition", "operation", "improvement", "support", "relations"] | None = (
        None
    )
    """Element of the service management framework it belongs to."""


class Processes(Model):
    """The processes and how they work together."""

    interaction: Text
    processes: tuple[Process, ...]
