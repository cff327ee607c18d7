"""What must hold before a step: the guards that the table of transitions names, one function each.

Each looks at a proposal and gives what is wrong with it; rules of document control carry their DC codes.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping

from docgen.diagnostics import Diagnostic
from docgen.library.desk import Proposal
from docgen.library.entitlement import entitlement, may_act, works_here
from docgen.library.lifecycle import open_comments, people_who_signed, stage_of
from docgen.model.days import later
from docgen.model.folders import nearest

Guard = Callable[[Proposal], Iterator[Diagnostic]]


def person_known(proposal: Proposal) -> Iterator[Diagnostic]:
    """Who acts is one of the client's people, and there on that day (DC-18)."""
    content, actor = proposal.desk.workspace.content, proposal.desk.actor
    known = [str(person.id) for person in content.client.people]
    if actor.person not in known:
        near = nearest(actor.person, known) or ", ".join(known[:12])
        yield proposal.found("person-unknown", person=actor.person or "—", near=near)
    elif not works_here(content, actor.person, actor.day):
        yield proposal.found("DC-18", person=actor.person, day=str(actor.day))


def reason_told(proposal: Proposal) -> Iterator[Diagnostic]:
    """A reason says something, in every language it is printed in (DC-19)."""
    reason = proposal.fields.get("reason", "")
    sides = dict(reason) if isinstance(reason, Mapping) else {"": str(reason or "")}
    if isinstance(reason, Mapping):
        sides |= {language: reason.get(language, "") for language in proposal.desk.languages}
    for language, side in sides.items():
        if not side:
            yield proposal.found("reason-missing", language=language or "—")
        elif proposal.is_vague(side):
            yield proposal.found("DC-19", text=side)


def text_told(proposal: Proposal) -> Iterator[Diagnostic]:
    """A comment or its disposition is not empty."""
    if not str(proposal.fields.get("text", "")).strip():
        yield proposal.found("text-missing")


def preparer_entitled(proposal: Proposal) -> Iterator[Diagnostic]:
    """Whoever submits acts in the role that prepares the document (DC-12)."""
    yield from _entitled(proposal, str(proposal.desk.record(proposal.code).signers.prepared))


def maker_entitled(proposal: Proposal) -> Iterator[Diagnostic]:
    """Who opens, gives up or compares a version prepares or owns the document, or keeps the library (DC-12)."""
    record, content = proposal.desk.record(proposal.code), proposal.desk.workspace.content
    yield from _entitled(proposal, str(record.signers.prepared), str(record.owner), str(content.control.controller))


def keeper_entitled(proposal: Proposal) -> Iterator[Diagnostic]:
    """Copies and old versions are in the hands of the role that keeps the library (DC-12, DC-48)."""
    yield from _entitled(proposal, str(proposal.desk.workspace.content.control.controller))


def content_clean(proposal: Proposal) -> Iterator[Diagnostic]:
    """The document composes in every language and breaks no rule that blocks its issue.

    That the languages say different things (DC-50) blocks nothing while a translation may follow later.
    """
    may_follow = proposal.stale and proposal.desk.workspace.content.control.translation_pending
    for found in proposal.desk.check(proposal.code):
        if found.severity == "error" and not (found.code.startswith("DC-50") and may_follow):
            yield found


def something_changed(proposal: Proposal) -> Iterator[Diagnostic]:
    """A new version says something else than the last (DC-21)."""
    if proposal.since_issue is not None and not any(proposal.since_issue.values()):
        yield proposal.found("DC-21")


def class_fits(proposal: Proposal) -> Iterator[Diagnostic]:
    """What looks like a major change is called one, or it is said why not (DC-22)."""
    signs = proposal.signs_of_major
    if signs and proposal.edition.kind != "major" and proposal.is_vague(proposal.fields.get("class_reason", "")):
        yield proposal.found("DC-22", given=proposal.edition.kind, signs="; ".join(signs[:4]))


def translation_follows(proposal: Proposal) -> Iterator[Diagnostic]:
    """No translation lags behind, unless the settings allow it for a time (DC-51)."""
    if proposal.desk.workspace.content.control.translation_pending:
        return
    for language, units in proposal.stale.items():
        places = "; ".join(unit.place for unit in units[:3])
        yield proposal.found("DC-51", language=language, count=str(len(units)), places=places)


def comment_open(proposal: Proposal) -> Iterator[Diagnostic]:
    """A disposition answers a comment that is still open."""
    if proposal.fields["comment"] not in [comment.number for comment in open_comments(proposal.edition)]:
        numbers = ", ".join(str(comment.number) for comment in open_comments(proposal.edition)) or "—"
        yield proposal.found("comment-unknown", number=str(proposal.fields["comment"]), open=numbers)


def meaning_due(proposal: Proposal) -> Iterator[Diagnostic]:
    """The signature is one that this stage waits for."""
    wanted = proposal.fields["meaning"]
    due = [step for step in proposal.edition.open_steps() if stage_of(step[0]) == proposal.edition.stage]
    if wanted not in [meaning for meaning, _ in due]:
        named = ", ".join(f"{meaning} ({role})" for meaning, role in due) or "—"
        yield proposal.found("signature-not-due", meaning=wanted, due=named)


def signer_entitled(proposal: Proposal) -> Iterator[Diagnostic]:
    """The signer holds a role that this signature waits for, on this day, or a delegation for it (DC-12, DC-60)."""
    roles = [role for meaning, role in proposal.edition.open_steps() if meaning == proposal.fields["meaning"]]
    if roles:
        yield from _entitled(proposal, *roles)


def signers_distinct(proposal: Proposal) -> Iterator[Diagnostic]:
    """Preparing, reviewing and approving are done by different people, where the settings ask for it (DC-11).

    Whatever they ask for, nobody reviews and approves the same version on levels 1 and 2.
    """
    person = proposal.desk.actor.person
    before, meaning = people_who_signed(proposal.edition), proposal.fields["meaning"]
    if not proposal.desk.workspace.content.control.distinct_signers:
        high = proposal.desk.record(proposal.code).level in ("1", "2") and meaning == "approved"
        before = [str(one["person"]) for one in proposal.edition.signatures if high and one["meaning"] == "reviewed"]
    if meaning != "countersigned" and person in before:
        yield proposal.found("DC-11", people=person)


def content_unchanged(proposal: Proposal) -> Iterator[Diagnostic]:
    """The content is what was submitted (DC-15); the sections that are not, and who has to sign again, are named."""
    if proposal.digest == proposal.edition.digest:
        return
    before = proposal.desk.shelf.submitted(proposal.code, proposal.edition)
    changed = [
        f"{language} {section.number} {section.title}".strip()
        for language, sections in proposal.changes(before).items()
        for section in sections
    ]
    again = ", ".join([proposal.edition.submission["person"], *(role for _, role in proposal.edition.steps)])  # type: ignore[index]
    yield proposal.found("DC-15", changed="; ".join(changed[:6]) or "—", again=again)


def comments_resolved(proposal: Proposal) -> Iterator[Diagnostic]:
    """Every comment has its disposition before somebody signs."""
    left = list(open_comments(proposal.edition))
    if left:
        yield proposal.found("comments-open", numbers=", ".join(str(comment.number) for comment in left))


def key_given(proposal: Proposal) -> Iterator[Diagnostic]:
    """Where the settings ask for a signature by key, one is given."""
    asked = proposal.desk.workspace.content.control.signed_by_key
    if proposal.fields["meaning"] in asked and "signer" not in proposal.fields:
        yield proposal.found("key-needed", meaning=proposal.fields["meaning"])


def signer_may_reject(proposal: Proposal) -> Iterator[Diagnostic]:
    """Who returns a version signs it, prepared it, or keeps the library (DC-12)."""
    record, content = proposal.desk.record(proposal.code), proposal.desk.workspace.content
    roles = [role for _, role in proposal.edition.steps]
    yield from _entitled(proposal, *roles, str(record.signers.prepared), str(content.control.controller))


def releaser_entitled(proposal: Proposal) -> Iterator[Diagnostic]:
    """Who issues a version keeps the library or approves the document (DC-12)."""
    record, content = proposal.desk.record(proposal.code), proposal.desk.workspace.content
    yield from _entitled(proposal, str(content.control.controller), str(record.signers.approved))


def effective_in_order(proposal: Proposal) -> Iterator[Diagnostic]:
    """A version takes effect not before it is issued, after the one before it, with time to train (DC-13)."""
    day, effective = proposal.desk.actor.day, datetime.date.fromisoformat(proposal.fields["effective"])
    if effective < day:
        yield proposal.found("DC-13", dates=f"{day} → {effective}")
    before = [edition.effective for edition in proposal.life.issued]
    if before and proposal.fields["effective"] <= before[-1]:
        yield proposal.found("DC-13", dates=f"{before[-1]} → {effective}")
    settings = proposal.desk.workspace.content.control
    if effective < later(day, settings.effective_after) and proposal.is_vague(str(proposal.fields.get("reason", ""))):
        yield proposal.found("effective-soon", effective=str(effective), wanted=str(settings.effective_after))


def reviewer_entitled(proposal: Proposal) -> Iterator[Diagnostic]:
    """Who confirms a document reviews or approves it (DC-12)."""
    signers = proposal.desk.record(proposal.code).signers
    yield from _entitled(proposal, str(signers.reviewed), str(signers.approved))


def withdrawal_approved(proposal: Proposal) -> Iterator[Diagnostic]:
    """A document is withdrawn by the role that approves it (DC-12)."""
    yield from _entitled(proposal, str(proposal.desk.record(proposal.code).signers.approved))


def nothing_open(proposal: Proposal) -> Iterator[Diagnostic]:
    """A document is not withdrawn while a new version of it is being made."""
    if proposal.life.open is not None:
        yield proposal.found("version-open", open=proposal.life.open.version)


def references_handled(proposal: Proposal) -> Iterator[Diagnostic]:
    """No document in force refers to what is withdrawn, or it is said what becomes of that (DC-36)."""
    day = proposal.desk.actor.day.isoformat()
    referring = []
    for code, life in proposal.desk.lives.items():
        edition = life.in_force(day)
        if edition is not None and edition.release is not None and proposal.code in edition.release["references"]:
            referring.append(code)
    others = [code for code in referring if code != proposal.code]
    if others and proposal.is_vague(proposal.fields.get("handled", "")):
        yield proposal.found("still-referenced", documents=", ".join(others))


def reader_listed(proposal: Proposal) -> Iterator[Diagnostic]:
    """Who acknowledges is one of the readers the version was distributed to."""
    person, day = proposal.desk.actor.person, proposal.desk.actor.day
    record, content, release = (
        proposal.desk.record(proposal.code),
        proposal.desk.workspace.content,
        proposal.edition.release,
    )
    roles = {*map(str, record.distribution), *(release["readers"] if release is not None else ())}
    if person not in {one for role in roles for one in may_act(content, role, day)}:
        yield proposal.found("reader-unlisted", person=person)


def holder_told(proposal: Proposal) -> Iterator[Diagnostic]:
    """A numbered copy goes to somebody."""
    if not str(proposal.fields.get("holder", "")).strip():
        yield proposal.found("holder-missing")


def copy_out(proposal: Proposal) -> Iterator[Diagnostic]:
    """A copy that is taken back or lost was out."""
    out = [str(copy.number) for copy in proposal.edition.copies.values() if copy.state == "in_use"]
    if str(proposal.fields["copy"]) not in out:
        yield proposal.found("copy-unknown", number=str(proposal.fields["copy"]), out=", ".join(out) or "—")


def two_people(proposal: Proposal) -> Iterator[Diagnostic]:
    """Disposal is done by two people (DC-48)."""
    second = proposal.fields.get("second", "")
    if second == proposal.desk.actor.person or not works_here(
        proposal.desk.workspace.content, second, proposal.desk.actor.day
    ):
        yield proposal.found("DC-48", second=second or "—")


def retention_over(proposal: Proposal) -> Iterator[Diagnostic]:
    """Nothing is disposed of before its retention has ended, counted from when it left force (DC-47)."""
    settings, edition = proposal.desk.workspace.content.control, proposal.edition
    kept = next((one for one in settings.retention if str(one.id) == "superseded"), None)
    ended = proposal.life.end(edition)
    if kept is None or not ended:
        yield proposal.found("DC-47", until="—")
    elif (until := later(datetime.date.fromisoformat(ended), kept.period)) > proposal.desk.actor.day:
        yield proposal.found("DC-47", until=str(until))


def _entitled(proposal: Proposal, *roles: str) -> Iterator[Diagnostic]:
    """Nothing, where the actor may act in one of the roles; the role is noted for the ledger."""
    content, actor = proposal.desk.workspace.content, proposal.desk.actor
    for role in roles:
        found = entitlement(content, role, actor.person, actor.day)
        if found is not None:
            proposal.acts_in(found)
            return
    people = [person for role in roles for person in may_act(content, role, actor.day)]
    yield proposal.found(
        "DC-12", person=actor.person or "—", role=", ".join(roles), people=", ".join(dict.fromkeys(people)) or "—"
    )


GUARDS: Mapping[str, Guard] = {
    guard.__name__: guard
    for guard in (
        person_known, reason_told, text_told, preparer_entitled, maker_entitled, keeper_entitled, content_clean,
        something_changed, class_fits, translation_follows, comment_open, meaning_due, signer_entitled,
        signers_distinct, content_unchanged, comments_resolved, key_given, signer_may_reject, releaser_entitled,
        effective_in_order, reviewer_entitled, withdrawal_approved, nothing_open, references_handled, reader_listed,
        holder_told, copy_out, two_people, retention_over,
    )
}  # fmt: skip
"""The guards by the name that the table calls them."""
