"""Policy, objectives, risks and the service management plan of a client (`policy.yaml` and so on)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from docgen.model.content import Section
from docgen.model.quantity import Quantity
from docgen.model.text import (
    Day,
    DocumentRef,
    Id,
    IndicatorRef,
    Model,
    Name,
    ObjectiveRef,
    PrincipleRef,
    RoleRef,
    ServiceRef,
    Text,
)

Score = Annotated[int, Field(ge=1, le=5)]
RiskLevel = Literal["low", "medium", "high", "extreme"]


class Principle(Model):
    """A principle of the policy and the documents that put it to work."""

    id: Id
    title: Text
    text: Text
    realised_by: tuple[DocumentRef, ...]


class Policy(Model):
    """The service management policy (clause 5.2)."""

    statement: Text
    """The policy in a few memorable sentences."""
    explanation: Text
    principles: tuple[Principle, ...]
    commitments: tuple[Text, ...]
    application: Text
    communication: Text
    review: Text


class ObjectivePlan(Model):
    """The five answers of clause 6.2.2: what, with what, who, by when, how evaluated."""

    what: Text
    resources: Text
    owner: RoleRef
    due: Day
    evaluation: Text


class Objective(Model):
    """A service management objective (clause 6.2.1)."""

    id: Id
    level: Literal["strategic", "tactical", "operational"]
    title: Text
    basis: Text
    """From which strategy, requirement or management need it follows."""
    principle: PrincipleRef
    parents: tuple[ObjectiveRef, ...] = ()
    """Objectives one level above that it serves."""
    link: Text | None = None
    """How it serves them."""
    indicators: tuple[IndicatorRef, ...]
    plan: ObjectivePlan
    status: Literal["planned", "running", "reached", "missed"] = "running"


class Horizon(Model):
    """The time span of a level of objectives."""

    id: Literal["strategic", "tactical", "operational"]
    name: Text
    span: Text


class Objectives(Model):
    """Objectives of three levels, linked; their indicators stand in the catalogue."""

    period: Text
    introduction: Text
    horizons: tuple[Horizon, ...]
    objectives: tuple[Objective, ...]
    monitoring: Text
    """How progress is followed, reported and corrected."""


class Grade(Model):
    """One grade of the probability or impact scale; `id` is the score 1 to 5."""

    id: Literal["1", "2", "3", "4", "5"]
    name: Text
    meaning: Text


class RiskClass(Model):
    """A level of risk, and what has to be done at that level."""

    id: RiskLevel
    name: Text
    response: Text
    approver: RoleRef
    """Who may accept a risk of this level."""
    review: Quantity
    """How often such risks are looked at."""


class Action(Model):
    """A dated action."""

    id: Id
    what: Text
    owner: RoleRef
    due: Day
    status: Literal["open", "running", "done"] = "open"


class Rating(Model):
    """Probability and impact, scored 1 to 5."""

    probability: Score
    impact: Score


class Risk(Model):
    """A risk of the register (clause 6.1)."""

    id: Id
    title: Text
    source: Literal["organization", "requirements", "parties"]
    """Where it comes from: the organization, service requirements not met, other parties."""
    field: Literal["technical", "management", "market"]
    services: tuple[ServiceRef, ...] = ()
    cause: Text
    effect: Text
    """What customers and the system would feel."""
    rating: Rating
    strategy: Literal["avoid", "mitigate", "transfer", "accept"]
    actions: tuple[Action, ...]
    residual: Rating
    owner: RoleRef
    reviewed: Day
    warning: Text | None = None
    """Indicator and threshold that announce it."""


class Opportunity(Model):
    """An opportunity of the register."""

    id: Id
    title: Text
    source: Text
    benefit: Text
    rating: Rating
    """Probability of success and benefit, 1 to 5."""
    action: Text
    owner: RoleRef
    due: Day
    status: Literal["open", "running", "done"] = "open"


class Risks(Model):
    """Risk criteria, risks and opportunities."""

    approach: Text
    probability: tuple[Grade, ...]
    impact: tuple[Grade, ...]
    matrix: tuple[tuple[RiskLevel, ...], ...]
    """Five rows for probability 1 to 5, five levels a row for impact 1 to 5."""
    levels: tuple[RiskClass, ...]
    acceptance: Text
    """Up to which level, and by whom, a risk may be accepted."""
    risks: tuple[Risk, ...]
    opportunities: tuple[Opportunity, ...]

    @model_validator(mode="after")
    def _square(self) -> Self:
        if len(self.matrix) != 5 or any(len(row) != 5 for row in self.matrix):
            raise PydanticCustomError("matrix_shape", "matrix")
        return self

    def level(self, rating: Rating) -> RiskLevel:
        """The level that the matrix gives a rating."""
        return self.matrix[rating.probability - 1][rating.impact - 1]


class Limitation(Model):
    """A known limitation of the system or the services."""

    id: Id
    what: Text
    consequence: Text
    handling: Text


class Obligation(Model):
    """A policy, standard, law or contract that binds the services."""

    id: Id
    name: Name
    kind: Literal["law", "standard", "contract", "policy"]
    effect: Text
    owner: RoleRef
    source: Name | None = None
    """Issuer, number and edition."""
    checked: Day | None = None
    """When it was last checked that it is still in force in this edition."""
    documents: tuple[DocumentRef, ...] = ()
    """Documents that carry it out."""


class Resource(Model):
    """A resource the system or the services need."""

    id: Id
    kind: Literal["human", "technical", "information", "financial"]
    need: Text
    supply: Text
    gap: Text
    owner: RoleRef
    utilization: Quantity | None = None
    """Share in use, in per cent."""
    approved: RoleRef | None = None
    """Who committed it."""
    due: Day | None = None
    """When the gap is closed; none where there is no gap."""
    status: Literal["open", "running", "done"] | None = None


class Tool(Model):
    """Technology that supports the system."""

    id: Id
    name: Name
    use: Text
    owner: RoleRef


class Activity(Model):
    """Something done at intervals: measuring, auditing, reporting, improving."""

    id: Id
    what: Text
    when: Text
    owner: RoleRef
    output: Name


class Milestone(Model):
    """A dated piece of work of the plan."""

    id: Id
    stage: Literal["design", "transition", "delivery", "improvement"]
    what: Text
    start: Day
    end: Day
    owner: RoleRef
    status: Literal["open", "running", "done"] = "open"


class Authority(Model):
    """A decision and who takes it."""

    id: Id
    decision: Text
    role: RoleRef
    escalation: RoleRef
    family: Literal["system", "service"] | None = None
    """Decisions on the system are kept high, those on daily service are left to who delivers."""
    level: Literal["1", "2", "3", "4"] | None = None
    """The level that decides: 1 top management, 2 SMS owner, 3 process or service owner, 4 staff who deliver."""
    support: Text | None = None
    """Data, criteria and advice it rests on."""
    follow_up: Text | None = None
    """How it is watched what came of it."""
    reviewed: Day | None = None


class Plan(Model):
    """The service management plan (clause 6.3)."""

    period: Text
    introduction: Text
    limitations: tuple[Limitation, ...]
    obligations: tuple[Obligation, ...]
    authorities: tuple[Authority, ...]
    resources: tuple[Resource, ...]
    parties: Text
    """How the organization works with other parties in the service lifecycle."""
    tools: tuple[Tool, ...]
    activities: tuple[Activity, ...]
    milestones: tuple[Milestone, ...]
    sections: tuple[Section, ...] = ()
