"""The compositions of a workspace on a date: every document in every language, each composed once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, partial
from typing import Any

from docgen.compose import ast, front, views
from docgen.compose.brand import read_brand
from docgen.compose.composition import Brand, Composition, Front
from docgen.compose.document import Body, Draft
from docgen.compose.forms import form_tables
from docgen.compose.labels import Labels, read_labels, template_folders
from docgen.compose.printing import Printer
from docgen.compose.tables import Views, refilled
from docgen.compose.templates import Templates
from docgen.compose.views import SectionClause
from docgen.diagnostics import Diagnostic, DocgenError, Language, Span, fail
from docgen.model.content import Register
from docgen.model.newborn import newborns
from docgen.model.shared import SharedValues
from docgen.model.standing import Standing, Standings
from docgen.model.text import DocumentRef, Text
from docgen.model.workspace import Workspace

_UNSIGNED = ("watermark", "mark", "page_mark", "verify", "digest", "fingerprint", "sync", "print_note")
"""What of a form's front a record of it does not carry: the marks and signatures are the form's."""
Headings = dict[tuple[str, Language], tuple[tuple[str, str, str, tuple[str, ...]], ...]]
"""Number, title, id and clauses of the headings of documents, by code and language."""


class Composer:
    """Composes the documents of a workspace; bodies are kept, so that documents may speak of each other."""

    def __init__(self, workspace: Workspace, as_of: datetime.date, standings: Standings | None = None) -> None:
        self.workspace = workspace
        self.as_of = as_of
        content = workspace.content
        self.standings = standings or newborns(content)
        self._labels = {lang: read_labels(workspace.folders, lang) for lang in content.client.languages}
        self._templates = {
            lang: Templates(template_folders(workspace.folders, lang), lang) for lang in content.client.languages
        }
        named = workspace.named()
        self._shared = SharedValues(workspace.tree)
        self._printers = {
            lang: Printer(labels, named, content.parameters, content.control) for lang, labels in self._labels.items()
        }
        self._bodies: dict[tuple[str, Language], Body] = {}
        self._headings: Headings = {}
        self._made: dict[tuple[str, Language], Composition] = {}
        self._brands: dict[Language, Brand] = {}

    def compose(self, code: str, language: Language) -> Composition:
        """One document in one language; raises DocgenError with all mistakes of its template and texts."""
        if (code, language) not in self._made:
            body = self._body(code, language)
            self._made[code, language] = Composition(
                code=code,
                lang=language,
                front=self._front(code, language, self.standings.working[code]),
                blocks=body.blocks,
                figures=body.figures,
                brand=self.brand(language),
            )
        return self._made[code, language]

    def record(self, code: str, number: str, language: Language) -> Composition:
        """A form as it was filled in; raises DocgenError as `compose` does, and for fields that the form lacks."""
        content, printer = self.workspace.content, self._printers[language]
        form, filled = views.source_of(content, content.documents[code]), content.records[code][number]
        draft = self._draft(code, language)
        with draft.reading():
            title = f"{printer.text(content.documents[code].title)} {number}"
            face = printer.labels.word("words", "record_face").format(code=code, version=filled.version, number=number)
            heading = [ast.para([{"t": "Strong", "c": ast.text(title)}]), ast.para(ast.text(face))]
            blocks = [*heading, *form_tables(form, printer, filled)]
        if draft.mistakes:
            raise DocgenError(draft.mistakes)
        made = self.compose(code, language)
        bare: dict[str, Any] = dict.fromkeys(_UNSIGNED, "")
        day = replace(made.front, title=title, version=str(filled.version), as_of=filled.date, signatures=(), **bare)
        return replace(made, front=day, blocks=blocks, figures=(), record=number)

    def fronted(self, composition: Composition, standing: Standing) -> Composition:
        """A composition with the front of another standing of its document."""
        return replace(composition, front=self._front(composition.code, composition.lang, standing))

    def marked(self, composition: Composition, standing: Standing) -> Composition:
        """A frozen composition with the mark of the state it has come to; all else as it was issued."""
        now = self.fronted(composition, standing).front
        names = ("status", "mark", "watermark", "page_mark", "successor")
        return replace(composition, front=replace(composition.front, **{name: getattr(now, name) for name in names}))

    def numbered(self, composition: Composition, number: int) -> Composition:
        """A frozen composition as the controlled copy of that number."""
        return replace(composition, front=front.numbered(composition.front, number, self._labels[composition.lang]))

    def _front(self, code: str, language: Language, standing: Standing) -> Front:
        content, draft = self.workspace.content, self._draft(code, language)
        with draft.reading():
            printed = front.front(content.documents[code], standing, content, self._printers[language], self.as_of)
        if draft.mistakes:
            raise DocgenError(draft.mistakes)
        return printed

    def headings(self, code: str, language: Language) -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
        """Number, title, id and clauses of each heading of a document; raises DocgenError as `compose` does."""
        known = self._headings.get((code, language))
        return tuple(self._body(code, language).numbers.headings) if known is None else known

    def known(self) -> Headings:
        """The headings of all that was composed."""
        return {key: tuple(body.numbers.headings) for key, body in self._bodies.items()}

    def know(self, headings: Headings) -> None:
        """Take headings from another process, so that documents that list them need not compose all others."""
        self._headings |= headings

    def needs_all(self, code: str) -> bool:
        """Whether a document prints sections of all others."""
        source = views.source_of(self.workspace.content, self.workspace.content.documents[code])
        tables = source.tables if isinstance(source, Register) else ()
        return any(str(table.rows) in views.OF_ALL_SECTIONS for table in tables)

    def plain(self, text: Text, language: Language) -> str:
        """A text of the client as a plain string, its references resolved."""
        with self._draft(next(iter(self.workspace.content.documents)), language).reading():
            return self._printers[language].text(text)

    def labels(self, language: Language) -> Labels:
        """The fixed words of a language."""
        return self._labels[language]

    def brand(self, language: Language) -> Brand:
        """The client's brand; raises DocgenError where its files are missing."""
        if language not in self._brands:
            self._brands[language] = read_brand(self.workspace, self._printers[language])
        return self._brands[language]

    def refilled(self, composition: Composition) -> Composition:
        """A composition with the rows of its living tables as they are now."""
        draft = self._draft(composition.code, composition.lang)
        with draft.reading():
            blocks = refilled(composition.blocks, draft.rows, self._printers[composition.lang])
        if draft.mistakes:
            raise DocgenError(draft.mistakes)
        return replace(composition, blocks=blocks)

    def facts(self, code: str) -> dict[str, str]:
        """The shared values that a document prints, by the path where they were typed."""
        printed = frozenset[Span]().union(*(self._body(code, language).printed for language in self._labels))
        return self._shared.printed(printed)

    def _body(self, code: str, language: Language) -> Body:
        if (code, language) not in self._bodies:
            content = self.workspace.content
            record = content.documents[code]
            if record.source is not None and views.source_of(content, record) is None:
                raise fail("source-missing", record.source.span, kind=record.kind, name=str(record.source))
            if not self._templates[language].has(record.template):
                raise fail("template-missing", record.template.span, name=str(record.template), language=language)
            self._bodies[code, language] = self._draft(code, language).body(str(record.template))
        return self._bodies[code, language]

    def _draft(self, code: str, language: Language) -> Draft:
        content = self.workspace.content
        names = views.context(content, code, self.standings.working[code], language)
        rows = self._views(code, language)
        return Draft(names, rows, content, self._templates[language], self._printers[language])

    def _views(self, code: str, language: Language) -> Views:
        sections = partial(self._sections, code, language)
        found = views.views(self.workspace.content, self.standings.listed, language, sections)
        return {name: cache(rows) for name, rows in found.items()}

    def _sections(self, but: str, language: Language) -> tuple[SectionClause, ...]:
        """The sections of all other documents that name clauses."""
        found = []
        for code in views.in_order(self.workspace.content):
            if code != but:
                for number, _, _, clauses in self.headings(code, language):
                    found += [SectionClause(clause, DocumentRef.validate(code), number) for clause in clauses]
        return tuple(found)


def mistakes(composer: Composer, codes: Iterable[str]) -> list[Diagnostic]:
    """What composing documents in every language finds wrong."""
    found: list[Diagnostic] = []
    for code in codes:
        for language in composer.workspace.content.client.languages:
            try:
                composer.compose(code, language)
            except DocgenError as error:
                found.extend(error.diagnostics)
    return found
