"""How texts of the sample client read before its story: each row takes today's text back to what it said earlier.

A row names the step that brings the text of today; until then the earlier one stands. A later row of a file builds on
what the earlier rows of the list leave, and a row whose text is no longer there fails by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A file below `content/`, the step that brings what it says today, and the way back."""

    step: str
    file: str
    back: Callable[[str], str]


class TextGoneError(Exception):
    """A text that a row takes back is not in the content any more."""


def texts(rows: Iterable[Row], file: str, today: str, taken: Iterable[str]) -> str:
    """What a file says when only the steps in `taken` have been made; raises TextGoneError."""
    text, done = today, set(taken)
    for row in rows:
        if row.file == file and row.step not in done:
            try:
                text = row.back(text)
            except TextGoneError as error:
                raise TextGoneError(f"content/{file}, {row.step}: {error}") from error
    return text


def said(step: str, file: str, today: str, earlier: str, within: str = "") -> Row:
    """One text, the only one of its kind in the file or in the block that begins with the line `within`."""

    def back(text: str) -> str:
        start, end = _block(text, within) if within else (0, len(text))
        block = text[start:end]
        if block.count(today) != 1:
            raise TextGoneError(f"{block.count(today)} × {today!r} {within.strip()}")
        return text[:start] + block.replace(today, earlier) + text[end:]

    return Row(step, file, back)


def every(step: str, file: str, pattern: str, earlier: str) -> Row:
    """Every text of a pattern."""

    def back(text: str) -> str:
        changed, count = re.subn(pattern, earlier, text, flags=re.MULTILINE)
        if not count:
            raise TextGoneError(repr(pattern))
        return changed

    return Row(step, file, back)


def without(step: str, file: str, within: str) -> Row:
    """No block that begins with the line `within` yet."""

    def back(text: str) -> str:
        start, end = _block(text, within)
        return text[:start] + text[end:]

    return Row(step, file, back)


def _block(text: str, head: str) -> tuple[int, int]:
    """Where the block of YAML stands whose first line begins with `head`, indentation included."""
    found = [match.start() for match in re.finditer(rf"^{re.escape(head)}", text, re.MULTILINE)]
    if len(found) != 1:
        raise TextGoneError(f"{len(found)} × {head!r}")
    start, indent = found[0], len(head) - len(head.lstrip())
    lines = text[start:].splitlines(keepends=True)
    end = start + len(lines[0])
    for line in lines[1:]:
        if line.strip() and len(line) - len(line.lstrip()) <= indent:
            break
        end += len(line)
    return start, end


AUDIT = "base/procedures/internal-audit.yaml"
INCIDENT = "base/procedures/incident.yaml"
LEVELS = "base/procedures/service-level.yaml"
PLAN = "demo/plan.yaml"
RISKS, RISK_TABLE = "demo/risks.yaml", "base/registers/risks.yaml"
LEADING, LEADING_TABLE = "demo/leadership.yaml", "base/registers/leadership.yaml"

TRANSLATED = (
    said(
        "SMS-PR-31 A/1",
        AUDIT,
        "全部班次（夜班和节假日值班同样计入）和各优先级或类别。",
        "全部班次和各优先级或类别。",
    ),
    said(
        "SMS-PR-31 A/0 round 2", AUDIT,
        "        - 所在部门承担的过程；\n        - 在{param:audit.gap}内任职、设计或提供咨询的过程；\n",
        "        - 所在部门承担的过程；\n",
    ),
    said(
        "SMS-PR-31 A/0 round 2", AUDIT,
        "        - in which they worked, which they designed or on which they advised within the last "
        "{param:audit.gap};\n",
        "",
    ),
)  # fmt: skip
"""The internal audit procedure: corrected between its two rounds, later changed in Chinese alone."""

NOTICES = (
    said("SMS-PR-23 A/1", INCIDENT, "update: '{param:incident.p1.update}'", "update: {zh: 60分钟, en: 60 minutes}"),
    said(
        "SMS-PR-23 A/1", INCIDENT,
        "{zh: '宣布后{param:incident.major.notice}内，此后每{param:incident.p1.update}', "
        "en: 'Within {param:incident.major.notice} of the declaration, then every {param:incident.p1.update}'}",
        "{zh: 宣布后30分钟内，此后每60分钟, en: 'Within 30 minutes of the declaration, then every 60 minutes'}",
    ),
    said(
        "SMS-PR-23 A/1",
        INCIDENT,
        "- 宣布后{param:incident.major.notice}内，负责人电话",
        "- 宣布后30分钟内，负责人电话",
    ),
    said("SMS-PR-23 A/1", INCIDENT, "- 此后每{param:incident.p1.update}更新一次；", "- 此后每60分钟更新一次；"),
    said(
        "SMS-PR-23 A/1", INCIDENT,
        "- Within {param:incident.major.notice} of the declaration the lead calls",
        "- Within 30 minutes of the declaration the lead calls",
    ),
    said(
        "SMS-PR-23 A/1", INCIDENT,
        "- Updates follow every {param:incident.p1.update};", "- Updates follow every 60 minutes;",
    ),
)  # fmt: skip
"""The incident procedure: when management and customers hear of a major incident."""

PROMISES = (
    said(
        "SMS-PR-15 A/1", LEVELS,
        "- **签署前发现**：差距未补足不得签署。补足可以是",
        "- **签署前发现**：{role:SLM}在协议中注明差距，{role:SUP}与供方协商补足，不影响签署。补足可以是",
    ),
    said(
        "SMS-PR-15 A/1", LEVELS,
        "- **Found before signing**: nothing is signed until the gap is closed, by a supplement",
        "- **Found before signing**: the {role:SLM} notes the gap in the agreement and the {role:SUP} settles with the "
        "supplier how to close it; signing need not wait. The gap is closed by a supplement",
    ),
    said(
        "SMS-PR-15 A/1", LEVELS,
        "2. {role:SO}在{param:slm.dispute.settle}内提出改进计划，写明里程碑、资源和每月应达到的值，由{role:MR}审核、"
        "{role:TM}批准。",
        "2. {role:SO}自定期限提出改进计划，写明里程碑和资源，由{role:MR}批准。",
    ),
    said(
        "SMS-PR-15 A/1", LEVELS,
        "2. Within {param:slm.dispute.settle} the {role:SO} proposes an improvement plan with milestones, resources "
        "and "
        "the value to be reached each month; the {role:MR} reviews it and {role:TM} approves it.",
        "2. The {role:SO} sets a date and proposes an improvement plan with milestones and resources; the {role:MR} "
        "approves it.",
    ),
)  # fmt: skip
"""The service level procedure: what happens when a supplier promises less, and after repeated misses."""


def _state(step: str, milestone: str, today: str, earlier: str) -> Row:
    return said(step, PLAN, f"status: {today}", f"status: {earlier}", f"  MS-{milestone}:")


PROGRESS = (
    *(_state("SMS-PL-01 A/2", milestone, "done", "open") for milestone in ("12", "14", "15")),
    *(_state("SMS-PL-01 A/2", milestone, "running", "open") for milestone in ("13", "16")),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "处置手册已完成26份",
        "处置手册已完成14份",
    ),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "26 runbooks are finished",
        "14 runbooks are finished",
    ),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "缺4份，均属{service:SVC-03}，2026年12月底前完成",
        "缺16份，三项服务均有，2026年12月底前完成",
    ),
    said(
        "SMS-PL-01 A/2", PLAN,
        "4 are missing, all for {service:SVC-03}; finished by the end of December 2026",
        "16 are missing, some for each of the three services; finished by the end of December 2026",
    ),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "参与服务的外部供方有两家；自2026年9月起，商务与客户部项目交付组作为内部供方供应终端，{supplier:SUP-04}作为供方的客户承担院内夜间首次现场处置。"
        "公司",
        "参与服务的外部供方有两家，没有内部供方，也没有作为供方的客户。公司",
    ),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "- **退出**：外部供方合同分别于2028年3月31日和2027年12月31日到期，"
        "内部供方和作为供方的客户的协议均于2027年8月31日到期；到期前",
        "- **退出**：合同分别于2028年3月31日和2027年12月31日到期，到期前",
    ),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "Two external suppliers take part in the services. Since September 2026 the project delivery "
        "group of the sales and customer department has supplied terminals as an internal supplier, "
        "and {supplier:SUP-04} takes the first steps on site at night as a customer acting as a supplier. "
        "We stay",
        "Two external suppliers take part in the services. There are no internal suppliers and no customers "
        "acting as\n    suppliers. We stay",
    ),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "- **Exit**: the contracts with external suppliers end on 31 March 2028 and 31 December 2027, "
        "the agreements with the internal supplier and with the customer acting as a supplier both "
        "on 31 August 2027. Renewal",
        "- **Exit**: the contracts end on 31 March 2028 and 31 December 2027. Renewal",
    ),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "开发人员2名已到位；14个应用均有2名合格工程师，其中{customer:C-01}的信贷和客户信息两个应用的备岗于2026-09-16通过实操考核",
        "开发人员2名已到位；12个应用已有2名合格工程师",
        "  RS-09:",
    ),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "Both developers are there; all 14 applications have 2 qualified engineers, the deputies for "
        "the credit and customer data applications of {customer:C-01} having passed the practical test "
        "on 2026-09-16",
        "Both developers are there; 12 applications have 2 qualified engineers",
        "  RS-09:",
    ),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "原定2026-08-31完成的备岗考核经补考晚16天完成，缺口已关闭；每季度至少2种标准工作转为自动执行",
        '"{customer:C-01}的信贷和客户信息两个应用各培养1名备岗，2026年8月底前通过实操考核；每季度至少2种标准工作转为自动执行"',
        "  RS-09:",
    ),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "The test of the deputies, due on 2026-08-31, had to be repeated and was passed 16 days late;"
        " the gap is closed. At least 2 kinds of standard work are automated every quarter",
        "1 deputy each is trained for the credit and customer data applications of {customer:C-01} "
        "and passes a practical test by the end of August 2026; at least 2 kinds of standard work are "
        "automated every quarter",
        "  RS-09:",
    ),
    said(
        "SMS-PL-01 A/2",
        PLAN,
        "status: done",
        "status: running",
        "  RS-09:",
    ),
    *(_state("SMS-PL-01 A/1", milestone, "done", "running") for milestone in ("03", "04", "05", "06", "07", "08")),
    *(_state("SMS-PL-01 A/1", milestone, "done", "open") for milestone in ("09", "11")),
    _state("SMS-PL-01 A/1", "10", "running", "open"),
    said("SMS-PL-01 A/1", PLAN, "start: 2026-10-12", "start: 2026-09-14", "  MS-13:"),
    said("SMS-PL-01 A/1", PLAN, "end: 2026-11-30", "end: 2026-10-30", "  MS-13:"),
    said("SMS-PL-01 A/1", PLAN, "end: 2026-12-31", "end: 2026-11-30", "  MS-16:"),
    said(
        "SMS-PL-01 A/1", PLAN,
        "自动化开发人员2名；14个签约应用各有2名合格工程师", "14个签约应用各有2名合格工程师", "  RS-09:",
    ),
    said(
        "SMS-PL-01 A/1", PLAN,
        "2 automation developers; 2 qualified engineers", "2 qualified engineers", "  RS-09:",
    ),
    said("SMS-PL-01 A/1", PLAN, "开发人员2名已到位；12个应用", "12个应用", "  RS-09:"),
    said("SMS-PL-01 A/1", PLAN, "Both developers are there; 12 applications", "12 applications", "  RS-09:"),
    said(
        "SMS-PL-01 A/1", PLAN,
        "各培养1名备岗，2026年8月底前通过实操考核；每季度至少2种标准工作转为自动执行",
        "各培养1名备岗，2026年12月底前完成",
        "  RS-09:",
    ),
    said(
        "SMS-PL-01 A/1", PLAN,
        "1 deputy each is trained for the credit and customer data applications of {customer:C-01} and passes a "
        "practical test by the end of August 2026; at least 2 kinds of standard work are automated every quarter",
        "1 deputy each is trained for the credit and customer data applications of {customer:C-01} by the end of "
        "December 2026",
        "  RS-09:",
    ),
)  # fmt: skip
"""The plan: what the half-year check of July added, and what the third quarter had brought."""


def _risk(risk: str, today: str, earlier: str) -> Row:
    return said("SMS-RG-04 A/1", RISKS, today, earlier, f"  - id: {risk}")


WARNINGS = (
    without("SMS-RG-04 A/1", RISK_TABLE, "      - field: warning"),
    said(
        "SMS-RG-04 A/1",
        RISK_TABLE,
        "看{tbl:tbl-treatment}的策略、残余等级和预警值，以及",
        "看{tbl:tbl-treatment}的策略和残余等级，以及",
    ),
    said(
        "SMS-RG-04 A/1", RISK_TABLE,
        "{tbl:tbl-treatment} has strategy, residual level and warning threshold,",
        "{tbl:tbl-treatment} has strategy and residual level,",
    ),
    said("SMS-RG-04 A/1", RISK_TABLE, "评分、接受、预警和升级的规则", "评分、接受和升级的规则"),
    said(
        "SMS-RG-04 A/1", RISK_TABLE,
        "the rules for rating, acceptance, warnings and escalation", "the rules for rating, acceptance and "
        "escalation",
    ),
    said("SMS-RG-04 A/1", RISK_TABLE, "- 措施状态和预警值：每个报告周期", "- 措施状态：每个报告周期"),
    said(
        "SMS-RG-04 A/1",
        RISK_TABLE,
        "- Status of actions and warning thresholds: brought",
        "- Status of actions: brought",
    ),
    said("SMS-RG-04 A/1", RISK_TABLE, "一种策略、预计的残余评分和预警值。", "一种策略和预计的残余评分。"),
    said(
        "SMS-RG-04 A/1", RISK_TABLE,
        "one owner, one strategy, an estimated residual rating and a warning threshold.",
        "one owner, one strategy and an estimated residual rating.",
    ),
    every("SMS-RG-04 A/1", RISKS, r"reviewed: 2026-\d\d-\d\d", "reviewed: 2026-02-26"),
    every("SMS-RG-04 A/1", RISKS, r"status: (?:done|running)", "status: open"),
    _risk("R-01", "80台关键主机，实测RTO为3小时20分", "80台关键主机，RTO不超过4小时"),
    _risk(
        "R-01",
        "80 critical hosts in the standby pool; RTO measured at 3 hours 20 minutes",
        "80 critical hosts in the standby pool within an RTO of 4 hours",
    ),
    _risk("R-02", "全部改为自动执行，目前完成9个", "全部改为自动执行"),
    _risk("R-02", "all 14 applications; 9 are done", "all 14 applications"),
    _risk("R-03", "自动切换用时41秒", "自动切换不超过60秒"),
    _risk("R-03", "automatic switchover took 41 seconds", "automatic switchover within 60 seconds"),
    _risk("R-04", "；原定2026-08-31，考核补考后于2026-09-16完成，计为未按期", ""),
    _risk("R-04", "; planned for 2026-08-31, done on 2026-09-16 after a repeated test and counted as late", ""),
    _risk("R-04", "纳入知识库，目前完成4个", "纳入知识库"),
    _risk("R-04", "into the knowledge base; 4 are done", "into the knowledge base"),
    _risk("R-06", "，10月资源池峰值利用率达到76%，已于2026-10-22发出黄色预警", ""),
    _risk("R-06", "; peak use of the pool reached 76% in October, and a yellow warning was given on 2026-10-22", ""),
    _risk("R-06", "4台物理主机，已到货2台，其余2026-12-04到货", "4台物理主机"),
    _risk(
        "R-06",
        "4 physical hosts to the pool; 2 have arrived, the others come on 2026-12-04",
        "4 physical hosts to the pool",
    ),
    _risk("R-07", "备份服务器与生产网络曾在同一管理域", "备份服务器与生产网络在同一管理域"),
    _risk("R-07", "backup servers used to share a management domain", "backup servers share a management domain"),
    _risk("R-07", "恢复验证5台主机，全部成功", "恢复验证5台主机"),
    _risk("R-07", "5 hosts restored as a check, all successful", "5 hosts restored as a check"),
    _risk("R-07", "检测响应软件，覆盖率已达93%", "检测响应软件"),
    _risk("R-07", "on all supported terminals; coverage has reached 93%", "on all supported terminals"),
    _risk("R-09", "满载运行4小时，发电机12秒启动，燃油余量足够36小时", "满载运行4小时，检验发电机启动时间和燃油余量"),
    _risk(
        "R-09",
        "without mains power; the generator started in 12 seconds and fuel lasts for 36 hours",
        "without mains power; measure how fast the generator starts and how long fuel lasts",
    ),
    _risk(
        "R-10",
        "残余风险为高，2026-11-10批准限期接受至2027-02-10；到期前重新评分并决定",
        "残余风险为高，提请限期接受；到期前重新评分并决定",
    ),
    _risk(
        "R-10",
        "The residual risk is high and was accepted on 2026-11-10 until 2027-02-10; rate it again and decide before "
        "that date",
        "The residual risk is high and is put forward for acceptance for a limited time; rate it again and decide "
        "before its end",
    ),
    _risk("R-13", "曾通过长期开放的远程通道维护存储，账号由", "通过长期开放的远程通道维护存储，账号由"),
    _risk(
        "R-13",
        "used to maintain the storage through a remote channel that was always open",
        "maintains the storage through a remote channel that is always open",
    ),
    without("SMS-RG-04 A/1", RISKS, "  - id: OP-02"),
)  # fmt: skip
"""The risk register: the column of warning thresholds, and entries as the first assessment left them."""

EVIDENCE = (
    without("SMS-M-05 A/1", LEADING_TABLE, "  - id: evidence-rules"),
    without("SMS-M-05 A/1", LEADING_TABLE, "      - field: date"),
    without("SMS-M-05 A/1", LEADING_TABLE, "      - field: reference"),
    said(
        "SMS-M-05 A/1",
        LEADING_TABLE,
        "登记证据，写明内容、日期和记录编号；没有原件的不得登记。",
        "登记证据，写明会议、文件或通知的名称。",
    ),
    said(
        "SMS-M-05 A/1", LEADING_TABLE,
        "of the action, with content, date and record number; nothing is entered without an original.",
        "of the action and names the meeting, document or notice.",
    ),
    said(
        "SMS-M-05 A/1",
        LEADING_TABLE,
        "按记录编号可以调取原件，原件的保管岗位",
        "原件由服务管理办公室调取，原件的保管岗位",
    ),
    said(
        "SMS-M-05 A/1", LEADING_TABLE,
        "The number of\n    a record leads to the original; keepers",
        "The\n    service management office finds the originals; keepers",
    ),
    every(
        "SMS-M-05 A/1", LEADING,
        r"^      - id: \w+\n(?:        .*\n|          .*\n)*?        date: (?:2026-03-0[3-9]|2026-03-[1-3]"
        r"\d|2026-(?:0[4-9]|1\d)-\d\d)\n        reference: .*\n",
        "",
    ),
    every("SMS-M-05 A/1", LEADING, r"evidence:\n(?=  \w:|directing)", "evidence: []\n"),
    every("SMS-M-05 A/1", LEADING, r"\{last: 2026-\d\d-\d\d\}", "{}"),
    said("SMS-M-05 A/1", LEADING, "\n    last: 2026-10-30", ""),
    said("SMS-M-05 A/1", LEADING, "，优化跨部门过程；最近一次为决定在3个银行网点试点现场支持。", "，优化跨部门过程。"),
    said(
        "SMS-M-05 A/1", LEADING,
        "redesign processes that cross units; the latest decision was to try on-site support at 3 bank branches.",
        "redesign processes that cross units.",
    ),
)  # fmt: skip
"""The evidence of leadership: what counts, with date and record, and what had been gathered by the first issue."""

ROWS = (*TRANSLATED, *NOTICES, *PROMISES, *PROGRESS, *WARNINGS, *EVIDENCE)
"""All rows, the latest step of a file first."""
FILES = tuple(dict.fromkeys(row.file for row in ROWS))
"""The files that read otherwise at some time."""
