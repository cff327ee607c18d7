"""Rules on what old papers leave behind: placeholders, broken fields, dead numbers, other clients' names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.diagnostics import Language
from docgen.standard import CLAUSES

_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_PLACEHOLDERS: tuple[tuple[str, str], ...] = (
    ("xxx", r"X{3,}|x{4,}"),
    ("××", r"×{2,}"),
    ("某", r"某(?:公司|单位|企业)"),
    ("（待", r"（待(?:填写?|补充?|定)）"),
    ("todo", r"\bTODO\b"),
    ("fixme", r"\bFIXME\b"),
    ("tbd", r"\bTBD\b"),
    ("[", r"\[(?:[Ii]nsert|[Yy]our|[Cc]ompany|请填|填写|插入)[^\]\n]*\](?!\()"),
    ("orem ipsum", r"[Ll]orem ipsum"),
    ("<填写", r"<填写[^>\n]*>"),
    ("<insert", r"<insert[^>\n]*>"),
    ("==", r"==[^=\n]+=="),
    ("{.mark}", r"\{\.mark\}"),
    ("【", r"【(?:填写|待|说明)[^】\n]*】"),
)
"""What a placeholder holds in lower case, and how it is recognized."""
_BROKEN: tuple[tuple[str, str], ...] = (
    ("未找到引用源", r"错误[!！]\s*未找到引用源"),
    ("error! ", r"Error! (?:Reference source not found|Bookmark not defined)"),
    ("#ref!", r"#REF!"),
)
_NUMBER = re.compile(r"SMS-(?:M|POL|PL|AG|RG|PR|WI)-\d{2}(?:-F\d{2})?(?!\d)")
_OLD = re.compile(r"20000-1[:：]\s?(?:2005|2011)|24405\.1[-—]2009|服务管理\s*第1部分[:：]?\s*规范")
_CLAUSE = re.compile(r"(?:ISO/IEC 20000-1(?::2018)?|本标准)(?:的)?\s*(?:第)?(\d{1,2}(?:\.\d{1,2}){0,3})\s*(?:条|章)")
_TITLE = re.compile(r"《([^《》\n]{2,40})》")
_SHARED = ("base", "extended", "starter", "schema")
_NAME = re.compile(
    r"^(?:name|short): *\{ *zh: *\"?([^,}\"\n]{2,40})\"?, *en: *(?:\"([^\"\n]{3,60})\"|([^}\n]{3,60}))\}", re.M
)


def no_placeholders(case: Case) -> Iterator[Found]:
    """DC-34: nothing is left of a template: XXX, [Insert …], 某公司, TODO, yellow notes."""
    yield from _any_of(case, _PLACEHOLDERS)


def _any_of(case: Case, table: Sequence[tuple[str, str]]) -> Iterator[Found]:
    """What a table of patterns matches; only those are tried of which the texts hold the word before."""
    for language in _LANGUAGES:
        there = case.texts.among(language, [word for word, _ in table])
        either = "|".join(pattern for word, pattern in table if word in there)
        for hit in case.texts.search(language, re.compile(either)) if either else ():
            yield found(hit.span, hit.pair.where, text=hit.text)


def no_other_names(case: Case) -> Iterator[Found]:
    """DC-34-name: no other client of this folder is named."""
    names = _other_names(case.workspace.folders)
    if not names:
        return
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    for language in _LANGUAGES:
        for hit in case.texts.search(language, pattern):
            yield found(hit.span, hit.pair.where, text=hit.text)


def _other_names(folders: tuple[Path, ...]) -> set[str]:
    """Names of the clients beside this one; those that it shares texts with are none."""
    own = {folder.name for folder in folders}
    found_names: set[str] = set()
    for path in sorted(folders[0].parent.glob("*/client.yaml")):
        if path.parent.name not in own and path.parent.name not in _SHARED:
            for zh, quoted, plain in _NAME.findall(path.read_text("utf-8", errors="replace")[:4000]):
                found_names |= {name.strip() for name in (zh, quoted, plain) if name and not name.startswith("__")}
    ours = folders[0] / "client.yaml"
    if ours.exists():
        mine = {name for row in _NAME.findall(ours.read_text("utf-8", errors="replace")[:4000]) for name in row if name}
        found_names = {name for name in found_names if not any(name in one or one in name for one in mine)}
    return found_names


def no_broken_fields(case: Case) -> Iterator[Found]:
    """DC-35: no field of an old Word file came along broken."""
    yield from _any_of(case, _BROKEN)


def numbers_exist(case: Case) -> Iterator[Found]:
    """DC-36-number: a document number in a text is that of a document."""
    for language in _LANGUAGES:
        for hit in case.texts.search(language, _NUMBER):
            if not any(code.endswith(hit.text) for code in case.content.documents):
                yield found(hit.span, hit.pair.where, number=hit.text)


def titles_exist(case: Case) -> Iterator[Found]:
    """DC-36-title: a title in 《》 is that of a document, an obligation or a document from outside."""
    content = case.content
    known = [str(record.title.zh) for record in content.documents.values()]
    known += [str(one.name.zh) for one in content.plan.obligations]
    known += [str(one.name.zh) for one in content.external.documents]
    said = "\n".join(known)
    for hit in case.texts.search("zh", _TITLE):
        title = hit.text[1:-1]
        if (
            title not in said
            and hit.pair.path[0] not in ("plan", "external")
            and not title.startswith("中华人民共和国")
        ):
            yield found(hit.span, hit.pair.where, title=title)


def edition_in_force(case: Case) -> Iterator[Found]:
    """DC-09: no old edition of the standard is cited."""
    for language in _LANGUAGES:
        for hit in case.texts.search(language, _OLD):
            if hit.pair.path[0] != "external":  # The list of documents from outside tells editions apart.
                yield found(hit.span, hit.pair.where, text=hit.text)


def clauses_exist(case: Case) -> Iterator[Found]:
    """DC-09-clause: a clause of the standard that a text cites is one of it."""
    for hit in case.texts.search("zh", _CLAUSE):
        match = _CLAUSE.fullmatch(hit.text)
        if match is not None and match[1] not in CLAUSES and match[1] not in ("1", "2", "3"):
            yield found(hit.span, hit.pair.where, clause=match[1])


FAMILY = Family(
    "residue",
    "texts",
    (
        Rule("DC-09", "error", "7.5.3.2", edition_in_force),
        Rule("DC-09-clause", "error", "7.5.3.2", clauses_exist),
        Rule("DC-34", "error", "7.5.2", no_placeholders),
        Rule("DC-34-name", "error", "7.5.2", no_other_names),
        Rule("DC-35", "error", "7.5.2", no_broken_fields),
        Rule("DC-36-number", "error", "7.5.3.2", numbers_exist),
        Rule("DC-36-title", "warning", "7.5.3.2", titles_exist),
    ),
)
"""Rules on residue."""
