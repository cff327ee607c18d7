"""Rules over a workspace and its compositions; they find, and never write."""

from __future__ import annotations

from collections.abc import Collection

from docgen.checks import contents, documents, planning
from docgen.compose.composer import Composer, mistakes
from docgen.diagnostics import Diagnostic, DocgenError


def check_all(composer: Composer, codes: Collection[str] = ()) -> list[Diagnostic]:
    """Every mistake of templates, texts and rules, by place; of some documents, or of all where none is named."""
    wanted = [code for code in composer.workspace.content.documents if not codes or code in codes]
    found = mistakes(composer, wanted)
    composed = not found
    for code in wanted:
        found += [*_of_record(composer, code), *(_of_content(composer, code) if composed else ())]
    for rule in planning.RULES:
        found += rule(composer.workspace, composer.as_of)
    return sorted(found, key=Diagnostic.key)


def check_document(composer: Composer, code: str) -> list[Diagnostic]:
    """The same for one document alone: what would stand against its issue."""
    try:
        for language in composer.workspace.content.client.languages:
            composer.compose(code, language)
    except DocgenError as error:
        return list(error.diagnostics)
    return sorted([*_of_record(composer, code), *_of_content(composer, code)], key=Diagnostic.key)


def _of_record(composer: Composer, code: str) -> list[Diagnostic]:
    record, standing = composer.workspace.content.documents[code], composer.standings.listed[code]
    return [one for rule in documents.RULES for one in rule(record, standing, composer.workspace, composer.as_of)]


def _of_content(composer: Composer, code: str) -> list[Diagnostic]:
    return [one for rule in contents.RULES for one in rule(composer, code)]
