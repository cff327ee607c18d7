"""What services there are, are to come and have gone, what is required of them, and how they come into being.

Files `portfolio.yaml`, `requirements.yaml`, `transition.yaml` and `architecture.yaml`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from docgen.model.content import Section
from docgen.model.text import (
    CustomerRef,
    Day,
    Id,
    IndicatorRef,
    Model,
    Name,
    RoleRef,
    ServiceRef,
    Text,
)

Stage = Literal["proposed", "designing", "transitioning", "operating", "retiring", "retired"]


class Gate(Model):
    """A gate that a service passed on its way from one stage to the next."""

    id: Stage
    """The stage that it opened."""
    date: Day
    evidence: Name


class PortfolioEntry(Model):
    """A service of the portfolio: existing, proposed or gone (clauses 8.2, 8.2.2)."""

    id: Id
    service: ServiceRef | None = None
    """The service of the catalogue, where it is there."""
    name: Name
    stage: Stage
    need: Text
    """The need of customers or the market that it answers."""
    value: Text
    criticality: Literal["high", "medium", "low"]
    owner: RoleRef
    gates: tuple[Gate, ...] = ()
    next: Text
    """What is decided or done with it next, and when."""


class RankingCriterion(Model):
    """A criterion by which proposals are ranked."""

    id: Id
    name: Text
    weight: int = Field(ge=1, le=100)
    """In per cent; the weights add up to 100."""
    scale: Text
    """What 1, 3 and 5 points mean."""


class Proposal(Model):
    """A proposal for a new, changed or removed service or a new service model, ranked."""

    id: Id
    title: Text
    kind: Literal["new", "change", "removal", "model"]
    """`model`: a new way to serve, from clause 10.2's search for better ways."""
    proposed: Day
    by: RoleRef
    scores: dict[str, Annotated[int, Field(ge=1, le=5)]]
    """Points by criterion."""
    decision: Literal["accepted", "deferred", "refused", "open"]
    reason: Text


class Portfolio(Model):
    """The service portfolio and the proposals for it."""

    entries: tuple[PortfolioEntry, ...] = ()
    criteria: tuple[RankingCriterion, ...] = ()
    proposals: tuple[Proposal, ...] = ()


class Requirement(Model):
    """A requirement of a service (clause 8.2.2)."""

    id: Id
    service: ServiceRef
    what: Text
    basis: Literal["customer", "user", "organization", "law"]
    """Who asks for it."""
    customers: tuple[CustomerRef, ...] = ()
    source: Name
    """The contract, meeting or rule in which it was stated."""
    priority: Literal["must", "should", "could"]
    acceptance: Text
    """What shows that it is met: a measure or a test."""
    confirmed: Day | None = None
    """When its source confirmed that it was understood rightly."""


class Requirements(Model):
    """The requirements of all services."""

    requirements: tuple[Requirement, ...] = ()


class Activity(Model):
    """A piece of work of a design and transition plan."""

    id: Id
    stage: Literal["design", "build", "transition", "support"]
    what: Text
    role: RoleRef
    start: Day
    end: Day
    output: Name
    status: Literal["open", "running", "done"] = "open"


class AcceptanceCriterion(Model):
    """A criterion for accepting a new or changed service, and its result."""

    id: Id
    criterion: Text
    test: Text
    accepted_by: RoleRef
    result: Text | None = None


class Outcome(Model):
    """An intended outcome of a new or changed service, in figures."""

    id: Id
    outcome: Text
    indicator: IndicatorRef | None = None
    target: Name
    when: Day


class Transition(Model):
    """Design and transition of one new, changed, transferred or removed service (clause 8.5.2).

    Without data the plan, the design and the release plan print what they would hold.
    """

    title: Text | None = None
    kind: Literal["new", "change", "transfer", "removal"] = "new"
    summary: Text | None = None
    customers: tuple[CustomerRef, ...] = ()
    lead: RoleRef | None = None
    change: Name | None = None
    """The request for change behind it."""
    plan: tuple[Section, ...] = ()
    """Sections of the plan: authorities, dependencies, resources, removal or transfer."""
    activities: tuple[Activity, ...] = ()
    acceptance: tuple[AcceptanceCriterion, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    design: tuple[Section, ...] = ()
    """Sections of the service design: interfaces, architecture, processes, skills and the other contents."""
    release: tuple[Section, ...] = ()
    """Sections of the release and deployment plan."""


class Component(Model):
    """A component of the service architecture."""

    id: Id
    name: Name
    what: Text
    owner: RoleRef
    interfaces: Text
    """Which other components it meets, and how."""
    security: Text


class Layer(Model):
    """A layer of the service architecture."""

    id: Literal["technical", "data", "application", "management"]
    name: Text
    purpose: Text
    components: tuple[Component, ...] = ()


class ArchitecturePrinciple(Model):
    """A principle of the architecture and how it is checked."""

    id: Id
    name: Text
    meaning: Text
    check: Text


class Architecture(Model):
    """How services are built: principles and four layers."""

    principles: tuple[ArchitecturePrinciple, ...] = ()
    layers: tuple[Layer, ...] = ()
