"""The auditor's pack: readable places, working links, right checksums, a master list in Excel, same bytes."""

from __future__ import annotations

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
from urllib.parse import unquote

import openpyxl  # type: ignore[import-untyped]
import pytest

from docgen.build import packed
from docgen.compose.composer import Composer
from docgen.compose.labels import read_labels
from docgen.model.workspace import load
from docgen.order import FORMATS, Request
from docgen.pack import Document, pack
from tests.conftest import AS_OF, ROOT, Sample, silent
from tests.reading import Page, contents, spaced

LANGUAGES = ("zh", "en")
Pack = dict[str, bytes]


@pytest.fixture(scope="module")
def unpacked(elsewhere: Path) -> Pack:
    """What the program's own pack holds."""
    with zipfile.ZipFile(elsewhere / "pack" / "demo-sms-2026-11-20.zip") as archive:
        assert archive.testzip() is None
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def manifest(unpacked: Pack) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(unpacked["manifest.json"])
    return found


def test_packing_again_gives_the_same_bytes(sample: Sample, elsewhere: Path, tmp_path: Path) -> None:
    shutil.copytree(sample.folder, tmp_path / "demo")
    path, size, documents = packed(sample.workspace, tmp_path / "demo", Request(AS_OF), silent)
    assert path.read_bytes() == (elsewhere / "pack" / path.name).read_bytes()
    assert (size, documents) == (path.stat().st_size, len(sample.workspace.content.documents))


def test_the_pack_holds_every_file_of_the_build(elsewhere: Path, unpacked: Pack) -> None:
    built = [data for name, data in contents(elsewhere).items() if not name.startswith("pack/")]
    held = Counter(sha256(data).hexdigest() for data in unpacked.values())
    assert Counter(sha256(data).hexdigest() for data in built) <= held


def test_files_lie_in_folders_by_level_under_readable_names(sample: Sample, unpacked: Pack) -> None:
    levels = {"zh": "一二三四", "en": "1234"}
    for one in sample.built.compositions:
        front, lang = one.open().front, one.language
        record = sample.workspace.content.documents[one.code]
        name = f"{one.code}_{front.title.replace(' ', '-')}_{front.version.replace('/', '')}"
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
    assert (manifest["client"], manifest["as_of"]) == ("demo", "2026-11-20")
    records = sample.workspace.content.documents
    assert {row["code"] for row in manifest["documents"]} == set(records)
    for row in manifest["documents"]:
        record = records[row["code"]]
        dates = [str(day) if day else None for day in (record.issued, record.effective, record.next_review)]
        assert [row[key] for key in ("issued", "effective", "next_review")] == dates
        assert (row["version"], row["level"]) == (record.version, record.level)
        kinds = Counter((file["language"], file["format"]) for file in row["files"])
        formats = (*FORMATS, "xlsx") if record.kind == "register" else FORMATS
        assert kinds == Counter((lang, format_) for lang in LANGUAGES for format_ in formats)
        assert [file["path"] for file in row["files"] if file["path"] not in unpacked] == []


def targets(place: str, page: Page) -> list[str]:
    """Where the links of a page lead within the pack, without those to places in itself and on the web."""
    links = [link.partition("#")[0] for link in page.links() if not link.startswith(("#", "https://"))]
    return [posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(link))) for link in links]


def test_the_index_leads_to_every_file_in_both_languages(unpacked: Pack, manifest: dict[str, Any]) -> None:
    page = Page(unpacked["index.html"].decode())
    assert set(targets("index.html", page)) == set(unpacked) - {"index.html", "manifest.json"}
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
    unpacked: Pack, manifest: dict[str, Any], lang: str
) -> None:
    (path,) = (path for path in unpacked if path.startswith(f"{lang}/xlsx/SMS-RG-18_"))
    sheet: Any = openpyxl.load_workbook(io.BytesIO(unpacked[path])).worksheets[0]
    head, *rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert "" not in head
    told = [(row["code"], row["title"][lang], row["version"]) for row in manifest["documents"]]
    assert [set(expected) - set(row) for row, expected in zip(rows, told, strict=True)] == [set()] * len(told)
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref


def test_every_register_opens_in_excel_with_the_text_of_its_tables(sample: Sample, unpacked: Pack) -> None:
    books = {path: data for path, data in unpacked.items() if path.endswith(".xlsx")}
    registers = [code for code, record in sample.workspace.content.documents.items() if record.kind == "register"]
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
    document = Document(workspace.content.documents["SMS-RG-18"], compositions, {("en", "pdf"): b"%PDF"})
    labels = {lang: read_labels(workspace.folders, lang) for lang in compositions}
    with zipfile.ZipFile(io.BytesIO(pack(workspace, [document], labels, "2026-11-20"))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    page = Page(held["index.html"].decode())
    assert set(targets("index.html", page)) == set(held) - {"index.html", "manifest.json"}
    assert "A & B *C*" in page.all("body")[0].text and "50% #1: list?" in page.all("body")[0].text
    assert json.loads(held["manifest.json"])["organization"] == {"zh": "甲 & *乙*", "en": "A & B *C*"}
    book = openpyxl.load_workbook(io.BytesIO(next(data for path, data in held.items() if path.startswith("en/xlsx"))))
    assert book.worksheets[0].oddHeader.left.text == "A && B *C*"
