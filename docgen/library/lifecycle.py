"""The life of a controlled document: its states, the one table of transitions, and the replay of a ledger through it.

Source: the document lifecycle of 7.5.3.2 control of changes; `superseded`, `pending` and `in_force` are never written
down but follow from effective dates, so that one version ends in the very moment in which the next begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from docgen.library.ledger import Event, Ledger
from docgen.model.standing import Meaning, State

Stage = Literal[
    "draft", "in_review", "in_countersign", "in_approval", "approved", "issued", "withdrawn", "retained", "disposed",
    "cancelled",
]  # fmt: skip
"""What the ledger says of a version; `issued` becomes pending, in force or superseded by the date."""

OPEN: tuple[Stage, ...] = ("draft", "in_review", "in_countersign", "in_approval", "approved")
"""Stages of a version that is still being made."""
SIGNING: tuple[Stage, ...] = ("in_review", "in_countersign", "in_approval")


@dataclass(frozen=True)
class Transition:
    """A row of the table: an action, the version it acts on, the stages it starts from, where it leads, its guards."""

    action: str
    on: Literal["open", "new", "current", "holding", "issued", "past"]
    """`open`: the version being made; `new`: opens one; `current`: the newest issued one that still holds; `holding`:
    one that is in force or will be; `issued`: any issued one; `past`: a superseded, withdrawn or retained one."""
    before: tuple[Stage, ...]
    after: Stage | None
    """None: the stage stays, or follows from what is signed."""
    guards: tuple[str, ...]


TRANSITIONS: tuple[Transition, ...] = (
    Transition("revise", "new", (), "draft", ("person_known", "maker_entitled", "reason_told")),
    Transition(
        "submit", "open", ("draft",), "in_review",
        ("person_known", "reason_told", "preparer_entitled", "content_clean", "something_changed", "class_fits",
         "translation_follows"),
    ),
    Transition("synchronize", "open", ("draft",), None, ("person_known", "maker_entitled")),
    Transition("comment", "open", SIGNING, None, ("person_known", "text_told")),
    Transition("resolve", "open", ("draft", *SIGNING), None, ("person_known", "text_told", "comment_open")),
    Transition(
        "sign", "open", SIGNING, None,
        ("person_known", "meaning_due", "signer_entitled", "signers_distinct", "content_unchanged",
         "comments_resolved", "key_given"),
    ),
    Transition("reject", "open", (*SIGNING, "approved"), "draft", ("person_known", "signer_may_reject", "reason_told")),
    Transition("cancel", "open", ("draft",), "cancelled", ("person_known", "maker_entitled", "reason_told")),
    Transition(
        "release", "open", ("approved",), "issued",
        ("person_known", "releaser_entitled", "content_unchanged", "effective_in_order", "translation_follows"),
    ),
    Transition("confirm", "current", ("issued",), None, ("person_known", "reviewer_entitled", "reason_told")),
    Transition(
        "withdraw", "current", ("issued",), "withdrawn",
        ("person_known", "withdrawal_approved", "reason_told", "nothing_open", "references_handled"),
    ),
    Transition("acknowledge", "current", ("issued",), None, ("person_known", "reader_listed")),
    Transition("copy", "holding", ("issued",), None, ("person_known", "keeper_entitled", "holder_told")),
    Transition(
        "recall", "issued", ("issued", "withdrawn", "retained"), None, ("person_known", "keeper_entitled", "copy_out")
    ),
    Transition(
        "lose", "issued", ("issued", "withdrawn", "retained"), None,
        ("person_known", "keeper_entitled", "copy_out", "reason_told"),
    ),
    Transition(
        "retain", "past", ("issued", "withdrawn"), "retained", ("person_known", "keeper_entitled", "reason_told")
    ),
    Transition(
        "dispose", "past", ("retained",), "disposed",
        ("person_known", "keeper_entitled", "two_people", "retention_over", "reason_told"),
    ),
)  # fmt: skip
"""Everything that can happen to a document; what is not here does not happen."""

BY_ACTION: Mapping[str, Transition] = {transition.action: transition for transition in TRANSITIONS}


@dataclass(frozen=True)
class Comment:
    """A reviewer's comment and what became of it."""

    number: int
    person: str
    at: str
    text: str
    place: str = ""
    disposition: str = ""
    resolved_by: str = ""


@dataclass(frozen=True)
class Copy:
    """A numbered controlled copy."""

    number: int
    holder: str
    medium: str
    issued: str
    state: Literal["in_use", "returned", "lost"] = "in_use"
    closed: str = ""


@dataclass(frozen=True)
class Edition:
    """One version of a document, through its life."""

    version: str
    kind: str
    """Class of the change: first, editorial, minor, major, translation."""
    stage: Stage = "draft"
    reason: Mapping[str, str] = field(default_factory=dict)
    round: int = 0
    """How often it was submitted."""
    submission: Event | None = None
    signatures: tuple[Event, ...] = ()
    """Of the present round; those of a rejected round are gone."""
    comments: tuple[Comment, ...] = ()
    synchronized: tuple[Event, ...] = ()
    release: Event | None = None
    reviews: tuple[Event, ...] = ()
    ended: Event | None = None
    """The withdrawal or cancellation."""
    retained: Event | None = None
    disposed: Event | None = None
    acknowledged: Mapping[str, str] = field(default_factory=dict)
    """Person -> when."""
    copies: Mapping[int, Copy] = field(default_factory=dict)

    def but(self, **changes: Any) -> Edition:
        """The version with some of it changed; over thousands of events dataclasses.replace takes five times longer."""
        made = object.__new__(Edition)
        made.__dict__.update(self.__dict__, **changes)
        return made

    @property
    def effective(self) -> str:
        """First day in force; '' before it is issued."""
        return str(self.release["effective"]) if self.release else ""

    @property
    def next_review(self) -> str:
        """Day by which it is reviewed; '' before it is issued."""
        last = self.reviews[-1] if self.reviews else self.release
        return str(last["next_review"]) if last else ""

    @property
    def digest(self) -> str:
        """Digest of the content submitted last; '' before."""
        return str(self.submission["digest"]) if self.submission else ""

    @property
    def steps(self) -> tuple[tuple[Meaning, str], ...]:
        """The signatures that this round needs: meaning and role, in order."""
        return tuple((meaning, role) for meaning, role in self.submission["steps"]) if self.submission else ()

    def open_steps(self) -> tuple[tuple[Meaning, str], ...]:
        """Those of them that are still to be given."""
        given = {(event["meaning"], event["role"]) for event in self.signatures}
        return tuple(step for step in self.steps if step not in given)


@dataclass(frozen=True)
class Life:
    """A document's versions, oldest first, as far as its ledger tells."""

    code: str
    editions: tuple[Edition, ...] = ()
    events: tuple[Event, ...] = ()
    overtaken: tuple[Event, ...] = ()
    """Events without effect: another branch had already led elsewhere."""

    @property
    def open(self) -> Edition | None:
        """The version being made, if there is one."""
        return next((edition for edition in reversed(self.editions) if edition.stage in OPEN), None)

    @property
    def issued(self) -> tuple[Edition, ...]:
        """Every version that was ever issued, by effective date."""
        return tuple(edition for edition in self.editions if edition.release is not None)

    def current(self) -> Edition | None:
        """The newest issued version, unless it was withdrawn."""
        newest = self.issued[-1] if self.issued else None
        return newest if newest is not None and newest.ended is None else None

    def in_force(self, day: str) -> Edition | None:
        """The version in force on a day."""
        begun = [edition for edition in self.issued if edition.effective <= day]
        return begun[-1] if begun and not "" < self.withdrawn <= day else None

    @property
    def withdrawn(self) -> str:
        """The day from which no version is in force any more; '' while there is none."""
        newest = self.issued[-1] if self.issued else None
        return str(newest.ended["effective"]) if newest is not None and newest.ended is not None else ""

    def end(self, edition: Edition) -> str:
        """The day from which an issued version holds no more, replaced or withdrawn; '' while there is none."""
        successor = self.successor(edition)
        return min(filter(None, (successor.effective if successor else "", self.withdrawn)), default="")

    def counting(self, day: str) -> Edition | None:
        """The version that the master list names on a day: in force, else being made, else issued last."""
        return self.in_force(day) or self.open or (self.issued[-1] if self.issued else None)

    def edition(self, version: str) -> Edition | None:
        """The version of that number; the last one made, where a cancelled one was made again."""
        return next((edition for edition in reversed(self.editions) if edition.version == version), None)

    def successor(self, edition: Edition) -> Edition | None:
        """The version issued next."""
        issued = self.issued
        number = next((n for n, one in enumerate(issued) if one is edition), len(issued))
        return issued[number + 1] if number + 1 < len(issued) else None

    def state(self, edition: Edition, day: str) -> State:
        """The state of a version on a day."""
        if edition.release is None:
            return edition.stage  # type: ignore[return-value]  # Only `issued` is no state, and that has a release.
        if edition.disposed is not None and edition.disposed.day <= day:
            return "disposed"
        if edition.retained is not None and edition.retained.day <= day:
            return "retained"
        end = self.end(edition)
        if end and end <= day:
            return "withdrawn" if end == self.withdrawn else "superseded"
        return "pending" if edition.effective > day else "in_force"


class RefusedError(Exception):
    """An event that the table does not allow where it stands."""


def replay(ledger: Ledger, until: str = "9999") -> Life:
    """The life that the events up to the end of a day make; what a merge overtook has no effect."""
    life = Life(ledger.code)
    for event in ledger.events:
        if event.day <= until:
            try:
                life = after(life, event)
            except RefusedError:
                life = replace(life, events=(*life.events, event), overtaken=(*life.overtaken, event))
    return life


def after(life: Life, event: Event) -> Life:
    """The life after one more event; raises RefusedError for one that the table has no row for."""
    try:
        return _after(life, event)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RefusedError(str(event.get("action"))) from error


def _after(life: Life, event: Event) -> Life:
    transition, version = BY_ACTION[event.action], str(event["version"])
    if transition.on == "new":
        edition = opened(life, version, str(event["class"]), event["reason"])
        return Life(life.code, (*life.editions, edition), (*life.events, event), life.overtaken)
    if event.action == "submit" and life.open is None:
        life = replace(life, editions=(*life.editions, opened(life, version, "first")))
    found = target(life, transition, version, event.day)
    _fits(life, event)
    changed = _CHANGES[event.action](found, event)
    if transition.after is not None:
        changed = changed.but(stage=transition.after)
    editions = tuple(changed if one is found else one for one in life.editions)
    return Life(life.code, editions, (*life.events, event), life.overtaken)


def target(life: Life, transition: Transition, version: str, day: str) -> Edition:
    """The version that an action acts on; raises RefusedError where the table does not allow it on that day."""
    if transition.on == "open":
        found = life.open
    elif transition.on == "current":
        found = life.current()
    else:
        found = life.edition(version)
        holds = found is not None and life.state(found, day) in ("pending", "in_force")
        if (transition.on == "past" and holds) or (transition.on == "holding" and not holds):
            found = None
    if found is None or found.version != version or found.stage not in transition.before:
        raise RefusedError(transition.action)
    return found


def opened(life: Life, version: str, kind: str, reason: Mapping[str, str] | None = None) -> Edition:
    """A version to be made, where none is being made; a first one only in a document that never had one in force.

    Rounds are counted on from a cancelled version of the same number. Raises RefusedError.
    """
    if life.open is not None or any(one.version == version for one in life.issued):
        raise RefusedError("revise")
    if (kind == "first") != (not life.issued) or (life.issued and life.current() is None):
        raise RefusedError("revise")
    cancelled = life.edition(version)
    return Edition(version, kind, reason=dict(reason or {}), round=cancelled.round if cancelled is not None else 0)


def _fits(life: Life, event: Event) -> None:
    """Raises RefusedError for what is possible in this version, but not beside the others."""
    if event.action == "withdraw" and (life.open is not None or event["effective"] < event.day):
        raise RefusedError("withdraw")
    if event.action == "copy" and any(int(event["copy"]) in edition.copies for edition in life.editions):
        raise RefusedError("copy")
    if event.action == "release":
        before = life.issued[-1].effective if life.issued else ""
        if not before < event["effective"] or event["effective"] < event.day:
            raise RefusedError("release")


def _submitted(edition: Edition, event: Event) -> Edition:
    submitted = edition.but(submission=event, signatures=(), round=edition.round + 1)
    if event["round"] != submitted.round or not submitted.digest or not submitted.open_steps():
        raise RefusedError("submit")
    return submitted


def _released(edition: Edition, event: Event) -> Edition:
    for name in ("effective", "next_review", "acknowledge_by"):
        if date.fromisoformat(event[name]).isoformat() != event[name]:
            raise RefusedError("release")
    if event["digest"] != edition.digest:
        raise RefusedError("release")
    return edition.but(release=event)


def _acknowledged(edition: Edition, event: Event) -> Edition:
    return edition.but(acknowledged={str(event["person"]): event.at, **edition.acknowledged})


def _signed(edition: Edition, event: Event) -> Edition:
    step = (event["meaning"], event["role"])
    if step not in edition.open_steps() or event["digest"] != edition.digest or stage_of(step[0]) != edition.stage:
        raise RefusedError("sign")
    following = [one for one in edition.open_steps() if one != step]
    stage = stage_of(following[0][0]) if following else "approved"
    return edition.but(signatures=(*edition.signatures, event), stage=stage)


def stage_of(meaning: str) -> Stage:
    """The stage in which a signature of that meaning is given."""
    stages: dict[str, Stage] = {
        "reviewed": "in_review",
        "countersigned": "in_countersign",
        "approved": "in_approval",
    }
    return stages[meaning]


def _rejected(edition: Edition, event: Event) -> Edition:
    return edition.but(signatures=())


def _commented(edition: Edition, event: Event) -> Edition:
    number = len(edition.comments) + 1
    comment = Comment(number, str(event["person"]), event.at, str(event["text"]), str(event.get("place", "")))
    return edition.but(comments=(*edition.comments, comment))


def _resolved(edition: Edition, event: Event) -> Edition:
    number = int(event["comment"])
    if not 1 <= number <= len(edition.comments) or edition.comments[number - 1].disposition:
        raise RefusedError("resolve")
    answered = replace(edition.comments[number - 1], disposition=str(event["text"]), resolved_by=str(event["person"]))
    return edition.but(comments=(*edition.comments[: number - 1], answered, *edition.comments[number:]))


def _copied(edition: Edition, event: Event) -> Edition:
    copy = Copy(int(event["copy"]), str(event["holder"]), str(event["medium"]), event.day)
    return edition.but(copies={**edition.copies, copy.number: copy})


def _copy_closed(edition: Edition, event: Event) -> Edition:
    copy = edition.copies[int(event["copy"])]
    if copy.state != "in_use":
        raise RefusedError(event.action)
    state: Literal["returned", "lost"] = "returned" if event.action == "recall" else "lost"
    return edition.but(copies={**edition.copies, copy.number: replace(copy, state=state, closed=event.day)})


_CHANGES: Mapping[str, Callable[[Edition, Event], Edition]] = {
    "submit": _submitted,
    "synchronize": lambda edition, event: edition.but(synchronized=(*edition.synchronized, event)),
    "comment": _commented,
    "resolve": _resolved,
    "sign": _signed,
    "reject": _rejected,
    "cancel": lambda edition, event: edition.but(ended=event),
    "release": _released,
    "confirm": lambda edition, event: edition.but(reviews=(*edition.reviews, event)),
    "withdraw": lambda edition, event: edition.but(ended=event),
    "acknowledge": _acknowledged,
    "copy": _copied,
    "recall": _copy_closed,
    "lose": _copy_closed,
    "retain": lambda edition, event: edition.but(retained=event),
    "dispose": lambda edition, event: edition.but(disposed=event),
}


def open_comments(edition: Edition) -> Iterator[Comment]:
    """Comments that have no disposition yet."""
    return (comment for comment in edition.comments if not comment.disposition)


def people_who_signed(edition: Edition) -> Sequence[str]:
    """Ids of those who prepared and signed the present round."""
    prepared = [str(edition.submission["person"])] if edition.submission else []
    return [*prepared, *(str(event["person"]) for event in edition.signatures)]
