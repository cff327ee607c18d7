"""Two runs of text compared by words: what is kept, what went and what came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from docgen.compose import ast
from docgen.compose.ast import Node

_UNITS = (
    r"个?工作日|个?自然日|个?小时|分钟|毫秒|秒钟?|季度|个?月|周|日|天|年|次|人|名|项|级|类|份|万元|元"
    r"|(?:working |business |calendar )?(?:days?|hours?|minutes?|seconds?|weeks?|months?|quarters?|years?)\b"
    r"|%|％|‰|[KMGT]B\b|ms\b"
)
_WORD = re.compile(
    rf"\d+(?:[.,:]\d+)*[ \u00a0]?(?:{_UNITS})"
    rf"|[一二三四五六七八九十百两半]+(?:{_UNITS})"
    r"|[A-Za-z0-9\u00c0-\u024f_]+(?:[-./:@&'’+][A-Za-z0-9\u00c0-\u024f_]+)*"
    r"|\s+|."
)
"""A word: a number with its unit, a Latin word or code, white space, or a single other character."""

_FEATURE = re.compile(r"[A-Za-z0-9_]+|[\u2e80-\u9fff]+")
_HOLDERS = {"Strong", "Emph", "Strikeout", "Underline", "Superscript", "Subscript", "SmallCaps"}
_BLANK = re.compile(r"[\W_]*")

SAME = 0.25
"""Share of letters that two texts must have in common to be compared word by word."""

WIDEST = 4_000_000
"""Pairs of words looked at in one text; a longer text is replaced as a whole between its equal ends."""

LONGEST = 60
"""Letters of text kept between two changes that may still be absorbed by them."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Markup around words: bold, a link, a marked run."""

    key: str
    """What it is and, for a link, where it leads; equal for equal markup."""

    node: Node
    """The node, whose content does not count."""

    is_automatic: bool
    """Whether the words in it are a number that the composition counted."""


@dataclass(frozen=True, slots=True)
class Word:
    """The smallest piece that a comparison keeps, takes out or puts in."""

    text: str
    """What a reader sees of it."""

    key: str
    """Equal for words that are the same in the same markup."""

    holders: tuple[Holder, ...]
    """Markup around it, outermost first."""

    leaf: Node | None
    """The node of a word that is no text: a line break, a picture, code, a footnote."""

    @property
    def is_automatic(self) -> bool:
        """Whether it is part of a counted number: of a caption, or in a cross reference."""
        return any(holder.is_automatic for holder in self.holders)


@dataclass(frozen=True, slots=True)
class Hunk:
    """Neighbouring words that are the same in both texts, or that took each other's place."""

    before: Sequence[Word]
    """Words of the old text."""

    after: Sequence[Word]
    """Words of the new text."""

    is_same: bool
    """Whether both are equal."""

    @property
    def is_renumbering(self) -> bool:
        """Whether only counted numbers changed, which is a consequence of a change elsewhere."""
        return (
            not self.is_same
            and bool(self.before)
            and bool(self.after)
            and all(word.is_automatic for word in (*self.before, *self.after))
            and {word.holders[0].key for word in self.before} == {word.holders[0].key for word in self.after}
        )


def words(inlines: Sequence[Node], holders: tuple[Holder, ...] = ()) -> list[Word]:
    """The words of inlines."""
    found: list[Word] = []
    around = "\n".join(holder.key for holder in holders)
    text = ""
    for node in inlines:
        kind = node["t"]
        content: Any = node.get("c")
        if kind == "Str":
            text += content
        elif kind in ("Space", "SoftBreak"):
            text += " "
        else:
            found += [_text(part, around, holders) for part in _WORD.findall(text)]
            text = ""
            if kind in _HOLDERS:
                found += words(content, (*holders, Holder(kind, node, False)))
            elif kind in ("Span", "Link"):
                found += words(content[1], (*holders, _holder(node)))
            else:
                said = "" if kind == "Note" else ast.flat(node)
                found.append(Word(said, f"{kind}\n{key(node)}\n{around}", holders, node))
    return found + [_text(part, around, holders) for part in _WORD.findall(text)]


def _text(part: str, around: str, holders: tuple[Holder, ...]) -> Word:
    return Word(part, f"{part}\n{around}", holders, None)


def _holder(node: Node) -> Holder:
    kind, (_, classes, _), content = node["t"], node["c"][0], node["c"]
    target = content[2][0] if kind == "Link" else ""
    return Holder(f"{kind} {' '.join(classes)} {target}", node, "xref" in classes or "caption-number" in classes)


def key(node: Any) -> str:
    """What a tree says as one string; ids, widths and counted numbers do not count."""
    if isinstance(node, list):
        return "".join(map(key, node))
    if not isinstance(node, dict):
        return ""
    kind = node["t"]
    content: Any = node.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak"):
        return " "
    if kind in ("Code", "CodeBlock", "RawInline", "RawBlock", "Math"):
        return f"<{kind} {content[1]}>"
    if kind in ("Span", "Link"):
        holder = _holder(node)
        return f"<{holder.key}{'' if holder.is_automatic else key(content[1])}>"
    if kind == "Image":
        return f"<{content[2][0]}>"
    if kind == "Table":
        rows = [*content[3][1], *(row for body in content[4] for row in body[3])]
        return f"<T{key(content[1][1])}{''.join(f'<r{_cells(row)}>' for row in rows)}>"
    if kind == "Header":
        return f"<H{content[0]} {key(content[2])}>"
    if kind in ("BulletList", "OrderedList"):
        items = content if kind == "BulletList" else content[1]
        return f"<{kind}{''.join(f'<i{key(item)}>' for item in items)}>"
    return f"<{'Para' if kind == 'Plain' else kind}{key(content)}>"


def _cells(row: Any) -> str:
    return "".join(f"<c{cell[2]},{cell[3]} {key(cell[4])}>" for cell in row[1])


def features(text: str) -> frozenset[str]:
    """What two texts are likened by: words, and pairs of Chinese characters."""
    found: set[str] = set()
    for part in _FEATURE.findall(text):
        if part[0] < "\u2e80" or len(part) == 1:
            found.add(part.lower())
        else:
            found.update(map("".join, pairwise(part)))
    return frozenset(found)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0, nothing in common, to 1 (Dice's coefficient)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else float(one == other)


def compared(before: Sequence[Word], after: Sequence[Word]) -> list[Hunk]:
    """The texts as hunks in reading order; changes that stand close together are one."""
    hunks = _raw(before, after)
    changed = [hunk for hunk in hunks if not hunk.is_same]
    if not changed or all(hunk.is_renumbering for hunk in changed):
        return hunks
    kept = sum(_size(hunk.after) for hunk in hunks if hunk.is_same)
    if kept < SAME * max(_size(before), _size(after)):
        return [Hunk(before, after, False)]
    return _joined(hunks)


def _raw(before: Sequence[Word], after: Sequence[Word]) -> list[Hunk]:
    old, new = [word.key for word in before], [word.key for word in after]
    start, shortest = 0, min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    end = 0
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    hunks = [Hunk(before[:start], after[:start], True)] if start else []
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if len(old) * len(new) > WIDEST:
        hunks.append(Hunk(before[start : start + len(old)], after[start : start + len(new)], False))
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            hunks.append(Hunk(before[start + i1 : start + i2], after[start + j1 : start + j2], tag == "equal"))
    if end:
        hunks.append(Hunk(before[len(before) - end :], after[len(after) - end :], True))
    return hunks


def _joined(hunks: Sequence[Hunk]) -> list[Hunk]:
    """The hunks with what is kept between two changes given up where it is no longer than both: a reader takes in
    one change of a few words more easily than several of single letters."""
    found: list[Hunk] = []
    for hunk in hunks:
        found.append(hunk)
        while len(found) >= 3 and not found[-1].is_same and _is_crumb(*found[-3:]):
            first, kept, last = found[-3:]
            joined = Hunk(
                [*first.before, *kept.before, *last.before], [*first.after, *kept.after, *last.after], is_same=False
            )
            found[-3:] = [joined]
    return found


def _is_crumb(first: Hunk, kept: Hunk, last: Hunk) -> bool:
    if first.is_same or not kept.is_same or first.is_renumbering or last.is_renumbering:
        return False
    if any(word.is_automatic or word.leaf for word in kept.after):
        return False
    size = _size(kept.after)
    if not size and not any(letter in ".。;；!！?？" for word in kept.after for letter in word.text):
        return True
    weights = [max(_size(hunk.before), _size(hunk.after)) for hunk in (first, last)]
    return size < LONGEST and (size <= min(weights) if size > 2 else size <= max(weights))


def _size(run: Sequence[Word]) -> int:
    """Letters of words, two for a Chinese character."""
    return sum(
        0 if _BLANK.fullmatch(word.text) else sum(2 if letter > "\u2e7f" else 1 for letter in word.text) for word in run
    )
