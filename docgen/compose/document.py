"""One document in one language, composed: its template rendered, its Markdown read, its references resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from docgen import source
from docgen.compose import ast, figures, landscape, numbering, tables
from docgen.compose.ast import Node
from docgen.compose.composition import Figure
from docgen.compose.forms import form_tables
from docgen.compose.markdown import Converter
from docgen.compose.numbering import Numbers, Pending
from docgen.compose.printing import Printer, run_on
from docgen.compose.tables import Column, Layout, Views
from docgen.compose.templates import Templates
from docgen.diagnostics import Diagnostic, DocgenError, Span, fail
from docgen.model.content import DataList, Form, Register, Table
from docgen.model.folders import nearest
from docgen.model.text import Markdown, RoleRef
from docgen.model.workspace import Content
from docgen.source import Map, Scalar, Seq

_SIMPLE = re.compile(r"[^\n*_`\[\]<>{}\\!&~^|#]*")
_OF_ONE_DOCUMENT = re.compile(r":::|\{(?:sec|tbl|fig):|^ *\|", re.MULTILINE)
"""What makes a text read otherwise in another document: numbered things and references to them."""
_DIRECTIVES = ("table", "figure", "note", "form", "register-table")


@dataclass(frozen=True)
class Body:
    """A composed body: blocks, the figures they show, the numbers of its sections."""

    blocks: list[Node]
    figures: tuple[Figure, ...]
    numbers: Numbers
    printed: frozenset[Span]
    """Where the values it prints were typed."""


class Draft:
    """A document while it is being composed; gives the converter what its tokens name."""

    def __init__(
        self, names: Mapping[str, Any], views: Views, content: Content, templates: Templates, printer: Printer
    ) -> None:
        self.names = names
        self.views = views
        self.content = content
        self.templates = templates
        self.printer = printer
        self.slots: list[Any] = []
        self.pending: list[Pending] = []
        self.figures: list[Figure] = []
        self.mistakes: list[Diagnostic] = []
        self.text_at: Span | None = None
        self.template = ("", "")
        self.table_number = 0

    def rows(self, path: str) -> Any:
        """What a dotted path names now; nothing where it names nothing any more."""
        try:
            return tables.find(path, self.views, self.names, Span("?"))
        except DocgenError:
            return ()

    def body(self, template: str) -> Body:
        """The body from a template; raises DocgenError with every mistake found on the way."""
        self.printer.printed = set()
        rendered, self.slots = self.templates.render(template, self.names)
        self.template = self.templates.source(template)
        with self.reading():
            blocks = landscape.gathered(Converter(self, self.printer.language).blocks(rendered, slots=True))
        numbers, mistakes = numbering.count(blocks, self.printer.labels, lambda raw: self.place(raw, 0))
        self.mistakes += mistakes + numbering.resolve(self.pending, numbers)
        if self.mistakes:
            raise DocgenError(self.mistakes)
        return Body(blocks, tuple(self.figures), numbers, frozenset(self.printer.printed))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While it lasts, the printer reads texts as part of this document."""
        outer, self.printer.read = self.printer.read, self.read
        try:
            yield
        finally:
            self.printer.read = outer

    def read(self, text: Markdown) -> list[Node]:
        """A text of the client as blocks."""
        if _SIMPLE.fullmatch(text) and not text[:1].isspace() and not _looks_structured(text):
            return [ast.para(ast.text(text.strip()))] if text.strip() else []
        if (known := self.printer.read_before.get(text)) is not None:
            self.printer.printed |= known[1]
            return known[0]
        before, self.text_at = self.text_at, text.span
        slots, self.slots = self.slots, []
        mistakes = len(self.mistakes)
        outer, self.printer.printed = self.printer.printed, set()
        try:
            blocks = Converter(self, self.printer.language).blocks(text, slots=False)
        finally:
            self.text_at, self.slots = before, slots
            inner, self.printer.printed = self.printer.printed, outer
            outer |= inner
        if len(self.mistakes) == mistakes and not _OF_ONE_DOCUMENT.search(text):
            self.printer.read_before[text] = blocks, frozenset(inner)
        return blocks

    def slot(self, number: int) -> list[Node]:
        """A value among other inlines."""
        value = self.slots[number]
        if isinstance(value, Table | DataList):
            return run_on(self.slot_blocks(number))
        return self.printer.inlines(value)

    def slot_blocks(self, number: int) -> list[Node]:
        """A value that stands alone."""
        value = self.slots[number]
        if isinstance(value, DataList):
            return self._listed(value)
        return [self._written(value)] if isinstance(value, Table) else self.printer.blocks(value)

    def slot_text(self, number: int) -> str:
        """A value inside an attribute or a directive."""
        value = self.slots[number]
        return str(value) if isinstance(value, str) else self.printer.text(value)

    def slot_is_role(self, number: int) -> bool:
        """Whether a slot names a role, or several."""
        value = self.slots[number]
        return isinstance(value, RoleRef) or (isinstance(value, tuple) and any(isinstance(v, RoleRef) for v in value))

    def _written(self, table: Table) -> Node:
        self.table_number += 1
        return tables.written(table, f"tbl-written-{self.table_number}", self.printer)

    def reference(self, raw: str, kind: str, name: str, form: str, span: Span) -> list[Node]:
        """`{kind:name}`; a dead one is noted and printed as typed, so that all are found in one run."""
        if kind in ("sec", "tbl", "fig"):
            node = ast.link(ast.text("?"), f"#{name}", ["xref"])
            self.pending.append(Pending(node, kind, name, span))
            return [node]
        try:
            return self.printer.named_reference(kind, name, form, span)
        except DocgenError as error:
            self.mistakes.extend(error.diagnostics)
            return ast.text(raw)

    def directive(self, name: str, argument: str, body: str, span: Span) -> list[Node]:
        """`::: name argument`; a bad one is noted and leaves nothing."""
        try:
            if name == "note":
                return [ast.div(self._note(body), ["note"])]
            if name == "form":
                return self._form(span)
            if name == "register-table":
                return self._register_table(argument, span)
            if name in ("table", "figure"):
                options = self._options(body, span)
                return (
                    self._table(argument, options, span) if name == "table" else self._figure(argument, options, span)
                )
            near = nearest(name, list(_DIRECTIVES)) or ", ".join(_DIRECTIVES)
            raise fail("directive-unknown", span, name=name, near=near)
        except DocgenError as error:
            self.mistakes.extend(error.diagnostics)
            return []

    def place(self, raw: str, line: int) -> Span:
        """Where a piece of Markdown stands: counted on in a text, searched for in a template."""
        if self.text_at is not None:
            at = self.text_at
            return Span(at.file, at.line + line, at.column)
        text, shown = self.template
        found = text.find(raw)
        if found < 0:
            return Span(shown)
        return Span(shown, text.count("\n", 0, found) + 1, found - text.rfind("\n", 0, found))

    def _note(self, body: str) -> list[Node]:
        in_template = self.text_at is None
        return Converter(self, self.printer.language).blocks(body, slots=in_template)

    def _form(self, span: Span) -> list[Node]:
        form = self.names["source"]
        if not isinstance(form, Form):
            raise fail("directive-misplaced", span, name="form", kind="form")
        return form_tables(form, self.printer)

    def _register_table(self, argument: str, span: Span) -> list[Node]:
        register = self.names["source"]
        if not isinstance(register, Register):
            raise fail("directive-misplaced", span, name="register-table", kind="register")
        return self._listed(next(table for table in register.tables if table.id == argument))

    def _listed(self, table: DataList) -> list[Node]:
        rows = tables.find(str(table.rows), self.views, self.names, table.rows.span)
        return tables.laid_out(rows, tables.list_layout(table, self.printer), self.printer, table.rows.span)

    def _options(self, body: str, span: Span) -> Map:
        """The YAML options of a directive; places inside it are those of the directive."""
        try:
            options = source.parse(body, span.file)
        except DocgenError as error:
            lines = [Span(span.file, span.line + d.span.line, d.span.column) for d in error.diagnostics]
            moved = [Diagnostic(d.code, at, d.values) for d, at in zip(error.diagnostics, lines, strict=True)]
            raise DocgenError(moved) from error
        return options if options is not None else Map(span)

    def _option(self, options: Map, key: str, span: Span) -> Any:
        if options.get(key) is None:
            raise fail("option-missing", span, key=key)
        return options[key]

    def _known(self, options: Map, allowed: tuple[str, ...], span: Span) -> None:
        for key in options:
            if key not in allowed:
                raise fail("option-unknown", span, key=key, near=nearest(key, list(allowed)) or ", ".join(allowed))

    def _table(self, path: str, options: Map, span: Span) -> list[Node]:
        self._known(options, ("id", "caption", "columns", "landscape"), span)
        columns = self._option(options, "columns", span)
        if not isinstance(columns, Seq) or not columns:
            raise fail("columns-form", span, given=str(columns))
        layout = Layout(
            self._plain(str(options.get("id") or "")),
            self._inline(self._option(options, "caption", span), span),
            tuple(self._column(column, span) for column in columns),
            options.get("landscape") in ("yes", "true"),
            tables.living(path),
        )
        rows = tables.find(path, self.views, self.names, span)
        return tables.laid_out(rows, layout, self.printer, span)

    def _column(self, column: Any, span: Span) -> Column:
        parts = [part.strip() for part in column.split("|")] if isinstance(column, Scalar) else []
        if len(parts) != 3 or not re.fullmatch(r"\d+(\.\d+)?", parts[2]) or float(parts[2]) == 0:
            raise fail("columns-form", span, given=str(column))
        return Column(parts[0], self._inline(parts[1], span), float(parts[2]))

    def _figure(self, name: str, options: Map, span: Span) -> list[Node]:
        self._known(options, ("id", "caption"), span)
        caption = self._inline(self._option(options, "caption", span), span)
        figure = figures.drawn(name, self.content, self.names["source"], self.printer, ast.flat(caption))
        if figure is None:
            raise fail("figure-unknown", span, name=name)
        if figure.name not in {known.name for known in self.figures}:
            self.figures.append(figure)
        identifier = self._plain(str(options.get("id") or f"fig-{figure.name}"))
        return [ast.figure(identifier, caption, ast.text(figure.alt), f"figures/{figure.name}")]

    def _inline(self, text: str, span: Span) -> list[Node]:
        blocks = Converter(self, self.printer.language).blocks(text, slots=self.text_at is None)
        return run_on(blocks)

    def _plain(self, text: str) -> str:
        return ast.flat(self._inline(text, Span("?"))) if text else ""


def _looks_structured(text: str) -> bool:
    """Whether a text on one line without markup characters is still a list, heading, rule or directive."""
    return bool(re.match(r"(?:[-+=:]|\d+[.)])", text)) or "\n" in text
