"""What the rules of `docgen check` say, and what the rules applied elsewhere are about: texts only, in both languages."""

from __future__ import annotations

from docgen.findings import (
    assurance,
    documents,
    evaluation,
    operation,
    people,
    planning,
    relations,
    risks,
    services,
    wording,
)
from docgen.findings.elsewhere import ELSEWHERE
from docgen.findings.told import Elsewhere, Told

__all__ = ["ELSEWHERE", "FINDINGS", "Elsewhere", "Told"]

FINDINGS: dict[str, Told] = {
    **documents.TOLD,
    **wording.TOLD,
    **planning.TOLD,
    **risks.TOLD,
    **services.TOLD,
    **assurance.TOLD,
    **operation.TOLD,
    **people.TOLD,
    **relations.TOLD,
    **evaluation.TOLD,
}
"""Code of a rule -> its sentences."""
