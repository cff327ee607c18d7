"""Rules across documents: objectives, risks and services that have to fit together."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from docgen.diagnostics import Diagnostic
from docgen.model.workspace import Workspace

_ABOVE = {"tactical": ("strategic",), "operational": ("tactical",)}


def objectives_linked(workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """SX-07: every objective below the strategic level serves one of the level above."""
    objectives = {str(objective.id): objective for objective in workspace.content.objectives.objectives}
    for objective in objectives.values():
        wanted = _ABOVE.get(objective.level, ())
        levels = {objectives[str(parent)].level for parent in objective.parents}
        if levels != set(wanted):
            yield Diagnostic(
                "SX-07", objective.id.span, {"objective": str(objective.id), "above": "".join(wanted) or "—"}
            )


def objectives_not_late(workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """SX-08: no objective is still open after its due date."""
    for objective in workspace.content.objectives.objectives:
        if objective.status in ("planned", "running") and objective.plan.due < as_of:
            values = {"objective": str(objective.id), "date": str(objective.plan.due)}
            yield Diagnostic("SX-08", objective.id.span, values, "warning")


def residual_not_above(workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """SX-14: treatment does not make a risk worse, and actions are not overdue."""
    for risk in workspace.content.risks.risks:
        if risk.residual.probability > risk.rating.probability or risk.residual.impact > risk.rating.impact:
            yield Diagnostic("SX-14", risk.id.span, {"risk": str(risk.id)})
        for action in risk.actions:
            if action.status != "done" and action.due < as_of:
                values = {"risk": str(risk.id), "action": str(action.id), "date": str(action.due)}
                yield Diagnostic("SX-14-overdue", action.id.span, values, "warning")


def services_have_targets(workspace: Workspace, as_of: datetime.date) -> Iterator[Diagnostic]:
    """SX-02: every live service promises something."""
    for service in workspace.content.services.services:
        if service.status == "live" and not service.targets:
            yield Diagnostic("SX-02", service.id.span, {"service": str(service.id)})


RULES = (objectives_linked, objectives_not_late, residual_not_above, services_have_targets)
"""Rules on the whole workspace each."""
