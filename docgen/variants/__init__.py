"""Variants of a document, made from its compositions: both languages in one, and traditional characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docgen.compose.composition import Composition
from docgen.diagnostics import Language, Variant
from docgen.model.organization import Client
from docgen.variants.bilingual import bilingual
from docgen.variants.traditional import Traditional


def sources(variant: Variant, client: Client) -> tuple[Language, ...]:
    """The languages that an variant is made from; those the client lacks are not among them."""
    wanted: Sequence[Language] = ("zh",) if variant == "zh-Hant" else ("zh", "en")
    return tuple(language for language in client.languages if language in wanted)


def can_make(variant: Variant, client: Client) -> bool:
    """Whether a client has the languages that an variant needs."""
    return len(sources(variant, client)) == (1 if variant == "zh-Hant" else 2)


class Publisher:
    """Makes the variants of a client's documents by its settings."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._traditional: Traditional | None = None

    def make(self, variant: Variant, compositions: Mapping[Language, Composition]) -> Composition:
        """The variant of a document from its compositions by language."""
        if variant == "zh-Hant":
            if self._traditional is None:
                self._traditional = Traditional(self._client.traditional)
            return self._traditional.of(compositions["zh"])
        first = self._client.governing
        second: Language = "en" if first == "zh" else "zh"
        return bilingual(compositions[first], compositions[second], self._client.bilingual.layout)
