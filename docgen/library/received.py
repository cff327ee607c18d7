"""Whether a received pack is what was signed and issued: its files by its manifest, and both by the library inside."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from docgen.compose.tables import LIVING
from docgen.diagnostics import Diagnostic, Severity, Span, fail
from docgen.files import sha256
from docgen.library import ledger
from docgen.library.keys import Trusted, trusted
from docgen.library.ledger import Ledger
from docgen.library.lifecycle import Edition, replay
from docgen.library.shelf import LEDGER, place
from docgen.library.verify import Holdings, Verified, verify

MAX_UNPACKED = 4 * 1024**3
MAX_GROWTH, SMALL = 100, 64 * 1024**2
"""How many times its size a pack may unpack to, beyond a few megabytes: real ones stay below ten."""
MAX_FILES = 200_000
MANIFEST = "manifest.json"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, KeyError)
_ODD = (*_DAMAGED, LookupError, TypeError, ValueError, AttributeError)


def received(pack: Path, known: Trusted | None, workers: int) -> Verified:
    """What is wrong with a pack; keys are `known` ones, or else those that the pack brings along.

    Raises DocgenError for what is no pack, or would not fit into the machine.
    """
    try:
        with zipfile.ZipFile(pack) as archive:
            return _Pack(archive, pack).verified(known, workers)
    except _ODD as error:
        raise fail("pack-unreadable", Span(str(pack)), reason=str(error)[:80] or type(error).__name__) from error


class _Pack:
    """A pack while it is looked at; nothing of it is unpacked beyond the file being read."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self.archive = archive
        self.path = path
        self.names = archive.namelist()
        self._refuse()
        self.manifest = json.loads(archive.read(MANIFEST))
        self.told: dict[str, str] = {str(one["path"]): str(one["sha256"]) for one in self.manifest["files"]}
        self.library = frozenset(
            name.removeprefix("library/")
            for name in self.names
            if name.startswith("library/") and not name.startswith("library/keys/")
        )

    def _refuse(self) -> None:
        """Raises DocgenError for zips that would fill the machine or mean different things to different programs."""
        size = sum(entry.file_size for entry in self.archive.infolist())
        twice = [name for name, count in Counter(self.names).items() if count > 1]
        reason = ""
        if len(self.names) > MAX_FILES:
            reason = f"> {MAX_FILES}"
        elif size > min(MAX_UNPACKED, SMALL + MAX_GROWTH * self.path.stat().st_size):
            reason = f"{size // 1024**2} MiB"
        elif twice:
            reason = f"2 × {twice[0][:60]}"
        if reason:
            raise fail("pack-unreadable", Span(str(self.path)), reason=reason)

    def verified(self, known: Trusted | None, workers: int) -> Verified:
        """The pack looked through."""
        with ThreadPoolExecutor(workers) as pool:
            held = dict(zip(self.names, pool.map(self._digest, self.names), strict=True))
        keys = {
            name.removeprefix("library/keys/"): self._read(name)
            for name in self.names
            if name.startswith("library/keys/")
        }
        found = verify(
            Holdings(self.library, lambda path: self._read(f"library/{path}"), self._shown, partial=True),
            known if known is not None else trusted(keys, self._shown("keys")),
            workers,
        )
        faults = {one.key(): one for one in (*found.faults, *self._files(held), *self._documents())}
        ordered = tuple(sorted(faults.values(), key=Diagnostic.key))
        return replace(found, files=len(self.names), faults=ordered)

    def _shown(self, path: str) -> str:
        return f"{self.path.name}/library/{path}"

    def _read(self, name: str) -> bytes:
        try:
            return self.archive.read(name)
        except _DAMAGED as error:
            raise fail("pack-unreadable", Span(f"{self.path.name}/{name}"), reason=str(error)[:80]) from error

    def _digest(self, name: str) -> str:
        """The SHA-256 of a member; '' for one that cannot be read."""
        digest = hashlib.sha256()
        try:
            with self.archive.open(name) as stream:
                while part := stream.read(1 << 20):
                    digest.update(part)
        except _DAMAGED:
            return ""
        return digest.hexdigest()

    def _fault(self, code: str, name: str, severity: Severity = "error", **values: str) -> Diagnostic:
        span = Span(f"{self.path.name}/{name}")
        return Diagnostic(code, span, {"document": name, "path": name, **values}, severity)

    def _files(self, held: Mapping[str, str]) -> Iterator[Diagnostic]:
        """Where files and manifest differ, and files that the manifest says nothing of but that they are there."""
        for name in sorted({*self.told, *held} - {MANIFEST}):
            if held.get(name) != self.told.get(name):
                code = "file-gone" if name not in held else "file-stray" if name not in self.told else "file-changed"
                yield self._fault(code, name)
        rows = [*self.manifest["documents"], *self.manifest["changed"], *self.manifest.get("records", ())]
        claimed = {str(file["path"]) for row in rows for file in row["files"]}
        for name in sorted(set(self.told) - claimed - {"index.html"}):
            if not name.startswith("library/"):
                yield self._fault("file-stray", name)
        for name in sorted(claimed - set(self.told)):
            yield self._fault("file-gone", name)

    def _documents(self) -> Iterator[Diagnostic]:
        """Where the manifest says otherwise than the library inside: what is in force, and its files."""
        codes = sorted(name.removesuffix(f"/{LEDGER}") for name in self.library if name.endswith(f"/{LEDGER}"))
        if not codes:
            yield self._fault("pack-unproven", MANIFEST, "warning")
            return
        rows = {str(row["code"]): row for row in self.manifest["documents"]}
        day = str(self.manifest["as_of"])
        for code in sorted({*codes, *rows}):
            book = ledger.read(self._read(f"library/{code}/{LEDGER}"), code) if code in codes else Ledger(code)
            if book.faults:
                continue  # Told already.
            life = replay(book)
            edition, row = life.in_force(day), rows.get(code, {})
            stands = (edition.version, edition.digest) if edition is not None else (None, None)
            if stands != (row.get("version"), row.get("digest")):
                listed, stood = str(row.get("version", "—")), stands[0] or "—"
                yield self._fault("pack-differs", MANIFEST, document=code, version=listed, stands=stood, day=day)
            elif edition is not None:
                yield from self._issued(code, edition, row)

    def _issued(self, code: str, edition: Edition, row: Mapping[str, Any]) -> Iterator[Diagnostic]:
        """Files of a document that are not those of its release."""
        folder = place(code, edition.version)
        if f"{folder}/release.json" not in self.library:
            yield self._fault("file-gone", f"library/{folder}/release.json", document=code)
            return
        data = self._read(f"library/{folder}/release.json")
        if edition.release is None or sha256(data) != edition.release.get("record"):
            return  # Told already.
        release = json.loads(data)
        kept, made = release.get("kept", {}), release["files"]
        living = {language for language in release["compositions"] if self._living(f"{folder}/{language}.json")}
        for file in row["files"]:
            language, format_, name = file["language"], file["format"], str(file["path"])
            there, printed = self.told.get(name), made.get(f"{language}/{format_}")
            if format_ == "pdf" and f"{language}.pdf" in kept:
                if there != kept[f"{language}.pdf"]:
                    yield self._fault("file-changed", name, document=code)
            elif printed is not None and there not in (None, printed) and language not in living:
                yield self._fault("file-rebuilt", name, "warning", document=code, version=edition.version)

    def _living(self, path: str) -> bool:
        """Whether a composition has tables whose rows change without it."""
        said = self._read(f"library/{path}") if path in self.library else b""
        return f'["{LIVING}","'.encode() in said
