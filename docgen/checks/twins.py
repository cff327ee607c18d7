"""Rules on the two texts of a document: they say the same in figures, codes and shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docgen.compose.composition import Composition
from docgen.compose.twins import Disagreement, disagreements
from docgen.diagnostics import Diagnostic, Language, Span

SHORT = 80
"""Characters of a text that a message shows."""
_CODES = {"figures": "DC-50", "shape": "DC-50-shape", "empty": "DC-50-empty"}


def agree(governing: Composition, twin: Composition, span: Span) -> Iterator[Diagnostic]:
    """DC-50: numbers, dates, units, codes and the shapes of lists and tables are the same in both languages.

    The span is that of the document's control record: the texts come from many files and have lost their own.
    """
    for found in disagreements(governing, twin):
        values = {"document": governing.code}
        for side, language in ((0, governing.lang), (1, twin.lang)):
            values |= _told(found, side, language)
        yield Diagnostic(_CODES[found.kind], span, values)


def _told(found: Disagreement, side: int, language: Language) -> dict[str, str]:
    """One side of a disagreement, for the sentences of both languages."""
    unit, only = ((found.governing, found.only_governing), (found.twin, found.only_twin))[side]
    told = {"place": unit.place or "—", "only": ", ".join(only) or "—", "text": _short(unit.text, only)}
    if found.shapes is not None:
        told |= {"shape_in_zh": found.shapes[side].words("zh"), "shape_in_en": found.shapes[side].words("en")}
    return {f"{language}_{name}": value for name, value in told.items()}


def _short(text: str, only: Sequence[str]) -> str:
    """A text, or of a long one the part around what the other side lacks."""
    if len(text) <= SHORT:
        return text or "—"
    start = max(0, min(text.find(only[0]) - SHORT // 2 if only else 0, len(text) - SHORT))
    return f"{'…' if start else ''}{text[start : start + SHORT].strip()}{'…' if start + SHORT < len(text) else ''}"
