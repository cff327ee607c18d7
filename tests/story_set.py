"""Chapters of the story for the rest of the set: who prepared each document, on which days, and why it was written.

Preparer, reviewer and approver are the holders of the roles that the control record names. A document that has a past
(a `version` in its record) enters the library in November; all others belong to the first issue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from docgen.model.workspace import load
from tests.story_teller import Pair, Story

PREPARED = ("02-25", "02-26", "02-27", "03-02", "03-03", "03-04", "03-05")
REVIEWED = {"02-25": "03-05", "02-26": "03-05", "02-27": "03-06", "03-02": "03-06"}
APPROVED = {"03-05": "03-11", "03-06": "03-12", "03-10": "03-13"}
LATER = ("11-17", "11-18", "11-19")
"""Prepared, reviewed and approved, for what has a past."""


@dataclass(frozen=True)
class Written:
    """A document of the rest of the set."""

    code: str
    kind: str
    title: Pair
    parent: str
    preparer: str
    reviewer: str
    approver: str
    version: str

    @property
    def has_past(self) -> bool:
        """Whether it enters the library in November."""
        return bool(self.version)


@cache
def rest(told: frozenset[str]) -> tuple[Written, ...]:
    """The documents that the first chapter does not name one by one."""
    from tests.story import ROOT

    content = load("demo", (ROOT / "content",)).content
    holders = {str(role.id): str(role.holder) for role in content.client.roles}
    return tuple(
        Written(
            code,
            record.kind,
            Pair(str(record.title.zh), str(record.title.en)),
            str(record.parent or ""),
            *(
                holders[str(role)]
                for role in (record.signers.prepared, record.signers.reviewed, record.signers.approved)
            ),
            str(record.version or ""),
        )
        for code, record in sorted(content.documents.items())
        if code not in told
    )


_WHY: Mapping[str, Pair] = {
    "procedure": Pair(
        "各部门此前各有做法，没有统一的时限和记录，需要《{zh}》作为共同规则",
        "Departments had their own ways without common time limits and records; the {en} gives them one rule",
    ),
    "form": Pair(
        "执行{parent}需要统一的“{zh}”，此前各处记录栏目不一，常有缺项",
        "{parent} needs one form for this, the “{en}”; earlier records had different fields and gaps",
    ),
    "register": Pair(
        "相关条目散见于各部门的表格，需要《{zh}》作为唯一可查的一处",
        "Entries were spread over tables of several departments; the {en} is the one place to look them up",
    ),
    "instruction": Pair(
        "此前靠口头传授，新到岗人员做法不一，需要可以照做的《{zh}》",
        "The work was taught by word of mouth and done differently by newcomers; the {en} can be followed step by step",
    ),
    "policy": Pair(
        "管理手册要求单独发布《{zh}》，并向全体人员和供方传达",
        "The manual asks for the {en} as a document of its own, made known to all staff and suppliers",
    ),
    "order": Pair(
        "体系运行之前须由总经理以《{zh}》明确效力和授权",
        "Before the system starts the general manager has to settle its force and authority in the {en}",
    ),
    "plan": Pair(
        "体系运行所需的安排须在《{zh}》中写明责任、资源和日期",
        "What the system needs has to be laid down in the {en} with duties, resources and dates",
    ),
    "agreement": Pair(
        "供方的承诺须与对客户的承诺一致，现以《{zh}》固定下来",
        "What suppliers promise has to match what customers are promised; the {en} settles it",
    ),
}
_INTRODUCED = Pair(
    "7月30日批准立项的终端安全托管服务即将部署，须以《{zh}》落实发布安排",
    "Managed endpoint security, approved for planning on 30 July, is about to be deployed; the {en} settles how",
)
_AGAIN = Pair(
    "10月20日管理评审要求认证前以截至11月中旬的数据更新《{zh}》",
    "The management review of 20 October asked for the {en} to be brought up to mid-November before certification",
)
_UPDATED = Pair(
    "数据、安排和进度更新至11月中旬，全文重新审核",
    "Data, arrangements and progress brought up to mid-November; the whole text reviewed again",
)
_OF_ITS_OWN = {
    "SMS-PL-02": (
        Pair(
            "增加市场竞争力、服务创新、资源利用和响应时间4个目标及其指标，实绩更新至10月",
            "4 objectives with their indicators added for market position, service innovation, use of resources and "
            "response time; results up to October",
        ),
        Pair(
            "10月20日管理评审决定补充目标（MR-2026-01-4），使各方面都有可测量的要求",
            "The management review of 20 October decided on further objectives (MR-2026-01-4)",
        ),
    ),
}
"""What changed in a document, and why, where the general words do not say it."""
SOON = (
    "读者均参与编制和执行，11月20日的认证前核对须使用本版本"
    " / All readers took part in writing it; the check before certification on 20 November needs this version"
)


def _reason(one: Written) -> Pair:
    if one.code in _OF_ITS_OWN:
        return _OF_ITS_OWN[one.code][1]
    later = _AGAIN if one.version != "A/0" else _INTRODUCED
    why = later if one.has_past else _WHY[one.kind]
    named = {"zh": one.title.zh, "en": one.title.en, "parent": one.parent}
    return Pair(why.zh.format(**named), why.en.format(**named))


def first_set(story: Story, told: frozenset[str]) -> list[str]:
    """Everything that has no past, prepared, reviewed and approved; the codes that wait to be issued."""
    written = [one for one in rest(told) if not one.has_past]
    reviews: dict[tuple[str, str], list[str]] = defaultdict(list)
    approvals: dict[tuple[str, str], list[str]] = defaultdict(list)
    for number, one in enumerate(written):
        prepared = PREPARED[number % len(PREPARED)]
        reviewed = REVIEWED.get(prepared, "03-10")
        story.plan_day(prepared, one.preparer, "submit", one.code, *_reason(one).options("reason"))
        reviews[reviewed, one.reviewer].append(one.code)
        approvals[APPROVED[reviewed], one.approver].append(one.code)
    for meaning, planned in (("reviewed", reviews), ("approved", approvals)):
        for (day, person), codes in sorted(planned.items()):
            for batch in _batches(codes):
                story.plan_day(day, person, "sign", *batch, "--meaning", meaning)
    return [one.code for one in written]


def _batches(codes: list[str], size: int = 12) -> Iterator[list[str]]:
    """Documents that one sitting deals with: those of a kind, a dozen at a time."""
    for _, group in groupby(codes, key=lambda code: code.split("-")[1]):
        alike = list(group)
        for start in range(0, len(alike), size):
            yield alike[start : start + size]


def brought_up(story: Story, told: frozenset[str]) -> None:
    """November: the documents that have a past enter the library with their present version."""
    written = [one for one in rest(told) if one.has_past]
    prepared, reviewed, approved = LATER
    reviews: dict[str, list[str]] = defaultdict(list)
    approvals: dict[str, list[str]] = defaultdict(list)
    for one in written:
        changed, _ = _OF_ITS_OWN.get(one.code, (_UPDATED, None))
        what = changed.options("what") if one.version != "A/0" else ()
        story.plan_day(prepared, one.preparer, "submit", one.code, *_reason(one).options("reason"), *what)
        reviews[one.reviewer].append(one.code)
        approvals[one.approver].append(one.code)
    for person, codes in sorted(reviews.items()):
        story.plan_day(reviewed, person, "sign", *codes, "--meaning", "reviewed")
    for person, codes in sorted(approvals.items()):
        story.plan_day(approved, person, "sign", *codes, "--meaning", "approved")
    story.plan(
        f"{approved} 16:20", "liang-shuning", "release", *(one.code for one in written), "--effective", "2026-11-20",
        "--reason", SOON,
    )  # fmt: skip
    story.tell()
