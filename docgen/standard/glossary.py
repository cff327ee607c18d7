"""The glossary: preferred terms in Chinese and English, what is accepted, what is wrong, and what each means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from docgen import source
from docgen.diagnostics import Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")
"""The languages of the glossary."""
Forms = Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True)
class Entry:
    """A term of the glossary."""

    zh: str
    en: str
    area: str
    """Part of the glossary it belongs to, such as `document-control`."""
    meaning: Mapping[Language, str]
    accept: tuple[str, ...]
    """Chinese forms that are accepted beside the preferred one."""
    avoid: Forms
    """Forms that are wrong anywhere."""
    pair: Forms
    """Ordinary words that are wrong as a rendering of this term."""
    allow: Forms
    """Phrases in which a wrong form is right."""
    severity: Literal["error", "warning"] = "warning"
    abbreviation: str = ""
    clause: str = ""
    """Clause of the standard that the term comes from."""


@cache
def glossary() -> tuple[Entry, ...]:
    """All terms in the order of the file."""
    path = Path(__file__).with_name("glossary.yaml")
    data = source.read(path, path.name)
    assert data is not None
    return tuple(_entry(item) for item in data["terms"])


def _entry(item: source.Map) -> Entry:
    return Entry(
        zh=str(item["zh"]),
        en=str(item["en"]),
        area=str(item["area"]),
        meaning={"zh": str(item["meaning"]["zh"]), "en": str(item["meaning"]["en"])},
        accept=tuple(map(str, item.get("accept", ()))),
        avoid=_forms(item, "avoid"),
        pair=_forms(item, "pair"),
        allow=_forms(item, "allow"),
        severity="error" if item.get("severity") == "error" else "warning",
        abbreviation=str(item.get("abbr", "")),
        clause=str(item.get("clause", "")),
    )


def _forms(item: source.Map, name: str) -> Forms:
    forms = item.get(name) or {}
    return {"zh": tuple(map(str, forms.get("zh", ()))), "en": tuple(map(str, forms.get("en", ())))}
