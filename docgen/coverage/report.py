"""A coverage as rows of words, for a screen, a page, a workbook or a script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

from docgen.compose.labels import Labels
from docgen.coverage import Coverage, KindRow, Place, Row
from docgen.diagnostics import Language
from docgen.frames import frame
from docgen.publish.palette import Palette


@dataclass(frozen=True)
class Line:
    """A clause in words."""

    clause: str
    depth: int
    title: str
    asks: str
    documented: str
    status: str
    """Word for the status."""
    is_gap: bool
    places: tuple[str, ...]
    proofs: tuple[str, ...]
    evidence: tuple[str, ...]
    missing: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A coverage in one language."""

    language: Language
    title: str
    summary: str
    lines: tuple[Line, ...]
    kinds: tuple[Line, ...]
    limits: tuple[tuple[str, str], ...]
    words: Mapping[str, str]


def report(coverage: Coverage, labels: Labels) -> Report:
    """A coverage in the language of the labels."""
    words = labels.section("coverage")
    language = labels.language
    lines = tuple(_line(row, words, language) for row in coverage.rows)
    kinds = tuple(_kind(row, words, language) for row in coverage.kinds)
    covered = sum(not line.is_gap for line in lines)
    summary = words["summary"].format(covered=covered, total=len(lines), gaps=coverage.gaps)
    limits = tuple((aspect[language], excluded[language]) for aspect, excluded in coverage.limits)
    title = f"{coverage.outline.name[language]} · {words['title']}"
    return Report(language, title, summary, lines, kinds, limits, words)


def _line(row: Row, words: Mapping[str, str], language: Language) -> Line:
    clause = row.clause
    return Line(
        clause=clause.id,
        depth=clause.depth,
        title=clause.title[language],
        asks=clause.asks[language],
        documented=words[clause.documented],
        status=words[row.status],
        is_gap=row.status != "covered",
        places=tuple(_place(place, words, language) for place in row.places),
        proofs=tuple(f"{proof.code} {proof.title[language]}" for proof in row.proofs),
        evidence=(
            *(one[language] for one in clause.evidence),
            *(words["entries"].format(path=one.path, count=one.entries) for one in row.data),
        ),
        missing=row.missing,
        items=tuple(f"{item.key}) {item.asks[language]}" for item in clause.items),
    )


def _kind(row: KindRow, words: Mapping[str, str], language: Language) -> Line:
    status = "covered" if row.places else "gap"
    places = tuple(_place(place, words, language) for place in row.places)
    return Line(
        row.kind.id, 1, row.kind.name[language], "", words["mandatory"], words[status], not row.places, places, (), (),
        row.missing, (),
    )  # fmt: skip


def _place(place: Place, words: Mapping[str, str], language: Language) -> str:
    """`SMS-PR-20 Change management procedure A/0, 5.1 Items under change control, p. 7`."""
    parts = [f"{place.code} {place.title[language]} {place.version}".strip()]
    if place.number:
        parts.append(f"{place.number} {place.heading[language]}")
    if language in place.page:
        parts.append(words["page"].format(page=place.page[language]))
    return words["comma"].join(parts)


def as_data(coverage: Coverage) -> dict[str, Any]:
    """For scripts."""
    return {
        "standard": coverage.outline.id,
        "gaps": coverage.gaps,
        "clauses": [
            {
                "clause": row.clause.id,
                "title": dict(row.clause.title),
                "documented": row.clause.documented,
                "status": row.status,
                "places": [_as_data(place) for place in row.places],
                "records": [proof.code for proof in row.proofs],
                "data": {one.path: one.entries for one in row.data},
                "rules": list(row.clause.rules),
                "missing": list(row.missing),
            }
            for row in coverage.rows
        ],
        "kinds": [
            {"kind": row.kind.id, "documents": [place.code for place in row.places], "missing": list(row.missing)}
            for row in coverage.kinds
        ],
        "limits": [{"aspect": dict(aspect), "excluded": dict(excluded)} for aspect, excluded in coverage.limits],
    }


def _as_data(place: Place) -> dict[str, Any]:
    return {
        "document": place.code,
        "version": place.version,
        "state": place.state,
        "section": place.number,
        "title": dict(place.heading),
        "page": dict(place.page),
    }


def page(reports: Sequence[Report], palette: Palette, as_of: str) -> bytes:
    """One page for a browser, each report a part; the first language is the page's own."""
    tags = {"zh": "zh-CN", "en": "en"}
    return (
        frame("docgen.publish", "coverage.html")
        .render(reports=reports, tags=tags, palette=palette, as_of=as_of)
        .encode()
    )


def workbook(reports: Sequence[Report]) -> bytes:
    """A workbook with a sheet a language: a row a clause, filtered and frozen."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top", "bg_color": "#D9E2EC"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    gap = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "bg_color": "#FBE9E7"})
    for one in reports:
        sheet = book.add_worksheet(one.words["sheet"])
        keys = ("clause", "clause_title", "asks", "documented", "status", "places", "records", "evidence", "missing")
        for x, (key, width) in enumerate(zip(keys, (9, 26, 42, 12, 14, 60, 40, 40, 26), strict=True)):
            sheet.set_column(x, x, width)
            sheet.write_string(0, x, one.words[key], head)
        for y, line in enumerate((*one.lines, *one.kinds), 1):
            values = (line.clause, line.title, line.asks, line.documented, line.status)
            lists = (line.places, line.proofs, line.evidence, line.missing)
            for x, value in enumerate((*values, *("\n".join(items) for items in lists))):
                sheet.write_string(y, x, value, gap if line.is_gap else cell)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, len(one.lines) + len(one.kinds), len(keys) - 1)
    book.close()
    return stream.getvalue()
