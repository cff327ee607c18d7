"""The commands `check` and `explain`: what rules find, and what rules there are."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from docgen.cli import output
from docgen.cli.commands import (
    as_of_option,
    client_option,
    complete_codes,
    jobs_option,
    json_option,
    program,
    root_option,
)
from docgen.cli.surroundings import language
from docgen.cli.words import say
from docgen.diagnostics import DocgenError

if TYPE_CHECKING:
    from docgen.checks.report import Report
    from docgen.checks.waivers import Waived


def _complete_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Codes of rules that begin like what was typed."""
    from docgen.findings import ELSEWHERE, FINDINGS

    return sorted(code for code in (*FINDINGS, *ELSEWHERE) if code.startswith(incomplete.upper()))


def _many(value: tuple[str, ...]) -> list[str]:
    """Codes given one by one or with commas between them."""
    return [part.strip() for one in value for part in one.split(",") if part.strip()]


@program.command(help=say("check"))
@click.argument("codes", metavar="[CODE]...", nargs=-1, shell_complete=complete_codes)
@client_option
@click.option("--select", multiple=True, metavar="RULE", shell_complete=_complete_rules, help=say("opt-select"))
@click.option("--ignore", multiple=True, metavar="RULE", shell_complete=_complete_rules, help=say("opt-ignore"))
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "html"]), default="text", help=say("opt-report")
)
@jobs_option
@as_of_option
@root_option
@json_option
@click.pass_context
def check(
    ctx: click.Context,
    codes: tuple[str, ...],
    client: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    form: str,
    jobs: int,
    as_of: datetime.date,
    root: Path,
    as_json: bool,
) -> None:
    """Check without writing."""
    import docgen.cli.work as work
    from docgen.checks.report import Report

    sentence = ""
    try:
        checked = work.check(root, client, codes, as_of, _many(select), _many(ignore), jobs)
        report, sentence = checked.report, checked.sentence()
    except DocgenError as error:
        report = Report(error.diagnostics)
    _tell(report, "json" if as_json else form, sentence, f"{client} · {as_of.isoformat()}")
    ctx.exit(1 if report.failed else 0)


def _tell(report: Report, form: str, sentence: str, heading: str) -> None:
    """A report in one of its forms; all but text go to standard output, whatever was found."""
    if form == "json":
        found = [output.as_data(one) for one in report.found]
        output.data({"diagnostics": found, "waived": [_waived_data(one) for one in report.waived]})
    elif form == "sarif":
        from docgen.checks.sarif import sarif

        output.data(sarif(report, language()))
    elif form == "html":
        from docgen.checks.page import page

        keys = ("title", "place", "rule", "finding", "waived", "waiver", "clean")
        words = {key: say(f"page-{key}") for key in keys}
        words |= {key: say(key) for key in ("error", "warning", "info", "mend")}
        click.echo(page(report, language(), words, heading), nl=False)
    else:
        if report.found:
            output.mistakes(report.found, as_json=False)
        for one in report.waived:
            click.echo(_waived_line(one))
        if not report.found:
            click.echo(sentence)


def _waived_data(one: Waived) -> dict[str, Any]:
    reason = {lang: str(side) for lang in ("en", "zh") if (side := getattr(one.waiver.reason, lang)) is not None}
    waiver = {"by": str(one.waiver.by), "until": one.waiver.until.isoformat(), "reason": reason}
    return {**output.as_data(one.diagnostic), "waiver": waiver}


def _waived_line(one: Waived) -> str:
    waiver = one.waiver
    return say(
        "waived",
        place=one.diagnostic.span,
        code=waiver.code,
        where=waiver.where,
        by=waiver.by,
        until=waiver.until,
        reason=one.reason(language()),
    )


@program.command(help=say("fingerprint"))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@client_option
@root_option
def fingerprint(file: Path, client: str, root: Path) -> None:
    """Hashes of a licensed copy."""
    import docgen.cli.work as work

    path, count = work.fingerprint(root, client, file)
    click.echo(say("fingerprinted", path=path, count=count))


@program.command(help=say("explain"))
@click.argument("code", metavar="[CODE]", required=False, shell_complete=_complete_rules)
@json_option
def explain(code: str | None, as_json: bool) -> None:
    """What a rule is about."""
    from docgen.checks.explain import described, listed

    if code is not None:
        told = described(code, language())
        if as_json:
            output.data(told)
        else:
            for line in _explained(told):
                click.echo(line)
    elif as_json:
        output.data([row for rows in listed(language()).values() for row in rows])
    else:
        for family, rows in listed(language()).items():
            click.echo(click.style(say(f"family-{family}"), bold=True))
            for row in rows:
                click.echo(f"  {row['code']:<22}{row['title']}")


def _explained(told: dict[str, str]) -> Iterator[str]:
    yield click.style(f"{told['code']}  {told['title']}", bold=True)
    basis = told.get("basis", "")
    if basis:
        yield f"{say('explain-basis')}: {say('explain-own') if basis == 'own' else basis}"
    if "severity" in told:
        yield f"{say('explain-severity')}: {say(told['severity'])}"
    if "applied" in told:
        yield f"{say('explain-applied')}: {say('applied-' + told['applied'])}"
    for key in ("checked", "mend", "example"):
        if told.get(key):
            yield f"{say(f'explain-{key}')}: {told[key]}"
