"""What two versions of a document say differently, cover included."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from docgen.compose.composition import Composition
from docgen.compose.digest import SAID
from docgen.compose.tables import refilled
from docgen.library.redline import Passage, Redline, SectionChange, compare

_UNCOMPARED = ("code", "version", "standard")
"""What of the cover's content is the same, or has to differ."""


def redline(old: Composition, new: Composition, author: str, at: datetime.datetime) -> Redline:
    """The redline of two versions, without what changes of itself: rows of living tables, the version's own number."""
    return compare(_bare(old), _bare(new), author, at)


def changes(old: Composition, new: Composition, at: datetime.datetime) -> tuple[SectionChange, ...]:
    """The sections that changed; what the cover says first."""
    body = redline(old, new, "docgen", at).sections
    return (*_cover(old, new), *(section for section in body if not _says_version_only(section, old, new)))


def _cover(old: Composition, new: Composition) -> Iterator[SectionChange]:
    differing = [
        Passage(getattr(old.front, name), getattr(new.front, name))
        for name in SAID
        if name not in _UNCOMPARED and getattr(old.front, name) != getattr(new.front, name)
    ]
    if differing:
        yield SectionChange("", new.front.labels.get("document_control", new.front.title), "changed", tuple(differing))


def _says_version_only(section: SectionChange, old: Composition, new: Composition) -> bool:
    """Whether only the version that a form prints on its face is another."""
    return section.kind == "changed" and all(
        passage.before.replace(old.front.version, new.front.version) == passage.after for passage in section.passages
    )


def _bare(composition: Composition) -> Composition:
    return replace(composition, blocks=refilled(composition.blocks, None, None))
