"""How every value of the workspace prints in a language: texts, references, quantities, dates, listed values."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.compose.labels import Labels
from docgen.diagnostics import Language, Span, fail
from docgen.model.control import ControlRecord
from docgen.model.folders import nearest
from docgen.model.quantity import Quantity
from docgen.model.text import Markdown, Model, Reference, Text
from docgen.model.workspace import Parameter
from docgen.source import Scalar

ReadMarkdown = Callable[[Markdown], list[Node]]


class Printer:
    """Prints values in one language; `read` turns a Markdown text into blocks."""

    def __init__(
        self,
        labels: Labels,
        named: Mapping[str, Mapping[str, Any]],
        parameters: Mapping[str, Parameter],
        settings: Model,
    ) -> None:
        self.labels = labels
        self.language: Language = labels.language
        self.named = named
        self.parameters = parameters
        self.settings = settings
        self.read_before: dict[str, tuple[list[Node], frozenset[Span]]] = {}
        """Texts read before that read alike in every document, each with what it printed."""
        self.printed: set[Span] = set()
        """Where the values printed so far were typed."""
        self.read: ReadMarkdown = lambda text: [ast.para(ast.text(text))]

    def blocks(self, value: Any, field: str = "", *, in_table: bool = False) -> list[Node]:
        """The value as blocks: texts as they are structured, lists of texts as bullets."""
        if isinstance(value, Text):
            return self._read(value.of(self.language))
        if isinstance(value, tuple | list) and value:
            items = [self.blocks(item, field, in_table=in_table) for item in value]
            if in_table and all(isinstance(item, Reference) for item in value):
                return [ast.plain(_joined([self.inlines(item, field) for item in value], self.language))]
            return [ast.bullets([_tight(item) for item in items])]
        inlines = self.inlines(value, field, in_table=in_table)
        return [ast.plain(inlines) if in_table else ast.para(inlines)] if inlines else []

    def inlines(self, value: Any, field: str = "", *, in_table: bool = False) -> list[Node]:
        """The value as inlines; a text of several blocks runs on in one paragraph."""
        if isinstance(value, Text):
            return run_on(self._read(value.of(self.language)))
        if isinstance(value, Reference):
            return self.reference(value, in_table=in_table)
        if isinstance(value, tuple | list):
            return _joined([self.inlines(item, field) for item in value], self.language)
        if isinstance(value, Parameter) and value.text is not None:
            return run_on(self._read(value.text.of(self.language)))
        return ast.text(self.text(value, field, in_table=in_table))

    def _read(self, text: Markdown) -> list[Node]:
        self.printed.add(text.span)
        return self.read(text)

    def text(self, value: Any, field: str = "", *, in_table: bool = False) -> str:
        """The value as a plain string."""
        if value is None:
            return ""
        typed = value.value if isinstance(value, Parameter) else value
        if isinstance(typed, Scalar):
            self.printed.add(typed.span)
        if isinstance(value, bool):
            return self.labels.word("words", "yes" if value else "no")
        if isinstance(value, Quantity | Parameter):
            return value.of(self.language)
        if isinstance(value, Reference):
            return ast.flat(self.reference(value, in_table=in_table))
        if isinstance(value, datetime.date):
            return value.isoformat() if in_table else self.labels.day(value)
        if isinstance(value, Text):
            return ast.flat(self.inlines(value)).strip()
        if type(value) is str:
            return self.labels.value(value, field)
        if isinstance(value, BaseModel):
            return self.text(self.name(value))
        if isinstance(value, tuple | list):
            return ast.flat(self.inlines(value, field))
        return str(value)

    def name(self, thing: Any) -> Any:
        """What a thing is called: its name, title or number."""
        for attribute in ("name", "title", "id"):
            found = getattr(thing, attribute, None)
            if found is not None and not callable(found):
                return found
        return str(thing)

    def reference(self, reference: Reference, form: str = "", *, in_table: bool = False) -> list[Node]:
        """What a reference prints: a name; for a document its title and code."""
        self.printed.add(reference.span)
        thing = self.named[reference.kind][reference]
        if reference.kind == "clause":
            return ast.text(str(reference))
        if isinstance(thing, ControlRecord):
            return self.document(thing, "row" if in_table and not form else form)
        return self.inlines(self.name(thing))

    def document(self, record: ControlRecord, form: str) -> list[Node]:
        """A document named in the way of the language, linked: 《事件管理程序》（SMS-PR-23）."""
        code, title = str(record.code), ast.flat(self.inlines(record.title))
        if form == "code":
            inlines = ast.text(code)
        elif form == "title":
            inlines = ast.text(title)
        elif form == "row":
            inlines = [*ast.text(code), ast.SPACE, *ast.text(title)]
        else:
            inlines = ast.text(f"《{title}》（{code}）" if self.language == "zh" else f"{title} ({code})")
        return [ast.link(inlines, f"{code}.html", ["document"], [("code", code)])]

    def named_reference(self, kind: str, name: str, form: str, span: Span) -> list[Node]:
        """The inlines of `{kind:name|form}`; raises DocgenError where there is nothing of that name."""
        if kind == "param":
            return self.inlines(_found(self.parameters, "param", name, span))
        if kind == "setting":
            return self.inlines(_found(dict(self.settings.__dict__), "setting", name, span), name)
        if kind == "target":
            return self.inlines(_found(self.named["indicator"], "indicator", name, span).target)
        kind = "document" if kind == "doc" else kind
        if kind not in self.named:
            known = ["doc", "param", "setting", "target", "sec", "tbl", "fig", *self.named]
            raise fail("reference-kind", span, kind=kind, near=nearest(kind, known) or ", ".join(known))
        thing = _found(self.named[kind], kind, name, span)
        if isinstance(thing, ControlRecord):
            return self.document(thing, form)
        return ast.text(name) if kind == "clause" else self.inlines(self.name(thing))


def _found(known: Mapping[str, Any], kind: str, name: str, span: Span) -> Any:
    if name not in known:
        near = nearest(name, list(known)) or ", ".join(list(known)[:12])
        raise fail("reference-unknown", span, kind=kind, id=name, near=near)
    return known[name]


def run_on(blocks: list[Node]) -> list[Node]:
    """Blocks as inlines: paragraphs one after the other, list items likewise."""
    runs: list[list[Node]] = []
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            runs.append(block["c"])
        elif block["t"] in ("BulletList", "OrderedList"):
            items = block["c"] if block["t"] == "BulletList" else block["c"][1]
            runs.extend(run_on(item) for item in items)
        else:
            runs.append(ast.text(ast.flat(block)))
    found: list[Node] = []
    for run in runs:
        found.extend([ast.SPACE, *run] if found else run)
    return found


def _tight(blocks: list[Node]) -> list[Node]:
    return [ast.plain(block["c"]) if block["t"] == "Para" else block for block in blocks]


def _joined(items: list[list[Node]], language: Language) -> list[Node]:
    found: list[Node] = []
    for item in items:
        if found:
            found.extend(ast.text("、" if language == "zh" else ", "))
        found.extend(item)
    return found
