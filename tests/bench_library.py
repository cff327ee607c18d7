"""A large library for `make bench`: many documents with many issued versions each, true to the last digest."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from docgen.compose.composer import Composer
from docgen.compose.composition import Composition
from docgen.compose.digest import content_digest, of_languages
from docgen.files import sha256
from docgen.library.frozen import frozen
from docgen.library.ledger import line_of, read, sealed
from docgen.library.shelf import LEDGER, OBJECTS, place, round_place
from docgen.model.workspace import load
from tests.conftest import AS_OF, ROOT

DOCUMENTS = 200
VERSIONS = 10
"""Issued versions of each document."""


def large(root: Path) -> None:
    """A client `large` on top of the sample, whose library holds DOCUMENTS documents with VERSIONS versions each."""
    client = root / "content" / "large"
    (client / "documents").mkdir(parents=True)
    (client / "client.yaml").write_text("extends: demo\n")
    composer = Composer(load("demo", (ROOT / "content",)), AS_OF)
    texts = {language: composer.compose("SMS-PR-20-F01", language) for language in ("zh", "en")}
    record = (ROOT / "content" / "base" / "documents" / "SMS-PR-20-F01.yaml").read_text("utf-8")
    for code in _codes():
        (client / "documents" / f"{code}.yaml").write_text(record.replace("kind: form", "kind: procedure"), "utf-8")
        for path, data in _files(code, texts).items():
            (client / "library" / path).parent.mkdir(parents=True, exist_ok=True)
            (client / "library" / path).write_bytes(data)


def _codes() -> Iterator[str]:
    for number in range(DOCUMENTS):
        yield f"SMS-{'WI' if number >= 100 else 'PL'}-{number % 100:02}"


def _files(code: str, texts: dict[Any, Composition]) -> dict[str, bytes]:
    """Ledger and frozen versions of a document."""
    files: dict[str, bytes] = {}
    lines: list[bytes] = []
    head = read(b"", code).heads
    for number in range(VERSIONS):
        version = f"A/{number}"
        made = {lang: replace(one, code=code, front=replace(one.front, version=version)) for lang, one in texts.items()}
        digest = of_languages({lang: content_digest(one) for lang, one in made.items()})
        data = {lang: frozen(one) for lang, one in made.items()}
        hashes = {lang: sha256(one) for lang, one in data.items()}
        folder = place(code, version)
        logo = next(iter(made.values())).brand.logo
        release = {"compositions": hashes, "digest": digest, "shells": {}, "logos": [sha256(logo)], "facts": {}}
        text = json.dumps(release).encode()
        files |= {f"{folder}/release.json": text, f"{OBJECTS}/{sha256(logo)}": logo}
        for lang, one in data.items():
            files |= {f"{folder}/{lang}.json": one, round_place(code, version, 1, digest) + f"/{lang}.json": one}
        for fields in _events(number, version, digest, hashes, sha256(text), made):
            line = line_of(fields, head)
            lines.append(line)
            head = (line[9:73].decode(),)
    files[f"{code}/{LEDGER}"] = sealed(lines, head)
    return files


def _events(
    number: int, version: str, digest: str, hashes: dict[Any, str], record: str, made: dict[Any, Composition]
) -> Iterator[dict[str, Any]]:
    start = datetime.datetime(2016 + number, 3, 1, 9, tzinfo=datetime.UTC)
    pair = {"zh": "本次修订依据内部审核的发现", "en": "Follows a finding of the internal audit"}
    names = ("title", "kind", "level", "classification", "owner", "clauses", "distribution")
    listing = {lang: {name: getattr(one.front, name) for name in names} for lang, one in made.items()}
    kind = "minor" if number else "first"
    steps = [
        {"action": "revise", "class": kind, "reason": pair},
        {"action": "submit", "class": kind, "reason": pair, "round": 1, "digest": digest, "compositions": hashes,
         "steps": [["reviewed", "SMO"], ["approved", "MR"]], "change": {"section": pair, "what": pair, "why": pair},
         "role": "CHM", "role_name": pair, "meaning": "prepared", "listing": listing, "stale": {}},
        {"action": "sign", "meaning": "reviewed", "role": "SMO", "role_name": pair, "digest": digest, "round": 1,
         "method": "account"},
        {"action": "sign", "meaning": "approved", "role": "MR", "role_name": pair, "digest": digest, "round": 1,
         "method": "account"},
        {"action": "release", "effective": f"{2016 + number}-04-01", "next_review": "2027-03-31", "record": record,
         "readers": ["CHM", "SMO"], "acknowledge_by": f"{2016 + number}-04-01", "pending": {},
         "references": [], "digest": digest},
        *({"action": "acknowledge", "person": person} for person in ("han-lixing", "cheng-yian")),
    ]  # fmt: skip
    for hour, fields in enumerate(steps if number else steps[1:]):
        at = (start + datetime.timedelta(hours=hour)).isoformat()
        yield {"version": version, "at": at, "person": "han-lixing", "name": pair, "account": "han", **fields}
