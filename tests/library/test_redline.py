"""The redline: accepting gives the new text and rejecting the old, and a reader learns what changed."""

from __future__ import annotations

import copy
import datetime
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.compose.composer import Composer
from docgen.compose.composition import Composition, Figure
from docgen.library.redline import Passage, Redline, accepted, compare, rejected
from docgen.model.workspace import load
from tests.library.redline_samples import AT, AUTHOR, edited, is_clean, said
from tests.publish import docx_samples as samples

CODES = ("SMS-PR-20", "SMS-PL-01", "SMS-RG-04", "SMS-PR-20-F01", "SMS-M-02")


@cache
def composer() -> Composer:
    return Composer(load("demo", (samples.ROOT / "content",)), datetime.date(2026, 11, 20))


@cache
def real(code: str, lang: Any) -> Composition:
    return composer().compose(code, lang)


def made(blocks: list[Node], lang: str = "en", **changes: Any) -> Composition:
    return samples.composition(lang, blocks=blocks, **changes)


def between(old: list[Node], new: list[Node], lang: str = "en") -> Redline:
    return compare(made(old, lang), made(new, lang), AUTHOR, AT)


def hold(redline: Redline, old: list[Node], new: list[Node]) -> None:
    """The law of the redline."""
    assert said(accepted(redline.blocks)) == said(new)
    assert said(rejected(redline.blocks)) == said(old)
    assert is_clean(accepted(redline.blocks)) and is_clean(rejected(redline.blocks))


def para(text: str) -> Node:
    return ast.para(ast.text(text))


def head(title: str, level: int = 1, identifier: str = "") -> Node:
    return ast.header(level, ast.attr(identifier), ast.text(title))


def table(*rows: str, heads: str = "No.|Duty|Time limit") -> Node:
    cells = [ast.row([ast.cell([ast.plain(ast.text(text))]) for text in row.split("|")]) for row in (heads, *rows)]
    return ast.table(ast.attr("tbl", ["grid"]), ast.text("Duties"), [1] * len(cells[0][1]), cells[0], cells[1:])


def passages(redline: Redline) -> list[tuple[str, str]]:
    return [(one.before, one.after) for section in redline.sections for one in section.passages]


def marks(node: Any) -> list[tuple[str, str]]:
    """Kind and text of every marked run."""
    if isinstance(node, list):
        return [mark for one in node for mark in marks(one)]
    if not isinstance(node, dict):
        return []
    if node["t"] == "Span" and node["c"][0][1]:
        kind = next((name for name in node["c"][0][1] if name in ("insertion", "deletion")), "")
        if kind:
            return [(kind, ast.flat(node["c"][1]))]
    return marks(node.get("c"))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", CODES)
def test_real_documents_edited_in_many_ways_keep_the_law(code: str, lang: str) -> None:
    old = real(code, lang)
    for seed, often in enumerate((0.02, 0.15, 0.6)):
        new = replace(old, blocks=edited(old.blocks, Random(seed), often))
        redline = compare(old, new, AUTHOR, AT)
        hold(redline, old.blocks, new.blocks)
        assert redline.sections


def test_two_documents_that_have_nothing_in_common_keep_the_law() -> None:
    old, new = real("SMS-PR-20", "zh"), real("SMS-RG-04", "zh")
    redline = compare(old, new, AUTHOR, AT)
    hold(redline, old.blocks, new.blocks)
    assert {one.name for one in redline.figures} >= {"flow-before", *(one.name for one in new.figures)}


@pytest.mark.parametrize("code", CODES)
def test_what_did_not_change_stays_as_it_is(code: str) -> None:
    old = real(code, "zh")
    redline = compare(old, copy.deepcopy(old), AUTHOR, AT)
    assert redline.blocks == old.blocks
    assert redline.figures == old.figures and redline.sections == ()


WORDS = st.sampled_from(["变更", "经理", "15分钟", "30 minutes", "the", "shall", "，", " ", "SMS-PR-20", "P1", "。"])
TEXTS = st.lists(WORDS, min_size=1, max_size=7).map("".join)


def held(inlines: st.SearchStrategy[list[Node]]) -> st.SearchStrategy[Node]:
    return st.one_of(
        inlines.map(lambda inside: {"t": "Strong", "c": inside}),
        inlines.map(lambda inside: ast.link(inside, "SMS-PR-01.html", ["document"])),
        st.sampled_from("123").map(lambda number: ast.link(ast.text(number), f"#s{number}", ["xref"])),
        st.just(ast.BREAK),
        TEXTS.map(lambda text: {"t": "Code", "c": [ast.attr(), text]}),
        TEXTS.map(lambda text: {"t": "Note", "c": [ast.para(ast.text(text))]}),
    )


INLINES = st.lists(
    st.one_of(TEXTS.map(lambda text: ast.text(text)[0]), held(TEXTS.map(ast.text))), min_size=1, max_size=4
)
PARAS = INLINES.map(ast.para)
CELLS = st.lists(PARAS, max_size=2)
ROWS = st.lists(CELLS.map(ast.cell), min_size=2, max_size=2).map(ast.row)
CAPTIONS = st.sampled_from("123").map(
    lambda number: [ast.span(ast.text(f"Table {number}"), ["caption-number"]), ast.SPACE, *ast.text("Duties")]
)
TABLES = st.builds(
    lambda *parts: ast.table(ast.attr("", ["grid"]), parts[0], [1, 2], *parts[1:]),
    CAPTIONS,
    ROWS,
    st.lists(ROWS, max_size=4),
)
ITEMS = st.lists(st.lists(PARAS, min_size=1, max_size=2), min_size=1, max_size=4)
LEAVES = st.one_of(
    PARAS,
    TABLES,
    ITEMS.map(ast.bullets),
    ITEMS.map(lambda items: {"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}),
    st.tuples(INLINES, st.lists(st.lists(PARAS, min_size=1, max_size=1), min_size=1, max_size=2)).map(
        lambda term: {"t": "DefinitionList", "c": [list(term)]}
    ),
    TEXTS.map(lambda text: {"t": "CodeBlock", "c": [ast.attr(), text]}),
    st.just({"t": "HorizontalRule"}),
    st.builds(head, TEXTS, st.integers(1, 3)),
)
TREES = st.lists(
    st.one_of(
        LEAVES,
        st.lists(LEAVES, min_size=1, max_size=2).map(lambda blocks: ast.div(blocks, ["note"])),
        st.lists(LEAVES, min_size=1, max_size=3).map(lambda blocks: ast.div(blocks, ["landscape"])),
        st.lists(PARAS, min_size=1, max_size=2).map(lambda blocks: {"t": "BlockQuote", "c": blocks}),
    ),
    max_size=6,
)


@settings(max_examples=100)
@given(TREES, TREES, st.data())
def test_the_law_holds_for_any_trees(old: list[Node], other: list[Node], data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(old), max_size=5)) if old else []
    new = [*copy.deepcopy(kept), *other] if data.draw(st.booleans()) else [*other, *copy.deepcopy(kept)]
    redline = between(old, new)
    hold(redline, old, new)
    assert bool(redline.sections) == (said(old) != said(new)) or numbers_only(redline)


def numbers_only(redline: Redline) -> bool:
    """Whether all that changed are counted numbers, or blocks without text."""
    return not redline.sections and all(text in ("", "1", "2", "3") for _, text in marks(redline.blocks))


def test_marks_say_who_and_when() -> None:
    redline = between([para("The manager answers.")], [para("The manager decides.")])
    spans = [node for node in redline.blocks[0]["c"] if node["t"] == "Span"]
    assert [node["c"][0] for node in spans] == [
        ["", [kind], [["author", AUTHOR], ["date", "2026-11-20T08:30:00Z"]]] for kind in ("deletion", "insertion")
    ]


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("答复在15分钟内发出。", "答复在30分钟内发出。", "15分钟", "30分钟"),
        ("Answer within 15 minutes.", "Answer within 30 minutes.", "15 minutes", "30 minutes"),
        ("按变更管理程序SMS-PR-20办理。", "按变更管理程序SMS-PR-21办理。", "SMS-PR-20", "SMS-PR-21"),
        ("服务可用性的目标为99.5%。", "服务可用性的目标为99.9%。", "99.5%", "99.9%"),
        ("由服务经理批准后实施变更。", "由服务负责人批准后实施变更。", "经理", "负责人"),
        ("应在两个工作日内补齐。", "应在三个工作日内补齐。", "两个工作日", "三个工作日"),
        ("每年进行一次内部审核，并报告。", "每年进行一次内部审核和管理评审，并报告。", "", "和管理评审"),
        ("The owner may approve it.", "The owner may not approve it.", "", "not "),
    ],
)
def test_words_are_compared_and_numbers_keep_their_units(old: str, new: str, gone: str, come: str) -> None:
    expected = [("deletion", gone)] if gone else []
    assert marks(between([para(old)], [para(new)]).blocks) == [*expected, ("insertion", come)]


def test_changes_that_stand_close_together_are_one() -> None:
    old, new = "发现问题的人员应及时上报部门领导。", "发生事件的岗位须立即报告值班领导。"
    kinds = [kind for kind, _ in marks(between([para(old)], [para(new)]).blocks)]
    assert len(kinds) <= 4


def test_a_small_edit_in_a_cell_marks_its_words_only() -> None:
    old = table("R-1|Answer requests|15 minutes", "R-2|Close requests|2 days", "R-3|Report|monthly")
    new = table("R-0|Log requests|at once", "R-1|Answer requests|30 minutes", "R-3|Report|monthly")
    redline = between([head("Duties"), old], [head("Duties"), new])
    rows = redline.blocks[1]["c"][4][0][3]
    assert [row[0][1] for row in rows] == [["insertion"], [], ["deletion"], []]
    assert marks(rows[1][1]) == [("deletion", "15 minutes"), ("insertion", "30 minutes")]
    assert passages(redline) == [
        ("", "R-0 · Log requests · at once"),
        ("R-1 · 15 minutes", "R-1 · 30 minutes"),
        ("R-2 · Close requests · 2 days", ""),
    ]


def test_rows_that_are_only_counted_on_are_no_change_to_a_reader() -> None:
    old = table("1|Answer|15 minutes", "2|Close|2 days")
    new = table("1|Log|at once", "2|Answer|15 minutes", "3|Close|2 days")
    redline = between([old], [new])
    hold(redline, [old], [new])
    assert passages(redline) == [("", "1 · Log · at once")]


def test_a_table_with_other_columns_takes_the_place_of_the_old_one() -> None:
    old = table("R-1|Answer|15 minutes")
    new = table("R-1|Answer|Service desk|15 minutes", heads="No.|Duty|Who|Time limit")
    redline = between([old], [new])
    assert [block["c"][4][0][3][0][0][1] for block in redline.blocks] == [["deletion"], ["insertion"]]
    swapped = table("R-1|15 minutes|Answer", heads="No.|Time limit|Duty")
    assert len(between([old], [swapped]).blocks) == 2


SECTIONS = [
    head("Purpose", 1, "purpose"),
    para("This procedure governs changes."),
    head("Process", 1, "process"),
    head("Assessment", 2, "assess"),
    para("The manager assesses every request within 15 minutes of its receipt and records the result."),
    head("Approval", 2, "approve"),
    para("The board approves changes of high risk; others are approved by the manager. Nobody approves a change that"),
    para("he or she asked for or carries out; where the manager is away, the deputy named in writing decides."),
    head("Records", 1, "records"),
    ast.para([*ast.text("Kept as said in "), ast.link(ast.text("2.2"), "#approve", ["xref"]), *ast.text(".")]),
]


def test_an_inserted_section_is_one_change_and_renumbering_none() -> None:
    new = copy.deepcopy(SECTIONS)
    new[3:3] = [head("Request", 2, "request"), para("Anyone may ask for a change.")]
    new[-1]["c"][1]["c"][1] = ast.text("2.3")
    redline = between(SECTIONS, new)
    hold(redline, SECTIONS, new)
    assert [(one.number, one.title, one.kind) for one in redline.sections] == [("2.1", "Request", "added")]
    assert redline.sections[0].passages == (Passage("", "Anyone may ask for a change."),)


def test_a_removed_section_keeps_its_old_number() -> None:
    redline = between(SECTIONS, SECTIONS[:3] + SECTIONS[5:])
    assert [(one.number, one.title, one.kind) for one in redline.sections] == [("2.1", "Assessment", "removed")]


def test_a_moved_section_is_recognized_with_the_edits_in_it() -> None:
    new = copy.deepcopy(SECTIONS)
    moved = new[3:5]
    moved[1] = para("The manager assesses every request within 30 minutes of its receipt and records the result.")
    new = [*new[:3], *new[5:8], *moved, *new[8:]]
    new[-1]["c"][1]["c"][1] = ast.text("2.1")
    redline = between(SECTIONS, new)
    hold(redline, SECTIONS, new)
    [section] = redline.sections
    assert (section.number, section.title, section.kind) == ("2.2", "Assessment", "moved")
    [passage] = section.passages
    assert passage.before == "…manager assesses every request within 15 minutes of its receipt and records the result"
    assert passage.after == passage.before.replace("15", "30")


def test_a_chapter_that_moves_takes_its_sections_along() -> None:
    new = [*SECTIONS[:2], *SECTIONS[8:], *SECTIONS[2:8]]
    redline = between(SECTIONS, new)
    hold(redline, SECTIONS, new)
    assert [(one.title, one.kind) for one in redline.sections] == [("Records", "moved")]


def test_a_heading_may_change_without_its_text() -> None:
    new = copy.deepcopy(SECTIONS)
    new[5] = head("Decision", 2, "section-2-2")
    redline = between(SECTIONS, new)
    assert [(one.title, one.kind, one.passages) for one in redline.sections] == [
        ("Decision", "changed", (Passage("Approval", "Decision"),))
    ]
    new[5] = head("Approval", 1, "approve")
    redline = between(SECTIONS, new)
    hold(redline, SECTIONS, new)
    assert redline.sections[0].passages == (Passage("2.2 Approval", "3 Approval"),)


def test_a_text_before_the_first_heading_is_told_under_the_documents_title() -> None:
    [section] = between([para("One sentence.")], [para("Another sentence.")]).sections
    assert (section.number, section.title) == ("", samples.front("en").title)


def test_a_landscape_page_that_came_or_went_is_no_change() -> None:
    wide = table("R-1|Answer|15 minutes")
    redline = between([head("A"), para("Text."), wide], [ast.div([head("A"), para("Text."), wide], ["landscape"])])
    assert redline.sections == () and redline.blocks[0]["c"][0][1] == ["landscape"]


def test_a_deleted_wide_table_leaves_no_landscape_page() -> None:
    wide = table("R-1|Answer|15 minutes")
    redline = between([para("One."), ast.div([wide], ["landscape"]), para("Two.")], [para("One."), para("Two.")])
    assert [block["t"] for block in redline.blocks] == ["Para", "Table", "Para"]


def test_a_figure_drawn_anew_shows_both_drawings() -> None:
    old = real("SMS-PR-20", "en")
    data = copy.deepcopy(dict(old.figures[0].data))
    data["nodes"][0]["label"] = "Ask for a change"
    new = replace(old, figures=(replace(old.figures[0], data=data),))
    redline = compare(old, new, AUTHOR, AT)
    assert [one.name for one in redline.figures] == ["flow", "flow-before"]
    assert redline.figures[1].data == old.figures[0].data
    was = old.figures[0].data["nodes"][0]["label"]
    assert passages(redline) == [(was, "Ask for a change")]
    hold(redline, old.blocks, new.blocks)


def test_deleted_text_has_neither_ids_nor_links() -> None:
    old, new = real("SMS-PR-20", "en"), made([para("Nothing.")])
    redline = compare(old, replace(new, figures=()), AUTHOR, AT)
    assert '"Link"' not in str(redline.blocks).replace("'", '"')
    assert [one for one in ast.walk(redline.blocks) if one["t"] in ("Header", "Table", "Figure") and _id(one)] == []
    assert redline.figures == (replace(old.figures[0], name="flow-before"),)
    assert isinstance(redline.figures[0], Figure)


def _id(block: Node) -> str:
    return str(block["c"][1 if block["t"] == "Header" else 0][0])


def test_passages_are_short() -> None:
    long = "The service desk records, classifies and forwards each and every request of users and customers " * 5
    redline = between([para(long)], [para("Short.")])
    assert all(len(text) <= 121 for passage in passages(redline) for text in passage)
    assert passages(redline)[0][0].endswith("…")


def test_a_very_long_paragraph_is_compared_in_bounded_time() -> None:
    old, new = "甲乙" * 20_000, "乙丙" * 20_000
    redline = between([para(f"始{old}终")], [para(f"始{new}终")])
    hold(redline, [para(f"始{old}终")], [para(f"始{new}终")])
