"""What the procedures of the shipped set say, held against one another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docgen.source import read
from tests.conftest import ROOT

PROCEDURES = sorted(
    path for client in ("base", "extended") for path in (ROOT / "content" / client / "procedures").glob("*.yaml")
)
REFERENCE = re.compile(r"\{[a-z]+:[^}]*\}")
ENDS = {"zh": re.compile(r"[。；！？\n]"), "en": re.compile(r"[.;!?](?:\s|$)|\n")}
LONG = {"zh": 16, "en": 10}
"""Han characters or English words from which a piece of text is a sentence and not a phrase that anybody would use."""


def texts(value: Any, language: str) -> Iterator[str]:
    """All texts of a language, at any depth."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == language and isinstance(inner, str):
                yield inner
            else:
                yield from texts(inner, language)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, language)


def sentences(path: Path, language: str) -> Iterator[str]:
    """The sentences of a procedure without references, in one spelling."""
    for text in texts(read(path, path.name), language):
        for piece in ENDS[language].split(REFERENCE.sub(" ", text)):
            words = re.findall(r"[\u4e00-\u9fff]" if language == "zh" else r"[a-z']+", piece.lower())
            if len(words) >= LONG[language]:
                yield " ".join(words)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_two_procedures_share_a_sentence(language: str) -> None:
    said: dict[str, set[str]] = defaultdict(set)
    for path in PROCEDURES:
        for sentence in sentences(path, language):
            said[sentence].add(path.stem)
    assert len(PROCEDURES) >= 38 and len(said) > 1000
    assert {sentence: names for sentence, names in said.items() if len(names) > 1} == {}
