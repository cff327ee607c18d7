"""Coverage: exact clause numbers, every section that names one, what is missing, and standards added as data."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from docgen.compose.composer import Composer
from docgen.coverage import Coverage, Survey
from docgen.diagnostics import DocgenError
from docgen.library.shelf import Shelf
from docgen.library.standings import standings
from docgen.model.workspace import Workspace, load
from docgen.standard import CLAUSES, PRIMARY, outline, outlines, read
from tests.conftest import AS_OF, ROOT
from tests.program import DAY, run
from tests.reading import Page


def surveyed(workspace: Workspace, name: str) -> Coverage:
    lives = Shelf(workspace.folders[0]).lives(DAY)
    composer = Composer(workspace, AS_OF, standings(workspace.content, lives, AS_OF))
    return Survey(composer, lambda code, language: {}).of(outline(name, workspace.folders))


@pytest.fixture(scope="module")
def primary(demo: Workspace) -> Coverage:
    return surveyed(demo, PRIMARY)


def test_the_sample_covers_the_standard(primary: Coverage) -> None:
    assert [(row.clause.id, row.status, row.missing) for row in primary.rows if row.status != "covered"] == []
    assert len(primary.rows) == 63
    assert [row.kind.id for row in primary.kinds if not row.places or row.missing] == []
    assert len(primary.kinds) == 12


def test_the_sample_covers_the_guides(demo: Workspace) -> None:
    found = surveyed(demo, "guides")
    assert [(row.clause.id, row.missing) for row in found.rows if row.status != "covered"] == []
    assert len(found.rows) >= 136


def test_places_name_document_section_and_records(primary: Coverage) -> None:
    rows = {row.clause.id: row for row in primary.rows}
    change = rows["8.5.1.3"]
    assert {"SMS-PR-20", "SMS-M-01"} <= {place.code for place in change.places if place.number}
    assert "SMS-PR-20-F01" in {proof.code for proof in change.proofs}
    assert all(place.title["zh"] and place.title["en"] for row in primary.rows for place in row.places)


def test_numbers_are_matched_exactly(tmp_path: Path) -> None:
    client = tmp_path / "content" / "exact"
    (client / "outlines").mkdir(parents=True)
    (client / "templates" / "zh").mkdir(parents=True)
    (client / "templates" / "en").mkdir()
    (client / "client.yaml").write_text("extends: demo\n", "utf-8")
    (client / "outlines" / "other.yaml").write_text(
        "standard: Other\nclauses:\n"
        "  - {id: '5.1', asks: {zh: 甲, en: A}}\n"
        "  - {id: '5.1.1', parent: '5.1', documented: mandatory, asks: {zh: 乙, en: B}, documents: [SMS-POL-01]}\n"
        "  - {id: '5.1.12', parent: '5.1', documented: mandatory, asks: {zh: 丙, en: C}}\n",
        "utf-8",
    )
    for language in ("zh", "en"):
        text = '# A {#a clauses="other:5.1.12"}\n\nText.\n'
        (client / "templates" / language / "policy.md").write_text(text, "utf-8")
    found = surveyed(load("exact", (tmp_path / "content", ROOT / "content")), "other")
    assert {row.clause.id: row.status for row in found.rows} == {"5.1.1": "gap", "5.1.12": "draft"}
    assert [row.missing for row in found.rows] == [("SMS-POL-01",), ()]
    assert found.gaps == 2


ISO_9001 = """\
standard: {zh: ISO 9001:2015, en: ISO 9001:2015}
clauses:
  - id: '7'
    title: {zh: 支持, en: Support}
  - id: '7.5'
    parent: '7'
    title: {zh: 成文信息, en: Documented information}
    documented: mandatory
    asks: {zh: 成文信息受控。, en: Documented information is under control.}
    documents: [SMS-PR-01]
    shown: [{document: SMS-PR-01, sections: [purpose, steps]}]
  - id: '8'
    title: {zh: 运行, en: Operation}
  - id: '8.4'
    parent: '8'
    title: {zh: 外部提供的过程、产品和服务的控制, en: Control of externally provided processes, products and services}
    documented: mandatory
    asks: {zh: 供方受控。, en: Providers are under control.}
    shown: [{document: SMS-PR-16, sections: [no-such-section]}]
    data: [suppliers.suppliers]
"""


@pytest.fixture
def with_iso_9001(tmp_path: Path) -> Path:
    client = tmp_path / "content" / "quality"
    (client / "outlines").mkdir(parents=True)
    (client / "client.yaml").write_text("extends: demo\n", "utf-8")
    (client / "outlines" / "iso9001-2015.yaml").write_text(
        ISO_9001.replace(
            ": Control of externally provided processes, products and services", ": Externally provided services"
        ),
        "utf-8",
    )
    for name in ("base", "extended", "demo"):
        (tmp_path / "content" / name).symlink_to(ROOT / "content" / name)
    return tmp_path


def test_another_standard_is_one_file(with_iso_9001: Path) -> None:
    asked = ("coverage", "--client", "quality", "--standard", "iso9001-2015", "--as-of", DAY)
    done = run(with_iso_9001, *asked, "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    told = json.loads(done.stdout)
    assert [(row["clause"], row["status"], row["missing"]) for row in told["clauses"]] == [
        ("7.5", "draft", []),
        ("8.4", "gap", ["SMS-PR-16#no-such-section"]),
    ]
    assert {place["document"] for place in told["clauses"][0]["places"]} == {"SMS-PR-01"}
    assert told["clauses"][1]["data"]["suppliers.suppliers"] > 0
    text = run(with_iso_9001, *asked).stdout
    assert "8.4       GAP  Externally provided services" in text and "SMS-PR-16#no-such-section" in text
    chinese = run(with_iso_9001, *asked, DOCGEN_LANG="zh").stdout
    assert "8.4       缺口  外部提供的过程、产品和服务的控制" in chinese


def test_page_and_workbook_hold_both_languages(with_iso_9001: Path) -> None:
    asked = ("coverage", "--client", "quality", "--as-of", DAY)
    for form in ("html", "xlsx"):
        done = run(with_iso_9001, *asked, "--format", form, "--output", f"report.{form}")
        assert done.stderr == "", done.stderr
    page = Page((with_iso_9001 / "report.html").read_text("utf-8"))
    assert {"zh", "en"} <= set(page.ids()) and {f"en-{clause}" for clause in ("4.1", "10.2")} <= set(page.ids())
    book = openpyxl.load_workbook(BytesIO((with_iso_9001 / "report.xlsx").read_bytes()))
    assert book.sheetnames == ["中文", "English"]
    assert [row[0].value for row in book["English"].iter_rows(min_row=2)][:2] == ["4.1", "4.2"]


def test_an_unknown_standard_and_a_bad_outline_are_told(with_iso_9001: Path) -> None:
    done = run(with_iso_9001, "coverage", "--client", "quality", "--standard", "iso9002")
    assert done.returncode == 1 and "there is no standard iso9002" in done.stderr and "iso9001-2015" in done.stderr
    with pytest.raises(DocgenError) as unknown:
        outline("iso9002")
    assert [one.code for one in unknown.value.diagnostics] == ["outline-unknown"]
    for text, code in (
        ("clauses: []\n", "outline-bad"),
        ("standard: X\nclauses:\n  - {id: '1', parent: '0'}\n", "outline-clause"),
        ("standard: X\nclauses:\n  - {id: '1'}\n  - {id: '1'}\n", "outline-clause"),
        ("standard: X\nclauses:\n  - {title: {zh: 无, en: none}}\n", "outline-bad"),
        ("standard: X\nclauses:\n  - {id: '1', documented: perhaps}\n", "outline-bad"),
    ):
        path = with_iso_9001 / "bad.yaml"
        path.write_text(text, "utf-8")
        with pytest.raises(DocgenError) as caught:
            read(path)
        assert [one.code for one in caught.value.diagnostics] == [code]


def test_the_outline_is_whole() -> None:
    assert set(outlines()) >= {PRIMARY, "guides"}
    found = outline(PRIMARY)
    assert len(found.clauses) == 88 and sum(len(clause.items) for clause in found.clauses.values()) == 112
    for clause in found.leaves:
        assert clause.asks["zh"] and clause.asks["en"]
        assert clause.parent in CLAUSES


def test_every_code_and_section_that_outlines_name_is_there(demo: Workspace) -> None:
    for name in (PRIMARY, "guides"):
        found = outline(name)
        codes = {code for clause in found.clauses.values() for code in clause.documents}
        codes |= {code for kind in found.kinds for code in kind.documents}
        codes |= {shown.document for clause in found.clauses.values() for shown in clause.shown}
        assert codes - set(demo.content.documents) == set()
