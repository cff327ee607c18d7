"""Where two texts of a document disagree, in the values of a finding."""

from __future__ import annotations

from collections.abc import Sequence

from docgen.compose.twins import Disagreement
from docgen.diagnostics import Language

SHORT = 80
"""Characters of a text that a message shows."""


def told(found: Disagreement, governing: Language, twin: Language) -> dict[str, str]:
    """A disagreement, for the sentences of both languages."""
    return {**_side(found, 0, governing), **_side(found, 1, twin)}


def _side(found: Disagreement, side: int, language: Language) -> dict[str, str]:
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
