"""A composition: one controlled document in one language, composed and ready to be published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from docgen.diagnostics import Language, Variant


@dataclass(frozen=True)
class Figure:
    """A picture that is still to be drawn."""

    name: str
    """ASCII slug, unique in the document; the AST refers to it as the image source `figures/<name>`."""

    kind: str
    """`risk_matrix`, `process_flow` or `objective_tree`."""

    data: Mapping[str, Any]
    """What is drawn, as JSON values; every string is already in the document's language."""

    alt: str
    """Text alternative for readers who cannot see the picture."""


@dataclass(frozen=True)
class Brand:
    """A client's appearance, the same in every format."""

    logo: bytes
    """The logo's file content."""

    logo_type: Literal["svg", "png"]
    """Format of `logo`."""

    primary: str
    """First colour as `#RRGGBB`: headings, rules, table heads."""

    secondary: str
    """Second colour as `#RRGGBB`: accents."""

    fonts: Mapping[str, str]
    """Font names for Word and HTML, by script: `latin`, `east_asian`."""

    pdf_fonts: tuple[str, ...]
    """Font families for PDF, in order of preference."""

    font_folder: Path | None
    """Folder with the client's own font files, searched for PDF."""

    header: str
    """Line at the head of every page, in the document's language."""

    def digest(self) -> str:
        """SHA-256 of all that it looks like."""
        files = {"logo": sha256(self.logo).hexdigest(), "font_folder": _files(self.font_folder)}
        return sha256(json.dumps(vars(self) | files, ensure_ascii=False, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Approval:
    """One line of the approval block."""

    label: str
    """What the person did: prepared, reviewed, approved; in the document's language."""

    name: str
    """The person's name."""

    role: str
    """The person's role or post."""

    date: str
    """Date of the act, formatted for the language; empty while it is still open."""


@dataclass(frozen=True)
class Signature:
    """One line of the signature page, as it was when the person signed; in the document's language."""

    label: str
    """What the person did: prepared, reviewed, countersigned, approved."""

    meaning: str
    """Sentence that says what the signature means."""

    name: str
    """The person's name."""

    role: str
    """The role in which the person signed."""

    at: str
    """Date, time and offset of the act, such as `2026-03-06 14:20 +08:00`."""

    method: str
    """How the person was identified: by account, SSH key, certificate."""

    behalf: str = ""
    """On whose behalf a delegate signed; empty otherwise."""

    comment: str = ""
    """Remark of the person; empty for none."""


@dataclass(frozen=True)
class Change:
    """One line of the change record."""

    version: str
    """Version the change led to."""

    date: str
    """Date of the change, formatted for the language."""

    section: str
    """Sections that changed."""

    what: str
    """What changed."""

    why: str
    """Reason for the change."""

    kind: str
    """Class of the change: new, major, minor ...; in the document's language."""

    people: str
    """Who prepared, reviewed and approved the change."""


@dataclass(frozen=True)
class Front:
    """What the shells print around a body: plain strings in the document's language, never markup."""

    organization: str
    """Name of the organization that owns the document."""

    title: str
    """Title of the document."""

    code: str
    """Code of the document, such as `SMS-PR-08`."""

    version: str
    """Version, in the client's notation."""

    kind: str
    """Kind of document, such as Procedure."""

    level: str
    """Level in the document pyramid, such as Level 2."""

    classification: str
    """Confidentiality class."""

    owner: str
    """Role or unit that owns the document."""

    status: str
    """Status in the life of the document, such as In force."""

    issue_date: str
    """Date of issue."""

    effective_date: str
    """Date from which the document is in force."""

    review_date: str
    """Date by which the document is reviewed."""

    standard: str
    """The standard that the document serves."""

    clauses: str
    """Clauses of the standard that the document serves, separated by commas."""

    supersedes: str
    """Version that this one replaces; empty for a first issue."""

    mark: str
    """Control mark on the cover."""

    watermark: str
    """Word across every page of a document that is not in force; empty otherwise."""

    header: str
    """Line at the head of every page."""

    print_note: str
    """Footer sentence about printed copies."""

    precedence: str
    """Which language prevails."""

    notice: str
    """Copyright and confidentiality notice."""

    distribution: str
    """Who receives the document."""

    approvals: tuple[Approval, ...]
    """Approval block, in the order of the acts."""

    changes: tuple[Change, ...]
    """Change record, oldest first."""

    labels: Mapping[str, str]
    """The fixed words of the shells, by key; `page_of` holds the places `{page}` and `{total}`."""

    as_of: date
    """The day the document is built for; file timestamps are its midnight, UTC."""

    keywords: str
    """Keywords for the file's properties."""

    page_mark: str = ""
    """Mark at the foot of every page, such as UNCONTROLLED or what superseded the version; empty for none."""

    copy: str = ""
    """Number of a numbered controlled copy; empty otherwise."""

    successor: str = ""
    """Number and version that replaced this one; empty while none has."""

    sync: str = ""
    """Sentence on the cover of a translation that lags behind its source; empty otherwise."""

    fingerprint: str = ""
    """Short code of the content digest, such as `3F7A-9C21-44B0`; empty before it is submitted."""

    digest: str = ""
    """SHA-256 of the signed content, 64 hexadecimal digits; empty before it is submitted."""

    verify: str = ""
    """What the QR code on the cover says, at most 152 bytes; empty for no QR code."""

    signatures: tuple[Signature, ...] = ()
    """Lines of the signature page, in the order of the acts; there is no such page without any."""

    @property
    def mark_lines(self) -> tuple[str, str]:
        """The control mark's word, and what follows its comma: APPROVED, effective 1 December 2026; may be empty."""
        word, _, note = self.mark.replace("，", ",").partition(",")
        return word.strip(), note.strip()


@dataclass(frozen=True)
class Composition:
    """One document in one language: what every writer takes and what an approval binds to."""

    code: str
    """Code of the document."""

    lang: Language
    """Language of every text in the composition."""

    front: Front
    """What the shells print."""

    blocks: list[dict[str, Any]] = field(repr=False)
    """Body as pandoc AST blocks (pandoc-types 1.23.1), plain JSON values."""

    figures: tuple[Figure, ...]
    """Figures that the body shows."""

    brand: Brand
    """Appearance."""

    variant: Variant | None = None
    """The variant, of a composition made from others: `lang` then is the language that comes first."""

    record: str = ""
    """Number of the record, of a form that was filled in: it is printed without cover, control page and contents."""

    @property
    def place(self) -> str:
        """The folder that its files lie in."""
        return self.variant or self.lang

    @property
    def locale(self) -> str:
        """The language tag of its text (BCP 47)."""
        return "zh-TW" if self.variant == "zh-Hant" else {"zh": "zh-CN", "en": "en-GB"}[self.lang]

    def digest(self) -> str:
        """SHA-256 of all that the composition says and shows, as 64 hexadecimal digits."""
        figures = [vars(figure) for figure in self.figures]
        parts = [self.code, self.place, self.record, self.front, figures, self.brand.digest(), self.blocks]
        return sha256(json.dumps(parts, ensure_ascii=False, default=_fields).encode()).hexdigest()


def _fields(value: Any) -> Any:
    return vars(value) if is_dataclass(value) else str(value)


def _files(folder: Path | None) -> list[list[str]]:
    """Names and hashes of the files in a folder."""
    if folder is None:
        return []
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return [[path.name, sha256(path.read_bytes()).hexdigest()] for path in files]
