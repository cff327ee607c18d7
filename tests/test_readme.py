"""README, help, Makefile and commands say the same."""

from __future__ import annotations

import re
import subprocess
from typing import cast

import click
import pytest

from docgen.cli.control import program
from docgen.cli.words import WORDS
from docgen.compose.views import context, views
from docgen.model.newborn import newborns
from docgen.model.workspace import FILES, FOLDERS, RECORDS, Workspace
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
ENGLISH, CHINESE = README.split("\n## English\n")[1].split("\n## 中文\n")
TARGETS = set(re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)[0].split())


def commands(group: click.Group, before: str = "docgen") -> list[tuple[str, click.Command]]:
    """Every command with the words that call it."""
    found: list[tuple[str, click.Command]] = []
    for name, command in group.commands.items():
        words = f"{before} {name}"
        found += commands(command, words) if isinstance(command, click.Group) else [(words, command)]
    return found


COMMANDS = commands(cast(click.Group, program))


@pytest.mark.parametrize("part", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_tables_of_commands_list_every_command_and_no_other(part: str) -> None:
    listed = re.findall(r"^\| `(docgen [a-z]+(?: [a-z]+)?)", part, re.MULTILINE)
    assert sorted(listed) == sorted(words for words, _ in COMMANDS)


@pytest.mark.parametrize("part", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_every_option_named_is_one(part: str) -> None:
    known = {option for _, command in COMMANDS for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", part)) <= known
    build = next(command for words, command in COMMANDS if words == "docgen build")
    named = {option for parameter in build.params for option in parameter.opts if option.startswith("--")}
    assert {option for option in named if option not in part} == set()


@pytest.mark.parametrize("part", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_make_targets_and_exit_codes(part: str) -> None:
    assert set(re.findall(r"`(help setup [a-z ]+)`", part)[0].split()) == TARGETS
    for code in ("0", "1", "2", "130"):
        assert re.search(rf"(?<!\d){code}(?!\d)", part)
        assert all(re.search(rf"(?<!\d){code}(?!\d)", sentence) for sentence in WORDS["docgen"])


def test_make_help_lists_every_target() -> None:
    printed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    assert {line.split()[0] for line in printed.splitlines()} == TARGETS


@pytest.mark.parametrize("part", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_files_of_a_client_are_the_ones_read(part: str) -> None:
    rows = part[part.index("| `client.yaml`") : part.index("| `templates/<")]
    files = set(re.findall(r"`([a-z]+)\.yaml`", rows))
    folders = set(re.findall(r"`([a-z]+)/", rows))
    assert (files, folders) == (set(FILES), {*FOLDERS, RECORDS})


def test_names_that_templates_may_use_are_there(demo: Workspace) -> None:
    sentence = re.findall(r"Names: (.*?)\. A heading", ENGLISH)[0]
    standings = newborns(demo.content).working
    known = {*context(demo.content, "SMS-PR-20", standings["SMS-PR-20"], "en")}
    known |= {*views(demo.content, standings, "en", lambda: ())}
    assert set(re.findall(r"`([a-z_]+)`", sentence)) <= known


def test_references_shown_are_kinds(demo: Workspace) -> None:
    kinds = {*demo.named(), "doc", "param", "setting", "target", "sec", "tbl", "fig"}
    assert set(re.findall(r"`\{([a-z]+):\S", README)) <= kinds
