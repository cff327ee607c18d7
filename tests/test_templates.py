"""Chinese and English are twins: templates in structure, data and references, labels in keys, texts in references."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest

from docgen import source
from docgen.source import Map, Seq
from tests.conftest import ROOT

TEMPLATES = ROOT / "templates"
NAMES = sorted(path.name for path in (TEMPLATES / "zh").glob("*.md"))
CONTENT = sorted(path for client in ("base", "demo", "starter") for path in (ROOT / "content" / client).rglob("*.yaml"))
HEADING = re.compile(r"^(#+) .*?(\{[^{}]*(?:\{\{[^{}]*\}\}[^{}]*)*\})$", re.MULTILINE)
DIRECTIVE = re.compile(r"^(:::+) (\S.*?)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
OWN_WIDTHS = {"tbl-roles", "tbl-boundaries"}
"""Tables whose short columns need more room in English: only the fields have to be the same."""
REFERENCE = re.compile(r"\{[a-z]+:[^{}\s]+\}")


def read(lang: str, name: str) -> str:
    return (TEMPLATES / lang / name).read_text("utf-8")


def headings(text: str) -> list[tuple[int, str]]:
    """Level and attributes of every heading."""
    return [(len(marks), attributes) for marks, attributes in HEADING.findall(text)]


def code(text: str) -> list[tuple[str, str]]:
    """Jinja's tokens: variables and blocks with what is in them."""
    environment = jinja2.Environment(comment_start_string="{##", comment_end_string="##}")
    tokens = [(kind, value) for _, kind, value in environment.lex(text)]
    return [token for token in tokens if token[0] not in ("data", "whitespace")]


def options(body: str) -> list[str]:
    """A directive's options; of a column its field and width, of the caption nothing."""
    kept = []
    own = any(f"id: {identifier}" in body.splitlines() for identifier in OWN_WIDTHS)
    for line in body.splitlines():
        if re.match(r" *- ", line):
            field, _, width = line.strip("- ").split("|")
            kept.append(field.strip() if own else f"{field.strip()} {width.strip()}")
        elif not line.startswith("caption:"):
            kept.append(line)
    return kept


def directives(text: str) -> list[tuple[str, list[str]]]:
    """Name and argument of every directive with its options; of a note the name alone."""
    found = DIRECTIVE.findall(text)
    return [(head, options(body) if head.split()[0] in ("table", "figure") else []) for _, head, body in found]


def references(text: str) -> Counter[str]:
    """What a text refers to, how often; roles once, since one language repeats a subject where the other runs on."""
    found = Counter(REFERENCE.findall(text))
    return Counter({name: 1 if name.startswith("{role:") else count for name, count in found.items()})


def test_both_languages_have_the_same_files() -> None:
    zh, en = ({path.name for path in (TEMPLATES / lang).iterdir()} for lang in ("zh", "en"))
    assert zh == en and "shell.docx" in zh


@pytest.mark.parametrize("name", NAMES)
def test_template_has_its_twin(name: str) -> None:
    zh, en = read("zh", name), read("en", name)
    assert headings(zh) == headings(en)
    assert len(headings(zh)) == len(re.findall(r"^#+ ", zh, re.MULTILINE)), "a heading without id"
    assert directives(zh) == directives(en)
    assert len(directives(zh)) == len(re.findall(r"^:::+ ", zh, re.MULTILINE)), "a directive that is not closed"
    assert references(zh) == references(en)
    assert code(zh) == code(en)


def keys(tree: Any, path: str = "") -> Iterator[str]:
    if isinstance(tree, Map):
        for key, value in tree.items():
            yield f"{path}/{key}"
            yield from keys(value, f"{path}/{key}")


def test_labels_have_the_same_keys() -> None:
    zh, en = (source.read(TEMPLATES / lang / "labels.yaml", "labels.yaml") for lang in ("zh", "en"))
    assert sorted(keys(zh)) == sorted(keys(en))
    places = re.compile(r"\{\w*\}")
    assert isinstance(zh, Map) and isinstance(en, Map)
    for section in ("shell", "words", "formats"):
        for key in zh[section]:
            if isinstance(zh[section][key], str):
                assert sorted(places.findall(zh[section][key])) == sorted(places.findall(en[section][key])), key


def pairs(tree: Any) -> Iterator[Map]:
    """Every pair of texts below a value."""
    if isinstance(tree, Map):
        if {"zh", "en"} <= set(tree) and isinstance(tree["zh"], str):
            yield tree
        for value in tree.values():
            yield from pairs(value)
    elif isinstance(tree, Seq):
        for value in tree:
            yield from pairs(value)


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.relative_to(ROOT / "content").as_posix())
def test_texts_name_the_same_things_in_both_languages(path: Path) -> None:
    uneven = []
    for pair in pairs(source.read(path, path.name)):
        zh, en = references(pair["zh"]), references(pair["en"])
        if zh != en:
            uneven.append(f"{pair['zh'].span}: zh also {dict(zh - en)}, en also {dict(en - zh)}")
    assert uneven == []
