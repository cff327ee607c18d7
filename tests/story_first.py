"""The first chapter of the sample client's story: the set prepared, reviewed, approved and issued.

Who does what on which day, with the reasons that the documents print.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.story_set import first_set
from tests.story_teller import Pair, Story

ISSUED, EFFECTIVE = "2026-03-16", "2026-04-01"


@dataclass(frozen=True)
class First:
    """A document of the first issue: who prepared it, on which days it was signed, and why it was written."""

    code: str
    preparer: str
    prepared: str
    reviewed: str
    approved: str
    why: Pair
    reviewer: str = "cheng-yian"
    approver: str = "shen-zhiqiu"


FIRST = (
    First(
        "SMS-PR-01", "liang-shuning", "02-24", "03-02", "03-06",
        Pair("体系文件在编制之前需要统一的控制规则",
             "Documents of the system needed common rules before they were written"),
    ),
    First(
        "SMS-POL-01", "cheng-yian", "02-25", "03-03", "03-16",
        Pair("建立服务管理体系，为服务管理目标提供框架",
             "The service management system is set up and its objectives need a framework"),
        "shen-zhiqiu", "gu-yuanzhou",
    ),
    First(
        "SMS-M-02", "cheng-yian", "02-26", "03-04", "03-12",
        Pair("认证申请和客户投标需要一份范围明确、可以核对的说明",
             "The application for certification and tenders need a scope that can be checked"),
        "shen-zhiqiu", "gu-yuanzhou",
    ),
    First(
        "SMS-PR-23", "wei-chenxi", "02-26", "03-03", "03-09",
        Pair("各客户的事件时限和升级路径不同，2025年按时解决率为91%",
             "Time limits and escalation differed by customer, and 91% of incidents were solved in time in 2025"),
    ),
    First(
        "SMS-PR-03", "luo-qiming", "02-27", "03-03", "03-09",
        Pair("各部门的风险评价尺度不同，结果无法比较",
             "Departments rated risks on different scales, so that results could not be compared"),
    ),
    First(
        "SMS-PR-15", "lu-siyuan", "02-27", "03-04", "03-10",
        Pair("服务级别此前只在合同中约定，没有持续测量和评审",
             "Service levels existed only in contracts and were neither measured nor reviewed"),
    ),
    First(
        "SMS-PR-20", "han-lixing", "03-02", "03-05", "03-10",
        Pair("三个交付部门的变更做法不一，2025年变更成功率仅为94%",
             "Three delivery departments worked differently, and only 94% of changes succeeded in 2025"),
    ),
    First(
        "SMS-PR-20-F01", "han-lixing", "03-02", "03-05", "03-10",
        Pair("此前三种请求单栏目不同，评估和回退内容常有缺失",
             "Three forms were in use with different fields, and assessment or back-out was often missing"),
    ),
    First(
        "SMS-PR-20-F05", "han-lixing", "03-02", "03-05", "03-10",
        Pair("夜间紧急变更的口头授权没有当场记录，事后对授权时刻各执一词",
             "Authorizations by word of mouth at night were not noted on the spot, and their time was disputed later"),
    ),
    First(
        "SMS-PL-01", "shen-zhiqiu", "03-02", "03-06", "03-13",
        Pair("体系自2026年4月1日起运行，需要统一的计划和职责安排",
             "The system takes effect on 1 April 2026 and needs one plan with clear duties"),
        approver="gu-yuanzhou",
    ),
    First(
        "SMS-M-01", "cheng-yian", "03-03", "03-09", "03-16",
        Pair("服务规则此前分散在各部门，需要一份对全公司有约束力的管理手册",
             "Service rules were scattered over departments; one manual had to bind the whole company"),
        "shen-zhiqiu", "gu-yuanzhou",
    ),
    First(
        "SMS-M-05", "cheng-yian", "03-03", "03-09", "03-16",
        Pair("领导作用的证据此前散见于会议纪要，审核时无法逐项查到",
             "Evidence of leadership was spread over minutes and could not be found item by item"),
        "shen-zhiqiu", "gu-yuanzhou",
    ),
    First(
        "SMS-RG-04", "luo-qiming", "03-03", "03-05", "03-10",
        Pair("体系策划要求在运行之前评估风险并确定应对措施",
             "Planning the system calls for risks to be assessed and treated before it starts"),
    ),
    First(
        "SMS-AG-01", "lu-siyuan", "03-04", "03-09", "03-13",
        Pair("原有客户合同的服务条款口径不一，无法统一测量",
             "Service terms in earlier customer contracts differed and could not be measured in the same way"),
        approver="gu-yuanzhou",
    ),
    First(
        "SMS-RG-07", "xu-qingyang", "03-04", "03-09", "03-12",
        Pair("客户和用户此前没有统一的服务说明，请求内容常超出约定",
             "Customers and users had no common description, and requests often went beyond what was agreed"),
    ),
    First(
        "SMS-RG-25", "liang-shuning", "03-09", "03-11", "03-13",
        Pair("确认没有遗漏条款，并供内部审核和认证审核查找",
             "To show that no clause is left out, and for internal and certification audits"),
    ),
    First(
        "SMS-RG-18", "liang-shuning", "03-10", "03-11", "03-13",
        Pair("需要唯一的依据来判断手中文本是否现行有效",
             "One place was needed that decides whether a text at hand is in force"),
    ),
)  # fmt: skip

AUDITED = Pair(
    "体系运行后须按策划的时间间隔审核，并与已有两个体系的审核方法一致",
    "The system has to be audited at planned intervals, in line with the audits of the two existing systems",
)
"""Why the internal audit procedure was written; it took two rounds."""
CODES = sorted([*(one.code for one in FIRST), "SMS-PR-31"])
TOLD = frozenset(CODES)
"""The documents whose first issue is told one by one."""

LEVEL_1 = ("SMS-POL-01", "SMS-M-01", "SMS-M-02", "SMS-M-05", "SMS-M-03", "SMS-M-04", "SMS-M-06")
LAST = ("SMS-RG-18", "SMS-RG-25")


def first_issue(story: Story) -> None:
    """From the drafts of February to the day on which the set is issued."""
    for one in FIRST:
        story.plan_day(one.prepared, one.preparer, "submit", one.code, *one.why.options("reason"))
        story.plan_day(one.reviewed, one.reviewer, "sign", one.code, "--meaning", "reviewed")
        story.plan_day(one.approved, one.approver, "sign", one.code, "--meaning", "approved")
    others = first_set(story, TOLD)
    _questions(story)
    _audit_procedure(story)
    at = f"{ISSUED[5:]} 15:05", f"{ISSUED[5:]} 15:40", f"{ISSUED[5:]} 16:25"
    rest = [code for code in sorted([*CODES, *others]) if code not in (*LEVEL_1, *LAST)]
    for when, codes in zip(at, (LEVEL_1, rest, LAST), strict=True):
        story.plan(when, "liang-shuning", "release", *codes, "--effective", EFFECTIVE)
    story.tell()


def _questions(story: Story) -> None:
    """Comments of the first round, each with what became of it before the next signature."""
    story.plan(
        "03-03 16:12", "cao-wenbo", "comment", "SMS-PR-20",
        "重大变更的费用界限是20万元，预算内和预算外是否一并计算？"
        " / The cost limit of a major change is 200,000 yuan: within the budget, or beyond it as well?",
        "--place", "5",
    )  # fmt: skip
    story.plan(
        "03-04 10:35", "han-lixing", "resolve", "SMS-PR-20", "1",
        "一并计算，以单项变更的全部费用为准；超出预算的部分另按服务管理计划的决策权限批准，正文不改。"
        " / Both count: the limit is for all that one change costs. What is beyond the budget is approved under the "
        "authorities of the plan as well; the text stays.",
    )  # fmt: skip
    story.plan(
        "03-05 14:20", "cao-wenbo", "comment", "SMS-AG-01",
        "服务抵扣额以当月月费为基数，月中开通或停用的服务按全月还是按天计算？"
        " / Service credits are based on the monthly fee: is it the full fee or a share by days where a service begins "
        "or ends within the month?",
        "--place", "抵扣 / credits",
    )  # fmt: skip
    story.plan(
        "03-06 09:50", "lu-siyuan", "resolve", "SMS-AG-01", "1",
        "按当月实际开具的月费计算，不足整月的即为按天折算后的金额；财务部结算说明中写明，协议正文不改。"
        " / The fee invoiced for that month counts, which for part of a month is the share by days. Finance says so in "
        "its settlement notes; the agreement stays.",
    )  # fmt: skip
    story.plan(
        "03-05 11:05", "he-yutong", "comment", "SMS-RG-07",
        "明德医院流感季的来电较平日多，目录中没有写高峰期另加坐席，用户会不会误解？"
        " / Calls from the hospital rise in the flu season; the catalogue does not mention extra agents at peaks. "
        "Could "
        "users misread that?",
    )  # fmt: skip
    story.plan(
        "03-06 15:30", "xu-qingyang", "resolve", "SMS-RG-07", "1",
        "目录写承诺，不写内部排班；接听目标全年不变，高峰排班由服务台按需求预测安排，不改。"
        " / The catalogue states promises, not rosters. The target for answering holds all year, and the service desk "
        "rosters its peaks from the demand forecast; no change.",
    )  # fmt: skip


def _audit_procedure(story: Story) -> None:
    """The internal audit procedure: returned by its approver, corrected, and signed again by everybody."""
    story.plan("03-03 10:42", "song-yawen", "submit", "SMS-PR-31", *AUDITED.options("reason"))
    story.plan("03-06 14:08", "cheng-yian", "sign", "SMS-PR-31", "--meaning", "reviewed")
    story.plan(
        "03-09 17:16", "shen-zhiqiu", "reject", "SMS-PR-31", "--reason",
        "独立性一节只排除审核员所在部门，没有排除其近期任职、设计或提供咨询的过程；3名审核员去年刚从运维岗位调出，"
        "请补充间隔期后重新送审。"
        " / The section on independence rules out the auditors' own unit, but not processes they lately worked in, "
        "designed or advised on; 3 auditors left operations only last year. Add an interval and submit again.",
    )  # fmt: skip
    story.brings("03-11 09:30", "SMS-PR-31 A/0 round 2")
    story.plan("03-11 09:48", "song-yawen", "submit", "SMS-PR-31", *AUDITED.options("reason"))
    story.plan("03-12 10:20", "cheng-yian", "sign", "SMS-PR-31", "--meaning", "reviewed")
    story.plan(
        "03-13 11:34", "shen-zhiqiu", "sign", "SMS-PR-31", "--meaning", "approved", "--note",
        "间隔期已补充，与审核员名册核对无误。/ The interval is in; checked against the list of auditors.",
    )  # fmt: skip


def acknowledged(story: Story) -> None:
    """Readers before the effective date; some were late, one never answered for one document."""
    late = {"meng-fanzhou": "04-08 17:20", "jiang-boyuan": "04-03 10:15", "cao-wenbo": "04-02 09:05"}
    for number, (person, codes) in enumerate(story.readers(EFFECTIVE).items()):
        day = ("03-17", "03-18", "03-19", "03-20", "03-23")[number % 5]
        when = late.get(person, f"{day} {9 + number % 8 + (number % 8 > 2):02}:{(number * 17 + 6) % 60:02}")
        given = [code for code in codes if (person, code) != ("qin-mu", "SMS-PR-03")]
        story.plan(when, person, "acknowledge", *given)
