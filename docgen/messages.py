"""What each diagnostic says and how to mend it, in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docgen.diagnostics import Diagnostic, Language
from docgen.findings import FINDINGS
from docgen.library_messages import LIBRARY


@dataclass(frozen=True)
class Message:
    """The sentences of one diagnostic; `{name}` stands for a value of the diagnostic."""

    en: str
    zh: str
    mend_en: str
    mend_zh: str


def what(diagnostic: Diagnostic, language: Language) -> str:
    """What is wrong, in a language."""
    message = MESSAGES[diagnostic.code]
    return _filled(message.zh if language == "zh" else message.en, diagnostic, language)


def mend(diagnostic: Diagnostic, language: Language) -> str:
    """How to mend it, in a language."""
    message = MESSAGES[diagnostic.code]
    return _filled(message.mend_zh if language == "zh" else message.mend_en, diagnostic, language)


def _filled(sentence: str, diagnostic: Diagnostic, language: Language) -> str:
    values = dict(diagnostic.values)
    for place, name in (("thing", "kind"), ("above", "above")):
        if name in values:
            values[place] = KINDS.get(values[name], (values[name], values[name]))[language == "zh"]
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), sentence)


KINDS: dict[str, tuple[str, str]] = {
    "role": ("role", "岗位"),
    "person": ("person", "人员"),
    "unit": ("unit", "部门"),
    "site": ("site", "场所"),
    "customer": ("customer", "客户"),
    "service": ("service", "服务"),
    "supplier": ("supplier", "供方"),
    "objective": ("objective", "目标"),
    "strategic": ("strategic objectives", "战略目标"),
    "tactical": ("tactical objectives", "战术目标"),
    "indicator": ("indicator", "指标"),
    "principle": ("principle", "方针原则"),
    "document": ("document", "文件"),
    "clause": ("clause", "条款"),
    "param": ("parameter", "参数"),
    "setting": ("setting", "设置"),
    "sec": ("section", "章节"),
    "tbl": ("table", "表"),
    "fig": ("figure", "图"),
    "procedure": ("procedure", "程序"),
    "register": ("register", "登记册"),
    "form": ("form", "表单"),
    "agreement": ("agreement", "协议"),
}
"""What the kinds of things are called, in English and Chinese."""

_PLACE = re.compile(r"\{(\w+)\}")


MESSAGES: dict[str, Message] = {
    "file-unreadable": Message(
        "the file cannot be read: {reason}",
        "文件无法读取：{reason}",
        "check that it exists and that you may read it",
        "请确认文件存在且有读取权限",
    ),
    "file-too-large": Message(
        "the file is larger than {limit} MB",
        "文件超过{limit} MB",
        "split the data, or keep records in the tool they come from",
        "请拆分数据，或把记录留在其来源工具中",
    ),
    "file-not-utf8": Message(
        "the file is not UTF-8 text",
        "文件不是 UTF-8 编码的文本",
        "save it as UTF-8",
        "请另存为 UTF-8 编码",
    ),
    "no-words": Message(
        "the file has no ten English words, or sixteen Chinese characters, in a row",
        "文件中没有连续的十个英文词或十六个汉字",
        "give the text of the standard as plain text, not an empty or scanned copy",
        "请提供标准的纯文本，不要用空文件或扫描件",
    ),
    "file-unknown": Message(
        "no file of this name belongs to a client's content",
        "客户内容中没有这种名称的文件",
        "rename it (nearest: {near}) or move it out of the folder",
        "请改名（最接近：{near}），或移出该文件夹",
    ),
    "file-missing": Message(
        "{file} is missing",
        "缺少 {file}",
        "write it, or extend a client that has it: `extends: base`",
        "请补写该文件，或沿用已有该文件的客户：`extends: base`",
    ),
    "yaml-syntax": Message(
        "this is not YAML: {problem}",
        "YAML 语法错误：{problem}",
        "check indentation, colons followed by a space, and quotes",
        "请检查缩进、冒号后的空格和引号",
    ),
    "yaml-depth": Message(
        "nested more than {limit} deep",
        "嵌套超过{limit}层",
        "flatten the structure",
        "请减少嵌套层数",
    ),
    "yaml-alias": Message(
        "anchors and aliases (&, *) are not supported",
        "不支持锚点和别名（&、*）",
        "write the value out, or use a parameter",
        "请直接写出内容，或改用参数",
    ),
    "yaml-key": Message(
        "a key must be plain text",
        "键必须是普通文本",
        "write `key: value`",
        "请写成“键: 值”的形式",
    ),
    "yaml-empty": Message(
        "the key `{key}` has no value",
        "键 `{key}` 没有值",
        "give it one, or `~` to remove it; a comma inside {zh: …, en: …} needs quotes",
        "请填写值，要删除则写 `~`；{zh: …, en: …} 中的文本含英文逗号时须加引号",
    ),
    "yaml-duplicate-key": Message(
        "the key `{key}` stands here a second time, first on line {first}",
        "键 `{key}` 重复，首次出现在第{first}行",
        "remove one of the two",
        "请删除其中一个",
    ),
    "yaml-not-a-mapping": Message(
        "the file must hold `key: value` lines",
        "文件内容必须是“键: 值”的形式",
        "start with a key at the left margin",
        "请从行首的键开始写",
    ),
    "client-name": Message(
        "`{name}` is no client name",
        "`{name}` 不能作为客户名称",
        "use lower-case letters, digits, hyphen and underscore, such as `acme`",
        "请使用小写字母、数字、连字符和下划线，例如 `acme`",
    ),
    "client-unknown": Message(
        "there is no client `{name}`",
        "没有客户 `{name}`",
        "did you mean: {near}; a new one is made by docgen new client {name}",
        "是否应为：{near}；新建客户请运行 docgen new client {name}",
    ),
    "client-exists": Message(
        "the folder {path} is there already",
        "文件夹 {path} 已存在",
        "choose another name, or edit what is there",
        "请换一个名称，或直接编辑已有内容",
    ),
    "client-extends-itself": Message(
        "`{name}` extends itself",
        "`{name}` 沿用了自身",
        "let `extends` name another client",
        "`extends` 请改为另一个客户",
    ),
    "document-code": Message(
        "`{code}` is no document code",
        "`{code}` 不是文件编号",
        "name the file like SMS-PR-23.yaml or SMS-PR-20-F01.yaml",
        "文件名请写成 SMS-PR-23.yaml 或 SMS-PR-20-F01.yaml 的形式",
    ),
    "document-unknown": Message(
        "there is no document {code}",
        "没有文件 {code}",
        "the nearest is {near}; `docgen status` lists them all",
        "最接近的是 {near}；可用 `docgen status` 查看全部文件",
    ),
    "language-unknown": Message(
        "the client has no texts in `{language}`",
        "该客户没有 `{language}` 文本",
        "add it to `languages` in client.yaml",
        "请在 client.yaml 的 `languages` 中加入该语言",
    ),
    "record-form": Message(
        "{code} is no form of this client",
        "{code} 不是该客户的表单",
        "put the record into records/<code of the form>/<number>.yaml",
        "请把记录放在 records/<表单编号>/<记录编号>.yaml",
    ),
    "record-field": Message(
        "the form {code} has no field or rows {field}",
        "表单 {code} 没有字段或行区 {field}",
        "the nearest is {near}; ids stand in forms/*.yaml",
        "最接近的是 {near}；编号见 forms/*.yaml",
    ),
    "record-row": Message(
        "a row of {part} needs {count} cells",
        "{part} 的每行需要{count}格",
        "give a text for every column, `/` where there is nothing to say",
        "每栏都要填写，无内容的填“/”",
    ),
    "outline-unknown": Message(
        "there is no standard {name}",
        "没有标准 {name}",
        "known are: {known}; a client's own go to content/<client>/outlines/<name>.yaml",
        "已有：{known}；客户自己的标准放在 content/<客户>/outlines/<名称>.yaml",
    ),
    "outline-bad": Message(
        "an outline of a standard needs here: {key}",
        "标准大纲此处需要：{key}",
        "see docgen/standard/iso20000-1-2018.yaml for the form",
        "格式见 docgen/standard/iso20000-1-2018.yaml",
    ),
    "outline-clause": Message(
        "clause {id} stands twice, or its parent {parent} does not stand before it",
        "条款 {id} 重复，或其上级 {parent} 未在其之前列出",
        "give every clause once, after the one it belongs to",
        "每个条款只列一次，并列在其上级条款之后",
    ),
    "variant-languages": Message(
        "the variant {variant} needs texts that the client does not have",
        "{variant} 版本所需的语言文本不全",
        "a bilingual edition needs Chinese and English, traditional characters need Chinese: see `languages` in client.yaml",
        "双语版需要中文和英文文本，繁体版需要中文文本：请检查 client.yaml 的 `languages`",
    ),
    "key-unknown": Message(
        "the key `{key}` is not known here",
        "此处没有键 `{key}`",
        "did you mean: {near}",
        "是否应为：{near}",
    ),
    "key-missing": Message(
        "the key `{key}` is missing",
        "缺少键 `{key}`",
        "add it; `docgen schema` lets your editor complete it",
        "请补上；运行 `docgen schema` 后编辑器可自动补全",
    ),
    "text-expected": Message(
        "`{field}` must be text, not `{value}`",
        "`{field}` 必须是文本，而不是 `{value}`",
        "write one value after the colon",
        "请在冒号后写一个值",
    ),
    "map-expected": Message(
        "`{field}` must hold keys below it, not `{value}`",
        "`{field}` 下面应有若干键，而不是 `{value}`",
        "a text is a pair such as {zh: 事件, en: incident}",
        "文本应成对填写，例如 {zh: 事件, en: incident}",
    ),
    "list-expected": Message(
        "`{field}` must be a list, not `{value}`",
        "`{field}` 应为列表，而不是 `{value}`",
        "write items that begin with `- `, or [a, b]",
        "请用 `- ` 开头逐项填写，或写成 [a, b]",
    ),
    "value-form": Message(
        "`{value}` has not the form that `{field}` takes ({pattern})",
        "`{value}` 不符合 `{field}` 的格式（{pattern}）",
        "a version is A/0 or 1.0, a colour #1F4E79, an id has letters, digits, dot, underscore and hyphen",
        "版本写成 A/0 或 1.0，颜色写成 #1F4E79，标识由字母、数字、点、下划线和连字符组成",
    ),
    "value-not-listed": Message(
        "`{value}` is not one of the values of `{field}`: {expected}",
        "`{value}` 不在 `{field}` 的可选值之内：{expected}",
        "choose one of them",
        "请从中选择一个",
    ),
    "number-range": Message(
        "`{value}` is out of range for `{field}`",
        "`{value}` 超出 `{field}` 的取值范围",
        "see the description of the field: scores run from 1 to 5, counts start at 0",
        "请查看字段说明：评分为1至5，数量从0起",
    ),
    "number-expected": Message(
        "`{field}` must be a number, not `{value}`",
        "`{field}` 必须是数字，而不是 `{value}`",
        "write digits only",
        "请只写数字",
    ),
    "yes-or-no-expected": Message(
        "`{field}` must be true or false, not `{value}`",
        "`{field}` 必须是 true 或 false，而不是 `{value}`",
        "write true or false",
        "请写 true 或 false",
    ),
    "value-bad": Message(
        "`{value}` does not fit `{field}`: {reason}",
        "`{value}` 不适用于 `{field}`：{reason}",
        "see the schema for what it takes",
        "请按模式文件（schema）的要求填写",
    ),
    "language-missing": Message(
        "`{field}` has no text in: {language}",
        "`{field}` 缺少以下语言的文本：{language}",
        "write the text in every language of the client: {zh: …, en: …}",
        "请补齐客户所用的全部语言：{zh: …, en: …}",
    ),
    "date-bad": Message(
        "`{value}` is no date",
        "`{value}` 不是日期",
        "write year-month-day, such as 2026-12-01",
        "请写成年-月-日，例如 2026-12-01",
    ),
    "quantity-bad": Message(
        "`{value}` is no quantity",
        "`{value}` 不是量值",
        "write a number and a unit, such as `15 min` or `>= 99.9 %`; units: {units}",
        "请写数字和单位，例如 `15 min`、`>= 99.9 %`；可用单位：{units}",
    ),
    "table-cells": Message(
        "row {row} of the table and its columns do not match: {columns}",
        "表格第{row}行与各列不一致：{columns}",
        "give every row one cell for each column",
        "每一行都应逐列填写",
    ),
    "step-unknown": Message(
        "`next` leads to the step `{step}`, which is not there",
        "`next` 指向的步骤 `{step}` 不存在",
        "use the id of a step of this procedure",
        "请填写本程序中某一步骤的 id",
    ),
    "matrix-shape": Message(
        "the risk matrix must have five rows of five levels",
        "风险矩阵应为五行、每行五个等级",
        "row one is probability 1, the first level of a row is impact 1",
        "第一行对应可能性1，每行第一个等级对应影响1",
    ),
    "reference-unknown": Message(
        "there is no {thing} `{id}`",
        "没有{thing} `{id}`",
        "did you mean: {near}",
        "是否应为：{near}",
    ),
    "reference-kind": Message(
        "`{kind}` is no kind of reference",
        "`{kind}` 不是引用类型",
        "did you mean {near}; to print a brace, write \\{",
        "是否应为 {near}；要原样输出花括号，请写 \\{",
    ),
    "rule-unknown": Message(
        "no rule has a code that begins with `{code}`",
        "没有编号以 `{code}` 开头的规则",
        "the nearest is {near}; docgen explain lists them all",
        "最接近的是 {near}；可用 docgen explain 查看全部规则",
    ),
    "label-missing": Message(
        "the label `{key}` is missing in `{section}`",
        "`{section}` 中缺少标签 `{key}`",
        "add it to labels.yaml, as in the other language",
        "请参照另一种语言补入 labels.yaml",
    ),
    "template-missing": Message(
        "there is no template `{name}` in templates/{language}/",
        "templates/{language}/ 中没有模板 `{name}`",
        "check `template` in the control record",
        "请核对控制记录中的 `template`",
    ),
    "source-missing": Message(
        "there is no {thing} `{name}`",
        "没有{thing} `{name}`",
        "write {kind}s/{name}.yaml, or correct `source` in the control record",
        "请补写 {kind}s/{name}.yaml，或更正控制记录中的 `source`",
    ),
    "template-syntax": Message(
        "the template cannot be read: {problem}",
        "模板语法错误：{problem}",
        "check the {% %} and {{ }} of this line",
        "请检查本行的 {% %} 和 {{ }}",
    ),
    "template-undefined": Message(
        "the template uses a name that is not there: {problem}",
        "模板使用了不存在的名称：{problem}",
        "check the spelling; the README lists the names",
        "请核对拼写；可用名称见 README",
    ),
    "template-endless": Message(
        "the template runs without end or prints too much",
        "模板无休止运行或输出过多",
        "a template must not include itself, nor count beyond its data",
        "模板不得包含自身，循环不得超出数据范围",
    ),
    "template-forbidden": Message(
        "the template asks for something that templates may not use: {problem}",
        "模板使用了不允许的内容：{problem}",
        "use data of the workspace only",
        "模板只能使用工作区的数据",
    ),
    "template-failed": Message(
        "the template cannot be filled: {problem}",
        "模板无法填充：{problem}",
        "check this line against the data it prints",
        "请对照所输出的数据检查本行",
    ),
    "shell-bad": Message(
        "the Word shell cannot be filled ({part}): {problem}",
        "Word 外壳无法填充（{part}）：{problem}",
        "compare it with the shipped shell.docx",
        "请与随附的 shell.docx 对照检查",
    ),
    "directive-unknown": Message(
        "there is no directive `{name}`",
        "没有指令 `{name}`",
        "did you mean: {near}",
        "是否应为：{near}",
    ),
    "directive-misplaced": Message(
        "`::: {name}` works only in a {thing}",
        "`::: {name}` 只能用于{thing}",
        "remove it here",
        "请在此处删除",
    ),
    "option-missing": Message(
        "the directive lacks `{key}`",
        "指令缺少 `{key}`",
        "add a line `{key}: …` below it",
        "请在其下补一行 `{key}: …`",
    ),
    "option-unknown": Message(
        "the directive has no option `{key}`",
        "指令没有选项 `{key}`",
        "did you mean: {near}",
        "是否应为：{near}",
    ),
    "columns-form": Message(
        "a column is written `field | title | width`, not `{given}`",
        "列应写成“字段 | 标题 | 宽度”，而不是 `{given}`",
        "for example `- owner | Owner | 12`",
        "例如 `- owner | 责任人 | 12`",
    ),
    "path-unknown": Message(
        "`{path}` leads nowhere: there is no `{part}`",
        "`{path}` 无法找到：没有 `{part}`",
        "did you mean: {near}",
        "是否应为：{near}",
    ),
    "field-unknown": Message(
        "the rows have no field `{field}`",
        "数据行没有字段 `{field}`",
        "did you mean: {near}",
        "是否应为：{near}",
    ),
    "rows-expected": Message(
        "a table needs a list of rows, not a {given}",
        "表格需要数据行列表，而不是 {given}",
        "name a list, such as `risks.risks`",
        "请填写列表的路径，例如 `risks.risks`",
    ),
    "figure-unknown": Message(
        "there is no figure `{name}` for this document",
        "本文件没有图 `{name}`",
        "use flow (procedures), risk_matrix or objective_tree",
        "可用：flow（程序文件）、risk_matrix、objective_tree",
    ),
    "heading-level": Message(
        "the heading “{title}” skips a level or is deeper than four",
        "标题“{title}”跳级或超过四级",
        "let levels follow each other: #, ##, ###, ####",
        "标题级别应逐级递增：#、##、###、####",
    ),
    "id-twice": Message(
        "the id `{id}` stands twice in this document",
        "本文件中标识 `{id}` 重复",
        "give each heading, table and figure an id of its own",
        "每个标题、表和图应使用各自的标识",
    ),
    "logo-missing": Message(
        "the logo {path} is missing",
        "缺少徽标文件 {path}",
        "put an SVG or PNG file there, path from client.yaml",
        "请放入 SVG 或 PNG 文件，路径以 client.yaml 所在文件夹为起点",
    ),
    "logo-kind": Message(
        "the logo {path} is no SVG or PNG file, or larger than {limit} MB",
        "徽标 {path} 不是 SVG 或 PNG 文件，或超过{limit} MB",
        "save it as SVG or PNG",
        "请另存为 SVG 或 PNG",
    ),
    "logo-broken": Message(
        "the logo cannot be drawn: {problem}",
        "徽标无法绘制：{problem}",
        "save it anew as plain SVG or PNG",
        "请重新另存为普通 SVG 或 PNG",
    ),
    "folder-missing": Message(
        "the folder {path} is missing",
        "缺少文件夹 {path}",
        "check the path, from client.yaml",
        "请核对路径，以 client.yaml 所在文件夹为起点",
    ),
    "path-outside": Message(
        "the path {path} leads out of the client's folder",
        "路径 {path} 超出客户文件夹",
        "copy the file into the client's folder",
        "请把文件复制到客户文件夹内",
    ),
    "engine-failed": Message(
        "pandoc could not write the documents: {problem}",
        "pandoc 无法写出文件：{problem}",
        "install the pinned dependencies again (make setup); check free memory and disk space",
        "请重新安装锁定的依赖（make setup），并检查可用内存和磁盘空间",
    ),
    "pdf-bad": Message(
        "the PDF of {code} cannot be typeset: {problem}",
        "{code} 的 PDF 无法排版：{problem}",
        "check the fonts and the logo in client.yaml",
        "请检查 client.yaml 中的字体和徽标",
    ),
    "disk": Message(
        "{path} cannot be written: {reason}",
        "{path} 无法写入：{reason}",
        "make room or grant access; nothing was replaced",
        "请腾出空间或授予权限；原有文件未被替换",
    ),
    "DC-12": Message(
        "{document}: {person} may not act as {role}; who may: {people}",
        "{document}：{person}无权以{role}身份签署；有权的人员：{people}",
        "let one of them act, or record a delegation with dates under `delegations` in control.yaml",
        "应由上述人员办理，或在 control.yaml 的 `delegations` 中登记有期限的授权",
    ),
    "DC-13": Message(
        "{document}: dates are out of order: {dates}",
        "{document}：日期先后颠倒：{dates}",
        "prepared, reviewed, approved, issued, effective, next review",
        "顺序应为编制、审核、批准、发布、实施、下次评审",
    ),
    "key-tool": Message(
        "ssh-keygen is not installed, so signatures by OpenSSH keys can be neither made nor checked",
        "未安装 ssh-keygen，无法用 OpenSSH 密钥签名或验证签名",
        "install the OpenSSH client (version 8.9 or newer)",
        "请安装 OpenSSH 客户端（8.9 或更高版本）",
    ),
    "key-extra": Message(
        "certificates and seals need pyHanko, which is not installed",
        "使用证书和电子封印需要 pyHanko，目前未安装",
        'install it where docgen is installed: python -m pip install "{package}"',
        '请在 docgen 所在环境中安装：python -m pip install "{package}"',
    ),
    "key-locked": Message(
        "the passphrase does not open the key",
        "口令错误，无法打开密钥",
        "try again with the passphrase of this key; OpenSSH asks for it at a terminal only",
        "请重新输入该密钥的口令；OpenSSH 密钥的口令只能在终端中输入",
    ),
    "key-agent": Message(
        "no agent holds the private half of this public key",
        "密钥代理中没有与该公钥对应的私钥",
        "add the key to the agent with ssh-add, or name the file of the private key",
        "请用 ssh-add 将密钥加入代理，或直接指定私钥文件",
    ),
    "key-refused": Message(
        "the key cannot be used: {reason}",
        "密钥无法使用：{reason}",
        "name an OpenSSH private key that only its owner may read, a .p12 or .pfx, or a PEM file with key and certificate",
        "请指定仅本人可读的 OpenSSH 私钥、.p12 或 .pfx 文件，或同时含有私钥和证书的 PEM 文件",
    ),
    "key-line": Message(
        "this line does not say whose key it is",
        "该行未说明密钥属于谁",
        "write the id of one person, then options, then the public key; no wildcards, no cert-authority",
        "请依次写明一名人员的标识、选项和公钥；不得使用通配符和 cert-authority",
    ),
    "key-shared": Message(
        "{person} and {other} have the same key: {key}",
        "{person}与{other}使用同一密钥：{key}",
        "give each person a key of their own",
        "每人应使用各自的密钥",
    ),
    "key-certificate": Message(
        "this is not a certificate",
        "该文件不是证书",
        "export the certificate without its private key, in PEM form",
        "请导出 PEM 格式的证书，不含私钥",
    ),
    "key-armor": Message(
        "the signature of {person} by key cannot be read",
        "{person}的密钥签名无法识别",
        "take the record back from your version control; if it was never signed otherwise, {person} signs again",
        "请从版本管理中恢复该记录；如原本即如此，由{person}重新签署",
    ),
    "key-untrusted": Message(
        "no key of {person} is trusted",
        "没有可信任的{person}的密钥",
        "add a line to keys/allowed_signers, or the certificate as keys/{person}.crt, once you know that it is theirs",
        "确认属本人后，在 keys/allowed_signers 中增加一行，或将证书存为 keys/{person}.crt",
    ),
    "key-other": Message(
        "the key is not one of {person}: {key}",
        "该密钥不属于{person}：{key}",
        "let {person} sign with their own key, or add this key to the folder `keys` once you know that it is theirs",
        "请由{person}用本人的密钥签署；如确属本人，请将其加入 `keys` 文件夹",
    ),
    "key-period": Message(
        "{person} was not allowed to sign with this key at that time: {key} ({reason})",
        "{person}当时不得使用该密钥签署：{key}（{reason}）",
        "sign with a key that is valid; the dates of a key stand in keys/allowed_signers or in its certificate",
        "请使用有效期内的密钥；有效期见 keys/allowed_signers 或证书",
    ),
    "key-statement": Message(
        "the signature of {person} by key does not belong to this statement",
        "{person}的密钥签名与所签内容不符",
        "statement or signature was changed since: take them back from your version control, or {person} signs again",
        "内容或签名在签署后被改动：请从版本管理中恢复，或由{person}重新签署",
    ),
    "key-chain": Message(
        "nobody in keys/ca issued the certificate of {person}: {key}",
        "{person}的证书不是由 keys/ca 中的机构签发的：{key}",
        "add the issuer's certificate to keys/ca once you know that it is genuine",
        "确认真实后，将签发机构的证书加入 keys/ca",
    ),
    "seal-pdf": Message(
        "the PDF or its seal is damaged: {reason}",
        "PDF 或其电子封印已损坏：{reason}",
        "take the file back from the release or from the pack as it was received",
        "请从发布版本或原始文件包中恢复该文件",
    ),
    "seal-twice": Message(
        "the PDF is sealed already",
        "该 PDF 已加盖电子封印",
        "seal the PDF of the release as docgen made it",
        "请对 docgen 生成的发布版 PDF 加盖封印",
    ),
    "seal-timestamp": Message(
        "no timestamp came from {url}: {reason}",
        "未能从 {url} 取得时间戳：{reason}",
        "check the address and the network, or seal without a timestamp",
        "请检查地址和网络，或不加时间戳",
    ),
}
MESSAGES |= {code: Message(*texts) for code, texts in LIBRARY.items()}
MESSAGES |= {code: Message(told.en, told.zh, told.mend_en, told.mend_zh) for code, told in FINDINGS.items()}
