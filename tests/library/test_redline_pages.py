"""The redline as PDF and HTML: what came and went is told apart by line, by colour and for reading aids."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.compose.composition import Composition
from docgen.library.redline import compare
from docgen.publish.engine import EngineJob, write_batch
from docgen.publish.figures import draw
from docgen.publish.html import html
from docgen.publish.pdf import pdf
from docgen.publish.typesetter import Typesetter
from tests.library.redline_samples import AT, AUTHOR
from tests.library.test_redline import head, para, real, table
from tests.publish import docx_samples as samples
from tests.reading import Page, Pdf, squeezed


@cache
def typesetter() -> Typesetter:
    return Typesetter(None)


def redlined(old: Composition, blocks: list[Node]) -> Composition:
    redline = compare(old, replace(old, blocks=blocks), AUTHOR, AT)
    return replace(old, blocks=redline.blocks, figures=redline.figures)


def printed(made: Composition, folder: Path) -> tuple[str, Pdf]:
    """A composition as HTML and PDF."""
    write_batch([EngineJob(made.blocks, frozenset({"html", "typst"}), None, folder / "body")], folder)
    drawings = {one.name: draw(one, made.brand, made.lang, typesetter()) for one in made.figures}
    page = html(made, (folder / "body.html").read_text("utf-8"), drawings).decode()
    file = pdf(made, (folder / "body.typ").read_text("utf-8"), drawings, typesetter())
    return page, Pdf(file.data)


def marked(page: str, tag: str) -> list[str]:
    """Text of the revisions of a page."""
    runs = re.findall(rf'<{tag} class="revision"[^>]*>(.*?)</{tag}>', page, re.DOTALL)
    return [" ".join(re.sub("<[^>]*>", "", run).split()) for run in runs]


def items(*texts: str) -> Node:
    return {
        "t": "OrderedList",
        "c": [[1, {"t": "Decimal"}, {"t": "Period"}], [[ast.plain(ast.text(text))] for text in texts]],
    }


OLD = [
    head("Purpose", 1, "purpose"),
    para("The desk answers within 15 minutes."),
    head("Steps", 1, "steps"),
    items("register the request", "inform the customer", "assess the extent", "close the request"),
    head("Archive", 2, "archive"),
    para("Paper is kept for ten years in the cellar."),
    head("Duties", 1, "duties"),
    table("R-1|Answer|15 minutes", "R-2|Close|2 days"),
    ast.para([*ast.text("See "), ast.link(ast.text("2.1"), "#archive", ["xref"]), *ast.text(".")]),
    {"t": "CodeBlock", "c": [ast.attr(), "id: CHG"]},
]


def new() -> list[Node]:
    made = copy.deepcopy([*OLD[:4], *OLD[6:]])
    made[1] = para("The desk answers within 30 minutes.")
    made[3] = items("register the request", "assess the extent", "close the request")
    made[-3] = table("R-0|Log|at once", "R-1|Answer|15 minutes")
    made[-2] = para("See above.")
    made[-1] = {"t": "CodeBlock", "c": [ast.attr(), "id: REQ"]}
    return made


@cache
def pages(folder: Path) -> tuple[str, Pdf]:
    return printed(redlined(samples.composition("en", blocks=OLD, figures=()), new()), folder)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Pdf]:
    return pages(tmp_path_factory.mktemp("pages"))


def test_html_has_the_elements_for_insertions_and_deletions(both: tuple[str, Pdf]) -> None:
    page = both[0]
    assert marked(page, "ins")[:1] == ["30 minutes"] and marked(page, "del")[:1] == ["15 minutes"]
    assert {"2.1 Archive", "inform the customer", "R-2", "2 days", "2.1", "id: CHG"} <= set(marked(page, "del"))
    assert {"R-0", "at once", "above", "id: REQ"} <= set(marked(page, "ins"))
    assert 'datetime="2026-11-20T08:30:00Z"' in page
    assert page.count('<tr class="insertion">') == page.count('<tr class="deletion">') == 1
    assert "del.revision { color:" in page and "text-decoration: line-through" in page
    Page(page)


def test_deleted_headings_and_items_are_not_counted_in_html(both: tuple[str, Pdf]) -> None:
    page = both[0]
    contents = page.partition("<nav")[2].partition("</nav>")[0]
    assert re.findall(r'"#(\w+)"><span class="number">([\d.]+)<', contents) == [
        ("purpose", "1"), ("steps", "2"), ("duties", "3"),
    ]  # fmt: skip
    assert 'id="archive"' not in page and 'href="#archive"' not in page
    [counted] = re.findall(r"<ol[^>]*>(.*?)</ol>", page.partition("<main")[2], re.DOTALL)
    assert counted.count("<li>") == 3
    assert re.search(r"<li>register the request\s*<p><del [^>]*>inform the customer</del></p>", counted)


def test_a_table_is_called_by_its_new_caption(tmp_path: Path) -> None:
    old, new = table("R-1|Answer|15 minutes"), table("R-1|Answer|15 minutes")
    new["c"][1][1][0]["c"] = ast.text("Duties of the desk")
    page, _ = printed(redlined(samples.composition("en", blocks=[old], figures=()), [new]), tmp_path)
    assert 'aria-label="Duties of the desk"' in page
    old["c"][1][1][0]["c"] = ast.text("Something quite different here")
    page, _ = printed(redlined(samples.composition("en", blocks=[old], figures=()), [new]), tmp_path)
    assert 'aria-label="Duties of the desk"' in page


def test_pdf_shows_both_texts_and_counts_the_new_ones(both: tuple[str, Pdf]) -> None:
    file = both[1]
    whole = file.whole()
    for text in ("15 minutes30 minutes", "2.1 Archive", "inform the customer", "R-0Logat once", "R-2Close2 days"):
        assert squeezed(text) in whole
    assert squeezed("3. close the request") in whole and squeezed("4. close") not in whole
    titles = [title for _, title, _ in file.bookmarks()]
    assert "Duties" in " ".join(titles) and "Archive" not in " ".join(titles)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_real_documents_print_when_all_of_it_goes_and_comes(lang: Any, tmp_path: Path) -> None:
    """PDF/UA refuses what a reading aid could not tell; links that led into deleted text lead nowhere."""
    old = real("SMS-PR-20", lang)
    page, file = printed(redlined(old, real("SMS-PL-01", lang).blocks), tmp_path)
    assert "figures/" not in page and page.count("<figure") == 1
    assert squeezed(old.blocks[0]["c"][2][0]["c"]) in file.whole()


def test_a_document_without_revisions_bears_no_trace_of_them(tmp_path: Path) -> None:
    old = samples.composition("en", blocks=OLD, figures=())
    page, _ = printed(redlined(old, OLD), tmp_path)
    assert "revision" not in page and "<ins" not in page


def test_struck_text_of_the_documents_own_is_no_revision(tmp_path: Path) -> None:
    struck: Node = ast.para([{"t": "Strikeout", "c": ast.text("void")}])
    page, _ = printed(samples.composition("en", blocks=[struck], figures=()), tmp_path)
    assert "<del>void</del>" in page and "revision" not in page


def test_texts_that_mean_something_to_typst_mean_only_themselves(tmp_path: Path) -> None:
    """A mark may end before a bracket, begin with a dash or stand inside what would be markup."""
    signs = (
        "(a)",
        "[b]",
        ".c",
        "-",
        "- d",
        "1. e",
        "#f",
        "$g$",
        "*h*",
        "_i_",
        "...",
        "--",
        "// j",
        "\\",
        "<k>",
        "@l",
        "= m",
        ";",
        "'n'",
    )
    old = [para(f"The text {one} {other} ends") for one in signs for other in ("o", "p(")]
    new = [para(f"The text {other} {one}{one} ends") for one in signs for other in ("[q", "o")]
    made = redlined(samples.composition("en", blocks=old, figures=()), new)
    page, file = printed(made, tmp_path)
    Page(page)
    whole = file.whole()
    assert [one for one in made.blocks if squeezed(ast.flat(one)) not in whole] == []
