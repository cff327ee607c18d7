"""A client's whole content, overlaid on what it extends, validated, with every reference resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError, model_validator

from docgen import source
from docgen.diagnostics import Diagnostic, DocgenError, Language, Span, fail
from docgen.model.assurance import Availability, Capacity, Continuity, Finance, Security
from docgen.model.building import Building, Certification, Integration
from docgen.model.content import Agreement, FilledForm, Form, Instruction, Paper, Procedure, Register
from docgen.model.control import Control, ControlRecord
from docgen.model.evaluation import Audits, Corrections, Improvements, Reviews
from docgen.model.folders import chain, nearest, shown
from docgen.model.measurement import Indicators, Reports, Value
from docgen.model.operation import Assets, Changes, Configuration, Knowledge, Problems
from docgen.model.organization import Client
from docgen.model.planning import Objectives, Plan, Policy, Risks
from docgen.model.portfolio import Architecture, Portfolio, Requirements, Transition
from docgen.model.quantity import Quantity
from docgen.model.relations import Communication, Relations
from docgen.model.services import Services, Suppliers
from docgen.model.support import Competence, External, Responsibilities, Standards
from docgen.model.system import Context, Leadership, Processes, Scope
from docgen.model.text import Model, Reference, Text
from docgen.model.waivers import Waivers
from docgen.source import Map, Scalar, Seq
from docgen.source import Value as SourceValue
from docgen.standard import CLAUSES

CODE = re.compile(r"(?:[A-Z]{2,6}-)?SMS-(?:M|POL|PL|AG|RG|PR|WI)-\d{2}(?:-F\d{2})?")
_FOLDERS = ("procedures", "registers", "forms", "agreements", "papers", "instructions", "documents")
RECORDS = "records"
"""The folder of filled-in forms, with a folder a form."""
_IGNORED = ("templates", "brand", "library", "fonts", "keys", "outlines")


class Parameter(Model):
    """A named value written once and printed wherever a text names it."""

    value: Quantity | None = None
    text: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _either(cls, value: Any) -> Any:
        if isinstance(value, Scalar):
            return {"value": value}
        return {"text": value} if isinstance(value, dict) and "value" not in value else value

    def of(self, language: Language) -> str:
        """The value as printed in a language."""
        if self.value is not None:
            return self.value.of(language)
        assert self.text is not None
        return self.text.of(language)


class Content(Model):
    """Everything the YAML files of a client say; a field a file, or a folder of files."""

    client: Client
    parameters: dict[str, Parameter]
    control: Control
    scope: Scope
    context: Context
    policy: Policy
    objectives: Objectives
    risks: Risks
    services: Services
    suppliers: Suppliers
    plan: Plan
    leadership: Leadership
    processes: Processes
    indicators: Indicators
    reports: Reports = Reports()
    value: Value = Value()
    portfolio: Portfolio = Portfolio()
    requirements: Requirements = Requirements()
    transition: Transition = Transition()
    architecture: Architecture = Architecture()
    relations: Relations = Relations()
    communication: Communication = Communication()
    assets: Assets = Assets()
    configuration: Configuration = Configuration()
    changes: Changes = Changes()
    problems: Problems = Problems()
    knowledge: Knowledge = Knowledge()
    capacity: Capacity = Capacity()
    availability: Availability = Availability()
    continuity: Continuity = Continuity()
    security: Security = Security()
    finance: Finance = Finance()
    competence: Competence = Competence()
    responsibilities: Responsibilities = Responsibilities()
    external: External = External()
    standards: Standards = Standards()
    audits: Audits = Audits()
    reviews: Reviews = Reviews()
    corrections: Corrections = Corrections()
    improvements: Improvements = Improvements()
    building: Building = Building()
    integration: Integration = Integration()
    certification: Certification = Certification()
    waivers: Waivers = Waivers()
    procedures: dict[str, Procedure] = {}
    registers: dict[str, Register] = {}
    forms: dict[str, Form] = {}
    agreements: dict[str, Agreement] = {}
    papers: dict[str, Paper] = {}
    instructions: dict[str, Instruction] = {}
    records: dict[str, dict[str, FilledForm]] = {}
    """Filled-in forms by the form's code and the record's number."""
    documents: dict[str, ControlRecord]


FILES = tuple(name for name in Content.model_fields if name not in (*_FOLDERS, RECORDS))
"""The files of a workspace, without `.yaml`."""
FOLDERS = _FOLDERS
"""The folders of a workspace that hold one file an item."""


@dataclass(frozen=True)
class Workspace:
    """A client's content and the folders it was read from, its own first."""

    name: str
    folders: tuple[Path, ...]
    content: Content
    tree: Map
    """The overlaid source values, to find the place of any field."""

    def named(self) -> dict[str, dict[str, Any]]:
        """Everything a reference may name: kind -> id -> thing."""
        return named(self.content)


def named(content: Content) -> dict[str, dict[str, Any]]:
    """Everything a reference may name: kind -> id -> thing."""

    def by_id(items: Any) -> dict[str, Any]:
        return {str(item.id): item for item in items}

    return {
        "role": by_id(content.client.roles),
        "person": by_id(content.client.people),
        "unit": by_id(content.client.units),
        "site": by_id(content.client.sites),
        "customer": by_id(content.client.customers),
        "service": by_id(content.services.services),
        "supplier": by_id(content.suppliers.suppliers),
        "objective": by_id(content.objectives.objectives),
        "indicator": by_id(content.indicators.indicators),
        "principle": by_id(content.policy.principles),
        "process": by_id(content.processes.processes),
        "channel": by_id(content.communication.channels),
        "item": by_id(content.configuration.items),
        "change": by_id(content.changes.changes),
        "problem": by_id(content.problems.problems),
        "document": dict(content.documents),
        "clause": dict(CLAUSES),
    }


def load(name: str, roots: tuple[Path, ...]) -> Workspace:
    """The workspace of the client `name`, found in the first of `roots` (folders of clients) that has it.

    Raises DocgenError with every mistake of every file, none of them twice.
    """
    folders = chain(name, roots)
    tree = _tree(folders)
    content = _validated(tree)
    mistakes = [*_unknown_references(content), *_unknown_fields(content, tree)]
    if mistakes:
        raise DocgenError(mistakes)
    return Workspace(name, tuple(folders), content, tree)


def _tree(folders: list[Path]) -> Map:
    mistakes: list[Diagnostic] = []
    tree: SourceValue = Map(Span(shown(folders[0])))
    for folder in reversed(folders):
        layer = Map(Span(shown(folder)))
        for path in sorted(folder.rglob("*.yaml")):
            steps = path.relative_to(folder).with_suffix("").parts
            if steps[0] in _IGNORED or path.name.startswith("."):
                continue
            try:
                _place(layer, steps, path)
            except DocgenError as error:
                mistakes.extend(error.diagnostics)
        tree = source.overlay(tree, layer)
    if mistakes:
        raise DocgenError(mistakes)
    assert isinstance(tree, Map)
    return tree


def _place(layer: Map, steps: tuple[str, ...], path: Path) -> None:
    """Put the file's value where it belongs in the layer; refuse files that mean nothing."""
    span = Span(shown(path))
    if steps[0] == RECORDS and len(steps) == 3:
        _file(layer, steps, path)
        return
    known = steps[0] in FILES if len(steps) == 1 else len(steps) == 2 and steps[0] in _FOLDERS
    if not known:
        candidates = [f"{name}.yaml" for name in FILES] + [f"{name}/…" for name in _FOLDERS]
        near = nearest(f"{'/'.join(steps)}.yaml", candidates)
        raise fail("file-unknown", span, near=near or ", ".join(candidates))
    value = source.read(path, shown(path))
    if len(steps) == 1:
        layer[steps[0]], layer.keys_at[steps[0]] = value, span
        return
    folder, item = steps
    if folder not in layer:
        layer[folder], layer.keys_at[folder] = Map(span), span
    if folder == "documents":
        if not CODE.fullmatch(item):
            raise fail("document-code", span, code=item)
        if value is not None:
            value["code"], value.keys_at["code"] = Scalar(item, span), span
    layer[folder][item], layer[folder].keys_at[item] = value, span


def _file(layer: Map, steps: tuple[str, ...], path: Path) -> None:
    """A record where it belongs, below the code of its form."""
    here, span = layer, Span(shown(path))
    for step in steps[:-1]:
        if step not in here:
            here[step], here.keys_at[step] = Map(span), span
        here = here[step]
    here[steps[-1]], here.keys_at[steps[-1]] = source.read(path, shown(path)), span


def _validated(tree: Map) -> Content:
    try:
        return Content.model_validate(tree, context=languages_of(tree))
    except ValidationError as error:
        raise mistakes_of(tree, error) from error


def languages_of(tree: Map) -> dict[str, tuple[str, ...]]:
    """The languages that texts have to be given in, as the models ask for them."""
    client = tree.get("client")
    languages = client.get("languages", ()) if isinstance(client, Map) else ()
    return {"languages": tuple(one for one in languages or ("zh", "en") if one in get_args(Language))}


def mistakes_of(tree: Map, error: ValidationError) -> DocgenError:
    """What a validation found wrong, with the place of each."""
    return DocgenError([_diagnostic(tree, dict(item)) for item in error.errors()])


def _diagnostic(tree: Map, error: dict[str, Any]) -> Diagnostic:
    steps = [step for step in error["loc"] if isinstance(step, str | int)]
    kind, details = str(error["type"]), {k: str(v) for k, v in error.get("ctx", {}).items()}
    span = source.locate(tree, steps)
    path = ".".join(str(step) for step in steps[1:]) or str(steps[0] if steps else "")
    if kind == "extra_forbidden":
        holder = _walk(tree, steps[:-1])
        span = holder.keys_at.get(str(steps[-1]), span) if isinstance(holder, Map) else span
        return Diagnostic("key-unknown", span, {"key": str(steps[-1]), "near": _near_key(steps)})
    if kind == "missing":
        if len(steps) == 1:
            return Diagnostic("file-missing", Span(f"{tree.span}".split(":")[0]), {"file": f"{steps[0]}.yaml"})
        return Diagnostic("key-missing", source.locate(tree, steps[:-1]), {"key": str(steps[-1])})
    code = _CODES.get(kind, "value-bad")
    given = _walk(tree, steps)
    shown_value = "{…}" if isinstance(given, Map) else "[…]" if isinstance(given, Seq) else str(given or "~")
    return Diagnostic(code, span, {"field": path, "value": shown_value[:60], "reason": str(error["msg"]), **details})


_CODES = {
    "string_type": "text-expected",
    "string_pattern_mismatch": "value-form",
    "missing_language": "language-missing",
    "bad_date": "date-bad",
    "date_type": "date-bad",
    "bad_quantity": "quantity-bad",
    "literal_error": "value-not-listed",
    "model_type": "map-expected",
    "dict_type": "map-expected",
    "model_attributes_type": "map-expected",
    "tuple_type": "list-expected",
    "less_than_equal": "number-range",
    "greater_than_equal": "number-range",
    "greater_than": "number-range",
    "int_parsing": "number-expected",
    "int_type": "number-expected",
    "float_parsing": "number-expected",
    "float_type": "number-expected",
    "bool_parsing": "yes-or-no-expected",
    "bool_type": "yes-or-no-expected",
    "table_cells": "table-cells",
    "unknown_step": "step-unknown",
    "matrix_shape": "matrix-shape",
}


def _walk(tree: SourceValue, steps: list[str | int]) -> Any:
    here: Any = tree
    for step in steps:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return here
    return here


def _near_key(steps: list[str | int]) -> str:
    """The key that a mistyped one most resembles, by following the models along the path."""
    fields = _fields_along(Content, steps[:-1])
    return nearest(str(steps[-1]), fields) or ", ".join(fields)


def _fields_along(model: type[BaseModel], steps: list[str | int]) -> list[str]:
    here: type[BaseModel] | None = model
    for step in steps:
        if isinstance(step, int) or here is None:
            continue
        field = here.model_fields.get(step)
        if field is not None:
            here = next(iter(_models_in(field.annotation)), here)
    return list(here.model_fields) if here is not None else []


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _unknown_references(content: Content) -> Iterator[Diagnostic]:
    known = named(content)
    for reference in references(content):
        there = known[reference.kind]
        if reference not in there:
            near = nearest(str(reference), list(there))
            values = {"kind": reference.kind, "id": str(reference), "near": near or ", ".join(list(there)[:12])}
            yield Diagnostic("reference-unknown", reference.span, values)


def _unknown_fields(content: Content, tree: Map) -> Iterator[Diagnostic]:
    """Records of documents that are no forms, and values for fields or rows that the form does not have."""
    for code, records in content.records.items():
        record = content.documents.get(code)
        form = content.forms.get(str(record.source)) if record is not None and record.kind == "form" else None
        if form is None:
            yield Diagnostic("record-form", source.locate(tree, [RECORDS, code]), {"code": code})
            continue
        fields = [str(field.id) for part in form.parts for field in part.fields]
        grids = {str(part.id): len(part.grid.columns) for part in form.parts if part.grid is not None}
        for number, filled in records.items():
            unknown = [("values", name) for name in filled.values if name not in fields]
            unknown += [("rows", name) for name in filled.rows if name not in grids]
            for kind, name in unknown:
                near = nearest(name, fields) or ", ".join(fields[:12])
                yield Diagnostic("record-field", source.locate(tree, [RECORDS, code, number, kind, name]),
                                 {"code": code, "field": name, "near": near})  # fmt: skip
            for name, rows in filled.rows.items():
                for row in rows:
                    if name in grids and len(row) != grids[name]:
                        at = source.locate(tree, [RECORDS, code, number, "rows", name])
                        yield Diagnostic("record-row", at, {"part": name, "count": str(grids[name])})


def references(value: Any) -> Iterator[Reference]:
    """Every reference below a model, mapping or tuple."""
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, BaseModel):
        for item in value.__dict__.values():
            if item is not None and not (isinstance(item, str) and not isinstance(item, Reference)):
                yield from references(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from references(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from references(item)
