"""The commands of the library: steps in documents' lives, and what the library tells of them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from docgen.cli import output
from docgen.cli.commands import as_of_option, client_option, complete_codes, day_type, json_option, program, root_option
from docgen.cli.surroundings import person, today
from docgen.cli.words import say

__all__ = ["program"]

F = TypeVar("F", bound=Callable[..., None])
MEANINGS = ("reviewed", "countersigned", "approved")
CLASSES = ("editorial", "minor", "major", "translation")

_codes = click.argument("codes", metavar="CODE...", nargs=-1, required=True, shell_complete=complete_codes)
_code = click.argument("code", shell_complete=complete_codes)
_as = click.option("--as", "actor", default=person, show_default="DOCGEN_PERSON", metavar="PERSON", help=say("opt-as"))
_reason = click.option("--reason", default="", help=say("opt-reason"))


def _printed_reason(function: F) -> F:
    for language in ("en", "zh"):
        function = click.option(f"--reason-{language}", default="", help=say(f"opt-reason-{language}"))(function)
    return function


def _step(name: str, *decorators: Callable[[F], F], group: click.Group = program) -> Callable[[F], F]:
    """A command that takes a step: who acts, which client, and how it answers."""

    def decorate(function: F) -> F:
        made: Any = function
        for decorator in (json_option, root_option, client_option, _as, *reversed(decorators)):
            made = decorator(made)
        group.command(name, help=say(f"cmd-{name}"))(made)
        return function

    return decorate


def _act(
    action: str, codes: tuple[str, ...], actor: str, client: str, root: Path, as_json: bool, version: str = "",
    /, **fields: Any,
) -> None:  # fmt: skip
    import docgen.cli.steps as steps
    from docgen.cli.telling import sentence

    taken = steps.act(root, client, actor, action, codes, version, **fields)
    if as_json:
        output.data([one.as_data() for one in taken])
    else:
        for one in taken:
            click.echo(sentence(one))


def _pair(zh: str, en: str, both: str = "") -> dict[str, str]:
    return {language: text for language, text in (("zh", zh or both), ("en", en or both)) if text}


@_step(
    "submit",
    _codes,
    _printed_reason,
    click.option("--what-zh", default="", help=say("opt-what-zh")),
    click.option("--what-en", default="", help=say("opt-what-en")),
    click.option("--class-reason", default="", help=say("opt-class-reason")),
)
def submit(
    codes: tuple[str, ...], reason_zh: str, reason_en: str, what_zh: str, what_en: str, class_reason: str, **rest: Any
) -> None:
    """Hand a draft in for review."""
    fields: dict[str, Any] = {
        "what": _pair(what_zh, what_en),
        **({"class_reason": class_reason} if class_reason else {}),
    }
    reason = _pair(reason_zh, reason_en)
    _act("submit", codes, *rest_of(rest), **fields, **({"reason": reason} if reason else {}))


def rest_of(rest: dict[str, Any]) -> tuple[str, str, Path, bool]:
    """What every step takes: actor, client, root, JSON."""
    return rest["actor"], rest["client"], rest["root"], rest["as_json"]


@_step("comment", _code, click.argument("text"), click.option("--place", default="", help=say("opt-place")))
def comment(code: str, text: str, place: str, **rest: Any) -> None:
    """A reviewer's comment."""
    _act("comment", (code,), *rest_of(rest), text=text, place=place)


@_step("resolve", _code, click.argument("number", type=int), click.argument("text"))
def resolve(code: str, number: int, text: str, **rest: Any) -> None:
    """What became of a comment."""
    _act("resolve", (code,), *rest_of(rest), comment=number, text=text)


@_step(
    "sign",
    _codes,
    click.option("--meaning", type=click.Choice(MEANINGS), required=True, help=say("opt-meaning")),
    click.option("--note", default="", help=say("opt-note")),
    click.option("--key", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=say("opt-key")),
)
def sign(codes: tuple[str, ...], meaning: str, note: str, key: Path | None, **rest: Any) -> None:
    """Sign."""
    fields: dict[str, Any] = {"meaning": meaning, **({"note": note} if note else {})}
    if key is not None:
        import docgen.cli.steps as steps

        fields["signer"] = steps.signer(key, lambda: click.prompt(say("ask-passphrase"), hide_input=True, err=True))
    _act("sign", codes, *rest_of(rest), **fields)


@_step("reject", _codes, _reason)
def reject(codes: tuple[str, ...], reason: str, **rest: Any) -> None:
    """Return a version to its preparer."""
    _act("reject", codes, *rest_of(rest), reason=reason)


@_step("cancel", _codes, _reason)
def cancel(codes: tuple[str, ...], reason: str, **rest: Any) -> None:
    """Give a draft up."""
    _act("cancel", codes, *rest_of(rest), reason=reason)


@_step(
    "release",
    _codes,
    click.option("--effective", type=day_type, help=say("opt-effective")),
    _reason,
    click.option("--seal", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=say("opt-seal")),
    click.option("--timestamp", help=say("opt-timestamp")),
)
def release(
    codes: tuple[str, ...],
    effective: datetime.date | None,
    reason: str,
    seal: Path | None,
    timestamp: str | None,
    **rest: Any,
) -> None:
    """Issue and freeze a version."""
    fields: dict[str, Any] = {"effective": effective.isoformat() if effective else ""}
    if reason:
        fields["reason"] = reason
    if seal is not None:
        import docgen.cli.steps as steps

        ask = lambda: click.prompt(say("ask-passphrase"), hide_input=True, err=True)  # noqa: E731
        fields["sealer"] = steps.sealer(seal, ask, timestamp)
    _act("release", codes, *rest_of(rest), **fields)


@_step(
    "revise",
    _codes,
    click.option("--class", "kind", type=click.Choice(CLASSES), required=True, help=say("opt-class")),
    _printed_reason,
    click.option("--reissue", is_flag=True, help=say("opt-reissue")),
)
def revise(codes: tuple[str, ...], kind: str, reason_zh: str, reason_en: str, reissue: bool, **rest: Any) -> None:
    """Open the next version."""
    fields: dict[str, Any] = {"class": kind, "reason": _pair(reason_zh, reason_en)}
    _act("revise", codes, *rest_of(rest), **fields, **({"reissue": True} if reissue else {}))


@_step("confirm", _codes, _reason)
def confirm(codes: tuple[str, ...], reason: str, **rest: Any) -> None:
    """Reviewed, and good as it is."""
    _act("confirm", codes, *rest_of(rest), reason=reason)


@_step("withdraw", _codes, _reason, click.option("--handled", default="", help=say("opt-handled")))
def withdraw(codes: tuple[str, ...], reason: str, handled: str, **rest: Any) -> None:
    """Take a document out of force."""
    _act("withdraw", codes, *rest_of(rest), reason=reason, **({"handled": handled} if handled else {}))


@_step("retain", _code, click.argument("version"), _reason)
def retain(code: str, version: str, reason: str, **rest: Any) -> None:
    """Keep an old version on purpose."""
    _act("retain", (code,), *rest_of(rest), version, reason=reason)


@_step(
    "dispose", _code, click.argument("version"), _reason, click.option("--second", default="", help=say("opt-second"))
)
def dispose(code: str, version: str, reason: str, second: str, **rest: Any) -> None:
    """Record the disposal of a retained version."""
    _act("dispose", (code,), *rest_of(rest), version, reason=reason, second=second)


@_step("synchronize", _codes)
def synchronize(codes: tuple[str, ...], **rest: Any) -> None:
    """The translation has been compared with its source."""
    _act("synchronize", codes, *rest_of(rest))


@_step("acknowledge", _codes)
def acknowledge(codes: tuple[str, ...], **rest: Any) -> None:
    """Read and understood."""
    _act("acknowledge", codes, *rest_of(rest))


@program.group("copies", cls=type(program), help=say("cmd-copies"))
def copies_group() -> None:
    """Numbered controlled copies."""


@_step(
    "issue",
    _code,
    click.argument("version", required=False, default=""),
    click.option("--to", "holder", required=True, help=say("opt-to")),
    click.option("--medium", type=click.Choice(["paper", "file"]), default="paper", help=say("opt-medium")),
    group=copies_group,
)
def issue_copy(code: str, version: str, holder: str, medium: str, **rest: Any) -> None:
    """A numbered copy goes out: of the version in force, or one that will be."""
    _act("copy", (code,), *rest_of(rest), version, holder=holder, medium=medium)
    import docgen.cli.versions as versions

    if not rest["as_json"]:
        for path in versions.newest_copy(rest["root"], rest["client"], code, today()):
            click.echo(path)


@_step("recall", _code, click.argument("number", type=int), group=copies_group)
def recall_copy(code: str, number: int, **rest: Any) -> None:
    """A copy has come back."""
    _act("recall", (code,), *rest_of(rest), _version_of_copy(rest, code, number), copy=number)


@_step("lose", _code, click.argument("number", type=int), _reason, group=copies_group)
def lose_copy(code: str, number: int, reason: str, **rest: Any) -> None:
    """A copy is lost."""
    _act("lose", (code,), *rest_of(rest), _version_of_copy(rest, code, number), copy=number, reason=reason)


def _version_of_copy(rest: dict[str, Any], code: str, number: int) -> str:
    import docgen.cli.library as library

    return library.version_of_copy(rest["root"], rest["client"], code, number)


@copies_group.command("list", help=say("cmd-copies-list"))
@click.argument("codes", metavar="[CODE]...", nargs=-1, shell_complete=complete_codes)
@client_option
@as_of_option
@root_option
@json_option
def list_copies(codes: tuple[str, ...], client: str, as_of: datetime.date, root: Path, as_json: bool) -> None:
    """The register of numbered copies."""
    import docgen.cli.library as library
    from docgen.cli.telling import copies

    lives = library.history(root, client, codes, as_of)
    output.rows(copies(lives), as_json=as_json)


@program.command("history", help=say("cmd-history"))
@click.argument("codes", metavar="[CODE]...", nargs=-1, shell_complete=complete_codes)
@client_option
@as_of_option
@root_option
@json_option
def history(codes: tuple[str, ...], client: str, as_of: datetime.date, root: Path, as_json: bool) -> None:
    """What has happened to documents."""
    import docgen.cli.library as library
    from docgen.cli.telling import all_given, story

    lives = library.history(root, client, codes, as_of)
    if as_json:
        output.data([{"document": life.code, "events": [one.fields for one in life.events]} for life in lives])
    else:
        if not lives:
            click.echo(say("no-history"))
        for life in lives:
            told = "".join(f"\n  {line}" for line in story(life))
            note = f"  [{say('clock-given')}]" if all_given(life) else ""
            click.echo(click.style(life.code, bold=True) + note + told)


_formats = click.option(
    "--format", "formats", type=click.Choice(["text", "docx", "pdf", "html"]), multiple=True, default=("text",),
    show_default="text", help=say("opt-redline-format"),
)  # fmt: skip


@program.command("show", help=say("cmd-show"))
@_code
@click.argument("version", required=False, default="")
@_formats
@client_option
@as_of_option
@root_option
@json_option
def show(
    code: str, version: str, formats: tuple[str, ...], client: str, as_of: datetime.date, root: Path, as_json: bool
) -> None:
    """A version: its record, or its files with the mark of its state."""
    import docgen.cli.versions as versions
    from docgen.cli.telling import record

    files: Any = tuple(one for one in formats if one != "text")
    life, edition, paths = versions.shown(root, client, code, version, files, as_of)
    told = record(life, edition, as_of)
    if as_json:
        output.data({**told, "files": [str(path) for path in paths]})
        return
    if "text" in formats:
        output.pairs(told)
    for path in paths:
        click.echo(path)


@program.command("diff", help=say("cmd-diff"))
@_code
@click.argument("pair", metavar="[OLD [NEW]]", nargs=-1)
@_formats
@client_option
@as_of_option
@root_option
@json_option
def diff(
    code: str, pair: tuple[str, ...], formats: tuple[str, ...], client: str, as_of: datetime.date, root: Path,
    as_json: bool,
) -> None:  # fmt: skip
    """Two versions compared."""
    import docgen.cli.versions as versions
    from docgen.cli.telling import difference

    files: Any = tuple(one for one in formats if one != "text")
    made, paths = versions.compared(root, client, code, pair[:2], files, as_of)
    if as_json:
        output.data({**versions.sections_of(made), "files": [str(path) for path in paths]})
        return
    if "text" in formats:
        for line in difference(made):
            click.echo(line)
    for path in paths:
        click.echo(path)


@program.command("impact", help=say("cmd-impact"))
@click.argument("file", required=False, default="")
@client_option
@as_of_option
@root_option
@json_option
def impact(file: str, client: str, as_of: datetime.date, root: Path, as_json: bool) -> None:
    """What documents in force print otherwise than it is now."""
    import docgen.cli.library as library
    import docgen.cli.versions as versions
    from docgen.cli.telling import impacts

    facts, differing = versions.changed_facts(root, client, file, as_of)
    if as_json:
        output.data({"facts": library.as_data(facts), "documents": differing})
    else:
        for line in impacts(facts, differing):
            click.echo(line)


@program.command("due", help=say("cmd-due"))
@click.option("--within", type=click.IntRange(0, 3660), metavar="DAYS", help=say("opt-within"))
@client_option
@as_of_option
@root_option
@json_option
def due(within: int | None, client: str, as_of: datetime.date, root: Path, as_json: bool) -> None:
    """What is coming up and what is overdue."""
    import docgen.cli.library as library
    from docgen.cli.telling import dues

    found, names = library.dues(root, client, within, as_of)
    if as_json:
        output.data(library.as_data(found))
    elif found:
        output.rows(dues(found, names), as_json=False)
    else:
        click.echo(say("nothing-due"))


@program.command("verify", help=say("cmd-verify"))
@click.argument("what", metavar="[PACK.zip | CODE]", required=False, default="")
@click.option("--keys", type=click.Path(path_type=Path, exists=True, file_okay=False), help=say("opt-keys"))
@client_option
@as_of_option
@root_option
@json_option
@click.pass_context
def verify(
    ctx: click.Context, what: str, keys: Path | None, client: str, as_of: datetime.date, root: Path, as_json: bool
) -> None:
    """Whether everything is still as signed and issued; whether a print is current."""
    import docgen.cli.library as library
    from docgen.cli.telling import standing_of_print, verification

    if library.is_check_code(what):
        found = library.by_check_code(root, client, what, as_of)
        if as_json:
            output.data(found)
        else:
            click.echo(standing_of_print(found))
        ctx.exit(0 if found["state"] == "in_force" else 1)
    result = library.verified(root, client, Path(what) if what else None, keys)
    if result.faults:
        output.mistakes(result.faults, as_json=as_json)
    elif as_json:
        output.data({"diagnostics": [], **library.counts(result)})
    else:
        click.echo(verification(result))
    ctx.exit(1 if any(fault.severity == "error" for fault in result.faults) else 0)
