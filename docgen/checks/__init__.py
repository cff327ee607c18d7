"""Rules over a workspace and its compositions; they find, and never write."""

from __future__ import annotations

import datetime

from docgen.checks import documents, planning
from docgen.compose.composer import mistakes
from docgen.diagnostics import Diagnostic
from docgen.model.workspace import Workspace


def check_all(workspace: Workspace, as_of: datetime.date) -> list[Diagnostic]:
    """Every mistake of templates, texts and rules, by place."""
    content = workspace.content
    found = mistakes(workspace, as_of)
    for record in content.documents.values():
        for record_rule in documents.RULES:
            found += record_rule(record, workspace, as_of)
    for rule in planning.RULES:
        found += rule(workspace, as_of)
    return sorted(found, key=Diagnostic.key)
