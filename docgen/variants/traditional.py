"""The variant in traditional characters, for Hong Kong and Taiwan: OpenCC, then a table of terms on top."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from opencc import OpenCC

from docgen import source
from docgen.compose.composition import Brand, Composition
from docgen.model.organization import TraditionalVariant

_CONFIGURATIONS = {"TW": "s2twp", "HK": "s2hk"}
_LITERAL = ("id", "kind", "from", "to", "lane", "level", "parents", "levels")
"""Keys of a figure's data that are no text."""
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


class Traditional:
    """Turns texts of simplified characters into those of a region."""

    def __init__(self, settings: TraditionalVariant) -> None:
        """By the settings of a client, whose own terms win over the shipped ones."""
        self._settings = settings
        self._convert = OpenCC(_CONFIGURATIONS[settings.region]).convert
        wanted = {**shipped_terms(settings.region), **{str(term): str(to) for term, to in settings.terms.items()}}
        self._terms = wanted
        longest = sorted(wanted, key=lambda term: (-len(term), term))
        self._known = re.compile("|".join(map(re.escape, longest))) if longest else None
        self._done: dict[str, str] = {}

    def of(self, composition: Composition) -> Composition:
        """A composition of simplified characters in traditional ones; ids, codes and addresses stay."""
        return replace(
            composition,
            variant="zh-Hant",
            front=self._dressed(composition.front),
            blocks=self._nodes(composition.blocks),
            figures=tuple(
                replace(one, data=self._data(one.data), alt=self.text(one.alt)) for one in composition.figures
            ),
            brand=self._brand(composition.brand),
        )

    def text(self, text: str) -> str:
        """A text in traditional characters: terms first, so that no part of one is changed by itself."""
        if not _CHINESE.search(text):
            return text
        if text not in self._done:
            self._done[text] = self._with_terms(text)
        return self._done[text]

    def _with_terms(self, text: str) -> str:
        if self._known is None:
            return str(self._convert(text))
        found, at = [], 0
        for match in self._known.finditer(text):
            found += [self._convert(text[at : match.start()]), self._terms[match[0]]]
            at = match.end()
        return "".join([*found, self._convert(text[at:])])

    def _nodes(self, value: Any) -> Any:
        """AST nodes with their texts turned: strings, code and nothing else."""
        if isinstance(value, list):
            return [self._nodes(item) for item in value]
        if not isinstance(value, dict):
            return value
        kind: str = value["t"]
        content: Any = value.get("c")
        if kind == "Str":
            return {"t": "Str", "c": self.text(content)}
        if kind in ("Code", "CodeBlock"):
            return {"t": kind, "c": [content[0], self.text(content[1])]}
        return value if content is None else {"t": kind, "c": self._nodes(content)}

    def _data(self, value: Any, key: str = "") -> Any:
        if isinstance(value, Mapping):
            return {name: self._data(item, name) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return [self._data(item, key) for item in value]
        return self.text(value) if isinstance(value, str) and key not in _LITERAL else value

    def _dressed(self, value: Any) -> Any:
        """A front, or a row of it, with every text turned."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, tuple):
            return tuple(self._dressed(item) for item in value)
        if isinstance(value, Mapping):
            return {key: self._dressed(item) for key, item in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{one.name: self._dressed(getattr(value, one.name)) for one in fields(value)})
        return value

    def _brand(self, brand: Brand) -> Brand:
        fonts = {**brand.fonts, "east_asian": self._settings.font}
        return replace(
            brand, fonts=fonts, pdf_fonts=(*self._settings.pdf, *brand.pdf_fonts), header=self.text(brand.header)
        )


@cache
def shipped_terms(region: str) -> Mapping[str, str]:
    """Terms of service management as a region writes them, by the simplified form."""
    path = Path(__file__).with_name("terms.yaml")
    data = source.read(path, path.name)
    assert data is not None
    return {str(term): str(forms[region]) for term, forms in data["terms"].items() if region in forms}
