"""Capacity, demand, availability, continuity, security and money.

Files `capacity.yaml`, `availability.yaml`, `continuity.yaml`, `security.yaml` and `finance.yaml`.
"""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from typing import Annotated, Literal

from pydantic import Field

from docgen.model.quantity import Quantity
from docgen.model.text import Day, Id, Model, Name, RoleRef, ServiceRef, Text

Score = Annotated[int, Field(ge=1, le=5)]


class Forecast(Model):
    """Expected use at a time."""

    id: Id
    """The period: `2027-Q1`."""
    value: Quantity


class CapacityItem(Model):
    """A resource whose capacity is planned (clause 8.4.3)."""

    id: Id
    name: Name
    kind: Literal["human", "technical", "information", "financial"]
    services: tuple[ServiceRef, ...]
    capacity: Quantity
    """All that is there."""
    used: Quantity
    """What is used today, in the same unit."""
    forecasts: tuple[Forecast, ...]
    objective: Quantity
    """Utilization aimed at, in per cent; below the threshold for action."""
    warn: Quantity
    act: Quantity
    """Utilization at which capacity is added."""
    measure: Text
    """What is done, by when, and how long it takes."""
    owner: RoleRef


class Demand(Model):
    """Demand for a service in a period: forecast and consumption (clause 8.4.2)."""

    id: Id
    service: ServiceRef
    unit: Text
    """What is counted."""
    period: Id
    forecast: Quantity
    actual: Quantity | None = None
    note: Text


class Capacity(Model):
    """Capacity and demand."""

    items: tuple[CapacityItem, ...] = ()
    demands: tuple[Demand, ...] = ()


class SerialComponent(Model):
    """A part that has to work for the service to work; redundant parts count as one."""

    id: Id
    name: Name
    availability: Quantity
    basis: Text
    """Supplier's promise, measurement or calculation."""


class AvailabilityItem(Model):
    """Requirement and target of a service's availability, and whether it can be reached (clause 8.7.1)."""

    id: Id
    service: ServiceRef
    requirement: Text
    target: Quantity
    """With its sign, in per cent of the agreed service time."""
    hours: Quantity
    """Agreed service time of the period, in hours."""
    restore: Quantity
    """Expected time to restore service after an outage."""
    outages: int = Field(ge=0)
    """Outages expected in the period."""
    components: tuple[SerialComponent, ...]
    risk: Text

    @property
    def allowed(self) -> Decimal:
        """Minutes of downtime that the target allows in the period."""
        return self.hours.number * 60 * (100 - self.target.number) / 100

    @property
    def needed(self) -> Decimal:
        """Minutes of downtime that the expected outages take."""
        return self.outages * self.restore.number * (60 if self.restore.unit == "h" else 1)

    @property
    def reachable(self) -> Decimal:
        """Availability of the components in series, in per cent."""
        return reduce(lambda product, one: product * one.availability.number / 100, self.components, Decimal(100))


class Availability(Model):
    """Availability of services."""

    items: tuple[AvailabilityItem, ...] = ()


class Recovery(Model):
    """What has to be recovered how fast after a disaster (clause 8.7.2)."""

    id: Id
    service: ServiceRef
    impact: Text
    """What the customer's business loses as time passes."""
    tolerable: Quantity
    """Longest interruption that can be borne."""
    rto: Quantity
    rpo: Quantity
    availability: Text
    """What is promised while the plan is invoked."""


class Scenario(Model):
    """A loss that the continuity plan prepares for."""

    id: Id
    name: Text
    trigger: Text
    """The criterion for invoking the plan."""
    invoked_by: RoleRef
    steps: Text
    """What is done, in order, with times."""
    resources: Text
    back: Text
    """How operation returns to normal."""
    probability: Score
    impact: Score


class Contact(Model):
    """A contact of the continuity plan."""

    id: Id
    who: Name
    role: Name
    phone: Name
    checked: Day
    """When the number was last dialled."""


class ContinuityTest(Model):
    """A test of the continuity plan."""

    id: Id
    scenario: Id
    """Id of the scenario."""
    kind: Literal["desk", "part", "full"]
    date: Day
    result: Text
    met: bool
    """Whether recovery met its objectives."""
    lessons: Text
    next: Day


class Continuity(Model):
    """Continuity of services."""

    services: tuple[Recovery, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    contacts: tuple[Contact, ...] = ()
    tests: tuple[ContinuityTest, ...] = ()


class SecurityRisk(Model):
    """An information security risk (clause 8.7.3.2)."""

    id: Id
    asset: Name
    threat: Text
    weakness: Text
    probability: Score
    impact: Score
    controls: tuple[Id, ...]
    """Ids of controls."""
    residual_probability: Score
    residual_impact: Score
    owner: RoleRef
    assessed: Day


class SecurityControl(Model):
    """An information security control and the decision on it (clause 8.7.3.2)."""

    id: Id
    name: Text
    why: Text
    how: Text
    owner: RoleRef
    decision: Literal["applied", "partly", "planned", "declined"]
    checked: Day | None = None


class SecurityIncident(Model):
    """An information security incident (clause 8.7.3.3)."""

    id: Id
    date: Day
    what: Text
    severity: Literal["high", "medium", "low"]
    handling: Text
    lesson: Text
    status: Literal["open", "running", "done"]


class Security(Model):
    """Information security."""

    risks: tuple[SecurityRisk, ...] = ()
    controls: tuple[SecurityControl, ...] = ()
    incidents: tuple[SecurityIncident, ...] = ()


class BudgetLine(Model):
    """A line of the service budget (clause 8.4.1)."""

    id: Id
    services: tuple[ServiceRef, ...]
    element: Text
    """Cost element: people, equipment, software, suppliers …"""
    kind: Literal["direct", "indirect"]
    basis: Text
    """How it was estimated or is shared out."""
    budget: Quantity
    actual: Quantity | None = None
    """Spent so far in the period."""
    forecast: Quantity
    """Expected for the whole period."""
    owner: RoleRef


class Finance(Model):
    """The service budget."""

    period: Text | None = None
    lines: tuple[BudgetLine, ...] = ()
