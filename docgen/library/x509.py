"""Certificates: keys read from their files, detached CMS signatures made and checked by pyHanko, never here."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import ssl
from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.diagnostics import Span, fail

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

PACKAGE = "pyhanko>=0.38,<0.39"
"""What has to be installed for certificates; the extra `seal` of docgen."""

LARGEST = 100_000
"""Bytes of the largest key file or armored signature that is looked at."""

_PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


def ready(span: Span) -> None:
    """Raises DocgenError where pyHanko is not installed; where it is, keeps it from printing what it then raises."""
    if find_spec("pyhanko") is None:
        raise fail("key-extra", span, package=PACKAGE)
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def read_certificates(data: bytes, span: Span) -> tuple[bytes, ...]:
    """The certificates (DER) of a file in PEM or DER form; raises DocgenError where there is none."""
    try:
        found = tuple(ssl.PEM_cert_to_DER_cert(block.decode("ascii")) for block in _PEM.findall(data))
        if not found and data[:1] == b"\x30":
            found = (data,)
        _parse(found)
    except ValueError as error:
        raise fail("key-certificate", span) from error
    if not found:
        raise fail("key-certificate", span)
    return found


def _parse(certificates: Sequence[bytes]) -> None:
    """Raises ValueError where one is no certificate; where the package is missing, nobody will look into it."""
    if find_spec("cryptography") is not None:
        from cryptography.x509 import load_der_x509_certificate

        for certificate in certificates:
            load_der_x509_certificate(certificate)


def fingerprint(certificate: bytes) -> str:
    """The SHA-256 fingerprint of a certificate (DER)."""
    return f"SHA256:{hashlib.sha256(certificate).hexdigest()}"


def name_of(certificate: bytes) -> str:
    """What a certificate (DER) goes by: its fingerprint and its subject."""
    from asn1crypto.x509 import Certificate

    subject = Certificate.load(certificate).subject.human_friendly
    return f"{fingerprint(certificate)} {' '.join(str(subject).split())}"


def load(path: Path, passphrase: Callable[[], bytes]) -> SimpleSigner:
    """The key and certificate of a .p12 or .pfx file, or of a PEM file that holds both; raises DocgenError."""
    span = Span(str(path))
    ready(span)
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    data = _bytes(path, span)
    read = _pem if b"-----BEGIN " in data else _pkcs12
    key, certificate, others = read(data, passphrase, span)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([Certificate.load(other.public_bytes(Encoding.DER)) for other in others])
    return SimpleSigner(
        signing_cert=Certificate.load(certificate.public_bytes(Encoding.DER)),
        signing_key=PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        cert_registry=store,
    )


def _bytes(path: Path, span: Span) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise fail("file-unreadable", span, reason=error.strerror or str(error)) from error
    if len(data) > LARGEST:
        raise fail("key-refused", span, reason=f"> {LARGEST} bytes")
    return data


_Parts = tuple["PrivateKeyTypes", "Certificate", "Sequence[Certificate]"]


def _pkcs12(data: bytes, passphrase: Callable[[], bytes], span: Span) -> _Parts:
    from asn1crypto.pkcs12 import Pfx
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

    try:
        known = Pfx.load(data, strict=True)["auth_safe"]["content_type"].native in ("data", "signed_data")
    except (ValueError, TypeError):
        known = False
    if not known:
        raise fail("key-refused", span, reason="not PKCS #12, not PEM")
    try:
        key, certificate, others = load_key_and_certificates(data, passphrase() or None)
    except ValueError as error:
        raise fail("key-locked", span) from error
    if key is None or certificate is None:
        raise fail("key-refused", span, reason="no private key with its certificate")
    return key, certificate, others


def _pem(data: bytes, passphrase: Callable[[], bytes], span: Span) -> _Parts:
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509 import load_pem_x509_certificates

    locked = b"ENCRYPTED" in data
    try:
        key = load_pem_private_key(data, passphrase() if locked else None)
    except (ValueError, TypeError) as error:
        raise fail("key-locked", span) if locked else fail("key-refused", span, reason=str(error)[:200]) from error
    try:
        found = load_pem_x509_certificates(data)
    except ValueError:
        found = []
    own = [certificate for certificate in found if certificate.public_key() == key.public_key()]
    if not own:
        raise fail("key-refused", span, reason="no certificate of the private key")
    return key, own[0], [certificate for certificate in found if certificate is not own[0]]


def sign(statement: bytes, key: Path, passphrase: Callable[[], bytes]) -> tuple[str, str]:
    """The armored CMS signature of a statement, which is not in it, and the name of the certificate."""
    signer = load(key, passphrase)
    from asn1crypto import pem
    from pyhanko.sign.general import SigningError

    try:
        made = asyncio.run(signer.async_sign_general_data(statement, "sha256"))
    except (SigningError, ValueError, NotImplementedError) as error:
        raise fail("key-refused", Span(str(key)), reason=str(error)[:200]) from error
    return pem.armor("CMS", made.dump()).decode("ascii"), name_of(certificate_of(signer))


def certificate_of(signer: SimpleSigner) -> bytes:
    """The certificate (DER) of a key that was loaded."""
    assert signer.signing_cert is not None
    return bytes(signer.signing_cert.dump())


def verify(
    statement: bytes,
    armor: str,
    person: str,
    at: datetime,
    pinned: Sequence[bytes],
    authorities: Sequence[bytes],
    span: Span,
) -> str:
    """The name of the person's certificate whose key signed the statement; raises DocgenError where none did.

    `pinned` are the person's certificates. One that somebody else issued must come from one of the `authorities`, where
    there are any. `at` is when it was signed, `span` what to blame.
    """
    ready(span)
    signed = _signed_data(armor, person, span)
    if not pinned:
        raise fail("key-untrusted", span, person=person)
    from pyhanko.sign.validation import async_validate_detached_cms

    context = trusting(pinned, at)
    try:
        status = asyncio.run(async_validate_detached_cms(statement, signed, context, key_usage_settings=signing_keys()))
        sound, certificate = status.intact and status.valid, bytes(status.signing_cert.dump())
    except Exception as error:  # whatever stands in a forged signature, it is none
        raise fail("key-statement", span, person=person) from error
    if not sound:
        raise fail("key-statement", span, person=person)
    if certificate not in pinned:
        raise fail("key-other", span, person=person, key=name_of(certificate))
    check_dates(certificate, at, person, span)
    if not status.trusted or not issued(certificate, at, authorities):
        raise fail("key-chain", span, person=person, key=name_of(certificate))
    return name_of(certificate)


def _signed_data(armor: str, person: str, span: Span) -> Any:
    from asn1crypto import cms, pem

    try:
        kind, _, data = pem.unarmor(armor[: LARGEST + 1].encode("ascii"))
        info = cms.ContentInfo.load(data, strict=True)
        if kind == "CMS" and info["content_type"].native == "signed_data":
            return info["content"]
    except (ValueError, TypeError, KeyError):
        pass
    raise fail("key-armor", span, person=person)


def valid(certificate: bytes, at: datetime) -> bool:
    """Whether a time is within the dates of a certificate (DER)."""
    first, last = _dates(certificate)
    return first <= at <= last


def check_dates(certificate: bytes, at: datetime, person: str, span: Span) -> None:
    """Raises DocgenError where a certificate (DER) was not yet or no longer valid at a time."""
    if not valid(certificate, at):
        first, last = _dates(certificate)
        reason = f"{first:%Y-%m-%d} – {last:%Y-%m-%d}"
        raise fail("key-period", span, person=person, key=name_of(certificate), reason=reason)


def _dates(certificate: bytes) -> tuple[datetime, datetime]:
    from asn1crypto.x509 import Certificate

    read = Certificate.load(certificate)
    return read.not_valid_before, read.not_valid_after


def issued(certificate: bytes, at: datetime, authorities: Sequence[bytes]) -> bool:
    """Whether one of the authorities issued a certificate that was valid at a time; one's own needs no authority."""
    from asn1crypto.x509 import Certificate
    from pyhanko_certvalidator import CertificateValidator
    from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

    read = Certificate.load(certificate)
    if not authorities or read.issuer == read.subject:
        return True
    validator = CertificateValidator(read, validation_context=trusting(authorities, at))
    try:
        asyncio.run(validator.async_validate_path())
    except (PathBuildingError, PathValidationError):
        return False
    return True


def trusting(certificates: Sequence[bytes], at: datetime) -> ValidationContext:
    """What trusts these certificates (DER) at a time, and asks nobody else."""
    from asn1crypto.x509 import Certificate
    from pyhanko_certvalidator import ValidationContext

    roots = [Certificate.load(certificate) for certificate in certificates]
    return ValidationContext(trust_roots=roots, moment=at, allow_fetching=False)


def signing_keys() -> KeyUsageConstraints:
    """What a certificate must be for: signatures of either kind."""
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    return KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
