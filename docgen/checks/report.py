"""What a check found: the findings that count, and those that a waiver covers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from docgen.checks.waivers import Waived
from docgen.diagnostics import Diagnostic


@dataclass(frozen=True)
class Report:
    """A finished check."""

    found: tuple[Diagnostic, ...]
    """Mistakes of templates and texts, and findings of rules, by place."""
    waived: tuple[Waived, ...] = ()
    """Findings that a waiver covers."""

    @property
    def counts(self) -> Counter[str]:
        """How many findings count, by severity."""
        return Counter(diagnostic.severity for diagnostic in self.found)

    @property
    def failed(self) -> bool:
        """Whether there is an error among the findings that count."""
        return self.counts["error"] > 0
