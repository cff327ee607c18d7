"""A report as text and back, to be told again while nothing has changed."""

from __future__ import annotations

import json
from typing import Any

from docgen.checks.report import Report
from docgen.checks.waivers import Waived
from docgen.diagnostics import Diagnostic, Span
from docgen.model.waivers import Waiver


def written(report: Report) -> bytes:
    """The report as JSON."""
    waived = [[_row(one.diagnostic), one.waiver.model_dump(mode="json")] for one in report.waived]
    return json.dumps({"found": [_row(one) for one in report.found], "waived": waived}, ensure_ascii=False).encode()


def read(data: bytes) -> Report:
    """The report that was written; raises ValueError and the like for anything else."""
    kept = json.loads(data)
    waived = tuple(Waived(_diagnostic(row), Waiver.model_validate(waiver)) for row, waiver in kept["waived"])
    return Report(tuple(_diagnostic(row) for row in kept["found"]), waived)


def _row(one: Diagnostic) -> list[Any]:
    return [one.code, list(one.span), one.values, one.severity, one.where]


def _diagnostic(row: list[Any]) -> Diagnostic:
    code, (file, line, column), values, severity, where = row
    return Diagnostic(str(code), Span(str(file), int(line), int(column)), dict(values), severity, str(where))
