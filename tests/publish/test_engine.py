"""The pandoc engine: a batch in one process, the same bytes every time, its errors told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from docgen.compose import ast
from docgen.publish.engine import EngineError, EngineJob, write_batch
from tests.publish import docx_samples as samples
from tests.publish.docx_written import shell_bytes


def job(folder: Path, name: str, formats: set[str], blocks: list[ast.Node]) -> EngineJob:
    (folder / "shell.docx").write_bytes(shell_bytes("en"))
    return EngineJob(blocks, frozenset(formats), folder / "shell.docx", folder / name)


def test_a_batch_writes_what_each_job_asks_for(tmp_path: Path) -> None:
    every = {"docx", "html", "typst"}
    blocks = samples.blocks("en")
    write_batch([job(tmp_path, "SMS-PR.20", every, blocks), job(tmp_path, "b", {"html"}, blocks)], tmp_path)
    assert (tmp_path / "SMS-PR.20.html").read_text("utf-8") == (tmp_path / "b.html").read_text("utf-8")
    assert "Purpose" in (tmp_path / "SMS-PR.20.typ").read_text("utf-8")
    assert zipfile.is_zipfile(tmp_path / "SMS-PR.20.docx")
    assert not (tmp_path / "b.docx").exists()


def test_the_same_jobs_give_the_same_bytes(tmp_path: Path) -> None:
    results = []
    for _ in range(2):
        write_batch([job(tmp_path, "a", {"docx", "html", "typst"}, samples.blocks("zh"))], tmp_path)
        results.append([(tmp_path / f"a.{end}").read_bytes() for end in ("docx", "html", "typ")])
    assert results[0] == results[1]


def test_html_headings_are_numbered(tmp_path: Path) -> None:
    write_batch([job(tmp_path, "a", {"html"}, samples.blocks("en"))], tmp_path)
    assert '<span\nclass="header-section-number">2.1</span>' in (tmp_path / "a.html").read_text("utf-8") or (
        'class="header-section-number">2.1</span>' in (tmp_path / "a.html").read_text("utf-8")
    )


def test_no_jobs_need_no_process(tmp_path: Path) -> None:
    write_batch([], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_pandocs_own_message_is_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="JSON"):
        write_batch([job(tmp_path, "a", {"html"}, [{"t": "Nothing"}])], tmp_path)
