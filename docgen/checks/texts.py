"""The texts of a workspace as they were typed, both languages of each side by side, and searching them all at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from docgen.diagnostics import Language, Span
from docgen.model.workspace import FOLDERS, Content
from docgen.source import Map, Scalar, Seq, Value

HOLE = "\ue000"
"""Stands for every character of a reference, of code and of an address: none of them is anybody's wording."""
_HIDDEN = re.compile(
    r"\{[a-z]+:[^{}\n]*\}|`[^`\n]*`|https?://\S+|^[ \t]*:::.*?^[ \t]*:::[ \t]*$", re.MULTILINE | re.DOTALL
)
_DOCUMENT_FOLDERS = {
    "procedure": "procedures",
    "register": "registers",
    "form": "forms",
    "agreement": "agreements",
    "instruction": "instructions",
    "plan": "papers",
    "policy": "papers",
    "order": "papers",
}


@dataclass(frozen=True)
class Pair:
    """One text in the languages it has."""

    path: tuple[str, ...]
    """Where it is: file or folder and file, then keys and ids."""
    sides: Mapping[Language, Scalar]
    document: str
    """Code of the document that prints this file; '' for data that several may print."""

    @property
    def where(self) -> str:
        """What a waiver names it by: its document, else the thing of the data, else the file."""
        if self.document:
            return self.document
        ids = [step for step in self.path[2:] if not step.isdigit()]
        return ids[0] if len(self.path) > 2 and ids else self.path[0]


@dataclass(frozen=True)
class Hit:
    """A place in a text."""

    pair: Pair
    language: Language
    text: str
    """What was found, with references as they were typed."""
    span: Span
    start: int
    """Where it begins in its side of the pair."""


class Texts:
    """The texts of some documents, or of a whole workspace."""

    def __init__(self, tree: Map, content: Content, codes: Collection[str] | None) -> None:
        self._tree = tree
        self._owners = _owners(content)
        self._codes = codes

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Every text, in the order of files."""
        return tuple(self._all())

    def groups(self) -> Iterator[tuple[str, list[Pair]]]:
        """The texts of each document or file of data."""
        groups: dict[str, list[Pair]] = {}
        for pair in self.pairs:
            groups.setdefault(pair.document or pair.path[0], []).append(pair)
        yield from groups.items()

    def search(self, language: Language, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Every place that a pattern matches in the texts of a language; references, code and addresses are holes."""
        joined = self._zh if language == "zh" else self._en
        for match in pattern.finditer(joined.masked):
            yield joined.hit(match, language)

    def characters(self, language: Language) -> frozenset[str]:
        """The characters that the texts of a language use."""
        return frozenset((self._zh if language == "zh" else self._en).masked)

    @cached_property
    def _zh(self) -> _Joined:
        return _Joined(self.pairs, "zh")

    @cached_property
    def _en(self) -> _Joined:
        return _Joined(self.pairs, "en")

    def _all(self) -> Iterator[Pair]:
        for file, value in self._tree.items():
            if file not in FOLDERS:
                if self._codes is None:
                    yield from _below(value, (file,), "")
            elif isinstance(value, Map):
                for item, inner in value.items():
                    document = item if file == "documents" else self._owners.get((file, item), "")
                    if self._codes is None or document in self._codes:
                        yield from _below(inner, (file, item), document)


class _Joined:
    """The texts of one language as one string, with the way back from a place in it."""

    def __init__(self, pairs: tuple[Pair, ...], language: Language) -> None:
        self._pairs = [pair for pair in pairs if language in pair.sides]
        texts = [str(pair.sides[language]) for pair in self._pairs]
        self._starts = []
        at = 0
        for text in texts:
            self._starts.append(at)
            at += len(text) + 2
        self._text = "\n\n".join(texts)
        self.masked = _HIDDEN.sub(lambda match: HOLE * len(match[0]), self._text)

    def hit(self, match: re.Match[str], language: Language) -> Hit:
        number = bisect_right(self._starts, match.start()) - 1
        pair, start = self._pairs[number], match.start() - self._starts[number]
        side = pair.sides[language]
        return Hit(pair, language, self._text[match.start() : match.end()], _place(side, start), start)


def _place(side: Scalar, start: int) -> Span:
    """The place of a character of a scalar: its line is sure in a block, else the scalar's own."""
    before = side[:start]
    line = before.count("\n")
    column = start - (before.rfind("\n") + 1)
    return Span(side.span.file, side.span.line + line, side.span.column + column)


def _owners(content: Content) -> Mapping[tuple[str, str], str]:
    """The document that prints a file, by folder and name."""
    return {
        (_DOCUMENT_FOLDERS[record.kind], str(record.source)): code
        for code, record in content.documents.items()
        if record.source is not None and record.kind in _DOCUMENT_FOLDERS
    }


def _below(value: Value, path: tuple[str, ...], document: str) -> Iterator[Pair]:
    if isinstance(value, Map):
        sides = {language: value[language] for language in _LANGUAGES if isinstance(value.get(language), Scalar)}
        if sides and not (value.keys() - {"zh", "en"}):
            yield Pair(path, sides, document)
            return
        for key, item in value.items():
            yield from _below(item, (*path, key), document)
    elif isinstance(value, Seq):
        for number, item in enumerate(value, 1):
            name = item.get("id") if isinstance(item, Map) else None
            yield from _below(item, (*path, str(name or number)), document)


_LANGUAGES: tuple[Language, ...] = ("zh", "en")
