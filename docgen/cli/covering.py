"""The command `coverage`: which document, section and page answers each clause, and what is missing."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli import output
from docgen.cli.commands import as_of_option, client_option, program, root_option
from docgen.cli.surroundings import language
from docgen.cli.words import say

if TYPE_CHECKING:
    from docgen.coverage.report import Report
    from docgen.diagnostics import Language
    from docgen.model.workspace import Workspace


@program.command(help=say("coverage"))
@client_option
@click.option("--standard", default="iso20000-1-2018", show_default=True, help=say("opt-standard"))
@click.option(
    "--format", "format_", type=click.Choice(["text", "html", "xlsx", "json"]), default="text", help=say("opt-report")
)
@click.option("--output", "path", type=click.Path(dir_okay=False, path_type=Path), help=say("opt-output"))
@as_of_option
@root_option
@click.pass_context
def coverage(
    ctx: click.Context,
    client: str,
    standard: str,
    format_: str,
    path: Path | None,
    as_of: datetime.date,
    root: Path,
) -> None:
    """Clause by clause, where it is answered."""
    import docgen.cli.work as work
    from docgen.coverage import Survey
    from docgen.coverage.report import as_data, page, report, workbook
    from docgen.files import replace
    from docgen.publish.palette import palette
    from docgen.standard import outline

    workspace = work.workspace_of(root, client)
    composer = work.composer(workspace, as_of)
    found = Survey(composer, _pages(workspace, root / "build" / client)).of(outline(standard, workspace.folders))
    languages = workspace.content.client.languages
    reports = [report(found, composer.labels(one)) for one in languages]
    if format_ == "json":
        output.data(as_data(found))
    elif format_ == "text":
        _told(next((one for one in reports if one.language == language()), reports[0]))
    else:
        brand = composer.brand(languages[0])
        made = page(reports, palette(brand.primary, brand.secondary), as_of.isoformat())
        target = path or root / "build" / client / f"coverage-{standard}.{format_}"
        target.parent.mkdir(parents=True, exist_ok=True)
        replace(target, made if format_ == "html" else workbook(reports))
        click.echo(say("coverage-written", path=target, gaps=found.gaps))
    ctx.exit(1 if found.gaps else 0)


def _pages(workspace: Workspace, folder: Path) -> Callable[[str, Language], Mapping[str, int]]:
    """Pages of headings from the PDFs of the last build, as far as it made them."""
    from functools import cache

    from docgen.build import DRAFT
    from docgen.publish.pdf_pages import layout

    @cache
    def pages(code: str, language: Language) -> Mapping[str, int]:
        for path in (folder / language / f"{code}.pdf", folder / DRAFT / language / f"{code}.pdf"):
            try:
                return layout(path.read_bytes()).pages
            except (OSError, ValueError):
                continue
        return {}

    return pages


def _told(report: Report) -> None:
    for line in (*report.lines, *report.kinds):
        click.echo(f"{line.clause:<9} {line.status}  {line.title}".rstrip())
        for place in line.places:
            click.echo(f"{'':<11}{place}")
        if line.proofs:
            click.echo(f"{'':<11}{report.words['records']}: {'; '.join(line.proofs)}")
        if line.missing:
            click.echo(f"{'':<11}{report.words['missing']}: {', '.join(line.missing)}")
    for aspect, excluded in report.limits:
        click.echo(f"{report.words['limits']}: {aspect}: {excluded}")
    click.echo(report.summary)
