"""Competence, decisions, responsibilities, documents from outside and standards of the organization.

Files `competence.yaml`, `responsibilities.yaml`, `external.yaml` and `standards.yaml`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from docgen.model.quantity import Quantity
from docgen.model.text import (
    ClauseRef,
    Day,
    DocumentRef,
    Id,
    Model,
    Name,
    PersonRef,
    ProcessRef,
    RoleRef,
    Text,
    UnitRef,
)

Grade = Annotated[int, Field(ge=1, le=5)]


class CompetenceNeed(Model):
    """What a role has to know and be able to do (clause 7.2)."""

    id: Id
    role: RoleRef
    education: Text
    experience: Text
    skills: Text
    level: Grade
    """Grade asked for, 1 to 5."""


class Assessment(Model):
    """The competence of a role holder against the need."""

    id: Id
    person: PersonRef
    role: RoleRef
    assessed: Day
    level: Grade
    basis: Text
    action: Text | None = None
    """What closes a gap, with its date."""
    checked: Text | None = None
    """How the effect of the action was checked."""


class Course(Model):
    """A training course of the plan."""

    id: Id
    title: Text
    audience: tuple[RoleRef, ...]
    date: Day
    hours: Quantity
    method: Text
    evaluation: Text
    result: Text | None = None
    status: Literal["planned", "done"]


class Award(Model):
    """A kind of recognition and its criteria."""

    id: Id
    name: Text
    criteria: Text
    given: Text
    """How often and by whom."""


class Appraisal(Model):
    """The appraisal of a key post for its part in the system."""

    id: Id
    role: RoleRef
    period: Name
    criteria: Text
    score: int = Field(ge=0, le=100)
    action: Text


class Competence(Model):
    """People: what is needed, what is there, how the gap is closed."""

    needs: tuple[CompetenceNeed, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    courses: tuple[Course, ...] = ()
    awards: tuple[Award, ...] = ()
    appraisals: tuple[Appraisal, ...] = ()


class Function(Model):
    """Which unit leads and which assist for a clause (clauses 5.3, 6.3)."""

    id: Id
    clause: ClauseRef
    lead: UnitRef
    assist: tuple[UnitRef, ...] = ()


class RaciRow(Model):
    """Who does, answers for, is asked about and is told of an activity."""

    id: Id
    process: ProcessRef
    activity: Text
    responsible: RoleRef
    accountable: RoleRef
    consulted: tuple[RoleRef, ...] = ()
    informed: tuple[RoleRef, ...] = ()


class Responsibilities(Model):
    """Allocation of functions to units and of activities to roles."""

    functions: tuple[Function, ...] = ()
    raci: tuple[RaciRow, ...] = ()


class ExternalDocument(Model):
    """A document of external origin (clause 7.5.3.2)."""

    id: Id
    name: Name
    issuer: Name
    edition: Name
    in_force: bool
    checked: Day
    keeper: RoleRef
    use: Text
    """What it is used for, and who has it."""


class External(Model):
    """Documents of external origin."""

    documents: tuple[ExternalDocument, ...] = ()


class ServiceStandard(Model):
    """A standard or specification of the organization and the documents that hold it."""

    id: Id
    name: Text
    kind: Literal["basic", "management", "quality", "security", "personnel"]
    source: Name
    """The outside standard or inner need it follows from."""
    documents: tuple[DocumentRef, ...]


class Standards(Model):
    """The organization's system of service standards in five classes."""

    standards: tuple[ServiceStandard, ...] = ()
