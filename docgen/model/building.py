"""How the system is built, joined to the business and certified.

Files `building.yaml`, `integration.yaml` and `certification.yaml`.
"""

from __future__ import annotations

from typing import Literal

from docgen.model.text import ClauseRef, Day, Id, Model, Name, RoleRef, Text, UnitRef

Progress = Literal["open", "running", "done"]


class Phase(Model):
    """A phase of building the system, with its gates."""

    id: Id
    name: Text
    start: Day
    end: Day
    entry: Text
    deliverables: Text
    exit: Text
    """What has to be shown before the next phase begins."""
    evidence: Name
    owner: RoleRef
    status: Progress


class CriticalPoint(Model):
    """A point that decides over success, checked at a gate."""

    id: Id
    name: Text
    phase: Id
    criterion: Text
    verdict: Text
    reviewer: RoleRef
    checked: Day | None = None


class Strategy(Model):
    """A strategy of implementation and what was learned."""

    id: Id
    name: Text
    how: Text
    lesson: Text


class Pilot(Model):
    """A pilot or trial run."""

    id: Id
    what: Text
    units: tuple[UnitRef, ...]
    start: Day
    end: Day
    defects: Text
    """Defects found and what became of them."""
    verdict: Text


class Building(Model):
    """Building and introducing the system."""

    phases: tuple[Phase, ...] = ()
    points: tuple[CriticalPoint, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    pilots: tuple[Pilot, ...] = ()


class MatchPoint(Model):
    """Where a business process takes up requirements of the system (clause 5.1 f)."""

    id: Id
    process: Name
    core: bool
    """Whether it is a core activity of the organization, earning money or not."""
    clauses: tuple[ClauseRef, ...]
    point: Text
    action: Text
    owner: RoleRef
    due: Day
    effect: Text
    status: Progress


class Integration(Model):
    """Integration into business processes."""

    points: tuple[MatchPoint, ...] = ()


class CertificationStep(Model):
    """A step on the way to the certificate."""

    id: Id
    name: Text
    date: Day
    owner: RoleRef
    papers: Text
    status: Progress


class CertificationNeed(Model):
    """What a certification body asks of an applicant, and the evidence."""

    id: Id
    requirement: Text
    evidence: Text
    owner: RoleRef
    met: bool


class CertificateUse(Model):
    """Who uses the certificate, for what, and in which words."""

    id: Id
    audience: Text
    use: Text
    wording: Text


class Certification(Model):
    """Preparing certification."""

    body: Name | None = None
    """The certification body, or that it is still to be chosen."""
    operation: Day | None = None
    """First day of operation of the system."""
    audit: Day | None = None
    """First day of the internal audit that comes before."""
    review: Day | None = None
    """Day of the management review that comes before."""
    application: Day | None = None
    stage_1: Day | None = None
    stage_2: Day | None = None
    steps: tuple[CertificationStep, ...] = ()
    needs: tuple[CertificationNeed, ...] = ()
    uses: tuple[CertificateUse, ...] = ()
