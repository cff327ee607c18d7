"""The ledger of a document: one JSON line an event, each with the hashes of the lines before it.

A line is `{"hash": H, "prev": [...], ...}` where H is the SHA-256 of the bytes that follow the hash, so that a ledger
is checked without being understood. Two people who work in two branches both append; a merge keeps the lines of both,
and the next line names both as its forerunners. The last line is a seal that names the heads: without it, a cut-off
end could not be told from an end.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

MAX_LINE = 1_000_000
"""Bytes of the longest line that is read."""
_HEAD = b'{"hash":"'
_REST = len(_HEAD) + 64


@dataclass(frozen=True)
class Event:
    """A line of a ledger."""

    hash: str
    prev: tuple[str, ...]
    fields: Mapping[str, Any]
    line: int = field(compare=False)
    """Its number in the file, from 1."""

    @property
    def action(self) -> str:
        """What was done: submit, sign, release ..."""
        return str(self.fields["action"])

    @property
    def at(self) -> str:
        """When, local time with offset."""
        return str(self.fields["at"])

    @property
    def day(self) -> str:
        """The local date."""
        return self.at[:10]

    @property
    def moment(self) -> datetime:
        """When, to be compared with times of other zones."""
        return datetime.fromisoformat(self.at)

    def __getitem__(self, key: str) -> Any:
        return self.fields[key]

    def get(self, key: str, default: Any = None) -> Any:
        """A field that the action may not have."""
        return self.fields.get(key, default)


@dataclass(frozen=True)
class Fault:
    """Something wrong with a ledger, at a line."""

    kind: str
    """`line-broken`, `line-changed`, `line-lost`, `line-twice`, `line-ends`, `seal-broken`, `end-missing`."""
    line: int
    detail: str = ""

    @property
    def code(self) -> str:
        """The diagnostic that tells it."""
        return "ledger-line-ends" if self.kind == "line-ends" else "ledger-damaged"


@dataclass(frozen=True)
class Ledger:
    """The events of a document in an order that every reader arrives at, and what is wrong with the file."""

    code: str
    events: tuple[Event, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """Hashes of the events that no other follows; of an empty ledger its root."""
        followed = {before for event in self.events for before in event.prev}
        return tuple(sorted(event.hash for event in self.events if event.hash not in followed)) or (root(self.code),)


def root(code: str) -> str:
    """What the first line of a document's ledger names as its forerunner."""
    return hashlib.sha256(f"docgen ledger of {code}".encode()).hexdigest()


def line_of(fields: Mapping[str, Any], prev: Sequence[str]) -> bytes:
    """A new line."""
    rest = json.dumps({"prev": list(prev), **fields}, ensure_ascii=False, separators=(",", ":"))
    tail = b'",' + rest[1:].encode(errors="replace")
    return _HEAD + hashlib.sha256(tail).hexdigest().encode() + tail + b"\n"


def sealed(lines: Sequence[bytes], heads: Sequence[str]) -> bytes:
    """The file of the lines."""
    seal = json.dumps({"lines": len(lines), "heads": list(heads)}, separators=(",", ":"))
    return b"".join(lines) + seal.encode() + b"\n"


def appended(data: bytes, code: str, fields: Mapping[str, Any]) -> bytes:
    """The file with one event more; the lines that were there stay byte for byte, in the order of reading."""
    lines, ledger = data.split(b"\n"), read(data, code)
    before = [lines[event.line - 1] + b"\n" for event in ledger.events]
    line = line_of(fields, ledger.heads)
    return sealed([*before, line], [line[len(_HEAD) : _REST].decode()])


def read(data: bytes, code: str) -> Ledger:
    """The ledger in a file's bytes; whatever is wrong is told, and what can be read is read."""
    events: dict[str, Event] = {}
    faults: list[Fault] = []
    seals: list[tuple[int, Any]] = []
    twice: list[Fault] = []
    known = {root(code)}
    lines = data.split(b"\n")
    if lines and lines[-1] == b"":
        lines.pop()
    elif data:
        faults.append(Fault("line-broken", len(lines)))
    if lines and all(raw.endswith(b"\r") for raw in lines):
        return Ledger(code, (), (Fault("line-ends", 1),))
    for number, raw in enumerate(lines, 1):
        parsed = _parsed(raw)
        if parsed is None:
            faults.append(Fault("line-broken", number))
        elif "heads" in parsed and not raw.startswith(_HEAD):
            seals.append((number, parsed))
        elif (event := _event(raw, parsed, number)) is None:
            faults.append(Fault("line-changed", number))
        elif not _complete(event):
            faults.append(Fault("line-broken", number))
        elif event.hash in events:
            twice.append(Fault("line-twice", number))
        else:
            lost = [before[:12] for before in event.prev or ("",) if before not in known]
            faults += [Fault("line-lost", number, before) for before in lost]
            known.add(event.hash)
            events[event.hash] = event
    ledger = Ledger(code, tuple(_in_order(events)))
    faults += _seal_faults(ledger, seals, len(lines))
    if len(seals) < 2:  # Merging branches that had merged each other doubles lines, until the next step is written.
        faults += twice
    return Ledger(code, ledger.events, tuple(sorted(faults, key=lambda fault: fault.line)))


def _parsed(raw: bytes) -> dict[str, Any] | None:
    if len(raw) > MAX_LINE:
        return None
    try:
        parsed = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None


def _event(raw: bytes, parsed: dict[str, Any], number: int) -> Event | None:
    """The event of a line whose hash fits; None for another."""
    if not raw.startswith(_HEAD) or raw[_REST : _REST + 2] != b'",':
        return None
    hash_, prev = parsed.pop("hash", None), parsed.pop("prev", None)
    if hashlib.sha256(raw[_REST:]).hexdigest() != hash_ or not isinstance(prev, list):
        return None
    return Event(hash_, tuple(map(str, prev)), parsed, number)


def _complete(event: Event) -> bool:
    """Whether it says what was done to which version by whom, and when, with offset."""
    if not all(isinstance(event.get(name), str) for name in ("action", "version", "person", "at")):
        return False
    try:
        return event.moment.tzinfo is not None and event.at[4:5] == event.at[7:8] == "-"
    except ValueError:
        return False


def _in_order(events: Mapping[str, Event]) -> Iterator[Event]:
    """Forerunners first, else by time, else by hash: the same order however branches were merged."""
    in_file = list(events.values())
    if all(after.prev == (before.hash,) for before, after in pairwise(in_file)):
        yield from in_file
        return
    waiting = {hash_: sum(before in events for before in event.prev) for hash_, event in events.items()}
    followers: dict[str, list[str]] = {}
    for hash_, event in events.items():
        for before in event.prev:
            followers.setdefault(before, []).append(hash_)
    ready = [(events[hash_].moment, hash_) for hash_, count in waiting.items() if count == 0]
    heapq.heapify(ready)
    while ready:
        _, hash_ = heapq.heappop(ready)
        yield events[hash_]
        for follower in followers.get(hash_, ()):
            waiting[follower] -= 1
            if waiting[follower] == 0:
                heapq.heappush(ready, (events[follower].moment, follower))


def _seal_faults(ledger: Ledger, seals: Sequence[tuple[int, Any]], lines: int) -> Iterator[Fault]:
    """Where the seals do not fit the events: one seal after an ordinary step, several after a merge.

    Each stands behind a line that it names and counts what that line follows; the last line is a seal.
    """
    if not seals:
        yield Fault("end-missing", max(1, lines))
        return
    events = {event.hash: event for event in ledger.events}
    sealing = {number for number, _ in seals}
    named: set[str] = set()
    for number, seal in seals:
        heads = set(map(str, seal["heads"])) if isinstance(seal["heads"], list) else set()
        there = bool(heads) and heads <= set(events) and not heads <= named and set(seal) == {"lines", "heads"}
        behind = there and (number - 1 in sealing or number - 1 in {events[head].line for head in heads})
        if not behind or seal["lines"] != _reached(events, heads):
            yield Fault("seal-broken", number)
        named |= heads & set(events)
    if lines not in sealing:
        yield Fault("seal-broken", seals[-1][0])
    for head in ledger.heads:
        if head in events and head not in named:
            yield Fault("seal-broken", events[head].line)


def _reached(events: Mapping[str, Event], heads: Iterable[str]) -> int:
    """How many events the heads and all before them are."""
    reached: set[str] = set()
    waiting = list(heads)
    while waiting:
        event = events.get(waiting.pop())
        if event is not None and event.hash not in reached:
            reached.add(event.hash)
            waiting += event.prev
    return len(reached)
