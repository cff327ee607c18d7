"""Signatures by key: what signs, what is believed, and what each refusal says; with the real ssh-keygen."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from docgen import processes
from docgen.diagnostics import DocgenError, Span
from docgen.library.keys import Claim, KeySignature, Trusted, read_trusted, sign, trusted, verify, verify_all
from docgen.library.x509 import PACKAGE
from tests.conftest import ROOT
from tests.library.certificates import FIRST, LAST, PASSPHRASE, Holder, holder

STATEMENT = "SMS-PR-23 A/1 approved by li 你好\n".encode()
AT = datetime(2026, 6, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))
LINE = Span("ledger.jsonl", 7)


def keygen(*what: str | Path) -> None:
    subprocess.run(["ssh-keygen", *what], check=True, capture_output=True)


def public(key: Path) -> str:
    return key.with_name(f"{key.name}.pub").read_text("ascii").strip()


def unasked() -> bytes:
    raise AssertionError("asked for a passphrase")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of OpenSSH keys: li, wang, and a locked one."""
    folder = tmp_path_factory.mktemp("ssh")
    for name, passphrase in (("li", ""), ("wang", ""), ("locked", "geheim 1")):
        keygen("-q", "-t", "ed25519", "-N", passphrase, "-C", f"{name}@example.com", "-f", folder / name)
    return folder


@pytest.fixture(scope="module")
def signature(keys: Path) -> KeySignature:
    return sign(STATEMENT, keys / "li", unasked)


def signers(*lines: str) -> Trusted:
    return trusted({"allowed_signers": "\n".join(lines).encode()}, "keys")


def claim(signature: KeySignature, person: str = "li", at: datetime = AT, statement: bytes = STATEMENT) -> Claim:
    return Claim(statement, signature, person, at, LINE)


def refusal(what: Claim, whom: Trusted) -> str:
    with pytest.raises(DocgenError) as caught:
        verify(what, whom)
    (mistake,) = caught.value.diagnostics
    assert mistake.span == LINE
    return mistake.code


def refused(key: Path, passphrase: bytes = b"") -> tuple[str, str]:
    with pytest.raises(DocgenError) as caught:
        sign(STATEMENT, key, lambda: passphrase)
    (mistake,) = caught.value.diagnostics
    assert mistake.span == Span(str(key))
    return mistake.code, mistake.values.get("reason", "")


def line(keys: Path, person: str = "li", options: str = "", key: str = "") -> str:
    return " ".join(filter(None, [person, options, public(keys / (key or person))]))


def test_a_persons_key_signs(keys: Path, signature: KeySignature) -> None:
    assert signature.method == "ssh"
    assert signature.key.startswith("SHA256:")
    verify(claim(signature), signers("# people", "", line(keys), line(keys, "wang")))


def test_openssh_itself_believes_the_signature(keys: Path, signature: KeySignature, tmp_path: Path) -> None:
    (tmp_path / "allowed").write_text(line(keys))
    (tmp_path / "sig").write_text(signature.value)
    command = ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "li", "-n", "docgen@sms", "-s", "sig"]
    done = subprocess.run(command, cwd=tmp_path, input=STATEMENT, capture_output=True, check=True)
    assert signature.key in done.stdout.decode()


def test_nothing_is_left_behind(keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = sorted(keys.iterdir())
    made = sign(STATEMENT, keys / "li", unasked)
    verify(claim(made), signers(line(keys)))
    assert refused(keys / "locked")[0] == "key-locked"
    assert (list(tmp_path.iterdir()), sorted(keys.iterdir())) == ([], before)


def test_a_changed_statement_is_found(keys: Path, signature: KeySignature) -> None:
    assert refusal(claim(signature, statement=STATEMENT + b" "), signers(line(keys))) == "key-statement"


def test_a_signature_for_another_purpose_is_none(keys: Path, tmp_path: Path, signature: KeySignature) -> None:
    (tmp_path / "file").write_bytes(STATEMENT)
    keygen("-Y", "sign", "-n", "git", "-f", keys / "li", tmp_path / "file")
    other = replace(signature, value=(tmp_path / "file.sig").read_text())
    assert refusal(claim(other), signers(line(keys))) == "key-statement"


def test_the_key_named_must_be_the_one_that_signed(keys: Path, signature: KeySignature) -> None:
    other = sign(STATEMENT, keys / "wang", unasked)
    both = signers(line(keys), line(keys, "li", key="wang"))
    verify(claim(other), both)
    assert refusal(claim(replace(other, key=signature.key)), both) == "key-statement"


def test_a_person_without_a_key_is_told(keys: Path, signature: KeySignature) -> None:
    assert refusal(claim(signature, "zhao"), signers(line(keys))) == "key-untrusted"
    assert refusal(claim(signature), trusted({}, "keys")) == "key-untrusted"


def test_somebody_elses_key_is_told(keys: Path, signature: KeySignature) -> None:
    assert refusal(claim(signature, "wang"), signers(line(keys), line(keys, "wang"))) == "key-other"


def test_a_key_holds_from_its_first_to_its_last_moment_in_utc(keys: Path, signature: KeySignature) -> None:
    allowed = signers(line(keys, options='valid-after="20260601",valid-before="20260701"'))
    start, end = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
    for at in (start, start.astimezone(timezone(timedelta(hours=8))), end - timedelta(seconds=1)):
        verify(claim(signature, at=at), allowed)
    for at in (start - timedelta(seconds=1), end + timedelta(seconds=1)):
        assert refusal(claim(signature, at=at), allowed) == "key-period"


def test_a_key_for_other_purposes_is_told(keys: Path, signature: KeySignature) -> None:
    assert refusal(claim(signature), signers(line(keys, options='namespaces="git"'))) == "key-period"
    verify(claim(signature), signers(line(keys, options='namespaces="git,docgen@sms"')))


@pytest.mark.parametrize("harm", ["", "x", "A" * 40_000, "签名"])
def test_a_damaged_signature_is_told(keys: Path, signature: KeySignature, harm: str) -> None:
    damaged = replace(signature, value=signature.value.replace("-----BEGIN SSH SIGNATURE-----", harm))
    assert refusal(claim(damaged), signers(line(keys))) == "key-armor"


def test_a_signature_with_a_damaged_middle_is_told(keys: Path, signature: KeySignature) -> None:
    lines = signature.value.splitlines(keepends=True)
    cut = replace(signature, value="".join(lines[:2] + lines[3:]))
    assert refusal(claim(cut), signers(line(keys))) in ("key-armor", "key-statement")
    assert refusal(claim(replace(signature, value="".join(lines[:-1]))), signers(line(keys))) == "key-armor"


@pytest.mark.parametrize("start", ["* ", "li* ", "li,wang ", "!li ", "li cert-authority ", "", '"li" '])
def test_a_line_names_one_person(keys: Path, start: str) -> None:
    with pytest.raises(DocgenError) as caught:
        signers("# people", f"{start}{public(keys / 'li')}")
    assert [(d.code, str(d.span)) for d in caught.value.diagnostics] == [("key-line", "keys/allowed_signers:2:1")]


def test_every_wrong_line_is_told(keys: Path) -> None:
    with pytest.raises(DocgenError) as caught:
        signers("li", "li ssh-ed25519 ???", line(keys), line(keys, "wang", key="li"), '"')
    assert [(d.code, d.span.line) for d in caught.value.diagnostics] == [
        ("key-line", 1),
        ("key-line", 2),
        ("key-shared", 4),
        ("key-line", 5),
    ]


def test_a_locked_key_does_not_wait_for_anybody(keys: Path) -> None:
    assert refused(keys / "locked") == ("key-locked", "")


@pytest.mark.parametrize(("typed", "end"), [("geheim 1", 0), ("wrong", 1)])
def test_the_passphrase_is_asked_at_the_terminal(keys: Path, typed: str, end: int) -> None:
    ours, theirs = os.openpty()
    program = (
        "import fcntl, sys, termios; from pathlib import Path; from docgen.library.keys import sign\n"
        "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        "print(sign(b'statement', Path(sys.argv[1]), lambda: b'').method)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, keys / "locked"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    os.close(theirs)
    asked = b""
    while b"passphrase" not in asked:
        asked += os.read(ours, 1000)
    os.write(ours, f"{typed}\n".encode())
    out, err = child.communicate()
    os.close(ours)
    assert (child.returncode, out == b"ssh\n", b"key-locked" in err) == (end, not end, bool(end))


@pytest.fixture
def agent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real agent, without keys."""
    with subprocess.Popen(["ssh-agent", "-D"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        monkeypatch.setenv("SSH_AUTH_SOCK", process.stdout.readline().split("=")[1].split(";")[0])
        yield
        process.terminate()


@pytest.mark.usefixtures("agent")
def test_an_agent_signs_with_a_key_it_holds(keys: Path, tmp_path: Path) -> None:
    shown = tmp_path / "li.pub"
    shown.write_text(public(keys / "li"))
    assert refused(shown)[0] == "key-agent"
    subprocess.run(["ssh-add", "-q", keys / "li"], check=True, capture_output=True)
    verify(claim(sign(STATEMENT, shown, unasked)), signers(line(keys)))


def test_what_is_no_key_is_told(tmp_path: Path) -> None:
    junk = tmp_path / "junk"
    junk.write_text("junk")
    junk.chmod(0o600)
    assert refused(junk)[0] == "key-refused"
    assert refused(tmp_path / "missing")[0] == "file-unreadable"
    assert refused(tmp_path / "missing.p12")[0] == "file-unreadable"
    assert refused(tmp_path)[0] == "file-unreadable"


def test_a_key_that_others_may_read_is_refused_in_openssh_words(keys: Path, tmp_path: Path) -> None:
    copy = tmp_path / "open"
    copy.write_bytes((keys / "li").read_bytes())
    copy.chmod(0o644)
    code, reason = refused(copy)
    assert code == "key-refused"
    assert "are too open" in reason


def test_a_missing_ssh_keygen_is_told(
    keys: Path, signature: KeySignature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert processes.program("ssh-keygen") is None
    assert refused(keys / "li")[0] == "key-tool"
    assert refusal(claim(signature), signers(line(keys))) == "key-tool"


def test_many_claims_are_answered_in_order(keys: Path, signature: KeySignature) -> None:
    allowed = signers(line(keys), line(keys, "wang"))
    claims = [claim(signature, person) for person in ("li", "wang", "zhao", "li")]
    answers = [error and error.diagnostics[0].code for error in verify_all(claims, allowed, 2)]
    assert answers == [None, "key-other", "key-untrusted", None]
    assert verify_all([], allowed, 2) == []


# Certificates


@pytest.fixture(scope="module")
def authority() -> Holder:
    return holder("Test Root 根", authority=True)


@pytest.fixture(scope="module")
def li(authority: Holder) -> Holder:
    return holder("李 Li", authority)


@pytest.fixture(scope="module")
def certified(li: Holder, tmp_path_factory: pytest.TempPathFactory) -> KeySignature:
    key = tmp_path_factory.mktemp("x509") / "li.p12"
    key.write_bytes(li.p12)
    return sign(STATEMENT, key, lambda: PASSPHRASE)


def test_a_certificate_signs(certified: KeySignature, li: Holder, authority: Holder) -> None:
    assert certified.method == "x509"
    assert "李 Li" in certified.key
    verify(claim(certified), trusted({"li.crt": li.crt}, "keys"))
    verify(claim(certified), trusted({"li.crt": li.der, "ca/root.crt": authority.crt}, "keys"))


def test_openssl_believes_the_signature(certified: KeySignature, authority: Holder, tmp_path: Path) -> None:
    for name, data in (("s", STATEMENT), ("sig", certified.value.encode()), ("ca", authority.crt)):
        (tmp_path / name).write_bytes(data)
    command = "openssl cms -verify -binary -inform PEM -in sig -content s -CAfile ca -purpose any -no_check_time"
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout == STATEMENT


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
def test_a_pem_file_holds_key_and_certificate(li: Holder, tmp_path: Path, passphrase: bytes | None) -> None:
    key = tmp_path / "li.pem"
    key.write_bytes(li.pem(passphrase))
    made = sign(STATEMENT, key, (lambda: passphrase) if passphrase else unasked)
    verify(claim(made), trusted({"li.crt": li.crt}, "keys"))
    if passphrase:
        assert refused(key, b"wrong") == ("key-locked", "")


def test_a_wrong_passphrase_of_a_certificate_is_told(li: Holder, tmp_path: Path) -> None:
    key = tmp_path / "li.p12"
    key.write_bytes(li.p12)
    assert refused(key, b"wrong") == ("key-locked", "")
    assert refused(key) == ("key-locked", "")


def test_what_is_no_key_with_a_certificate_is_told(li: Holder, tmp_path: Path) -> None:
    other = holder("other")
    for name, data in (
        ("junk.p12", b"junk"),
        ("cut.p12", li.p12[:-9]),
        ("certificate.p12", li.der),
        ("long.pfx", b"\x30" * 200_000),
        ("key.pem", li.pem(None)[: -len(li.crt)]),
        ("two.pem", li.pem(None)[: -len(li.crt)] + other.crt),
        ("certificate.pem", li.crt),
    ):
        (tmp_path / name).write_bytes(data)
        assert refused(tmp_path / name, PASSPHRASE)[0] == "key-refused", name


def test_a_changed_statement_under_a_certificate_is_found(certified: KeySignature, li: Holder) -> None:
    pinned = trusted({"li.crt": li.crt}, "keys")
    assert refusal(claim(certified, statement=b""), pinned) == "key-statement"
    assert refusal(claim(replace(certified, key="SHA256:other")), pinned) == "key-statement"


def test_a_certificate_belongs_to_its_person(certified: KeySignature, li: Holder, authority: Holder) -> None:
    namesake = holder("李 Li", authority)
    assert refusal(claim(certified, "zhao"), trusted({"li.crt": li.crt}, "keys")) == "key-untrusted"
    assert refusal(claim(certified), trusted({"li.crt": namesake.crt}, "keys")) == "key-other"
    verify(claim(certified), trusted({"li.crt": namesake.crt + li.crt}, "keys"))


def test_a_certificate_holds_from_its_first_to_its_last_second(certified: KeySignature, li: Holder) -> None:
    pinned = trusted({"li.crt": li.crt}, "keys")
    verify(claim(certified, at=FIRST), pinned)
    verify(claim(certified, at=LAST), pinned)
    for at in (FIRST - timedelta(seconds=1), LAST + timedelta(seconds=1)):
        assert refusal(claim(certified, at=at), pinned) == "key-period"


def test_a_certificate_comes_from_an_authority_where_there_is_one(certified: KeySignature, li: Holder) -> None:
    stranger = holder("Test Root 根", authority=True)
    assert refusal(claim(certified), trusted({"li.crt": li.crt, "ca/x.crt": stranger.crt}, "keys")) == "key-chain"


def test_ones_own_certificate_needs_no_authority(authority: Holder, tmp_path: Path) -> None:
    own = holder("Wang 王")
    (tmp_path / "wang.p12").write_bytes(own.p12)
    made = sign(STATEMENT, tmp_path / "wang.p12", lambda: PASSPHRASE)
    verify(claim(made, "wang"), trusted({"wang.crt": own.crt, "ca/root.crt": authority.crt}, "keys"))


def test_no_changed_byte_of_a_certified_signature_makes_another_person_sign(
    certified: KeySignature, li: Holder, authority: Holder
) -> None:
    pinned = trusted({"li.crt": li.crt, "wang.crt": holder("Wang", authority).crt}, "keys")
    for at in range(0, len(certified.value), 23):
        harmed = certified.value[:at] + chr(ord(certified.value[at]) ^ 1) + certified.value[at + 1 :]
        answers = verify_all(
            [
                claim(replace(certified, value=harmed), "wang"),
                claim(replace(certified, value=harmed), statement=b"other"),
            ],
            pinned,
            workers=1,
        )
        codes = {error and error.diagnostics[0].code for error in answers}
        assert codes <= {"key-armor", "key-statement", "key-other"}, at


def test_what_is_no_certificate_is_told(li: Holder) -> None:
    armored = b"-----BEGIN CERTIFICATE-----\nMAMC\n-----END CERTIFICATE-----\n"
    for data in (b"", b"junk", b"\x30\x03", armored, li.crt + armored):
        with pytest.raises(DocgenError) as caught:
            trusted({"li.crt": data}, "keys")
        assert [(d.code, d.span.file) for d in caught.value.diagnostics] == [("key-certificate", "keys/li.crt")]


def test_two_people_do_not_share_a_certificate(li: Holder) -> None:
    with pytest.raises(DocgenError, match=r"keys/wang\.crt:1:1 key-shared"):
        trusted({"li.crt": li.crt, "wang.crt": li.crt}, "keys")


def test_the_folder_is_read(keys: Path, signature: KeySignature, li: Holder, authority: Holder, tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    (folder / "ca").mkdir(parents=True)
    (folder / "allowed_signers").write_text(line(keys))
    (folder / "li.crt").write_bytes(li.crt)
    (folder / "ca" / "root.crt").write_bytes(authority.crt)
    (folder / "README.md").write_text("what this is")
    read = read_trusted(folder)
    assert (read.certificates, len(read.authorities), read.seals) == ({"li": (li.der,)}, 1, ())
    verify(claim(signature), read)
    assert read_trusted(tmp_path / "none") == trusted({}, "keys")


def test_a_file_too_large_is_told() -> None:
    with pytest.raises(DocgenError, match="file-too-large"):
        trusted({"allowed_signers": b"#" * 1_000_001}, "keys")


def test_the_package_named_is_the_extra_and_is_not_loaded_before_it_is_needed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["optional-dependencies"]["seal"] == [PACKAGE]
    program = "import sys, docgen.library.seal; print(sorted({'pyhanko', 'cryptography'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_without_the_package_it_says_what_to_install(
    certified: KeySignature, li: Holder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned = trusted({"li.crt": li.crt}, "keys")
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    (tmp_path / "li.p12").write_bytes(li.p12)
    assert refused(tmp_path / "li.p12")[0] == "key-extra"
    assert refusal(claim(certified), pinned) == "key-extra"
