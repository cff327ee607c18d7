"""Coverage of a standard or guide: clause, document, section, page, and the records that prove it; what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from docgen.compose.composer import Composer
from docgen.compose.views import in_order
from docgen.diagnostics import Language
from docgen.model.text import Text
from docgen.standard import PRIMARY, Clause, Kind, Outline, Pair

Status = Literal["covered", "draft", "unnamed", "gap"]
"""`covered` by a section of a document in force; by one that is only being made; by a document none of whose sections
names the clause; by nothing."""
_HOLDING = ("in_force", "pending")
_GONE = ("withdrawn", "retained", "disposed", "cancelled")
_NO_TITLE: Pair = {"zh": "", "en": ""}
Pages = Callable[[str, Language], Mapping[str, int]]
"""Page by heading id of a document in a language; empty where it is not built."""


@dataclass(frozen=True)
class Place:
    """A section that answers a clause; without a number the document as a whole."""

    code: str
    title: Pair
    version: str
    state: str
    number: str
    heading: Pair
    anchor: str
    page: Mapping[Language, int]


@dataclass(frozen=True)
class Proof:
    """A record that proves a clause, with the form it is written on."""

    code: str
    title: Pair


@dataclass(frozen=True)
class Evidence:
    """Structured data behind a practice and how many entries it holds."""

    path: str
    entries: int


@dataclass(frozen=True)
class Row:
    """A clause and what covers it."""

    clause: Clause
    status: Status
    places: tuple[Place, ...]
    proofs: tuple[Proof, ...]
    data: tuple[Evidence, ...]
    missing: tuple[str, ...]
    """What would fill the gap: codes of documents, with `#section` where only a section is missing, paths of data."""


@dataclass(frozen=True)
class KindRow:
    """A kind of document that has to be there and those in force that are of it."""

    kind: Kind
    places: tuple[Place, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """How far a client's documents cover an outline."""

    outline: Outline
    rows: tuple[Row, ...]
    kinds: tuple[KindRow, ...]
    limits: tuple[tuple[Pair, Pair], ...]
    """What is left out of the scope, by aspect; clauses are never excluded."""

    @property
    def gaps(self) -> int:
        """Clauses and kinds without what they need."""
        return sum(row.status != "covered" for row in self.rows) + sum(not row.places for row in self.kinds)


@dataclass(frozen=True)
class _Heading:
    number: str
    title: Pair
    anchor: str
    clauses: tuple[str, ...]


class Survey:
    """Looks through a client's documents for what covers an outline."""

    def __init__(self, composer: Composer, pages: Pages) -> None:
        self._composer = composer
        self._content = composer.workspace.content
        self._pages = pages

    def of(self, outline: Outline) -> Coverage:
        """The coverage of an outline; raises DocgenError where a document cannot be composed."""
        rows = tuple(self._row(clause, outline) for clause in outline.leaves)
        return Coverage(outline, rows, tuple(self._kind(kind) for kind in outline.kinds), self._limits())

    def _row(self, clause: Clause, outline: Outline) -> Row:
        data = tuple(Evidence(path, _entries(self._content, path)) for path in clause.data)
        if clause.shown:
            return self._practice(clause, data)
        named = clause.id if outline.id == PRIMARY else f"{outline.id}:{clause.id}"
        places = tuple(self._naming(named))
        # A document in force whose section does not name the clause is told after those that do.
        whole = () if outline.id != PRIMARY else tuple(self._answering(clause.id, {place.code for place in places}))
        empty = tuple(one.path for one in data if not one.entries)
        status = _status(places, whole, clause)
        missing = () if status == "covered" else tuple(c for c in clause.documents if not self._holds(c)) or empty
        return Row(clause, status, (*places, *whole), self._proofs(clause.id), data, missing)

    def _practice(self, clause: Clause, data: tuple[Evidence, ...]) -> Row:
        """A clause whose outline says itself where it is shown."""
        places: list[Place] = []
        missing = [one.path for one in data if not one.entries]
        for shown in clause.shown:
            if shown.document not in self._content.documents or self._state(shown.document) in _GONE:
                missing.append(shown.document)
                continue
            headings = {heading.anchor: heading for heading in self._headings[shown.document]}
            for section in shown.sections:
                if section in headings:
                    places.append(self._place(shown.document, headings[section]))
                else:
                    missing.append(f"{shown.document}#{section}")
            if not shown.sections:
                places.append(self._place(shown.document))
        status: Status = "gap" if missing or not places else _best(places)
        codes = {place.code for place in places}
        proofs = tuple(proof for proof in self._forms if proof.code in codes)
        return Row(clause, status, tuple(p for p in places if p.code not in {q.code for q in proofs}), proofs, data,
                   tuple(missing))  # fmt: skip

    def _naming(self, clause: str) -> Iterator[Place]:
        for code, headings in self._headings.items():
            for heading in headings:
                if clause in heading.clauses:
                    yield self._place(code, heading)

    def _answering(self, clause: str, but: set[str]) -> Iterator[Place]:
        for code in self._headings:
            record = self._content.documents[code]
            if code not in but and record.kind != "form" and clause in map(str, record.clauses):
                yield self._place(code)

    def _place(self, code: str, heading: _Heading | None = None) -> Place:
        standing = self._composer.standings.listed[code]
        title = self._plain(self._content.documents[code].title)
        if heading is None:
            return Place(code, title, standing.version, standing.state, "", _NO_TITLE, "", {})
        built = {language: self._pages(code, language) for language in self._content.client.languages}
        pages = {language: found[heading.anchor] for language, found in built.items() if heading.anchor in found}
        where = (heading.number, heading.title, heading.anchor)
        return Place(code, title, standing.version, standing.state, *where, pages)

    def _kind(self, kind: Kind) -> KindRow:
        there = [code for code in kind.documents if code in self._content.documents and self._state(code) in _HOLDING]
        lacking = tuple(code for code in kind.documents if code not in there)
        return KindRow(kind, tuple(self._place(code) for code in there), lacking)

    def _limits(self) -> tuple[tuple[Pair, Pair], ...]:
        return tuple(
            (self._plain(boundary.aspect), self._plain(boundary.excluded))
            for boundary in self._content.scope.boundaries
        )

    def _plain(self, text: Text) -> Pair:
        return {language: self._composer.plain(text, language) for language in self._content.client.languages}

    def _proofs(self, clause: str) -> tuple[Proof, ...]:
        return tuple(proof for proof in self._forms if clause in map(str, self._content.documents[proof.code].clauses))

    @cached_property
    def _forms(self) -> tuple[Proof, ...]:
        return tuple(
            Proof(code, self._plain(record.title))
            for code, record in self._content.documents.items()
            if record.kind == "form" and self._state(code) not in _GONE
        )

    @cached_property
    def _headings(self) -> Mapping[str, tuple[_Heading, ...]]:
        """The headings of every document that holds or is being made, by code."""
        languages = self._content.client.languages
        found = {}
        for code in in_order(self._content):
            if self._state(code) in _GONE:
                continue
            sides = {language: self._composer.headings(code, language) for language in languages}
            first = sides[languages[0]]
            found[code] = tuple(
                _Heading(number, _titles(sides, at), anchor, clauses)
                for at, (number, _, anchor, clauses) in enumerate(first)
            )
        return found

    def _state(self, code: str) -> str:
        return self._composer.standings.listed[code].state

    def _holds(self, code: str) -> bool:
        return code in self._content.documents and self._state(code) in _HOLDING


def _titles(sides: Mapping[Language, Sequence[tuple[str, str, str, tuple[str, ...]]]], at: int) -> Pair:
    return {language: headings[at][1] if at < len(headings) else "" for language, headings in sides.items()}


def _status(places: Sequence[Place], whole: Sequence[Place], clause: Clause) -> Status:
    if places:
        return _best(places)
    if whole:
        return "unnamed"
    return "covered" if clause.documented == "none" and not clause.asks else "gap"


def _best(places: Sequence[Place]) -> Status:
    return "covered" if any(place.state in _HOLDING for place in places) else "draft"


def _entries(content: Any, path: str) -> int:
    """How many entries the data at a dotted path holds; 1 for a single value that is there."""
    here: Any = content
    for part in path.split("."):
        if isinstance(here, Mapping):
            here = here.get(part)
        elif isinstance(here, tuple):
            here = next((item for item in here if str(getattr(item, "id", "")) == part), None)
        else:
            here = getattr(here, part, None)
    if here is None:
        return 0
    return len(here) if isinstance(here, tuple | Mapping) else 1
