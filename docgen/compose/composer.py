"""The compositions of a workspace on a date: every document in every language, each composed once."""

from __future__ import annotations

import datetime

from docgen.compose import front, views
from docgen.compose.brand import read_brand
from docgen.compose.composition import Brand, Composition
from docgen.compose.document import Body, Draft
from docgen.compose.labels import read_labels, template_folders
from docgen.compose.printing import Printer
from docgen.compose.templates import Templates
from docgen.compose.views import SectionClause
from docgen.diagnostics import Diagnostic, DocgenError, Language, fail
from docgen.model.text import DocumentRef
from docgen.model.workspace import Workspace


class Composer:
    """Composes the documents of a workspace; bodies are kept, so that documents may speak of each other."""

    def __init__(self, workspace: Workspace, as_of: datetime.date) -> None:
        self.workspace = workspace
        self.as_of = as_of
        content = workspace.content
        self._labels = {lang: read_labels(workspace.folders, lang) for lang in content.client.languages}
        self._templates = {
            lang: Templates(template_folders(workspace.folders, lang), lang) for lang in content.client.languages
        }
        named = workspace.named()
        self._printers = {
            lang: Printer(labels, named, content.parameters, content.control) for lang, labels in self._labels.items()
        }
        self._bodies: dict[tuple[str, Language], Body] = {}

    def compose(self, code: str, language: Language) -> Composition:
        """One document in one language; raises DocgenError with all mistakes of its template and texts."""
        content = self.workspace.content
        body = self._body(code, language)
        printer, draft = self._printers[language], self._draft(code, language)
        with draft.reading():
            printed = front.front(content.documents[code], content, printer, self.as_of)
        if draft.mistakes:
            raise DocgenError(draft.mistakes)
        return Composition(
            code=code,
            lang=language,
            front=printed,
            blocks=body.blocks,
            figures=body.figures,
            brand=self.brand(language),
        )

    def brand(self, language: Language) -> Brand:
        """The client's brand; raises DocgenError where its files are missing."""
        return read_brand(self.workspace, self._printers[language])

    def master_list(self, language: Language) -> list[dict[str, str]]:
        """A row for every document, as words in a language."""
        printer, rows = self._printers[language], []
        for code in views.in_order(self.workspace.content):
            record = self.workspace.content.documents[code]
            dates = {"effective": record.effective, "review": record.next_review}
            rows.append(
                {
                    "code": code,
                    "title": printer.text(record.title),
                    "version": str(record.version),
                    "state": printer.labels.value(record.state(self.as_of), "state"),
                    "owner": printer.text(record.owner),
                    **{name: day.isoformat() if day else "—" for name, day in dates.items()},
                }
            )
        return rows

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
        rows = views.views(content, self.as_of, lambda: self._sections(code, language))
        return Draft(views.context(content, code), rows, content, self._templates[language], self._printers[language])

    def _sections(self, but: str, language: Language) -> tuple[SectionClause, ...]:
        """The sections of all other documents that name clauses."""
        found = []
        for code in views.in_order(self.workspace.content):
            if code != but:
                for number, _, _, clauses in self._body(code, language).numbers.headings:
                    found += [SectionClause(clause, DocumentRef.validate(code), number) for clause in clauses]
        return tuple(found)


def mistakes(workspace: Workspace, as_of: datetime.date) -> list[Diagnostic]:
    """What composing every document in every language finds wrong."""
    composer = Composer(workspace, as_of)
    found: list[Diagnostic] = []
    for code in views.in_order(workspace.content):
        for language in workspace.content.client.languages:
            try:
                composer.compose(code, language)
            except DocgenError as error:
                found.extend(error.diagnostics)
    return found
