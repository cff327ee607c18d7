"""Certificates made for a test: an authority, people's certificates, the files they are kept in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
"""Between these the certificates are valid."""

PASSPHRASE = "口令 1".encode()
"""What opens the key files."""


@dataclass(frozen=True)
class Holder:
    """A certificate with its key and the certificate of its issuer."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    issuer: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def crt(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def p12(self) -> bytes:
        """Key, certificate and issuer, locked by PASSPHRASE."""
        lock = BestAvailableEncryption(PASSPHRASE)
        return pkcs12.serialize_key_and_certificates(b"", self.key, self.certificate, [self.issuer], lock)

    def pem(self, passphrase: bytes | None) -> bytes:
        """Key and certificates in one text."""
        lock: KeySerializationEncryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock) + self.crt


def holder(subject: str, issuer: Holder | None = None, authority: bool = False, stamps: bool = False) -> Holder:
    """A new certificate: of an authority, of a service that stamps times, or of somebody who signs."""
    key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
    signing_key = issuer.key if issuer else key
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    usage = x509.KeyUsage(not authority, False, False, False, False, authority, authority, False, False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FIRST)
        .not_valid_after(LAST)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(usage, critical=True)
    )
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    certificate = builder.sign(signing_key, hashes.SHA256())
    return Holder(certificate, key, issuer.certificate if issuer else certificate)
