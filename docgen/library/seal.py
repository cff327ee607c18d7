"""The electronic seal on a released PDF: a PAdES signature, made and checked by pyHanko, invisible on every page.

It is appended to the PDF as it was released: pages, tags and metadata stay, byte for byte.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.diagnostics import Span, fail
from docgen.library import x509
from docgen.library.keys import Trusted

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko.sign.timestamps import TimeStamper
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus

FIELD = "docgen"
"""Name of the signature field."""

PATIENCE = 20
"""Seconds that a timestamp is waited for."""


@dataclass(frozen=True)
class Seal:
    """What the first seal of a PDF is worth."""

    sealed: bool
    """Whether there is one."""

    subject: str = ""
    """Fingerprint and subject of the certificate that sealed."""

    at: datetime | None = None
    """When the sealer says that it was."""

    stamped: datetime | None = None
    """When a timestamp says that it was."""

    intact: bool = False
    """Whether neither what was sealed nor the signature has changed; CMS itself leaves copies of issuers open."""

    whole: bool = False
    """Whether it covers the whole file, so that nothing was appended since."""

    trusted: bool = False
    """Whether the client trusts the certificate to seal, and it was valid then."""

    stamp_trusted: bool = False
    """Whether the timestamp is intact and comes from an authority that the client trusts."""

    @property
    def sound(self) -> bool:
        """Whether the PDF is as a trusted sealer left it; a timestamp is not asked for."""
        return self.sealed and self.intact and self.whole and self.trusted


def seal(
    pdf: bytes,
    certificate: Path,
    passphrase: Callable[[], bytes],
    at: datetime,
    reason: str,
    timestamp_url: str | None,
    span: Span,
) -> bytes:
    """The PDF with a PAdES seal (B-B, with a timestamp B-T) by the key and certificate of a .p12, .pfx or PEM file.

    `at` is when, `reason` says why in the document's language, `timestamp_url` is an RFC 3161 service, the only one
    asked over the network; `span` is what to blame for the PDF. Raises DocgenError.
    """
    signer = x509.load(certificate, passphrase)
    own = x509.certificate_of(signer)
    x509.check_dates(own, at, x509.name_of(own), Span(str(certificate)))
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    writer = _increment(pdf, span)
    stamper = HTTPTimeStamper(timestamp_url, timeout=PATIENCE) if timestamp_url else None
    try:
        return asyncio.run(_sealed(writer, signer, at, reason, stamper))
    except (TimestampRequestError, SigningError, ValueError, TypeError, KeyError, OSError) as error:
        cause = str(error.__cause__ or error)[:200] or type(error.__cause__ or error).__name__
        if timestamp_url:
            raise fail("seal-timestamp", span, url=timestamp_url, reason=cause) from error
        raise fail("seal-pdf", span, reason=cause) from error


async def _sealed(
    writer: IncrementalPdfFileWriter, signer: SimpleSigner, at: datetime, reason: str, stamper: TimeStamper | None
) -> bytes:
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
    from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

    metadata = PdfSignatureMetadata(FIELD, md_algorithm="sha256", reason=reason, subfilter=SigSeedSubFilter.PADES)
    # Off the page, as PDF/UA wants what is not tagged, and not hidden, as PDF/A wants it.
    nowhere = InvisSigSettings(box_out_of_bounds=True)
    field = SigFieldSpec(FIELD, readable_field_name=reason, invis_sig_settings=nowhere)
    session = PdfSigner(metadata, signer, timestamper=stamper, new_field_spec=field).init_signing_session(writer)
    session.system_time = at.astimezone(UTC)
    size = await session.estimate_signature_container_size(None)
    prepared = session.prepare_tbs_document(None, size)
    out = io.BytesIO()
    digest, _ = prepared.digest_tbs_document(output=out)
    await prepared.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=session.system_time))
    return out.getvalue()


def _increment(pdf: bytes, span: Span) -> IncrementalPdfFileWriter:
    """What appends to the PDF the signature and nothing else: metadata and version stay those of PDF/A-2."""
    from pyhanko.pdf_utils.extensions import DeveloperExtension
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Increment(IncrementalPdfFileWriter):
        def _update_meta(self) -> None: ...

        def ensure_output_version(self, version: tuple[int, int]) -> None: ...

        def register_extension(self, ext: DeveloperExtension) -> None:
            if ext.prefix_name == "/ESIC":  # the one that PAdES asks for in PDF 1.7
                super().register_extension(ext)

    try:
        writer = Increment(io.BytesIO(pdf))
        signed = bool(writer.prev.embedded_signatures)
    except Exception as error:  # whatever stands in a damaged file
        raise fail("seal-pdf", span, reason=str(error)[:200]) from error
    if signed:
        raise fail("seal-twice", span)
    return writer


def check_seal(pdf: bytes, trusted: Trusted, span: Span) -> Seal:
    """What the first seal of a PDF is worth; raises DocgenError where the PDF cannot be read at all."""
    x509.ready(span)
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        if not signatures:
            return Seal(sealed=False)
        signature = signatures[0]
        certificate, at = bytes(signature.signer_cert.dump()), signature.self_reported_timestamp
    except Exception as error:  # whatever stands in a damaged file
        raise fail("seal-pdf", span, reason=str(error)[:200]) from error
    if at is None or at.tzinfo is None:
        return Seal(sealed=True, subject=x509.name_of(certificate))
    status = _status(signature, trusted, at)
    stamp = status.timestamp_validity if status else None
    good_stamp = bool(stamp and stamp.intact and stamp.valid and stamp.trusted)
    moment = stamp.timestamp if stamp and good_stamp else at
    return Seal(
        sealed=True,
        subject=x509.name_of(certificate),
        at=at,
        stamped=stamp.timestamp if stamp else None,
        intact=bool(status and status.intact and status.valid),
        whole=_whole(signature, pdf),
        trusted=_may_seal(certificate, trusted, moment),
        stamp_trusted=good_stamp,
    )


def _status(signature: EmbeddedPdfSignature, trusted: Trusted, at: datetime) -> PdfSignatureStatus | None:
    """What pyHanko makes of a signature; None where it finds it malformed."""
    from pyhanko.sign.validation import validate_pdf_signature

    sealers, authorities = x509.trusting(trusted.seals, at), x509.trusting(trusted.authorities, at)
    try:
        return validate_pdf_signature(
            signature, sealers, authorities, key_usage_settings=x509.signing_keys(), skip_diff=True
        )
    except Exception:  # whatever stands in a forged signature, it is none
        return None


def _may_seal(certificate: bytes, trusted: Trusted, at: datetime) -> bool:
    return (
        certificate in trusted.seals
        and x509.valid(certificate, at)
        and x509.issued(certificate, at, trusted.authorities)
    )


def _whole(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether the signature is over every byte of the file but its own digits, and these hold nothing else."""
    from asn1crypto import parser

    content: bytes = signature.pkcs7_content
    covered: list[Any] = list(signature.byte_range)
    if len(covered) != 4 or covered[0] != 0 or covered[2] + covered[3] != len(pdf):
        return False
    digits = pdf[covered[1] : covered[2]]
    padding = content[parser.peek(content) :]
    return digits.lower() == b"<%s>" % content.hex().encode() and not padding.strip(b"\0")
