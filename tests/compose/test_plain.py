"""The short way of reading simple texts gives what the parser gives, on the content and made-up texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import source
from docgen.compose import ast, markdown, plain
from docgen.compose.markdown import Converter
from docgen.diagnostics import Language, Span
from tests.conftest import ROOT


class Named:
    """Values that print every reference as it was written, with its place."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def reference(self, raw: str, kind: str, name: str, form: str, span: Span) -> list[ast.Node]:
        self.asked.append((raw, kind, name, form, span))
        return ast.text(name)

    def place(self, raw: str, line: int) -> Span:
        return Span(raw, line)

    def directive(self, name: str, argument: str, body: str, span: Span) -> list[ast.Node]:
        return [ast.para(ast.text(body))]

    def slot(self, number: int) -> list[ast.Node]:
        return []

    slot_blocks = slot

    def slot_text(self, number: int) -> str:
        return ""

    def slot_is_role(self, number: int) -> bool:
        return False


def read(text: str, language: Language) -> tuple[str, list[Any]]:
    values = Named()
    return json.dumps(Converter(values, language).blocks(text, slots=False)), values.asked


def both(text: str, language: Language, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, Any]:
    short = read(text, language)
    with monkeypatch.context() as patch:
        patch.setattr(markdown.plain, "tokens", lambda text: None)
        return short, read(text, language)


def texts(value: Any) -> Iterator[tuple[str, Language]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("zh", "en") and isinstance(item, str):
                yield item, "zh" if key == "zh" else "en"
            else:
                yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def test_on_the_texts_of_the_content(monkeypatch: pytest.MonkeyPatch) -> None:
    simple = total = 0
    for path in sorted((ROOT / "content").rglob("*.yaml")):
        if "library" in path.parts:
            continue
        for text, language in texts(source.read(path, path.name)):
            total += 1
            if plain.tokens(text) is not None:
                simple += 1
                short, parsed = both(text, language, monkeypatch)
                assert short == parsed, text
    assert simple > total * 0.8


PIECES = st.sampled_from(
    ["- ", "-", "  ", " ", "\n", "\n\n", "文字", "words", "{role:SMO}", "{doc:SMS-PR-01|code}", "{", "}", "1. ", "：",
     ":", "*", "_", "|", "#", "。", "+", "=", "---", "    ", "\\", "1", "x", "·", "~", "<b>", "&amp;"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from(["zh", "en"]))
def test_on_made_up_texts(text: str, language: Language) -> None:
    if plain.tokens(text) is not None:
        with pytest.MonkeyPatch.context() as patch:
            short, parsed = both(text, language, patch)
        assert short == parsed
