"""Rules over a workspace and its compositions; they find, and never write."""

from __future__ import annotations

from docgen.checks import documents, planning, twins
from docgen.compose.composer import Composer, mistakes
from docgen.diagnostics import Diagnostic, DocgenError


def check_all(composer: Composer) -> list[Diagnostic]:
    """Every mistake of templates, texts and rules, by place."""
    workspace, as_of = composer.workspace, composer.as_of
    found = mistakes(composer)
    if not found:
        found += [
            disagreement for code in workspace.content.documents for disagreement in disagreements(composer, code)
        ]
    for code, record in workspace.content.documents.items():
        for record_rule in documents.RULES:
            found += record_rule(record, composer.standings.listed[code], workspace, as_of)
    for rule in planning.RULES:
        found += rule(workspace, as_of)
    return sorted(found, key=Diagnostic.key)


def check_document(composer: Composer, code: str) -> list[Diagnostic]:
    """The same for one document alone: what would stand against its issue."""
    workspace, record = composer.workspace, composer.workspace.content.documents[code]
    try:
        for language in workspace.content.client.languages:
            composer.compose(code, language)
    except DocgenError as error:
        return list(error.diagnostics)
    found = disagreements(composer, code)
    for rule in documents.RULES:
        found += rule(record, composer.standings.listed[code], workspace, composer.as_of)
    return sorted(found, key=Diagnostic.key)


def disagreements(composer: Composer, code: str) -> list[Diagnostic]:
    """Where the languages of a document say different things."""
    client = composer.workspace.content.client
    governing = composer.compose(code, client.governing)
    span = composer.workspace.content.documents[code].code.span
    others = [language for language in client.languages if language != client.governing]
    found = []
    for other in others:
        if other in composer.standings.listed[code].lagging | composer.standings.working[code].lagging:
            values = {"document": code, "language": other}
            found.append(Diagnostic("DC-51-pending", span, values, "warning"))
        else:
            found += twins.agree(governing, composer.compose(code, other), span)
    return found
