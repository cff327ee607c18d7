"""Whether a library, or the part of one that a pack carries, is still what was signed and issued.

Works on files by path, so that a folder and a received zip are verified alike, without network and without content.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from docgen.compose.composition import Composition
from docgen.compose.digest import content_digest, of_languages
from docgen.diagnostics import Diagnostic, DocgenError, Language, Severity, Span
from docgen.files import sha256
from docgen.library import ledger
from docgen.library.frozen import thawed
from docgen.library.keys import Claim, KeySignature, Trusted, verify_all
from docgen.library.ledger import Event, Ledger
from docgen.library.lifecycle import Edition, Life, replay
from docgen.library.seal import check_seal
from docgen.library.shelf import LEDGER, OBJECTS, place
from docgen.library.steps import statement

Read = Callable[[str], bytes]


@dataclass(frozen=True)
class Verified:
    """What was looked at, and what is wrong."""

    documents: int
    releases: int
    signatures: int
    keys: int
    """Signatures by key among them."""
    files: int
    faults: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Holdings:
    """A library as files."""

    names: frozenset[str]
    """Paths below the library."""
    read: Read
    shown: Callable[[str], str]
    """A path as messages show it."""
    partial: bool
    """Whether only what is in force was taken along, as in a pack."""


def verify(holdings: Holdings, trusted: Trusted, workers: int) -> Verified:
    """Look at every ledger, frozen version, kept file and signature, with so many workers side by side."""
    codes = sorted({name.split("/")[0] for name in holdings.names if name.endswith(f"/{LEDGER}")})
    with ThreadPoolExecutor(workers) as pool:
        found = list(pool.map(lambda code: _Document(holdings, code).checked(), codes))
    claims = [claim for one in found for claim in one.claims]
    faults = [fault for one in found for fault in one.faults]
    for claim, error in zip(claims, verify_all(claims, trusted, workers), strict=True):
        if error is not None:
            faults += [Diagnostic(one.code, claim.span, one.values) for one in error.diagnostics]
    faults += list(_seal_faults(holdings, found, trusted))
    faults += list(_strays(holdings, found))
    signatures = sum(len(one.signed) for one in found)
    return Verified(
        len(codes),
        sum(len(one.life.issued) for one in found),
        signatures,
        len(claims),
        len(holdings.names),
        tuple(sorted(faults, key=Diagnostic.key)),
    )


class _Document:
    """One document of the library while it is looked at."""

    def __init__(self, holdings: Holdings, code: str) -> None:
        self.holdings = holdings
        self.code = code
        self.faults: list[Diagnostic] = []
        self.claims: list[Claim] = []
        self.signed: list[Event] = []
        self.known: set[str] = {f"{code}/{LEDGER}"}
        """Files that the ledger accounts for."""
        self.kept: list[str] = []
        """Sealed PDFs."""
        self.life = Life(code)

    def checked(self) -> _Document:
        """The document with everything that is wrong with it."""
        path = f"{self.code}/{LEDGER}"
        book = ledger.read(self.holdings.read(path), self.code)
        for fault in book.faults:
            self._fault("ledger-damaged", path, fault.line, kind=fault.kind)
        self.life = replay(book)
        self._steps(book)
        for edition in self.life.editions:
            self._edition(edition)
        return self

    def _fault(self, code: str, path: str, line: int = 1, severity: Severity = "error", **values: str) -> None:
        span = Span(self.holdings.shown(path), line)
        self.faults.append(Diagnostic(code, span, {"document": self.code, **values}, severity))

    def _steps(self, book: Ledger) -> None:
        """Steps that the table does not allow: after a merge they were overtaken, otherwise somebody wrote them in."""
        merged = any(len(event.prev) > 1 for event in book.events) or len(book.heads) > 1
        for event in self.life.overtaken:
            code, severity = ("step-overtaken", "warning") if merged else ("step-forged", "error")
            self._fault(code, f"{self.code}/{LEDGER}", event.line, severity, action=str(event.get("action", "?")))  # type: ignore[arg-type]
        before = ""
        for event in book.events:
            if len(event.prev) == 1 and before and datetime.fromisoformat(event.at) < datetime.fromisoformat(before):
                self._fault("clock-ran-back", f"{self.code}/{LEDGER}", event.line, at=event.at)
            before = event.at if len(event.prev) == 1 else ""

    def _edition(self, edition: Edition) -> None:
        folder = place(self.code, edition.version)
        for event in self.life.events:
            if event.action == "submit" and event["version"] == edition.version:
                self._submission(event, folder)
            if event.action == "sign" and event["version"] == edition.version:
                self._signature(event)
        if edition.release is not None and edition.disposed is None:
            self._release(edition, folder)

    def _submission(self, event: Event, folder: str) -> None:
        """The compositions of a round are those that the digest was made of."""
        self.signed.append(event)
        round_ = f"{folder}/round-{event['round']}"
        compositions = self._compositions(event["compositions"], round_, event.line)
        if compositions is not None and _digest(compositions) != event["digest"]:
            self._fault("DC-55", f"{self.code}/{LEDGER}", event.line, version=str(event["version"]))

    def _signature(self, event: Event) -> None:
        self.signed.append(event)
        if event.get("method", "account") == "account":
            return
        span = Span(self.holdings.shown(f"{self.code}/{LEDGER}"), event.line)
        signature = KeySignature(event["method"], str(event.get("value")), str(event.get("key")))
        said = statement(self.code, str(event["version"]), event.fields, event.prev)
        self.claims.append(Claim(said, signature, str(event["person"]), datetime.fromisoformat(event.at), span))

    def _release(self, edition: Edition, folder: str) -> None:
        assert edition.release is not None
        path = f"{folder}/release.json"
        if self.holdings.partial and path not in self.holdings.names:
            return
        data = self._same(path, edition.release["record"])
        if data is None:
            return
        release = json.loads(data)
        for name, digest in release.get("kept", {}).items():
            self._same(f"{folder}/{name}", digest)
            self.kept += [f"{folder}/{name}"] if release.get("sealed") else []
        for digest in (*release["shells"].values(), *release["logos"]):
            self._same(f"{OBJECTS}/{digest}", digest)
        compositions = self._compositions(release["compositions"], folder, edition.release.line)
        if compositions is not None and {_digest(compositions), release["digest"]} != {edition.digest}:
            self._fault("DC-55", path, 1, version=edition.version)

    def _same(self, path: str, digest: str) -> bytes | None:
        """The bytes of a file, where they are what was written."""
        self.known.add(path)
        if path not in self.holdings.names:
            self._fault("file-gone", path)
            return None
        data = self.holdings.read(path)
        if sha256(data) != digest:
            self._fault("file-changed", path)
            return None
        return data

    def _compositions(
        self, digests: Mapping[Language, str], folder: str, line: int
    ) -> dict[Language, Composition] | None:
        names = [f"{folder}/{language}.json" for language in digests]
        if self.holdings.partial and not set(names) & self.holdings.names:
            return None
        found: dict[Language, Composition] = {}
        for (language, digest), path in zip(digests.items(), names, strict=True):
            data = self._same(path, digest)
            if data is None:
                return None
            try:
                found[language] = thawed(data, path, lambda _: b"", None)
            except DocgenError as error:
                self.faults += error.diagnostics
                return None
        return found


def _digest(compositions: Mapping[Language, Composition]) -> str:
    return of_languages({language: content_digest(one) for language, one in compositions.items()})


def _strays(holdings: Holdings, found: Sequence[_Document]) -> Iterator[Diagnostic]:
    """Files that no ledger accounts for: somebody put them there, or a killed step left them behind."""
    known = {name for one in found for name in one.known}
    for name in sorted(holdings.names - known):
        if name.split("/")[-1].startswith(".") or name.startswith((".new-", ".old-", f"{OBJECTS}/")):
            continue
        yield Diagnostic("file-stray", Span(holdings.shown(name)), {"path": name}, "warning")


def _seal_faults(holdings: Holdings, found: Sequence[_Document], trusted: Trusted) -> Iterator[Diagnostic]:
    for one in found:
        for path in one.kept:
            span = Span(holdings.shown(path))
            try:
                seal = check_seal(holdings.read(path), trusted, span)
            except DocgenError as error:
                yield from error.diagnostics
                continue
            if not seal.sound:
                yield Diagnostic("seal-broken", span, {"signer": seal.subject or "—"})
