"""The later chapters of the sample client's story: copies, revisions, a withdrawal, and what is still open."""

from __future__ import annotations

from tests.story_first import TOLD
from tests.story_set import brought_up
from tests.story_teller import Pair, Story, spread

CONTROLLER, OWNER, OFFICE, TOP = "liang-shuning", "shen-zhiqiu", "cheng-yian", "gu-yuanzhou"


def summer(story: Story) -> None:
    """Numbered copies, one of them lost; the plan amended while a deputy reviews."""
    _copies(story)
    _reviewed(story, "06-26", "2026-07-10", HALF)
    _plan_amended(story)
    story.tell()
    for number, (person, codes) in enumerate(story.readers("2026-08-21", ["SMS-PL-01"]).items()):
        story.plan(spread(("08-21", "08-24", "08-25", "08-26"), number), person, "acknowledge", *codes)
    story.tell()


HALF = Pair(
    "第二季度评审：逐条与实际核对，条目完整，准则、字段和责任岗位仍然适用，不作修改",
    "Review of the second quarter: entries compared with practice one by one and complete; criteria, fields and roles "
    "still fit; no change",
)
AUTUMN = Pair(
    "第三季度评审：与内部审核发现和当季记录核对，条目一致，准则和字段仍然适用，不作修改",
    "Review of the third quarter: compared with the findings of the internal audit and the records of the quarter; "
    "entries agree; criteria and fields still fit; no change",
)


def _reviewed(story: Story, day: str, until: str, why: Pair) -> None:
    """The registers whose review comes due by a day, each confirmed by its reviewer."""
    story.tell()
    for code, reviewer in story.to_review(f"2026-{day}", until):
        story.plan_day(day, reviewer, "confirm", code, "--reason", f"{why.zh} / {why.en}")


DUTY, SEAT = "江宁数据中心值班室 / Duty room, Jiangning data centre", "服务台24号坐席 / Service desk, seat 24"
"""Who holds numbered copies."""


def _copies(story: Story) -> None:
    issue = ("copies", "issue", "SMS-PR-23", "--to")
    story.plan("04-01 08:40", CONTROLLER, *issue, DUTY)
    story.plan("04-01 08:52", CONTROLLER, *issue, SEAT)
    story.plan(
        "07-22 10:18", CONTROLLER, "copies", "lose", "SMS-PR-23", "2", "--reason",
        "坐席搬迁后清点不到，两天查找未果；经查该副本不含客户数据，判定无需通知客户"
        " / Missing after the seats were moved and not found in two days; it holds no customer data, so that no "
        "customer has to be told",
    )  # fmt: skip
    story.plan("07-22 10:31", CONTROLLER, *issue, SEAT)


def _plan_amended(story: Story) -> None:
    why = Pair(
        "2026年7月16日的半年检查认定自动化和备岗培训落后于计划",
        "The half-year check of 16 July 2026 found automation and the training of deputies behind plan",
    )
    code = "SMS-PL-01"
    story.plan("08-03 09:40", OWNER, "revise", code, "--class", "major", *why.options("reason"))
    story.brings("08-11 15:00", f"{code} A/1")
    story.plan("08-12 10:25", OWNER, "submit", code)
    story.plan(
        "08-14 14:36", "lu-siyuan", "sign", code, "--meaning", "reviewed", "--note",
        "与服务级别协议的资源假设核对一致 / Agrees with the resources that the agreements assume",
    )  # fmt: skip
    story.plan("08-17 09:52", "fan-ruolin", "sign", code, "--meaning", "countersigned")
    story.plan(
        "08-17 16:20", "cao-wenbo", "sign", code, "--meaning", "countersigned", "--note",
        "自动化许可24万元已在体系预算内，无须追加"
        " / The automation licences, 240,000 yuan, are within the system budget; nothing to add",
    )  # fmt: skip
    story.plan("08-19 11:05", TOP, "sign", code, "--meaning", "approved")
    story.plan("08-20 09:30", CONTROLLER, "release", code, "--effective", "2026-09-01")


def autumn(story: Story) -> None:
    """Earlier notices of major incidents; the policy confirmed; a form that is no longer needed."""
    _notices_earlier(story)
    _reviewed(story, "09-24", "2026-10-08", AUTUMN)
    story.tell()
    for number, (person, codes) in enumerate(story.readers("2026-09-16", ["SMS-PR-23"]).items()):
        story.plan(spread(("09-16", "09-17", "09-18", "09-21"), number), person, "acknowledge", *codes)
    issue, recall = ("copies", "issue", "SMS-PR-23", "A/1", "--to"), ("copies", "recall", "SMS-PR-23")
    story.plan("09-30 15:10", CONTROLLER, *issue, DUTY)
    story.plan("09-30 15:22", CONTROLLER, *recall, "1")
    story.plan("09-30 16:45", CONTROLLER, *issue, SEAT)
    story.plan("09-30 16:50", CONTROLLER, *recall, "3")
    story.plan(
        "10-21 09:35", TOP, "confirm", "SMS-POL-01", "--reason",
        "10月20日管理评审逐条评审方针，认定与公司方向、三家客户的要求和体系范围仍然一致，不作修改"
        " / The management review of 20 October went through the policy line by line: it still fits the direction of "
        "the company, what the three customers require and the scope; no change",
    )  # fmt: skip
    _slip_withdrawn(story)
    story.tell()


def _notices_earlier(story: Story) -> None:
    why = Pair(
        "明德医院在第二季度服务评审中提出，门诊高峰时两次晚于协议约定得知影响；协议和《重大事件管理程序》"
        "写15分钟和30分钟，本程序仍写30分钟和60分钟",
        "In the service review of the second quarter Mingde Hospital pointed out that at outpatient peaks it twice "
        "heard "
        "of the impact later than agreed: the agreement and the major incident procedure say 15 and 30 minutes, this "
        "procedure still said 30 and 60",
    )
    code = "SMS-PR-23"
    story.plan("08-26 14:15", "wei-chenxi", "revise", code, "--class", "major", *why.options("reason"))
    story.brings("09-04 16:00", f"{code} A/1")
    story.plan("09-07 09:44", "wei-chenxi", "submit", code)
    story.plan(
        "09-08 10:12", "he-yutong", "comment", code,
        "夜班只有一名负责人在岗，15分钟内既要召集小组又要逐一电话通报，做得到吗？"
        " / At night one lead is on duty. Can that person call in the team and make every call within 15 minutes?",
        "--place", "6.1.3",
    )  # fmt: skip
    story.plan(
        "09-08 15:47", "wei-chenxi", "resolve", code, "1",
        "9月2日夜间演练实测：召集小组后逐一通报四方，共用时11分钟；由值班坐席协助拨号，正文不改。"
        " / Timed in the night exercise of 2 September: team called in and all four parties told within 11 minutes, "
        "with "
        "the duty agent dialling; the text stays.",
    )  # fmt: skip
    story.plan("09-09 11:20", OFFICE, "sign", code, "--meaning", "reviewed")
    story.plan("09-10 09:15", "he-yutong", "sign", code, "--meaning", "countersigned")
    story.plan("09-11 14:02", "shao-jianing", "sign", code, "--meaning", "countersigned")
    story.plan("09-14 10:38", OWNER, "sign", code, "--meaning", "approved")
    story.plan("09-15 09:20", CONTROLLER, "release", code, "--effective", "2026-10-01")


def _slip_withdrawn(story: Story) -> None:
    code = "SMS-PR-20-F05"
    story.plan(
        "10-16 15:24", OWNER, "withdraw", code, "--reason",
        "9月内部审核发现，授权条与变更请求单第5部分重复记录同一授权，半年内4次时刻不一致；"
        "请求单移动端上线后可当场填写，授权条不再需要"
        " / The internal audit of September found the slip and part 5 of the request recording the same authorization, "
        "with differing times on 4 occasions in half a year; the request can now be filled in on the spot by "
        "telephone, "
        "and the slip is no longer needed",
        "--handled",
        "变更管理程序和变更请求单均未引用授权条；SMS-RG-25于11月20日前换发，不再列出；SMS-RG-19继续列出，"
        "已填写的授权条按其期限保存；三处值班点的空白授权条当日收回"
        " / Neither the change procedure nor the request refers to the slip; SMS-RG-25 is issued anew by 20 November "
        "without it; SMS-RG-19 goes on naming it, since slips filled in are kept for the period stated there; blank "
        "slips at the three places of duty are collected today",
    )  # fmt: skip
    story.plan(
        "10-19 09:05", CONTROLLER, "retain", code, "A/0", "--reason",
        "4月至10月填写的授权条是变更记录的附件，须凭本版本读懂各栏"
        " / Slips filled in from April to October are part of change records and are read with this version",
    )  # fmt: skip


def november(story: Story) -> None:
    """What the audit and the management review led to: four versions issued, one still in countersigning."""
    _plan_progress(story)
    _samples_clearer(story)
    _promises_stricter(story)
    _evidence_dated(story)
    _risks_warned(story)
    _matrix_again(story)
    story.tell()
    brought_up(story, TOLD)
    for day, codes, days in (
        ("2026-11-12", ("SMS-PL-01", "SMS-PR-31"), ("11-12", "11-13", "11-16", "11-17")),
        ("2026-11-19", ("SMS-M-05", "SMS-RG-04", "SMS-RG-25"), ("11-19", "11-20")),
    ):
        for number, (person, unread) in enumerate(story.readers(day, codes).items()):
            if person not in BUSY:
                story.plan(spread(days, number), person, "acknowledge", *unread)
    story.tell()


BUSY = ("jiang-boyuan", "han-lixing")
"""Who has not come to read what was issued in November."""


def _plan_progress(story: Story) -> None:
    why = Pair(
        "10月20日管理评审要求计划反映截至10月底的完成情况，供认证审核前核对",
        "The management review of 20 October asked for the plan to show what was done by the end of October, to be "
        "checked before the certification audit",
    )
    code = "SMS-PL-01"
    story.plan("10-26 10:10", OWNER, "revise", code, "--class", "minor", *why.options("reason"))
    story.brings("11-04 17:00", f"{code} A/2")
    story.plan(
        "11-05 09:28", OWNER, "submit", code, "--class-reason",
        "填写已完成的里程碑和资源数量，列入9月起有协议的内部供方和作为供方的客户；工作内容、期限、岗位和目标均未改变"
        " / What has been done is entered, with the internal supplier and the customer acting as a supplier that have "
        "agreements since September; work, dates, roles and targets are as they were",
    )  # fmt: skip
    story.plan("11-06 14:50", OFFICE, "sign", code, "--meaning", "reviewed")
    story.plan("11-09 10:05", TOP, "sign", code, "--meaning", "approved")
    story.plan("11-10 09:12", CONTROLLER, "release", code, "--effective", "2026-11-17")


def _samples_clearer(story: Story) -> None:
    why = Pair(
        "9月内部审核的2份抽样记录没有夜班单据，审核员对“全部班次”的理解不一",
        "Two samples of the internal audit of September held no tickets of the night shift; auditors read “all shifts” "
        "in different ways",
    )
    code = "SMS-PR-31"
    story.plan("10-27 11:00", "song-yawen", "revise", code, "--class", "minor", *why.options("reason"))
    story.brings("11-06 16:00", f"{code} A/1")
    story.plan("11-09 09:37", "song-yawen", "submit", code)
    story.plan("11-10 10:24", OFFICE, "sign", code, "--meaning", "reviewed")
    story.plan(
        "11-11 15:08", OWNER, "sign", code, "--meaning", "approved", "--note",
        "先行发布中文文本，英文文本限11月26日前同步"
        " / The Chinese text is issued first; the English one follows by 26 November",
    )  # fmt: skip
    story.plan("11-12 09:18", CONTROLLER, "release", code, "--effective", "2026-11-19")


def _promises_stricter(story: Story) -> None:
    why = Pair(
        "第三季度服务级别评审发现，未达成后的补救时限由各服务负责人自定，一份供方合同弱于对客户的承诺",
        "The third-quarter review found that each service owner set the time for recovery alone, and that one supplier "
        "contract fell short of the promise to customers",
    )
    code = "SMS-PR-15"
    story.plan("11-02 10:45", "lu-siyuan", "revise", code, "--class", "major", *why.options("reason"))
    story.brings("11-10 15:30", f"{code} A/1")
    story.plan("11-11 09:16", "lu-siyuan", "submit", code)
    story.plan("11-17 15:20", OFFICE, "sign", code, "--meaning", "reviewed")
    story.plan("11-18 10:33", "he-changqing", "sign", code, "--meaning", "countersigned")
    story.plan(
        "11-19 14:26", "jiang-boyuan", "comment", code,
        "差距未补足不得签署的规定，对2027年到期续签的两份现有供方合同是否适用？恒础的续签谈判已经开始，请写明起算日期。"
        " / Does “nothing is signed until the gap is closed” hold for the two present supplier contracts, which come "
        "up "
        "for renewal? Talks with Hengchu have begun; please state from which date it applies.",
        "--place", "6.5",
    )  # fmt: skip


def _evidence_dated(story: Story) -> None:
    why = Pair(
        "第三季度核对发现，原表只写会议名称，不能据以查到记录；内部审核要求写明什么可以作为证据",
        "The check of the third quarter found that entries naming only the meeting did not lead to the record; the "
        "internal audit asked for a rule on what counts as evidence",
    )
    code = "SMS-M-05"
    story.plan("10-29 09:55", OFFICE, "revise", code, "--class", "major", *why.options("reason"))
    story.brings("11-16 09:30", f"{code} A/1")
    story.plan("11-16 10:05", OFFICE, "submit", code)
    story.plan("11-16 16:20", OWNER, "sign", code, "--meaning", "reviewed")
    story.plan(
        "11-17 09:30", "song-yawen", "sign", code, "--meaning", "countersigned", "--note",
        "抽查6条证据，均可按编号调取原件 / Six entries checked: each number leads to the original",
    )  # fmt: skip
    story.plan("11-17 14:10", TOP, "sign", code, "--meaning", "approved")
    story.plan("11-17 16:05", CONTROLLER, "release", code, "--effective", "2026-11-20", "--reason", SOON)


SOON = (
    "读者仅五人，均参与编制、签署或发布，11月20日的认证前核对须按新栏目进行"
    " / The five readers all prepared, signed or issued it; the check before certification on 20 November needs it"
)
"""Why a version takes effect sooner than the settings ask."""


def _risks_warned(story: Story) -> None:
    why = Pair(
        "第三季度风险评审要求高等级风险在发生之前能够被发现，程序规定的预警值在登记册中没有填写处",
        "The third-quarter risk review asked that high risks be detected before they occur; the register had no place "
        "for the warning thresholds that the procedure requires",
    )
    code = "SMS-RG-04"
    story.plan("10-30 14:40", "luo-qiming", "revise", code, "--class", "minor", *why.options("reason"))
    story.brings("11-16 17:05", f"{code} A/1")
    story.plan(
        "11-16 17:25", "luo-qiming", "submit", code, "--class-reason",
        "增加一个非签署栏目，条目按评审结果填写；准则、等级和签署岗位均未改变"
        " / One field without signature is added and entries follow the reviews; criteria, levels and signatories are "
        "unchanged",
    )  # fmt: skip
    story.plan("11-17 10:40", OFFICE, "sign", code, "--meaning", "reviewed")
    story.plan("11-18 09:15", OWNER, "sign", code, "--meaning", "approved")
    _thresholds_follow(story)
    story.plan(
        "11-18 14:30", CONTROLLER, "release", code, "--effective", "2026-11-20", "--reason",
        "年末结算高峰前须启用预警值，11月20日起按黄、红两级界限监测"
        " / Thresholds are needed before the year-end peak: monitoring by yellow and red limits begins on 20 November",
    )  # fmt: skip


def _thresholds_follow(story: Story) -> None:
    why = Pair(
        "SMS-RG-04换版，各项风险的评审日期随之更新，阈值表须与其一致",
        "SMS-RG-04 is issued anew with new review dates of the risks; the thresholds have to agree",
    )
    code = "SMS-RG-29"
    story.plan("11-17 08:50", "luo-qiming", "revise", code, "--class", "minor", *why.options("reason"))
    story.plan(
        "11-17 09:02", "luo-qiming", "submit", code, "--class-reason",
        "只随风险登记册更新评审日期；界限、监测岗位和升级路线均未改变"
        " / Only the dates of review follow the risk register; limits, monitoring roles and escalation are unchanged",
    )  # fmt: skip
    story.plan("11-17 10:52", OFFICE, "sign", code, "--meaning", "reviewed")
    story.plan("11-18 09:22", OWNER, "sign", code, "--meaning", "approved")
    story.plan(
        "11-18 14:38", CONTROLLER, "release", code, "--effective", "2026-11-20", "--reason",
        "与风险登记册A/1同日实施 / Takes effect with A/1 of the risk register",
    )  # fmt: skip


def _matrix_again(story: Story) -> None:
    why = Pair(
        "SMS-PR-20-F05作废，SMS-M-05新增第4章，对照表须与其一致",
        "SMS-PR-20-F05 was withdrawn and SMS-M-05 has a new chapter 4; the matrix has to agree",
    )
    code = "SMS-RG-25"
    story.plan("11-12 10:20", CONTROLLER, "revise", code, "--class", "minor", *why.options("reason"))
    story.plan(
        "11-17 09:05", CONTROLLER, "submit", code, "--class-reason",
        "条目由文件控制信息和章节自动得出；字段、规则和责任岗位均未改变"
        " / Entries follow from the control information and headings; fields, rules and roles are unchanged",
    )  # fmt: skip
    story.plan("11-17 11:30", OFFICE, "sign", code, "--meaning", "reviewed")
    story.plan("11-18 09:40", OWNER, "sign", code, "--meaning", "approved")
    story.plan(
        "11-18 15:00", CONTROLLER, "release", code, "--effective", "2026-11-20", "--reason",
        "与领导作用证据矩阵A/1同日实施，两处章节号方能一致"
        " / Takes effect with A/1 of the evidence matrix, so that section numbers agree",
    )  # fmt: skip
