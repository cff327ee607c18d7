"""What writers see: what stays together on a page, and where lines may break."""

from __future__ import annotations

import json

from docgen.compose import ast
from docgen.publish.dialect import is_short, with_leads
from docgen.publish.dialect_word import word


def table(rows: int, text: str) -> ast.Node:
    cells = [ast.row([ast.cell([ast.plain(ast.text(text))])]) for _ in range(rows + 1)]
    return ast.table(ast.attr("tbl", ["grid"]), [], [1], cells[0], cells[1:])


def short(node: ast.Node) -> bool:
    return is_short(node["c"][2], node["c"][4])


def test_tables_of_few_rows_and_little_text_are_short() -> None:
    assert short(table(8, "a"))
    assert not short(table(9, "a"))
    assert not short(table(4, "word " * 120))


def test_what_leads_to_a_table_or_a_list_is_marked() -> None:
    heading: ast.Node = {"t": "Header", "c": [1, ast.attr("a"), ast.text("A")]}
    intro, colon = ast.para(ast.text("See the table.")), ast.para(ast.text("These apply:"))
    blocks = [heading, intro, table(2, "a"), intro, table(2, "b"), colon, ast.bullets([[intro]])]
    marked: list[ast.Node] = []
    with_leads(blocks, lambda block: [marked.append(block) or block])  # type: ignore[func-returns-value]
    assert marked == [intro, colon]


def test_lists_of_numbers_may_break_after_their_commas_only() -> None:
    seen = json.dumps(word([table(1, "5.1、5.2.1、5.3")]), ensure_ascii=False)
    assert "5.1、\u200b5.2.1、\u200b5.3" in seen
    assert "\u200b" not in json.dumps(word([table(1, "按 5.1、5.2 评分")]), ensure_ascii=False)
