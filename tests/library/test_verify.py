"""What `docgen verify` sees: every byte range of a small library and of a received pack changed, and the place named.

What it cannot see, for want of anything to hold it against, as long as nobody signs by key:

- the last lines of a ledger cut off and a new seal written; where a version was issued in them its files are told as
  strays, and a signature by key after them no longer holds;
- a ledger written anew as a whole, or a line added at its end, with the right hashes and seal;
- a line that looks as if it came from another branch, with a seal that names it, if the step was possible there;
- the folder of a whole document taken away;
- in a pack besides: HTML, XLSX and the index changed together with the manifest; a document left out with its ledger.

An earlier copy of the library, such as the history of git, shows all of these.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from docgen import delivery
from docgen.build import build, composer_of
from docgen.cli import library
from docgen.compose.labels import read_labels
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.files import zipped
from docgen.library import ledger, received
from docgen.library import verify as verifying
from docgen.library.keys import Claim, Trusted, read_trusted, verify_all
from docgen.library.ledger import line_of, sealed
from docgen.library.shelf import OWN, round_place
from docgen.library.verify import Holdings, verify
from docgen.model.workspace import load
from docgen.order import FORMATS, Request
from docgen.pack import Contents, pack
from tests.conftest import ROOT, silent
from tests.library.small import APPROVER, CHANGED, CLIENT, ONE, TWO, WHY, Small, at, first_issue, in_use, second_issue
from tests.program import run

AS_OF = "2026-04-20"
LEDGERS = (f"{ONE}/ledger.jsonl", f"{TWO}/ledger.jsonl")
Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A first issue after a rejected round, copies, a second version approved by key; another document withdrawn."""
    made = Small(tmp_path_factory.mktemp("verify"))
    key = made.root / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    public = key.with_suffix(".pub").read_text("ascii").split()
    made.write({"keys/allowed_signers": f"shen-zhiqiu {public[0]} {public[1]}\n"})
    made.do(*first_issue(ONE), *in_use(ONE), *first_issue(TWO))
    made.do(at("2026-04-15", "withdraw", TWO, "--reason", WHY, *APPROVER))
    made.write(CHANGED)
    for moment, arguments in second_issue(ONE):
        made.do((moment, (*arguments, "--key", str(key)) if "approved" in arguments else arguments))
    return made


@pytest.fixture(scope="module")
def whole(small: Small) -> Files:
    """Every file of the library that proves something."""
    return {name: data for name, data in small.contents().items() if name not in OWN}


@pytest.fixture(scope="module")
def known(small: Small) -> Trusted:
    """Whose key is whose."""
    return read_trusted(small.folder / "keys")


@pytest.fixture(autouse=True, scope="module")
def keys_once() -> Iterator[None]:
    """The same signature over the same statement is checked by ssh-keygen once."""
    seen: dict[Claim, DocgenError | None] = {}

    def once(claims: list[Claim], known: Trusted, workers: int) -> list[DocgenError | None]:
        new = [claim for claim in claims if claim not in seen]
        seen.update(zip(new, verify_all(new, known, workers), strict=True))
        return [seen[claim] for claim in claims]

    with mock.patch.object(verifying, "verify_all", once):
        yield


def looked(files: Files, known: Trusted) -> tuple[Diagnostic, ...]:
    """What is wrong with a library of these files."""
    return verify(Holdings(frozenset(files), files.__getitem__, str, partial=False), known, 1).faults


def places(faults: tuple[Diagnostic, ...], severity: str = "error") -> set[str]:
    """The files that are blamed."""
    return {fault.span.file for fault in faults if fault.severity == severity}


CHANGES: dict[str, Callable[[bytes, int, int], bytes]] = {
    "flip": lambda data, start, end: data[:start] + bytes(byte ^ 1 for byte in data[start:end]) + data[end:],
    "delete": lambda data, start, end: data[:start] + data[end:],
    "insert": lambda data, start, end: data[:start] + data[start:end] * 2 + data[end:],
    "zero": lambda data, start, end: data[:start] + bytes(end - start) + data[end:],
}


def windows(data: bytes, width: int) -> Iterator[tuple[int, int]]:
    """Byte ranges that cover the data."""
    for start in range(0, len(data), width):
        yield start, min(start + width, len(data))


def test_the_library_is_as_it_was_signed(whole: Files, known: Trusted, small: Small) -> None:
    found = small.verified()
    assert found.faults == looked(whole, known) == ()
    assert (found.documents, found.releases, found.keys) == (2, 3, 1)
    assert len([name for name in whole if name.endswith(".pdf")]) == 6 and len(whole) >= 30


def test_no_range_of_bytes_of_a_file_changes_unseen(whole: Files, known: Trusted) -> None:
    count = 0
    for name in sorted(set(whole) - set(LEDGERS)):
        data = whole[name]
        for number, (start, end) in enumerate(windows(data, max(32, len(data) // 60))):
            kind = list(CHANGES)[number % len(CHANGES)]
            changed = CHANGES[kind](data, start, end)
            faults = looked({**whole, name: changed}, known)
            assert changed == data or places(faults) == {name}, (name, kind, start, faults)
            assert {fault.code for fault in faults} == {"file-changed"}
            count += 1
    assert count > 1200


@pytest.mark.parametrize("change", CHANGES)
def test_no_range_of_bytes_of_a_ledger_changes_unseen(whole: Files, known: Trusted, change: str) -> None:
    """The line is named, and no other file."""
    for name in LEDGERS:
        data = whole[name]
        for start, end in windows(data, 23):
            faults = looked({**whole, name: CHANGES[change](data, start, end)}, known)
            lines = range(data.count(b"\n", 0, start) + 1, data.count(b"\n", 0, end) + 2)
            assert places(faults) == {name}, (name, start, faults)
            assert {fault.span.line for fault in faults if fault.severity == "error"} & set(lines), (start, faults)
            assert not places(faults, "warning")


@pytest.mark.parametrize("name", LEDGERS)
def test_no_line_of_a_ledger_is_moved_unseen(whole: Files, known: Trusted, name: str) -> None:
    """Each line deleted, doubled in place and at the end, exchanged with the next; or all from it on cut off."""
    lines = whole[name].splitlines(keepends=True)
    other = whole[next(one for one in LEDGERS if one != name)].splitlines(keepends=True)[-2]
    for number in range(len(lines)):
        head, line, tail = lines[:number], lines[number], lines[number + 1 :]
        spoiled = {
            "deleted": [*head, *tail],
            "doubled": [*head, line, line, *tail],
            "at the end": [*lines, line],
            "exchanged": [*head, *tail[:1], line, *tail[1:]] if tail else [*head[:-1], line, *head[-1:]],
            "cut off": head,
            "cut off before the seal": [*head, lines[-1]] if tail else head,
            "of the other ledger": [*head, other, *lines[number:]],
        }
        for what, changed in spoiled.items():
            faults = looked({**whole, name: b"".join(changed)}, known)
            assert places(faults) == {name}, (what, number, faults)
            blamed = {fault.span.line for fault in faults if fault.severity == "error"}
            assert blamed & {number, number + 1, number + 2, len(changed)}, (what, number, faults)


@pytest.mark.parametrize("name", LEDGERS)
def test_a_line_with_the_right_hash_does_not_slip_in(whole: Files, known: Trusted, name: str) -> None:
    """After each line, as if it had come from a branch; the seal does not know it."""
    lines = whole[name].splitlines(keepends=True)
    events = ledger.read(whole[name], name.split("/")[0]).events
    for number, event in enumerate(events, 1):
        fields = {**event.fields, "account": "somebody"}
        for prev in ([event.hash], [], list(event.prev), [event.hash, event.hash]):
            changed = [*lines[:number], line_of(fields, prev), *lines[number:]]
            faults = looked({**whole, name: b"".join(changed)}, known)
            assert places(faults) == {name}
            assert number + 1 in {fault.span.line for fault in faults if fault.severity == "error"}, faults


def rewritten(data: bytes, code: str, change: Callable[[dict[str, Any]], object]) -> bytes:
    """A ledger in which somebody changed events and computed all hashes and the seal anew."""
    events = ledger.read(data, code).events
    lines: list[bytes] = []
    prev = [ledger.root(code)]
    for event in events:
        fields = dict(event.fields)
        change(fields)
        lines.append(line_of(fields, prev))
        prev = [json.loads(lines[-1])["hash"]]
    return sealed(lines, prev)


def where(action: str, /, **changed: Any) -> Callable[[dict[str, Any]], object]:
    """Change fields of the events of an action."""
    return lambda fields: fields.update(changed) if fields["action"] == action else None


REWRITTEN: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another text before the signature": (where("comment", text="Fine"), "key-"),
    "another person": (where("sign", person="he-yutong"), "key-"),
    "another time": (where("sign", at="2026-04-08T10:00:00+08:00"), ""),
    "other content": (where("submit", digest="0" * 64), "step-forged"),
    "content of the wrong form": (where("submit", compositions=[["zh"]]), "step-forged"),
    "a folder elsewhere": (where("submit", compositions={"../../x": "0" * 64}), "file-gone"),
    "a version elsewhere": (lambda fields: fields.update(version=".."), ""),
    "another release": (where("release", record="0" * 64), "file-changed"),
    "no release record": (where("release", record=None), "file-changed"),
    "a date that is none": (where("release", effective="soon"), "step-forged"),
    "a round that was not": (where("submit", round=7), "step-forged"),
    "an action that there is not": (where("comment", action="bless"), "step-forged"),
    "a signature without its time": (where("sign", round=None), ""),
    "a method that there is not": (where("sign", method="rot13", value=5, key={}), "key-"),
    "a clock that runs back": (where("comment", at="2020-01-01T00:00:00+08:00"), "clock-ran-back"),
    "a time that is none": (where("comment", at="now"), "ledger-damaged"),
    "half a character": (where("comment", text="\\ud800"), "key-"),
}


@pytest.mark.parametrize("what", REWRITTEN)
def test_a_ledger_written_anew_is_held_against_keys_and_files(whole: Files, known: Trusted, what: str) -> None:
    """Whatever its lines say, it is no traceback but a fault; with a signature by key behind them, always one."""
    change, code = REWRITTEN[what]
    data = rewritten(whole[LEDGERS[0]], ONE, change)
    faults = looked({**whole, LEDGERS[0]: data}, known)
    assert any(fault.code.startswith(code) and fault.severity == "error" for fault in faults), faults
    assert all(place.startswith(ONE) for place in places(faults))


def test_a_ledger_cut_off_and_sealed_anew_leaves_strays(whole: Files, known: Trusted) -> None:
    lines = whole[LEDGERS[0]].splitlines(keepends=True)
    events = ledger.read(whole[LEDGERS[0]], ONE).events
    first = next(number for number, event in enumerate(events, 1) if event.action == "revise")
    faults = looked({**whole, LEDGERS[0]: sealed(lines[:first], [events[first - 1].hash])}, known)
    assert places(faults) == set()
    assert {name for name in whole if name.startswith(f"{ONE}/A1/")} <= places(faults, "warning")


def test_no_file_goes_moves_or_comes_unseen(whole: Files, known: Trusted) -> None:
    for name in whole:
        without = {other: data for other, data in whole.items() if other != name}
        gone = looked(without, known)
        assert places(gone) == {name} and {fault.code for fault in gone if fault.severity == "error"} == {"file-gone"}
        moved = looked({**without, f"{name}.bak": whole[name]}, known)
        assert places(moved) == {name}
        assert f"{name}.bak" in places(moved, "warning") or name.endswith(("release.json", "ledger.jsonl"))
    for folder in {name.rpartition("/")[0] for name in whole} | {"", f"{ONE}/A2", "SMS-WI-99", "objects/x"}:
        for name in ("new.json", ".hidden", "0" * 64):
            added = f"{folder}/{name}".lstrip("/")
            assert places(looked({**whole, added: b"{}"}, known), "warning") == {added}


def test_no_two_files_change_places_unseen(whole: Files, known: Trusted) -> None:
    names = sorted(whole)
    pairs = [(one, other) for one in names for other in names if one < other and one[-5:] == other[-5:]]
    assert len(pairs) > 60
    for one, other in pairs:
        if whole[one] != whole[other]:
            faults = looked({**whole, one: whole[other], other: whole[one]}, known)
            both = {one, other}
            assert places(faults) & both and (places(faults) >= both or "release.json" in one + other), faults
            if not both & set(LEDGERS):
                assert places(faults) <= both


def test_the_life_of_one_document_does_not_pass_for_that_of_another(whole: Files, known: Trusted) -> None:
    copied = {name.replace(TWO, "SMS-WI-83"): data for name, data in whole.items() if name.startswith(TWO)}
    assert places(looked({**whole, **copied}, known)) == {"SMS-WI-83/ledger.jsonl"}


def test_the_program_names_the_place(small: Small, tmp_path: Path) -> None:
    shutil.copytree(small.root, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "content" / CLIENT / "library" / ONE / "A0" / "zh.pdf"
    path.write_bytes(path.read_bytes().replace(b"%%EOF", b"%%eof"))
    ended = run(tmp_path, "verify", DOCGEN_CLIENT=CLIENT)
    assert ended.returncode == 1 and ended.stderr.startswith(f"content/small/library/{ONE}/A0/zh.pdf:1:1: error")
    assert "Traceback" not in ended.stderr and "errors: 1, warnings: 0" in ended.stderr


def test_signatures_for_other_content_are_told(whole: Files, known: Trusted) -> None:
    """Content changed and every hash of it with it, but for the digest that was signed."""
    files = dict(whole)
    book = ledger.read(files[LEDGERS[0]], ONE)
    submission = next(event for event in book.events if event.action == "submit")
    folder = round_place(ONE, submission["version"], submission["round"], submission["digest"])
    path = f"{folder}/en.json"
    files[path] = files[path].replace(b'"blocks":[', b'"blocks":[{"t":"HorizontalRule"},', 1)
    hashes = {**submission["compositions"], "en": sha256(files[path]).hexdigest()}

    def change(fields: dict[str, Any]) -> None:
        if fields["action"] == "submit" and fields["round"] == submission["round"]:
            fields["compositions"] = hashes if fields["version"] == submission["version"] else fields["compositions"]

    files[LEDGERS[0]] = rewritten(files[LEDGERS[0]], ONE, change)
    assert "DC-55" in {fault.code for fault in looked(files, known)}


def test_a_frozen_version_that_was_changed_is_not_built(small: Small, tmp_path: Path) -> None:
    shutil.copytree(small.root, tmp_path, dirs_exist_ok=True)
    for path in (tmp_path / "content" / CLIENT / "library" / ONE).glob("*/release.json"):
        path.write_bytes(path.read_bytes().replace(b'"effective"', b'"Effective"'))
    ended = run(tmp_path, "build", "--as-of", AS_OF, "--json", DOCGEN_CLIENT=CLIENT)
    told = json.loads(ended.stdout)["diagnostics"]
    assert (ended.returncode, {one["code"] for one in told}) == (1, {"release-damaged"})


# Packs


@pytest.fixture(scope="module")
def members(small: Small, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """What a pack of the documents in force holds."""
    space = load(CLIENT, (small.root / "content", ROOT / "content"))
    request = Request(date.fromisoformat(AS_OF), (ONE,))
    made = build(space, tmp_path_factory.mktemp("build"), request, silent)
    composer, lives = composer_of(space, request)
    documents = list(delivery._documents(composer, lives, made, drafts=False))
    organization = delivery._organization(composer, documents[0])
    contents = Contents(documents, organization, library=delivery._proof(small.shelf, lives, AS_OF))
    labels = {language: read_labels(space.folders, language) for language in space.content.client.languages}
    with zipfile.ZipFile(io.BytesIO(pack(space, contents, labels, AS_OF))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def fitted(members: Files) -> Files:
    """A pack whose manifest fits its files."""
    manifest = json.loads(members["manifest.json"])
    others = {name: data for name, data in members.items() if name != "manifest.json"}
    manifest["files"] = [{"path": name, "sha256": sha256(data).hexdigest()} for name, data in others.items()]
    return {**others, "manifest.json": json.dumps(manifest).encode()}


def judged(members: Files | bytes, folder: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with a pack; its refusal as a whole counts too."""
    path = folder / "pack.zip"
    path.write_bytes(members if isinstance(members, bytes) else zipped(members.items()))
    try:
        return library.verified(folder, CLIENT, path).faults
    except DocgenError as error:
        return error.diagnostics


def test_a_pack_is_as_it_was_made(members: Files, tmp_path: Path) -> None:
    assert judged(members, tmp_path) == judged(fitted(members), tmp_path) == ()
    held = {f"library/{ONE}/A1/release.json", f"library/{LEDGERS[0]}", "library/keys/allowed_signers"}
    assert held <= set(members)


def test_no_member_of_a_pack_changes_unseen(members: Files, tmp_path: Path) -> None:
    for name in sorted(set(members) - {"manifest.json"}):
        data = members[name]
        for kind, (start, end) in zip(CHANGES, windows(data, len(data) // 4 + 1), strict=False):
            faults = judged({**members, name: CHANGES[kind](data, start, end)}, tmp_path)
            assert f"pack.zip/{name}" in places(faults) and {"file-changed", "key-line"} & {one.code for one in faults}
            assert all(place.startswith(("pack.zip/library/", f"pack.zip/{name}")) for place in places(faults))
        without = {other: held for other, held in members.items() if other != name}
        assert f"pack.zip/{name}" in places(judged(without, tmp_path))
    assert places(judged({**members, "zh/more.pdf": b"x"}, tmp_path)) == {"pack.zip/zh/more.pdf"}


def test_the_library_inside_tells_what_a_fitted_manifest_hides(members: Files, tmp_path: Path) -> None:
    told = (
        {"index.html"}
        | {name for name in members if name.endswith((".xlsx", ".html"))}
        | {"library/keys/allowed_signers"}
    )
    for name in sorted(set(members) - told - {"manifest.json"}):
        changed = judged(fitted({**members, name: members[name] + b" "}), tmp_path)
        assert f"pack.zip/{name}" in places(changed) | places(changed, "warning"), name
        without = {other: held for other, held in members.items() if other != name}
        assert f"pack.zip/{name}" in places(judged(fitted(without), tmp_path)) or name.startswith(f"library/{TWO}"), (
            name
        )
    assert places(judged(fitted({**members, "zh/more.pdf": b"x"}), tmp_path)) == {"pack.zip/zh/more.pdf"}
    assert places(judged(fitted({**members, f"library/{ONE}/A1/more": b"x"}), tmp_path), "warning")


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest["documents"][0].update(version="A/0"),
        lambda manifest: manifest["documents"][0].update(digest="0" * 64),
        lambda manifest: manifest["documents"].clear(),
        lambda manifest: manifest["documents"].append({**manifest["documents"][0], "code": TWO}),
        lambda manifest: manifest.update(as_of="2026-03-30"),
        lambda manifest: manifest["documents"][0]["files"].pop(),
        lambda manifest: manifest.update(documents=7),
        lambda manifest: manifest.update(files=None),
        lambda manifest: manifest["files"].append({"path": "x"}),
        lambda manifest: manifest["documents"].append("x"),
        lambda manifest: manifest["documents"][0].update(files=[{}]),
        lambda manifest: manifest.pop("documents"),
    ],
)
def test_a_manifest_that_says_otherwise_than_the_library_is_told(
    members: Files, tmp_path: Path, change: Callable[[Any], object]
) -> None:
    manifest = json.loads(members["manifest.json"])
    change(manifest)
    assert places(judged({**members, "manifest.json": json.dumps(manifest).encode()}, tmp_path))


def test_a_version_that_is_not_in_force_and_a_file_of_another_are_told(members: Files, tmp_path: Path) -> None:
    manifest = json.loads(members["manifest.json"])
    manifest["documents"][0].update(version="Z/9")
    told = judged({**members, "manifest.json": json.dumps(manifest).encode()}, tmp_path)
    assert "pack-differs" in {fault.code for fault in told}
    words = next(name for name in members if name.endswith(".docx"))
    told = judged(fitted({**members, words: members[words] + b" "}), tmp_path)
    assert [(fault.code, fault.severity) for fault in told] == [("file-rebuilt", "warning")]


def test_a_pack_without_a_library_proves_nothing(members: Files, tmp_path: Path) -> None:
    faults = judged(fitted({name: data for name, data in members.items() if not name.startswith("library/")}), tmp_path)
    assert [(fault.code, fault.severity) for fault in faults] == [("pack-unproven", "warning")]


def test_no_range_of_bytes_of_the_zip_does_harm(members: Files, tmp_path: Path) -> None:
    """A damaged zip is refused, or a fault is told, or what it holds is what it held."""
    data = zipped(members.items())
    for number, (start, end) in enumerate(windows(data, len(data) // 160)):
        changed = CHANGES[list(CHANGES)[number % 4]](data, start, start + (end - start) // (1 + number % 3 * 40) + 1)
        if not judged(changed, tmp_path):
            with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
                assert {name: archive.read(name) for name in archive.namelist()} == members
    for start in range(len(data) - 1200, len(data), 7):  # The directory of the zip.
        changed = CHANGES["flip"](data, start, start + 1)
        if not judged(changed, tmp_path):
            with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
                assert {name: archive.read(name) for name in archive.namelist()} == members


def test_what_is_no_pack_or_would_fill_the_machine_is_refused(
    members: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(data: bytes) -> bool:
        return [fault.code for fault in judged(data, tmp_path)] == ["pack-unreadable"]

    data = zipped(members.items())
    strange = [b"[" * 100_000, b"\xff", b"7", b"{}"]
    for bad in (b"", b"PK", data[: len(data) // 2], *(zipped([("manifest.json", one)]) for one in strange), zipped([])):
        assert refused(bad)
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = zipped([*members.items(), ("index.html", b"another")])
    assert refused(twice)
    monkeypatch.setattr(received, "SMALL", 1024)
    assert refused(zipped([*members.items(), ("zeros.txt", bytes(200 * len(data)))]))
    monkeypatch.setattr(received, "MAX_FILES", 5)
    assert refused(data)


def test_the_program_refuses_a_damaged_pack_without_a_traceback(members: Files, tmp_path: Path) -> None:
    (tmp_path / "pack.zip").write_bytes(zipped(members.items())[:-40])
    ended = run(tmp_path, "verify", "pack.zip")
    assert ended.returncode == 1 and "error pack-unreadable" in ended.stderr and "Traceback" not in ended.stderr


# Frozen versions


def built(client: Small) -> dict[str, str]:
    """SHA-256 of the files of the first document, by language and format."""
    ended = run(client.root, "build", ONE, "--as-of", AS_OF, DOCGEN_CLIENT=CLIENT)
    assert ended.returncode == 0, ended.stderr
    folder = client.root / "build" / CLIENT
    made = {f"{language}/{name}": folder / language / f"{ONE}.{name}" for language in ("zh", "en") for name in FORMATS}
    return {name: sha256(path.read_bytes()).hexdigest() for name, path in made.items()}


def test_a_frozen_version_builds_to_the_same_bytes_whatever_the_client_has_become(tmp_path: Path) -> None:
    client = Small(tmp_path)
    client.write({"control.yaml": "keep_pdf: no\n"})
    client.do(*first_issue(ONE))
    issued = json.loads((client.library / ONE / "A0" / "release.json").read_bytes())["files"]
    before = built(client)
    assert len(issued) >= 4 and issued.items() <= before.items()
    client.write(CHANGED | OTHERWISE)
    for language, other in (("zh", "en"), ("en", "zh")):
        shell = (ROOT / "templates" / other / "shell.docx").read_bytes()
        (client.folder / "templates" / language / "shell.docx").write_bytes(shell)
    shutil.rmtree(client.root / "build")
    assert built(client) == before
    draft = (client.root / "build" / CLIENT / "draft" / "en" / f"{ONE}.html").read_text("utf-8")
    assert all(text in draft for text in ("New name", "calls", "New notice", "Edition", "AA0000"))


OTHERWISE = {
    "client.yaml": "extends: demo\nname: {zh: 新名, en: New name}\nshort: {zh: 新, en: New}\n"
    "brand: {logo: brand/new.svg, primary: '#AA0000', secondary: '#00AA00', header: {zh: 眉, en: Head}}\n",
    "brand/new.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>',
    "templates/zh/labels.yaml": "shell: {code: 编号, version: 版}\n",
    "templates/en/labels.yaml": "shell: {code: Number, version: Edition}\n",
    f"documents/{ONE}.yaml": """\
title: {zh: 新须知, en: New notice}
kind: plan
level: 3
template: notice
owner: SMO
clauses: [6.3]
signers: {prepared: SMO, reviewed: MR, approved: TM}
distribution: [SMO]
review_cycle: 6 months
classification: public
""",
}
"""The client under another name, in other colours and words, with another control record."""
