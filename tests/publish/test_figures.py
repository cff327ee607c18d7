"""Figures: arrows keep clear of boxes, pictures fit a page, the same data give the same bytes."""

from __future__ import annotations

import re
import struct
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.compose.composition import Figure
from docgen.publish.drawing import Drawing
from docgen.publish.figures import draw, ordered
from docgen.publish.flow import CELL, Flow, flow
from tests.publish import docx_samples as samples
from tests.publish.bodies import AWKWARD, typesetter

PAGE_WIDTH, PAGE_HEIGHT = 162.1 / 25.4 * 72, 225 / 25.4 * 72
BRAND = samples.brand()

RISKS = {
    "size": 5,
    "x_label": "Impact",
    "y_label": "Likelihood",
    "x": ["Negligible", "Minor", "Moderate", "Serious", "Disastrous"],
    "y": ["Rare", "Unlikely", "Possible", "Likely", "Almost certain"],
    "levels": [["medium", "medium", "high", "extreme", "extreme"]] + [["low", "low", "medium", "high", "extreme"]] * 4,
    "level_labels": {"low": "Low", "medium": "Medium", "high": "High", "extreme": "Extreme"},
    "items": [{"id": f"R-{n:02d}", "p": 3, "i": 4} for n in range(1, 10)] + [{"id": "R-10", "p": 5, "i": 5}],
}


def objective(name: str, level: str, *parents: str) -> dict[str, Any]:
    return {
        "id": name,
        "level": level,
        "number": name,
        "label": f"Objective {name}",
        "value": "≥ 98%",
        "parents": list(parents),
    }


OBJECTIVES = {
    "levels": [{"id": level, "label": level.title()} for level in ("strategic", "tactical", "operational")],
    "nodes": [
        objective("S1", "strategic"), objective("S2", "strategic"),
        objective("T1", "tactical", "S2"), objective("T2", "tactical", "S1"), objective("T3", "tactical", "S1", "S2"),
        *(objective(f"O{n}", "operational", f"T{n % 3 + 1}") for n in range(14)),
    ],
}  # fmt: skip


def process(lanes: int, kinds: list[str], edges: list[tuple[int, int]], label: str = "Check") -> dict[str, Any]:
    return {
        "lanes": [{"id": f"L{n}", "label": f"Role {n}"} for n in range(lanes)],
        "nodes": [
            {"id": f"n{n}", "lane": f"L{n * 7 % lanes}", "kind": kind, "label": f"{label} {n}", "number": str(n)}
            for n, kind in enumerate(kinds)
        ],
        "edges": [{"from": f"n{a}", "to": f"n{b}", "label": "Yes" if kinds[a] == "decision" else ""} for a, b in edges],
        "labels": {},
    }


PROCESS = process(
    4,
    ["start", "step", "decision", "step", "decision", "step", "end"],
    [(0, 1), (1, 2), (2, 3), (2, 4), (3, 4), (4, 1), (4, 5), (5, 6)],
)
FIGURES = {"process_flow": PROCESS, "risk_matrix": RISKS, "objective_tree": OBJECTIVES}


@st.composite
def processes(draws: st.DrawFn) -> dict[str, Any]:
    """Flows of any shape within what a procedure may have: 2 to 6 lanes, 6 to 16 steps, edges back and forth."""
    lanes, count = draws(st.integers(2, 6)), draws(st.integers(6, 16))
    kinds = draws(st.lists(st.sampled_from(["start", "step", "decision", "end"]), min_size=count, max_size=count))
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] != pair[1])
    more = draws(st.lists(ends, max_size=8, unique=True))
    return process(lanes, kinds, [*pairwise(range(count)), *more])


def inside(chart: Flow, route: tuple[tuple[float, float], ...]) -> list[str]:
    """Ids of the boxes that a route runs through."""
    hit = []
    for (x1, y1), (x2, y2) in pairwise(route):
        for name, box in chart.boxes.items():
            left, upper = box.lane * CELL + 2, box.row * CELL + 2
            if min(x1, x2) < left + 6 and max(x1, x2) > left and min(y1, y2) < upper + 6 and max(y1, y2) > upper:
                hit.append(name)
    return hit


@settings(max_examples=60)
@given(processes())
def test_arrows_are_level_or_upright_and_run_through_no_box(data: dict[str, Any]) -> None:
    chart = flow(data)
    for route in chart.routes:
        assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(route))
        assert inside(chart, route) == []


@settings(max_examples=60)
@given(processes())
def test_arrows_join_the_steps_of_their_edge(data: dict[str, Any]) -> None:
    chart = flow(data)
    for edge, route in zip(data["edges"], chart.routes, strict=True):
        start, end = chart.boxes[edge["from"]], chart.boxes[edge["to"]]
        assert route[0] in (start.bottom, *start.sides)
        assert route[-1] in (end.top, *end.sides)


@settings(max_examples=60)
@given(processes())
def test_steps_stand_in_order_each_in_a_cell_of_its_own(data: dict[str, Any]) -> None:
    chart = flow(data)
    boxes = [chart.boxes[node["id"]] for node in data["nodes"]]
    assert len(set(boxes)) == len(boxes)
    assert [box.row for box in boxes] == sorted(box.row for box in boxes)


def test_a_short_process_gives_every_step_a_row() -> None:
    assert flow(PROCESS).rows == len(PROCESS["nodes"])


def test_a_question_is_entered_from_above_and_left_by_its_sides() -> None:
    data = process(3, ["start", "decision", "end", "end"], [(0, 1), (1, 2), (1, 3)])
    into, *exits = flow(data).routes
    assert into[-1] == flow(data).boxes["n1"].top
    assert len({route[0] for route in exits}) == 2


@pytest.mark.parametrize("kind", FIGURES)
def test_a_figure_fits_the_page_in_both_forms(kind: str) -> None:
    drawing = drawn(kind, FIGURES[kind])
    assert 100 < drawing.width <= PAGE_WIDTH
    assert 100 < drawing.height <= PAGE_HEIGHT
    width, height = struct.unpack(">II", drawing.png[16:24])
    assert width / height == pytest.approx(drawing.width / drawing.height, rel=0.01)
    assert width / drawing.width * 72 == pytest.approx(220, rel=0.01)


@pytest.mark.parametrize("kind", FIGURES)
def test_the_same_data_give_the_same_bytes(kind: str) -> None:
    assert drawn(kind, FIGURES[kind]) == drawn(kind, FIGURES[kind])


def test_a_long_process_with_long_labels_still_fits() -> None:
    label = "Assess the consequences for services, customers, security and cost of configuration item"
    data = process(6, ["start", *["step", "decision"] * 7, "end"], list(pairwise(range(16))), label)
    drawing = drawn("process_flow", data)
    assert drawing.width <= PAGE_WIDTH
    assert drawing.height <= PAGE_HEIGHT


@pytest.mark.parametrize("text", AWKWARD)
def test_labels_may_hold_any_text(text: str) -> None:
    assert drawn("process_flow", process(2, ["start", "step", "decision", "end"], [(0, 1), (1, 2), (2, 3)], text)).svg


def test_pictures_need_nothing_outside_themselves() -> None:
    svg = drawn("objective_tree", OBJECTIVES).svg.decode()
    assert "<text" not in svg
    assert not re.search(r'(?:href|src)="(?!#)', svg)


def test_objectives_stand_near_their_parents() -> None:
    columns = ordered(OBJECTIVES)
    assert columns["strategic"] == ["S1", "S2"]
    assert columns["tactical"] == ["T2", "T3", "T1"]


def drawn(kind: str, data: dict[str, Any]) -> Drawing:
    return draw(Figure("f", kind, data, "in words"), BRAND, "en", typesetter())
