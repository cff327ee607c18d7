"""The auditor's pack: what is in force and nothing else, with proof; readable places, working links, same bytes."""

from __future__ import annotations

import datetime
import io
import json
import posixpath
import re
import shutil
import zipfile
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import unquote

import openpyxl  # type: ignore[import-untyped]
import pytest

from docgen import delivery
from docgen.build import Built
from docgen.compose.composer import Composer
from docgen.compose.labels import read_labels
from docgen.compose.views import in_order
from docgen.delivery import packed
from docgen.diagnostics import DocgenError, Language
from docgen.library.lifecycle import Edition
from docgen.library.shelf import OBJECTS
from docgen.model.newborn import newborn
from docgen.model.workspace import load
from docgen.order import FORMATS, Request
from docgen.pack import Contents, Document, pack
from docgen.redlines import Compared
from tests.conftest import AS_OF, ROOT, SINCE, WHOLE, Sample, silent
from tests.program import DAY, run
from tests.reading import Page, Pdf, Word, contents, spaced

pytestmark = WHOLE
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Pack = dict[str, bytes]


@pytest.fixture(scope="module")
def unpacked(elsewhere: Path) -> Pack:
    """What the program's own pack holds."""
    with zipfile.ZipFile(elsewhere / "pack" / "demo-sms-2026-11-25.zip") as archive:
        assert archive.testzip() is None
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def manifest(unpacked: Pack) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(unpacked["manifest.json"])
    return found


def test_packing_again_gives_the_same_bytes(sample: Sample, elsewhere: Path, tmp_path: Path) -> None:
    shutil.copytree(sample.folder, tmp_path / "demo")
    path, size, documents = packed(sample.workspace, tmp_path / "demo", Request(AS_OF), silent, since=SINCE)
    assert path.read_bytes() == (elsewhere / "pack" / path.name).read_bytes()
    assert (size, documents) == (path.stat().st_size, len(sample.in_force))


def test_the_pack_holds_every_file_in_force_and_no_other(elsewhere: Path, unpacked: Pack) -> None:
    built = {name: data for name, data in contents(elsewhere).items() if not name.startswith("pack/")}
    held = Counter(sha256(data).hexdigest() for data in unpacked.values())
    in_force = Counter(sha256(data).hexdigest() for name, data in built.items() if not name.startswith("draft/"))
    drafts = Counter(sha256(data).hexdigest() for name, data in built.items() if name.startswith("draft/"))
    assert in_force <= held and drafts and not drafts & held


def test_the_pack_proves_what_it_holds(sample: Sample, unpacked: Pack, elsewhere: Path, tmp_path: Path) -> None:
    """Ledgers of all documents, frozen versions of those in force, as they lie in the library; `verify` agrees."""
    held = {path.removeprefix("library/"): data for path, data in unpacked.items() if path.startswith("library/")}
    library = sample.workspace.folders[0] / "library"
    assert {path: (library / path).read_bytes() for path in held if not path.startswith("keys/")} == {
        path: data for path, data in held.items() if not path.startswith("keys/")
    }
    assert {path.split("/")[0] for path in held if path.endswith("/ledger.jsonl")} == set(sample.lives)
    versions = {tuple(path.split("/")[:2]) for path in held if path.endswith("/release.json")}
    assert versions == {(code, edition.version.replace("/", "")) for code, edition in sample.in_force.items()}
    named = set().union(*(release_objects(data) for path, data in held.items() if path.endswith("/release.json")))
    assert {path.split("/")[1] for path in held if path.startswith(f"{OBJECTS}/")} == named
    pack_ = elsewhere / "pack" / f"demo-sms-{DAY}.zip"
    verified = run(tmp_path, "verify", str(pack_), "--as-of", DAY)
    assert (verified.returncode, verified.stderr) == (0, "")


def release_objects(data: bytes) -> set[str]:
    """The logos and Word shells that a frozen version names."""
    release = json.loads(data)
    return {*release["shells"].values(), *release["logos"]}


def test_files_lie_in_folders_by_level_under_readable_names(sample: Sample, unpacked: Pack) -> None:
    levels = {"zh": "一二三四", "en": "1234"}
    for one in sample.built.in_force:
        front, lang = one.open().front, one.language
        record = sample.workspace.content.documents[one.code]
        name = f"{one.code}_{front.title.replace(' ', '-').replace('/', '')}_{front.version.replace('/', '')}"
        folder = next(path for path in unpacked if path.startswith(f"{lang}/{record.level}_")).split("/")[1]
        assert levels[lang][int(record.level) - 1] in folder
        places = {f"{lang}/{folder}/{name}.docx", f"{lang}/{folder}/{name}.pdf", f"html/{lang}/{one.code}.html"}
        assert places <= set(unpacked)
    assert [path for path in unpacked if re.search(r'[\\:*?"<>| #%]', path)] == []


def test_the_manifest_tells_every_file_its_size_and_checksum(unpacked: Pack, manifest: dict[str, Any]) -> None:
    told = {entry["path"]: (entry["size"], entry["sha256"]) for entry in manifest["files"]}
    held = {path: (len(data), sha256(data).hexdigest()) for path, data in unpacked.items() if path != "manifest.json"}
    assert told == held


def test_the_manifest_tells_versions_and_dates(sample: Sample, manifest: dict[str, Any], unpacked: Pack) -> None:
    assert (manifest["client"], manifest["as_of"]) == ("demo", "2026-11-25")
    records = sample.workspace.content.documents
    assert {row["code"] for row in manifest["documents"]} == set(sample.in_force)
    for row in manifest["documents"]:
        record, edition = records[row["code"]], sample.in_force[row["code"]]
        assert edition.release is not None
        dates = [edition.release.day, edition.effective, edition.next_review]
        assert [row[key] for key in ("issued", "effective", "next_review")] == dates
        assert (row["version"], row["level"]) == (edition.version, record.level)
        assert (row["digest"], row["status"]["en"]) == (edition.digest, "In force")
        kinds = Counter((file["language"], file["format"]) for file in row["files"])
        formats = (*FORMATS, "xlsx") if record.kind == "register" else FORMATS
        assert kinds == Counter((lang, format_) for lang in LANGUAGES for format_ in formats)
        assert [file["path"] for file in row["files"] if file["path"] not in unpacked] == []


def test_what_is_not_in_force_is_named_with_its_state(sample: Sample, manifest: dict[str, Any], unpacked: Pack) -> None:
    words = {lang: read_labels((), lang) for lang in LANGUAGES}
    editions = [
        (code, edition) for code in in_order(sample.workspace.content) for edition in sample.lives[code].editions
    ]
    states = [(code, edition.version, sample.lives[code].state(edition, DAY)) for code, edition in editions]
    left_out = [one for one in states if one[2] != "in_force"]
    told = [(row["code"], row["version"], row["status"]) for row in manifest["absent"]]
    assert told == [
        (code, version, {lang: words[lang].value(state, "state") for lang in LANGUAGES})
        for code, version, state in left_out
    ]
    assert len({state for _, _, state in left_out}) > 2
    page = Page(unpacked["index.html"].decode())
    assert {f"{lang}-absent" for lang in LANGUAGES} <= set(page.ids())
    text = spaced(page.all("body")[0].text)
    for row in manifest["absent"]:
        for lang in LANGUAGES:
            assert f"{row['code']}{row['title'][lang]}{row['version']}{row['status'][lang]}" in text.replace("> ", "")


def changed_since(sample: Sample, day: str) -> dict[str, tuple[str, str]]:
    """Documents of which another version was in force then, or none: the versions then and now."""
    found = {}
    for code in in_order(sample.workspace.content):
        before, after = sample.lives[code].in_force(day), sample.in_force.get(code)
        if before is not after:
            found[code] = (before.version if before else "—", after.version if after else "—")
    return found


def test_records_are_packed_with_their_forms_and_named_in_the_manifest(
    sample: Sample, manifest: dict[str, Any], unpacked: Pack
) -> None:
    records = sample.workspace.content.records
    told = {(row["code"], row["number"]): row for row in manifest["records"]}
    assert set(told) == {(code, number) for code, numbers in records.items() for number in numbers} and told
    for row in told.values():
        assert {(f["language"], f["format"]) for f in row["files"]} == {(a, b) for a in LANGUAGES for b in FORMATS}
        assert {f["path"] for f in row["files"]} <= set(unpacked) and row["title"]["zh"] != row["title"]["en"]


def test_redlines_show_what_has_changed_since(sample: Sample, manifest: dict[str, Any], unpacked: Pack) -> None:
    told = {row["code"]: (row["before"], row["after"]) for row in manifest["changed"]}
    assert told and told == changed_since(sample, SINCE.isoformat())
    for row in manifest["changed"]:
        formats = Counter((file["language"], file["format"]) for file in row["files"])
        both = "—" not in (row["before"], row["after"])
        assert formats == Counter((lang, format_) for lang in LANGUAGES for format_ in ("docx", "pdf") if both)
        assert all(row["what"][lang] and row["title"][lang] for lang in LANGUAGES)
        for file in row["files"]:
            if file["format"] == "docx":
                kinds = {
                    node.tag.rpartition("}")[2] for node in Word(unpacked[file["path"]]).document.element.body.iter()
                }
                assert kinds & {"ins", "del"}
            else:
                assert f"{row['before']}→{row['after']}" in Pdf(unpacked[file["path"]]).text(1)


def test_what_came_into_and_went_out_of_force_is_named(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without redlines, which take their time and are looked at above."""

    def compared(composer: Composer, pairs: list[tuple[str, Edition, Edition]], *rest: object) -> list[Compared]:
        return [Compared(code, before.version, after.version, {}, {}, {}) for code, before, after in pairs]

    monkeypatch.setattr(delivery, "redlines", compared)
    shutil.copytree(sample.folder, tmp_path / "demo")
    kinds = set()
    for day in (datetime.date(2026, 3, 31), datetime.date(2026, 4, 1)):
        path, _, _ = packed(sample.workspace, tmp_path / "demo", Request(AS_OF), silent, since=day)
        with zipfile.ZipFile(path) as archive:
            rows = json.loads(archive.read("manifest.json"))["changed"]
        told = {row["code"]: (row["before"], row["after"]) for row in rows}
        assert told == changed_since(sample, day.isoformat())
        kinds |= {row["what"]["en"] for row in rows if "—" in (row["before"], row["after"])}
    assert kinds == {"First issue", "Taken into the library", "Withdrawn"}


def test_drafts_are_packed_alone_where_asked(sample: Sample, tmp_path: Path) -> None:
    shutil.copytree(sample.folder, tmp_path / "demo")
    path, _, documents = packed(sample.workspace, tmp_path / "demo", Request(AS_OF), silent, drafts=True)
    assert path.name == f"demo-sms-draft-{DAY}.zip"
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(held["manifest.json"])
    made = {one.code for one in sample.built.drafts}
    assert {row["code"] for row in manifest["documents"]} == made and documents == len(made)
    assert (manifest["absent"], manifest["changed"]) == ([], [])
    assert [name for name in held if name.startswith("library/")] == []
    for row in manifest["documents"]:
        opened = sample.lives[row["code"]].open
        assert opened is not None and row["version"] == opened.version
    drafts = {data for name, data in contents(sample.folder).items() if name.startswith("draft/")}
    assert drafts <= set(held.values())


def test_where_nothing_is_in_force_nothing_is_packed_or_built(project: Path) -> None:
    shutil.rmtree(project / "content/demo/library")
    ended = run(project, "pack", "--as-of", DAY)
    code = "pack-empty"
    assert (ended.returncode, ended.stdout) == (1, "") and f"error {code}: " in ended.stderr
    assert not (project / "build").exists()


def test_where_nothing_is_being_made_no_drafts_are_packed(sample: Sample, tmp_path: Path) -> None:
    with (
        mock.patch("docgen.delivery.build", return_value=Built((), (), ())),
        pytest.raises(DocgenError) as caught,
    ):
        packed(sample.workspace, tmp_path, Request(AS_OF), silent, drafts=True)
    assert [one.code for one in caught.value.diagnostics] == ["pack-no-drafts"]


def targets(place: str, page: Page) -> list[str]:
    """Where the links of a page lead within the pack, without those to places in itself and on the web."""
    links = [link.partition("#")[0] for link in page.links() if not link.startswith(("#", "https://"))]
    return [posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(link))) for link in links]


def test_the_index_leads_to_every_file_in_both_languages(unpacked: Pack, manifest: dict[str, Any]) -> None:
    page = Page(unpacked["index.html"].decode())
    proof = {path for path in unpacked if path.startswith("library/")}
    assert set(targets("index.html", page)) == set(unpacked) - {"index.html", "manifest.json"} - proof
    assert [link for link in page.links() if link.startswith("#") and link[1:] not in page.ids()] == []
    assert len(page.ids()) == len(set(page.ids()))
    assert page.all("script", "link", "img") == []
    text = spaced(page.all("body")[0].text)
    for lang in LANGUAGES:
        assert manifest["organization"][lang] in text
        assert [row["title"][lang] for row in manifest["documents"] if row["title"][lang] not in text] == []
    sections = {section.attributes["lang"][:2]: section.text for section in page.all("section")}
    assert set(sections) == set(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_between_documents_arrive(unpacked: Pack, lang: str) -> None:
    pages = {path: Page(data.decode()) for path, data in unpacked.items() if path.startswith(f"html/{lang}/")}
    led = Counter(target for path, page in pages.items() for target in targets(path, page))
    assert [target for target in led if target not in unpacked] == []
    assert len(led) > len(pages) / 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_master_list_in_excel_has_a_row_for_every_document(
    sample: Sample, unpacked: Pack, manifest: dict[str, Any], lang: str
) -> None:
    (path,) = (path for path in unpacked if path.startswith(f"{lang}/xlsx/SMS-RG-18_"))
    sheet: Any = openpyxl.load_workbook(io.BytesIO(unpacked[path])).worksheets[0]
    head, *rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert "" not in head
    in_force = {row["code"]: row for row in manifest["documents"]}
    assert len(rows) == len(sample.workspace.content.documents)
    for row, code in zip(rows, in_order(sample.workspace.content), strict=True):
        told = in_force.get(code, {"title": {lang: code}, "version": sample.lives[code].editions[-1].version})
        assert {code, told["title"][lang], told["version"]} <= set(row)
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref


def test_every_register_opens_in_excel_with_the_text_of_its_tables(sample: Sample, unpacked: Pack) -> None:
    books = {path: data for path, data in unpacked.items() if path.endswith(".xlsx")}
    registers = [code for code in sample.in_force if sample.workspace.content.documents[code].kind == "register"]
    assert len(books) == len(registers) * len(LANGUAGES)
    for path, data in books.items():
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = {
            spaced(str(value).replace("•", ""))
            for sheet in book.worksheets
            for row in sheet.iter_rows(values_only=True)
            for value in row
            if value
        }
        lang, code = path.split("/")[0], path.rpartition("/")[2].partition("_")[0]
        page = Page(unpacked[f"html/{lang}/{code}.html"].decode())
        printed = {spaced(cell.text) for cell in page.all("td", "th")}
        assert len(cells - printed) <= len(cells) / 20, (path, sorted(cells - printed)[:5])


def test_a_name_that_means_something_elsewhere_is_only_a_name(tmp_path: Path) -> None:
    (tmp_path / "odd" / "documents").mkdir(parents=True)
    name, title = r'{zh: "甲 & \\*乙\\*", en: "A & B \\*C\\*"}', '{zh: "50% #1 清单", en: "50% #1: list?"}'
    (tmp_path / "odd" / "client.yaml").write_text(f"extends: demo\nname: {name}\n", "utf-8")
    (tmp_path / "odd" / "documents" / "SMS-RG-18.yaml").write_text(f"title: {title}\n", "utf-8")
    workspace = load("odd", (tmp_path, ROOT / "content"))
    composer = Composer(workspace, AS_OF)
    compositions = {lang: composer.compose("SMS-RG-18", lang) for lang in workspace.content.client.languages}
    record = workspace.content.documents["SMS-RG-18"]
    stands = newborn(record, workspace.content)
    names = {lang: one.front.organization for lang, one in compositions.items()}
    document = Document(record.level, record.kind, stands, compositions, {("en", "pdf"): b"%PDF"})
    labels = {lang: read_labels(workspace.folders, lang) for lang in compositions}
    with zipfile.ZipFile(io.BytesIO(pack(workspace, Contents([document], names), labels, DAY))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    page = Page(held["index.html"].decode())
    assert set(targets("index.html", page)) == set(held) - {"index.html", "manifest.json"}
    assert "A & B *C*" in page.all("body")[0].text and "50% #1: list?" in page.all("body")[0].text
    assert json.loads(held["manifest.json"])["organization"] == {"zh": "甲 & *乙*", "en": "A & B *C*"}
    book = openpyxl.load_workbook(io.BytesIO(next(data for path, data in held.items() if path.startswith("en/xlsx"))))
    assert book.worksheets[0].oddHeader.left.text == "A && B *C*"
