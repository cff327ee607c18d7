"""Change notes that write themselves: which sections a version touches, and what it says instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.compose.labels import Labels
from docgen.diagnostics import Language
from docgen.library.redline import Passage, SectionChange

SECTIONS = 4
PASSAGES = 2
LONGEST = 48
"""How many sections, passages of a section and characters of a passage a note spells out."""


def sections_touched(sections: Sequence[SectionChange], labels: Labels) -> str:
    """The numbers of the sections: `5.3, 6.2`; their titles where they have no number."""
    named = dict.fromkeys(section.number or section.title for section in sections)
    return labels.word("notes", "and").join(named)


def what_changed(sections: Sequence[SectionChange], labels: Labels) -> str:
    """A sentence a reader can check: `5.3 Time limits: “15 minutes” → “30 minutes”; new: 6.2 Escalation`."""
    notes = [_note(section, labels) for section in sections[:SECTIONS]]
    left = len(sections) - SECTIONS
    if left > 0:
        notes.append(labels.word("notes", "more").format(count=left))
    return labels.word("notes", "then").join(notes)


def _note(section: SectionChange, labels: Labels) -> str:
    place = f"{section.number} {section.title}".strip()
    if section.kind in ("added", "removed") or not section.passages:
        return labels.word("notes", section.kind).format(place=place, passages="").rstrip("：: ")
    said = [_passage(passage, labels) for passage in section.passages[:PASSAGES]]
    if len(section.passages) > PASSAGES:
        said.append(labels.word("notes", "more").format(count=len(section.passages) - PASSAGES))
    return labels.word("notes", section.kind).format(place=place, passages=labels.word("notes", "and").join(said))


def _passage(passage: Passage, labels: Labels) -> str:
    kind = "replaced" if passage.before and passage.after else "inserted" if passage.after else "deleted"
    return labels.word("notes", kind).format(before=_short(passage.before), after=_short(passage.after))


def _short(text: str) -> str:
    """At most `LONGEST` letters, cut between words where there are words."""
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    if text[LONGEST - 1].isascii() and " " in cut[LONGEST // 2 :]:
        cut = cut.rpartition(" ")[0]
    return f"{cut.rstrip()}…"


def first_issue(labels: Mapping[Language, Labels], *, has_past: bool) -> dict[str, dict[Language, str]]:
    """The note of a first version, or of the first one here of a document with a past."""
    word = "adopted" if has_past else "first"
    return {
        "section": {language: one.word("notes", "whole") for language, one in labels.items()},
        "what": {language: one.word("notes", word) for language, one in labels.items()},
    }


def revision(
    changes: Mapping[Language, Sequence[SectionChange]], labels: Mapping[Language, Labels]
) -> dict[str, dict[Language, str]]:
    """The note of a later version; a language in which nothing changed says so."""
    section: dict[Language, str] = {}
    what: dict[Language, str] = {}
    for language, one in labels.items():
        sections = changes.get(language, ())
        section[language] = sections_touched(sections, one) or "—"
        what[language] = what_changed(sections, one) or one.word("notes", "unchanged")
    return {"section": section, "what": what}
