"""What a text states in figures, to hold its translation against: numbers, units, dates, times, codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from docgen.diagnostics import Language

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHARED = r"""
  (?P<always>7\s?[×x*/]\s?24(?:小时|\ hours)?|24\s?[×x*/]\s?7(?!\d)
    |每周[7七]天、?每天24小时|24\ hours\ (?:a|per)\ day,?\ (?:and\ )?(?:7|seven)\ days\ (?:a|per)\ week)
| (?P<code>(?<![A-Za-z0-9])[A-Z]{1,12}(?:[-/][A-Z]{1,12}){0,6}[-/]?\d+(?:[-/.]?[A-Z0-9]+)*)
| (?P<iso>(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d))
| (?P<time>\d{1,2}:[0-5]\d)(?![\d:])
"""
_NUMBER = r"""(?=[0-9<>≤≥])(?:(?P<sign>[<>≤≥])\s?)?
    (?P<number>\d{1,3}(?:,\d{3}){1,9}(?!\d)(?:\.\d{1,40})?|\d{1,40}(?:\.\d{1,40})*)"""
_PERIODS = r"(?:working|business)[-\ ]day|hour|minute|second|day|week|month|quarter|year"
_DIGITS = dict(zip("一二两三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WORDS: Mapping[str, int] = {
    **{word: value for value, word in enumerate(_COUNTS, 2)},
    **{word: value for value, word in enumerate(_ORDINALS, 1)},
    **dict.fromkeys(("one", "once", "single"), 1),
    **dict.fromkeys(("both", "twice", "double"), 2),
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
}
_FIRST = "".join(sorted({word[0] for word in (*_WORDS, "a", "each", "last", "per")}))
"""How English words that state something begin; patterns look at what begins like that and pass over the rest."""
_PATTERNS: Mapping[Language, re.Pattern[str]] = {
    "zh": re.compile(
        rf"""(?=[0-9<>≤≥A-Z每周星一二两三四五六七八九十百千万亿双])(?:{_SHARED}
| (?P<month>\d{{1,2}})月
| {_NUMBER}(?:\s?(?P<times>[万亿]))?
    (?:\s?(?P<unit>个百分点|个?工作日|个?小时|分钟|秒|天|周|个?星期|个月|个?季度|年|%|元|[KMGT]B))?
| (?:周|星期)(?P<weekday>[一二三四五六日天])(?![次回期年月常志报程])
| (?P<spelled>每(?=[周日天月年]|季度|小时|分钟|工作日)|[一二两三四五六七八九十百千万亿双]{{1,12}})
    (?:(?=(?P<counted>[个项家条种类级次名份套位件组处台栏句天年周])))?)
""",
        re.VERBOSE | re.ASCII,
    ),
    "en": re.compile(
        rf"""(?=[0-9<>≤≥A-Z]|\b[{_FIRST}])(?:{_SHARED}
| {_NUMBER}(?:\ ?(?P<times>×10,000|thousand\b|million\b|billion\b))?
    (?:[-\ ]?(?P<unit>percentage\ point|{_PERIODS}|%|per\ ?cent|yuan|[KMGT]B)s?(?![a-z]))?
| \b(?P<month>{"|".join(m for m in _MONTHS if m != "May")}
    |(?:(?<=\d\ )|(?<=\ in\ )|(?<=\ of\ )|(?<=\ by\ )|(?<=\ to\ ))May|May(?=\ \d))\b
| \b(?P<weekday>{"|".join(_WEEKDAYS)})s?\b
| \b(?P<spelled>{"|".join([*_WORDS, *map(str.title, _WORDS)])}
    |(?:[Aa]n?|[Ee]ach|[Ee]very|last|per)(?=\ (?:{_PERIODS})))\b)
""",
        re.VERBOSE | re.ASCII,
    ),
}
_ANYTHING: Mapping[Language, re.Pattern[str]] = {
    "zh": re.compile(r"[0-9０-９一二两三四五六七八九十百千万亿双每周星]"),
    "en": re.compile(
        rf"""[0-9０-９]|\b(?:{"|".join((*_MONTHS, *_WEEKDAYS, *_WORDS, *map(str.title, _WORDS)))}
        |[Aa]n?\ (?:{_PERIODS})|[Ee](?:ach|very)\ |last\ |per\ )""",
        re.VERBOSE | re.ASCII,
    ),
}
"""Without a match a text states nothing: most do not, and this is told fast."""
_UNITS: Mapping[str, str] = {
    **dict.fromkeys(("个百分点", "percentage point"), "point"),
    **dict.fromkeys(("%", "percent", "per cent"), "%"),
    **dict.fromkeys(("工作日", "个工作日", "working day", "business day"), "workday"),
    **dict.fromkeys(("小时", "个小时"), "hour"),
    **dict.fromkeys(("周", "星期", "个星期"), "week"),
    **dict.fromkeys(("季度", "个季度"), "quarter"),
    "分钟": "minute",
    "秒": "second",
    "天": "day",
    "个月": "month",
    "年": "year",
    "元": "yuan",
}
"""The units of both languages by one name; the English ones not listed name themselves."""
_TIMES = {"万": 10**4, "亿": 10**8, "×10,000": 10**4, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_ONE_WIDTH = str.maketrans("０１２３４５６７８９％\u00a0\u2009\u202f", "0123456789%   ")


@dataclass(frozen=True)
class Number:
    """A number as stated: `15 minutes` is 15 of the unit minute; where the text names no unit, unit and sign are ''."""

    value: str
    unit: str = ""
    sign: str = ""
    printed: str = field(default="", compare=False)

    def agrees(self, other: Number) -> bool:
        """Whether two numbers can mean the same; a unit or a sign that one of them leaves out is no contradiction."""
        return self.value == other.value and all(
            a == b or not a or not b for a, b in ((self.unit, other.unit), (self.sign, other.sign))
        )


Names = tuple[tuple[str, str], ...]
"""What is named, and how it is printed."""


@dataclass(frozen=True)
class Facts:
    """What one text states."""

    numbers: tuple[Number, ...]
    """Numbers in figures, months and times, in order, repeated where the text repeats them."""

    names: Names
    """Codes, years and weekdays, with the words they are printed in."""

    counts: tuple[Number, ...]
    """Small numbers in words that clearly count something: `two of the three`, 两项."""

    words: tuple[str, ...]
    """Every number in words, as figures; it may stand for a figure of the other text."""


_NOTHING = Facts((), (), (), ())


def facts(text: str, language: Language) -> Facts:
    """What a text in a language states."""
    if not _ANYTHING[language].search(text):
        return _NOTHING
    numbers: list[Number] = []
    names: list[tuple[str, str]] = []
    counts: list[Number] = []
    words: list[str] = []
    for match in _PATTERNS[language].finditer(text.translate(_ONE_WIDTH)):
        printed, groups = match[0].strip(), match.groupdict()
        if groups["code"] or groups["weekday"]:
            names.append((_name(groups), printed))
        elif groups["spelled"]:
            value = _spelled(groups["spelled"])
            words.append(value)
            if _counts(groups, value):
                counts.append(Number(value, printed=printed))
        elif not groups["always"]:
            for number in _figures(groups, printed):
                if _is_year(number):
                    names.append((number.value, printed))
                else:
                    numbers.append(number)
    return Facts(tuple(numbers), tuple(names), tuple(counts), tuple(words))


def differences(here: Facts, there: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the first text states and the second does not, and the reverse, as printed; both empty where they agree.

    Any number in words may stand for a figure of the other text; where both have figures left over, which would
    contradict each other, only one that clearly counts may.
    """
    if here.numbers == there.numbers and here.counts == there.counts and _named(here) == _named(there):
        return (), ()
    ours, theirs = _unmatched(here.numbers, there.numbers)
    counted, others_counted = _unmatched(here.counts, there.counts)
    if ours and theirs:
        ours, theirs = _unspoken(ours, _values(others_counted)), _unspoken(theirs, _values(counted))
    else:
        ours, theirs = _unspoken(ours, there.words), _unspoken(theirs, here.words)
    names, others = _unnamed(here.names, there.names)
    if not (ours or theirs or names or others):
        ours, theirs = _unspoken(counted, there.words), _unspoken(others_counted, here.words)
        if not (ours and theirs):
            return (), ()
    left, right = (tuple(number.printed for number in numbers) for numbers in (ours, theirs))
    return (*names, *left), (*others, *right)


def _named(one: Facts) -> list[str]:
    return [name for name, _ in one.names]


def _values(numbers: Iterable[Number]) -> list[str]:
    return [number.value for number in numbers]


def _unnamed(here: Names, there: Names) -> tuple[list[str], list[str]]:
    """Names of each side that the other has not; how often counts only where both have as many, for `it` may stand."""
    left, right = Counter(name for name, _ in here), Counter(name for name, _ in there)
    if len(here) != len(there):
        left, right = Counter(dict.fromkeys(left, 1)), Counter(dict.fromkeys(right, 1))
    return [dict(here)[name] for name in left - right], [dict(there)[name] for name in right - left]


def _unmatched(here: Sequence[Number], there: Sequence[Number]) -> tuple[list[Number], list[Number]]:
    """Numbers of each side that the other has not; each number answers for one."""
    ours, theirs = list((Counter(here) - Counter(there)).elements()), Counter(there) - Counter(here)
    waiting: dict[str, list[Number]] = {}
    for number in theirs.elements():
        waiting.setdefault(number.value, []).append(number)
    left = []
    for number in ours:
        among = waiting.get(number.value, [])
        answer = next((other for other in among if number.agrees(other)), None)
        if answer is None:
            left.append(number)
        else:
            among.remove(answer)
    return left, [number for numbers in waiting.values() for number in numbers]


def _unspoken(numbers: Iterable[Number], words: Iterable[str]) -> list[Number]:
    """Numbers that no number in words of the other text stands for."""
    spoken, found = Counter(words), []
    for number in numbers:
        if spoken[number.value]:
            spoken[number.value] -= 1
        else:
            found.append(number)
    return found


def _name(groups: Mapping[str, str]) -> str:
    """A code as it is; a weekday as its number, so that both languages agree."""
    day = groups["weekday"]
    if not day:
        return groups["code"]
    return f"weekday {_WEEKDAYS.index(day) if day in _WEEKDAYS else '一二三四五六日'.find(day) % 7}"


def _figures(groups: Mapping[str, str], printed: str) -> Iterator[Number]:
    """The numbers of a match: one, or the parts of an ISO date."""
    if groups["iso"]:
        year, month, day = groups["iso"].split("-")
        yield from (Number(year, "", "", printed), Number(str(int(month)), "of year", "", printed))
        yield Number(str(int(day)), "", "", printed)
    elif groups["time"]:
        yield Number(groups["time"].zfill(5), "time", "", printed)
    elif groups["month"]:
        month = groups["month"]
        yield Number(str(_MONTHS.index(month) + 1 if month in _MONTHS else int(month)), "of year", "", printed)
    else:
        unit = groups["unit"] or ""
        value = _plain(groups["number"], _TIMES.get(groups["times"] or "", 1))
        yield Number(value, _UNITS.get(unit.replace("-", " "), unit), groups["sign"] or "", printed)


def _plain(number: str, times: int) -> str:
    """A number without separators; parts of clause numbers and trailing zeros stay, 4.1 is not 4.10."""
    digits = number.replace(",", "")
    if times != 1 and digits.count(".") < 2:
        return f"{(Decimal(digits) * times).normalize():f}"
    return str(int(digits)) if digits.isdigit() else digits


def _is_year(number: Number) -> bool:
    return len(number.value) == 4 and number.value[:2] in ("19", "20") and number.unit in ("", "year")


def _spelled(words: str) -> str:
    """A number in words as figures."""
    if words.isascii():
        return str(_WORDS.get(words.lower(), 1))
    if words == "每":
        return "1"
    total = part = digit = 0
    for character in words:
        scale = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}.get(character)
        if scale is None:
            digit = _DIGITS.get(character, 2)
        elif scale < 10**4:
            part, digit = part + (digit or 1) * scale, 0
        else:
            total, part, digit = (total + part + digit or 1) * scale, 0, 0
    return str(total + part + digit)


def _counts(groups: Mapping[str, str], value: str) -> bool:
    """Whether a number in words clearly counts: two or more, before a measure word in Chinese."""
    if groups["spelled"].isascii():
        return groups["spelled"].lower() in _COUNTS
    return bool(groups["counted"]) and value != "1"
