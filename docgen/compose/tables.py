"""Tables: laid out from rows of data by a directive, from the content, from a register, or as a blank form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.compose.printing import Printer
from docgen.compose.views import LIVING_VIEWS, Row
from docgen.diagnostics import Span, fail
from docgen.model.content import DataList, Table
from docgen.model.folders import nearest
from docgen.model.text import Reference

LEVELS = frozenset({"low", "medium", "high", "extreme"})


@dataclass(frozen=True)
class Column:
    """A column of a laid-out table: the field it shows, its title, its share of the width."""

    field: str
    title: list[Node]
    width: float


@dataclass(frozen=True)
class Layout:
    """A table to lay out: its id and caption, its columns, and whether it lies on landscape pages."""

    identifier: str
    caption: list[Node]
    columns: tuple[Column, ...]
    landscape: bool = False
    living: str = ""
    """The view whose rows change without a change of the document; '' for any other."""


Views = Mapping[str, Callable[[], tuple[Any, ...]]]
Find = Callable[[str], Any]
"""What a dotted path names now; nothing where it names nothing any more."""


def find(path: str, views: Views, names: Mapping[str, Any], span: Span) -> Any:
    """What a dotted path names in the context; raises DocgenError naming the nearest there is."""
    if path in views:
        return views[path]()
    here: Any = names
    parts = path.split(".")
    for number, part in enumerate(parts):
        if part == EACH and isinstance(here, tuple):
            return _of_each(here, ".".join(parts[number + 1 :]), span)
        known = _known(here)
        if part not in known:
            raise fail(
                "path-unknown", span, path=path, part=part, near=nearest(part, list(known)) or ", ".join([*known][:15])
            )
        here = known[part]
    return here


EACH = "*"
"""Part of a path that stands for every item of a list: `portfolio.entries.*.gates`."""


def _of_each(items: tuple[Any, ...], path: str, span: Span) -> tuple[Row, ...]:
    """The rows at a path below every item, each with the item as its `holder`."""
    return tuple(Row({"holder": item}, row) for item in items for row in find(path, {}, _known(item), span))


def _known(thing: Any) -> Mapping[str, Any]:
    """What a path may name in a thing: keys of a mapping, fields of a model, items of a list by their id."""
    if isinstance(thing, Mapping):
        return thing
    if isinstance(thing, tuple):
        return {str(item.id): item for item in thing if hasattr(item, "id")}
    return {name: getattr(thing, name) for name in _fields(thing)}


def _fields(thing: Any) -> list[str]:
    return list(getattr(type(thing), "model_fields", {}))


def laid_out(rows: Any, layout: Layout, printer: Printer, span: Span) -> list[Node]:
    """A table with a row of cells for each row of data; on landscape pages if the layout says so."""
    if not isinstance(rows, tuple | list):
        raise fail("rows-expected", span, given=type(rows).__name__.lower())
    printed = set(printer.printed)
    body = _body(rows, [column.field for column in layout.columns], printer, span)
    if layout.living:
        printer.printed = printed  # A document does not change with its entries.
    head = ast.row([ast.cell([ast.plain(column.title)]) for column in layout.columns])
    widths = [column.width for column in layout.columns]
    fields = " ".join(column.field for column in layout.columns)
    living = [(LIVING, layout.living), ("fields", fields)] if layout.living else []
    table = ast.table(ast.attr(layout.identifier, ["grid"], living), layout.caption, widths, head, body)
    return [ast.div([table], ["landscape"])] if layout.landscape else [table]


def _body(rows: Any, fields: Sequence[str], printer: Printer, span: Span) -> list[Any]:
    cells = _Cells(printer, span)
    if not rows:
        none = ast.plain(ast.text(printer.labels.word("words", "no_entries")))
        return [ast.row([ast.cell([none], columns=len(fields))])]
    return [ast.row([cells.cell(row, field, number) for field in fields]) for number, row in enumerate(rows, 1)]


LIVING = "rows"
"""Attribute of a living table: the view that its rows come from."""


def living(path: str) -> str:
    """The view of a path whose rows live on while the document stays as it is; '' for others."""
    return path if path in LIVING_VIEWS else ""


def refilled(blocks: Sequence[Node], find: Find | None, printer: Printer | None) -> list[Node]:
    """The blocks with the rows of every living table as they are now; without `find` and printer, with none."""

    def one(block: Node) -> Node:
        if block["t"] == "Div":
            return {"t": "Div", "c": [block["c"][0], refilled(block["c"][1], find, printer)]}
        if block["t"] != "Table":
            return block
        attributes, caption, columns, head, [body, *more], foot = block["c"]
        pairs = dict(attributes[2])
        if LIVING not in pairs:
            return block
        rows = []
        if find is not None and printer is not None:
            rows = _body(find(pairs[LIVING]), pairs["fields"].split(), printer, Span(str(attributes[0])))
        return {"t": "Table", "c": [attributes, caption, columns, head, [[*body[:3], rows], *more], foot]}

    return [one(block) for block in blocks]


class _Cells:
    """Prints the fields of rows; a row that is a reference stands for what it names."""

    def __init__(self, printer: Printer, span: Span) -> None:
        self.printer = printer
        self.span = span

    def cell(self, row: Any, field: str, number: int) -> list[Any]:
        if field == "no":
            return ast.cell([ast.plain(ast.text(str(number)))], ["center"])
        value = self.value(row, field)
        is_level = field.endswith("level") and type(value) is str and value in LEVELS
        classes = [f"level-{value}"] if is_level else []
        return ast.cell(self.printer.blocks(value, field.rpartition(".")[2], in_table=True), classes)

    def value(self, row: Any, field: str) -> Any:
        here = row
        for part in field.split("."):
            if isinstance(here, Reference):
                if part == "id" and here is row:
                    return here
                here = self.printer.named[here.kind][here]
            here = self._part(here, part, field)
        return here

    def _part(self, here: Any, part: str, field: str) -> Any:
        if isinstance(here, Mapping):
            known: Sequence[str] = list(here)
        elif isinstance(here, Row):
            known = [*here.fields, *_fields(here.of)]
        else:
            known = _fields(here)
        if part not in known:
            near = nearest(part, list(known)) or ", ".join(known[:15])
            raise fail("field-unknown", self.span, field=field, near=near)
        return here[part] if isinstance(here, Mapping) else getattr(here, part)


def written(table: Table, identifier: str, printer: Printer) -> Node:
    """A table that the content holds cell by cell."""
    head = ast.row([ast.cell([ast.plain(printer.inlines(column.title))]) for column in table.columns])
    body = [
        ast.row([ast.cell(printer.blocks(row[column.id], in_table=True)) for column in table.columns])
        for row in table.rows
    ]
    widths = [column.width for column in table.columns]
    return ast.table(ast.attr(identifier, ["grid"]), printer.inlines(table.caption), widths, head, body)


def list_layout(table: DataList, printer: Printer) -> Layout:
    """The layout of a list."""
    columns = tuple(Column(str(c.field), printer.inlines(c.title), c.width) for c in table.columns)
    path = str(table.rows)
    return Layout(
        f"tbl-{table.id}",
        printer.inlines(table.title),
        columns,
        table.landscape,
        path if table.living else living(path),
    )
