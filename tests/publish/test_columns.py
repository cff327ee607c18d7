"""Columns of tables: no word is broken where the table has room for it."""

from __future__ import annotations

from typing import Any

from docgen.compose import ast
from docgen.publish.columns import fitted


def table(widths: list[float], *rows: list[str]) -> ast.Node:
    cells = [ast.row([ast.cell([ast.plain(ast.text(text))]) for text in row]) for row in rows]
    return ast.table(ast.attr("tbl", ["grid"]), [], widths, cells[0], cells[1:])


def shares(node: ast.Node) -> list[Any]:
    return [round(column[1]["c"], 4) for column in node["c"][2]]


def test_a_column_becomes_as_wide_as_its_longest_word() -> None:
    narrow = table([5, 95], ["Kind", "Text"], ["Responsibilities", "short"])
    (wide,) = fitted([narrow])
    assert 0.15 < shares(wide)[0] < 0.25
    assert sum(shares(wide)) == 1


def test_columns_with_room_stay_as_they_are() -> None:
    roomy = table([30, 70], ["Kind", "Text"], ["Form", "A sentence of some words."])
    assert fitted([roomy]) == [roomy]


def test_rows_of_a_form_are_fitted_and_its_fields_line_up_from_part_to_part() -> None:
    rows, fields = (table([5, 95], ["Kind", "Text"], ["Responsibilities", "short"]) for _ in range(2))
    rows["c"][0], fields["c"][0] = ast.attr("form-a-rows", ["form"]), ast.attr("form-a", ["form"])
    assert shares(fitted([rows])[0])[0] > 0.15
    assert fitted([fields]) == [fields]


def test_numbers_with_hyphens_stay_whole_and_words_with_hyphens_do_not() -> None:
    date, word = table([5, 95], ["A", "B"], ["2026-12-01", "b"]), table([8, 92], ["A", "B"], ["back-out", "b"])
    assert shares(fitted([date])[0])[0] > 0.11
    assert shares(fitted([word])[0])[0] < 0.11


def test_a_sideways_page_gives_more_room() -> None:
    upright = table([8, 92], ["A", "B"], ["2026-12-01", "b"])
    (turned,) = fitted([ast.div([upright], ["landscape"])])
    assert shares(turned["c"][1][0])[0] < shares(fitted([upright])[0])[0]


def test_a_table_without_room_stays_as_it_is() -> None:
    crowded = table([10] * 10, ["x"] * 10, ["incomprehensibility"] * 10)
    assert fitted([crowded]) == [crowded]
