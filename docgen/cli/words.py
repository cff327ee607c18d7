"""Every sentence the commands print, in both languages."""

from __future__ import annotations

from docgen.cli import surroundings

WORDS: dict[str, tuple[str, str]] = {
    "docgen": (
        "Compile the documents of a service management system from YAML.\n\n"
        "Exit codes: 0 done; 1 mistakes in the content or templates, listed; 2 wrong use of the command; 130 interrupted.",
        "由 YAML 内容编译服务管理体系文件。\n\n退出码：0 完成；1 内容或模板有错误（已列出）；2 命令用法错误；130 被中断。",
    ),
    "build": (
        "Build documents as Word, PDF and HTML under build/<client>/<language>/. Without CODE: all of them.",
        "生成 Word、PDF 和 HTML 文件，存放于 build/<客户>/<语言>/。不写 CODE 时生成全部文件。",
    ),
    "pack": (
        "Build and check everything, then write one zip for the auditor under build/<client>/pack/.",
        "生成并检查全部文件，打包为一个供审核使用的压缩包，存放于 build/<客户>/pack/。",
    ),
    "check": (
        "Check content, templates and control records without writing anything.",
        "检查内容、模板和控制记录，不写入任何文件。",
    ),
    "status": ("Print the master list of documents.", "输出受控文件清单。"),
    "new": ("Make something new.", "新建。"),
    "new-client": (
        "Make a working client NAME under content/: it extends `base` and builds at once.",
        "在 content/ 下新建可立即生成文件的客户 NAME，沿用 `base` 的共用内容。",
    ),
    "schema": (
        "Write the JSON Schemas to content/schema/, so that an editor completes and checks the YAML.",
        "把 JSON Schema 写入 content/schema/，供编辑器自动补全和校验 YAML。",
    ),
    "opt-root": ("Folder that holds content/ and build/.", "content/ 和 build/ 所在的文件夹。"),
    "opt-client": ("Client to work on: a folder of content/.", "要处理的客户，即 content/ 下的文件夹名。"),
    "opt-lang": ("Only this language; may be given twice.", "只生成该语言，可重复指定。"),
    "opt-format": ("Only this format; may be given several times.", "只生成该格式，可重复指定。"),
    "opt-jobs": ("Number of parallel workers.", "并行任务数。"),
    "opt-as-of": ("The day that counts as today (YYYY-MM-DD).", "按哪一天判断现行有效（YYYY-MM-DD）。"),
    "opt-json": ("Print JSON for scripts.", "以 JSON 输出，供脚本使用。"),
    "error": ("error", "错误"),
    "warning": ("warning", "警告"),
    "mend": ("mend", "处理"),
    "found": ("errors: {errors}, warnings: {warnings}", "{errors}个错误，{warnings}个警告"),
    "built": (
        "{folder}: documents {documents}, files {files}: written {written}, unchanged {kept} ({seconds:.1f} s)",
        "{folder} 中共{documents}份文件、{files}个输出：写入{written}个，{kept}个无变化（{seconds:.1f}秒）",
    ),
    "packed": (
        "Pack for the auditor: {path} (documents {documents}, {size:.1f} MB)",
        "审核文件包：{path}（{documents}份文件，{size:.1f} MB）",
    ),
    "checked": (
        "No mistakes: documents {documents}, languages {languages} ({seconds:.1f} s)",
        "{documents}份文件、{languages}种语言：未发现错误（{seconds:.1f}秒）",
    ),
    "made": (
        "Made {folder}. Next: edit {folder}/client.yaml, then docgen build --client {name}",
        "已新建 {folder}。下一步：编辑 {folder}/client.yaml，然后运行 docgen build --client {name}",
    ),
    "schemas": ("{count} schemas in {folder}", "{folder} 中共{count}个模式文件"),
    "writing": ("[{done}/{total}] {name}  {seconds:.0f} s", "[{done}/{total}] {name}  {seconds:.0f} 秒"),
    "head-code": ("Code", "文件编号"),
    "head-title": ("Title", "文件名称"),
    "head-version": ("Version", "版本"),
    "head-state": ("State", "状态"),
    "head-owner": ("Owner", "负责人"),
    "head-effective": ("Effective", "实施日期"),
    "head-review": ("Next review", "下次评审"),
    "usage": ("Usage: ", "用法："),
    "Options": ("Options", "选项"),
    "Commands": ("Commands", "命令"),
    "opt-help": ("Show this message and exit.", "显示本说明。"),
    "opt-version": ("Show the version and exit.", "显示版本号。"),
    "ask-name-zh": ("Chinese name of the organization", "组织中文全称"),
    "ask-name-en": ("English name of the organization", "组织英文全称"),
    "ask-short-zh": ("Short Chinese name", "中文简称"),
    "ask-short-en": ("Short English name", "英文简称"),
    "ask-person-1": ("General manager (Chinese name / English name)", "总经理（中文名 / 英文名）"),
    "ask-person-2": ("SMS owner (Chinese name / English name)", "服务管理体系负责人（中文名 / 英文名）"),
    "ask-person-3": (
        "Head of the service management office (Chinese / English)",
        "服务管理办公室主任（中文名 / 英文名）",
    ),
    "ask-person-4": ("Head of service operations (Chinese / English)", "服务运营部经理（中文名 / 英文名）"),
    "default-person-1": ("总经理 / General manager", "总经理 / General manager"),
    "default-person-2": ("服务管理体系负责人 / SMS owner", "服务管理体系负责人 / SMS owner"),
    "default-person-3": (
        "服务管理办公室主任 / Head of the service management office",
        "服务管理办公室主任 / Head of the service management office",
    ),
    "default-person-4": ("服务运营部经理 / Head of service operations", "服务运营部经理 / Head of service operations"),
    "interrupted": ("Interrupted; nothing was replaced.", "已中断；原有文件均未改动。"),
}


def say(key: str, **values: object) -> str:
    """A sentence in the user's language."""
    en, zh = WORDS[key]
    sentence = zh if surroundings.language() == "zh" else en
    return sentence.format(**values) if values else sentence
