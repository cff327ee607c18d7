"""A new client from the shipped starting point `content/starter`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from docgen.diagnostics import Span, fail
from docgen.files import aside, reported
from docgen.model.folders import NAME
from docgen.shipped import CONTENT


def make(contents: Path, name: str, words: Mapping[str, str]) -> Path:
    """The new folder `contents/name`; `words` replace the places `__KEY__` of the starting point.

    Raises DocgenError for a name that is no client name or is taken.
    """
    if not NAME.fullmatch(name):
        raise fail("client-name", Span(f"content/{name}"), name=name)
    folder = contents / name
    if folder.exists():
        raise fail("client-exists", Span(f"content/{name}"), path=str(folder))
    starter = CONTENT / "starter"
    with aside(contents) as staging, reported(folder):
        made = staging / name
        for path in sorted(path for path in starter.rglob("*") if path.is_file()):
            target = made / path.relative_to(starter)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(
                _filled(path.read_text("utf-8"), words).encode() if path.suffix == ".yaml" else path.read_bytes()
            )
        made.rename(folder)
    return folder


def _filled(text: str, words: Mapping[str, str]) -> str:
    """The text with every place filled; JSON strings are YAML strings, so any name may be given."""
    for key, word in words.items():
        text = text.replace(f"__{key}__", json.dumps(word, ensure_ascii=False)[1:-1])
    return text
