"""Where a client's content lies: its own folder and those that it extends, and how messages show a path."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

from docgen import source
from docgen.diagnostics import Span, fail
from docgen.source import Map

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")
KINDS = ("M", "POL", "PL", "AG", "RG", "PR", "WI")
"""The letters of kinds in document numbers, in the order of lists."""


def chain(name: str, roots: tuple[Path, ...]) -> list[Path]:
    """The folders of a client and of all that it extends, its own first; raises DocgenError where one is missing."""
    folders: list[Path] = []
    wanted, asked_at = name, Span(f"content/{name}")
    while True:
        if not NAME.fullmatch(wanted):
            raise fail("client-name", asked_at, name=wanted)
        found = next((root / wanted for root in roots if (root / wanted).is_dir()), None)
        if found is None:
            there = sorted({path.parent.name for root in roots for path in root.glob("*/client.yaml")})
            near = nearest(wanted, there) or ", ".join(there[:12]) or "-"
            raise fail("client-unknown", asked_at, name=wanted, near=near)
        if found in folders:
            raise fail("client-extends-itself", asked_at, name=wanted)
        folders.append(found)
        path = found / "client.yaml"
        if not path.exists():
            return folders
        parent = (source.read(path, shown(path)) or Map(Span(shown(path)))).get("extends")
        if parent is None:
            return folders
        wanted, asked_at = str(parent), parent.span


def shown(path: Path) -> str:
    """A path as messages show it: from `content/` or `templates/` on."""
    parts = path.parts
    at = max((i for i, part in enumerate(parts) if part == "content"), default=-1)
    return "/".join(parts[at if at >= 0 else -3 :])


def nearest(wanted: str, known: list[str]) -> str:
    """The known name most like the wanted one, or ''."""
    return next(iter(difflib.get_close_matches(wanted, known, 1, 0.6)), "")
