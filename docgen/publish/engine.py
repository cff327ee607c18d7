"""The pandoc engine: one process that writes the bodies of a whole batch of compositions."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

API_VERSION = (1, 23, 1)
"""Version of pandoc-types that the compositions' blocks follow."""

FILTERS = Path(__file__).with_name("engine.lua")
"""The Lua program that pandoc runs."""


class EngineError(Exception):
    """The engine could not write a batch; the message is pandoc's own."""


@dataclass(frozen=True)
class EngineJob:
    """One body to be written."""

    ast: Path
    """File with the pandoc AST as JSON, as `ast_json` writes it."""

    formats: frozenset[str]
    """Formats wanted: `docx`, `html`, `typst`."""

    reference: Path | None
    """Word file whose styles the body uses; needed for `docx` only."""

    out: Path
    """Path of the results without extension: `.docx`, `.html` (a fragment) and `.typ` are added."""


def ast_json(blocks: Iterable[Mapping[str, Any]]) -> bytes:
    """Pandoc's JSON form of a document without metadata that consists of `blocks`."""
    document = {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": list(blocks)}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def pandoc_path() -> Path:
    """The pandoc that the wheel `pypandoc_binary` brings; raises `EngineError` where it is missing."""
    spec = find_spec("pypandoc")
    for folder in spec.submodule_search_locations or () if spec else ():
        for name in ("pandoc", "pandoc.exe"):
            path = Path(folder) / "files" / name
            if path.is_file():
                return path
    raise EngineError("pandoc is missing: install the wheel pypandoc_binary")


def write_batch(jobs: Sequence[EngineJob], workdir: Path) -> None:
    """Write the bodies of all `jobs` in one pandoc process, reading each AST once.

    `workdir` is an existing folder for the list of jobs. The process sees neither the caller's
    environment nor the time, so the same jobs give the same bytes. Raises `EngineError`.
    """
    if not jobs:
        return
    listing = workdir / "jobs.json"
    rows = [
        {
            "ast": str(job.ast),
            "formats": sorted(job.formats),
            "reference": str(job.reference) if job.reference else None,
            "out": str(job.out),
        }
        for job in jobs
    ]
    listing.write_text(json.dumps(rows), encoding="utf-8")
    command = [str(pandoc_path()), "lua", str(FILTERS), str(listing)]
    environment = {"SOURCE_DATE_EPOCH": "315532800", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=workdir, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise EngineError(done.stderr.decode("utf-8", "replace").strip())
