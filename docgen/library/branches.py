"""Branches of a ledger: what each event follows, and which events no branch can explain."""

from __future__ import annotations

from dataclasses import replace

from docgen.library.ledger import Event, Ledger
from docgen.library.lifecycle import RefusedError, after, replay


def forged(ledger: Ledger) -> tuple[Event, ...]:
    """The events that what they follow did not allow: in no branch could anybody take these steps."""
    overtaken = {event.hash for event in replay(ledger).overtaken}
    found: list[Event] = []
    straight = True
    """Whether the event before follows all that stand before it."""
    for number, event in enumerate(ledger.events):
        straight = number == 0 or (straight and ledger.events[number - 1].hash in event.prev)
        behind = ledger.events[:number] if straight else _behind(ledger, event)
        straight = len(behind) == number
        possible = event.hash not in overtaken if straight else _possible(replace(ledger, events=behind), event)
        found += [] if possible else [event]
    return tuple(found)


def _behind(ledger: Ledger, event: Event) -> tuple[Event, ...]:
    """All that an event follows."""
    by_hash = {one.hash: one for one in ledger.events}
    behind: set[str] = set()
    waiting = list(event.prev)
    while waiting:
        before = by_hash.get(waiting.pop())
        if before is not None and before.hash not in behind:
            behind.add(before.hash)
            waiting += before.prev
    return tuple(one for one in ledger.events if one.hash in behind)


def _possible(branch: Ledger, event: Event) -> bool:
    try:
        after(replay(branch), event)
    except RefusedError:
        return False
    return True
