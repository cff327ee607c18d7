"""Who may sign in which role on a day: its holder, or somebody with a delegation that covers the day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from docgen.model.control import Control
from docgen.model.organization import Client, Role
from docgen.model.text import Text


class Staffed(Protocol):
    """What says who works where: the whole content of a client, or these two files of it."""

    @property
    def client(self) -> Client:
        """People and roles."""

    @property
    def control(self) -> Control:
        """Delegations."""


@dataclass(frozen=True)
class Entitlement:
    """The right of a person to act in a role."""

    role: Role
    behalf: Text | None = None
    """Name of the holder whom a delegate stands in for."""
    delegation: str = ""
    """Id of the delegation."""


def entitlement(content: Staffed, role: str, person: str, day: datetime.date) -> Entitlement | None:
    """The right of a person to act in a role on a day; None where there is none."""
    found = next((one for one in content.client.roles if str(one.id) == role), None)
    if found is None or not works_here(content, person, day):
        return None
    if found.held_by(day) == person:
        return Entitlement(found)
    for delegation in content.control.delegations:
        if (str(delegation.role), str(delegation.to)) == (role, person) and delegation.first <= day <= delegation.last:
            names = {str(one.id): one.name for one in content.client.people}
            return Entitlement(found, names.get(found.held_by(day)), str(delegation.id))
    return None


def works_here(content: Staffed, person: str, day: datetime.date) -> bool:
    """Whether a person belongs to the organization on a day."""
    for one in content.client.people:
        if str(one.id) == person:
            return (one.since is None or one.since <= day) and (one.until is None or day <= one.until)
    return False


def may_act(content: Staffed, role: str, day: datetime.date) -> Iterator[str]:
    """The people who may act in a role on a day, its holder first."""
    return (str(one.id) for one in content.client.people if entitlement(content, role, str(one.id), day) is not None)


def readers(content: Staffed, roles: Sequence[str], day: datetime.date) -> list[str]:
    """The people behind the roles of a distribution list on a day, each once."""
    return list(dict.fromkeys(person for role in roles for person in may_act(content, role, day)))
