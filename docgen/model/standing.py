"""Where a controlled document stands on a date: version, state, dates, signatures, change record.

A control record says what a document is; its standing is what the library's ledger says has happened to it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from docgen.diagnostics import Language

Meaning = Literal["prepared", "reviewed", "countersigned", "approved"]
State = Literal[
    "draft",
    "in_review",
    "in_countersign",
    "in_approval",
    "approved",
    "pending",
    "in_force",
    "superseded",
    "withdrawn",
    "retained",
    "disposed",
    "cancelled",
]
"""`approved`: signed by all, not issued yet; `pending`: issued, its effective date still to come."""

Pair = Mapping[Language, str]
"""A text by language."""


@dataclass(frozen=True)
class Signed:
    """A signature as it was given, with everything printed as it was on that day."""

    meaning: Meaning
    person: str
    """Id of the person."""
    name: Pair
    role: str
    """Id of the role signed in."""
    role_name: Pair
    at: str
    """Local time with offset, ISO 8601."""
    method: str
    """`account`, `ssh` or `x509`."""
    behalf: Pair | None = None
    """Name of the holder on whose behalf a delegate signed."""
    comment: str = ""


@dataclass(frozen=True)
class ChangeRow:
    """A row of the change record."""

    version: str
    day: str
    section: Pair
    what: Pair
    why: Pair
    kind: str
    """Class of the change: first, editorial, minor, major, translation."""
    people: tuple[Pair, ...]
    """Who prepared, reviewed, countersigned and approved it."""


@dataclass(frozen=True)
class Standing:
    """One version of a document as it stands."""

    version: str
    state: State = "draft"
    issued: datetime.date | None = None
    effective: datetime.date | None = None
    next_review: datetime.date | None = None
    signed: tuple[Signed, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    supersedes: str = ""
    """Version that this one replaces."""
    successor: str = ""
    """Version that has replaced this one."""
    digest: str = ""
    """Digest of the content that was submitted; empty before."""
    pending: Mapping[Language, datetime.date] = field(default_factory=dict)
    """Languages whose text is to follow the governing one, and until when."""
    lagging: frozenset[Language] = frozenset()
    """Languages whose text was known not to follow yet when the version was submitted or issued."""
    unopened: bool = False
    """Whether this is the content as it stands beside an issued version, with no revision opened."""
    issued_digest: str = ""
    """Digest of the content of that version."""
    listing: Mapping[Language, Mapping[str, str]] = field(default_factory=dict)
    """What the master list says of an issued version, by language and field, as printed when it was issued."""


@dataclass(frozen=True)
class Standings:
    """Where all documents stand."""

    working: Mapping[str, Standing]
    """The version that the content in the workspace makes, by code."""
    listed: Mapping[str, Standing]
    """The version that counts, by code: in force, else issued, else being made."""
