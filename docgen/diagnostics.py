"""What is wrong, where, and how to mend it: the values every stage reports mistakes with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "info"]
Language = Literal["zh", "en"]
"""The languages that texts are written in."""
Variant = Literal["bilingual", "zh-Hant"]
"""What is made from compositions besides: both languages in one document, and traditional characters."""


class Span(NamedTuple):
    """A place in a text file: path as the user knows it, line and column counted from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Diagnostic:
    """One mistake: a code of `docgen.messages.MESSAGES`, its place, and the values its sentence names."""

    code: str
    span: Span
    values: dict[str, str] = field(default_factory=dict)
    severity: Severity = "error"
    where: str = ""
    """Code of the document or id of the thing concerned, where a rule found it; what a waiver names."""

    def key(self) -> tuple[Span, str, tuple[tuple[str, str], ...]]:
        """Order and identity: by place, then by code, then by the values named."""
        return self.span, self.code, tuple(sorted(self.values.items()))


class DocgenError(Exception):
    """Mistakes in the user's input, all that one stage found; never empty."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        unique = {d.key(): d for d in diagnostics}
        self.diagnostics = tuple(unique[k] for k in sorted(unique))
        super().__init__(", ".join(f"{d.span} {d.code}" for d in self.diagnostics))

    def __reduce__(self) -> tuple[type[DocgenError], tuple[tuple[Diagnostic, ...]]]:
        return type(self), (self.diagnostics,)


def fail(code: str, span: Span, /, **values: str) -> DocgenError:
    """A DocgenError with one mistake, to be raised by the caller."""
    return DocgenError([Diagnostic(code, span, values)])
