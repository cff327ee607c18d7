"""Standards as data: the outline of each, what its clauses ask for in our own words, and what shows that they are met.

An outline is one YAML file beside this module, or in a client's `outlines/`; adding a standard is adding a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from docgen import source
from docgen.diagnostics import Language, Span, fail

PRIMARY = "iso20000-1-2018"
"""The outline that control records, sections and the manual speak of without a prefix."""
FOLDER = Path(__file__).parent
Pair = Mapping[Language, str]
_DOCUMENTED = ("mandatory", "expected", "none")


@dataclass(frozen=True)
class Item:
    """A lettered item of a clause."""

    key: str
    asks: Pair


@dataclass(frozen=True)
class Shown:
    """Where a practice is shown: sections of a document by id, or the whole of it."""

    document: str
    sections: tuple[str, ...]


@dataclass(frozen=True)
class Clause:
    """A clause of a standard or a practice of a guide; title is empty where the source gives none."""

    id: str
    parent: str
    title: Pair
    asks: Pair
    """What it asks for, in our own words; empty for a mere heading."""
    documented: str
    """Whether it asks for documented information: `mandatory`, `expected` or `none`."""
    evidence: tuple[Pair, ...]
    """What shows that it is met."""
    documents: tuple[str, ...]
    """Codes of the documents that answer it in the shipped library: what would fill a gap."""
    items: tuple[Item, ...]
    shown: tuple[Shown, ...]
    """Where it is shown, for an outline whose clauses the sections do not name themselves."""
    data: tuple[str, ...]
    """Structured data behind it, dotted from the workspace."""
    rules: tuple[str, ...]
    """Codes of the rules that watch it."""
    span: Span

    @property
    def depth(self) -> int:
        """1 for a chapter (`8`), 2 for `8.2` and so on."""
        return self.id.count(".") + 1


@dataclass(frozen=True)
class Kind:
    """A kind of documented information that has to be there (ISO/IEC 20000-1:2018, 7.5.4)."""

    id: str
    name: Pair
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """A standard or guide: its clauses in order, and the kinds of documents it asks for."""

    id: str
    name: Pair
    clauses: Mapping[str, Clause]
    kinds: tuple[Kind, ...]

    @property
    def leaves(self) -> tuple[Clause, ...]:
        """The clauses that are no mere heading for others."""
        parents = {clause.parent for clause in self.clauses.values()}
        return tuple(clause for clause in self.clauses.values() if clause.id not in parents)


def outline(name: str, folders: Iterable[Path] = ()) -> Outline:
    """The outline of a name, a client's own first; raises DocgenError where there is none, or for mistakes in it."""
    path = next((path for path in _paths(folders) if path.stem == name), None)
    if path is None:
        raise fail("outline-unknown", Span("outlines"), name=name, known=", ".join(outlines(folders)))
    return read(path)


def outlines(folders: Iterable[Path] = ()) -> tuple[str, ...]:
    """The names of all outlines there are."""
    return tuple(dict.fromkeys(path.stem for path in _paths(folders)))


def _paths(folders: Iterable[Path]) -> list[Path]:
    own = [path for folder in folders for path in sorted((folder / "outlines").glob("*.yaml"))]
    return [*own, *(path for path in sorted(FOLDER.glob("*.yaml")) if path.stem != "glossary")]


def read(path: Path) -> Outline:
    """The outline in a file; raises DocgenError."""
    data: Any = source.read(path, f"outlines/{path.name}") or {}
    at = getattr(data, "span", Span(path.name))
    if "standard" not in data or not isinstance(data.get("clauses"), list):
        raise fail("outline-bad", at, key="standard, clauses")
    clauses: dict[str, Clause] = {}
    for given in data["clauses"]:
        clause = _clause(given)
        if clause.id in clauses or (clause.parent and clause.parent not in clauses):
            raise fail("outline-clause", clause.span, id=clause.id, parent=clause.parent or "—")
        clauses[clause.id] = clause
    kinds = tuple(Kind(str(one["id"]), _pair(one["name"]), _words(one, "documents")) for one in data.get("kinds", ()))
    name = data["standard"]
    names = _pair(name if isinstance(name, dict) else {"zh": name, "en": name})
    return Outline(path.stem, names, MappingProxyType(clauses), kinds)


def _clause(given: Any) -> Clause:
    span = getattr(given, "span", Span("?"))
    if not isinstance(given, dict) or "id" not in given:
        raise fail("outline-bad", span, key="id")
    documented = str(given.get("documented", "none"))
    if documented not in _DOCUMENTED:
        raise fail("outline-bad", span, key=f"documented: {', '.join(_DOCUMENTED)}")
    return Clause(
        id=str(given["id"]),
        parent=str(given.get("parent", "")),
        title=_pair(given.get("title")),
        asks=_pair(given.get("asks")),
        documented=documented,
        evidence=tuple(_pair(one) for one in given.get("evidence", ())),
        documents=_words(given, "documents"),
        items=tuple(Item(str(one["id"]), _pair(one["asks"])) for one in given.get("items", ())),
        shown=tuple(Shown(str(one["document"]), _words(one, "sections")) for one in given.get("shown", ())),
        data=_words(given, "data"),
        rules=_words(given, "rules"),
        span=span,
    )


def _words(given: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(word) for word in given.get(key, ()))


def _pair(given: Any) -> Pair:
    return {"zh": str((given or {}).get("zh", "")), "en": str((given or {}).get("en", ""))}


STANDARD = "ISO/IEC 20000-1:2018"
CLAUSES: Mapping[str, Clause] = read(FOLDER / f"{PRIMARY}.yaml").clauses
"""The clauses of the primary outline."""
