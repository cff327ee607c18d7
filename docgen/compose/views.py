"""What templates and tables see of a workspace: its content, and rows derived from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docgen.diagnostics import Language
from docgen.model.content import Record
from docgen.model.control import ControlRecord
from docgen.model.folders import KINDS
from docgen.model.quantity import Quantity
from docgen.model.standing import Standing
from docgen.model.text import ClauseRef, DocumentRef, Markdown, Text
from docgen.model.workspace import Content
from docgen.standard import CLAUSES, PRIMARY, outline
from docgen.standard.glossary import LANGUAGES, glossary


@dataclass(frozen=True)
class Row:
    """A row of a table: fields of its own, and those of the thing it was derived from."""

    fields: Mapping[str, Any]
    of: Any = None

    def __getattr__(self, name: str) -> Any:
        if name in self.fields:
            return self.fields[name]
        return getattr(self.of, name)


@dataclass(frozen=True)
class SectionClause:
    """A section of a document that names a clause it answers."""

    clause: str
    code: DocumentRef
    number: str


Sections = Callable[[], tuple[SectionClause, ...]]


OF_ALL_SECTIONS = frozenset({"clause_matrix"})
"""Views that list sections of all documents."""
LIVING_VIEWS = frozenset({"master_list"})
"""Views whose rows change without a change of the document that shows them."""


def views(
    content: Content, listed: Mapping[str, Standing], language: Language, sections: Sections
) -> dict[str, Callable[[], tuple[Any, ...]]]:
    """Derived rows by the name that a directive or register gives them."""
    return {
        "master_list": lambda: tuple(
            controlled(content.documents[code], listed[code], language) for code in in_order(content)
        ),
        "clause_matrix": lambda: tuple(_clause_rows(content, listed, sections())),
        "kind_rows": lambda: tuple(_kind_rows(content, listed)),
        "risks.risks": lambda: tuple(_risk_rows(content)),
        "services.target_rows": lambda: tuple(_target_rows(content)),
        "services.dependency_rows": lambda: tuple(_dependency_rows(content)),
        "risks.action_rows": lambda: tuple(_action_rows(content)),
        "leadership.evidence_rows": lambda: tuple(_evidence_rows(content)),
        "availability.items": lambda: tuple(_availability_rows(content)),
        "glossary": lambda: tuple(_glossary_rows()),
        "record_rows": lambda: tuple(_record_rows(content)),
        "threshold_rows": lambda: tuple(_threshold_rows(content)),
        "notice_rows": lambda: tuple(_notice_rows(content)),
        "component_rows": lambda: tuple(_component_rows(content)),
    }


def controlled(record: ControlRecord, standing: Standing, language: Language) -> Row:
    """A document as texts and tables see it: what it is, or was when it was issued, and where it stands."""
    fields = {name: getattr(standing, name) for name in ("version", "state", "issued", "effective", "next_review")}
    return Row({**fields, **standing.listing.get(language, {}), "code": str(record.code)}, record)


def in_order(content: Content) -> list[str]:
    """The codes of all documents, by level, then manual before policy before plan and so on, then by number."""

    def key(code: str) -> tuple[Any, ...]:
        kind = code.split("SMS-")[1].split("-")[0]
        return content.documents[code].level, KINDS.index(kind), code

    return sorted(content.documents, key=key)


_GONE = ("withdrawn", "retained", "disposed")
"""States of documents that answer no clause any more."""


def _clause_rows(
    content: Content, listed: Mapping[str, Standing], sections: tuple[SectionClause, ...]
) -> Iterator[Row]:
    held = [record for record in _records(content) if listed[record.code].state not in _GONE]
    parents = {clause.parent for clause in CLAUSES.values()}
    owners = {str(clause): process.owner for process in content.processes.processes for clause in process.clauses}
    for clause in CLAUSES.values():
        if clause.id in parents:
            continue
        answering = [record for record in held if _answers(record, clause.id)]
        named = [one for one in sections if one.clause == clause.id and listed[one.code].state not in _GONE]
        title = _title(clause.id)
        yield Row(
            {
                "clause": ClauseRef.validate(clause.id),
                "title": title,
                "documents": tuple(record.code for record in answering if record.kind != "form"),
                "records": tuple(record.code for record in answering if record.kind == "form"),
                "sections": _by_document(named),
                "asks": _text(clause.asks),
                "evidence": tuple(_text(one) for one in clause.evidence),
                "owner": next((owners[c] for c in _upward(clause.id) if c in owners), None),
            }
        )


def _kind_rows(content: Content, listed: Mapping[str, Standing]) -> Iterator[Row]:
    """The kinds of documented information of 7.5.4 and the documents that are of each."""
    for kind in outline(PRIMARY).kinds:
        there = (code for code in kind.documents if code in content.documents and listed[code].state not in _GONE)
        yield Row({"id": kind.id, "name": _text(kind.name), "documents": tuple(map(DocumentRef.validate, there))})


def _text(pair: Mapping[Language, str]) -> Text:
    return Text(zh=Markdown.validate(pair["zh"]), en=Markdown.validate(pair["en"]))


def _by_document(sections: list[SectionClause]) -> tuple[Text, ...]:
    """The numbers of sections under the code of their document: SMS-PL-01: 1, 1.1; SMS-PL-01：1、1.1."""
    numbers: dict[str, list[str]] = {}
    for section in sections:
        numbers.setdefault(str(section.code), []).append(section.number)
    return tuple(
        Text(zh=Markdown.validate(f"{code}：{'、'.join(found)}"), en=Markdown.validate(f"{code}: {', '.join(found)}"))
        for code, found in numbers.items()
    )


def _records(content: Content) -> list[ControlRecord]:
    return [content.documents[code] for code in in_order(content)]


def _answers(record: ControlRecord, clause: str) -> bool:
    return any(str(named) in _upward(clause) for named in record.clauses)


def _upward(clause: str) -> list[str]:
    parts = clause.split(".")
    return [".".join(parts[:n]) for n in range(len(parts), 0, -1)]


def _title(clause: str) -> Text:
    titles = next(CLAUSES[c].title for c in _upward(clause) if CLAUSES[c].title["en"])
    return _text(titles)


def _risk_rows(content: Content) -> Iterator[Row]:
    for risk in content.risks.risks:
        levels = {"level": content.risks.level(risk.rating), "residual_level": content.risks.level(risk.residual)}
        yield Row(levels, risk)


def _action_rows(content: Content) -> Iterator[Row]:
    for risk in content.risks.risks:
        for action in risk.actions:
            yield Row({"risk": risk.id, "risk_title": risk.title}, action)


def _target_rows(content: Content) -> Iterator[Row]:
    for service in content.services.services:
        for target in service.targets:
            yield Row({"service": service.name}, target)


def _dependency_rows(content: Content) -> Iterator[Row]:
    for service in content.services.services:
        for dependency in service.dependencies:
            yield Row({"service": service.name, "on": dependency.supplier or dependency.service}, dependency)


def _evidence_rows(content: Content) -> Iterator[Row]:
    for commitment in content.leadership.commitments:
        for evidence in commitment.evidence:
            yield Row({"item": commitment.id, "title": commitment.title, "owner": commitment.owner}, evidence)


def _glossary_rows() -> Iterator[Row]:
    """The terms of the glossary with what is wrong for them."""
    for entry in glossary():
        avoid = {side: (*entry.avoid[side], *entry.pair[side]) for side in LANGUAGES}
        yield Row(
            {
                "zh": _same(entry.zh),
                "en": _same(entry.en),
                "area": entry.area,
                "clause": ClauseRef.validate(entry.clause) if entry.clause in CLAUSES else None,
                "abbreviation": _same(entry.abbreviation) if entry.abbreviation else None,
                "definition": Text(
                    zh=Markdown.validate(entry.meaning["zh"]), en=Markdown.validate(entry.meaning["en"])
                ),
                "accept": _same("、".join(entry.accept)) if entry.accept else None,
                "avoid_zh": _same("、".join(avoid["zh"])) if avoid["zh"] else None,
                "avoid_en": _same("; ".join(avoid["en"])) if avoid["en"] else None,
            }
        )


def _same(text: str) -> Text:
    """One text for every language."""
    return Text(zh=Markdown.validate(text), en=Markdown.validate(text))


def _record_rows(content: Content) -> Iterator[Row]:
    """Every form with where its record is kept and how long, then the records of procedures that are no forms.

    A form that its procedure does not name any more, being withdrawn, is kept as the first of the others is.
    """
    named: dict[str, Record] = {}
    firsts: dict[str, Record] = {}
    others: list[Row] = []
    for record in _records(content):
        procedure = content.procedures.get(str(record.source)) if record.kind == "procedure" else None
        for kept in procedure.records if procedure is not None else ():
            forms = forms_named(kept.name)
            named.update((code, kept) for code in forms)
            if forms:
                firsts.setdefault(str(record.code), kept)
            else:
                others.append(Row({"code": None, "parent": record.code}, kept))
    for record in _records(content):
        if record.kind == "form":
            form = content.forms.get(str(record.source))
            known = named.get(str(record.code)) or firsts.get(str(record.parent))
            fields = {name: getattr(form or known, name, None) for name in ("keeper", "retention")}
            medium = known.medium if known is not None else None
            yield Row({**fields, "code": record.code, "name": record.title, "parent": record.parent, "medium": medium})
    yield from others


_FORM = re.compile(r"\{doc:((?:[A-Z]{2,6}-)?SMS-[A-Z]+-\d{2}-F\d{2})[}|]")


def forms_named(name: Text) -> tuple[str, ...]:
    """The forms that the name of a record refers to."""
    return tuple(sorted({code for side in (name.zh, name.en) if side is not None for code in _FORM.findall(side)}))


def _threshold_rows(content: Content) -> Iterator[Row]:
    """The indicators that have warning thresholds."""
    for one in content.indicators.indicators:
        if one.thresholds is not None:
            yield Row({"id": one.id, "name": one.name, "target": one.target, "actual": one.actual}, one.thresholds)


def _notice_rows(content: Content) -> Iterator[Row]:
    """The warning notices that were given, latest first."""
    rows = [
        Row({"indicator": one.id, "name": one.name}, notice)
        for one in content.indicators.indicators
        for notice in one.notices
    ]
    yield from sorted(rows, key=lambda row: row.date, reverse=True)


def _component_rows(content: Content) -> Iterator[Row]:
    """The components of the architecture, layer by layer."""
    for layer in content.architecture.layers:
        for component in layer.components:
            yield Row({"layer": layer.name, "layer_id": layer.id}, component)


def _availability_rows(content: Content) -> Iterator[Row]:
    """The calculation behind each target: downtime allowed and expected, and what the components reach."""
    for item in content.availability.items:
        figures = {"allowed": f"{item.allowed:.1f} min", "needed": f"{item.needed:.1f} min"}
        made = {name: Quantity.validate(value) for name, value in figures.items()}
        yield Row({**made, "reachable": Quantity.validate(f"{item.reachable:.3f} %")}, item)


def context(content: Content, code: str, standing: Standing, language: Language) -> dict[str, Any]:
    """The names that a document's template may use."""
    record = content.documents[code]
    names: dict[str, Any] = {name: getattr(content, name) for name in type(content).model_fields}
    names["doc"] = controlled(record, standing, language)
    names["source"] = source_of(content, record)
    return names


def source_of(content: Content, record: ControlRecord) -> Any:
    """The file that a record names; None where it names none."""
    holders: dict[str, Mapping[str, Any]] = {
        "procedure": content.procedures,
        "register": content.registers,
        "form": content.forms,
        "agreement": content.agreements,
        "instruction": content.instructions,
        "plan": content.papers,
        "policy": content.papers,
        "order": content.papers,
    }
    if record.source is None:
        return None
    return holders[record.kind].get(record.source)
