"""The ledger's file: lines are only ever added, any other change is noticed, and all readers read one order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.library import ledger
from docgen.library.ledger import Fault, appended, line_of, read, root, sealed

CODE = "SMS-PL-91"


def fields(number: int, at: str = "2026-03-02T09:00:00+08:00", **more: Any) -> dict[str, Any]:
    """What a line says."""
    return {"action": "comment", "version": "A/0", "at": at, "person": "ann", "text": f"意见 {number}", **more}


def written(count: int) -> bytes:
    """A ledger of so many lines."""
    data = b""
    for number in range(count):
        data = appended(data, CODE, fields(number, f"2026-03-02T09:{number:02}:00+08:00"))
    return data


def lines_of(data: bytes) -> list[bytes]:
    """The lines of a file, with their ends."""
    return data.splitlines(keepends=True)


def resealed(lines: Sequence[bytes]) -> bytes:
    """A file of these lines whose seal says so."""
    heads = read(b"".join(lines), CODE).heads
    return sealed(lines, heads)


def test_a_line_more_leaves_the_lines_before_as_they_were() -> None:
    three, four = lines_of(written(3)), lines_of(written(4))
    assert four[:3] == three[:3] and len(four) == 5
    book = read(b"".join(four), CODE)
    assert book.faults == () and [event["text"] for event in book.events] == [f"意见 {n}" for n in range(4)]
    assert book.events[0].prev == (root(CODE),)
    assert [event.prev for event in book.events[1:]] == [(event.hash,) for event in book.events[:-1]]
    assert book.heads == (book.events[-1].hash,)


def test_a_merge_may_double_lines_and_the_next_step_puts_them_in_order() -> None:
    base = lines_of(written(1))[0]
    (first,) = read(base, CODE).events
    sides = [line_of(fields(n, f"2026-03-02T10:0{n}:00+08:00"), [first.hash]) for n in (1, 2)]
    behind = [json.loads(side)["hash"] for side in sides]
    joined = [line_of(fields(n, f"2026-03-02T10:0{n}:00+08:00"), behind) for n in (3, 4)]
    one, other = sealed([base, *sides, joined[0]], [json.loads(joined[0])["hash"]]), sealed([*sides, joined[1]], [])
    seal = json.dumps({"lines": 4, "heads": [json.loads(joined[1])["hash"]]}, separators=(",", ":")).encode() + b"\n"
    merged = one + b"".join(lines_of(other)[:3]) + seal
    assert read(merged, CODE).faults == () and len(read(merged, CODE).events) == 5
    next_step = appended(merged, CODE, fields(5, "2026-03-02T10:05:00+08:00"))
    assert read(next_step, CODE).faults == ()
    assert lines_of(next_step)[:5] == [base, *sides, *joined]


def test_an_empty_ledger_begins_at_its_document() -> None:
    assert read(b"", CODE).heads == (root(CODE),) != (root("SMS-PL-92"),)
    assert [fault.kind for fault in read(written(1), "SMS-PL-92").faults] == ["line-lost"]


@settings(max_examples=150)
@given(st.integers(0, len(written(4)) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed_unnoticed(place: int, by: int) -> None:
    data = bytearray(written(4))
    data[place] ^= by
    assert read(bytes(data), CODE).faults


@settings(max_examples=80)
@given(st.integers(0, len(written(4)) - 1), st.integers(1, 400))
def test_no_bytes_can_be_taken_out_unnoticed(start: int, count: int) -> None:
    data = written(4)
    assert read(data[:start] + data[start + count :], CODE).faults


@pytest.mark.parametrize(
    ("spoil", "kinds"),
    [
        (lambda lines: lines[:1] + lines[2:], {"line-lost", "seal-broken"}),
        (lambda lines: lines[:3], {"end-missing"}),
        (lambda lines: [], {"end-missing"}),
        (lambda lines: lines[:2] + lines[3:], {"seal-broken"}),
        (lambda lines: [lines[1], lines[0], *lines[2:]], {"line-lost"}),
        (lambda lines: [lines[0], *lines], {"line-twice"}),
        (lambda lines: [lines[0].replace("意见 0".encode(), "意见 9".encode()), *lines[1:]], {"line-changed"}),
        (lambda lines: [*lines[:3], b'{"lines":3,"heads":["' + b"0" * 64 + b'"]}\n'], {"seal-broken"}),
        (lambda lines: [*lines[:3], b'{"lines":3,"heads":"none"}\n'], {"seal-broken"}),
        (lambda lines: [*lines, b"{}\n"], {"line-changed", "seal-broken"}),
        (lambda lines: [*lines, b"[" * 5000 + b"\n"], {"line-broken", "seal-broken"}),
        (lambda lines: [*lines[:3], lines[3].rstrip()], {"line-broken"}),
        (lambda lines: [line_of(fields(7), [root(CODE)]), *lines], {"seal-broken"}),
    ],
    ids=["removed", "no-end", "emptied", "cut-off", "swapped", "twice", "edited", "other-heads", "no-heads", "stranger",
         "nested", "torn", "inserted"],
)  # fmt: skip
def test_what_is_done_to_the_lines_is_named(spoil: Any, kinds: set[str]) -> None:
    faults = read(b"".join(spoil(lines_of(written(3)))), CODE).faults
    assert kinds <= {fault.kind for fault in faults}
    assert all(1 <= fault.line <= 5 for fault in faults)


@pytest.mark.parametrize(
    "more",
    [
        {"at": "yesterday"},
        {"at": "2026-03-02T09:00:00"},
        {"at": "20260302T090000+0800"},
        {"at": 5},
        {"action": None},
        {"version": ["A/0"]},
        {"person": {}},
    ],
)
def test_a_line_that_says_not_who_did_what_when_is_no_event(more: dict[str, Any]) -> None:
    data = resealed([line_of({**fields(0), **more}, [root(CODE)])])
    book = read(data, CODE)
    assert book.events == () and Fault("line-broken", 1) in book.faults


def test_a_line_too_long_to_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "MAX_LINE", 200)
    assert {fault.kind for fault in read(written(1), CODE).faults} >= {"line-broken"}


def test_a_text_that_is_no_text_does_not_stop_the_ledger() -> None:
    data = appended(b"", CODE, fields(0, text="caf\udce9\n{}"))
    book = read(data, CODE)
    assert book.faults == () and book.events[0]["text"] == "caf?\n{}"


def test_time_counts_not_its_spelling() -> None:
    base = lines_of(written(1))[0]
    (first,) = read(base, CODE).events
    east = line_of(fields(1, "2026-03-02T10:00:00+08:00"), [first.hash])
    west = line_of(fields(2, "2026-03-02T03:00:00+00:00"), [first.hash])
    for lines in ([base, east, west], [base, west, east]):
        book = read(resealed(lines), CODE)
        assert book.faults == () and [event["text"] for event in book.events] == ["意见 0", "意见 1", "意见 2"]


@st.composite
def graphs(draw: st.DrawFn) -> list[bytes]:
    """Lines in which each follows one or two of those before."""
    made: list[bytes] = []
    hashes = [root(CODE)]
    for number in range(draw(st.integers(1, 9))):
        behind = draw(st.lists(st.sampled_from(hashes), min_size=1, max_size=2, unique=True))
        made.append(line_of(fields(number, f"2026-03-02T09:0{draw(st.integers(0, 9))}:00+08:00"), behind))
        hashes.append(json.loads(made[-1])["hash"])
    return made


@settings(max_examples=60)
@given(graphs(), st.randoms(use_true_random=False))
def test_the_order_of_reading_does_not_depend_on_the_order_of_lines(lines: list[bytes], dice: Any) -> None:
    expected = [event.hash for event in read(resealed(lines), CODE).events]
    shuffled: list[bytes] = []
    waiting, known = list(lines), {root(CODE)}
    while waiting:
        ready = [line for line in waiting if set(json.loads(line)["prev"]) <= known]
        line = dice.choice(ready)
        waiting.remove(line)
        shuffled.append(line)
        known.add(json.loads(line)["hash"])
    book = read(resealed(shuffled), CODE)
    assert book.faults == () and [event.hash for event in book.events] == expected
    places = {hash_: number for number, hash_ in enumerate(expected)}
    assert all(places.get(before, -1) < places[event.hash] for event in book.events for before in event.prev)
