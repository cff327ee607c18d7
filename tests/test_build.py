"""Builds leave right files or none: same input same bytes, nothing written twice, nothing half-written."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path

import pytest

from docgen.build import DRAFT, build
from docgen.compose.digest import content_digest
from docgen.model.workspace import Workspace, load
from docgen.order import FORMATS, Request
from tests.conftest import AS_OF, WHOLE, Sample, silent
from tests.program import DAY, run
from tests.reading import Page, contents

pytestmark = WHOLE
SMALL = "SMS-PR-20-F02"
AGAIN = ("SMS-PL-02", "SMS-RG-04", "SMS-RG-18", "SMS-PR-31", "SMS-PR-15", "SMS-WI-04", "SMS-PR-20-F02", "SMS-PL-08")
"""Documents of several kinds, in force and being made."""
SAMPLED = {"77单", "77 tickets"}
FILES = sorted(f"{lang}/{SMALL}.{format_}" for lang in ("zh", "en") for format_ in FORMATS)


def times(folder: Path) -> dict[str, int]:
    """When each visible file was written."""
    return {name: (folder / name).stat().st_mtime_ns for name in contents(folder)}


@pytest.fixture(scope="module")
def once(demo: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of one document in all its files."""
    folder = tmp_path_factory.mktemp("once") / "demo"
    build(demo, folder, Request(AS_OF, (SMALL,)), silent)
    assert sorted(contents(folder)) == FILES
    return folder


@pytest.fixture
def small(once: Path, tmp_path: Path) -> Path:
    """That build, to spoil."""
    shutil.copytree(once, tmp_path / "build" / "demo")
    return tmp_path / "build" / "demo"


def test_building_again_writes_nothing(sample: Sample) -> None:
    before, written = contents(sample.folder), times(sample.folder)
    again = build(sample.workspace, sample.folder, Request(AS_OF), silent)
    assert [output.path for output in again.outputs if output.written] == []
    assert contents(sample.folder) == before and times(sample.folder) == written


def test_what_is_issued_travels_with_the_digest_of_what_it_says(sample: Sample) -> None:
    assert [one.code for one in sample.built.in_force if content_digest(one.open()) != one.content] == []


def test_another_folder_process_zone_and_number_of_workers_give_the_same_bytes(
    demo: Workspace, elsewhere: Path, tmp_path: Path
) -> None:
    there = {name: data for name, data in contents(elsewhere).items() if not name.startswith("pack/")}
    build(demo, tmp_path, Request(AS_OF, AGAIN), silent)
    here = contents(tmp_path)
    assert len(here) >= len(AGAIN) * 6 and here == {name: there.get(name) for name in here}


def test_a_changed_field_rewrites_only_documents_that_print_it(sample: Sample, project: Path) -> None:
    folder = project / "build" / "demo"
    shutil.copytree(sample.folder, folder)
    parameters = project / "content" / "demo" / "parameters.yaml"
    parameters.write_text(parameters.read_text("utf-8") + "\nincident.sample: 77 tickets\n", "utf-8")
    before = contents(folder)
    built = build(load("demo", (project / "content",)), folder, Request(AS_OF), silent)
    after = contents(folder)
    changed = {name for name, data in after.items() if before.get(name) != data}
    printing = {
        name.removesuffix(".html") for name, data in after.items() if name.endswith(".html") and SAMPLED & printed(data)
    }
    assert changed == {f"{name}.{format_}" for name in printing for format_ in FORMATS}
    assert {output.path.relative_to(folder).as_posix() for output in built.outputs if output.written} == changed
    assert 0 < len(printing) < len(after) / 6
    assert {name.partition("/")[0] for name in changed} == {DRAFT}, "what is in force says what was issued"
    fronts = {one.code: one.open().front for one in built.in_force}
    for one in built.drafts:
        if one.code in fronts and f"{DRAFT}/{one.language}/{one.code}.pdf" not in before:
            assert one.open().front.version == f"{fronts[one.code].version}+"


def printed(data: bytes) -> set[str]:
    """Which of the two forms a page prints."""
    text = Page(data.decode()).all("body")[0].text
    return {form for form in SAMPLED if form in text}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("content/demo/policy.yaml", "statement: [\n", "yaml-syntax"),
        ("content/demo/parameters.yaml", "incident.p1.response: soon\n", "quantity-bad"),
        ("content/demo/templates/en/form.md", "# A {#a}\n\n{{ nothing.there }}\n", "template-undefined"),
        ("content/demo/templates/en/form.md", "# A {#a}\n\n{sec:b}\n", "reference-unknown"),
        ("content/demo/brand/logo.svg", "<svg broken", "logo-broken"),
        ("content/demo/templates/en/shell.docx", "no zip", "shell-bad"),
    ],
)
def test_a_mistake_leaves_the_last_good_output_as_it_was(
    small: Path, project: Path, name: str, text: str, code: str
) -> None:
    before, written = contents(small), times(small)
    if code in ("logo-broken", "shell-bad"):  # What is issued keeps the dress that it was issued in.
        shutil.rmtree(project / "content/demo/library")
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text(text, "utf-8")
    ended = run(project, "build", SMALL, "--as-of", DAY)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"error {code}: " in ended.stderr and "Traceback" not in ended.stderr
    assert contents(small) == before and times(small) == written
    assert [path for path in small.iterdir() if path.name.startswith(".new")] == []


def test_what_is_issued_keeps_its_text_and_dress_whatever_becomes_of_the_content(
    demo: Workspace, small: Path, project: Path, tmp_path: Path
) -> None:
    content = project / "content"
    shutil.copy(content / "starter/brand/logo.svg", content / "demo/brand/logo.svg")
    edited, count = re.subn(r"primary: .*", 'primary: "#7F0000"', (content / "demo/client.yaml").read_text("utf-8"))
    assert count == 1
    (content / "demo/client.yaml").write_text(edited, "utf-8")
    for lang, text in {"en": "# Other {#other}\n\nText.\n", "zh": "# 另外 {#other}\n\n正文。\n"}.items():
        (content / "demo/templates" / lang).mkdir(parents=True)
        (content / "demo/templates" / lang / "form.md").write_text(text, "utf-8")
    folder = tmp_path / "anew"
    built = build(load("demo", (content,)), folder, Request(AS_OF, (SMALL,)), silent)
    assert {name: data for name, data in contents(folder).items() if not name.startswith(DRAFT)} == contents(small)
    assert {one.open().blocks[0]["c"][1][0] for one in built.drafts} == {"other"}


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_a_damaged_cache_is_noticed(demo: Workspace, small: Path, suffix: str) -> None:
    before = contents(small)
    for path in (small / ".cache").glob("??/*"):
        if path.suffix == suffix:
            path.write_bytes(path.read_bytes()[:-9])
    (small / "zh" / f"{SMALL}.docx").unlink()
    built = build(demo, small, Request(AS_OF, (SMALL,)), silent)
    rewritten = {output.path.relative_to(small).as_posix() for output in built.outputs if output.written}
    assert rewritten == ({f"zh/{SMALL}.docx"} if suffix == "" else set(FILES))
    assert contents(small) == before


def test_a_file_changed_by_hand_is_put_right_without_being_written_anew(demo: Workspace, small: Path) -> None:
    before = contents(small)
    (small / "zh" / f"{SMALL}.docx").write_bytes(b"edited")
    (small / "en" / f"{SMALL}.pdf").unlink()
    built = build(demo, small, Request(AS_OF, (SMALL,)), silent)
    assert not any(output.written for output in built.outputs)
    assert contents(small) == before


def test_what_no_document_needs_any_more_is_dropped_from_the_cache(sample: Sample, small: Path) -> None:
    def kept(folder: Path) -> set[str]:
        return {path.name for path in (folder / ".cache").glob("??/*")}

    assert kept(small) < kept(sample.folder)
    assert len(kept(sample.folder)) <= len(sample.built.outputs) * 4 / 3


def test_what_is_no_longer_in_force_or_being_made_is_cleared_away(sample: Sample, tmp_path: Path) -> None:
    shutil.copytree(sample.folder, tmp_path / "demo")
    gone = [code for code, life in sample.lives.items() if code not in sample.in_force and life.open is None]
    made = {one.code for one in sample.built.drafts}
    old = [
        f"zh/{gone[0]}.pdf",
        "en/SMS-PR-99.html",
        *(f"{DRAFT}/en/{code}.docx" for code in sample.in_force if code not in made),
    ]
    for name in (*old, "zh/notes.txt"):
        (tmp_path / "demo" / name).write_bytes(b"x")
    build(sample.workspace, tmp_path / "demo", Request(AS_OF), silent)
    assert set(contents(tmp_path / "demo")) == {*contents(sample.folder), "zh/notes.txt"}


def test_an_issued_version_is_a_draft_no_more_before_it_takes_effect(sample: Sample, tmp_path: Path) -> None:
    release = sample.in_force[SMALL].release
    assert release is not None and release.day < release["effective"]
    day = datetime.date.fromisoformat(release.day)
    built = build(sample.workspace, tmp_path, Request(day, (SMALL,), ("en",), formats=("html", "docx")), silent)
    assert set(contents(tmp_path)) == {f"{DRAFT}/en/{SMALL}.html", f"{DRAFT}/en/{SMALL}.docx"}
    (one,) = built.drafts
    assert (one.open().front.version, one.open().front.watermark) == (sample.in_force[SMALL].version, "")
    assert (tmp_path / DRAFT / "en" / f"{SMALL}.docx").read_bytes() == (sample.folder / f"en/{SMALL}.docx").read_bytes()


def test_parts_of_a_request_are_built_alone(demo: Workspace, tmp_path: Path) -> None:
    built = build(demo, tmp_path, Request(AS_OF, (SMALL,), ("en",), formats=("html", "docx")), silent)
    expected = {f"en/{SMALL}.html", f"en/{SMALL}.docx"}
    assert {output.path.relative_to(tmp_path).as_posix() for output in built.outputs} == expected
    assert set(contents(tmp_path)) == expected
