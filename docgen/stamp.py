"""Whether anything has changed since the last run of the same request, told by hashes alone."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from docgen.files import replace, sha256
from docgen.shipped import TEMPLATES

_IGNORED = {"__pycache__", ".git"}


def fresh(folder: Path, request: Sequence[str]) -> list[str] | None:
    """The files of the last run of this request, where inputs, program and files are as they were; else None."""
    try:
        kept = json.loads(_path(folder, request).read_bytes())
        outputs: dict[str, list[int]] = kept["outputs"]
        there = all(_state(folder / name) == state for name, state in outputs.items())
        if there and kept["inputs"] == inputs([Path(path) for path in kept["folders"]]):
            return list(outputs)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def keep(folder: Path, request: Sequence[str], folders: Sequence[Path], outputs: Iterable[Path], before: str) -> None:
    """Remember a run: the folders it read, what they held `before` it ran, and the files it left."""
    states = {path.relative_to(folder).as_posix(): _state(path) for path in outputs}
    kept: dict[str, Any] = {"folders": [str(path) for path in folders], "inputs": before, "outputs": states}
    replace(_path(folder, request), json.dumps(kept, ensure_ascii=False).encode())


def inputs(folders: Sequence[Path]) -> str:
    """All that a run depends on as a hash: the client's folders, the templates, docgen itself, what is installed."""
    digest = hashlib.sha256(json.dumps(_installed()).encode())
    for folder in [*folders, TEMPLATES, Path(__file__).parent]:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).parts
            # What a ledger names never changes: of a library the ledgers say it all.
            frozen = inside[0] == "library" and path.name != "ledger.jsonl"
            if path.is_file() and not frozen and not _IGNORED & set(path.parts):
                digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _installed() -> list[str]:
    """Names and versions of the packages that Python finds, the engines among them."""
    return sorted(path.name for entry in sys.path if entry for path in Path(entry).glob("*.dist-info"))


def _path(folder: Path, request: Sequence[str]) -> Path:
    return folder / ".cache" / "runs" / f"{sha256(json.dumps(list(request)).encode())[:16]}.json"


def _state(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns]
