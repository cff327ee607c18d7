"""Rules on the set as a whole: kinds of 7.5.4, architecture, standards, transition, and data still missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.checks.services import live
from docgen.model.content import DataList, Section
from docgen.model.control import ControlRecord

_GONE = ("withdrawn", "retained", "disposed")
_REQUIRED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("a", ("4.3",)),
    ("b", ("5.2.1", "6.2.1")),
    ("c", ("6.3",)),
    ("d", ("8.5.1.1", "8.7.2", "8.7.3.1")),
    ("e", ("4.4",)),
    ("f", ("8.2.2",)),
    ("g", ("8.2.4",)),
    ("h", ("8.3.3",)),
    ("i", ("8.3.4.1",)),
    ("j", ("8.3.4.2",)),
    ("k", ("8.5.1.1", "8.6.1", "8.6.2", "8.6.3")),
    ("l", ("9.1", "9.2.2", "9.3", "10.1.2")),
)
"""The twelve kinds of 7.5.4 with clauses that each of them answers."""
_LAYERS = ("technical", "data", "application", "management")
_MAJOR = {
    "criteria": re.compile(r"准则"),
    "manager": re.compile(r"经理|指挥|\{role:INC"),
    "notice": re.compile(r"\{role:TM"),
    "review": re.compile(r"评审"),
}
"""What a procedure for major incidents speaks of, and how that is recognized."""
_CLASSES = ("basic", "management", "quality", "security", "personnel")


def kinds_there(case: Case) -> Iterator[Found]:
    """SX-12: each of the twelve kinds of 7.5.4 has a document that was not withdrawn, for every clause it serves."""
    held = [record for code, record in case.content.documents.items() if case.standings.listed[code].state not in _GONE]
    named = {clause for record in held for clause in map(str, record.clauses)}
    for item, clauses in _REQUIRED:
        lacking = [one for one in clauses if not any(n == one or n.startswith(f"{one}.") for n in _widened(named))]
        if lacking:
            span = case.file("documents")
            yield found(span, item, item=item, clauses=", ".join(lacking))


def _widened(named: set[str]) -> set[str]:
    """Clauses named, with those above them: 8.7.3.1 speaks for 8.7.3 and 8.7."""
    return {".".join(one.split(".")[:n]) for one in named for n in range(1, one.count(".") + 2)}


def major_incidents_apart(case: Case) -> Iterator[Found]:
    """SX-19: the procedure for major incidents has criteria, a manager, notice to top management and a review."""
    for record in case.content.documents.values():
        procedure = case.content.procedures.get(str(record.source)) if record.kind == "procedure" else None
        if procedure is not None and record.code.endswith("SMS-PR-24"):
            said = _said(case, str(record.code))
            lacking = [name for name, mark in _MAJOR.items() if not mark.search(said)]
            if lacking and "zh" in case.content.client.languages:
                yield found(record.code.span, record.code, document=record.code, parts=", ".join(lacking))


def four_layers(case: Case) -> Iterator[Found]:
    """AR-01: the architecture has its four layers, each with components."""
    layers = case.content.architecture.layers
    full = {layer.id for layer in layers if layer.components}
    lacking = [layer for layer in _LAYERS if layer not in full]
    if layers and lacking:
        yield found(case.file("architecture"), "architecture", layers=", ".join(lacking))


def five_classes(case: Case) -> Iterator[Found]:
    """ST-01: the system of standards has all five classes."""
    standards = case.content.standards.standards
    there = {one.kind for one in standards}
    lacking = [kind for kind in _CLASSES if kind not in there]
    if standards and lacking:
        yield found(case.file("standards"), "standards", classes=", ".join(lacking))


def documents_classed(case: Case) -> Iterator[Found]:
    """ST-02: every procedure and work instruction belongs to a class of the standards, once there are any."""
    classed = {str(code) for one in case.content.standards.standards for code in one.documents}
    unclassed = [code for code, one in case.content.documents.items() if _to_class(one) and code not in classed]
    if classed and unclassed:
        yield found(case.file("standards"), "standards", documents=", ".join(sorted(unclassed)))


def _to_class(record: ControlRecord) -> bool:
    return record.kind in ("procedure", "instruction")


def transition_complete(case: Case) -> Iterator[Found]:
    """TR-01: a transition has an order of stages and a support period; what is accepted has a result."""
    transition = case.content.transition
    for one in transition.activities:
        late = one.status != "done" and case.past(one.end)
        if one.end < one.start or late:
            yield found(one.id.span, one.id, activity=one.id, date=one.end, status=one.status)


def transition_stages(case: Case) -> Iterator[Found]:
    """TR-02: a transition plans design, build, transition and early support."""
    there = {one.stage for one in case.content.transition.activities}
    lacking = [stage for stage in ("design", "build", "transition", "support") if stage not in there]
    if there and lacking:
        yield found(case.file("transition"), "transition", stages=", ".join(lacking))


def acceptance_results(case: Case) -> Iterator[Found]:
    """TR-03: acceptance criteria have results once the stage of transition is done."""
    transition = case.content.transition
    done = [one.status == "done" for one in transition.activities if one.stage == "transition"]
    for one in transition.acceptance if done and all(done) else ():
        if one.result is None:
            yield found(one.id.span, one.id, criterion=one.id)


def data_there(case: Case) -> Iterator[Found]:
    """SX-33: the data that documents list are there; told once for all that are not."""
    empty: dict[str, str] = {}
    for record in case.content.documents.values():
        for rows in _rows(case, record):
            if _is_empty(case, rows):
                empty.setdefault(rows, str(record.code))
    if empty and case.whole:
        told = ", ".join(f"{rows} ({code})" for rows, code in empty.items())
        yield found(case.file("client"), "client", count=len(empty), rows=told)


def every_live_service_supported(case: Case) -> Iterator[Found]:
    """SV-08: every live service has an indicator, once indicators name services."""
    named = {str(service) for one in case.content.indicators.indicators for service in one.services}
    for service in live(case) if named else ():
        if str(service.id) not in named:
            yield found(service.id.span, service.id, service=service.id)


def _said(case: Case, code: str) -> str:
    return "\n".join(str(pair.sides.get("zh", "")) for pair in case.texts.pairs if pair.document == code)


def _rows(case: Case, record: ControlRecord) -> Iterator[str]:
    """What a document lists from data."""
    content, name = case.content, str(record.source)
    if record.kind == "register" and name in content.registers:
        yield from (str(table.rows) for table in content.registers[name].tables)
        yield from _lists(content.registers[name].sections)
    elif name in content.papers and record.kind in ("plan", "policy", "order"):
        yield from _lists(content.papers[name].sections)


def _lists(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        shown: DataList | None = section.list
        if shown is not None:
            yield str(shown.rows)
        yield from _lists(section.sections)


def _is_empty(case: Case, rows: str) -> bool:
    """Whether a dotted name of data leads to an empty list; derived rows are not asked."""
    here: Any = case.content
    for step in rows.split("."):
        here = getattr(here, step, None)
    return bool(here == ())


FAMILY = Family(
    "set",
    "data",
    (
        Rule("SX-12", "error", "7.5.4", kinds_there),
        Rule("SX-19", "error", "8.6.1", major_incidents_apart),
        Rule("SX-33", "info", "own", data_there),
        Rule("SV-08", "warning", "9.1", every_live_service_supported),
        Rule("AR-01", "warning", "8.5.2.2", four_layers),
        Rule("ST-01", "warning", "own", five_classes),
        Rule("ST-02", "info", "own", documents_classed),
        Rule("TR-01", "warning", "8.5.2.1", transition_complete),
        Rule("TR-02", "warning", "8.5.2.1", transition_stages),
        Rule("TR-03", "error", "8.5.2.3", acceptance_results),
    ),
)
"""Rules on the whole set."""
