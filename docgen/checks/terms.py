"""Rules on terms: forms that the glossary calls wrong, anywhere or as the rendering of a term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from docgen.checks.rule import Case, Family, Find, Found, Rule, found
from docgen.checks.texts import Hit
from docgen.diagnostics import Language
from docgen.standard.glossary import Entry, glossary

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _avoided(severity: str) -> Find:
    """TM-01, TM-02: no form that the glossary calls wrong stands anywhere."""

    def find(case: Case) -> Iterator[Found]:
        for language in _LANGUAGES:
            wrong = {form: entry for form, entry in _wrong(language).items() if entry.severity == severity}
            there = case.texts.among(language, wrong)
            for hit in case.texts.words(language, _pattern(there, language)) if there else ():
                entry = wrong.get(hit.text.lower())
                if entry is not None:
                    wanted = entry.zh if language == "zh" else entry.en
                    yield found(hit.span, hit.pair.where, text=hit.text, wanted=wanted)

    return find


@cache
def _wrong(language: Language) -> Mapping[str, Entry]:
    """Wrong forms of a language with their terms."""
    return {form.lower(): entry for entry in glossary() for form in entry.avoid[language]}


@cache
def _phrases(language: Language) -> frozenset[str]:
    """Every form that is right, and every phrase in which a wrong one is."""
    return frozenset(one.lower() for entry in glossary() for one in _right(entry, language))


def _right(entry: Entry, language: Language) -> tuple[str, ...]:
    own = (entry.zh, *entry.accept) if language == "zh" else (entry.en,)
    return (*own, *entry.allow[language])


def _pattern(forms: Iterable[str], language: Language) -> re.Pattern[str]:
    """Forms, and the right phrases that hold one of them, which are found in their place."""
    wanted = set(forms)
    wanted |= {one for one in _phrases(language) if any(form in one for form in wanted)}
    either = "|".join(re.escape(form) for form in sorted(wanted, key=lambda form: (-len(form), form)))
    return re.compile(either) if language == "zh" else re.compile(rf"(?:{either})\b")


def rendered_as_preferred(case: Case) -> Iterator[Found]:
    """TM-03: a heading, label or cell renders a term by its preferred form."""
    for language in _LANGUAGES:
        ordinary = _ordinary(language)
        there = case.texts.among(language, ordinary)
        for hit in case.texts.labels(language, _pattern(there, language)) if there else ():
            for entry in ordinary.get(hit.text.lower(), ()):
                if _renders(hit, entry):
                    wanted = entry.zh if language == "zh" else entry.en
                    yield found(hit.span, hit.pair.where, text=hit.text, wanted=wanted)


@cache
def _ordinary(language: Language) -> Mapping[str, tuple[Entry, ...]]:
    """Ordinary words that are wrong as renderings, with the terms they are wrong for."""
    forms: dict[str, tuple[Entry, ...]] = {}
    for entry in glossary():
        for form in entry.pair[language]:
            forms[form.lower()] = (*forms.get(form.lower(), ()), entry)
    return forms


def _renders(hit: Hit, entry: Entry) -> bool:
    """Whether a short text speaks of a term on its other side, and has not the preferred form on its own."""
    other: Language = "en" if hit.language == "zh" else "zh"
    own_side, other_side = hit.pair.sides[hit.language], hit.pair.sides.get(other, "")
    if any(one.lower() in own_side.lower() for one in _right(entry, hit.language)):
        return False
    wanted = (entry.en,) if other == "en" else (entry.zh, *entry.accept)
    if entry.en.endswith(" by"):
        return other_side.lower() in wanted  # What stands in a sign block means something else in a sentence.
    if other == "zh":
        return any(one in other_side for one in wanted)
    return re.search(rf"\b{re.escape(entry.en)}s?\b", other_side, re.IGNORECASE) is not None


FAMILY = Family(
    "terms",
    "texts",
    (
        Rule("TM-01", "error", "7.5.2", _avoided("error")),
        Rule("TM-02", "warning", "7.5.2", _avoided("warning")),
        Rule("TM-03", "warning", "7.5.2", rendered_as_preferred),
    ),
)
"""Rules on terms."""
