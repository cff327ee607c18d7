"""YAML as it was typed, where it was typed, and the laws of the overlay."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError, Span
from docgen.source import Map, Scalar, Seq, locate, overlay, parse, without_nulls

HERE = Span("x.yaml")


def tree(value: Any) -> Any:
    """Plain data as source values."""
    if isinstance(value, dict):
        made = Map(HERE)
        for key, item in value.items():
            made[key], made.keys_at[key] = tree(item), HERE
        return made
    if isinstance(value, list):
        return Seq(HERE, [tree(item) for item in value])
    return None if value is None else Scalar(value, HERE)


words = st.text("abc", min_size=1, max_size=3)
item = st.fixed_dictionaries({"id": words}, optional={"v": words})
items = st.lists(item, min_size=1, max_size=4, unique_by=lambda i: i["id"])
trees = st.recursive(words | items, lambda inner: st.dictionaries(words, inner, max_size=4), max_leaves=12)
maps = st.dictionaries(words, trees, max_size=4).map(tree)


@pytest.mark.parametrize("typed", ["1.10", "NO", "0123", "2026-12-01", "1e3", "true", "0x1F", "12:30:00"])
def test_scalars_stay_as_typed(typed: str) -> None:
    read = parse(f"a: {typed}", "x.yaml")
    assert read is not None
    assert read["a"] == typed


def test_every_value_knows_its_place() -> None:
    read = parse("a:\n  - id: x\n    text: |\n      one\n      two\n", "x.yaml")
    assert read is not None
    assert locate(read, ["a", 0, "id"]) == Span("x.yaml", 2, 9)
    assert locate(read, ["a", 0, "text"]) == Span("x.yaml", 4, 7)
    assert locate(read, ["a", 0, "missing"]) == Span("x.yaml", 2, 5)


def test_chinese_folded_over_lines_gets_no_space() -> None:
    read = parse("a: >-\n  服务\n  管理 体系\n  and\n  more\nb: 变更\n  管理\n", "x.yaml")
    assert read is not None
    assert read["a"] == "服务管理 体系 and more"
    assert read["b"] == "变更管理"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: [\n", "yaml-syntax", 3),
        ("a: 1\n\ta: 2", "yaml-syntax", 2),
        ("a: 1\nb: 2\na: 3", "yaml-duplicate-key", 3),
        ("a: &x {b: 1}\nc: *x", "yaml-alias", 1),
        ("? [a]\n: 1", "yaml-key", 1),
        ("- a", "yaml-not-a-mapping", 1),
        ("a: " + "[" * 60 + "]" * 60, "yaml-depth", 1),
        ("a: \x00", "yaml-syntax", 1),
    ],
)
def test_bad_yaml_is_refused_with_its_place(text: str, code: str, line: int) -> None:
    with pytest.raises(DocgenError) as caught:
        parse(text, "x.yaml")
    assert (caught.value.diagnostics[0].code, caught.value.diagnostics[0].span.line) == (code, line)


def test_all_duplicate_keys_are_found() -> None:
    with pytest.raises(DocgenError) as caught:
        parse("a: 1\na: 2\nb: {c: 1, c: 2}", "x.yaml")
    assert [d.span.line for d in caught.value.diagnostics] == [2, 3]


@given(maps)
def test_overlay_on_nothing_and_of_nothing(value: Map) -> None:
    nothing = tree({})
    assert overlay(nothing, value) == value
    assert overlay(value, nothing) == value


@given(maps)
def test_overlay_of_itself_changes_nothing(value: Map) -> None:
    assert overlay(value, value) == value


@given(maps, maps, maps)
def test_overlay_is_associative_where_kinds_agree(a: Map, b: Map, c: Map) -> None:
    def kinds_agree(one: Any, other: Any) -> bool:
        if isinstance(one, Map) and isinstance(other, Map):
            return all(kinds_agree(one[k], other[k]) for k in one.keys() & other.keys())
        return type(one) is type(other)

    if kinds_agree(a, b) and kinds_agree(b, c) and kinds_agree(a, c):
        assert overlay(overlay(a, b), c) == overlay(a, overlay(b, c))


@given(maps, maps)
def test_overlay_leaves_its_arguments_alone(a: Map, b: Map) -> None:
    before = repr(a), repr(b)
    overlay(a, b)
    assert (repr(a), repr(b)) == before


def test_null_removes_and_lists_merge_by_id() -> None:
    lower = tree({"k": "1", "list": [{"id": "a", "v": "1"}, {"id": "b"}, {"id": "c"}], "plain": ["1", "2"]})
    upper = tree({"k": None, "list": {"a": {"v": "2"}, "b": None, "d": {"v": "3"}}, "plain": ["9"]})
    merged = overlay(lower, upper)
    assert merged == tree({"list": [{"id": "a", "v": "2"}, {"id": "c"}, {"id": "d", "v": "3"}], "plain": ["9"]})
    again = overlay(lower, tree({"list": [{"id": "c", "v": "x"}, {"id": "e"}]}))
    assert [item["id"] for item in again["list"]] == ["a", "b", "c", "e"]


@given(maps)
def test_no_null_survives(value: Map) -> None:
    assert "None" not in repr(without_nulls(tree({"x": value, "y": None, "z": {"n": None}})))
