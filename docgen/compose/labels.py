"""The fixed words of a language (`templates/<lang>/labels.yaml`): labels, names of values, the form of dates."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen import source
from docgen.diagnostics import Language, fail
from docgen.model.folders import shown
from docgen.shipped import TEMPLATES
from docgen.source import Map


@dataclass(frozen=True)
class Labels:
    """The words of one language."""

    language: Language
    tree: Map

    def word(self, section: str, key: str) -> str:
        """A word of a section; raises DocgenError where `labels.yaml` lacks it."""
        found = self.tree.get(section, {}).get(key)
        if found is None:
            raise fail("label-missing", self.tree.span, section=section, key=key)
        return str(found)

    def section(self, name: str) -> dict[str, str]:
        """All words of a section."""
        return {key: str(value) for key, value in self.tree.get(name, {}).items() if isinstance(value, str)}

    def value(self, value: str, field: str = "") -> str:
        """The name of a listed value such as `mitigate`, by field where one word has several names, else itself."""
        values = self.tree.get("values", {})
        found = values.get(f"{field}.{value}") or values.get(value)
        if found is None and not field:
            named = {str(name) for key, name in values.items() if key.endswith(f".{value}")}
            found = named.pop() if len(named) == 1 else None
        return str(found or value)

    def day(self, day: datetime.date | None) -> str:
        """A date as prose writes it: 2026年12月1日, 1 December 2026; an em dash for none."""
        if day is None:
            return "—"
        formats = self.tree["formats"]
        return str(formats["date"]).format(year=day.year, month=formats["months"][day.month - 1], day=day.day)


def template_folders(folders: Sequence[Path], language: Language) -> list[Path]:
    """Where templates of a language are looked for: the client's own first, the shipped ones last."""
    own = [folder / "templates" / language for folder in folders]
    return [folder for folder in own if folder.is_dir()] + [TEMPLATES / language]


def read_labels(folders: Sequence[Path], language: Language) -> Labels:
    """The words of a language, the client's laid on the shipped ones."""
    tree: source.Value = None
    for folder in reversed(template_folders(folders, language)):
        path = folder / "labels.yaml"
        if path.exists():
            layer = source.read(path, f"templates/{language}/labels.yaml" if tree is None else shown(path))
            tree = layer if tree is None else source.overlay(tree, layer)
    assert isinstance(tree, Map)
    return Labels(language, tree)
