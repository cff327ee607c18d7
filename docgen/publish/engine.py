"""The pandoc engine: one process that writes the bodies of a whole batch of compositions."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from docgen import processes
from docgen.publish.columns import fitted
from docgen.publish.dialect import Node
from docgen.publish.dialect_html import html5
from docgen.publish.dialect_typst import typst
from docgen.publish.dialect_word import word

API_VERSION = (1, 23, 1)
"""Version of pandoc-types that the compositions' blocks follow."""

WRITERS = Path(__file__).with_name("engine.lua")
"""The Lua program that pandoc runs."""

DIALECTS: dict[str, tuple[str, Callable[[list[Node]], list[Node]]]] = {
    "docx": (".docx", word),
    "html": (".html", html5),
    "typst": (".typ", typst),
}
"""Ending of each format, and what its writer sees of a composition."""

NURSERY = "-A64m"
"""Memory that pandoc fills before it first collects garbage: a sixth less time for a batch than by its own default."""


class EngineError(Exception):
    """The engine could not write a batch; the message is pandoc's own."""


@dataclass(frozen=True)
class EngineJob:
    """One body to be written."""

    blocks: list[Node]
    """The composition's blocks."""

    formats: frozenset[str]
    """Formats wanted: `docx`, `html`, `typst`."""

    reference: Path | None
    """Word file whose styles the body uses; needed for `docx` only."""

    out: Path
    """Path of the results without ending: `.docx`, `.html` (a fragment) and `.typ` are added."""


def ast_json(blocks: list[Node]) -> bytes:
    """Pandoc's JSON form of a document without metadata that consists of `blocks`."""
    document = {"pandoc-api-version": API_VERSION, "meta": {}, "blocks": blocks}
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
    """Write the bodies of all `jobs` in one pandoc process.

    `workdir` is an existing folder for the list of jobs. The process sees neither the caller's
    environment nor the time, so the same jobs give the same bytes. Raises `EngineError`.
    """
    rows = [row for job in jobs for row in _rows(job)]
    if not rows:
        return
    listing = workdir / "jobs.json"
    listing.write_text(json.dumps(rows), encoding="utf-8")
    command = [str(pandoc_path()), "+RTS", NURSERY, "-RTS", "lua", str(WRITERS), str(listing)]
    environment = {"SOURCE_DATE_EPOCH": "315532800", "LC_ALL": "C.UTF-8"}
    done = processes.run(command, folder=workdir, environment=environment)
    if done.code:
        raise EngineError(done.err or f"ended with {done.code}")


def _rows(job: EngineJob) -> list[dict[str, str | None]]:
    """What engine.lua has to know of each format of a job; the trees that its writers see are put into files."""
    blocks = fitted(job.blocks)
    rows = []
    for format_ in sorted(job.formats):
        ending, dialect = DIALECTS[format_]
        out = job.out.with_name(job.out.name + ending)
        ast = out.with_name(f"{out.name}.json")
        ast.write_bytes(ast_json(dialect(blocks)))
        reference = str(job.reference) if job.reference and format_ == "docx" else None
        rows.append({"ast": str(ast), "format": format_, "reference": reference, "out": str(out)})
    return rows
