"""The seal on a PDF: what it adds, what breaks it, whom it is believed from."""

from __future__ import annotations

import io
import logging
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps import DummyTimeStamper
from pypdf import PdfReader

from docgen.diagnostics import DocgenError, Span
from docgen.library.keys import Trusted, trusted
from docgen.library.seal import Seal, check_seal, seal
from docgen.publish.typesetter import Typesetter
from tests.library.certificates import FIRST, LAST, PASSPHRASE, Holder, holder

AT = datetime(2026, 6, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))
STAMPED = datetime(2026, 6, 1, 0, 31, tzinfo=UTC)
FILE = Span("SMS-PR-23-A1-zh.pdf")
REASON = "已发布 released"
SOURCE = """#set document(title: "变更管理", author: "Test")
#set text(lang: "zh", font: "Noto Sans SC")
= 目的
正文 #link("https://example.com")[链接]
#pagebreak()
= 范围
正文
"""


@pytest.fixture(scope="module")
def authority() -> Holder:
    return holder("Test Root 根", authority=True)


@pytest.fixture(scope="module")
def sealer(authority: Holder) -> Holder:
    return holder("Test Organization 示例公司", authority)


@pytest.fixture(scope="module")
def key(sealer: Holder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seal") / "seal.p12"
    path.write_bytes(sealer.p12)
    return path


@pytest.fixture(scope="module")
def client(sealer: Holder, authority: Holder) -> Trusted:
    return trusted({"seal/ours.crt": sealer.crt, "ca/root.crt": authority.crt}, "keys")


@pytest.fixture(scope="module")
def released() -> bytes:
    return Typesetter().pdf({"main.typ": SOURCE.encode()}, date(2026, 6, 1))


@pytest.fixture(scope="module")
def sealed(released: bytes, key: Path) -> bytes:
    return seal(released, key, lambda: PASSPHRASE, AT, REASON, None, FILE)


def reader(pdf: bytes) -> Any:
    return PdfReader(io.BytesIO(pdf))


def shown(value: object) -> str:
    """A value of a PDF without the reader that references in it name."""
    return re.sub(r", \d+\)", ")", str(value))


def code(caught: pytest.ExceptionInfo[DocgenError]) -> str:
    (mistake,) = caught.value.diagnostics
    return mistake.code


def test_a_seal_is_believed(sealed: bytes, client: Trusted) -> None:
    found = check_seal(sealed, client, FILE)
    assert found.sound
    assert "Test Organization 示例公司" in found.subject
    assert (found.at, found.stamped, found.stamp_trusted) == (AT, None, False)
    assert (found.intact, found.whole, found.trusted) == (True, True, True)


def test_a_pdf_without_a_seal_says_so(released: bytes, client: Trusted) -> None:
    assert check_seal(released, client, FILE) == Seal(sealed=False)
    assert not Seal(sealed=False).sound


def test_the_release_stays_byte_for_byte(released: bytes, sealed: bytes) -> None:
    assert sealed.startswith(released)


def test_only_the_signature_is_added(released: bytes, sealed: bytes) -> None:
    before, after = reader(released), reader(sealed)
    root, former = after.trailer["/Root"], before.trailer["/Root"]
    assert set(root) - set(former) == {"/AcroForm", "/Extensions"}
    assert list(root["/Extensions"]) == ["/ESIC"]
    for name in former:
        assert shown(root.raw_get(name)) == shown(former.raw_get(name)), name
    assert after.metadata == before.metadata
    assert root["/Metadata"].get_data() == former["/Metadata"].get_data()
    assert b"pdfaid:conformance" in root["/Metadata"].get_data()
    assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]


def test_the_field_is_nowhere_to_be_seen_and_allowed_by_pdfa_and_pdfua(sealed: bytes) -> None:
    (field,) = reader(sealed).trailer["/Root"]["/AcroForm"]["/Fields"]
    widget, page = field.get_object(), reader(sealed).pages[0]
    left, bottom, right, top = widget["/Rect"]
    assert left == right < page.cropbox.left
    assert bottom == top < page.cropbox.bottom
    print_only, hidden = widget["/F"] & 4, widget["/F"] & 0b100011
    assert (print_only, hidden, "/AP" in widget) == (4, 0, False)
    assert (widget["/TU"], page["/Tabs"]) == (REASON, "/S")
    assert (widget["/V"]["/SubFilter"], widget["/V"]["/Reason"]) == ("/ETSI.CAdES.detached", REASON)


def test_a_changed_byte_is_found_wherever_it_is(sealed: bytes, client: Trusted) -> None:
    start = sealed.index(b"/Contents <30") + len("/Contents <")
    end = sealed.index(b">", start)
    places = [*range(0, start, 97), *range(start - 20, start), *range(end, len(sealed), 7), len(sealed) - 1]
    for place in places:
        harmed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        try:
            assert not check_seal(harmed, client, FILE).sound, place
        except DocgenError as error:
            assert [d.code for d in error.diagnostics] == ["seal-pdf"]


def test_a_changed_byte_under_the_pages_leaves_a_broken_seal(sealed: bytes, client: Trusted) -> None:
    place = sealed.index(b"stream\n") + 40
    found = check_seal(sealed[:place] + b"?" + sealed[place + 1 :], client, FILE)
    assert (found.sealed, found.intact, found.sound) == (True, False, False)


def test_what_is_hidden_behind_the_signature_is_found(sealed: bytes, client: Trusted) -> None:
    end = sealed.index(b"00>", sealed.index(b"/Contents <30"))
    found = check_seal(sealed[:end] + b"41" + sealed[end + 2 :], client, FILE)
    assert (found.intact, found.whole, found.sound) == (True, False, False)


def test_what_is_appended_is_found(sealed: bytes, client: Trusted) -> None:
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(sealed))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    for longer in (out.getvalue(), sealed + b"\n"):
        found = check_seal(longer, client, FILE)
        assert (found.sealed, found.intact, found.whole, found.sound) == (True, True, False, False)


def test_a_part_of_the_file_is_no_sealed_pdf(sealed: bytes, released: bytes, client: Trusted) -> None:
    assert not check_seal(sealed[: len(released)], client, FILE).sealed
    for part in (b"", b"%PDF-1.7", sealed[: len(sealed) // 3]):
        with pytest.raises(DocgenError) as caught:
            check_seal(part, client, FILE)
        assert code(caught) == "seal-pdf"


def test_somebody_elses_seal_is_not_trusted(sealed: bytes, authority: Holder, client: Trusted) -> None:
    namesake = holder("Test Organization 示例公司", authority)
    for others in ({}, {"seal/ours.crt": namesake.crt}, {"ca/root.crt": authority.crt}):
        found = check_seal(sealed, trusted(others, "keys"), FILE)
        assert (found.intact, found.whole, found.trusted, found.sound) == (True, True, False, False)


def test_a_certificate_of_an_unknown_authority_is_not_trusted(sealed: bytes, sealer: Holder) -> None:
    assert check_seal(sealed, trusted({"seal/ours.crt": sealer.crt}, "keys"), FILE).sound
    stranger = holder("Test Root 根", authority=True)
    both = trusted({"seal/ours.crt": sealer.crt, "ca/root.crt": stranger.crt}, "keys")
    assert not check_seal(sealed, both, FILE).trusted


@pytest.mark.parametrize("at", [FIRST - timedelta(seconds=1), LAST + timedelta(seconds=1)])
def test_a_certificate_out_of_date_does_not_seal(released: bytes, key: Path, at: datetime) -> None:
    with pytest.raises(DocgenError) as caught:
        seal(released, key, lambda: PASSPHRASE, at, REASON, None, FILE)
    assert code(caught) == "key-period"


def test_a_sealed_pdf_is_not_sealed_again(sealed: bytes, key: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        seal(sealed, key, lambda: PASSPHRASE, AT, REASON, None, FILE)
    assert code(caught) == "seal-twice"


@pytest.mark.parametrize("pdf", [b"", b"PK\x03\x04", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_not_sealed(pdf: bytes, key: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        seal(pdf, key, lambda: PASSPHRASE, AT, REASON, None, FILE)
    assert code(caught) == "seal-pdf"


def test_a_wrong_passphrase_is_told(released: bytes, key: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        seal(released, key, lambda: b"wrong", AT, REASON, None, FILE)
    assert code(caught) == "key-locked"


def test_a_pem_file_seals(released: bytes, sealer: Holder, client: Trusted, tmp_path: Path) -> None:
    (tmp_path / "seal.pem").write_bytes(sealer.pem(None))
    sealed = seal(released, tmp_path / "seal.pem", lambda: b"", AT, REASON, None, FILE)
    assert check_seal(sealed, client, FILE).sound


@contextmanager
def served(answer: Any) -> Iterator[str]:
    """An HTTP server on this machine that answers every request by `answer(body)`; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def stamper(authority: Holder) -> Any:
    """What a timestamp service answers."""
    service = holder("Test Time 时间", authority, stamps=True)
    secret = service.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    made = DummyTimeStamper(
        asn1_x509.Certificate.load(service.der), asn1_keys.PrivateKeyInfo.load(secret), fixed_dt=STAMPED
    )
    return lambda body: made.request_tsa_response(tsp.TimeStampReq.load(body)).dump()


def test_a_timestamp_says_when(released: bytes, key: Path, client: Trusted, sealer: Holder, stamper: Any) -> None:
    with served(stamper) as url:
        stamped = seal(released, key, lambda: PASSPHRASE, AT, REASON, url, FILE)
    found = check_seal(stamped, client, FILE)
    assert (found.sound, found.stamped, found.stamp_trusted) == (True, STAMPED, True)
    alone = check_seal(stamped, trusted({"seal/ours.crt": sealer.crt}, "keys"), FILE)
    assert (alone.sound, alone.stamped, alone.stamp_trusted) == (True, STAMPED, False)


def test_no_timestamp_no_seal(released: bytes, key: Path) -> None:
    with served(lambda _: b"junk") as url:
        gone = url
        with pytest.raises(DocgenError) as caught:
            seal(released, key, lambda: PASSPHRASE, AT, REASON, url, FILE)
        assert code(caught) == "seal-timestamp"
    for other in (gone, "ftp://example.com", "nonsense"):
        with pytest.raises(DocgenError) as caught:
            seal(released, key, lambda: PASSPHRASE, AT, REASON, other, FILE)
        assert code(caught) == "seal-timestamp"
        assert caught.value.diagnostics[0].values["reason"]


def test_nothing_is_printed(sealed: bytes, client: Trusted, capfd: pytest.CaptureFixture[str]) -> None:
    place = sealed.index(b"stream\n") + 40
    check_seal(sealed[:place] + b"?" + sealed[place + 1 :], client, FILE)
    check_seal(sealed, trusted({}, "keys"), FILE)
    assert capfd.readouterr() == ("", "")
    assert logging.getLogger("pyhanko").handlers


def test_without_the_package_it_says_what_to_install(
    released: bytes, key: Path, client: Trusted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    with pytest.raises(DocgenError) as caught:
        seal(released, key, lambda: PASSPHRASE, AT, REASON, None, FILE)
    assert code(caught) == "key-extra"
    with pytest.raises(DocgenError) as caught:
        check_seal(released, client, FILE)
    assert code(caught) == "key-extra"
