"""Rules on customers, complaints, disputes, communication and value (clauses 5.1, 7.4, 8.3)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.model.days import later
from docgen.model.relations import Complaint, Dispute

_FIELDS = ("strategy", "needs", "quality", "cost", "risk", "progress")
_ANSWERED = 30
"""Share of a survey that has to come back, in per cent."""


def _grievances(case: Case) -> Iterator[tuple[Complaint | Dispute, datetime.date]]:
    """Complaints and disputes with the day on which they began."""
    for complaint in case.content.relations.complaints:
        yield complaint, complaint.received
    for dispute in case.content.relations.disputes:
        yield dispute, dispute.raised


def complaints_closed(case: Case) -> Iterator[Found]:
    """SX-32: a complaint or dispute that is done has a day of closing; one that is open has none."""
    for one, begun in _grievances(case):
        wrong = (one.status == "done") != (one.closed is not None)
        if wrong or (one.closed is not None and not begun <= one.closed <= case.as_of):
            yield found(one.id.span, one.id, thing=one.id, status=one.status, date=one.closed or "—")


def complaints_escalated(case: Case) -> Iterator[Found]:
    """SX-32-open: a complaint or dispute that has been open for more than a month says to whom it went."""
    for one, begun in _grievances(case):
        if (
            one.status != "done"
            and case.older(begun, 1)
            and "{role:" not in one.escalated.of(case.content.client.governing)
        ):
            yield found(one.id.span, one.id, thing=one.id, date=begun)


def customers_kept(case: Case) -> Iterator[Found]:
    """CU-01: every customer has an arrangement of the relationship, once any has."""
    known = {str(one.customer) for one in case.content.relations.arrangements}
    for customer in case.content.client.customers if known else ():
        if str(customer.id) not in known:
            yield found(customer.id.span, customer.id, customer=customer.id)


def reviews_with_customers(case: Case) -> Iterator[Found]:
    """CU-02: the last review with a customer lies within the interval, the next one is not past."""
    for one in case.content.relations.arrangements:
        late = one.reviewed is not None and case.older(one.reviewed, one.review)
        if late or case.past(one.next_review):
            values = {"customer": one.customer, "date": one.reviewed or "—", "interval": one.review}
            yield found(one.id.span, one.id, **values)


def next_review_within_interval(case: Case) -> Iterator[Found]:
    """CU-03: the next review with a customer follows the last within the interval."""
    for one in case.content.relations.arrangements:
        last, following = one.reviewed, one.next_review
        if last is not None and following is not None and not last < following <= later(last, one.review):
            values = {"customer": one.customer, "date": following, "interval": one.review}
            yield found(one.id.span, one.id, **values)


def surveys_representative(case: Case) -> Iterator[Found]:
    """CU-04: a survey counts no more answers than were sent out, and enough of them came back."""
    for one in case.content.relations.surveys:
        share = one.answered * 100 / one.sent if one.sent else 0
        if one.answered > one.sent or share < _ANSWERED:
            yield found(one.id.span, one.id, survey=one.id, sent=one.sent, answered=one.answered)


def customers_asked(case: Case) -> Iterator[Found]:
    """CU-05: every customer was asked for its satisfaction within twelve months, once any was."""
    dates = {str(one.customer): one.date for one in sorted(case.content.relations.surveys, key=lambda one: one.date)}
    for customer in case.content.client.customers if dates else ():
        day = dates.get(str(customer.id))
        if day is None or case.older(day, 12):
            yield found(customer.id.span, customer.id, customer=customer.id, date=day or "—")


def low_scores_answered(case: Case) -> Iterator[Found]:
    """CU-06: a survey with fewer than 80 points in a part has a conclusion that says what is done."""
    for one in case.content.relations.surveys:
        lowest = min(one.response, one.effect, one.attitude)
        side = one.conclusion.of(case.content.client.governing)
        if lowest < 80 and not any(mark in side for mark in ("{role:", "改进", "措施", "action", "improve")):
            yield found(one.id.span, one.id, survey=one.id, points=lowest)


def units_reached(case: Case) -> Iterator[Found]:
    """CM-01: every unit in the scope is reached by a message, once messages are planned."""
    messages = case.content.communication.messages
    reached = {str(unit) for message in messages for unit in message.units}
    for unit in case.content.scope.units if messages else ():
        if str(unit) not in reached:
            yield found(unit.span, unit, unit=unit)


def both_sides_told(case: Case) -> Iterator[Found]:
    """CM-02: there are messages for inside and for outside."""
    sides = {message.side for message in case.content.communication.messages}
    lacking = [side for side in ("inside", "outside") if side not in sides]
    if sides and lacking:
        yield found(case.file("communication"), "communication", sides=", ".join(lacking))


def channels_used(case: Case) -> Iterator[Found]:
    """CM-03: every channel carries a message, once messages are planned."""
    used = {str(message.channel) for message in case.content.communication.messages}
    used |= {str(element.channel) for element in case.content.value.elements if element.channel is not None}
    for channel in case.content.communication.channels if used else ():
        if str(channel.id) not in used:
            yield found(channel.id.span, channel.id, channel=channel.id)


def messages_given(case: Case) -> Iterator[Found]:
    """CM-04: a message was given within twelve months, once dates are kept."""
    messages = case.content.communication.messages
    kept = any(message.last is not None for message in messages)
    for one in messages if kept else ():
        if one.last is not None and (one.last > case.as_of or case.older(one.last, 12)):
            yield found(one.id.span, one.id, message=one.id, date=one.last)


def conflicts_settled(case: Case) -> Iterator[Found]:
    """CM-05: no conflict between units is open after its date; a conflict has at least two units."""
    for one in case.content.communication.conflicts:
        if (one.status != "done" and case.past(one.due)) or len(set(one.units)) < 2:
            yield found(one.id.span, one.id, conflict=one.id, date=one.due)


def value_on_both_sides(case: Case) -> Iterator[Found]:
    """VL-01: the value model has elements for the organization and for its customers."""
    sides = {element.side for element in case.content.value.elements}
    lacking = [side for side in ("own", "customer") if side not in sides]
    if sides and lacking:
        yield found(case.file("value"), "value", sides=", ".join(lacking))


def six_fields(case: Case) -> Iterator[Found]:
    """VL-02: intended outcomes cover strategy, needs, quality, cost, risk and progress."""
    there = {outcome.field for outcome in case.content.value.outcomes}
    lacking = [field for field in _FIELDS if field not in there]
    if there and lacking:
        yield found(case.file("value"), "value", fields=", ".join(lacking))


def outcomes_verified(case: Case) -> Iterator[Found]:
    """VL-03: an intended outcome was verified within twelve months, once any was."""
    outcomes = case.content.value.outcomes
    for one in outcomes if any(outcome.verified for outcome in outcomes) else ():
        if one.verified is None or one.verified > case.as_of or case.older(one.verified, 12):
            yield found(one.id.span, one.id, outcome=one.id, date=one.verified or "—")


FAMILY = Family(
    "relations",
    "data",
    (
        Rule("SX-32", "error", "8.3.2", complaints_closed),
        Rule("SX-32-open", "warning", "8.3.2", complaints_escalated),
        Rule("CU-01", "warning", "8.3.2", customers_kept),
        Rule("CU-02", "warning", "8.3.2", reviews_with_customers),
        Rule("CU-03", "info", "8.3.2", next_review_within_interval),
        Rule("CU-04", "warning", "8.3.2", surveys_representative),
        Rule("CU-05", "warning", "8.3.2", customers_asked),
        Rule("CU-06", "warning", "8.3.2", low_scores_answered),
        Rule("CM-01", "warning", "7.4", units_reached),
        Rule("CM-02", "warning", "7.4", both_sides_told),
        Rule("CM-03", "info", "7.4", channels_used),
        Rule("CM-04", "warning", "7.4", messages_given),
        Rule("CM-05", "warning", "7.4", conflicts_settled),
        Rule("VL-01", "warning", "5.1", value_on_both_sides),
        Rule("VL-02", "warning", "5.1", six_fields),
        Rule("VL-03", "warning", "5.1", outcomes_verified),
    ),
)
"""Rules on relationships, communication and value."""
