"""The standard as data: clause numbers and titles, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from docgen import source
from docgen.diagnostics import Language


@dataclass(frozen=True)
class Clause:
    """A clause of the standard; title is empty where the standard gives none."""

    id: str
    parent: str
    title: Mapping[Language, str]

    @property
    def depth(self) -> int:
        """1 for a chapter (`8`), 2 for `8.2` and so on."""
        return self.id.count(".") + 1


def _read() -> tuple[str, Mapping[str, Clause]]:
    path = Path(__file__).with_name("iso20000-1-2018.yaml")
    data = source.read(path, path.name)
    assert data is not None
    clauses = {}
    for item in data["clauses"]:
        title = item.get("title", {})
        clauses[str(item["id"])] = Clause(
            str(item["id"]),
            str(item.get("parent", "")),
            {"zh": str(title.get("zh", "")), "en": str(title.get("en", ""))},
        )
    return str(data["standard"]), MappingProxyType(clauses)


STANDARD, CLAUSES = _read()
