"""The digest of a document's content: what its approvals bind to, in all languages at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from docgen.compose.composition import Composition
from docgen.compose.tables import refilled
from docgen.diagnostics import Language

SAID = (
    "organization", "title", "code", "version", "kind", "level", "classification", "owner", "standard", "clauses",
    "distribution", "precedence", "notice",
)  # fmt: skip
"""What of a front is content. Dates, marks, signatures and looks are not: they follow from an approval."""


def content(composition: Composition) -> bytes:
    """What a composition says as one line of JSON, shared data included; rows of living tables are not part of it."""
    said = {
        "code": composition.code,
        "lang": composition.lang,
        "front": {name: getattr(composition.front, name) for name in SAID},
        "figures": [vars(figure) for figure in composition.figures],
        "blocks": refilled(composition.blocks, None, None),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_digest(composition: Composition) -> str:
    """SHA-256 of what a composition says."""
    return sha256(content(composition)).hexdigest()


def of_languages(digests: Mapping[Language, str]) -> str:
    """The digest of a document from the content digests of its languages."""
    return sha256(json.dumps(sorted(digests.items())).encode()).hexdigest()


def short_code(digest: str) -> str:
    """The first 48 bits of a digest for people to compare: 3F7A-9C21-44B0; '' for none."""
    return "-".join(digest[start : start + 4].upper() for start in (0, 4, 8)) if digest else ""
