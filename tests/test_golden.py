"""Small templates and what becomes of them: HTML, Typst and Word bodies as the writers' engine leaves them.

A case is a folder of `tests/golden/content`: a client on top of the sample whose policy has a template of its own.
`pytest --refresh` writes `expected.html`, `expected.typ` and `expected.word` anew.
"""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph

from docgen.build import DRAFT, build
from docgen.compose.composer import Composer
from docgen.model.workspace import load
from docgen.order import Request
from docgen.publish.engine import EngineJob, write_batch
from tests.conftest import AS_OF, ROOT, silent

CASES = ROOT / "tests" / "golden" / "content"
CODE = "SMS-POL-01"


def bodies(case: Path, folder: Path) -> dict[str, str]:
    """What a case gives: expected file -> content."""
    workspace = load(case.name, (CASES, ROOT / "content"))
    language = workspace.content.client.languages[0]
    composition = Composer(workspace, AS_OF).compose(CODE, language)
    write_batch([EngineJob(composition.blocks, frozenset({"html", "typst"}), None, folder / "body")], folder)
    build(workspace, folder / "out", Request(AS_OF, (CODE,), (language,), formats=("docx",), jobs=1), silent)
    return {
        "expected.html": (folder / "body.html").read_text("utf-8"),
        "expected.typ": (folder / "body.typ").read_text("utf-8"),
        "expected.word": word_body(folder / "out" / DRAFT / language / f"{CODE}.docx"),
    }


def word_body(path: Path) -> str:
    """The body of a Word file from its first heading on: a line a paragraph with its style, a line a table row."""
    lines: list[str] = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Paragraph):
            style = block.style.name if block.style is not None else ""
            lines.append(f"[{style}] {block.text}".rstrip())
        elif isinstance(block, Table):
            lines += ["| " + " | ".join(cell.text.replace("\n", " / ") for cell in row.cells) for row in block.rows]
    first = next(number for number, line in enumerate(lines) if line.startswith("[Heading 1]"))
    return "\n".join(lines[first:]) + "\n"


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda path: path.name)
def test_template_becomes(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    for name, body in bodies(case, tmp_path).items():
        if request.config.getoption("--refresh"):
            (case / name).write_text(body, "utf-8")
        assert body == (case / name).read_text("utf-8"), name
