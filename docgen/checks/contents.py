"""Rules on what a document says: its two texts agree, it says what was issued, and what it refers to holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from docgen.checks import twins
from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.compose.digest import content_digest, of_languages
from docgen.diagnostics import Diagnostic

_HOLDING = ("in_force", "pending")
_GONE = ("withdrawn", "retained", "disposed")


def texts_agree(composer: Composer, code: str) -> Iterator[Diagnostic]:
    """DC-50: the languages say the same; DC-51: a text that was known to follow later is named instead."""
    client, record = composer.workspace.content.client, composer.workspace.content.documents[code]
    span, typed = record.code.span, len(record.changes)
    governing = _without_notes(composer.compose(code, client.governing), typed)
    standings = composer.standings
    lagging = standings.listed[code].lagging | standings.working[code].lagging
    for language in client.languages:
        if language in lagging:
            yield Diagnostic("DC-51-pending", span, {"document": code, "language": language}, "warning")
        elif language != client.governing:
            yield from twins.agree(governing, _without_notes(composer.compose(code, language), typed), span)


def _without_notes(composition: Composition, typed: int) -> Composition:
    """A composition without the rows of its change record that the library wrote: nobody can correct those."""
    front = composition.front
    return replace(composition, front=replace(front, changes=front.changes[:typed]))


def content_as_issued(composer: Composer, code: str) -> Iterator[Diagnostic]:
    """DC-20: without a revision being open, the content is what was issued."""
    working, listed = composer.standings.working[code], composer.standings.listed[code]
    if not working.unopened or listed.state not in _HOLDING:
        return
    languages = composer.workspace.content.client.languages
    now = of_languages({language: content_digest(composer.compose(code, language)) for language in languages})
    if now != working.issued_digest:
        span = composer.workspace.content.documents[code].code.span
        yield Diagnostic("DC-20", span, {"document": code, "version": working.version}, "warning")


def references_hold(composer: Composer, code: str) -> Iterator[Diagnostic]:
    """DC-36: a document in force does not refer to one that was withdrawn."""
    content, listed = composer.workspace.content, composer.standings.listed
    gone = [other for other in content.documents if listed[other].state in _GONE and other != code]
    if not gone or listed[code].state not in _HOLDING:
        return
    text = json.dumps(composer.compose(code, content.client.governing).blocks)
    for other in gone:
        if f'"{other}.html"' in text:
            yield Diagnostic("DC-36", content.documents[code].code.span, {"document": code, "other": other}, "warning")


RULES = (texts_agree, content_as_issued, references_hold)
"""Rules on one document each that composes without mistakes."""
