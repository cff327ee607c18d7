"""Every guard of the table, tripped and not, on a real small client; what is refused leaves the library as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen import messages
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.library import guards
from docgen.library.lifecycle import TRANSITIONS
from docgen.library.steps import proposed, take
from tests.library.office import OTHER, PEOPLE, PLAN, REASON, WHY, Office, people

MORE = (
    "本计划说明值班与交接办法，另见{doc:SMS-PL-92}。",
    "This plan tells how duty is kept and handed over; see {doc:SMS-PL-92}.",
)
BEFORE = (
    "本计划说明值班办法，另见{doc:SMS-PL-92}。",
    "This plan tells how duty is kept; see {doc:SMS-PL-92}.",
)
"""Other words in the first section, nothing of a major change; and the words that stand there."""


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Office]:
    """Offices whose plan has come to a stage."""
    root = tmp_path_factory.mktemp("offices")
    found = {"draft": Office(root / "draft")}

    def after(stage: str, name: str) -> Office:
        found[name] = found[stage].copy(root / name)
        return found[name]

    after("draft", "in_review").submitted()
    after("in_review", "in_approval").step("bo", "sign", meaning="reviewed")
    after("in_approval", "approved").step("di", "sign", meaning="approved")
    after("approved", "issued").step("gus", "release")
    after("issued", "revised").revised()
    found["revised"].say(*MORE)
    after("issued", "major").revised("major")
    found["major"].say(*MORE)
    found["major"].submitted()
    after("revised", "superseded").submitted()
    found["superseded"].signed()
    found["superseded"].to("2026-03-12")
    found["superseded"].step("gus", "release")
    found["superseded"].to("2026-04-01")
    return found


@pytest.fixture
def office(stages: dict[str, Office], tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """A copy of the office at the stage that the test asks for."""
    yield stages[request.param].copy(tmp_path / "office")


def at(stage: str) -> pytest.MarkDecorator:
    """The stage that a test begins with."""
    return pytest.mark.parametrize("office", [stage], indirect=True)


def told(found: Diagnostic, code: str, *said: str) -> None:
    """The mistake has its code, fills its sentences in both languages, points into the client and says these words."""
    assert found.code == code
    sentences = [told(found, language) for told in (messages.what, messages.mend) for language in ("en", "zh")]
    for sentence in sentences:
        assert sentence.strip() and not re.search(r"\{\w+\}", sentence), sentence
    for word in said:
        assert any(word in sentence for sentence in sentences), (word, sentences)
    assert found.span.file.endswith(f"tiny/documents/{PLAN}.yaml")


def test_every_guard_stands_in_the_table_and_every_name_of_the_table_is_a_guard() -> None:
    assert {name for transition in TRANSITIONS for name in transition.guards} == set(guards.GUARDS)


@at("draft")
def test_somebody_known_acts(office: Office) -> None:
    told(office.refused("anne", "submit", reason=REASON), "person-unknown", "anne", "ann?")
    told(office.refused("", "submit", reason=REASON), "person-unknown", "—")
    office.submitted()
    office.step("eve", "comment", text="Which rooms?")
    office.to("2026-03-31")
    office.step("eve", "comment", text="And when?")
    office.to("2026-04-01")
    told(office.refused("eve", "comment", text="And why?"), "DC-18", "eve", "2026-04-01")
    told(office.refused("fay", "comment", text="And why?"), "DC-18", "fay", "2026-04-01")
    office.to("2026-06-01")
    office.step("fay", "comment", text="And why?")


@at("draft")
def test_a_reason_says_something_in_every_language(office: Office) -> None:
    told(office.refused("ann", "submit", reason={"zh": REASON["zh"]}), "reason-missing", "language: en")
    told(office.refused("ann", "submit", reason={"en": REASON["en"]}), "reason-missing", "zh")
    told(office.refused("ann", "submit", reason={"zh": "完善内容", "en": REASON["en"]}), "DC-19", "完善内容")
    told(office.refused("ann", "submit", reason={"zh": REASON["zh"], "en": "updated the text"}), "DC-19", "updated")
    office.submitted()
    told(office.refused("bo", "reject", reason=""), "reason-missing", "—")
    told(office.refused("bo", "reject"), "reason-missing")
    told(office.refused("bo", "reject", reason="updated"), "DC-19", "updated")
    office.step("bo", "reject", reason="The hours of duty are missing")
    with pytest.raises(DocgenError) as caught:
        office.step("ann", "submit", reason={})
    assert [one.code for one in caught.value.diagnostics] == ["reason-missing"] * 2


@at("in_review")
def test_a_comment_says_something_and_is_answered_before_anybody_signs(office: Office) -> None:
    told(office.refused("cy", "comment", text=" \n"), "text-missing")
    office.step("cy", "comment", text="Say who answers at night.", place="2")
    office.step("hal", "comment", text="Say who answers at noon.")
    told(office.refused("bo", "sign", meaning="reviewed"), "comments-open", "1, 2")
    told(office.refused("ann", "resolve", comment=3, text="It is the night shift."), "comment-unknown", "3", "1, 2")
    told(office.refused("ann", "resolve", comment=1, text=""), "text-missing")
    office.step("ann", "resolve", comment=1, text="It is the night shift.")
    told(office.refused("ann", "resolve", comment=1, text="It is the day shift."), "comment-unknown", "1", "2")
    told(office.refused("bo", "sign", meaning="reviewed"), "comments-open", "2")
    office.step("ann", "resolve", comment=2, text="It is the day shift.")
    told(office.refused("ann", "resolve", comment=2, text="It is the day shift."), "comment-unknown", "—")
    office.step("bo", "sign", meaning="reviewed")


@at("draft")
def test_whoever_submits_prepares_the_document(office: Office) -> None:
    told(office.refused("bo", "submit", reason=REASON), "DC-12", "bo", "OWN", "ann")
    office.submitted()
    assert office.last().submission["role"] == "OWN"


@at("draft")
def test_what_rules_and_templates_find_wrong_is_not_submitted(office: Office) -> None:
    office.change(f"documents/{PLAN}.yaml", "kind: plan", "kind: form")
    told(office.refused("ann", "submit", reason=REASON), "DC-03", PLAN)
    office.change(f"documents/{PLAN}.yaml", "kind: form", "kind: plan")
    office.change("templates/en/page.md", "{param:office.reply}", "20 minutes")
    told(office.refused("ann", "submit", reason=REASON), "DC-50", "15", "20")
    office.change("templates/en/page.md", "20 minutes", "{param:office.answer}")
    with pytest.raises(DocgenError) as caught:
        office.step("ann", "submit", reason=REASON)
    assert [one.code for one in caught.value.diagnostics] == ["reference-unknown"] and office.contents() == {}
    office.change("templates/en/page.md", "{param:office.answer}", "{param:office.reply}")
    office.submitted()


@at("issued")
def test_a_new_version_says_something_new(office: Office) -> None:
    office.revised()
    told(office.refused("ann", "submit"), "DC-21", "A/1")
    office.say(*MORE)
    office.step("ann", "submit")


@pytest.mark.parametrize("kind", ["editorial", "minor", "translation"])
@at("issued")
def test_a_major_change_is_called_one_or_it_is_said_why_not(office: Office, kind: str) -> None:
    office.revised(kind)
    office.change("parameters.yaml", "15 min", "10 min")
    told(office.refused("ann", "submit"), "DC-22", kind, "2 时限", "15分钟", "10分钟")
    told(office.refused("ann", "submit", class_reason="updated"), "DC-22", kind)
    office.step("ann", "submit", class_reason="The contract has said ten minutes all along")


@at("issued")
def test_a_change_called_major_needs_no_excuse_but_the_roles_it_affects(office: Office) -> None:
    office.revised("major")
    office.change("parameters.yaml", "15 min", "10 min")
    office.step("ann", "submit")
    assert [role for _, role in office.last().steps] == ["REV", "ONE", "TWO", "APP"]
    assert any("10" in sign for sign in office.last().submission["signs"])


@at("revised")
def test_a_translation_that_lags_behind_is_not_issued_unless_it_may_follow(office: Office) -> None:
    path = office.folder / "templates/en/page.md"
    new = path.read_text("utf-8")
    office.write("templates/en/page.md", new.replace("kept and handed over", "kept"))
    told(office.refused("ann", "submit"), "DC-51", "en", "1 passages")
    office.step("ann", "synchronize")
    office.step("ann", "submit")
    assert office.last().submission["stale"] == {}


@at("revised")
def test_a_translation_may_follow_for_a_time_where_the_settings_say_so(office: Office) -> None:
    office.change("control.yaml", "translation_pending: no", "translation_pending: yes")
    path = office.folder / "templates/en/page.md"
    office.write("templates/en/page.md", path.read_text("utf-8").replace("kept and handed over", "kept"))
    office.step("ann", "submit")
    office.signed()
    office.to("2026-03-12")
    office.change("control.yaml", "translation_pending: yes", "translation_pending: no")
    told(office.refused("gus", "release"), "DC-51", "en")
    office.change("control.yaml", "translation_pending: no", "translation_pending: yes")
    office.step("gus", "release")
    assert office.last().release["pending"] == {"en": "2026-03-26"}


@at("in_review")
def test_a_signature_is_given_when_it_is_due(office: Office) -> None:
    told(office.refused("di", "sign", meaning="approved"), "signature-not-due", "approved", "reviewed (REV)")
    told(office.refused("cy", "sign", meaning="countersigned"), "signature-not-due", "countersigned")
    office.step("bo", "sign", meaning="reviewed")
    told(office.refused("cy", "sign", meaning="reviewed"), "signature-not-due", "approved (APP)")
    office.step("di", "sign", meaning="approved")
    told(office.refused("di", "sign", meaning="approved"), "step-refused", "A/0 approved")


@at("major")
def test_each_role_that_is_affected_countersigns_once(office: Office) -> None:
    office.step("bo", "sign", meaning="reviewed")
    told(office.refused("bo", "sign", meaning="countersigned"), "DC-12", "bo", "ONE, TWO", "cy, hal")
    office.step("hal", "sign", meaning="countersigned")
    told(office.refused("hal", "sign", meaning="countersigned"), "DC-12", "ONE", "cy")
    told(office.refused("di", "sign", meaning="approved"), "signature-not-due", "countersigned (ONE)")
    office.step("cy", "sign", meaning="countersigned")
    office.step("di", "sign", meaning="approved")
    assert office.last().stage == "approved"


@at("in_review")
def test_the_signer_holds_the_role_on_that_day(office: Office) -> None:
    told(office.refused("ivy", "sign", meaning="reviewed"), "DC-12", "ivy", "REV", "bo")
    told(office.refused("di", "sign", meaning="reviewed"), "DC-12", "di")
    told(office.refused("di", "sign", meaning="reviewed", role="REV"), "DC-12", "di")
    office.step("bo", "sign", meaning="reviewed")


def test_who_held_the_role_before_signed_then(tmp_path: Path) -> None:
    office = Office(tmp_path, "2025-12-31T09:00:00+08:00")
    office.submitted()
    told(office.refused("bo", "sign", meaning="reviewed"), "DC-12", "ivy")
    office.step("ivy", "sign", meaning="reviewed")


@at("in_approval")
def test_a_delegate_signs_within_the_days_of_the_delegation_and_for_the_holder(office: Office) -> None:
    told(office.refused("hal", "sign", meaning="approved"), "DC-12", "hal", "APP")  # DC-60
    office.to("2026-03-09")
    told(office.refused("hal", "sign", meaning="approved"), "DC-12", "delegations")
    later = office.copy(office.root.parent / "later")
    later.to("2026-03-21")
    told(later.refused("hal", "sign", meaning="approved"), "DC-12", "di")
    later.to("2026-03-20")
    later.step("hal", "sign", meaning="approved")
    office.to("2026-03-10")
    office.step("hal", "sign", meaning="approved")
    signature = office.last().signatures[-1]
    assert (signature["behalf"], signature["delegation"]) == ({"zh": "狄安", "en": "Di An"}, "D-91")
    assert (signature["name"]["en"], signature["role_name"]["en"]) == ("Han Lu", "Role APP")
    office.step("gus", "release")
    frozen = office.shelf.compositions(PLAN, office.last(), None)
    for language, name in (("zh", "狄安"), ("en", "Di An")):
        assert [one.behalf for one in frozen[language].front.signatures] == ["", "", name]


@at("in_approval")
def test_the_present_holder_signs_for_nobody(office: Office) -> None:
    office.to("2026-03-12")
    office.step("di", "sign", meaning="approved")
    assert office.last().signatures[-1].get("behalf") is None


def test_three_people_sign_where_the_settings_ask_for_it(tmp_path: Path) -> None:
    office = Office(tmp_path / "a")
    office.change("client.yaml", "REV, name: {zh: REV岗, en: Role REV}, duties: {zh: 值班。, en: Duty.}, holder: bo, since: 2026-01-01, former: [{person: ivy, first: 2020-01-01, last: 2025-12-31}]", "REV, name: {zh: REV岗, en: Role REV}, duties: {zh: 值班。, en: Duty.}, holder: ann")  # fmt: skip  # noqa: E501
    office.submitted()
    told(office.refused("ann", "sign", meaning="reviewed"), "DC-11", "ann")
    office.change("control.yaml", "distinct_signers: true", "distinct_signers: false")
    office.step("ann", "sign", meaning="reviewed")
    office.change("control.yaml", "distinct_signers: false", "distinct_signers: true")
    office.step("di", "sign", meaning="approved")


@at("major")
def test_whoever_countersigned_does_not_approve(office: Office) -> None:
    office.to("2026-03-10")
    office.signed()
    assert office.last().stage == "approved"
    other = office.copy(office.root.parent / "other")
    other.step("di", "reject", reason="The hours of duty are missing")
    other.submitted()
    other.step("bo", "sign", meaning="reviewed")
    other.step("hal", "sign", meaning="countersigned")
    other.step("cy", "sign", meaning="countersigned")
    told(other.refused("hal", "sign", meaning="approved"), "DC-11", "hal")


@at("in_approval")
def test_an_edit_voids_the_signatures_and_names_the_section(office: Office) -> None:
    office.say(*MORE)
    found = office.refused("di", "sign", meaning="approved")
    told(found, "DC-15", "zh 1 目的", "en 1 Purpose", "ann, REV, APP")
    assert "2 " not in found.values["changed"]
    office.say(*BEFORE)
    office.step("di", "sign", meaning="approved")


@at("approved")
def test_an_edit_of_a_parameter_that_is_printed_voids_the_signatures(office: Office) -> None:
    office.change("parameters.yaml", "15 min", "10 min")
    told(office.refused("gus", "release"), "DC-15", "zh 2 时限", "en 2 Time limits", "ann, REV, APP")
    office.change("parameters.yaml", "10 min", "15 min")
    office.write("parameters.yaml", "office.reply: 15 min\noffice.other: 10 min\n")
    office.step("gus", "release")


@at("approved")
def test_an_edit_of_a_name_that_is_printed_voids_the_signatures(office: Office) -> None:
    office.write("client.yaml", people({**PEOPLE, "gus": ("顾念", "Gu Nian", "")}))
    copied = office.copy(office.root.parent / "copied")
    copied.step("gus", "release")
    office.write("client.yaml", people({**PEOPLE, "hal": ("韩璐", "Han Lulu", "")}))
    told(office.refused("gus", "release"), "DC-15", "zh 3 人员", "en 3 People")


@at("approved")
def test_an_edit_of_the_cover_voids_the_signatures(office: Office) -> None:
    office.change(f"documents/{PLAN}.yaml", "[READ, OWN]", "[READ]")
    told(office.refused("gus", "release"), "DC-15", "ann, REV, APP")
    office.change(f"documents/{PLAN}.yaml", "[READ]", "[READ, OWN]")
    office.step("gus", "release")


@at("approved")
def test_a_changed_document_is_returned_and_its_signatures_do_not_come_back(office: Office) -> None:
    office.say(*MORE)
    office.step("di", "reject", reason="It was changed after signing")
    assert (office.last().stage, office.last().signatures) == ("draft", ())
    office.submitted()
    office.say(*BEFORE)
    office.step("bo", "reject", reason="It was changed after submitting")
    office.submitted()
    assert office.last().stage == "in_review" and office.last().round == 3
    told(office.refused("di", "sign", meaning="approved"), "signature-not-due", "reviewed (REV)")
    told(office.refused("gus", "release"), "step-refused", "A/0 in_review")


@at("in_review")
def test_whoever_signs_prepares_or_keeps_may_return(office: Office) -> None:
    told(office.refused("ivy", "reject", reason=WHY), "DC-12", "ivy", "REV, APP, OWN, KEEP")
    told(office.refused("cy", "reject", reason=WHY), "DC-12", "cy")
    for person in ("ann", "bo", "di", "gus"):
        other = office.copy(office.root.parent / person)
        other.step(person, "reject", reason=WHY)
        assert other.last().stage == "draft"


@at("approved")
def test_the_keeper_or_the_approver_issues(office: Office) -> None:
    told(office.refused("ann", "release"), "DC-12", "ann", "KEEP, APP", "gus, di")
    office.copy(office.root.parent / "other").step("di", "release")
    office.step("gus", "release")


@at("approved")
def test_a_version_takes_effect_not_before_its_issue_and_with_time_to_train(office: Office) -> None:
    why = "The court demands it from that day on"
    told(office.refused("gus", "release", effective="2026-03-01", reason=why), "DC-13", "2026-03-02", "2026-03-01")
    told(office.refused("gus", "release", effective="2026-03-06"), "effective-soon", "2026-03-06", "5 workdays")
    told(office.refused("gus", "release", effective="2026-03-06", reason="updated"), "effective-soon", "2026-03-06")
    other = office.copy(office.root.parent / "other")
    other.step("gus", "release", effective="2026-03-02", reason=why)
    assert other.life().in_force("2026-03-02") is not None
    office.step("gus", "release", effective="2026-03-09")


@at("revised")
def test_a_version_takes_effect_after_the_one_before(office: Office) -> None:
    office.submitted()
    office.signed()
    why = "The court demands it from that day on"
    told(office.refused("gus", "release", effective="2026-03-09"), "DC-13", "2026-03-09 → 2026-03-09")
    told(office.refused("gus", "release", effective="2026-03-05", reason=why), "DC-13", "2026-03-09 → 2026-03-05")
    office.step("gus", "release", effective="2026-03-10")


@at("issued")
def test_the_reviewer_or_the_approver_confirms(office: Office) -> None:
    told(office.refused("cy", "confirm", reason=WHY), "DC-12", "cy", "REV, APP")
    told(office.refused("bo", "confirm", reason="updated"), "DC-19")
    office.to("2027-01-04")
    office.step("bo", "confirm", reason=WHY)
    assert office.last().next_review == "2028-01-04"


@at("issued")
def test_the_approver_withdraws_what_nobody_refers_to(office: Office) -> None:
    office.step("ann", "submit", code=OTHER, reason=REASON)
    office.signed(OTHER)
    office.step("gus", "release", code=OTHER, effective="2026-03-09")
    office.to("2026-03-10")
    told(office.refused("gus", "withdraw", reason=WHY), "DC-12", "gus", "APP")
    found = office.refused("di", "withdraw", code=OTHER, reason=WHY)
    assert (found.code, found.values["documents"]) == ("still-referenced", PLAN)
    assert office.refused("di", "withdraw", code=OTHER, reason=WHY, handled="updated").code == "still-referenced"
    other = office.copy(office.root.parent / "other")
    other.step("di", "withdraw", code=OTHER, reason=WHY, handled="The plan is revised in the same week")
    office.step("di", "withdraw", reason=WHY)
    office.step("di", "withdraw", code=OTHER, reason=WHY)
    assert office.life(OTHER).in_force(office.day) is None


@at("revised")
def test_a_document_is_not_withdrawn_while_a_version_is_being_made(office: Office) -> None:
    told(office.refused("di", "withdraw", reason=WHY), "version-open", "A/1")
    office.step("ann", "cancel", reason=WHY)
    office.step("di", "withdraw", reason=WHY)


@at("issued")
def test_readers_of_the_distribution_list_acknowledge(office: Office) -> None:
    told(office.refused("bo", "acknowledge"), "reader-unlisted", "bo")
    office.step("ann", "acknowledge")
    office.change(f"documents/{PLAN}.yaml", "[READ, OWN]", "[OWN, REV]")
    office.step("ivy", "acknowledge")
    office.step("bo", "acknowledge")
    assert set(office.last().acknowledged) == {"ann", "ivy", "bo"}


@at("issued")
def test_a_copy_has_a_holder_and_comes_back_once(office: Office) -> None:
    told(office.refused("gus", "copy", holder=" ", medium="paper"), "holder-missing")
    assert office.step("gus", "copy", holder="Night desk", medium="paper")["copy"] == 1
    assert office.step("gus", "copy", holder="Day desk", medium="paper")["copy"] == 2
    told(office.refused("gus", "recall", version="A/0", copy=3), "copy-unknown", "3", "1, 2")
    told(office.refused("gus", "lose", version="A/0", copy=1, reason=""), "reason-missing")
    office.step("gus", "recall", version="A/0", copy=1)
    told(office.refused("gus", "recall", version="A/0", copy=1), "copy-unknown", "2")
    office.step("gus", "lose", version="A/0", copy=2, reason="The desk was flooded in March")
    told(office.refused("gus", "lose", version="A/0", copy=2, reason=WHY), "copy-unknown", "—")
    assert office.step("gus", "copy", holder="Day desk", medium="paper")["copy"] == 3


@at("superseded")
def test_an_old_version_is_disposed_of_by_two_people_once_its_time_is_over(office: Office) -> None:
    told(office.refused("gus", "retain", version="A/1", reason=WHY), "step-refused", "A/1 in_force")
    told(office.refused("gus", "dispose", version="A/0", reason=WHY, second="ann"), "step-refused", "A/0 superseded")
    office.step("gus", "retain", version="A/0", reason=WHY)
    told(office.refused("gus", "dispose", version="A/0", reason=WHY, second="ann"), "DC-47", "2032-03-19")
    office.to("2032-03-18")
    told(office.refused("gus", "dispose", version="A/0", reason=WHY, second="ann"), "DC-47", "2032-03-19")
    office.to("2032-03-19")
    told(office.refused("gus", "dispose", version="A/0", reason=WHY), "DC-48", "—")
    told(office.refused("gus", "dispose", version="A/0", reason=WHY, second="gus"), "DC-48", "gus")
    told(office.refused("gus", "dispose", version="A/0", reason=WHY, second="eve"), "DC-48", "eve")
    office.step("gus", "dispose", version="A/0", reason=WHY, second="ann")
    assert office.life().editions[0].stage == "disposed"


def test_a_retention_period_is_named(stages: dict[str, Office], tmp_path: Path) -> None:
    office = stages["superseded"].copy(tmp_path / "office")
    office.step("gus", "retain", version="A/0", reason=WHY)
    office.change("control.yaml", "{superseded: {period: 6 years}}", "{superseded: null}")
    office.to("2050-01-03")
    told(office.refused("gus", "dispose", version="A/0", reason=WHY, second="ann"), "DC-47", "—")


@at("in_review")
def test_a_signature_by_key_is_asked_for_where_the_settings_say_so(office: Office) -> None:
    office.change("control.yaml", "notation: letter", "notation: letter\nsigned_by_key: [approved]")
    office.step("bo", "sign", meaning="reviewed")
    told(office.refused("di", "sign", meaning="approved"), "key-needed", "approved", "--key")


@at("in_review")
def test_a_clock_set_back_stops_every_document_of_a_step(office: Office) -> None:
    office.step("ann", "submit", code=OTHER, reason=REASON)
    office.later(3)
    office.step("cy", "comment", text="Say who answers at night.")
    office.step("ann", "resolve", comment=1, text="It is the night shift.")
    office.later(-1)
    before = office.contents()
    with pytest.raises(DocgenError) as caught:
        desk = office.desk("bo")
        take([proposed(desk, "sign", code, meaning="reviewed") for code in (OTHER, PLAN)])
    (found,) = caught.value.diagnostics
    told(found, "clock-behind", "2026-03-04")
    assert office.contents() == before


@at("in_review")
def test_all_documents_of_a_step_are_judged_before_one_is_touched(office: Office) -> None:
    office.step("ann", "submit", code=OTHER, reason=REASON)
    office.step("cy", "comment", text="Say who answers at night.")
    before = office.contents()
    desk = office.desk("bo")
    with pytest.raises(DocgenError) as caught:
        take([proposed(desk, "sign", code, meaning="reviewed") for code in (OTHER, PLAN)])
    assert [one.code for one in caught.value.diagnostics] == ["comments-open"] and office.contents() == before
    with pytest.raises(DocgenError) as caught:
        take([proposed(desk, "sign", OTHER, meaning="reviewed") for _ in range(2)])
    assert [one.code for one in caught.value.diagnostics] == ["step-refused"] and office.contents() == before
    take([proposed(desk, "sign", OTHER, meaning="reviewed")])
    assert office.last(OTHER).stage == "in_approval"
