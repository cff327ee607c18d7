"""What goes to the terminal: mistakes, progress, tables, JSON."""

from __future__ import annotations

import json
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import click

from docgen import messages
from docgen.cli.surroundings import language
from docgen.cli.words import say
from docgen.diagnostics import Diagnostic


def mistakes(diagnostics: Sequence[Diagnostic], *, as_json: bool) -> None:
    """Every mistake with its place and mend: on standard error for people, on standard output as JSON."""
    if as_json:
        data({"diagnostics": [as_data(diagnostic) for diagnostic in diagnostics]})
        return
    for diagnostic in diagnostics:
        colour = {"error": "red", "warning": "yellow"}.get(diagnostic.severity, "blue")
        head = click.style(f"{say(diagnostic.severity)} {diagnostic.code}", fg=colour, bold=True)
        click.echo(f"{diagnostic.span}: {head}: {messages.what(diagnostic, language())}", err=True)
        click.echo(f"    {say('mend')}: {messages.mend(diagnostic, language())}", err=True)
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    told = say("found", errors=counts["error"], warnings=counts["warning"], notes=counts["info"])
    click.echo(told, err=True)


def as_data(diagnostic: Diagnostic) -> dict[str, Any]:
    """A diagnostic for scripts, in both languages."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "where": diagnostic.where,
        "file": diagnostic.span.file,
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "message": {lang: messages.what(diagnostic, lang) for lang in ("en", "zh")},
        "mend": {lang: messages.mend(diagnostic, lang) for lang in ("en", "zh")},
    }


def data(value: Any) -> None:
    """A value as JSON on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


class Progress:
    """Counts on one line of a terminal; silent where there is none."""

    def __init__(self) -> None:
        self.started = time.perf_counter()
        self.live = sys.stderr.isatty()

    @property
    def seconds(self) -> float:
        """Time since the command began."""
        return time.perf_counter() - self.started

    def __call__(self, done: int, total: int, name: str) -> None:
        """Show that `done` of `total` files are written, `name` last."""
        if self.live:
            line = say("writing", done=done, total=total, name=name, seconds=self.seconds)
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)
            if done == total:
                click.echo("\r\x1b[K", nl=False, err=True)


def rows(found: Sequence[Mapping[str, str]], *, as_json: bool) -> None:
    """Rows of the same fields: a table with heads in the user's language, or JSON."""
    if as_json:
        data([dict(row) for row in found])
    elif found:
        keys = list(found[0])
        table([[say(f"head-{key}") for key in keys], *[[row[key] for key in keys] for row in found]])


def pairs(told: Mapping[str, str]) -> None:
    """Names and values, one a line."""
    width = max(_width(say(f"head-{key}")) for key in told)
    for key, value in told.items():
        if value:
            head = say(f"head-{key}")
            click.echo(f"{head}{' ' * (width - _width(head))}  {value}")


def table(rows: Sequence[Sequence[str]]) -> None:
    """Rows in columns, the first row as heads; Chinese characters count two columns."""
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        line = "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        click.echo(click.style(line, bold=True) if number == 0 else line)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
