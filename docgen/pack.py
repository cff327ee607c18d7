"""What leaves the house for an audit: one zip of all documents, registers, an index and checksums."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import docgen
from docgen.compose.composition import Composition
from docgen.compose.labels import Labels
from docgen.diagnostics import Language
from docgen.files import sha256, zipped
from docgen.frames import frame
from docgen.model.standing import Standing, State
from docgen.model.workspace import Workspace
from docgen.publish.palette import palette
from docgen.publish.xlsx import xlsx
from docgen.standard import STANDARD

_UNSAFE = re.compile(r'[\\/:*?"<>|#%\x00-\x1f]+')
"""What means something to a file system or in a link."""


@dataclass(frozen=True)
class Document:
    """A document of the pack: where it stands, its compositions and files by language and format."""

    level: str
    kind: str
    standing: Standing
    compositions: Mapping[Language, Composition]
    files: Mapping[tuple[Language, str], bytes]


@dataclass(frozen=True)
class Absent:
    """A version that the pack does not hold, and why: its state."""

    code: str
    title: Mapping[Language, str]
    version: str
    state: State


@dataclass(frozen=True)
class Changed:
    """A document that changed since a day: the versions compared, what changed, the redlines."""

    code: str
    title: Mapping[Language, str]
    before: str
    after: str
    sections: Mapping[Language, str]
    files: Mapping[tuple[Language, str], bytes]


@dataclass(frozen=True)
class Record:
    """A form that was filled in: the form's code and title, the record's number, and files by language and format."""

    code: str
    number: str
    title: Mapping[Language, str]
    files: Mapping[tuple[Language, str], bytes]


@dataclass(frozen=True)
class Contents:
    """All that goes into a pack."""

    documents: Sequence[Document]
    organization: Mapping[Language, str]
    absent: Sequence[Absent] = ()
    changed: Sequence[Changed] = ()
    since: str = ""
    """The day since which changes are shown; '' for none."""
    library: Mapping[str, bytes] = field(default_factory=dict)
    """What proves the documents: ledgers and frozen versions, by path."""
    records: Sequence[Record] = ()


def pack(workspace: Workspace, contents: Contents, labels: Mapping[Language, Labels], as_of: str) -> bytes:
    """The zip: folders by language and level, a linked HTML set, registers as XLSX, index.html and manifest.json."""
    entries: dict[str, bytes] = {}
    rows = [_row(document, _placed(document, labels, entries), labels) for document in contents.documents]
    changed = [_change_row(one, labels, entries) for one in contents.changed]
    absent = [_absent_row(one, labels) for one in contents.absent]
    entries |= {f"library/{path}": data for path, data in contents.library.items()}
    records = [_record_row(one, entries) for one in contents.records]
    names = _in_all(contents.organization, labels)
    shown = {"rows": rows, "absent": absent, "changed": changed, "records": records, "since": contents.since}
    entries["index.html"] = _index(workspace, names, shown, labels, as_of)
    manifest = {
        "client": workspace.name,
        "organization": names,
        "standard": STANDARD,
        "as_of": as_of,
        "docgen": docgen.__version__,
        "documents": rows,
        "absent": absent,
        "changed": changed,
        "records": records,
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
        level = labels[language].value(document.level, "level")
        folder = f"{language}/{document.level}_{_UNSAFE.sub('', level).replace(' ', '_')}"
        path = f"{folder}/{file_name(composition)}.{format_}"
        if format_ == "html":
            path = f"html/{language}/{composition.code}.html"
        entries[path] = data
        placed.append({"language": language, "format": format_, "path": path})
    for language, composition in document.compositions.items():
        if document.kind == "register":
            path = f"{language}/xlsx/{file_name(composition)}.xlsx"
            entries[path] = xlsx(composition)
            placed.append({"language": language, "format": "xlsx", "path": path})
    return placed


def _row(document: Document, placed: list[dict[str, str]], labels: Mapping[Language, Labels]) -> dict[str, Any]:
    standing = document.standing
    dates = {"issued": standing.issued, "effective": standing.effective, "next_review": standing.next_review}
    fronts = {language: composition.front for language, composition in document.compositions.items()}
    return {
        "code": next(iter(document.compositions.values())).code,
        "title": _in_all({language: front.title for language, front in fronts.items()}, labels),
        "level": document.level,
        "version": next(iter(fronts.values())).version,
        "status": {language: one.value(standing.state, "state") for language, one in labels.items()},
        **{name: day.isoformat() if day else None for name, day in dates.items()},
        "digest": standing.digest,
        "files": placed,
    }


def _absent_row(absent: Absent, labels: Mapping[Language, Labels]) -> dict[str, Any]:
    status = {language: one.value(absent.state, "state") for language, one in labels.items()}
    return {"code": absent.code, "title": _in_all(absent.title, labels), "version": absent.version, "status": status}


def _in_all(texts: Mapping[Language, str], labels: Mapping[Language, Labels]) -> dict[Language, str]:
    """A text in every language of the client; what was issued in fewer languages is named in one that it has."""
    return {language: texts.get(language) or next(iter(texts.values()), "—") for language in labels}


def _change_row(changed: Changed, labels: Mapping[Language, Labels], entries: dict[str, bytes]) -> dict[str, Any]:
    """Put the redlines into the entries; the row that leads to them."""
    placed = []
    for (language, format_), data in changed.files.items():
        versions = _UNSAFE.sub("", f"{changed.before}-{changed.after}")
        path = f"changes/{language}/{changed.code}_{versions}.{format_}"
        entries[path] = data
        placed.append({"language": language, "format": format_, "path": path})
    return {
        "code": changed.code,
        "title": _in_all(changed.title, labels),
        "before": changed.before,
        "after": changed.after,
        "what": _in_all(changed.sections, labels),
        "files": placed,
    }


def _record_row(record: Record, entries: dict[str, bytes]) -> dict[str, Any]:
    """Put the files of a record into the entries; the row that leads to them."""
    placed = []
    for (language, format_), data in record.files.items():
        path = f"records/{language}/{record.code}_{_UNSAFE.sub('', record.number)}.{format_}"
        entries[path] = data
        placed.append({"language": language, "format": format_, "path": path})
    return {"code": record.code, "number": record.number, "title": dict(record.title), "files": placed}


def _index(
    workspace: Workspace,
    names: Mapping[Language, str],
    shown: Mapping[str, Any],
    labels: Mapping[Language, Labels],
    as_of: str,
) -> bytes:
    client = workspace.content.client
    return (
        frame("docgen.publish", "index.html")
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
            **shown,
            standard=STANDARD,
            as_of=as_of,
            palette=palette(client.brand.primary, client.brand.secondary),
        )
        .encode()
    )
