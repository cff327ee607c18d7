"""Rules on what a document says: its two texts agree, it says what was issued, and what it refers to holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from docgen.checks import twins
from docgen.checks.rule import Case, Family, Find, Found, Rule, found
from docgen.compose.composition import Composition
from docgen.compose.digest import content_digest, of_languages

_HOLDING = ("in_force", "pending")
_GONE = ("withdrawn", "retained", "disposed")
_SETTINGS = (
    "reissue_share",
    "effective_after",
    "translation_within",
    "recall_within",
    "acknowledge_within",
    "external_check",
)
"""Settings that the procedure of document control has to print."""


def _twins(kind: Literal["figures", "shape", "empty"]) -> Find:
    """DC-50: the languages say the same; where a text was known to follow later they are not compared."""

    def find(case: Case) -> Iterator[Found]:
        client = case.content.client
        for record in case.records:
            code, typed = str(record.code), len(record.changes)
            governing: Composition | None = None
            for language in client.languages:
                if language == client.governing or language in _lagging(case, code):
                    continue
                governing = governing or _without_notes(case.composition(code, client.governing), typed)
                twin = _without_notes(case.composition(code, language), typed)
                for one in case.disagreements(code, governing, twin):
                    if one.kind == kind:
                        values = twins.told(one, governing.lang, twin.lang)
                        yield found(record.code.span, code, document=code, **values)

    return find


def translation_follows(case: Case) -> Iterator[Found]:
    """DC-51-pending: a text that was known to follow later has followed."""
    for record in case.records:
        for language in case.content.client.languages:
            if language in _lagging(case, str(record.code)):
                yield found(record.code.span, record.code, document=record.code, language=language)


def _lagging(case: Case, code: str) -> frozenset[str]:
    return case.standings.listed[code].lagging | case.standings.working[code].lagging


def _without_notes(composition: Composition, typed: int) -> Composition:
    """A composition without the rows of its change record that the library wrote: nobody can correct those."""
    front = composition.front
    return replace(composition, front=replace(front, changes=front.changes[:typed]))


def content_as_issued(case: Case) -> Iterator[Found]:
    """DC-20: without a revision being open, the content is what was issued."""
    languages = case.content.client.languages
    for record in case.records:
        working, listed = case.standings.working[record.code], case.standings.listed[record.code]
        if working.unopened and listed.state in _HOLDING:
            now = {language: content_digest(case.composition(record.code, language)) for language in languages}
            if of_languages(now) != working.issued_digest:
                yield found(record.code.span, record.code, document=record.code, version=working.version)


def references_hold(case: Case) -> Iterator[Found]:
    """DC-36: a document in force does not refer to one that was withdrawn."""
    content, listed = case.content, case.standings.listed
    gone = [code for code in content.documents if listed[code].state in _GONE]
    for code in case.codes if gone else ():
        if listed[code].state in _HOLDING:
            text = json.dumps(case.composition(code, content.client.governing).blocks)
            for other in gone:
                if other != code and f'"{other}.html"' in text:
                    yield found(content.documents[code].code.span, code, document=code, other=other)


def document_control_from_settings(case: Case) -> Iterator[Found]:
    """DC-58: the procedure of document control prints the settings that docgen applies."""
    for record in case.records:
        if record.kind == "procedure" and record.code.endswith("SMS-PR-01") and record.source is not None:
            printed = case.composer.facts(record.code)
            for name in _SETTINGS:
                if f"control.yaml {name}" not in printed:
                    yield found(record.code.span, record.code, document=record.code, setting=name)


FAMILY = Family(
    "contents",
    "compositions",
    (
        Rule("DC-20", "warning", "7.5.3.2", content_as_issued),
        Rule("DC-36", "warning", "7.5.3.2", references_hold),
        Rule("DC-50", "error", "7.5.2", _twins("figures")),
        Rule("DC-50-shape", "error", "7.5.2", _twins("shape")),
        Rule("DC-50-empty", "error", "7.5.2", _twins("empty")),
        Rule("DC-51-pending", "warning", "own", translation_follows),
        Rule("DC-58", "error", "7.5.3", document_control_from_settings),
    ),
)
"""Rules on composed documents."""
