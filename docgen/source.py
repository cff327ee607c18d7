"""YAML read without implicit types, every value remembering its place, and the overlay of one tree on another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from docgen.diagnostics import Diagnostic, DocgenError, Span, fail

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 40


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes without asking what a plain scalar might mean: here it is text."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:
        """The tag of a node that names none."""
        return _TAGS[kind]


_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


class Scalar(str):
    """A YAML scalar as it was typed, and where."""

    __slots__ = ("span",)
    span: Span

    def __new__(cls, text: str, span: Span) -> Scalar:
        scalar = super().__new__(cls, text)
        scalar.span = span
        return scalar

    def __reduce__(self) -> tuple[Any, ...]:
        return Scalar, (str(self), self.span)


class Map(dict[str, Any]):
    """A YAML mapping in the order typed; `keys_at` holds the place of each key."""

    __slots__ = ("keys_at", "span")
    span: Span
    keys_at: dict[str, Span]

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span
        self.keys_at = {}


class Seq(list[Any]):
    """A YAML sequence and where it begins."""

    __slots__ = ("span",)
    span: Span

    def __init__(self, span: Span, items: Iterable[Any] = ()) -> None:
        super().__init__(items)
        self.span = span


Value = Scalar | Map | Seq | None
"""None stands for YAML's empty value, `~` and `null`: in an overlay it removes."""

_NULLS = {"", "~", "null", "Null", "NULL"}
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u3000-\u303f“”‘’…—]"
_FOLD = re.compile(rf"{_WIDE} {_WIDE}")
_UNCHANGED: Value = Scalar("", Span(""))


def text_of(path: Path, name: str) -> str:
    """The text of a file; raises DocgenError where it cannot be read, is too large or is not UTF-8."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise fail("file-unreadable", Span(name), reason=error.strerror or str(error)) from error
    if len(data) > MAX_BYTES:
        raise fail("file-too-large", Span(name), limit=str(MAX_BYTES // 1024 // 1024))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise fail("file-not-utf8", Span(name, line)) from error


def read(path: Path, name: str) -> Map | None:
    """The mapping in a YAML file, None where it says `~`; `name` is the path to show in messages.

    Raises DocgenError with all duplicate keys, or the first syntax mistake, of the file.
    """
    return parse(text_of(path, name), name)


def parse(text: str, name: str) -> Map | None:
    """The mapping that a YAML text holds; an empty text is an empty mapping, `~` alone is None and removes."""
    try:
        root = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = Span(name, mark.line + 1, mark.column + 1) if mark else Span(name)
        raise fail("yaml-syntax", span, problem=error.problem or str(error)) from error
    except yaml.YAMLError as error:
        raise fail("yaml-syntax", Span(name), problem=str(error).split("\n")[0]) from error
    except RecursionError as error:
        raise fail("yaml-depth", Span(name), limit=str(MAX_DEPTH)) from error
    if root is None:
        return Map(Span(name))
    reader = _Reader(name, text)
    value = reader.value(root, 0)
    if reader.mistakes:
        raise DocgenError(reader.mistakes)
    if value is not None and not isinstance(value, Map):
        raise fail("yaml-not-a-mapping", Span(name))
    return value


class _Reader:
    """Turns PyYAML's nodes into values, collecting what is refused."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.mistakes: list[Diagnostic] = []
        self.seen: set[int] = set()

    def span(self, node: yaml.Node) -> Span:
        return Span(self.name, node.start_mark.line + 1, node.start_mark.column + 1)

    def value(self, node: yaml.Node, depth: int) -> Value:
        if isinstance(node, yaml.ScalarNode):
            if not node.style and node.value in _NULLS:
                return None
            return self.scalar(node)
        if id(node) in self.seen or depth > MAX_DEPTH:
            code = "yaml-alias" if id(node) in self.seen else "yaml-depth"
            self.mistakes.append(Diagnostic(code, self.span(node), {"limit": str(MAX_DEPTH)}))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return Seq(self.span(node), [self.value(item, depth + 1) for item in node.value])
        assert isinstance(node, yaml.MappingNode)
        return self.mapping(node, depth)

    def scalar(self, node: yaml.ScalarNode) -> Scalar:
        """The scalar at the place where its text begins, Chinese folded over lines without a space at the fold."""
        start, end = node.start_mark, node.end_mark
        span, value = self.span(node), node.value
        if start.line != end.line:
            typed = self.text[start.index : end.index]
            if node.style in ("|", ">"):
                first = typed.partition("\n")[2]
                span = Span(self.name, start.line + 2, len(first) - len(first.lstrip(" ")) + 1)
            if node.style != "|":
                value = _unfolded(value, typed)
        return Scalar(value, span)

    def mapping(self, node: yaml.MappingNode, depth: int) -> Map:
        result = Map(self.span(node))
        for key_node, value_node in node.value:
            span = self.span(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.mistakes.append(Diagnostic("yaml-key", span))
                continue
            key = key_node.value
            if key in result:
                first = str(result.keys_at[key].line)
                self.mistakes.append(Diagnostic("yaml-duplicate-key", span, {"key": key, "first": first}))
                continue
            result.keys_at[key] = span
            result[key] = self.value(value_node, depth + 1)
            if result[key] is None and not value_node.value:
                self.mistakes.append(Diagnostic("yaml-empty", span, {"key": key}))
        return result


def _unfolded(value: str, typed: str) -> str:
    """The value without the spaces that folding put between Chinese characters; spaces typed on a line stay."""
    position = 0
    while match := _FOLD.search(value, position):
        if match[0] not in typed:
            value = value[: match.start() + 1] + value[match.end() - 1 :]
        position = match.start() + 1
    return value


def overlay(lower: Value, upper: Value) -> Value:
    """`upper` laid on `lower`: maps merge, lists whose items all have an `id` merge by id, all else is replaced.

    A null in `upper` removes the key. A list of items with `id` may also be overlaid by a map from id to changes,
    where null removes the item. Neither argument is changed.
    """
    if isinstance(lower, Map) and isinstance(upper, Map):
        return _overlay_maps(lower, upper)
    if isinstance(lower, Seq) and _by_id(lower):
        if isinstance(upper, Seq) and _by_id(upper):
            return _overlay_items(lower, upper.span, {item["id"]: item for item in upper})
        if isinstance(upper, Map):
            return _overlay_items(lower, upper.span, upper)
    return upper


def _overlay_maps(lower: Map, upper: Map) -> Map:
    result = Map(upper.span)
    for key, value in lower.items():
        if key not in upper:
            result[key], result.keys_at[key] = value, lower.keys_at[key]
        elif upper[key] is not None:
            result[key], result.keys_at[key] = overlay(value, upper[key]), upper.keys_at[key]
    for key, value in upper.items():
        if key not in lower and value is not None:
            result[key], result.keys_at[key] = without_nulls(value), upper.keys_at[key]
    return result


def _overlay_items(lower: Seq, span: Span, changes: Mapping[str, Value]) -> Seq:
    result = Seq(span)
    for item in lower:
        change = changes.get(item["id"], _UNCHANGED)
        if change is not None:
            result.append(item if change is _UNCHANGED else overlay(item, change))
    known = {item["id"] for item in lower}
    for key, change in changes.items():
        if key not in known and change is not None:
            result.append(_with_id(key, without_nulls(change)))
    return result


def _with_id(key: str, item: Value) -> Value:
    if not isinstance(item, Map) or "id" in item:
        return item
    result = Map(item.span)
    result["id"], result.keys_at["id"] = Scalar(key, item.span), item.span
    result.update(item)
    result.keys_at.update(item.keys_at)
    return result


def _by_id(items: Seq) -> bool:
    return bool(items) and all(isinstance(item, Map) and isinstance(item.get("id"), str) for item in items)


def without_nulls(value: Value) -> Value:
    """The value with null keys and items dropped, as an overlay on nothing leaves it."""
    if isinstance(value, Map):
        result = Map(value.span)
        for key, item in value.items():
            if item is not None:
                result[key], result.keys_at[key] = without_nulls(item), value.keys_at[key]
        return result
    if isinstance(value, Seq):
        return Seq(value.span, [without_nulls(item) for item in value if item is not None])
    return value


def locate(root: Value, steps: Iterable[str | int]) -> Span:
    """The place of what the steps (keys and indexes) lead to from `root`, or of the last thing on the way."""
    here: Value = root
    span = root.span if root is not None else Span("?")
    for step in steps:
        if isinstance(here, Map) and step in here:
            span = here.keys_at[str(step)]
            here = here[str(step)]
        elif isinstance(here, Seq) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            break
        if here is not None:
            span = here.span
    return span
