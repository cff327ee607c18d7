"""Signatures by key over a statement: who signs with what, whose keys the client trusts, and whether they hold.

The client's folder `keys/` says whose keys are whose:

    keys/allowed_signers    OpenSSH keys, the person's id as principal, with `valid-after` and `valid-before`
    keys/<person>.crt       certificates of a person (PEM, several where one followed another)
    keys/seal/*.crt         certificates that seal released PDFs
    keys/ca/*.crt           who issues such certificates and timestamps; every issuer down to theirs
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Literal

from docgen.diagnostics import DocgenError, Span, fail
from docgen.library import ssh, x509

ENDINGS = (".crt", ".cer", ".pem")
"""Endings of files with certificates."""

CERTIFICATE_KEYS = (".p12", ".pfx", ".pem")
"""Endings of private keys that come with a certificate; every other key is one of OpenSSH."""

LARGEST = 1_000_000
"""Bytes of the largest file of `keys/` that is read."""


@dataclass(frozen=True)
class KeySignature:
    """A signature by key, as the ledger keeps it."""

    method: Literal["ssh", "x509"]
    """OpenSSH's format, or CMS with a certificate."""

    value: str
    """The signature as armored text."""

    key: str
    """Fingerprint of the key, `SHA256:…`; of a certificate with its subject."""


@dataclass(frozen=True)
class Trusted:
    """Whose keys are whose, as the client's folder `keys/` says."""

    signers: ssh.Signers
    """OpenSSH keys by person."""

    certificates: Mapping[str, tuple[bytes, ...]]
    """Certificates (DER) by person."""

    seals: tuple[bytes, ...]
    """Certificates (DER) that seal released PDFs."""

    authorities: tuple[bytes, ...]
    """Certificates (DER) of those who issue certificates and timestamps."""


@dataclass(frozen=True)
class Claim:
    """That a person signed a statement by key at a time."""

    statement: bytes
    signature: KeySignature
    person: str
    at: datetime
    span: Span
    """What to blame where it is not so, such as a line of the ledger."""


def read_trusted(folder: Path) -> Trusted:
    """What a client's folder `keys/` says; without the folder nobody's key is trusted. Raises DocgenError."""
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and (name == "allowed_signers" or path.suffix in ENDINGS):
            try:
                with path.open("rb") as stream:
                    files[name] = stream.read(LARGEST + 1)
            except OSError as error:
                raise fail("file-unreadable", Span(str(path)), reason=error.strerror or str(error)) from error
    return trusted(files, str(folder))


def trusted(files: Mapping[str, bytes], folder: str) -> Trusted:
    """The same from the contents of files, by their path inside `keys/`; `folder` is what messages call that."""
    signers = ssh.Signers(b"", {})
    people: dict[str, tuple[bytes, ...]] = {}
    others: dict[str, tuple[bytes, ...]] = {"seal": (), "ca": ()}
    for name, data in sorted(files.items()):
        path, span = PurePosixPath(name), Span(f"{folder}/{name}")
        if len(data) > LARGEST:
            raise fail("file-too-large", span, limit=str(LARGEST // 1_000_000))
        if name == "allowed_signers":
            signers = ssh.read_signers(data, span.file)
        elif path.suffix in ENDINGS and len(path.parts) == 1:
            people[path.stem] = people.get(path.stem, ()) + x509.read_certificates(data, span)
        elif path.suffix in ENDINGS and path.parent.as_posix() in others:
            others[path.parent.as_posix()] += x509.read_certificates(data, span)
    _refuse_shared(people, folder)
    return Trusted(signers, people, others["seal"], others["ca"])


def _refuse_shared(people: Mapping[str, tuple[bytes, ...]], folder: str) -> None:
    owners: dict[bytes, str] = {}
    for person, certificates in people.items():
        for certificate in certificates:
            if owners.setdefault(certificate, person) != person:
                span, key = Span(f"{folder}/{person}.crt"), x509.fingerprint(certificate)
                raise fail("key-shared", span, key=key, person=person, other=owners[certificate])


def sign(statement: bytes, key: Path, passphrase: Callable[[], bytes]) -> KeySignature:
    """Sign a statement with the key in a file: `.p12`, `.pfx` and `.pem` bring a certificate, others are OpenSSH's.

    `passphrase` is called where a key with a certificate is locked; ssh-keygen asks at the terminal itself. Whether the
    key is the person's says `verify`. Raises DocgenError.
    """
    if key.suffix.lower() in CERTIFICATE_KEYS:
        return KeySignature("x509", *x509.sign(statement, key, passphrase))
    return KeySignature("ssh", *ssh.sign(statement, key))


def verify(claim: Claim, trusted: Trusted) -> None:
    """Raises DocgenError unless the statement was signed by a key that is the person's and was allowed at that time."""
    made = claim.signature
    if made.method == "ssh":
        with ssh.private() as folder:
            key = ssh.verify(claim.statement, made.value, claim.person, claim.at, trusted.signers, folder, claim.span)
    else:
        pinned = trusted.certificates.get(claim.person, ())
        key = x509.verify(claim.statement, made.value, claim.person, claim.at, pinned, trusted.authorities, claim.span)
    if key != made.key:
        raise fail("key-statement", claim.span, person=claim.person)


def verify_all(claims: Sequence[Claim], trusted: Trusted, workers: int) -> list[DocgenError | None]:
    """What `verify` raises for each of the claims, None where one holds; as many at a time as there are workers."""

    def found(claim: Claim) -> DocgenError | None:
        try:
            verify(claim, trusted)
        except DocgenError as error:
            return error
        return None

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(found, claims))
