"""Findings of rules that are accepted for a time (`waivers.yaml`)."""

from __future__ import annotations

from docgen.model.text import Day, Model, RoleRef, Text, Word


class Waiver(Model):
    """A finding of `docgen check` that is accepted, with reason, end and the role that accepts it."""

    code: Word
    """Code of the rule, such as `DC-11`."""
    where: Word
    """Code of the document, id of the thing or name of the file of data that the finding names (`--json` tells it)."""
    reason: Text
    until: Day
    """Last day on which it counts."""
    by: RoleRef
    """Who accepts the finding."""


class Waivers(Model):
    """Accepted findings."""

    waivers: tuple[Waiver, ...] = ()
