"""Forms: tables of labels beside blanks and of rows to be filled, blank or with what a record says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.compose.printing import Printer
from docgen.model.content import FilledForm, Form, FormField, FormGrid, FormPart
from docgen.model.text import Text

BOX, TICKED = "☐", "☑"


def form_tables(form: Form, printer: Printer, filled: FilledForm | None = None) -> list[Node]:
    """The tables of each part of a form, four columns wide for fields; blank where no record is given.

    Signatures stand below the rows that they vouch for.
    """
    return [table for part in form.parts for table in _part(part, printer, filled)]


def _part(part: FormPart, printer: Printer, filled: FilledForm | None) -> list[Node]:
    colon = "：" if printer.language == "zh" else ": "
    by = f"{printer.labels.word('words', 'filled_by')}{colon}{printer.text(part.by or part.filled_by)}"
    dash = {"t": "Str", "c": "　" if printer.language == "zh" else " — "}
    heading = [*printer.inlines(part.title), dash, *ast.text(by)]
    values = filled.values if filled is not None else {}
    if part.grid is None:
        return [_fields(heading, part.fields, f"form-{part.id}", printer, values)]
    written = [field for field in part.fields if field.kind != "sign"]
    signed = [field for field in part.fields if field.kind == "sign"]
    rows = filled.rows.get(str(part.id)) if filled is not None else None
    grid = _grid([] if written else heading, part.grid, f"form-{part.id}-rows", printer, rows)
    tables = [_fields(heading, written, f"form-{part.id}", printer, values), grid] if written else [grid]
    if signed:
        title = ast.text(printer.labels.word("words", "form_signatures"))
        tables.append(_fields(title, signed, f"form-{part.id}-signed", printer, values))
    return tables


def _grid(
    heading: list[Node], grid: FormGrid, identifier: str, printer: Printer, filled: Sequence[Sequence[Text]] | None
) -> Node:
    """The rows of a part; without a heading where the fields above have it."""
    count = len(grid.columns)
    titles = ast.row([ast.cell([ast.plain(printer.inlines(column.title))], ["label"]) for column in grid.columns])
    head = ast.row([ast.cell([ast.plain(heading)], ["label"], columns=count)]) if heading else titles
    rows = [titles] if heading else []
    if filled is not None:
        rows += [ast.row([ast.cell(printer.blocks(cell, in_table=True)) for cell in row]) for row in filled]
    else:
        empty = ast.cell([], ["field"])
        rows += [ast.row([ast.cell([ast.plain(printer.inlines(line))]), *[empty] * (count - 1)]) for line in grid.lines]
        rows += [ast.row([empty] * count)] * grid.blank
    return ast.table(ast.attr(identifier, ["form"]), [], [column.width for column in grid.columns], head, rows)


def _fields(
    heading: list[Node], fields: Sequence[FormField], identifier: str, printer: Printer, values: Mapping[str, Text]
) -> Node:
    head = ast.row([ast.cell([ast.plain(heading)], ["label"], columns=4)])
    rows: list[Any] = []
    half: list[list[Any]] = []
    for field in fields:
        cells = _field(field, printer, values.get(str(field.id)))
        if field.half and not half:
            half = cells
        elif field.half:
            rows.append(ast.row([*half, *cells]))
            half = []
        else:
            rows.extend(_whole(half))
            half = []
            cells[1][3] = 3
            rows.append(ast.row(cells))
    rows.extend(_whole(half))
    return ast.table(ast.attr(identifier, ["form"]), [], [18, 32, 18, 32], head, rows)


def _whole(half: list[list[Any]]) -> list[Any]:
    if not half:
        return []
    half[1][3] = 3
    return [ast.row(half)]


def _field(field: FormField, printer: Printer, value: Text | None) -> list[list[Any]]:
    label = [ast.plain(printer.inlines(field.label))]
    if field.hint is not None:
        label[0]["c"] += [ast.BREAK, ast.span(printer.inlines(field.hint), ["hint"])]
    if field.kind == "choice":
        return [ast.cell(label, ["label"]), _choice(field, printer, value)]
    filled = _blank(field, printer) if value is None else ast.cell(printer.blocks(value, in_table=True))
    return [ast.cell(label, ["label"]), filled]


def _choice(field: FormField, printer: Printer, value: Text | None) -> Any:
    """The options, with those ticked whose numbers, counted from 1, the value names."""
    chosen = set(str(value.of(printer.language)).replace(",", " ").split()) if value is not None else set()
    choices: list[Node] = []
    for number, option in enumerate(field.options, 1):
        choices += [*ast.text("　" if printer.language == "zh" else "\u2003")] if choices else []
        box = TICKED if str(number) in chosen else BOX
        choices += [{"t": "Str", "c": f"{box}\u00a0"}, *printer.inlines(option)]
    return ast.cell([ast.plain(choices)])


def _blank(field: FormField, printer: Printer) -> Any:
    if field.kind == "sign":
        name, date = printer.labels.word("words", "sign_name"), printer.labels.word("words", "sign_date")
        colon = "：" if printer.language == "zh" else ": "
        return ast.cell([ast.plain(ast.text(f"{name}{colon}{chr(0x3000) * 8}{date}{colon}"))])
    kinds = {"area": ["tall", "field"], "date": ["date", "field"]}
    return ast.cell([], kinds.get(field.kind, ["field"]))
