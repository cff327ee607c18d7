"""A document's control record (`documents/<CODE>.yaml`) and the rules of document control (`control.yaml`).

What happens to a document, from draft to withdrawal, is not typed here: the library's ledger tells it.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from docgen.model.quantity import Quantity
from docgen.model.text import ClauseRef, Day, DocumentRef, Id, Model, Name, PersonRef, RoleRef, Text, Typed, Word

Kind = Literal[
    "manual", "scope", "policy", "order", "plan", "agreement", "register", "procedure", "instruction", "form"
]
Classification = Literal["public", "internal", "confidential", "restricted"]
ChangeClass = Literal["first", "editorial", "minor", "major", "translation"]


class Version(Typed):
    """A version, `A/0` or `1.0`; both notations order alike (letter = whole number, digit = revision)."""

    __slots__ = ()
    pattern = re.compile(r"[A-Z]/\d{1,2}|[1-9]\d{0,2}\.\d{1,2}")
    description = "A/0 or 1.0"

    @property
    def notation(self) -> Literal["letter", "decimal"]:
        """Which of the two notations it is written in."""
        return "letter" if "/" in self else "decimal"

    def order(self) -> tuple[int, int]:
        """Issue and revision: A/3 -> (1, 3), 2.0 -> (2, 0)."""
        if self.notation == "letter":
            letter, digit = self.split("/")
            return ord(letter) - ord("A") + 1, int(digit)
        major, minor = self.split(".")
        return int(major), int(minor)


class Signers(Model):
    """The roles that sign a document."""

    prepared: RoleRef
    reviewed: RoleRef
    approved: RoleRef
    countersigned: tuple[RoleRef, ...] = ()
    """Roles that a major change affects; they sign between review and approval."""


class Change(Model):
    """A row of the change record from before the document entered the library."""

    id: Version
    """The version this row describes."""
    date: Day
    section: Name
    """Which section was touched, such as `5.3`, or `all`."""
    what: Text
    why: Text
    kind: ChangeClass
    """Class of the change."""
    prepared: PersonRef
    reviewed: PersonRef | None = None
    approved: PersonRef | None = None


class ControlRecord(Model):
    """What identifies a controlled document and shows that it is under control (ISO/IEC 20000-1:2018, 7.5)."""

    code: DocumentRef
    """Taken from the file name."""
    title: Text
    kind: Kind
    level: Literal["1", "2", "3", "4"]
    template: Word
    """Name of the template file in `templates/<lang>/`, without ending."""
    source: Word | None = None
    """Name of the procedure, register, form, agreement, paper or instruction file that fills the template."""
    owner: RoleRef
    clauses: tuple[ClauseRef, ...]
    """Clauses of the standard that the document answers."""
    signers: Signers
    distribution: tuple[RoleRef, ...]
    review_cycle: Quantity
    classification: Classification = "internal"
    version: Version | None = None
    """Version of its first release here, where the document has a past; else A/0 or 1.0."""
    changes: tuple[Change, ...] = ()
    """Change rows from before the library."""
    parent: DocumentRef | None = None
    """The procedure that a form hangs on."""


class Level(Model):
    """A level of documents and who may sign there."""

    id: Literal["1", "2", "3", "4"]
    name: Text
    contents: Text
    """Which documents stand on the level."""
    prepared: RoleRef
    reviewed: RoleRef
    approved: RoleRef
    review_cycle: Quantity


class ClassOfChange(Model):
    """A class of change: what belongs to it, which version follows, who signs."""

    id: ChangeClass
    name: Text
    examples: Text
    version: Text
    signatures: Text
    countersigned: bool = False
    """Whether the roles that the change affects sign as well."""
    acknowledged: bool = True
    """Whether readers acknowledge the new version."""


class Delegation(Model):
    """The right to sign in a role on behalf of its holder, for a time."""

    id: Id
    role: RoleRef
    to: PersonRef
    first: Day
    """First day of the delegation."""
    last: Day
    """Last day of the delegation."""
    reason: Text


class ClassOfConfidence(Model):
    """A classification and how such documents are handled."""

    id: Classification
    name: Text
    handling: Text


class Retention(Model):
    """How long a type of document or record is kept."""

    id: Id
    name: Text
    period: Quantity
    basis: Text
    keeper: RoleRef


class Control(Model):
    """The client's rules of document control; SMS-PR-01 is rendered from these settings."""

    notation: Literal["letter", "decimal"] = "letter"
    """How versions are written: A/0 or 1.0."""
    max_revisions: int = Field(default=9, ge=1, le=99)
    """Revisions after which the next change is a re-issue."""
    reissue_share: Quantity
    """Share of changed text from which a change is a re-issue."""
    distinct_signers: bool = True
    """Whether prepared, reviewed and approved must be three people."""
    effective_after: Quantity
    """Time between issue and effective date, for training."""
    translation_within: Quantity
    """Time within which the other language follows the governing one."""
    translation_pending: bool = True
    """Whether a version may be issued while the other language is still to follow."""
    remind_before: Quantity
    """How long before a review or another due date `docgen due` begins to name it."""
    reason_length: int = Field(default=10, ge=1, le=200)
    """Fewest characters of a reason or a note of change."""
    signed_by_key: tuple[Literal["reviewed", "countersigned", "approved"], ...] = ()
    """Signatures that are given by key only."""
    keep_pdf: bool = False
    """Whether the library keeps the PDF of every release beside its composition."""
    controller: RoleRef
    """The role that keeps the library: issues versions and controlled copies."""
    recall_within: Quantity
    """Time within which superseded copies are recalled."""
    acknowledge_within: Quantity
    """Time within which readers acknowledge a new version."""
    external_check: Quantity
    """Interval of the validity check of external documents."""
    medium: Text
    """Which medium counts where electronic and paper copies exist."""
    code_rule: Text
    """How document numbers are made."""
    levels: tuple[Level, ...]
    changes: tuple[ClassOfChange, ...]
    classifications: tuple[ClassOfConfidence, ...]
    retention: tuple[Retention, ...]
    delegations: tuple[Delegation, ...] = ()
    notice: Text
    """Copyright and confidentiality notice of the cover."""
