"""The shared values of a workspace by the path where they were typed: `client.yaml people.wei-chenxi.name.zh`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from hashlib import sha256

from docgen.diagnostics import Span
from docgen.source import Map, Scalar, Seq, Value

PROSE = ("procedures", "registers", "forms", "agreements", "papers", "instructions", "documents", "records")
"""Folders of texts that one document prints; the values of all other files may be printed by several."""
LONGEST = 80
"""Characters of a value that is kept as it is; of a longer one its hash."""


class SharedValues:
    """Every shared value of a tree."""

    def __init__(self, tree: Map) -> None:
        self._tree = tree

    @cached_property
    def by_path(self) -> dict[str, str]:
        """Value by path; a long one as `#` and its hash."""
        return {path: _kept(scalar) for path, scalar in self._all()}

    @cached_property
    def _paths(self) -> dict[Span, str]:
        return {scalar.span: path for path, scalar in self._all()}

    def printed(self, spans: Iterable[Span]) -> dict[str, str]:
        """The values that were typed at the places."""
        paths = sorted({self._paths[span] for span in spans if span in self._paths})
        return {path: self.by_path[path] for path in paths}

    def _all(self) -> Iterator[tuple[str, Scalar]]:
        for file in (name for name in self._tree if name not in PROSE):
            for path, scalar in _below(self._tree[file]):
                yield f"{file}.yaml {'.'.join(path)}", scalar


def _below(value: Value) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    if isinstance(value, Scalar):
        yield (), value
    elif isinstance(value, Map):
        for key, item in value.items():
            for path, scalar in _below(item):
                yield (key, *path), scalar
    elif isinstance(value, Seq):
        for number, item in enumerate(value, 1):
            name = item.get("id") if isinstance(item, Map) else None
            for path, scalar in _below(item):
                yield (str(name or number), *path), scalar


def _kept(scalar: Scalar) -> str:
    return str(scalar) if len(scalar) <= LONGEST else f"#{sha256(scalar.encode()).hexdigest()[:16]}"
