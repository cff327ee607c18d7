"""What leaves the house for an audit: one zip of all documents, registers, an index and checksums."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

import docgen
from docgen.compose.composition import Composition
from docgen.compose.labels import Labels
from docgen.diagnostics import Language
from docgen.files import sha256, zipped
from docgen.model.control import ControlRecord
from docgen.model.workspace import Workspace
from docgen.publish.palette import palette
from docgen.publish.xlsx import xlsx
from docgen.standard import STANDARD

_UNSAFE = re.compile(r'[\\/:*?"<>|#%\x00-\x1f]+')
"""What means something to a file system or in a link."""


@dataclass(frozen=True)
class Document:
    """A document of the pack: its record, its compositions and files by language and format."""

    record: ControlRecord
    compositions: Mapping[Language, Composition]
    files: Mapping[tuple[Language, str], bytes]


def pack(workspace: Workspace, documents: Sequence[Document], labels: Mapping[Language, Labels], as_of: str) -> bytes:
    """The zip: folders by language and level, a linked HTML set, registers as XLSX, index.html and manifest.json."""
    entries: dict[str, bytes] = {}
    rows: list[dict[str, Any]] = []
    for document in documents:
        rows.append(_row(document, _placed(document, labels, entries), as_of))
    fronts = {lang: composition.front for document in documents for lang, composition in document.compositions.items()}
    names = {language: fronts[language].organization for language in labels}
    entries["index.html"] = _index(workspace, names, rows, labels, as_of)
    manifest = {
        "client": workspace.name,
        "organization": names,
        "standard": STANDARD,
        "as_of": as_of,
        "docgen": docgen.__version__,
        "documents": rows,
        "files": [{"path": p, "size": len(data), "sha256": sha256(data)} for p, data in sorted(entries.items())],
    }
    entries["manifest.json"] = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    return zipped(sorted(entries.items()))


def file_name(composition: Composition) -> str:
    """The readable name of a document's file, without ending: SMS-PR-23_事件管理程序_A0."""
    front = composition.front
    return _UNSAFE.sub("", "_".join([front.code, front.title.replace(" ", "-"), front.version]))


def _placed(document: Document, labels: Mapping[Language, Labels], entries: dict[str, bytes]) -> list[dict[str, str]]:
    """Put the document's files into the entries; their places, by language and format."""
    placed = []
    for (language, format_), data in document.files.items():
        composition = document.compositions[language]
        level = labels[language].value(document.record.level, "level")
        folder = f"{language}/{document.record.level}_{_UNSAFE.sub('', level).replace(' ', '_')}"
        path = f"{folder}/{file_name(composition)}.{format_}"
        if format_ == "html":
            path = f"html/{language}/{document.record.code}.html"
        entries[path] = data
        placed.append({"language": language, "format": format_, "path": path})
    for language, composition in document.compositions.items():
        if document.record.kind == "register":
            path = f"{language}/xlsx/{file_name(composition)}.xlsx"
            entries[path] = xlsx(composition)
            placed.append({"language": language, "format": "xlsx", "path": path})
    return placed


def _row(document: Document, placed: list[dict[str, str]], as_of: str) -> dict[str, Any]:
    record = document.record
    dates = {"issued": record.issued, "effective": record.effective, "next_review": record.next_review}
    fronts = {language: composition.front for language, composition in document.compositions.items()}
    return {
        "code": str(record.code),
        "title": {language: front.title for language, front in fronts.items()},
        "level": record.level,
        "version": str(record.version),
        "status": {language: front.status for language, front in fronts.items()},
        **{name: day.isoformat() if day else None for name, day in dates.items()},
        "files": placed,
    }


def _index(
    workspace: Workspace,
    names: Mapping[Language, str],
    rows: Sequence[dict[str, Any]],
    labels: Mapping[Language, Labels],
    as_of: str,
) -> bytes:
    client = workspace.content.client
    return (
        _frame()
        .render(
            languages=[
                {
                    "code": language,
                    "tag": "zh-CN" if language == "zh" else "en",
                    "organization": names[language],
                    "labels": labels[language].section("shell"),
                    "words": labels[language].section("words"),
                    "levels": {level: labels[language].value(level, "level") for level in ("1", "2", "3", "4")},
                }
                for language in labels
            ],
            rows=rows,
            standard=STANDARD,
            as_of=as_of,
            palette=palette(client.brand.primary, client.brand.secondary),
        )
        .encode()
    )


@cache
def _frame() -> Template:
    source = (files("docgen.publish") / "frames" / "index.html").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source)
