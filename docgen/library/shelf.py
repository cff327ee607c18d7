"""The library's folder: ledgers, frozen versions and the files they name; one writer at a time, one rename a step.

library/<CODE>/ledger.jsonl              what has happened
library/<CODE>/<version>/round-<n>-<hash>/  the compositions that were submitted
library/<CODE>/<version>/release.json    the frozen version: record, digests
library/<CODE>/<version>/<lang>.json     its compositions
library/objects/                         logos and Word shells, named by their SHA-256
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from docgen.compose.composition import Composition
from docgen.diagnostics import Diagnostic, DocgenError, Language, Span, fail
from docgen.files import alone, aside, replace_together, reported, sha256
from docgen.library import ledger
from docgen.library.ledger import Event, Ledger
from docgen.library.lifecycle import Edition, Life, replay

LEDGER = "ledger.jsonl"
OBJECTS = "objects"
_GIT = {".gitattributes": b"* -text\nledger.jsonl merge=union\n", ".gitignore": b".lock\n.new-*\n.old-*\n"}
"""Git changes no line ends, keeps the lines of both sides of a merge, and leaves locks and staging folders out."""
OWN = frozenset({*_GIT, ".lock"})
"""Files of the library that no ledger accounts for."""
LARGEST = 256 * 1024 * 1024
"""Bytes of the largest file that is read."""


class Shelf:
    """A client's library on disk."""

    def __init__(self, client: Path) -> None:
        self.client = client
        self.folder = client / "library"

    def codes(self) -> list[str]:
        """The documents that have a ledger; raises DocgenError where the folder cannot be read."""
        with reported(self.folder):
            there = list(self.folder.iterdir()) if self.folder.exists() else []
            return sorted(path.name for path in there if (path / LEDGER).exists())

    def shown(self, path: str) -> str:
        """A path below the library as messages show it."""
        return f"content/{self.client.name}/library/{path}"

    def read(self, path: str) -> bytes:
        """The bytes of a file below the library; raises DocgenError where it cannot be read."""
        try:
            with (self.folder / path).open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except OSError as error:
            raise fail("file-unreadable", Span(self.shown(path)), reason=error.strerror or str(error)) from error
        if len(data) > LARGEST:
            raise fail("file-too-large", Span(self.shown(path)), limit=str(LARGEST // 1024**2))
        return data

    def ledger(self, code: str) -> Ledger:
        """The ledger of a document; raises DocgenError for a damaged one."""
        path = self.folder / code / LEDGER
        with reported(path):
            if not path.exists():
                return Ledger(code)
        found = ledger.read(self.read(f"{code}/{LEDGER}"), code)
        if found.faults:
            shown = self.shown(f"{code}/{LEDGER}")
            raise DocgenError(
                Diagnostic(fault.code, Span(shown, fault.line), {"kind": fault.kind}) for fault in found.faults
            )
        return found

    def life(self, code: str, until: str = "9999") -> Life:
        """A document's life up to the end of a day."""
        return replay(self.ledger(code), until)

    def lives(self, until: str = "9999") -> dict[str, Life]:
        """The lives of all documents with a ledger; raises DocgenError with all damaged ones."""
        found: dict[str, Life] = {}
        mistakes: list[Diagnostic] = []
        for code in self.codes():
            try:
                found[code] = self.life(code, until)
            except DocgenError as error:
                mistakes += error.diagnostics
        if mistakes:
            raise DocgenError(mistakes)
        return found

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While it lasts, nobody else writes into the library."""
        with alone(self.folder / ".lock"):
            yield

    def commit(self, code: str, fields: Mapping[str, Any], files: Mapping[str, bytes]) -> Event:
        """Put files below the library in place, then the ledger with one line more: before that rename nothing has
        happened, after it everything has. Raises DocgenError for a clock that has been set back."""
        before = self.ledger(code)
        if before.events and _moment(fields["at"]) < max(_moment(event.at) for event in before.events):
            raise fail("clock-behind", Span(self.shown(f"{code}/{LEDGER}"), before.events[-1].line), at=fields["at"])
        path = self.folder / code / LEDGER
        data = ledger.appended(self.read(f"{code}/{LEDGER}") if before.events else b"", code, fields)
        after = ledger.read(data, code)
        if after.faults:
            span = Span(self.shown(f"{code}/{LEDGER}"), after.faults[0].line)
            raise fail("line-too-long", span, document=code, limit=str(ledger.MAX_LINE))
        with aside(self.folder) as staging:
            first = {name: made for name, made in _GIT.items() if not (self.folder / name).exists()}
            new = {self.folder / name: made for name, made in (first | dict(files)).items()}
            replace_together({**new, path: data}, staging)
        return after.events[-1]

    def object(self, digest: str) -> bytes:
        """A logo or Word shell; raises DocgenError where it is not what it was."""
        data = self.read(f"{OBJECTS}/{digest}") if len(digest) == 64 and digest.isalnum() else b""
        if sha256(data) != digest:
            raise fail("release-damaged", Span(self.shown(f"{OBJECTS}/{digest}")), reason="SHA-256")
        return data

    def release(self, code: str, edition: Edition) -> dict[str, Any]:
        """What was frozen of an issued version; raises DocgenError where it is not what the ledger names."""
        assert edition.release is not None
        path = f"{place(code, edition.version)}/release.json"
        data = self.read(path)
        if sha256(data) != edition.release["record"]:
            raise fail("release-damaged", Span(self.shown(path)), reason="SHA-256")
        found: dict[str, Any] = json.loads(data)
        return found

    def kept(self, code: str, edition: Edition, release: Mapping[str, Any], language: Language) -> dict[str, bytes]:
        """The files of an issued version that the library keeps, by format; raises DocgenError for a changed one."""
        name = f"{language}.pdf"
        if name not in release.get("kept", {}):
            return {}
        path = f"{place(code, edition.version)}/{name}"
        data = self.read(path)
        if sha256(data) != release["kept"][name]:
            raise fail("release-damaged", Span(self.shown(path)), reason="SHA-256")
        return {"pdf": data}

    def compositions(self, code: str, edition: Edition, font_folder: Path | None) -> dict[Language, Composition]:
        """The frozen compositions of an issued version, by language."""
        return self._opened(self.release(code, edition)["compositions"], place(code, edition.version), font_folder)

    def said(self, code: str, edition: Edition) -> dict[Language, str]:
        """The content digests of an issued version, by language."""
        from docgen.library.frozen import content_digest

        folder = place(code, edition.version)
        languages = self.release(code, edition)["compositions"]
        return {language: content_digest(self.read(f"{folder}/{language}.json")) for language in languages}

    def submitted(self, code: str, edition: Edition) -> dict[Language, Composition]:
        """The compositions that were submitted last, by language."""
        assert edition.submission is not None
        folder = round_place(code, edition.version, edition.round, edition.digest)
        return self._opened(edition.submission["compositions"], folder, None)

    def _opened(
        self, digests: Mapping[Language, str], folder: str, font_folder: Path | None
    ) -> dict[Language, Composition]:
        from docgen.library.frozen import thawed  # Here, because most commands read ledgers only.

        found: dict[Language, Composition] = {}
        for language, digest in digests.items():
            path = f"{folder}/{language}.json"
            data = self.read(path)
            if sha256(data) != digest:
                raise fail("release-damaged", Span(self.shown(path)), reason="SHA-256")
            found[language] = thawed(data, self.shown(path), self.object, font_folder)
        return found


def place(code: str, version: str) -> str:
    """The folder of a version below the library: SMS-PR-23/A1."""
    return f"{code}/{version.replace('/', '')}"


def round_place(code: str, version: str, number: int, digest: str) -> str:
    """The folder of what was submitted in a round; two branches that submit different content do not collide."""
    return f"{place(code, version)}/round-{number}-{digest[:12]}"


def _moment(at: Any) -> datetime:
    return datetime.fromisoformat(str(at))
