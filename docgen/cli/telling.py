"""The library in sentences: what a step led to, a document's history, what is due, what a comparison found."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from docgen.cli.surroundings import language as spoken
from docgen.cli.words import say
from docgen.library.ledger import Event
from docgen.library.lifecycle import Edition, Life

if TYPE_CHECKING:
    from docgen.cli.steps import Taken
    from docgen.library.due import Due
    from docgen.library.impact import Fact
    from docgen.library.verify import Verified
    from docgen.redlines import Compared


SHOWN = 4
"""How many people a line names."""


def side(pair: Mapping[str, str] | None) -> str:
    """The user's side of a text in several languages, else any."""
    if not pair:
        return ""
    return pair.get(spoken()) or next(iter(pair.values()))


def sentence(taken: Taken) -> str:
    """What a step led to, and what comes next."""
    edition, event = taken.edition, taken.event
    following = _next(edition)
    head = f"{taken.code} {edition.version}: {_said(event)}"
    return f"{head} → {_stage(edition, event)}{f'; {following}' if following else ''}"


def _stage(edition: Edition, event: Event) -> str:
    if edition.stage == "issued":
        pending = edition.release is not None and edition.effective > event.day
        return say("state-pending", day=edition.effective) if pending else say("state-in_force")
    return say(f"state-{edition.stage}")


def _next(edition: Edition) -> str:
    steps = edition.open_steps()
    if not steps or edition.stage in ("draft", "approved", "issued", "cancelled"):
        return say("next-release") if edition.stage == "approved" else ""
    return say("next-sign", meaning=say(f"meaning-{steps[0][0]}"), role=steps[0][1])


def _said(event: Event) -> str:
    """What was done, in a few words."""
    if event.action == "sign":
        role = f" ({side(event['role_name'])})"
        key = f", {event['method']}" if event.get("method", "account") != "account" else ""
        return say("did-sign", meaning=say(f"meaning-{event['meaning']}")) + role + key
    return say(f"did-{event.action}")


def story(life: Life) -> Iterator[str]:
    """A line for every event of a document; acknowledgements that follow each other share one."""
    void = {event.hash for event in life.overtaken}

    def kind(event: Event) -> tuple[str, ...]:
        shared = event.action == "acknowledge" and event.hash not in void
        return (event["version"],) if shared else (event.hash,)

    for _, group in groupby(life.events, kind):
        first, *more = group
        notes = [say("clock-given")] if first.get("clock") == "given" and not all_given(life) else []
        notes += [say("overtaken")] if first.hash in void else []
        detail = say("until-day", day=more[-1].day) if more else _detail(first)
        line = f"{first.at[:16].replace('T', ' ')}  {first['version']:<5} {_said(first)} — {_names([first, *more])}"
        yield line + (f": {detail}" if detail else "") + (f"  [{', '.join(notes)}]" if notes else "")


def all_given(life: Life) -> bool:
    """Whether no time in a life was read from the clock."""
    return all(event.get("clock") == "given" for event in life.events)


def _names(events: Sequence[Event]) -> str:
    """Who acted, each once."""
    names = list(dict.fromkeys(side(event.get("name")) or str(event["person"]) for event in events))
    return f"{', '.join(names[:SHOWN])} +{len(names) - SHOWN}" if len(names) > SHOWN else ", ".join(names)


def _detail(event: Event) -> str:
    if event.action == "submit":
        return side(event["change"]["what"])
    if event.action == "release":
        return say("from-day", day=event["effective"])
    if event.action == "copy":
        return f"{event['copy']:03} {event['holder']}"
    if event.action in ("recall", "lose"):
        return f"{event['copy']:03}" + (f" {event['reason']}" if event.get("reason") else "")
    if event.action == "resolve":
        return f"{event['comment']}: {event['text']}"
    reason = event.get("reason")
    said = side(reason) if isinstance(reason, Mapping) else reason
    return str(event.get("text") or event.get("note") or said or "")


def record(life: Life, edition: Edition, as_of: datetime.date) -> dict[str, str]:
    """What identifies a version and shows that it is under control."""
    from docgen.compose.digest import short_code

    release = edition.release
    listing: Mapping[str, Mapping[str, str]] = edition.submission["listing"] if edition.submission is not None else {}
    told = {
        "code": life.code,
        "title": side({one: row["title"] for one, row in listing.items()}),
        "version": edition.version,
        "state": say(f"state-{life.state(edition, as_of.isoformat())}", day=edition.effective),
        "class": edition.kind,
        "issued": release.day if release else "",
        "effective": edition.effective,
        "review": edition.next_review,
        "signed": "; ".join(_signature(event) for event in _signatures(edition)),
        "comments": str(len(edition.comments) or ""),
        "acknowledged": ", ".join(edition.acknowledged),
        "digest": edition.digest,
        "check-code": short_code(edition.digest),
    }
    return {key: value for key, value in told.items() if value}


def _signatures(edition: Edition) -> list[Event]:
    return [*([edition.submission] if edition.submission else []), *edition.signatures]


def _signature(event: Event) -> str:
    meaning = say(f"meaning-{event['meaning']}")
    return f"{meaning} {side(event['name'])} ({event['role']}) {event.at}"


def copies(lives: Sequence[Life]) -> list[dict[str, str]]:
    """The register of numbered copies."""
    return [
        {
            "copy": f"{copy.number:03}",
            "code": life.code,
            "version": edition.version,
            "holder": copy.holder,
            "medium": say(f"medium-{copy.medium}"),
            "issued": copy.issued,
            "state": say(f"copy-{copy.state}"),
            "closed": copy.closed or "—",
        }
        for life in lives
        for edition in life.issued
        for copy in edition.copies.values()
    ]


def difference(made: Compared) -> Iterator[str]:
    """The sections that changed, with what they said and say."""
    yield say("compared", code=made.code, before=made.before, after=made.after)
    for language, sections in made.sections.items():
        yield f"[{language}]" if sections else f"[{language}] {say('no-difference')}"
        for section in sections:
            yield f"  {f'{section.number} {section.title}'.strip()} ({say(f'change-{section.kind}')})"
            for passage in section.passages:
                yield f"    - {passage.before}" if passage.before else "    -"
                yield f"    + {passage.after}" if passage.after else "    +"


def impacts(facts: Sequence[Fact], differing: Sequence[str]) -> Iterator[str]:
    """Changed values with the documents that print them."""
    for fact in facts:
        yield f"{fact.path}: {fact.before} → {fact.now or say('gone')}"
        yield f"    {', '.join(fact.documents)}"
    if differing:
        yield say("impact-differing", documents=", ".join(differing))
    if not facts and not differing:
        yield say("no-impact")


def dues(found: Sequence[Due], names: Mapping[str, str]) -> list[dict[str, str]]:
    """What is due, as rows."""
    return [
        {
            "day": f"{one.day or say('now')}{' !' if one.late else ''}",
            "code": one.code,
            "version": one.version,
            "due": say(f"due-{one.kind}"),
            "who": _who(one.who, names),
        }
        for one in found
    ]


def _who(who: Sequence[str], names: Mapping[str, str]) -> str:
    named = ", ".join(names.get(one, one) for one in who[:SHOWN])
    return f"{named} +{len(who) - SHOWN}" if len(who) > SHOWN else named


def verification(found: Verified) -> str:
    """What was looked at, where nothing is wrong."""
    return say(
        "verified", documents=found.documents, releases=found.releases, signatures=found.signatures, keys=found.keys,
        files=found.files,
    )  # fmt: skip


def standing_of_print(found: Mapping[str, Any]) -> str:
    """Whether a print is of the version in force."""
    state = say(f"state-{found['state']}", day="")
    return say("print-is", **{**found, "state": state})
