"""A rich composition in each language, written through the real engine, for the tests of the Word writer."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from docgen.compose import ast
from docgen.compose.composition import Approval, Brand, Change, Composition, Figure, Front, Signature
from docgen.compose.labels import read_labels
from docgen.publish.drawing import Drawing
from docgen.publish.engine import EngineJob, write_batch

ROOT = Path(__file__).resolve().parents[2]

LONG = (
    "变更经理收到变更申请后，应在一个工作日内完成初步评估，并把结论登记在服务管理平台中；"
    "涉及生产环境的数据库集群时，还要通知基础设施部，由其确认回退方案已经验证。"
    "“紧急变更”可以先口头批准，但须在两个工作日内补齐书面记录——SMS 平台的编号规则不变。",
    "On receipt of a request the change manager makes a first assessment within one working day and records "
    "the result in the service management platform. Where the production database cluster is affected, the "
    "infrastructure team confirms that the back-out plan has been tested. An “emergency change” may be approved "
    "orally; the written record follows within two days.",
)


def png(width: int, height: int) -> bytes:
    """A plain grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes([90, 140, 190]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def front(lang: str) -> Front:
    zh = lang == "zh"
    names = (("张伟", "李娜", "王磊"), ("Zhang Wei", "Li Na", "Wang Lei"))[not zh]
    acts = (("编制", "审核", "批准"), ("Prepared by", "Reviewed by", "Approved by"))[not zh]
    roles = (("流程经理", "质量经理", "总经理"), ("Process manager", "Quality manager", "General manager"))[not zh]
    day = "2026年9月1日" if zh else "1 September 2026"
    change = Change(
        "A/0",
        "2026年9月1日" if zh else "1 Sep 2026",
        "5.2",
        "调整紧急变更的批准权限，补充事后评审的期限"
        if zh
        else "Approval rights for emergency changes, time limit for review",
        "内部审核发现" if zh else "Finding of an internal audit",
        "一般" if zh else "Minor",
        "编制 张伟／审核 李娜／批准 王磊" if zh else "Zhang Wei / Li Na / Wang Lei",
    )
    return Front(
        organization="云岭信息技术有限公司" if zh else "Yunling Information Technology Co., Ltd.",
        title="变更管理程序" if zh else "Change Management Procedure",
        code="SMS-PR-20",
        version="A/1",
        kind="程序文件" if zh else "Procedure",
        level="二级文件" if zh else "Level 2",
        classification="内部" if zh else "Internal",
        owner="变更经理，服务交付部" if zh else "Change manager, Service delivery",
        status="现行有效" if zh else "In force",
        issue_date=day,
        effective_date=day,
        review_date="2027年9月1日" if zh else "1 September 2027",
        standard="ISO/IEC 20000-1:2018",
        clauses="8.5.1, 8.5.2",
        supersedes="A/0",
        mark="受控" if zh else "CONTROLLED",
        watermark="",
        header="云岭信息技术 服务管理体系" if zh else "Yunling IT | Service Management System",
        print_note="打印件为非受控文件，使用前请核对现行版本" if zh else "Printed copies are uncontrolled",
        precedence="中文版与英文版不一致时，以中文版为准。"
        if zh
        else "If the editions differ, the Chinese one prevails.",
        notice="本文件归公司所有，未经许可不得复制或外传。"
        if zh
        else "Property of the company. Not to be copied or passed on.",
        distribution="服务交付部、基础设施部、服务台" if zh else "Service delivery, infrastructure, service desk",
        approvals=tuple(Approval(a, n, r, day) for a, n, r in zip(acts, names, roles, strict=True)),
        changes=(change, replace(change, version="A/1", section="")),
        labels=read_labels((), "zh" if zh else "en").section("shell"),
        as_of=date(2026, 11, 20),
        keywords="变更, 8.5.1" if zh else "change, 8.5.1",
    )


DIGEST = "3f7a9c2144b0d1e8" * 4
"""A content digest."""


def signed(lang: str, people: int = 4) -> Front:
    """The front of a released document that is shown with everything a library knows of it."""
    zh = lang == "zh"
    plain = front(lang)
    acts = [
        ("编制", "Prepared by"),
        ("审核", "Reviewed by"),
        *[("会签", "Countersigned by")] * 9,
        ("批准", "Approved by"),
    ]
    acts = [*acts[: people - 1], acts[-1]]
    signatures = [
        Signature(
            label=label[not zh],
            meaning=("本人审查了这一版本，内容正确。", "I checked this version; it is correct.")[not zh],
            name=(f"欧阳明{number}", f"Alexandra Featherstonehaugh-Montgomery {number}")[not zh],
            role=("信息技术服务管理体系管理者代表", "Service management system representative")[not zh],
            at=f"2026-09-0{number % 9 + 1} 14:20 +08:00",
            method=("SSH 密钥签名", "SSH key signature")[not zh],
            behalf=("王磊", "Wang Lei")[not zh] if number == 1 else "",
            comment=("第 5.2 节已按评审意见修改。", "Section 5.2 now says what the review asked for.")[not zh]
            if number == 2
            else "",
        )
        for number, label in enumerate(acts)
    ]
    return replace(
        plain,
        mark="已批准，自2026年9月1日起实施" if zh else "APPROVED, effective 1 September 2026",
        fingerprint="3F7A-9C21-44B0",
        digest=DIGEST,
        verify="SMS-PR-20 A/1 3F7A-9C21-44B0",
        signatures=tuple(signatures),
    )


def brand() -> Brand:
    fonts = {"latin": "Arial", "east_asian": "微软雅黑"}
    return Brand(png(300, 90), "png", "#1F4E79", "#C55A11", fonts, ("Noto Sans SC",), None, "Yunling")


def head(level: int, identifier: str, words: str, *classes: str) -> ast.Node:
    return ast.header(level, ast.attr(identifier, classes), ast.text(words))


def caption(label: str, number: int, words: str) -> list[ast.Node]:
    inside = ast.text(f"{label} {number}")
    return [ast.span(inside, ["caption-number"]), ast.SPACE, *ast.text(words)]


def cells(*texts: str) -> list[Any]:
    return ast.row([ast.cell([ast.plain(ast.text(t))] if t else []) for t in texts])


def register(lang: str, rows: int) -> ast.Node:
    zh = lang == "zh"
    titles = (
        "编号|风险描述|可能性|影响|等级|应对措施|责任人|期限",
        "No.|Risk|Likelihood|Impact|Level|Treatment|Owner|Due",
    )
    levels = (("低", "中", "高", "极高"), ("Low", "Medium", "High", "Extreme"))[not zh]
    words = (
        "核心交换设备故障导致客户门户中断，恢复时间超过约定的服务级别目标。",
        "A failure of the core switch takes the customer portal down for longer than the agreed target.",
    )[not zh]
    treat = ("增加冗余链路，每季度演练一次切换。", "Add a redundant link and rehearse the switch-over each quarter.")[
        not zh
    ]
    body = []
    for number in range(rows):
        level = number % 4
        shade = "level-" + ("low", "medium", "high", "extreme")[level]
        texts = [
            f"R-{number + 1:02d}",
            words,
            "3",
            "4",
            levels[level],
            treat,
            "王磊" if zh else "Wang Lei",
            "2026-12-01",
        ]
        row = [ast.cell([ast.plain(ast.text(t))]) for t in texts]
        row[4] = ast.cell([ast.plain(ast.text(levels[level]))], [shade, "center"])
        row[5] = ast.cell([ast.bullets([[ast.plain(ast.text(treat))], [ast.plain(ast.text(treat))]])])
        body.append(ast.row(row))
    return ast.table(
        ast.attr("tbl-risks", ["grid"]),
        caption(("表", "Table")[not zh], 2, ("风险登记册", "Risk register")[not zh]),
        [7, 24, 8, 7, 8, 28, 9, 9],
        cells(*titles[not zh].split("|")),
        body,
    )


def form(lang: str) -> ast.Node:
    zh, t = lang == "zh", ast.text
    label = lambda z, e: ast.cell([ast.plain(ast.text(z if zh else e))], ["label"])  # noqa: E731
    wide = ast.cell([], [], columns=3)
    tall = ast.cell([], ["tall"], columns=3)
    hint = ast.span(t("尽可能用数字表示" if zh else "In figures where possible"), ["hint"])
    described = ast.cell([ast.plain([*t("变更说明" if zh else "Description"), ast.BREAK, hint])], ["label"])
    rows = [
        ast.row([label("申请人", "Requested by"), ast.cell([]), label("申请日期", "Date"), ast.cell([])]),
        ast.row([described, tall]),
        ast.row([ast.cell([ast.plain(ast.text("评审意见" if zh else "Review"))], ["label"], rows=2), wide]),
        ast.row([wide]),
    ]
    return ast.table(
        ast.attr("tbl-form", ["form"]),
        caption("表" if zh else "Table", 3, "变更申请单" if zh else "Change request form"),
        [18, 32, 18, 32],
        cells("项目", "内容", "项目", "内容") if zh else cells("Item", "Entry", "Item", "Entry"),
        rows,
    )


def blocks(lang: str, rows: int = 14) -> list[ast.Node]:
    zh = lang == "zh"
    long = LONG[not zh]
    t = ast.text
    para = ast.para(t(long))
    xref = ast.link(t("2.1"), "#sec-roles", ["xref"])
    to_table = ast.link(t("表 2" if zh else "Table 2"), "#tbl-risks", ["xref"])
    other = ast.link(
        t("SMS-PR-23 事件管理程序" if zh else "SMS-PR-23 Incident management"), "SMS-PR-23.html", ["document"]
    )
    counted = ast.para([*t("按自然日计算，见第 " if zh else "In calendar days, see section "), xref])
    foot: ast.Node = {"t": "Note", "c": [counted]}
    mixed = [
        *t("参见第 " if zh else "See section "),
        xref,
        *t(" 节和" if zh else " and "),
        to_table,
        *t("，另见" if zh else ", also "),
        other,
        *t("。期限" if zh else ". The time limit"),
        foot,
        *t("以" if zh else " is set by the "),
        {"t": "Strong", "c": t("服务级别协议" if zh else "service level agreement")},
        *t("为准，" if zh else ", and "),
        {"t": "Emph", "c": t("不得" if zh else "never")},
        *t("口头更改；" if zh else " changed orally; "),
        {"t": "Code", "c": [ast.attr(), "CHG-YYYY-NNN"]},
        *t("，" if zh else ", "),
        ast.link(t("itil.org"), "https://example.org/a?b=1&c=2", []),
    ]
    item = lambda z, e: ast.plain(t(z if zh else e))  # noqa: E731
    inner = ast.bullets([[item("影响范围", "the extent")], [item("紧急程度", "the urgency")]])
    ordered: ast.Node = {
        "t": "OrderedList",
        "c": [
            [1, {"t": "Decimal"}, {"t": "Period"}],
            [
                [item("登记变更申请", "register the request"), inner],
                [
                    ast.para(t("评估风险" if zh else "assess the risk")),
                    ast.para(t("记录结论" if zh else "record the result")),
                ],
                [item("批准或驳回", "approve or reject")],
            ],
        ],
    }
    terms: ast.Node = {
        "t": "DefinitionList",
        "c": [[t("标准变更" if zh else "standard change"), [[ast.plain(t(long[:40]))]]]],
    }
    figure = ast.figure(
        "fig-flow",
        caption("图" if zh else "Figure", 1, "变更流程" if zh else "Change process"),
        t("flow"),
        "figures/flow",
    )
    small = ast.table(
        ast.attr("tbl-roles", ["grid"]),
        caption("表" if zh else "Table", 1, "职责 A & B <c>" if zh else "Roles A & B <c>"),
        [25, 75],
        cells("角色", "职责") if zh else cells("Role", "Duty"),
        [cells("变更经理", "受理、分类、组织评审") if zh else cells("Change manager", "Receives, sorts and reviews")]
        * 3,
    )
    plain = ast.table(
        ast.attr("", ["plain"]), [], [30, 70], cells("", ""), [cells("电话" if zh else "Telephone", "400 800 1234")] * 2
    )
    code: ast.Node = {"t": "CodeBlock", "c": [ast.attr(), "id: CHG-2026-001\nstate: closed"]}
    quote: ast.Node = {"t": "BlockQuote", "c": [ast.para(t(long[:60]))]}
    note = ast.div(
        [ast.para(t("注：本程序不适用于标准变更。" if zh else "Note: standard changes are out of scope.")), inner],
        ["note"],
    )
    return [
        head(1, "sec-purpose", "目的" if zh else "Purpose"),
        para,
        ast.para(mixed),
        head(1, "sec-process", "过程" if zh else "Process", "newpage"),
        head(2, "sec-roles", "角色与职责" if zh else "Roles and responsibilities"),
        para,
        small,
        para,
        note,
        head(
            3,
            "sec-a-very-long-identifier-that-exceeds-forty-characters",
            "评估 {{7*7}}" if zh else "Assessment {{7*7}}",
        ),
        ordered,
        terms,
        head(4, "sec-deep", "记录" if zh else "Records"),
        quote,
        code,
        head(2, "sec-flow", "流程" if zh else "Flow"),
        figure,
        para,
        plain,
        head(1, "sec-risks", "风险" if zh else "Risks"),
        para,
        ast.div([register(lang, rows)], ["landscape"]),
        head(1, "sec-form", "表单" if zh else "Form"),
        form(lang),
    ]


PAGES = {
    "sec-purpose": 4, "sec-process": 5, "sec-roles": 5, "sec-a-very-long-identifier-that-exceeds-forty-characters": 5,
    "sec-deep": 6, "sec-flow": 6, "sec-risks": 6, "sec-form": 10,
}  # fmt: skip


def composition(lang: Any, **changes: Any) -> Composition:
    figure = Figure("flow", "process_flow", {}, "流程图的说明" if lang == "zh" else "The flow in words")
    made = Composition("SMS-PR-20", lang, front(lang), blocks(lang), (figure,), brand())
    return replace(made, **changes)


def drawings() -> dict[str, Drawing]:
    return {"flow": Drawing(b"<svg/>", png(400, 200), 400.0, 200.0)}


def body(made: Composition, reference: bytes, folder: Path) -> bytes:
    """The composition's body as pandoc writes it."""
    (folder / "reference.docx").write_bytes(reference)
    job = EngineJob(made.blocks, frozenset({"docx"}), folder / "reference.docx", folder / "body")
    write_batch([job], folder)
    return (folder / "body.docx").read_bytes()
