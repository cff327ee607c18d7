"""The commands as a user meets them: help in both languages, exit codes, JSON, tables, new clients, completion."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from click.shell_completion import ShellComplete

from docgen.build import composer_of
from docgen.checks.families import FAMILIES as RULES
from docgen.cli import control, words
from docgen.compose.views import in_order
from docgen.findings import ELSEWHERE
from docgen.library.due import Kind
from docgen.library.lifecycle import BY_ACTION
from docgen.library.redline import Change as SectionKind
from docgen.model.standing import Meaning, State
from docgen.order import Request
from tests.conftest import AS_OF, ROOT, WHOLE, Sample
from tests.program import DAY, environment, run
from tests.reading import Page, contents

HAN = re.compile("[\u4e00-\u9fff]")
NAMES = ("--name-zh", "云帆科技有限公司", "--name-en", "Yunfan & Co.", "--short-zh", "云帆", "--short-en", "Yunfan")
PEOPLE = ("--general-manager", "张伟 / Zhang Wei", "--sms-owner", "李娜 / Li Na", "--office-head", "Wang Lei")
NEW = (*NAMES, *PEOPLE, "--operations-head", "赵敏 / Zhao Min")


def tree(command: click.Command, path: str = "docgen") -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that lead to it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from tree(inner, f"{path} {name}")


COMMANDS = dict(tree(control.program))


def answered(lang: str, asking: str) -> Any:
    """What Python, started in a language, has for an expression."""
    imports = "import json; from click.testing import CliRunner; from tests.test_cli import COMMANDS, click, control"
    shell = [sys.executable, "-c", f"{imports}\nprint(json.dumps({asking}))"]
    done = subprocess.run(
        shell, cwd=ROOT, env=environment(DOCGEN_LANG=lang), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def helped(lang: str) -> dict[str, str]:
    """The help of every command, and of each of its options, in a language."""
    found: dict[str, dict[str, str]] = answered(
        lang,
        "{name: {'': command.help, **{' '.join(o.opts): o.help for o in command.get_params(click.Context(command))"
        " if isinstance(o, click.Option)}} for name, command in COMMANDS.items()}",
    )
    return {f"{name} {option}": text for name, options in found.items() for option, text in options.items()}


def test_every_command_and_option_has_help_in_both_languages() -> None:
    en, zh = helped("en"), helped("zh")
    assert set(en) == set(zh) and len(en) > 35
    assert [name for name, text in en.items() if not text or HAN.search(text.split(" / ")[0])] == []
    assert [name for name, text in zh.items() if not text or not HAN.search(text)] == []


@pytest.mark.parametrize(("lang", "usage"), [("en", "Usage: "), ("zh", "用法：")])
def test_help_is_shown(lang: str, usage: str) -> None:
    for command in ("docgen", "docgen sign"):
        ended = run(ROOT, *command.split()[1:], "--help", DOCGEN_LANG=lang)
        assert (ended.returncode, ended.stderr) == (0, "") and ended.stdout.startswith(f"{usage}{command} ")
    shown = answered(
        lang,
        "{name: (done.exit_code, done.stderr, done.stdout) for name in COMMANDS for done in [CliRunner().invoke("
        "control.program, [*name.split()[1:], '--help'], prog_name='docgen')]}",
    )
    assert set(shown) == set(COMMANDS)
    for command, (code, err, out) in shown.items():
        assert (code, err) == (0, "") and out.startswith(f"{usage}{command} "), command


FAMILIES: dict[str, set[str]] = {
    "did": set(BY_ACTION),
    "meaning": set(get_args(Meaning)),
    "state": set(get_args(State)),
    "due": set(get_args(Kind)),
    "copy": {"in_use", "returned", "lost"},
    "medium": {"paper", "file"},
    "change": set(get_args(SectionKind)),
    "family": {*(family.name for family in RULES), "elsewhere"},
    "applied": {told.place for told in ELSEWHERE.values()},
}
"""Sentences for every value of something: prefix -> values."""


def test_every_sentence_is_there_in_both_languages_with_the_same_places_and_used() -> None:
    place = re.compile(r"\{(\w+)")
    for key, (en, zh) in words.WORDS.items():
        assert en and zh and sorted(place.findall(en)) == sorted(place.findall(zh)), key
    printing = [*(ROOT / "docgen" / "cli").glob("*.py"), ROOT / "docgen" / "library" / "listing.py"]
    parts = [path.read_text("utf-8") for path in printing if path.name != "words.py"]
    nodes = (node for part in parts for node in ast.walk(ast.parse(part)) if isinstance(node, ast.Constant))
    said = {str(node.value) for node in nodes}
    said |= {f"head-{key}" for key in said} | {f"ask-{key}" for key in said} | {f"default-{key}" for key in said}
    said |= {f"page-{key}" for key in said} | {f"explain-{key}" for key in said}
    said |= {f"cmd-{key}" for key in said} | {f"opt-reason-{lang}" for lang in ("en", "zh")}
    wanted = {f"{prefix}-{value}" for prefix, values in FAMILIES.items() for value in values}
    assert [key for key in words.WORDS if key not in {*said, *wanted, "error", "warning"}] == []
    assert sorted(wanted - set(words.WORDS)) == []


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"docgen, version \d+\.\d+\.\d+\n", run(ROOT, "--version").stdout)


WRONG_USE = {
    "unknown command": ("frobnicate",),
    "unknown option": ("build", "--frobnicate"),
    "unknown language": ("build", "--lang", "fr"),
    "unknown format": ("build", "--format", "odt"),
    "no date": ("build", "--as-of", "nonsense"),
    "no such day": ("status", "--as-of", "2026-02-30"),
    "no worker": ("build", "--jobs", "0"),
    "no name": ("new", "client"),
    "no such day to look back to": ("pack", "--since", "last week"),
    "no document": ("submit", "--as", "cheng-yian"),
    "no meaning": ("sign", "SMS-PR-23"),
    "unknown meaning": ("sign", "SMS-PR-23", "--meaning", "seen"),
    "no such key": ("sign", "SMS-PR-23", "--meaning", "approved", "--key", "nowhere.pem"),
    "no such first day": ("release", "SMS-PR-23", "--effective", "2026-13-01"),
    "no class": ("revise", "SMS-PR-23"),
    "unknown class": ("revise", "SMS-PR-23", "--class", "first"),
    "no number": ("resolve", "SMS-PR-23", "one", "Done"),
    "no holder": ("copies", "issue", "SMS-PR-23"),
    "no days": ("due", "--within", "soon"),
    "no text": ("comment", "SMS-PR-23"),
}
MISTAKES = {
    "client-unknown": ("build", "--client", "nobody"),
    "client-name": ("check", "--client", "../demo"),
    "document-unknown": ("build", "SMS-PR-99"),
    "client-exists": ("new", "client", "demo", *NEW),
    "person-unknown": ("copies", "issue", "SMS-M-01", "--to", "Front desk", "--as", "nobody"),
    "step-refused": ("resolve", "SMS-M-01", "1", "Accepted", "--as", "cheng-yian"),
    "nothing-issued": ("history", "SMS-PR-99"),
    "version-unknown": ("show", "SMS-PR-23", "Z/9"),
    "copy-unknown": ("copies", "recall", "SMS-PR-23", "77", "--as", "liang-shuning"),
    "code-unknown": ("verify", "0000-0000-0000"),
    "pack-unreadable": ("verify", "nowhere.zip"),
}


@pytest.mark.parametrize("case", WRONG_USE)
def test_wrong_use_ends_with_2(tmp_path: Path, case: str) -> None:
    ended = run(tmp_path, *WRONG_USE[case])
    assert ended.returncode == 2 and ended.stdout == ""
    assert ended.stderr.startswith("Usage: ") and "Traceback" not in ended.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", MISTAKES)
def test_mistakes_end_with_1(project: Path, code: str) -> None:
    ended = run(project, *MISTAKES[code])
    assert ended.returncode == 1 and ended.stdout == ""
    assert f"error {code}: " in ended.stderr and "Traceback" not in ended.stderr
    assert list(project.glob("build/**/SMS-*")) == []


@pytest.mark.parametrize("command", ["build", "pack", "check", "status", "history", "due", "impact", "verify"])
def test_a_missing_content_folder_is_told(tmp_path: Path, command: str) -> None:
    ended = run(tmp_path, command, "--client", "acme")
    assert ended.returncode == 1 and "error client-unknown: " in ended.stderr and "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("command", "name"),
    [("build", "risks"), ("pack", "risks"), ("check", "risks"), ("impact", "risks"), ("due", "client"),
     ("status", "documents/SMS-PR-23")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, command: str, name: str) -> None:
    folder = tmp_path / "content" / "acme"
    folder.mkdir(parents=True)
    (folder / "client.yaml").write_text("extends: base\n")
    (folder / f"{name}.yaml").unlink(missing_ok=True)
    (folder / f"{name}.yaml").mkdir(parents=True)
    ended = run(tmp_path, command, "--client", "acme")
    assert ended.returncode == 1 and "Traceback" not in ended.stderr
    assert f"content/acme/{name}.yaml:1:1: error file-unreadable: " in ended.stderr


WHO = ("--as", "cheng-yian")
COMPOSING: dict[str, tuple[str, ...]] = {
    "build": (),
    "check": (),
    "pack": (),
    "impact": (),
    "diff": ("SMS-PR-23",),
    "submit": ("SMS-PR-23", *WHO),
}
"""Commands that read all the content; what is true of one step in a document's life is true of all."""
REPLAYING: dict[str, tuple[str, ...]] = {
    "status": (),
    "history": (),
    "due": (),
    "verify": (),
    "show": ("SMS-PR-23",),
    "copies list": (),
}
"""Commands that read the library, and of the content no more than control records and people."""


def test_mistakes_are_json_where_a_script_asks(project: Path) -> None:
    (project / "content/demo/policy.yaml").write_text("statement: {zh: 一, en: One}\nstatment: {zh: 一}\n", "utf-8")
    for command, arguments in COMPOSING.items():
        (mistake,) = mistakes(project, command, *arguments)
        place = (mistake["code"], mistake["file"], mistake["line"], mistake["column"])
        assert place == ("key-unknown", "content/demo/policy.yaml", 2, 1), command
        assert "statement" in mistake["mend"]["en"] and HAN.search(mistake["message"]["zh"])


def test_a_damaged_ledger_is_json_where_a_script_asks(project: Path) -> None:
    ledger = project / "content/demo/library/SMS-PR-23/ledger.jsonl"
    ledger.parent.mkdir(parents=True, exist_ok=True)
    ledger.write_text("{}\n")
    for command, arguments in {**REPLAYING, "build": (), "submit": ("SMS-PR-23", *WHO)}.items():
        told = mistakes(project, *command.split(), *arguments)
        places = {(one["file"], one["line"]) for one in told if one["code"] == "ledger-damaged"}
        assert places == {("content/demo/library/SMS-PR-23/ledger.jsonl", 1)}, command
        assert all(HAN.search(one["mend"]["zh"]) for one in told)


def mistakes(project: Path, *arguments: str) -> list[dict[str, Any]]:
    """The mistakes that a command tells a script."""
    ended = run(project, *arguments, "--json")
    assert (ended.returncode, ended.stderr) == (1, ""), arguments
    found: list[dict[str, Any]] = json.loads(ended.stdout)["diagnostics"]
    return found


def test_every_mistake_is_told_in_the_users_language(project: Path) -> None:
    (project / "content/demo/parameters.yaml").write_text("a.b: soon\nc.d: later\n", "utf-8")
    ended = run(project, "check", DOCGEN_LANG="zh_CN.UTF-8")
    told = [line for line in ended.stderr.splitlines() if line.startswith("content/demo/parameters.yaml:")]
    assert ended.returncode == 1
    assert [line.split(":")[1:3] for line in told] == [["1", "6"], ["2", "6"]]
    assert all("错误 quantity-bad" in line for line in told) and ended.stderr.count("处理: ") == 2


def times(project: Path) -> dict[Path, int]:
    """When each file of a project was last written, those under build/ aside."""
    paths = (path for path in project.rglob("*") if project / "build" not in (path, *path.parents))
    return {path: path.stat().st_mtime_ns for path in paths if path != project}


def test_check_of_the_sample_is_clean_but_for_two_waivers_and_keeps_its_report_only(project: Path) -> None:
    before = times(project)
    ended = run(project, "check", "--as-of", DAY, "--json")
    assert (ended.returncode, json.loads(ended.stdout)["diagnostics"]) == (0, [])
    told = run(project, "check", "--as-of", DAY).stdout
    assert re.findall(r"waived (\S+) for (\S+) ", told) == [("DC-36", "SMS-RG-19"), ("DC-51-pending", "SMS-PR-31")]
    assert times(project) == before
    assert {path.name for path in (project / "build" / "demo").iterdir()} == {".cache"}


def test_check_names_overdue_reviews_content_without_revision_and_references_to_what_is_withdrawn(
    project: Path,
) -> None:
    policy = project / "content/demo/policy.yaml"
    statement = r"(statement:\n  zh: \|\n    )(.*?)(\n  en: \|\n    )"
    edited, count = re.subn(
        statement, r"\1见{doc:SMS-PR-20-F05}。\2\3See {doc:SMS-PR-20-F05}. ", policy.read_text("utf-8"), flags=re.DOTALL
    )
    assert count == 1
    policy.write_text(edited, "utf-8")
    ended = run(project, "check", "--as-of", "2027-06-01", "--json")
    rows = json.loads(run(project, "status", "--as-of", "2027-06-01", "--json").stdout)
    told = [(one["code"], Path(one["file"]).stem) for one in json.loads(ended.stdout)["diagnostics"]]
    late = [row["code"] for row in rows if row["state"] == "in_force" and row["review"] < "2027-06-01"]
    assert sorted(document for code, document in told if code == "DC-31") == sorted(late)
    assert 0 < len(late) < len(rows) - 1
    differing = json.loads(run(project, "impact", "--as-of", "2027-06-01", "--json").stdout)["documents"]
    assert sorted(document for code, document in told if code == "DC-20") == sorted(one.split()[0] for one in differing)
    assert sorted(document for code, document in told if code == "DC-36") == sorted(one.split()[0] for one in differing)
    assert "SMS-POL-01 A/0" in differing and len(differing) < len(rows) / 2


def width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


@WHOLE
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_status_is_the_master_list_in_columns(sample: Sample, lang: str) -> None:
    listed = run(ROOT, "status", "--as-of", DAY, DOCGEN_LANG=lang)
    rows: list[dict[str, str]] = json.loads(run(ROOT, "status", "--as-of", DAY, "--json", DOCGEN_LANG=lang).stdout)
    stands = composer_of(sample.workspace, Request(AS_OF))[0].standings.listed
    assert [row["code"] for row in rows] == in_order(sample.workspace.content)
    for row in rows:
        one = stands[row["code"]]
        days = (str(one.effective or "—"), str(one.next_review or "—"))
        assert (row["version"], row["state"], row["effective"], row["review"]) == (one.version, one.state, *days)
    made = [*sample.built.drafts, *sample.built.in_force]
    fronts = {composed.code: composed.open().front for composed in made if composed.language == lang}
    named = [(row["title"], row["owner"]) for row in rows if row["code"] in fronts]
    assert named == [(fronts[row["code"]].title, fronts[row["code"]].owner) for row in rows if row["code"] in fronts]
    for row in rows:
        row["state"] = words.WORDS[f"state-{row['state']}"][lang == "zh"].format(day=row["effective"])
    head, *lines = listed.stdout.splitlines()
    assert len(lines) == len(rows) and (bool(HAN.search(head)) == (lang == "zh"))
    for key in ("title", "version", "state", "owner", "effective", "review"):
        starts = {width(line[: _position(line, row, key)]) for line, row in zip(lines, rows, strict=True)}
        assert len(starts) == 1, f"the column {key} does not line up"


def _position(line: str, row: dict[str, str], key: str) -> int:
    """Where a field begins in a line: after all that stands before it."""
    position = 0
    for name in row:
        position = line.index(row[name], position)
        if name == key:
            return position
        position += len(row[name])
    raise KeyError(key)


def test_a_new_client_checks_clean_and_builds_at_once(tmp_path: Path) -> None:
    made = run(tmp_path, "new", "client", "yunfan", *NEW)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "content/schema/client.json").exists()
    checked = run(tmp_path, "check", "--client", "yunfan", "--as-of", DAY, "--json")
    assert checked.returncode == 0
    assert [one["code"] for one in json.loads(checked.stdout)["diagnostics"]] == ["SX-33"]  # Data are still to come.
    built = run(tmp_path, "build", "SMS-POL-01", "--client", "yunfan", "--format", "html", "--as-of", DAY, "--json")
    assert built.returncode == 0, built.stderr
    assert json.loads(built.stdout)["written"] == 2  # Drafts: nothing has been issued yet.
    files = contents(tmp_path / "build" / "yunfan")
    assert set(files) == {"draft/zh/SMS-POL-01.html", "draft/en/SMS-POL-01.html"}
    for lang, names in {"zh": ("云帆科技有限公司", "张伟"), "en": ("Yunfan & Co.", "Zhang Wei")}.items():
        text = Page(files[f"draft/{lang}/SMS-POL-01.html"].decode()).all("body")[0].text
        assert [name for name in names if name not in text] == []
    rows = json.loads(run(tmp_path, "status", "--client", "yunfan", "--as-of", DAY, "--json").stdout)
    assert {(row["version"], row["state"], row["effective"]) for row in rows} == {("A/0", "draft", "—")}
    packed = run(tmp_path, "pack", "--client", "yunfan", "--as-of", DAY)
    assert packed.returncode == 1 and "error pack-empty: " in packed.stderr
    assert contents(tmp_path / "build" / "yunfan") == files


def test_a_new_client_may_be_made_by_answering_questions(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "docgen", "new", "client", "acme"]
    answers = '云\nC"l\\oud\n云\nCloud\n\n\n\n\n'
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment(), input=answers, capture_output=True, text=True, check=True
    )
    assert "English name of the organization" in ended.stdout
    assert run(tmp_path, "check", "--client", "acme", "--as-of", DAY).returncode == 0


@pytest.mark.parametrize("name", ["../x", "a/b", "Acme", "", ".x", "x" * 60])
def test_a_client_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    ended = run(tmp_path, "new", "client", name, *NEW)
    assert ended.returncode == 1 and "error client-name: " in ended.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_an_existing_client_stays_as_it_is(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    assert run(project, "new", "client", "demo", *NEW).returncode == 1
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def completed(arguments: list[str], incomplete: str) -> set[str]:
    completion = ShellComplete(control.program, {}, "docgen", "_DOCGEN_COMPLETE")
    return {item.value for item in completion.get_completions(arguments, incomplete)}


def test_the_shell_completes_commands_codes_and_clients(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    shutil.copytree(project / "content" / "demo", project / "content" / "other")
    assert completed([], "") == set(control.program.commands) and len(control.program.commands) > 20
    assert completed(["copies"], "") == {"issue", "recall", "lose", "list"}
    assert completed(["sign", "--meaning"], "") == {"reviewed", "countersigned", "approved"}
    for command in ("submit", "sign", "history", "diff", "due", "verify"):
        assert {"--client", "--json"} <= completed([command], "--"), command
        takes_codes = command not in ("due", "verify")
        assert completed([command], "SMS-PR-23") == (codes("SMS-PR-23") if takes_codes else set()), command
    assert completed(["build"], "SMS-PR-2") == codes("SMS-PR-2")
    assert completed(["build", "--client"], "") == {"demo", "other"}
    assert completed(["build", "--lang"], "") == {"zh", "en", "bilingual", "zh-Hant"}
    assert {"--as-of", "--json", "--jobs"} <= completed(["build"], "--")


def codes(start: str) -> set[str]:
    """Codes of the sample's documents that begin so."""
    return {path.stem for path in (ROOT / "content").glob(f"*/documents/{start}*.yaml")}


def test_schemas_are_those_of_the_repository(tmp_path: Path) -> None:
    assert run(tmp_path, "schema").returncode == 0
    written: dict[str, Any] = {path.name: path.read_bytes() for path in (tmp_path / "content/schema").iterdir()}
    assert written == {path.name: path.read_bytes() for path in (ROOT / "content/schema").iterdir()}
