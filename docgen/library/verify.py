"""Whether a library, or the part of one that a pack carries, is still what was signed and issued.

Works on files by path, so that a folder and a received zip are verified alike, without network and without content.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from docgen.compose.digest import of_languages
from docgen.diagnostics import Diagnostic, DocgenError, Language, Severity, Span
from docgen.files import sha256
from docgen.library import ledger
from docgen.library.branches import forged
from docgen.library.frozen import content_digest, logo_of
from docgen.library.keys import Claim, KeySignature, Trusted, verify_all
from docgen.library.ledger import Event, Ledger
from docgen.library.lifecycle import Edition, Life, replay
from docgen.library.seal import check_seal
from docgen.library.shelf import LEDGER, OBJECTS, OWN, place, round_place
from docgen.library.steps import statement

Read = Callable[[str], bytes]
_ODD = (LookupError, TypeError, ValueError, AttributeError, RecursionError)
"""What comes of data that is not of the form that docgen writes."""


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
        tuple(sorted({fault.key(): fault for fault in faults}.values(), key=Diagnostic.key)),
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
        self.unclear: set[str] = set()
        """Folders of which a damaged file does not tell any more what belongs there."""
        self._disposed: set[str] = set()
        """Versions whose files may be gone."""
        self.life = Life(code)

    def checked(self) -> _Document:
        """The document with everything that is wrong with it."""
        path = f"{self.code}/{LEDGER}"
        try:
            book = ledger.read(self.holdings.read(path), self.code)
        except DocgenError as error:
            self.faults += error.diagnostics
            return self
        for fault in book.faults:
            self._fault(fault.code, path, fault.line, kind=fault.kind)
        self.life = replay(book)
        if book.faults:
            self.unclear.add(f"{self.code}/")
        else:
            self._steps(book)
        self._disposed = {edition.version for edition in self.life.editions if edition.disposed is not None}
        overtaken = {event.hash for event in self.life.overtaken}
        for event in self.life.events:
            if event.action == "submit":  # What a merge overtook has left its files, too.
                self._submission(event)
            if event.action == "sign" and event.hash not in overtaken:
                self._signature(event)
        for edition in self.life.issued:
            self._release(edition)
        return self

    def _fault(self, code: str, path: str, line: int = 1, severity: Severity = "error", **values: str) -> None:
        span = Span(self.holdings.shown(path), line)
        self.faults.append(Diagnostic(code, span, {"document": self.code, **values}, severity))

    def _steps(self, book: Ledger) -> None:
        """Steps that the table does not allow: after a merge they were overtaken, otherwise somebody wrote them in."""
        path, written_in = f"{self.code}/{LEDGER}", forged(book)
        for event in written_in:
            self._fault("step-forged", path, event.line, action=event.action)
        for event in self.life.overtaken:
            if event not in written_in:
                self._fault("step-overtaken", path, event.line, "warning", action=event.action)
        moments = {event.hash: event.moment for event in book.events}
        for event in book.events:
            if any(event.moment < moments[before] for before in event.prev if before in moments):
                self._fault("clock-ran-back", path, event.line, at=event.at)

    def _submission(self, event: Event) -> None:
        """The compositions of a round are those that the digest was made of."""
        self.signed.append(event)
        version, path = str(event["version"]), f"{self.code}/{LEDGER}"
        try:
            round_ = round_place(self.code, version, event["round"], str(event["digest"]))
            digest = self._content(event["compositions"], round_, version)
        except _ODD:
            self._fault("step-forged", path, event.line, action=event.action)
            return
        if digest and digest != event["digest"]:
            self._fault("DC-55", path, event.line, version=version)

    def _signature(self, event: Event) -> None:
        self.signed.append(event)
        if event.get("method", "account") == "account":
            return
        span = Span(self.holdings.shown(f"{self.code}/{LEDGER}"), event.line)
        signature = KeySignature(event["method"], str(event.get("value")), str(event.get("key")))
        said = statement(self.code, str(event["version"]), event.fields, event.prev)
        self.claims.append(Claim(said, signature, str(event["person"]), event.moment, span))

    def _release(self, edition: Edition) -> None:
        assert edition.release is not None
        folder = place(self.code, edition.version)
        path = f"{folder}/release.json"
        if self.holdings.partial and path not in self.holdings.names:
            return
        data = self._same(path, edition.release.get("record"), edition.version)
        if data is None:
            self.unclear.add(f"{folder}/")
            return
        try:
            self._frozen(edition, json.loads(data), folder)
        except _ODD as error:
            self._fault("release-damaged", path, reason=str(error)[:80])

    def _frozen(self, edition: Edition, release: Mapping[str, Any], folder: str) -> None:
        """What a release names: files that are kept, logos and shells, compositions of the content that was signed."""
        for name, digest in release.get("kept", {}).items():
            kept = self._same(f"{folder}/{name}", digest, edition.version)
            self.kept += [f"{folder}/{name}"] if kept is not None and release.get("sealed") else []
        for digest in (*release["shells"].values(), *release["logos"]):
            self._object(digest, edition.version)
        digest = self._content(release["compositions"], folder, edition.version)
        if digest and {digest, release["digest"]} != {edition.digest}:
            self._fault("DC-55", f"{folder}/release.json", 1, version=edition.version)

    def _same(self, path: str, digest: Any, version: str) -> bytes | None:
        """The bytes of a file, where they are what was written; what was disposed of may be gone."""
        self.known.add(path)
        if path not in self.holdings.names:
            if version not in self._disposed:
                self._fault("file-gone", path)
            return None
        try:
            data = self.holdings.read(path)
        except DocgenError as error:
            self.faults += error.diagnostics
            return None
        if sha256(data) != digest:
            self._fault("file-changed", path)
            return None
        return data

    def _object(self, digest: str, version: str) -> None:
        """A logo or shell, looked at once."""
        if f"{OBJECTS}/{digest}" not in self.known:
            self._same(f"{OBJECTS}/{digest}", digest, version)

    def _content(self, digests: Mapping[Language, str], folder: str, version: str) -> str:
        """The content digest of the compositions in a folder; '' where they are not there or not what was written."""
        names = [f"{folder}/{language}.json" for language in digests]
        if self.holdings.partial and not set(names) & self.holdings.names:
            return ""
        held = [self._same(path, digest, version) for path, digest in zip(names, digests.values(), strict=True)]
        found = {language: data for language, data in zip(digests, held, strict=True) if data is not None}
        for data in found.values():
            self._object(logo_of(data), version)
        if len(found) < len(digests):
            return ""
        return of_languages({language: content_digest(data) for language, data in found.items()})


def _strays(holdings: Holdings, found: Sequence[_Document]) -> Iterator[Diagnostic]:
    """Files that no ledger accounts for: somebody put them there, or a killed step left them behind.

    A frozen version without a ledger is no such leftover: the ledger is gone.
    """
    known = {name for one in found for name in one.known}
    codes = {one.code for one in found}
    unclear = tuple(folder for one in found for folder in one.unclear)
    unclear += (f"{OBJECTS}/",) if unclear else ()
    for name in sorted(holdings.names - known):
        code, *rest = name.split("/")
        if name in OWN or code.startswith((".new-", ".old-")) or name.startswith(unclear):
            continue
        if code not in codes and (rest[1:] == ["release.json"] or [one[:8] for one in rest[1:2]] == ["round-2-"]):
            yield Diagnostic("file-gone", Span(holdings.shown(f"{code}/{LEDGER}")), {"document": code})
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
