"""Whether texts repeat a copy of a standard word for word; of the copy only hashes are kept (DC-44).

Copies are under copyright, so that docgen ships none: who has a licensed one makes its fingerprint once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from docgen.checks.rule import Case, Family, Found, Rule, found
from docgen.checks.texts import place
from docgen.diagnostics import Language, Span, fail
from docgen.source import text_of
from docgen.standard import CLAUSES

FOLDER = "fingerprints"
"""Folder of a client that holds them, a file for each copy."""
RUN: dict[Language, int] = {"en": 10, "zh": 16}
"""Words, or Han characters, in a row from which a text is a copy; titles and names of standards are shorter."""
_WORD: dict[Language, re.Pattern[str]] = {"en": re.compile(r"[a-z0-9]+"), "zh": re.compile(r"[\u4e00-\u9fff]")}
_DIGITS = 16
_LINE = re.compile(rf"[0-9a-f]{{{_DIGITS}}}")


def fingerprint(path: Path) -> bytes:
    """The hashes of every run of words in a text file, a line each in order.

    Raises DocgenError where the file is no text in UTF-8, too large, or holds no run of words.
    """
    titles = {one for clause in CLAUSES.values() for title in clause.title.values() for one, _, _ in _runs(title)}
    hashes = {one for one, _, _ in _runs(text_of(path, path.name))} - titles
    if not hashes:
        raise fail("no-words", Span(path.name))
    return "".join(f"{one}\n" for one in sorted(hashes)).encode()


def _runs(text: str, languages: Collection[Language] = ("en", "zh")) -> Iterator[tuple[str, int, int]]:
    """The hash of every run of words of a text, and where it begins and ends."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = text
    for language in languages:
        words = [(match[0], match.start(), match.end()) for match in _WORD[language].finditer(lower)]
        for first in range(len(words) - RUN[language] + 1):
            run = words[first : first + RUN[language]]
            hashed = sha256(" ".join(word for word, _, _ in run).encode()).hexdigest()[:_DIGITS]
            yield hashed, run[0][1], run[-1][2]


def nothing_is_copied(case: Case) -> Iterator[Found]:
    """DC-44: no text has a run of words in common with a copy whose fingerprint the client keeps."""
    known = {line for folder in case.workspace.folders for line in _kept(folder)}
    for pair in case.texts.pairs if known else ():
        for language, side in pair.sides.items():
            copied = [(start, end) for hashed, start, end in _runs(side, (language,)) if hashed in known]
            if copied:
                start, end = copied[0]
                for begins, ends in copied[1:]:
                    end = ends if begins <= end else end
                yield found(place(side, start), pair.where, text=" ".join(side[start:end].split()))


def _kept(folder: Path) -> Iterator[str]:
    for path in sorted((folder / FOLDER).glob("*.txt")):
        yield from _LINE.findall(path.read_text("ascii", errors="replace"))


FAMILY = Family("likeness", "texts", (Rule("DC-44", "warning", "own", nothing_is_copied),))
