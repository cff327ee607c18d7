"""Customers, complaints, surveys, disputes and communication (`relations.yaml`, `communication.yaml`)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from docgen.model.quantity import Quantity
from docgen.model.text import (
    ChannelRef,
    CustomerRef,
    Day,
    Id,
    Model,
    Name,
    RoleRef,
    ServiceRef,
    SupplierRef,
    Text,
    UnitRef,
)

Progress = Literal["open", "running", "done"]


class Arrangement(Model):
    """How the relationship with a customer is kept (clause 8.3.2)."""

    id: Id
    customer: CustomerRef
    users: Text
    owner: RoleRef
    contact: Name
    """Who speaks for the customer: function, not a private person."""
    communication: Text
    review: Quantity
    """Interval of the service reviews."""
    reviewed: Day | None = None
    next_review: Day | None = None


class Complaint(Model):
    """A service complaint from report to closure (clause 8.3.2)."""

    id: Id
    customer: CustomerRef
    service: ServiceRef
    received: Day
    what: Text
    handling: Text
    owner: RoleRef
    escalated: Text
    """To whom it went when it could not be settled in the usual way, or that it did not have to."""
    status: Progress
    closed: Day | None = None


class Survey(Model):
    """A satisfaction survey with a customer."""

    id: Id
    customer: CustomerRef
    date: Day
    sent: int = Field(ge=0)
    answered: int = Field(ge=0)
    response: Annotated[float, Field(ge=0, le=100)]
    """Points for speed of response, 0 to 100."""
    effect: Annotated[float, Field(ge=0, le=100)]
    """Points for the effect of the service."""
    attitude: Annotated[float, Field(ge=0, le=100)]
    """Points for the attitude of the staff."""
    conclusion: Text


class Dispute(Model):
    """A dispute with an external supplier (clause 8.3.4.1)."""

    id: Id
    supplier: SupplierRef
    raised: Day
    what: Text
    handling: Text
    owner: RoleRef
    escalated: Text
    status: Progress
    closed: Day | None = None


class Relations(Model):
    """Relationships with customers and what came of them."""

    arrangements: tuple[Arrangement, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    surveys: tuple[Survey, ...] = ()
    disputes: tuple[Dispute, ...] = ()


class Channel(Model):
    """A channel of communication (clause 7.4)."""

    id: Id
    name: Name
    frequency: Text
    participants: Text
    owner: RoleRef
    record: Name


class Message(Model):
    """What is communicated: to whom, when, how and by whom."""

    id: Id
    what: Text
    side: Literal["inside", "outside"]
    audience: Text
    units: tuple[UnitRef, ...] = ()
    """Units it has to reach; none for people outside."""
    when: Text
    channel: ChannelRef
    owner: RoleRef
    evidence: Name
    last: Day | None = None


class Conflict(Model):
    """A conflict between units and how it was settled."""

    id: Id
    raised: Day
    what: Text
    units: tuple[UnitRef, ...]
    settled: Text
    owner: RoleRef
    due: Day
    status: Progress


class Communication(Model):
    """The communication of the system."""

    channels: tuple[Channel, ...] = ()
    messages: tuple[Message, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
