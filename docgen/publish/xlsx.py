"""The tables of a composition as an Excel workbook, a sheet a table."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import xlsxwriter

from docgen.compose import ast
from docgen.compose.composition import Composition

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def xlsx(composition: Composition) -> bytes:
    """Every captioned table with filter, frozen header row and print set-up; same composition, same bytes."""
    stream = io.BytesIO()
    front = composition.front
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": f"{front.code} {front.title} {front.version}",
            "company": front.organization,
            "created": datetime.datetime.combine(front.as_of, datetime.time()),
        }
    )
    looks = {
        "head": book.add_format(
            {
                "bold": True,
                "bg_color": composition.brand.primary,
                "font_color": "#FFFFFF",
                "border": 1,
                "valign": "top",
                "text_wrap": True,
            }
        ),
        "cell": book.add_format({"border": 1, "valign": "top", "text_wrap": True}),
    }
    names: set[str] = set()
    for table in (block for block in ast.walk(composition.blocks) if block["t"] == "Table" and block["c"][1][1]):
        sheet = book.add_worksheet(_sheet_name(ast.flat(table["c"][1][1]), names))
        _fill(sheet, table, composition, looks)
    book.close()
    return stream.getvalue()


def _fill(sheet: Any, table: ast.Node, composition: Composition, looks: dict[str, Any]) -> None:
    _, _, columns, head, bodies, _ = table["c"]
    front = composition.front
    for number, column in enumerate(columns):
        sheet.set_column(number, number, max(6, round(column[1]["c"] * 150)))
    rows = [*head[1], *bodies[0][3]]
    for y, row in enumerate(rows):
        for x, cell in enumerate(row[1]):
            sheet.write_string(y, x, _lines(cell[4]), looks["cell" if y else "head"])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows) - 1, 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    organization = front.organization.replace("&", "&&")
    sheet.set_header(f"&L{organization}&R{front.code} {front.version}")
    sheet.set_footer("&R&P / &N")


def _lines(blocks: list[ast.Node]) -> str:
    lines: list[str] = []
    for block in blocks:
        if block["t"] == "BulletList":
            lines += [f"• {_lines(item)}" for item in block["c"]]
        else:
            lines.append(ast.flat(block).strip())
    return "\n".join(lines)


def _sheet_name(caption: str, taken: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, each name once."""
    plain = _FORBIDDEN.sub(" ", caption).strip()[:31] or "1"
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: 28 - len(str(number))]} ({number})"
    taken.add(name.lower())
    return name
