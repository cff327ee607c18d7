"""Services with their targets (`services.yaml`) and other parties (`suppliers.yaml`)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from docgen.model.quantity import Quantity
from docgen.model.text import (
    CustomerRef,
    Day,
    Id,
    Model,
    Name,
    PersonRef,
    RoleRef,
    ServiceRef,
    SupplierRef,
    Text,
)


class Target(Model):
    """A service level target."""

    id: Id
    name: Text
    value: Quantity
    measure: Text
    """How it is measured: formula, clock, data source."""
    window: Text
    """The period over which it is judged and the hours that count."""


class Dependency(Model):
    """What a service needs from another party or service."""

    id: Id
    supplier: SupplierRef | None = None
    service: ServiceRef | None = None
    what: Text
    target: Text
    """What that party promises, at least as strict as what customers are promised."""


class Service(Model):
    """A service in the catalogue, with what its customers are promised (clauses 8.2.4, 8.3.3)."""

    id: Id
    name: Text
    summary: Text
    """One or two sentences for the catalogue."""
    description: Text
    """What is done and what not, in full."""
    outcome: Text
    """The value for the customer."""
    customers: tuple[CustomerRef, ...]
    users: Text
    status: Literal["live", "planned", "retiring"] = "live"
    criticality: Literal["high", "medium", "low"]
    owner: PersonRef
    hours: Text
    """Service hours and support hours."""
    channel: Text
    """How users reach support."""
    components: tuple[Name, ...]
    requests: tuple[Name, ...]
    """Standard requests that users may raise."""
    dependencies: tuple[Dependency, ...]
    targets: tuple[Target, ...]
    workload: Text
    """Workload limits: volumes up to which the targets hold."""
    exceptions: Text
    """When the targets do not hold."""
    customer_duties: Text
    """What the customer contributes."""
    reporting: Text
    review: Text
    price_basis: Text
    since: Day


class Services(Model):
    """The service catalogue."""

    services: tuple[Service, ...]


class Supplier(Model):
    """Another party that takes part in the service lifecycle (clause 8.2.3, 8.3.4)."""

    id: Id
    name: Name
    kind: Literal["external", "internal", "customer"]
    provides: Text
    services: tuple[ServiceRef, ...]
    processes: tuple[Name, ...] = ()
    controls: Text
    """How the organization keeps control of what the party does."""
    targets: Text
    agreement: Name
    owner: RoleRef
    evaluation: Quantity
    """Interval of the performance evaluation."""
    last_evaluated: Day | None = None
    result: Text | None = None
    score: int | None = Field(default=None, ge=0, le=100)
    """Points of the last evaluation."""
    next_evaluation: Day | None = None
    valid_until: Day | None = None
    """Last day of the agreement."""
    contact: Text | None = None
    """Who is spoken to, and on which channel, in daily work and when something fails."""


class Suppliers(Model):
    """Other parties."""

    suppliers: tuple[Supplier, ...]
    criteria: Text
    """How parties are chosen and evaluated."""
