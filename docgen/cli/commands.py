"""The commands; each opens the workspace, calls what does the work and prints what came of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from docgen import __version__
from docgen.cli import output
from docgen.cli.surroundings import default_client, here, today, workers
from docgen.cli.words import say


class _Formatter(click.HelpFormatter):
    """Help with headings in the user's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, say("usage"))

    def write_heading(self, heading: str) -> None:
        super().write_heading(say(heading) if heading in ("Options", "Commands") else heading)


class _Context(click.Context):
    formatter_class = _Formatter


class _Localized(click.Command):
    """A command whose help speaks the user's language."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("opt-help")
        return option


class _Group(_Localized, click.Group):
    command_class = _Localized

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort):
            click.echo(f"\n{say('interrupted')}", err=True)
            ctx.exit(130)


class _DayType(click.ParamType[datetime.date]):
    """A date as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        try:
            return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r}: YYYY-MM-DD", param, ctx)


day_type = _DayType()


LIBRARIES = ("base", "extended", "starter")
"""Folders of content that clients extend or begin from."""


def _clients(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    names = [path.parent.name for path in (here() / "content").glob("*/client.yaml")]
    return sorted(name for name in names if name.startswith(incomplete) and name not in LIBRARIES)


def complete_codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Codes of documents that begin like what was typed."""
    from docgen.shipped import CONTENT

    paths = [
        *(here() / "content").glob("*/documents/*.yaml"),
        *CONTENT.glob("base/documents/*.yaml"),
        *CONTENT.glob("extended/documents/*.yaml"),
    ]
    return sorted({path.stem for path in paths if path.stem.startswith(incomplete)})


client_option = click.option(
    "--client", default=default_client, show_default="demo", shell_complete=_clients, help=say("opt-client")
)
root_option = click.option(
    "--root",
    type=click.Path(file_okay=False, resolve_path=True, path_type=Path),
    default=here,
    show_default=".",
    help=say("opt-root"),
)
as_of_option = click.option("--as-of", type=day_type, default=today, show_default="today", help=say("opt-as-of"))
jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 64), default=workers, show_default="processors", help=say("opt-jobs")
)
json_option = click.option("--json", "as_json", is_flag=True, help=say("opt-json"))


@click.group(cls=_Group, help=say("docgen"), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="docgen", help=say("opt-version"))
def program() -> None:
    """The program."""


@program.command(help=say("build"))
@click.argument("codes", metavar="[CODE]...", nargs=-1, shell_complete=complete_codes)
@client_option
@click.option(
    "--lang", "languages", type=click.Choice(["zh", "en", "bilingual", "zh-Hant"]), multiple=True, help=say("opt-lang")
)
@click.option("--format", "formats", type=click.Choice(["docx", "pdf", "html"]), multiple=True, help=say("opt-format"))
@jobs_option
@as_of_option
@root_option
@json_option
def build(
    codes: tuple[str, ...],
    client: str,
    languages: Any,
    formats: Any,
    jobs: int,
    as_of: datetime.date,
    root: Path,
    as_json: bool,
) -> None:
    """Build documents."""
    import docgen.cli.work as work

    done = work.build(root, client, codes, languages, formats, jobs, as_of)
    if as_json:
        output.data(done.as_data())
    else:
        click.echo(done.sentence())


@program.command(help=say("pack"))
@client_option
@click.option("--drafts", is_flag=True, help=say("opt-drafts"))
@click.option("--since", type=day_type, help=say("opt-since"))
@jobs_option
@as_of_option
@root_option
@json_option
def pack(
    client: str, drafts: bool, since: datetime.date | None, jobs: int, as_of: datetime.date, root: Path, as_json: bool
) -> None:
    """Pack everything for the auditor."""
    import docgen.cli.work as work

    packed = work.pack(root, client, jobs, as_of, drafts=drafts, since=since)
    if as_json:
        output.data(packed)
    else:
        size = packed["size"] / 1e6
        click.echo(say("packed", path=packed["path"], size=size, documents=packed["documents"]))


@program.command(help=say("status"))
@client_option
@as_of_option
@root_option
@json_option
def status(client: str, as_of: datetime.date, root: Path, as_json: bool) -> None:
    """The master list."""
    import docgen.cli.work as work

    rows = work.status(root, client, as_of)
    if as_json:
        output.data(rows)
    else:
        told = [{**row, "state": say(f"state-{row['state']}", day=row["effective"])} for row in rows]
        output.rows(told, as_json=False)


@program.group(cls=_Group, help=say("new"))
def new() -> None:
    """Make something new."""


def _asked(option: str, key: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(option, prompt=say(f"ask-{key}"), help=say(f"ask-{key}"))


def _person(option: str, key: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(option, prompt=say(f"ask-{key}"), default=say(f"default-{key}"), help=say(f"ask-{key}"))


@new.command("client", help=say("new-client"))
@click.argument("name")
@_asked("--name-zh", "name-zh")
@_asked("--name-en", "name-en")
@_asked("--short-zh", "short-zh")
@_asked("--short-en", "short-en")
@_person("--general-manager", "person-1")
@_person("--sms-owner", "person-2")
@_person("--office-head", "person-3")
@_person("--operations-head", "person-4")
@root_option
def new_client(name: str, root: Path, **answers: str) -> None:
    """Make a client."""
    import docgen.cli.work as work

    folder = work.new_client(root, name, answers)
    click.echo(say("made", folder=folder, name=name))


@program.command(help=say("schema"))
@root_option
def schema(root: Path) -> None:
    """Write the JSON Schemas."""
    import docgen.cli.work as work

    folder, count = work.schema(root)
    click.echo(say("schemas", folder=folder, count=count))
