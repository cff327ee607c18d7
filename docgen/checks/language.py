"""Rules on wording: records and documents, vague times, mixed terms, marks, scripts, and what templates leave behind.

GP-01 to GP-10 are the pair rules of the glossary; they look at texts as they were typed, so that places are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.checks.rule import Case, Family, Find, Found, Rule, found
from docgen.checks.texts import HOLE, Hit
from docgen.diagnostics import Language
from docgen.model.quantity import UNITS

_HAN = f"\u4e00-\u9fff{HOLE}"
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_KEPT = {
    "zh": re.compile(r"保持[^，。；、：\n]{0,6}记录|保留[^，。；、：\n]{0,6}(?:程序|方针|计划)(?!的?记录)"),
    "en": re.compile(
        r"[Mm]aintain(?:ed|s|ing)?\b[^.,;:\n]{0,20}\brecords?\b(?! (?:are )?retained)"
        r"|[Rr]etain(?:ed|s|ing)?\b[^.,;:\n]{0,20}\b(?:policy|procedure|plan)\b"
    ),
}
_VAGUE = {
    "zh": re.compile(r"定期(?!评审|检修)|(?<!是否)及时(?!性|率|程度)|适当时候|尽快|相关部门|有关部门"),
    "en": re.compile(
        r"\b(?:regularly|periodically|as soon as possible|in a timely manner|promptly|relevant departments?)\b", re.I
    ),
}
_CONDITIONAL = {
    "zh": re.compile(r"必要时(?!（)|视情况(?!（)"),
    "en": re.compile(r"\b(?:if|where|when) necessary\b(?! \()|\bas appropriate\b(?! \()", re.I),
}
_DEFINITE = re.compile(
    r"\d|\{(?:param|setting|target):|每[日周月季年天次]|当[日天]|立即|\b(?:daily|weekly|monthly|quarterly|yearly|every)\b"
)
_MIXED = (
    ("GP-04", "zh", "成文信息", "文件化信息"),
    ("GP-05", "zh", "最高管理者", "最高管理层"),
    ("GP-05", "en", r"\btop management\b", r"\bsenior management\b"),
    ("GP-06", "zh", "客户", "顾客"),
    ("GP-06", "en", r"\bcustomers?\b", r"\bclients?\b"),
    ("GP-07", "zh", "供方", "供应商"),
    ("GP-07", "en", r"\bsuppliers?\b", r"\bvendors?\b"),
)
_ASSURED = re.compile(r"(?<!质量)(?<!服务)(?<!品质)(?<!资源)保证(?!金|书|措施|人)")
_MARKS = {
    "zh": re.compile(
        rf"(?<=[{_HAN}])[,;:?!](?!//)|(?<![A-Za-z0-9{HOLE}])[,;:](?=[\u4e00-\u9fff])|\([^()\n]*[\u4e00-\u9fff][^()\n]*\)"
        rf"|(?<=[\u4e00-\u9fff])\.(?=\s|$|[\u4e00-\u9fff])"
    ),
    "en": re.compile(r"(?<![\u4e00-\u9fff])[，；：（）。、？！《》](?![\u4e00-\u9fff])"),
}
_PINYIN = re.compile(
    r"(?<=[\u4e00-\u9fff])[(（](?!(?:"
    + "|".join(unit for unit in UNITS if unit.isalpha())
    + r"|ms|kg|km|cm|mm|ppm)[)）])"
    r"(?=[a-zü]*[aeiouü])[a-zü]{2,6}[)）]|[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]"
)


def records_are_retained(case: Case) -> Iterator[Found]:
    """GP-01: documents are maintained (保持), records are retained (保留)."""
    for language in _LANGUAGES:
        for hit in case.texts.search(language, _KEPT[language]):
            yield _at(hit)


def no_vague_times(case: Case) -> Iterator[Found]:
    """GP-02: a step or its limit names interval, time or role, not `regularly` or `relevant departments`."""
    for language in _LANGUAGES:
        for hit in case.texts.steps(language, _VAGUE[language]):
            if not _DEFINITE.search(_sentence(hit)):
                yield _at(hit)


def conditions_have_criteria(case: Case) -> Iterator[Found]:
    """GP-03: `if necessary` has its criterion next to it."""
    for language in _LANGUAGES:
        for hit in case.texts.steps(language, _CONDITIONAL[language]):
            yield _at(hit)


def _one_term(code: str) -> Find:
    """One rendering of a term in a document: its first one is told, with the other."""

    def find(case: Case) -> Iterator[Found]:
        for _, language, first, second in (row for row in _MIXED if row[0] == code):
            side: Language = "zh" if language == "zh" else "en"
            if not case.texts.among(side, [_plain(second)]):
                continue
            firsts = {hit.pair.document or hit.pair.path[0] for hit in case.texts.search(side, re.compile(first, re.I))}
            told: set[str] = set()
            for hit in case.texts.search(side, re.compile(second, re.I)):
                group = hit.pair.document or hit.pair.path[0]
                if group in firsts and group not in told:
                    told.add(group)
                    yield found(hit.span, hit.pair.where, text=hit.text, other=_plain(first))

    return find


def _plain(pattern: str) -> str:
    return pattern.replace(r"\b", "").replace("s?", "")


def ensured_not_guaranteed(case: Case) -> Iterator[Found]:
    """GP-08: 确保 is the wording of management systems, 保证 a promise of the law."""
    for hit in case.texts.search("zh", _ASSURED):
        yield _at(hit)


def marks_of_the_language(case: Case) -> Iterator[Found]:
    """GP-09: full-width marks in Chinese, half-width ones in English."""
    for language in _LANGUAGES:
        for hit in case.texts.search(language, _MARKS[language]):
            yield found(hit.span, hit.pair.where, text=_around(hit))


def no_pinyin(case: Case) -> Iterator[Found]:
    """GP-10: no pinyin is left behind in Chinese text."""
    for hit in case.texts.search("zh", _PINYIN):
        yield found(hit.span, hit.pair.where, text=_around(hit))


def simplified_only(case: Case) -> Iterator[Found]:
    """GP-11: no traditional character stands in simplified text."""
    strange = "".join(sorted(one for one in case.texts.characters("zh") if _is_traditional(one)))
    if strange:
        for hit in case.texts.search("zh", re.compile(f"[{strange}]+")):
            yield found(hit.span, hit.pair.where, text=_around(hit))


def _is_traditional(character: str) -> bool:
    """Whether a character is none of GB 2312, but one of Big5: most are traditional forms."""
    if not "\u4e00" <= character <= "\u9fff":
        return False
    return not _in(character, "gb2312") and _in(character, "big5")


def _in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _at(hit: Hit) -> Found:
    return found(hit.span, hit.pair.where, text=hit.text)


def _sentence(hit: Hit) -> str:
    """The sentence around a hit."""
    text = hit.pair.sides[hit.language]
    ends = "。；;\n" if hit.language == "zh" else ".;\n"
    start = max(text.rfind(end, 0, hit.start) for end in ends) + 1
    stops = [at for end in ends if (at := text.find(end, hit.start + len(hit.text))) >= 0]
    return text[start : min(stops, default=len(text))]


def _around(hit: Hit) -> str:
    """A hit with what stands around it."""
    text = hit.pair.sides[hit.language]
    return text[max(0, hit.start - 6) : hit.start + len(hit.text) + 6].replace("\n", " ")


FAMILY = Family(
    "language",
    "texts",
    (
        Rule("GP-01", "warning", "7.5.1", records_are_retained),
        Rule("GP-02", "warning", "8.1", no_vague_times),
        Rule("GP-03", "info", "8.1", conditions_have_criteria),
        Rule("GP-04", "error", "7.5.2", _one_term("GP-04")),
        Rule("GP-05", "warning", "7.5.2", _one_term("GP-05")),
        Rule("GP-06", "warning", "7.5.2", _one_term("GP-06")),
        Rule("GP-07", "warning", "7.5.2", _one_term("GP-07")),
        Rule("GP-08", "info", "7.5.2", ensured_not_guaranteed),
        Rule("GP-09", "error", "7.5.2", marks_of_the_language),
        Rule("GP-10", "error", "7.5.2", no_pinyin),
        Rule("GP-11", "error", "7.5.2", simplified_only),
    ),
)
"""Rules on wording."""
