"""The texts of a workspace as they were typed, both languages of each side by side, and searching them all at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from docgen.diagnostics import Language, Span
from docgen.model.workspace import FOLDERS, Content
from docgen.source import Map, Scalar, Seq, Value

HOLE = "\ue000"
"""Stands for every character of a reference, code, address or short quotation: none is the wording of the text."""
_HIDDEN = re.compile(r"\{[a-z]+:[^{}\n]*\}|`[^`\n]*`|https?://\S+|“[^“”\n]{1,30}”")
_DIRECTIVE = re.compile(r"^[ \t]*:::.*?^[ \t]*:::[ \t]*$", re.MULTILINE | re.DOTALL)
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_LABEL = {"zh": 16, "en": 60}
"""Characters up to which a text is a heading, a label or a cell."""
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
        """Every place that a pattern matches in the texts of a language; references, code and quotations are holes."""
        return self._joined[language].search(pattern)

    def steps(self, language: Language, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """The same in the steps of procedures and the tasks of instructions alone."""
        return self._steps[language].search(pattern)

    def words(self, language: Language, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """The same for a pattern in lower case that begins with letters, where a word begins."""
        return self._joined[language].words(pattern)

    def labels(self, language: Language, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """The same as `words` in headings, labels and cells alone, whose sides render each other word by word."""
        return self._labels[language].words(pattern)

    def among(self, language: Language, words: Iterable[str]) -> list[str]:
        """Those of some words, in lower case, that the texts of a language hold: much faster than a pattern of all."""
        lower = self._joined[language].lower
        return [word for word in words if word in lower]

    def characters(self, language: Language) -> frozenset[str]:
        """The characters that the texts of a language use."""
        return frozenset(self._joined[language].masked)

    @cached_property
    def _joined(self) -> Mapping[Language, _Joined]:
        return {language: _Joined(self.pairs, language) for language in _LANGUAGES}

    @cached_property
    def _steps(self) -> Mapping[Language, _Joined]:
        acting = tuple(pair for pair in self.pairs if _is_step(pair))
        return {language: _Joined(acting, language) for language in _LANGUAGES}

    @cached_property
    def _labels(self) -> Mapping[Language, _Joined]:
        short = tuple(
            pair for pair in self.pairs if all(len(pair.sides.get(one, "")) <= _LABEL[one] for one in _LANGUAGES)
        )
        return {language: _Joined(short, language) for language in _LANGUAGES}

    def _all(self) -> list[Pair]:
        found: list[Pair] = []
        for file, value in self._tree.items():
            if file not in FOLDERS:
                if self._codes is None:
                    _collect(value, (file,), "", found)
            elif isinstance(value, Map):
                for item, inner in value.items():
                    document = item if file == "documents" else self._owners.get((file, item), "")
                    if self._codes is None or document in self._codes:
                        _collect(inner, (file, item), document, found)
        return found


class _Joined:
    """The texts of one language as one string, with the way back from a place in it."""

    def __init__(self, pairs: tuple[Pair, ...], language: Language) -> None:
        self._language = language
        self._pairs = [pair for pair in pairs if language in pair.sides]
        texts = [str(pair.sides[language]) for pair in self._pairs]
        self._starts = []
        at = 0
        for text in texts:
            self._starts.append(at)
            at += len(text) + 2
        self._text = "\n\n".join(texts)
        shown = [_DIRECTIVE.sub(_hole, text) if ":::" in text else text for text in texts]
        self.masked = _HIDDEN.sub(_hole, "\n\n".join(shown))

    @cached_property
    def lower(self) -> str:
        """The string in lower case; itself where a character has a longer lower case."""
        lower = self.masked.lower()
        return lower if len(lower) == len(self.masked) else self.masked

    def search(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Every place that a pattern matches."""
        return (self._hit(match) for match in pattern.finditer(self.masked))

    def words(self, pattern: re.Pattern[str]) -> Iterator[Hit]:
        """Every place where a pattern in lower case matches the beginning of a word; Chinese has no such beginnings."""
        for match in pattern.finditer(self.lower):
            before = self.lower[match.start() - 1 : match.start()]
            if self._language == "zh" or not before.isalnum():
                yield self._hit(match)

    def _hit(self, match: re.Match[str]) -> Hit:
        number = bisect_right(self._starts, match.start()) - 1
        pair, start = self._pairs[number], match.start() - self._starts[number]
        side = pair.sides[self._language]
        return Hit(pair, self._language, self._text[match.start() : match.end()], place(side, start), start)


def _is_label(pair: Pair) -> bool:
    """Whether a text is so short in every language that it is a heading, a label or a cell."""
    return all(len(pair.sides.get(language, "")) <= _LABEL[language] for language in _LANGUAGES)


def _is_step(pair: Pair) -> bool:
    """Whether a text is one of a step or a task."""
    return len(pair.path) > 3 and pair.path[2] == {"procedures": "steps", "instructions": "tasks"}.get(pair.path[0])


def _hole(match: re.Match[str]) -> str:
    return HOLE * len(match[0])


def place(side: Scalar, start: int) -> Span:
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


def _collect(value: Value, path: tuple[str, ...], document: str, found: list[Pair]) -> None:
    """The texts below a value, in order."""
    if isinstance(value, Map):
        if "zh" in value or "en" in value:
            sides = {language: value[language] for language in _LANGUAGES if isinstance(value.get(language), Scalar)}
            if len(sides) == len(value):
                found.append(Pair(path, sides, document))
                return
        for key, item in value.items():
            if not isinstance(item, Scalar):
                _collect(item, (*path, key), document, found)
    elif isinstance(value, Seq):
        for number, item in enumerate(value, 1):
            if isinstance(item, Map):
                _collect(item, (*path, str(item.get("id") or number)), document, found)
            elif isinstance(item, Seq):
                _collect(item, (*path, str(number)), document, found)
