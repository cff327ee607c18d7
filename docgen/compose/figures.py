"""What the figures show, taken from the workspace: process flow, risk matrix, objective tree, organization."""

from __future__ import annotations

from typing import Any

from docgen.compose.composition import Figure
from docgen.compose.printing import Printer
from docgen.model.content import Procedure
from docgen.model.organization import Client, Unit
from docgen.model.planning import Objectives, Risks
from docgen.model.workspace import Content

CELL = 12
"""Risks that a cell of the matrix shows."""


def flow(procedure: Procedure, printer: Printer, alt: str) -> Figure:
    """The steps of a procedure in lanes, one for each role."""
    roles = list(dict.fromkeys(str(step.role) for step in procedure.steps))
    lanes = [{"id": role, "label": printer.text(printer.named["role"][role])} for role in roles]
    nodes = [
        {
            "id": str(step.id),
            "lane": str(step.role),
            "kind": step.kind,
            "label": printer.text(step.title),
            "number": str(n),
        }
        for n, step in enumerate(procedure.steps, 1)
    ]
    edges = []
    for step, following in zip(procedure.steps, [*procedure.steps[1:], None], strict=True):
        ways = [(str(way.to), printer.text(way.when)) for way in step.next]
        if not ways and step.kind != "end" and following is not None:
            ways = [(str(following.id), "")]
        edges += [{"from": str(step.id), "to": to, "label": label} for to, label in ways]
    return Figure("flow", "process_flow", {"lanes": lanes, "nodes": nodes, "edges": edges}, alt)


def risk_matrix(risks: Risks, printer: Printer, alt: str) -> Figure:
    """Every risk at its probability and impact."""
    data: dict[str, Any] = {
        "size": 5,
        "x_label": printer.labels.word("words", "impact"),
        "y_label": printer.labels.word("words", "probability"),
        "x": [printer.text(grade.name) for grade in risks.impact],
        "y": [printer.text(grade.name) for grade in risks.probability],
        "levels": [list(row) for row in reversed(risks.matrix)],
        "level_labels": {level.id: printer.text(level.name) for level in risks.levels},
        "items": _legible(risks),
    }
    return Figure("risk-matrix", "risk_matrix", data, alt)


def _legible(risks: Risks) -> list[dict[str, Any]]:
    """The risks of each cell, the last ones as a count where a cell cannot show them all."""
    cells: dict[tuple[int, int], list[str]] = {}
    for risk in risks.risks:
        cells.setdefault((risk.rating.probability, risk.rating.impact), []).append(str(risk.id))
    items = []
    for (probability, impact), named in cells.items():
        shown = named if len(named) <= CELL else [*named[: CELL - 1], f"+{len(named) - CELL + 1}"]
        items += [{"id": name, "p": probability, "i": impact} for name in shown]
    return items


def objective_tree(objectives: Objectives, printer: Printer, alt: str) -> Figure:
    """Objectives of three levels and which serves which."""
    levels = [{"id": horizon.id, "label": printer.text(horizon.name)} for horizon in objectives.horizons]
    nodes = []
    for objective in objectives.objectives:
        indicators = [printer.named["indicator"][i] for i in objective.indicators]
        value = "; " if printer.language == "en" else "；"
        nodes.append(
            {
                "id": str(objective.id),
                "number": str(objective.id),
                "level": objective.level,
                "label": printer.text(objective.title),
                "value": value.join(f"{printer.text(i.name)} {printer.text(i.target)}" for i in indicators),
                "parents": [str(parent) for parent in objective.parents],
            }
        )
    return Figure("objective-tree", "objective_tree", {"levels": levels, "nodes": nodes}, alt)


def organization(client: Client, printer: Printer, alt: str) -> Figure:
    """The units of the organization, each below the one it belongs to, with head and headcount."""
    units = {str(unit.id): unit for unit in client.units}

    def depth(unit: Unit) -> int:
        return 0 if unit.parent is None else depth(units[str(unit.parent)]) + 1

    levels = sorted({depth(unit) for unit in units.values()})
    nodes = [
        {
            "id": str(unit.id),
            "level": str(depth(unit)),
            "label": printer.text(unit.name),
            "value": f"{printer.text(printer.named['person'][unit.head])} · {unit.headcount}",
            "parents": [str(unit.parent)] if unit.parent is not None else [],
        }
        for unit in units.values()
    ]
    named = [{"id": str(level), "label": printer.labels.word("words", f"units.{min(level, 2)}")} for level in levels]
    return Figure("organization", "objective_tree", {"levels": named, "nodes": nodes}, alt)


def drawn(name: str, content: Content, source: Any, printer: Printer, alt: str) -> Figure | None:
    """The figure of a name that a directive may use; None for another name or a document without what it shows."""
    if name == "flow":
        return flow(source, printer, alt) if isinstance(source, Procedure) else None
    if name == "risk_matrix":
        return risk_matrix(content.risks, printer, alt)
    if name == "objective_tree":
        return objective_tree(content.objectives, printer, alt)
    if name == "organization":
        return organization(content.client, printer, alt)
    return None
