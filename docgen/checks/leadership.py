"""Rules on the leadership of top management (clauses 4.1, 5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.checks.services import live
from docgen.model.system import Oversight

_ITEMS = tuple("abcdefghijkl")
_DIRECTING, _CONTROLLING = 5, 7
_DATE = re.compile(r"\d{4}年\d{1,2}月|\d{4}-\d{2}-\d{2}|\b(?:19|20)\d{2}\b")
_DECIDED = re.compile(r"判定|决定|认为|确定|decided|decision|determined|concluded", re.IGNORECASE)


def _counts(case: Case) -> bool:
    """Whether leadership is on record here at all; a client that has just begun has no evidence yet."""
    return any(commitment.evidence for commitment in case.content.leadership.commitments)


def twelve_commitments(case: Case) -> Iterator[Found]:
    """SX-26: all twelve items of 5.1 have evidence of the last twelve months."""
    leadership = case.content.leadership
    there = {str(one.id): one for one in leadership.commitments}
    for item in _ITEMS if _counts(case) else ():
        one = there.get(item)
        dates = [evidence.date for evidence in one.evidence if evidence.date <= case.as_of] if one is not None else []
        if not dates or case.older(max(dates), 12):
            span = case.file("leadership")
            yield found(span, item, item=item, date=max(dates, default="—"))


def evidence_is_past(case: Case) -> Iterator[Found]:
    """LD-01: evidence of leadership lies in the past, and every record has its own number."""
    numbers: dict[tuple[str, str], str] = {}
    for commitment in case.content.leadership.commitments:
        for one in commitment.evidence:
            key = (str(one.reference), one.date.isoformat())
            clash = any(number == key[0] and day != key[1] for number, day in numbers)
            if one.date > case.as_of or clash:
                yield found(one.id.span, commitment.id, evidence=one.id, date=one.date, reference=one.reference)
            numbers[key] = str(one.id)


def five_and_seven(case: Case) -> Iterator[Found]:
    """LD-02: there are five directing and seven controlling activities."""
    leadership = case.content.leadership
    count = (len(leadership.directing), len(leadership.controlling))
    if count[0] < _DIRECTING or count[1] < _CONTROLLING:
        span = case.file("leadership")
        yield found(span, "leadership", directing=count[0], controlling=count[1])


def activities_happen(case: Case) -> Iterator[Found]:
    """LD-03: every directing and controlling activity took place within twelve months."""
    leadership = case.content.leadership
    for one in (*leadership.directing, *leadership.controlling) if _counts(case) else ():
        if one.last is None or one.last > case.as_of or case.older(one.last, 12):
            yield found(one.id.span, one.id, activity=one.id, date=one.last or "—")


def directed_by_the_top(case: Case) -> Iterator[Found]:
    """LD-04: directing activities are owned by a member of top management."""
    members = {str(role) for role in case.content.leadership.members}
    activities: tuple[Oversight, ...] = case.content.leadership.directing
    for one in activities:
        if str(one.owner) not in members:
            yield found(one.owner.span, one.id, activity=one.id, role=one.owner)


def one_final_responsibility(case: Case) -> Iterator[Found]:
    """LD-05: top management has members, each once, and the role that is finally responsible is one of them."""
    members = [str(role) for role in case.content.leadership.members]
    top = str(case.content.client.top_management)
    if members.count(top) != 1 or len(set(members)) < len(members):
        span = case.file("leadership")
        yield found(span, "leadership", role=top, members=", ".join(members))


def climate_decided(case: Case) -> Iterator[Found]:
    """SX-28: it is decided, with a date, whether climate change matters."""
    for language in case.content.client.languages if live(case) and _counts(case) else ():
        side = case.content.context.climate.of(language)
        if not _DATE.search(side) or not _DECIDED.search(side):
            yield found(side.span, "context", language=language)


FAMILY = Family(
    "leadership",
    "data",
    (
        Rule("SX-26", "error", "5.1", twelve_commitments),
        Rule("SX-28", "warning", "4.1", climate_decided),
        Rule("LD-01", "error", "5.1", evidence_is_past),
        Rule("LD-02", "error", "5.1", five_and_seven),
        Rule("LD-03", "warning", "5.1", activities_happen),
        Rule("LD-04", "warning", "5.1", directed_by_the_top),
        Rule("LD-05", "error", "5.1", one_final_responsibility),
    ),
)
"""Rules on leadership."""
