"""Numbers of sections, tables and figures, and the cross references that name them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.compose.labels import Labels
from docgen.diagnostics import Diagnostic, Span
from docgen.model.folders import nearest


@dataclass
class Pending:
    """A cross reference whose number is known only when the whole document is there."""

    node: Node
    kind: str
    identifier: str
    span: Span


@dataclass
class Numbers:
    """Numbers by id, and the headings in order."""

    sections: dict[str, str] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    headings: list[tuple[str, str, str, tuple[str, ...]]] = field(default_factory=list)
    """Number, title, id and clauses of each heading."""


def count(blocks: Sequence[Node], labels: Labels, place: Callable[[str], Span]) -> tuple[Numbers, list[Diagnostic]]:
    """Count headings, tables and figures and write the numbers into the captions; ids must be unique."""
    numbers, mistakes = Numbers(), []
    at = [0, 0, 0, 0]
    seen: set[str] = set()
    for block in ast.walk(blocks):
        if block["t"] == "Header":
            level, attributes, inlines = block["c"]
            if level > 4 or (level > 1 and at[level - 2] == 0):
                mistakes.append(
                    Diagnostic(
                        "heading-level", place(ast.flat(inlines)), {"title": ast.flat(inlines), "level": str(level)}
                    )
                )
                continue
            at[level - 1] += 1
            at[level:] = [0] * (4 - level)
            printed = ".".join(str(n) for n in at[:level])
            attributes[0] = attributes[0] or f"section-{printed.replace('.', '-')}"
            numbers.sections[attributes[0]] = printed
            pairs = dict(attributes[2])
            clauses = tuple(pairs.get("clauses", "").replace(",", " ").split())
            numbers.headings.append((printed, ast.flat(inlines), attributes[0], clauses))
            identifier = attributes[0]
        elif block["t"] in ("Table", "Figure"):
            identifier = _caption(block, numbers, labels)
        else:
            continue
        if identifier and identifier in seen:
            mistakes.append(Diagnostic("id-twice", place(f"#{identifier}"), {"id": identifier}))
        seen.add(identifier)
    return numbers, mistakes


def _caption(block: Node, numbers: Numbers, labels: Labels) -> str:
    """Number a captioned table or figure; the identifier, given one where it has none."""
    attributes, caption = block["c"][0], block["c"][1]
    if not caption[1]:
        return str(attributes[0])
    kind, known = ("table", numbers.tables) if block["t"] == "Table" else ("figure", numbers.figures)
    position = len(known) + 1
    attributes[0] = attributes[0] or f"{kind}-{position}"
    word = ast.text(labels.word("words", kind))
    number = [*word, *([ast.SPACE] if labels.language == "en" else []), {"t": "Str", "c": str(position)}]
    known[attributes[0]] = ast.flat(number)
    inlines: list[Any] = caption[1][0]["c"]
    caption[1][0]["c"] = [ast.span(number, ["caption-number"]), ast.SPACE, *inlines]
    return str(attributes[0])


def resolve(pending: Sequence[Pending], numbers: Numbers) -> list[Diagnostic]:
    """Write the numbers into the cross references; the dead ones are mistakes."""
    mistakes = []
    for reference in pending:
        known = {"sec": numbers.sections, "tbl": numbers.tables, "fig": numbers.figures}[reference.kind]
        printed = known.get(reference.identifier)
        if printed is None:
            near = nearest(reference.identifier, list(known)) or ", ".join(list(known)[:12]) or "-"
            values = {"kind": reference.kind, "id": reference.identifier, "near": near}
            mistakes.append(Diagnostic("reference-unknown", reference.span, values))
        else:
            reference.node["c"][1] = ast.text(printed)
    return mistakes
