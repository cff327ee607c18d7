"""Audits, management reviews, corrective actions and improvements.

Files `audits.yaml`, `reviews.yaml`, `corrections.yaml` and `improvements.yaml`.
"""

from __future__ import annotations

from typing import Literal

from docgen.model.quantity import Quantity
from docgen.model.text import (
    ClauseRef,
    Day,
    Id,
    IndicatorRef,
    Model,
    Name,
    ObjectiveRef,
    PersonRef,
    RoleRef,
    Text,
    UnitRef,
)

Progress = Literal["open", "running", "done"]


class Auditor(Model):
    """A person qualified to audit."""

    id: Id
    person: PersonRef
    qualified: Day
    basis: Text
    """Training, examination, observed audits."""
    excluded: tuple[UnitRef, ...] = ()
    """Units that the person may not audit: the own one and those worked in lately."""


class Finding(Model):
    """A finding of an audit."""

    id: Id
    kind: Literal["nonconformity", "observation", "strength"]
    clause: ClauseRef
    unit: UnitRef
    what: Text
    correction: Name | None = None
    """Number of the corrective action."""


class Audit(Model):
    """An internal audit, planned or done (clause 9.2)."""

    id: Id
    start: Day
    end: Day
    clauses: tuple[ClauseRef, ...]
    """Clauses covered; a clause stands for those below it."""
    units: tuple[UnitRef, ...]
    lead: PersonRef
    team: tuple[PersonRef, ...] = ()
    method: Text
    status: Literal["planned", "done"]
    report: Name | None = None
    conclusion: Text | None = None
    findings: tuple[Finding, ...] = ()


class Audits(Model):
    """The audit programme, its auditors and its audits."""

    period: Text | None = None
    first: Day | None = None
    last: Day | None = None
    objectives: Text | None = None
    auditors: tuple[Auditor, ...] = ()
    audits: tuple[Audit, ...] = ()


class ReviewInput(Model):
    """An input of the management review: who brings it and what it showed."""

    id: Literal["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]
    title: Text
    owner: RoleRef
    material: Name
    """The document or record it comes from."""
    conclusion: Text | None = None


class Decision(Model):
    """A decision of the management review."""

    id: Id
    what: Text
    kind: Literal["improvement", "change", "resource"]
    owner: RoleRef
    due: Day
    status: Progress
    outcome: Text | None = None
    """What came of it."""


class Review(Model):
    """A management review (clause 9.3)."""

    id: Id
    date: Day
    chair: RoleRef
    attendees: tuple[RoleRef, ...]
    inputs: tuple[ReviewInput, ...]
    conclusion: Text | None = None
    decisions: tuple[Decision, ...] = ()
    status: Literal["planned", "done"]


class Reviews(Model):
    """Management reviews."""

    reviews: tuple[Review, ...] = ()


class Correction(Model):
    """A nonconformity and its corrective action (clause 10.1)."""

    id: Id
    source: Literal["audit", "incident", "complaint", "process", "supplier", "review"]
    found: Day
    clause: ClauseRef
    unit: UnitRef
    what: Text
    correction: Text
    """What was put right at once."""
    cause: Text
    action: Text
    owner: RoleRef
    due: Day
    effect: Text | None = None
    """How it was verified that it works."""
    closed: Day | None = None
    status: Progress


class Corrections(Model):
    """Nonconformities."""

    corrections: tuple[Correction, ...] = ()


class ImprovementCriterion(Model):
    """A criterion by which opportunities for improvement are judged (clause 10.2)."""

    id: Id
    name: Text
    weight: int
    """In per cent; the weights add up to 100."""
    scale: Text


class Improvement(Model):
    """An opportunity for improvement."""

    id: Id
    title: Text
    source: Literal["audit", "review", "staff", "customer", "measurement", "technology", "risk", "supplier"]
    type: Literal["quality", "value", "capability", "cost", "productivity", "resource", "risk"]
    proposed: Day
    by: Name
    answered: Day | None = None
    score: int
    """0 to 100 by the criteria."""
    decision: Literal["approved", "rejected", "open"]
    reason: Text
    objective: ObjectiveRef | None = None
    indicator: IndicatorRef | None = None
    before: Name | None = None
    target: Name | None = None
    result: Name | None = None
    """The measured result."""
    owner: RoleRef
    due: Day
    status: Progress


class ImprovementGoal(Model):
    """A goal of the improvement plan: factors, measures, deadline."""

    id: Id
    goal: Text
    indicator: IndicatorRef
    inner: Text
    """Inner factors."""
    outer: Text
    """Outer factors."""
    measures: Text
    """Measures with their dates."""
    owner: RoleRef
    due: Day
    target: Name
    result: Name | None = None


class Improvements(Model):
    """The improvement register and plan."""

    criteria: tuple[ImprovementCriterion, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    goals: tuple[ImprovementGoal, ...] = ()
    interval: Quantity | None = None
    """How often the plan is looked at."""
