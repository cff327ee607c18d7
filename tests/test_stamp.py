"""A build that has nothing to do finds that out without reading content; whatever counts is noticed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.program import DAY, environment, run

BUILD = ("build", "SMS-PR-20-F01", "--lang", "en", "--format", "html", "--as-of", DAY, "--json")
HEAVY = {"pydantic", "yaml", "jinja2", "typst", "docx", "lxml", "markdown_it"}


def built(root: Path, *options: str, **more: str) -> tuple[int, set[str]]:
    """How many files a build wrote, and which of the heavy packages it loaded."""
    command = [sys.executable, "-X", "importtime", "-m", "docgen", *BUILD, *options]
    ended = subprocess.run(command, cwd=root, env=environment(**more), capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in ended.stderr.splitlines()}
    return json.loads(ended.stdout)["written"], loaded & HEAVY


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that extends the shipped base, with one document built, and a copy of it to go back to."""
    root = tmp_path_factory.mktemp("once")
    shutil.copytree(
        ROOT / "content" / "demo", root / "now" / "content" / "demo", ignore=shutil.ignore_patterns("records")
    )
    assert built(root / "now") == (1, HEAVY)
    shutil.copytree(root / "now", root / "then")
    return root


@pytest.fixture
def project(once: Path) -> Path:
    """The project as it was after its build, in the place where it was built."""
    shutil.rmtree(once / "now")
    shutil.copytree(once / "then", once / "now")
    return once / "now"


def test_an_unchanged_project_is_left_alone_and_nothing_heavy_is_loaded(project: Path) -> None:
    assert built(project) == (0, set())
    assert built(project, "--jobs", "1") == (0, set())


def test_a_copied_project_has_content_of_its_own(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project, tmp_path / "copy")
    append(tmp_path / "copy/content/demo/policy.yaml", "\n# x\n")
    assert "pydantic" in built(tmp_path / "copy")[1]


def append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(path.read_text("utf-8") + text if path.exists() else text, "utf-8")


def of_same_size_and_time(path: Path) -> None:
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"2030", b"2031").replace(b"2026", b"2027"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def acknowledged(root: Path) -> None:
    now = "2026-12-01T09:00:00+08:00"
    ended = run(root, "acknowledge", "SMS-PR-20-F01", "--as", "ding-zhuo", DOCGEN_NOW=now)
    assert ended.returncode == 0, ended.stderr


CHANGES: dict[str, Callable[[Path], object]] = {
    "comment in the content": lambda root: append(root / "content/demo/policy.yaml", "\n# x\n"),
    "edit that keeps size and time": lambda root: of_same_size_and_time(root / "content/demo/plan.yaml"),
    "own label": lambda root: append(root / "content/demo/templates/en/labels.yaml", "words: {title: Name}\n"),
    "output gone": lambda root: (root / "build/demo/en/SMS-PR-20-F01.html").unlink(),
    "output edited": lambda root: append(root / "build/demo/en/SMS-PR-20-F01.html", "x"),
    "base of one's own": lambda root: shutil.copytree(ROOT / "content/base", root / "content/base"),
    "step in the library": acknowledged,
    "stamp damaged": lambda root: append(next(root.glob("build/demo/.cache/runs/*")), "x"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_counts_is_noticed(project: Path, change: str) -> None:
    CHANGES[change](project)
    assert "pydantic" in built(project)[1]
    assert built(project) == (0, set())


def test_another_day_is_another_build(project: Path) -> None:
    assert "pydantic" in built(project, "--as-of", "2026-11-21")[1]
    assert built(project) == (0, set())


def test_another_version_of_an_engine_is_noticed(project: Path, tmp_path: Path) -> None:
    (tmp_path / "more" / "typst-99.dist-info").mkdir(parents=True)
    path = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), str(tmp_path / "more")]))
    assert "pydantic" in built(project, PYTHONPATH=path)[1]
