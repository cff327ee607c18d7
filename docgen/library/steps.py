"""The steps in a document's life: proposed, guarded all together, then taken one document after the other."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from docgen.compose.composition import Composition
from docgen.diagnostics import Diagnostic, DocgenError, Language
from docgen.files import sha256
from docgen.library import notes
from docgen.library.desk import Desk, Proposal
from docgen.library.frozen import frozen
from docgen.library.guards import GUARDS
from docgen.library.keys import Claim, KeySignature, read_trusted, verify
from docgen.library.ledger import Event
from docgen.library.lifecycle import BY_ACTION, Edition, Life, RefusedError, Transition, after, opened, target
from docgen.library.shelf import OBJECTS, place, round_place
from docgen.library.standings import standing
from docgen.model.control import Version
from docgen.model.days import later
from docgen.model.newborn import newborn

Files = dict[str, bytes]
MOST_SIGNS, LONGEST_SIGN = 40, 200
"""How many signs of a major change the ledger keeps, and characters of each."""


def proposed(desk: Desk, action: str, code: str, version: str = "", /, **fields: Any) -> Proposal:
    """A step on a document; raises DocgenError where its table does not allow it in the state the document is in."""
    transition, life = BY_ACTION[action], desk.lives.get(code, Life(code))
    try:
        edition = _edition(desk, transition, life, code, version, fields)
    except RefusedError as error:
        raise DocgenError([_refusal(desk, action, code, life)]) from error
    return Proposal(desk, transition, code, life, edition, fields)


def _refusal(desk: Desk, action: str, code: str, life: Life) -> Diagnostic:
    day = desk.actor.day.isoformat()
    states = ", ".join(f"{one.version} {life.state(one, day)}" for one in life.editions) or "draft"
    return Diagnostic(
        "step-refused", desk.record(code).code.span, {"document": code, "action": action, "states": states}
    )


def _edition(
    desk: Desk, transition: Transition, life: Life, code: str, version: str, fields: Mapping[str, Any]
) -> Edition:
    """The version a step is about: the one in the ledger, or the one that it begins."""
    newest = life.current()
    if transition.on == "new":
        if newest is None:
            raise RefusedError(transition.action)
        return opened(life, next_version(desk, newest.version, fields), fields["class"], fields["reason"])
    if transition.action == "submit" and life.open is None and not life.issued:
        return opened(life, newborn(desk.record(code), desk.workspace.content).version, "first")
    day = str(desk.actor.day)
    chosen = life.open if transition.on == "open" else newest if transition.on == "current" else None
    if transition.action == "copy":
        chosen = life.in_force(day) or newest
    return target(life, transition, version or (chosen.version if chosen is not None else ""), day)


def next_version(desk: Desk, version: str, fields: Mapping[str, Any]) -> str:
    """The version after another: its revision plus one, or a re-issue where asked for or the counter has run out."""
    issue, revision = Version.validate(version).order()
    settings = desk.workspace.content.control
    if fields.get("reissue") or revision >= settings.max_revisions:
        issue, revision = issue + 1, 0
    else:
        revision += 1
    return f"{chr(ord('A') + issue - 1)}/{revision}" if settings.notation == "letter" else f"{issue}.{revision}"


def take(proposals: Sequence[Proposal]) -> list[Event]:
    """Take the steps, if nothing stands against any of them; raises DocgenError with all that does."""
    mistakes: list[Diagnostic] = []
    codes = [proposal.code for proposal in proposals]
    for number, proposal in enumerate(proposals):
        if proposal.code in codes[:number]:
            mistakes.append(_refusal(proposal.desk, proposal.transition.action, proposal.code, proposal.life))
        _PREPARED.get(proposal.transition.action, _nothing)(proposal)
        for name in proposal.transition.guards:
            found = list(GUARDS[name](proposal))
            mistakes += found
            if found and name == "person_known":
                break
        mistakes += _clock(proposal)
    if mistakes:
        raise DocgenError(mistakes)
    made = [(proposal, *_finished(proposal)) for proposal in proposals]
    return [proposal.desk.shelf.commit(proposal.code, fields, files) for proposal, fields, files in made]


def _clock(proposal: Proposal) -> Iterator[Diagnostic]:
    """No document is touched where the clock stands before the last event of one of them."""
    at = datetime.datetime.fromisoformat(proposal.desk.actor.at)
    if any(event.moment > at for event in proposal.life.events):
        yield proposal.found("clock-behind", at=proposal.desk.actor.at)


def _finished(proposal: Proposal) -> tuple[dict[str, Any], Files]:
    """The line of the ledger and the files of a step that nothing stands against."""
    files = _FINISHED.get(proposal.transition.action, _no_files)(proposal)
    people = {str(one.id): one.name for one in proposal.desk.workspace.content.client.people}
    proposal.fields.setdefault("name", proposal.desk.pair(people[proposal.desk.actor.person]))
    head = {"action": proposal.transition.action, "version": proposal.edition.version}
    fields = {**head, **proposal.desk.actor.fields(), **proposal.fields}
    after(proposal.life, Event("", (), fields, 0))  # What the ledger would not replay is never written.
    return fields, files


def _nothing(proposal: Proposal) -> None:
    """Most steps need nothing worked out before their guards look at them."""


def _no_files(proposal: Proposal) -> Files:
    return {}


def _prepare_submission(proposal: Proposal) -> None:
    """What is submitted: digest, change row, and the signatures that it now needs."""
    desk, edition = proposal.desk, proposal.edition
    settings = desk.workspace.content.control
    record = desk.record(proposal.code)
    kind = next((one for one in settings.changes if one.id == edition.kind), None)
    labels = {language: desk.composer.labels(language) for language in desk.languages}
    if proposal.since_issue is None:
        note = notes.first_issue(labels, has_past=bool(record.changes))
    else:
        note = notes.revision(proposal.since_issue, labels)
    given = proposal.fields.pop("what", {})
    reason = proposal.fields.setdefault("reason", edition.reason)
    steps = [("reviewed", str(record.signers.reviewed))]
    if kind is not None and kind.countersigned:
        steps += [("countersigned", str(role)) for role in record.signers.countersigned]
    steps.append(("approved", str(record.signers.approved)))
    proposal.fields |= {
        "round": edition.round + 1,
        "class": edition.kind,
        "steps": steps,
        "change": {"section": note["section"], "what": {**note["what"], **given}, "why": reason},
        "signs": [sign[:LONGEST_SIGN] for sign in proposal.signs_of_major[:MOST_SIGNS]],
    }


def _finish_submission(proposal: Proposal) -> Files:
    """The compositions as they were submitted."""
    made = {language: frozen(one) for language, one in proposal.compositions.items()}
    proposal.fields |= {
        "meaning": "prepared",
        "digest": proposal.digest,
        "compositions": {language: sha256(data) for language, data in made.items()},
        "stale": {language: len(units) for language, units in proposal.stale.items()},
        "listing": _listing(proposal),
    }
    folder = round_place(proposal.code, proposal.edition.version, proposal.fields["round"], proposal.digest)
    files = {f"{folder}/{language}.json": data for language, data in made.items()}
    return {**files, **_logos(proposal.compositions)}


def _logos(compositions: Mapping[Language, Composition]) -> Files:
    return {f"{OBJECTS}/{sha256(one.brand.logo)}": one.brand.logo for one in compositions.values()}


def _listing(proposal: Proposal) -> dict[str, dict[str, str]]:
    """What the master list says of the version, as its front prints it."""
    names = ("title", "kind", "level", "classification", "owner", "clauses", "distribution")
    return {
        language: {name: getattr(one.front, name) for name in names} for language, one in proposal.compositions.items()
    }


def _prepare_signature(proposal: Proposal) -> None:
    proposal.fields |= {"round": proposal.edition.round, "digest": proposal.edition.digest}
    proposal.fields.setdefault("method", "account")


def _finish_signature(proposal: Proposal) -> Files:
    """The signature by key, where one was given, over all that the ledger line says."""
    signer: Signer | None = proposal.fields.pop("signer", None)
    if signer is not None:
        desk = proposal.desk
        said = desk.actor.fields() | proposal.fields
        heads = desk.shelf.ledger(proposal.code).heads
        signed = statement(proposal.code, proposal.edition.version, said, heads)
        made = signer(signed)
        at, trusted = datetime.datetime.fromisoformat(desk.actor.at), read_trusted(desk.shelf.client / "keys")
        verify(Claim(signed, made, desk.actor.person, at, proposal.span), trusted)
        proposal.fields |= {"method": made.method, "key": made.key, "value": made.value}
    return {}


Signer = Callable[[bytes], KeySignature]
"""What signs a statement with somebody's key."""
UNSIGNED = ("action", "version", "method", "key", "value")
"""Fields of a line that a signature by key does not cover as such: what names it, and the signature itself."""


def statement(code: str, version: str, fields: Mapping[str, Any], prev: Sequence[str]) -> bytes:
    """What a key signs, as JSON: document, version, everything else the line says, and the lines of the ledger before
    it, so that a signature cannot be moved to another place."""
    said = {name: value for name, value in fields.items() if name not in UNSIGNED}
    said |= {"document": code, "version": version, "prev": list(prev)}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _prepare_release(proposal: Proposal) -> None:
    """Dates, and who has to acknowledge."""
    desk, record = proposal.desk, proposal.desk.record(proposal.code)
    content, day = desk.workspace.content, desk.actor.day
    settings = content.control
    effective = proposal.fields.get("effective") or later(day, settings.effective_after)
    kind = next((one for one in settings.changes if one.id == proposal.edition.kind), None)
    proposal.fields |= {
        "effective": str(effective),
        "next_review": _next_review(proposal, datetime.date.fromisoformat(str(effective))),
        "readers": [str(role) for role in record.distribution] if kind is None or kind.acknowledged else [],
        "acknowledge_by": str(later(day, settings.acknowledge_within)),
        "digest": proposal.edition.digest,
        "pending": {language: str(later(day, settings.translation_within)) for language in proposal.stale},
        "references": _references(proposal),
    }


def _next_review(proposal: Proposal, effective: datetime.date) -> str:
    """A cycle after the effective date; a revision, for which nobody read the whole text, leaves the date as it was."""
    before = proposal.life.current()
    is_revision = Version.validate(proposal.edition.version).order()[1] > 0
    if before is not None and is_revision and before.next_review > effective.isoformat():
        return before.next_review
    return str(later(effective, proposal.desk.record(proposal.code).review_cycle))


def _references(proposal: Proposal) -> list[str]:
    """The documents that the text refers to."""
    text = json.dumps([one.blocks for one in proposal.compositions.values()])
    return sorted(code for code in proposal.desk.workspace.content.documents if f'"{code}.html"' in text)


def _finish_release(proposal: Proposal) -> Files:
    """The frozen version: compositions as issued, record, digests of the files that they make."""
    desk, folder = proposal.desk, place(proposal.code, proposal.edition.version)
    compositions = _issued(proposal)
    printed = desk.print(compositions)
    seal: Callable[[bytes], bytes] | None = proposal.fields.pop("sealer", None)
    made = {language: frozen(one) for language, one in compositions.items()}
    record = {
        "document": proposal.code,
        "version": proposal.edition.version,
        "class": proposal.edition.kind,
        "issued": proposal.desk.actor.day.isoformat(),
        **{name: proposal.fields[name] for name in ("effective", "next_review", "digest")},
        "compositions": {language: sha256(data) for language, data in made.items()},
        "files": {name: sha256(data) for name, data in printed.files.items()},
        "shells": {language: sha256(data) for language, data in printed.shells.items()},
        "logos": sorted({sha256(one.brand.logo) for one in compositions.values()}),
        "program": printed.program,
        "engines": dict(printed.engines),
        "record": desk.record(proposal.code).model_dump(mode="json", exclude_none=True),
        "twins": proposal.twins(),
        "facts": desk.composer.facts(proposal.code),
    }
    files: Files = {f"{folder}/{language}.json": data for language, data in made.items()}
    files |= {f"{OBJECTS}/{sha256(data)}": data for data in printed.shells.values()}
    if seal is not None or desk.workspace.content.control.keep_pdf:
        kept = {language: printed.files[f"{language}/pdf"] for language in compositions}
        kept = {language: seal(data) if seal is not None else data for language, data in kept.items()}
        files |= {f"{folder}/{language}.pdf": data for language, data in kept.items()}
        record["kept"] = {f"{language}.pdf": sha256(data) for language, data in kept.items()}
        record["sealed"] = seal is not None
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    proposal.fields["record"] = sha256(text)
    return {**files, f"{folder}/release.json": text, **_logos(compositions)}


def _issued(proposal: Proposal) -> dict[Language, Composition]:
    """The compositions with the front of the issued version: dates, signatures, change record."""
    desk = proposal.desk
    fields = {"action": "release", **desk.actor.fields(), **proposal.fields}
    edition = replace(proposal.edition, stage="issued", release=Event("", (), fields, 0))
    editions = tuple(edition if one is proposal.edition else one for one in proposal.life.editions)
    life = replace(proposal.life, editions=editions)
    born = newborn(desk.record(proposal.code), desk.workspace.content)
    stands = standing(life, edition, born, desk.actor.day.isoformat())
    return {
        language: desk.composer.fronted(composition, stands) for language, composition in proposal.compositions.items()
    }


def _prepare_review(proposal: Proposal) -> None:
    cycle = proposal.desk.record(proposal.code).review_cycle
    proposal.fields["next_review"] = str(later(proposal.desk.actor.day, cycle))


def _prepare_withdrawal(proposal: Proposal) -> None:
    proposal.fields.setdefault("effective", proposal.desk.actor.day.isoformat())


def _prepare_copy(proposal: Proposal) -> None:
    numbers = [number for edition in proposal.life.editions for number in edition.copies]
    proposal.fields["copy"] = max(numbers, default=0) + 1


def _prepare_synchronization(proposal: Proposal) -> None:
    proposal.fields["twins"] = proposal.confirmed_twins()


_PREPARED: Mapping[str, Callable[[Proposal], None]] = {
    "submit": _prepare_submission,
    "sign": _prepare_signature,
    "release": _prepare_release,
    "confirm": _prepare_review,
    "withdraw": _prepare_withdrawal,
    "copy": _prepare_copy,
    "synchronize": _prepare_synchronization,
}
"""What is worked out before the guards look."""

_FINISHED: Mapping[str, Callable[[Proposal], Files]] = {
    "submit": _finish_submission,
    "sign": _finish_signature,
    "release": _finish_release,
}
"""What is made once nothing stands against the step."""
