"""Which documents in force print what has changed since they were issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docgen.library.lifecycle import Life
from docgen.library.shelf import Shelf


@dataclass(frozen=True)
class Fact:
    """A shared value that a document in force prints otherwise than it is now."""

    path: str
    """Where it is typed: `client.yaml roles.INC.holder`."""
    before: str
    now: str
    """'' where it is gone."""
    documents: tuple[str, ...]
    """Code and version of every document that prints it."""


def impact(shelf: Shelf, lives: Mapping[str, Life], day: str, now: Mapping[str, str], file: str) -> list[Fact]:
    """The values of a file (of all files for '') that documents in force print, and that are no longer so."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for code, version, path, before in _printed(shelf, lives, day):
        if (not file or path.startswith(f"{file} ")) and now.get(path) != before:
            found.setdefault((path, before, now.get(path, "")), []).append(f"{code} {version}")
    return [Fact(*key, tuple(documents)) for key, documents in sorted(found.items())]


def _printed(shelf: Shelf, lives: Mapping[str, Life], day: str) -> Iterator[tuple[str, str, str, str]]:
    for code, life in lives.items():
        edition = life.in_force(day)
        if edition is not None:
            for path, value in shelf.release(code, edition)["facts"].items():
                yield code, edition.version, path, value
