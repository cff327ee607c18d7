"""Rules on composed documents and on folders: cases made from the sample client."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from docgen.checks import check_document
from docgen.checks.families import FAMILIES
from docgen.checks.likeness import FOLDER, fingerprint
from docgen.checks.rule import Case
from docgen.compose.composer import Composer
from docgen.compose.digest import content_digest, of_languages
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.model.newborn import newborns
from docgen.model.standing import Standing, Standings
from docgen.model.workspace import Workspace, load
from docgen.standard import CLAUSES
from tests.conftest import AS_OF, ROOT

RULES = {rule.code: rule for family in FAMILIES for rule in family.rules}


def client(folder: Path, **files: str) -> Workspace:
    """The sample client with files laid on it."""
    (folder / "odd").mkdir(exist_ok=True)
    for name, text in {"client": "extends: demo\n", **files}.items():
        path = folder / "odd" / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return load("odd", (folder, ROOT / "content"))


def looked_at(workspace: Workspace, code: str, **standings: Mapping[str, Any]) -> Case:
    """A document as rules look at it, with standings of documents by code."""
    born = newborns(workspace.content).listed
    made: dict[str, Standing] = {**born}
    for name, fields in standings.items():
        made[name.replace("_", "-")] = replace(made[name.replace("_", "-")], **fields)
    return Case(Composer(workspace, AS_OF, Standings(made, made)), (code,))


def values(code: str, case: Case) -> list[Mapping[str, str]]:
    return [one.values for one in RULES[code].find(case)]


def test_figures_differ(tmp_path: Path) -> None:
    statement = "statement:\n  zh: 在15分钟内响应。\n  en: Respond within 16 minutes.\n"
    (hit,) = values("DC-50", looked_at(client(tmp_path, policy=statement), "SMS-POL-01"))
    assert (hit["document"], hit["zh_only"], hit["en_only"]) == ("SMS-POL-01", "15分钟", "16 minutes")


def test_shapes_differ(tmp_path: Path) -> None:
    statement = "explanation:\n  zh: |\n    一。\n\n    二。\n  en: One.\n"
    assert values("DC-50-shape", looked_at(client(tmp_path, policy=statement), "SMS-POL-01"))


def test_one_side_is_empty(tmp_path: Path) -> None:
    issue = "issues: {E1: {effect: {zh: 有影响, en: ' '}}}\n"
    assert values("DC-50-empty", looked_at(client(tmp_path, context=issue), "SMS-RG-01"))


@pytest.mark.parametrize("code", ["DC-50", "DC-50-shape", "DC-50-empty"])
def test_languages_agree(demo: Workspace, code: str) -> None:
    assert values(code, looked_at(demo, "SMS-POL-01")) == []


def test_content_is_as_issued(demo: Workspace) -> None:
    composer = Composer(demo, AS_OF)
    now = of_languages({lang: content_digest(composer.compose("SMS-POL-01", lang)) for lang in ("zh", "en")})
    for digest, count in ((now, 0), ("0" * 64, 1)):
        standing = {"state": "in_force", "unopened": True, "issued_digest": digest}
        assert len(values("DC-20", looked_at(demo, "SMS-POL-01", SMS_POL_01=standing))) == count


@pytest.mark.parametrize(("state", "count"), [("in_force", 0), ("withdrawn", 1)])
def test_references_hold(demo: Workspace, state: str, count: int) -> None:
    standings: Any = {"SMS_PR_20": {"state": "in_force"}, "SMS_PR_20_F01": {"state": state}}
    assert len(values("DC-36", looked_at(demo, "SMS-PR-20", **standings))) == count


@pytest.mark.parametrize("lagging", [frozenset(), frozenset({"en"})])
def test_translation_follows(demo: Workspace, lagging: frozenset[str]) -> None:
    case = looked_at(demo, "SMS-POL-01", SMS_POL_01={"lagging": lagging})
    assert [hit["language"] for hit in values("DC-51-pending", case)] == sorted(lagging)


def test_document_control_prints_its_settings(demo: Workspace, tmp_path: Path) -> None:
    assert values("DC-58", looked_at(demo, "SMS-PR-01")) == []
    for language in ("zh", "en"):
        folder = tmp_path / "odd" / "templates" / language
        folder.mkdir(parents=True)
        (folder / "bare.md").write_text("# 1 {#a}\n\nNothing of the settings.\n", "utf-8")
    odd = client(tmp_path, **{"documents__SMS-PR-01": "template: bare\n"})
    assert {"recall_within", "translation_within"} <= {
        hit["setting"] for hit in values("DC-58", looked_at(odd, "SMS-PR-01"))
    }


def test_the_list_holds_the_whole_library(tmp_path: Path) -> None:
    odd = client(tmp_path)
    whole = Case(Composer(odd, AS_OF))
    assert values("DC-25-library", whole) == []
    lost = tmp_path / "odd" / "library" / "SMS-PR-99" / "ledger.jsonl"
    lost.parent.mkdir(parents=True)
    lost.write_text("", "utf-8")
    assert values("DC-25-library", whole) == [{"document": "SMS-PR-99"}]


def test_no_other_client_is_named(tmp_path: Path) -> None:
    (tmp_path / "yunfan").mkdir()
    other = "extends: base\nname: {zh: 云帆科技有限公司, en: Yunfan Ltd}\nshort: {zh: 云帆, en: Yunfan}\n"
    (tmp_path / "yunfan" / "client.yaml").write_text(other, "utf-8")
    odd = client(tmp_path, policy="explanation:\n  zh: 云帆科技有限公司的方针。\n  en: Policy of Lanqi.\n")
    hits = values("DC-34-name", Case(Composer(odd, AS_OF)))
    assert [hit["text"] for hit in hits] == ["云帆科技有限公司"]
    (tmp_path / "odd" / "policy.yaml").unlink()
    assert values("DC-34-name", Case(Composer(load("odd", (tmp_path, ROOT / "content")), AS_OF))) == []


COPY = """
An organization keeps what it promised, and whoever reads this twice will know that it was never part of a standard.
任何一个组织都会把说过的话记在纸上，读过两遍的人会知道这一句从来不是哪一项标准里的话。
"""
"""Stands for somebody's licensed copy."""


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("and whoever reads this twice will know that it was", True),
        ("And whoever reads\nthis twice, will know: that IT was never. Or else", True),
        ("and whoever reads this twice will know that it is", False),
        ("whoever reads this twice will know that it was", False),
        ("任何一个组织都会把说过的话，记在纸上", True),
        ("任何一个组织都会把说过的话写在纸上", False),
    ],
)
def test_what_repeats_a_licensed_copy_is_found_by_its_fingerprint_alone(
    tmp_path: Path, text: str, copied: bool
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(COPY, "utf-8")
    lines = text.replace("\n", "\n    ")
    odd = client(tmp_path, policy=f"explanation:\n  zh: |\n    {lines}\n  en: |\n    {lines}\n")
    case = Case(Composer(odd, AS_OF))
    assert values("DC-44", case) == []
    folder = tmp_path / "odd" / FOLDER
    folder.mkdir()
    (folder / "copy.txt").write_bytes(fingerprint(copy))
    assert not re.search(r"[g-z]", (folder / "copy.txt").read_text())
    assert [hit["text"] in " ".join(text.split()) for hit in values("DC-44", case)] == [True] * copied


def test_titles_of_clauses_are_no_copy_and_a_file_without_text_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    title = max((clause.title["en"] for clause in CLAUSES.values()), key=lambda one: len(one.split()))
    copy.write_text(title, "utf-8")
    for data, code in ((b"", "no-words"), (copy.read_bytes(), "no-words"), (b"\xff\xfe", "file-not-utf8")):
        copy.write_bytes(data)
        with pytest.raises(DocgenError) as caught:
            fingerprint(copy)
        assert [one.code for one in caught.value.diagnostics] == [code]


def test_an_error_of_wording_stands_against_the_issue_of_its_own_document(tmp_path: Path) -> None:
    odd = client(tmp_path, procedures__change="purpose: {zh: '提出后,由经理审核。', en: Words}\n")
    composer = Composer(odd, AS_OF)
    assert "GP-09" in errors(check_document(composer, "SMS-PR-20"))
    assert "GP-09" not in errors(check_document(composer, "SMS-PR-23"))


def errors(found: list[Diagnostic]) -> set[str]:
    return {one.code for one in found if one.severity == "error"}
