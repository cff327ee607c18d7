"""The redline in Word: tracked changes that give the new file when accepted and the old one when rejected."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape

import pytest

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.compose.composition import Composition
from docgen.library.redline import compare
from docgen.publish.docx import docx
from docgen.publish.drawing import Drawing
from docgen.publish.engine import EngineJob, write_batch
from docgen.publish.word.markup import D, W
from tests.library.redline_samples import AT, AUTHOR, edited
from tests.library.redline_word import content, decided, document, parent
from tests.library.test_redline import real
from tests.publish import docx_samples as samples
from tests.publish.docx_written import branded, compiled, find
from tests.publish.test_docx_valid import disorder


def written(compositions: Sequence[Composition], folder: Path) -> list[bytes]:
    """The compositions as Word files."""
    jobs = []
    for number, made in enumerate(compositions):
        reference = folder / f"reference-{made.lang}.docx"
        reference.write_bytes(branded(made.lang))
        jobs.append(EngineJob(made.blocks, frozenset({"docx"}), reference, folder / str(number)))
    write_batch(jobs, folder)
    files = []
    for job, made in zip(jobs, compositions, strict=True):
        drawings = {figure.name: Drawing(b"<svg/>", samples.png(40, 20), 400.0, 200.0) for figure in made.figures}
        body = Path(f"{job.out}.docx").read_bytes()
        files.append(docx(made, body, compiled(made.lang), drawings, {}, 9))
    return files


def redlined(old: Composition, new: Composition) -> Composition:
    redline = compare(old, new, AUTHOR, AT)
    return replace(new, blocks=redline.blocks, figures=redline.figures)


def hold(pairs: Sequence[tuple[Composition, Composition]], folder: Path) -> list[bytes]:
    """The law of the redline, in Word; the redlines' files."""
    flat = [made for old, new in pairs for made in (old, new, redlined(old, new))]
    files = written(flat, folder)
    for old, new, redline in zip(files[::3], files[1::3], files[2::3], strict=True):
        assert content(decided(redline, "ins", "del")) == content(document(new))
        assert content(decided(redline, "del", "ins")) == content(document(old))
        check(redline)
    return files[2::3]


def check(file: bytes) -> None:
    """Word opens the file without repair, and every revision says whose it is."""
    root = document(file)
    revisions = list(root.iter(W + "ins", W + "del"))
    assert all(
        node.get(W + "author") == AUTHOR and node.get(W + "date") == "2026-11-20T08:30:00Z" for node in revisions
    )
    ids = [node.get(W + "id") for node in (*revisions, *root.iter(W + "bookmarkStart"))]
    assert len(ids) == len(set(ids))
    for node in list(root.iter(W + "rPr", W + "trPr")):
        marks = [child for child in node if child.tag in (W + "ins", W + "del")]
        assert len(marks) <= 1
        if node.tag == W + "rPr" and marks:
            assert node[0] is marks[0] and parent(node).tag == W + "pPr"
            node.remove(marks[0])
        elif marks:
            assert node[-1] is marks[0]
    assert list(disorder(root)) == []
    assert find(root, "//w:del//w:t | //w:del//w:instrText | //w:ins//w:ins | //w:del//w:hyperlink") == []
    assert find(root, "//w:ins//w:hyperlink | //w:delText[not(ancestor::w:del)]") == []
    assert [node.tag for node in root.iter(D + "*")] == []
    assert [cell for cell in root.iter(W + "tc") if cell[-1].tag != W + "p"] == []
    kinds = find(root, "//w:fldChar/@w:fldCharType")
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_real_documents_edited_in_many_ways(lang: str, tmp_path: Path) -> None:
    pairs = []
    for code, often in (("SMS-PR-20", 0.05), ("SMS-RG-04", 0.3), ("SMS-PR-20-F01", 0.3), ("SMS-PL-01", 0.6)):
        old = real(code, lang)
        pairs.append((old, replace(old, blocks=edited(old.blocks, Random(often), often))))
    hold(pairs, tmp_path)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_of_block_comes_and_goes(lang: Any, tmp_path: Path) -> None:
    full = samples.composition(lang)
    empty = replace(full, blocks=[block for block in full.blocks if block["t"] == "Header"], figures=())
    less = replace(full, blocks=[*full.blocks[:4], ast.para(ast.text("SMS")), *full.blocks[-6:]])
    tripled = [full.blocks[-1], full.blocks[-1]]
    more = replace(full, blocks=[*full.blocks[:-1], *(bare(block) for block in tripled), full.blocks[-1]])
    hold([(full, empty), (empty, full), (full, less), (less, full), (full, more), (more, full)], tmp_path)


def bare(block: Node) -> Node:
    """A table without id and caption."""
    return {"t": "Table", "c": [["", *block["c"][0][1:]], [None, []], *block["c"][2:]]}


CELLS: tuple[list[Node], ...] = (
    [],
    [ast.para(ast.text("one"))],
    [ast.para(ast.text("one")), ast.para(ast.text("something quite different"))],
    [ast.para(ast.text("one")), ast.bullets([[ast.plain(ast.text("a first item"))], [ast.plain(ast.text("and"))]])],
    [ast.bullets([[ast.plain(ast.text("a first item"))], [ast.plain(ast.text("another thing"))]])],
    [ast.plain([*ast.text("Label"), ast.BREAK, ast.span(ast.text("in figures"), ["hint"])])],
    [ast.plain(ast.text("Label"))],
    [{"t": "CodeBlock", "c": [ast.attr(), "a: 1\nb: 2"]}],
)


def test_a_cell_keeps_its_last_paragraph(tmp_path: Path) -> None:
    """A cell's paragraphs become those of any other cell."""
    pairs = [(one, other) for one in CELLS for other in CELLS]
    sides = []
    for side in (0, 1):
        cells = [ast.cell(copy.deepcopy(pair[side])) for pair in pairs]
        rows = [ast.row([ast.cell([ast.para(ast.text(f"row {n}"))]), one]) for n, one in enumerate(cells)]
        grid = ast.table(ast.attr("t", ["grid"]), [], [1, 3], samples.cells("Row", "Cell"), rows)
        sides.append(samples.composition("en", blocks=[grid], figures=()))
    hold([(sides[0], sides[1])], tmp_path)


def test_rows_and_tables_are_tracked(tmp_path: Path) -> None:
    old = samples.composition("en")
    table = next(block for block in old.blocks if block["t"] == "Table")
    rows = table["c"][4][0][3]
    shorter = {"t": "Table", "c": [*table["c"][:4], [[*table["c"][4][0][:3], rows[1:]]], table["c"][5]]}
    new = replace(old, blocks=[shorter if block is table else block for block in old.blocks])
    [file, gone] = hold(
        [(old, new), (old, replace(old, blocks=[one for one in old.blocks if one is not table]))], tmp_path
    )
    assert len(find(document(file), "//w:tr[w:trPr/w:del]")) == 1
    assert len(find(document(gone), "//w:tr[w:trPr/w:del]")) == len(rows) + 1


def test_fields_stay_fields_where_only_their_number_moved_on(tmp_path: Path) -> None:
    new = real("SMS-PR-20", "en")
    at = next(n for n, block in enumerate(new.blocks) if block["t"] == "Header" and block["c"][0] == 2)
    old = copy.deepcopy(new)
    _renumber(old.blocks)
    [file] = hold([(old, new)], tmp_path)
    assert new.blocks[at]["c"][0] == 2
    instructions = "".join(find(document(file), "//w:instrText/text()"))
    assert find(document(file), "//w:delInstrText") == []
    changed = find(document(file), "//w:del[preceding-sibling::w:r[1][w:fldChar/@w:fldCharType='separate']]")
    assert len(changed) > 10 and "REF" in instructions and "SEQ Table" in instructions


def _renumber(node: Any) -> None:
    """Every counted number higher by seven, as if something had stood before it."""
    if isinstance(node, list):
        for one in node:
            _renumber(one)
    elif isinstance(node, dict):
        classes = node["c"][0][1] if node["t"] in ("Span", "Link") else []
        if "caption-number" in classes or "xref" in classes:
            last = node["c"][1][-1]
            number = re.search(r"\d+$", last["c"])
            assert number is not None
            last["c"] = last["c"][: number.start()] + str(int(number[0]) + 7)
        else:
            _renumber(node.get("c"))


def test_contents_and_bookmarks_are_those_of_the_new_version(tmp_path: Path) -> None:
    old = real("SMS-PR-20", "zh")
    new = replace(old, blocks=[ast.header(1, ast.attr("more"), ast.text("新增一章")), *old.blocks[2:]])
    files = written([new, redlined(old, new)], tmp_path)
    contents = [find(document(file), "//w:sdt//w:hyperlink//w:t/text()") for file in files]
    names = [find(document(file), "//w:bookmarkStart/@w:name") for file in files]
    assert contents[0] == contents[1] and names[0] == names[1]


def test_libreoffice_accepts_and_rejects_as_word_does(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    old = real("SMS-PR-20", "zh")
    changed = (
        json.dumps(old.blocks, ensure_ascii=False).replace("1个工作日", "2个工作日").replace("变更经理", "变更主管")
    )
    new = replace(old, blocks=without_some(json.loads(changed)))
    for name, file in zip(("old", "new", "redline"), written([old, new, redlined(old, new)], tmp_path), strict=True):
        (tmp_path / f"{name}.docx").write_bytes(file)
    jobs = [("old", "Accept"), ("new", "Accept"), ("redline", "Accept"), ("redline", "Reject")]
    decide(program, tmp_path, jobs)
    texts = [content(document((tmp_path / f"{name}-{act}.docx").read_bytes())) for name, act in jobs]
    assert texts[2] == texts[1]
    assert texts[3] == texts[0]


def without_some(blocks: list[Node]) -> list[Node]:
    """The blocks without a paragraph, a table's first rows and a list's first item, and with a section more."""
    kinds = [block["t"] for block in blocks]
    table, points = blocks[kinds.index("Table")], blocks[kinds.index("BulletList")]
    del table["c"][4][0][3][:2], points["c"][0], blocks[kinds.index("Para")]
    return [*blocks, ast.header(1, ast.attr("more"), ast.text("新增一章")), ast.para(ast.text("自发布之日起施行。"))]


MACRO = """
Sub Decide(source As String, command As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  Dim none()
  opened = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(opened.CurrentController.Frame, command, "", 0, none())
  opened.storeToURL(ConvertToURL(target), filter())
  opened.close(True)
End Sub
"""


def decide(program: str, folder: Path, jobs: Sequence[tuple[str, str]]) -> None:
    """Let LibreOffice accept or reject all changes of files; `<name>-<act>.docx` holds what is left."""
    calls = [
        f'  Decide("{folder}/{name}.docx", ".uno:{act}AllTrackedChanges", "{folder}/{name}-{act}.docx")'
        for name, act in jobs
    ]
    macro = escape("\n".join([MACRO, "Sub All", *calls, "End Sub"]))
    script = 'xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic"'
    start = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run([*start, "--terminate_after_init"], cwd=folder, check=True, capture_output=True, timeout=120)
    # The profile's first start puts an empty module there: only then can it be filled.
    module = folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(f"<script:module {script}>{macro}</script:module>")
    command = [*start, "macro:///Standard.Module1.All"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
