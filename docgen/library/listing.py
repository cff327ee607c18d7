"""The master list from ledgers and control records alone: quick, because nothing is composed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docgen import source
from docgen.diagnostics import Language, Span
from docgen.library.lifecycle import Life
from docgen.library.shelf import Shelf
from docgen.model.folders import KINDS, shown
from docgen.model.standing import State
from docgen.source import Map, Seq


def listed(folders: list[Path], language: Language, day: str) -> list[dict[str, str]]:
    """A row for every document that the client describes or the library holds: the version that counts on a day.

    Fields: code, title, version, state, owner, effective, review.
    """
    lives = Shelf(folders[0]).lives(day)
    records = _records(folders)
    codes = sorted({*records, *lives}, key=lambda code: _place(code, records))
    unknown = any(code not in lives for code in codes)
    roles, first = (_roles(folders, language), _first_version(folders)) if unknown else ({}, "")
    rows = []
    for code in codes:
        record = records.get(code, Map(Span("")))
        born = {"version": str(record.get("version") or first), "owner": roles.get(str(record.get("owner")), "")}
        rows.append(_row(code, lives.get(code, Life(code)), record, born, language, day))
    return rows


def _records(folders: list[Path]) -> dict[str, Map]:
    """What is typed in `documents/`, without the rest of the workspace."""
    tree: source.Value = Map(Span(""))
    for folder in reversed(folders):
        layer = Map(Span(shown(folder)))
        for path in sorted((folder / "documents").glob("*.yaml")):
            layer[path.stem] = source.read(path, shown(path))
            layer.keys_at[path.stem] = Span(shown(path))
        tree = source.overlay(tree, layer)
    assert isinstance(tree, Map)
    return {code: record for code, record in tree.items() if isinstance(record, Map)}


def _roles(folders: list[Path], language: Language) -> dict[str, str]:
    """Names of roles by id."""
    roles = _file(folders, "client").get("roles")
    found = [role for role in roles if isinstance(role, Map)] if isinstance(roles, Seq) else []
    return {str(role.get("id")): _side(role.get("name"), language) for role in found}


def _first_version(folders: list[Path]) -> str:
    """The version that a document's first issue gets."""
    return "1.0" if _file(folders, "control").get("notation") == "decimal" else "A/0"


def _file(folders: list[Path], name: str) -> Map:
    """A file of the client, laid on those that it extends."""
    tree: source.Value = Map(Span(name))
    for folder in reversed(folders):
        path = folder / f"{name}.yaml"
        if path.exists():
            tree = source.overlay(tree, source.read(path, shown(path)))
    return tree if isinstance(tree, Map) else Map(Span(name))


def _side(text: Any, language: Language) -> str:
    return str(text.get(language, "") if isinstance(text, Map) else text or "")


def _place(code: str, records: Mapping[str, Map]) -> tuple[str, int, str]:
    kind = code.split("SMS-")[-1].split("-")[0]
    record = records.get(code)
    level = str(record.get("level", "9")) if record is not None else "9"
    return level, KINDS.index(kind) if kind in KINDS else len(KINDS), code


def _row(code: str, life: Life, record: Map, born: Mapping[str, str], language: Language, day: str) -> dict[str, str]:
    edition = life.counting(day)
    newest = edition.submission if edition is not None else None
    said: Mapping[str, str] = newest["listing"].get(language, {}) if newest is not None else {}
    state: State = life.state(edition, day) if edition is not None else "draft"
    return {
        "code": code,
        "title": said.get("title") or _side(record.get("title"), language),
        "version": edition.version if edition is not None else born["version"],
        "state": state,
        "owner": said.get("owner") or born["owner"],
        "effective": (edition.effective if edition is not None else "") or "—",
        "review": (edition.next_review if edition is not None else "") or "—",
    }
