"""Signatures by OpenSSH keys: made and checked by the user's own `ssh-keygen`, never here.

The format is OpenSSH's SSHSIG, what `ssh-keygen -Y` writes and reads; who may sign with which key says a file in the
format of `ALLOWED SIGNERS` in ssh-keygen(1), in which a person's id is the principal.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from docgen import processes
from docgen.diagnostics import DocgenError, Span, fail
from docgen.files import reported

NAMESPACE = "docgen@sms"
"""What the signatures are for; a signature that was made for anything else is none here."""

LARGEST = 32_768
"""Characters of the longest armored signature that is looked at."""

_TOKEN = re.compile(r'(?:[^\s"]|"[^"]*")+')
_GOOD = re.compile(r"^Good .* key (SHA256:\S+)$", re.MULTILINE)
_WHERE = re.compile(r"^\S*signers:\d+: ")
_CALM = {"LC_ALL": "C", "TZ": "UTC0"}
"""The surroundings of a check: days without a zone in the allowed signers are days of UTC, on every machine."""


@dataclass(frozen=True)
class Signers:
    """Who may sign with which OpenSSH key."""

    text: bytes
    """The allowed signers as ssh-keygen reads them."""

    keys: Mapping[str, frozenset[str]]
    """Fingerprints of the keys of each person, whenever they may be used."""


def read_signers(text: bytes, file: str) -> Signers:
    """The allowed signers of a file; raises DocgenError for lines that name no key, or not one person for it."""
    lines = text.decode("utf-8", "replace").splitlines()
    mistakes: list[DocgenError] = []
    people: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                person, key = _entry(line, Span(file, number))
                if people.setdefault(key, person) != person:
                    raise fail("key-shared", Span(file, number), key=key, person=person, other=people[key])
            except DocgenError as mistake:
                mistakes.append(mistake)
    if mistakes:
        raise DocgenError(diagnostic for mistake in mistakes for diagnostic in mistake.diagnostics)
    keys = {person: frozenset(key for key in people if people[key] == person) for person in people.values()}
    return Signers("".join(f"{line}\n" for line in lines).encode(), keys)


def _entry(line: str, span: Span) -> tuple[str, str]:
    """Person and fingerprint of a line."""
    person, *rest = _TOKEN.findall(line) or [""]
    options = rest.pop(0) if rest and not rest[0].startswith(("ssh-", "ecdsa-", "sk-")) else ""
    try:
        blob = base64.b64decode(rest[1], validate=True)
    except (IndexError, binascii.Error) as error:
        raise fail("key-line", span) from error
    if "cert-authority" in options.lower() or not re.fullmatch(r'[^*?!,"]+', person):
        raise fail("key-line", span)
    return person, "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def sign(statement: bytes, key: Path) -> tuple[str, str]:
    """The armored signature of a statement, and the fingerprint of the key.

    `key` is a private key, or a public one whose private half an agent holds. ssh-keygen itself asks for a passphrase,
    at the terminal. Raises DocgenError.
    """
    span = Span(str(key))
    try:
        key.open("rb").close()
    except OSError as error:
        raise fail("file-unreadable", span, reason=error.strerror or str(error)) from error
    with private() as folder:
        file = folder / "statement"
        with reported(folder):
            file.write_bytes(statement)
        done = _keygen(["sign", "-n", NAMESPACE, "-f", key, file], span)
        if done.code:
            raise _refusal(done.err, span)
        made = folder / "statement.sig"
        fingerprint = _signing_key(statement, made, span)
        return made.read_text("ascii"), fingerprint


def _refusal(complaint: str, span: Span) -> DocgenError:
    if "incorrect passphrase" in complaint:
        return fail("key-locked", span)
    if "No private key found for public key" in complaint:
        return fail("key-agent", span)
    lines = [line.rstrip(".") for line in complaint.splitlines() if not line.startswith(("@", "Signing file"))]
    return fail("key-refused", span, reason="; ".join(lines)[:300])


def verify(statement: bytes, armor: str, person: str, at: datetime, signers: Signers, folder: Path, span: Span) -> str:
    """The fingerprint of the person's key that signed the statement; raises DocgenError where none did.

    `at` is when it was signed, `folder` a private one to lay the files into for ssh-keygen, `span` what to blame.
    """
    if len(armor) > LARGEST or not armor.isascii() or "-----BEGIN SSH SIGNATURE-----" not in armor:
        raise fail("key-armor", span, person=person)
    if person not in signers.keys:
        raise fail("key-untrusted", span, person=person)
    allowed, signature = folder / "signers", folder / "statement.sig"
    with reported(folder):
        allowed.write_bytes(signers.text)
        signature.write_text(armor, "ascii")
    time = f"-Overify-time={at.astimezone(UTC):%Y%m%d%H%M%S}"
    what: list[str | Path] = ["verify", "-f", allowed, "-I", person, "-n", NAMESPACE, "-s", signature, time]
    done = _keygen(what, span, given=statement, environment=_CALM)
    good = _GOOD.search(done.out)
    if done.code == 0 and good:
        return good[1]
    if "Couldn't parse signature" in done.err:
        raise fail("key-armor", span, person=person)
    key = _signing_key(statement, signature, span)
    if not key:
        raise fail("key-statement", span, person=person)
    if key not in signers.keys[person]:
        raise fail("key-other", span, person=person, key=key)
    raise fail("key-period", span, person=person, key=key, reason=_WHERE.sub("", done.err.splitlines()[0]))


def _signing_key(statement: bytes, signature: Path, span: Span) -> str:
    """Fingerprint of the key that made a signature, whoever's it is; empty where it is of another statement."""
    what: list[str | Path] = ["check-novalidate", "-n", NAMESPACE, "-s", signature]
    good = _GOOD.search(_keygen(what, span, given=statement, environment=_CALM).out)
    return good[1] if good else ""


def _keygen(
    what: Sequence[str | Path], span: Span, given: bytes = b"", environment: Mapping[str, str] | None = None
) -> processes.Finished:
    tool = processes.program("ssh-keygen")
    if tool is None:
        raise fail("key-tool", span)
    with reported(tool):
        return processes.run([tool, "-Y", *what], environment=environment, given=given)


@contextmanager
def private() -> Iterator[Path]:
    """A folder that nobody else can look into, gone afterwards."""
    with reported(Path(tempfile.gettempdir())):
        made = tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True)
    with made as folder:
        yield Path(folder)
