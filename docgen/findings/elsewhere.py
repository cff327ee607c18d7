"""Rules of document control that are applied elsewhere than in `docgen check`, for `docgen explain`."""

from __future__ import annotations

from docgen.findings.told import Elsewhere

ELSEWHERE: dict[str, Elsewhere] = {
    "DC-02": Elsewhere(
        "Numbers are unique for ever", "编号永不重复", "construction",
        "The number is the name of the control record, and the library never forgets one: a second document cannot have it.",
        "编号即控制记录的文件名，文件库永久保留，其他文件无法使用。",
    ),
    "DC-04": Elsewhere(
        "Cover, header, file name and list agree", "封面、页眉、文件名和清单一致", "test",
        "All are printed from one control record; tests read them back from every Word, PDF and HTML file of the sample.",
        "均由同一控制记录生成；测试逐一回读样例的 Word、PDF 和 HTML。",
    ),
    "DC-08": Elsewhere(
        "Pages are numbered", "页码完整", "test",
        "Page X of Y stands on every page; tests compare it with the pages of the PDF.",
        "每页印有第X页共Y页；测试与 PDF 页数核对。",
    ),
    "DC-10": Elsewhere(
        "Nothing is in force without approval", "未经批准不得实施", "step",
        "A version is released only after all signatures of its level (docgen release).",
        "版本经其层级的全部签署后才能发布（docgen release）。",
    ),
    "DC-12": Elsewhere(
        "Signers are entitled", "签署人有权限", "step",
        "Who signs holds the role that day, or a delegation for it (docgen sign).",
        "签署人当日担任该岗位或持有授权（docgen sign）。",
    ),
    "DC-13": Elsewhere(
        "Dates are in order", "日期先后合理", "step",
        "Prepared, reviewed, approved, issued, effective and next review follow each other (docgen release).",
        "编制、审核、批准、发布、实施、下次评审依次（docgen release）。",
    ),
    "DC-15": Elsewhere(
        "Text is what was approved", "文本与批准时一致", "step",
        "Signatures are bound to a digest of the content in every language; an edit voids them.",
        "签署绑定各语言内容的摘要，改动后即失效。",
    ),
    "DC-16": Elsewhere(
        "Signatures say who, when and what for", "签名含人、时间和含义", "construction",
        "A signature holds name, role, meaning, time and method; the signature page prints them.",
        "签名记录姓名、岗位、含义、时间和方式，并印在签署页上。",
    ),
    "DC-18": Elsewhere(
        "Signers work here", "签署人在职", "step",
        "Who signs works here on that day (docgen sign).",
        "签署人当日在职（docgen sign）。",
    ),
    "DC-21": Elsewhere(
        "Versions change something", "版本确有更改", "step",
        "A version whose content equals the last is refused at submission; a review without change is confirmed instead.",
        "内容无变化的版本不予送审，评审无更改的予以确认。",
    ),
    "DC-22": Elsewhere(
        "Large changes are called major", "重大更改按重大处理", "step",
        "A changed duty, time limit, target or clause is called major, or it is said why not (docgen submit).",
        "职责、时限、目标或条款有变化的按重大处理，否则说明理由（docgen submit）。",
    ),
    "DC-23": Elsewhere(
        "Related documents are updated", "关联文件同步更新", "step",
        "docgen impact lists every document that prints a changed value; DC-20 names those that differ from their issue.",
        "docgen impact 列出输出已变值的全部文件，DC-20 指出与发布版不同的文件。",
    ),
    "DC-24": Elsewhere(
        "One version is in force", "现行版本唯一", "construction",
        "A version is in force from its effective date until that of the next; older ones carry their mark on every page.",
        "版本自实施日起至下一版实施日止有效，旧版每页带标记。",
    ),
    "DC-26": Elsewhere(
        "Copies have a purpose", "副本受控", "step",
        "Numbered copies are issued with holder and purpose (docgen copies issue); every other print is marked uncontrolled.",
        "编号副本登记持有人和用途（docgen copies issue），其他打印件标为非受控。",
    ),
    "DC-28": Elsewhere(
        "Superseded copies are recalled", "旧副本收回", "step",
        "docgen due names copies of older versions until they are recalled, destroyed or lost.",
        "docgen due 提示旧版副本，直至收回、销毁或遗失登记。",
    ),
    "DC-29": Elsewhere(
        "Readers know the new version", "新版本经学习确认", "step",
        "docgen due names roles that have not acknowledged a version within the time of the settings.",
        "docgen due 提示未按期学习确认的岗位。",
    ),
    "DC-32": Elsewhere(
        "Reviews are recorded", "评审有记录", "step",
        "A review without change is confirmed with person, date and reason (docgen confirm).",
        "评审无更改的由具名人员写明原因予以确认（docgen confirm）。",
    ),
    "DC-37": Elsewhere(
        "Forms show number and version", "表单印有编号和版本", "test",
        "Every form prints both in its header; tests read them back.",
        "表单页眉印有编号和版本；测试回读核对。",
    ),
    "DC-38": Elsewhere(
        "Old blank forms are not used", "不使用旧版空白表单", "later",
        "Filled forms are kept in the tools they come from; their versions are checked in the audit.",
        "已填表单保存在来源工具中，其版本在审核时检查。",
    ),
    "DC-41": Elsewhere(
        "Nothing is vague", "用语不含糊", "rule",
        "Applied as GP-02 and GP-03.", "按 GP-02、GP-03 执行。",
    ),
    "DC-43": Elsewhere(
        "Terms are not mixed", "术语不混用", "rule",
        "Applied as GP-04 to GP-07 and TM-01 to TM-03.", "按 GP-04 至 GP-07、TM-01 至 TM-03 执行。",
    ),
    "DC-44": Elsewhere(
        "The standard is not copied", "不照抄标准原文", "later",
        "A comparison needs the reader's own licensed copy of the standard; titles of clauses are the only words of it here.",
        "比对须使用者自有的正版标准；本程序只含条款标题。",
    ),
    "DC-46": Elsewhere(
        "Records are not overwritten", "记录不得覆盖", "construction",
        "The ledger is only added to; a correction is a new entry beside the old one. Forms ask for corrections by striking out.",
        "台账只追加，更正为新条目；表单要求划改。",
    ),
    "DC-47": Elsewhere(
        "Records are kept long enough", "记录保存到期", "step",
        "Every form and record has a retention; a version is disposed of only after its period (docgen dispose).",
        "每份表单和记录都有保存期限，版本期满后才能处置（docgen dispose）。",
    ),
    "DC-48": Elsewhere(
        "Disposal takes two", "处置须两人", "step",
        "A disposal names two people and is approved (docgen dispose).",
        "处置须两人执行并经批准（docgen dispose）。",
    ),
    "DC-51": Elsewhere(
        "Translations keep up", "译文同步", "step",
        "A lagging text is named at submission; DC-51-pending tells it until it has followed.",
        "送审时指出落后的译文，DC-51-pending 提示至同步为止。",
    ),
    "DC-52": Elsewhere(
        "It is said which text governs", "写明准据文本", "construction",
        "The cover of every bilingual document prints the clause from the settings, the same everywhere.",
        "双语文件封面均由设置输出同一语言效力条款。",
    ),
    "DC-53": Elsewhere(
        "Scripts and marks are clean", "字形和标点规范", "rule",
        "Applied as GP-09, GP-10 and GP-11.", "按 GP-09、GP-10、GP-11 执行。",
    ),
    "DC-54": Elsewhere(
        "The audit trail has no holes", "审计追踪完整", "verify",
        "Every line of a ledger carries the hash of the line before (docgen verify).",
        "台账每行带前一行的哈希值（docgen verify）。",
    ),
    "DC-55": Elsewhere(
        "Signatures belong to the text", "签名对应文本", "verify",
        "A signature for another digest is named (docgen verify).",
        "对应其他摘要的签名会被指出（docgen verify）。",
    ),
    "DC-56": Elsewhere(
        "Nobody shares an account", "不共用账号", "verify",
        "Two people with one key are refused; DC-17 names signatures given in a heap.",
        "两人共用密钥会被拒绝，DC-17 指出集中签署。",
    ),
    "DC-57": Elsewhere(
        "It is said which medium counts", "写明有效载体", "construction",
        "`medium` in control.yaml is required, and the procedure of document control prints it.",
        "control.yaml 中 `medium` 必填，并由成文信息控制程序输出。",
    ),
    "DC-59": Elsewhere(
        "Documents can be read later", "长期可读", "verify",
        "PDFs are PDF/A with embedded fonts, and checksums are compared (docgen verify).",
        "PDF 为内嵌字体的 PDF/A，并核对校验值（docgen verify）。",
    ),
}
"""Code -> what the rule is and where it is applied."""
