"""Where the steps and arrows of a process flow go: a swimlane chart on a grid, before any text is measured.

The grid counts ten units a lane to the right and ten units a row downwards. A step's box takes units 2 to 8 of its
cell, so that the seams between lanes and between rows are free of boxes: arrows bend there. frames/process_flow.typ
gives lanes and rows their real sizes and keeps the grid's topology.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any

Point = tuple[float, float]
Route = tuple[Point, ...]
Segment = tuple[Point, Point]
Span = tuple[float, float, float, float]
"""A segment as left, right, upper, lower."""

CELL = 10
"""Units of a lane's width and of a row's height."""

COMFORTABLE_ROWS = 11
"""Rows that stand well on one page; steps of longer flows share rows."""

_NEAR, _MIDDLE, _FAR = 2, 5, 8
_SEAM_TRACKS = (0.7, -0.7, 1.4, -1.4, 0.3, -0.3)
_EDGE_TRACKS = (0.6, 1.2, 1.8, 0.3)
_GAP_TRACKS = (0.3, -0.5, 1.0, -1.0)
_TOP_TRACKS = (1.0, 1.6, 0.4)

_BEND, _CROSSING, _LENGTH = 2.0, 5.0, 0.08
_SHARED_LINE, _SHARED_SEAM, _MERGING = 60.0, 0.5, 1.0
_PORT_OF_EXITS, _PORT_BOTH_WAYS, _PORT_OF_ENTRIES = 40.0, 40.0, 2.0
_SIDE_OF_DECISION = 2.5
"""What it costs to enter a decision from the side: the sides are for its labelled exits."""


@dataclass(frozen=True)
class Box:
    """A step's place."""

    lane: int
    """Column, counted from 0."""

    row: int
    """Row, counted from 0."""

    @property
    def top(self) -> Point:
        return self.lane * CELL + _MIDDLE, self.row * CELL + _NEAR

    @property
    def bottom(self) -> Point:
        return self.lane * CELL + _MIDDLE, self.row * CELL + _FAR

    @property
    def sides(self) -> tuple[Point, Point]:
        """Middle of the left side and of the right side."""
        height = self.row * CELL + _MIDDLE
        return (self.lane * CELL + _NEAR, height), (self.lane * CELL + _FAR, height)


@dataclass(frozen=True)
class Flow:
    """A process flow with every box and arrow in its place."""

    rows: int
    """Number of rows."""

    boxes: Mapping[str, Box]
    """Place of every step, by the step's id."""

    routes: Sequence[Route]
    """The corners of every arrow in the order of the edges; segments are level or upright."""


@dataclass(frozen=True)
class _Way:
    """A route with its segments."""

    route: Route
    spans: Sequence[Span]


def flow(data: Mapping[str, Any]) -> Flow:
    """Places the steps and arrows of figure data of the kind `process_flow`."""
    boxes = _placed(data)
    lanes = len(data["lanes"])
    ends = [(boxes[edge["from"]], boxes[edge["to"]]) for edge in data["edges"]]
    decisions = {boxes[node["id"]] for node in data["nodes"] if node["kind"] == "decision"}
    chosen: dict[int, _Way] = {}
    for index in sorted(range(len(ends)), key=lambda index: _difficulty(*ends[index])):
        side = _SIDE_OF_DECISION if ends[index][1] in decisions else 0.0
        chosen[index] = _best(_candidates(*ends[index], lanes), side, boxes.values(), chosen.values())
    routes = _spread([chosen[index].route for index in range(len(ends))], lanes)
    return Flow(1 + max(box.row for box in boxes.values()), boxes, routes)


def _placed(data: Mapping[str, Any]) -> dict[str, Box]:
    """A row for every step, in order; long flows put a step beside the one that leads to it.

    Decisions keep both sides free, for their arrows and labels."""
    lanes = {lane["id"]: index for index, lane in enumerate(data["lanes"])}
    plain = {(edge["from"], edge["to"]) for edge in data["edges"] if not edge.get("label")}
    nodes = data["nodes"]
    to_share = max(0, len(nodes) - COMFORTABLE_ROWS)
    boxes: dict[str, Box] = {}
    row, alone = -1, False
    for before, node in zip([None, *nodes], nodes, strict=False):
        lane = lanes[node["lane"]]
        shares = (
            to_share > 0
            and alone
            and before is not None
            and node["kind"] != "decision"
            and (before["id"], node["id"]) in plain
            and boxes[before["id"]].lane < lane
        )
        if shares:
            to_share, alone = to_share - 1, False
        else:
            row, alone = row + 1, True
        boxes[node["id"]] = Box(lane, row)
    return boxes


def _difficulty(start: Box, end: Box) -> tuple[bool, int, int]:
    return end.row < start.row, abs(end.row - start.row), abs(end.lane - start.lane)


def _candidates(start: Box, end: Box, lanes: int) -> Iterator[Route]:
    """Ways from one box to another, the simple ones first; some may run through boxes."""
    (ax, _), (bx, _) = start.bottom, end.top
    (_, ay), (_, by) = start.sides[0], end.sides[0]
    under, over = (start.row + 1) * CELL, end.row * CELL
    seams = [lane * CELL for lane in range(lanes + 1)]
    if start.lane == end.lane:
        yield start.bottom, end.top
    for out in start.sides:
        yield out, (bx, ay), end.top
        if start.row == end.row:
            yield from ((out, into) for into in end.sides)
    for into in end.sides:
        yield start.bottom, (ax, by), into
    for gap in (under, over):
        yield start.bottom, (ax, gap), (bx, gap), end.top
    for seam in seams:
        yield start.bottom, (ax, under), (seam, under), (seam, over), (bx, over), end.top
        for out in start.sides:
            yield out, (seam, ay), (seam, over), (bx, over), end.top
            for into in end.sides:
                yield out, (seam, ay), (seam, by), into
        for into in end.sides:
            yield start.bottom, (ax, under), (seam, under), (seam, by), into


def _best(candidates: Iterable[Route], side: float, boxes: Collection[Box], others: Collection[_Way]) -> _Way:
    """The cheapest way that runs through no box; there always is one along the seams.

    `side` is what it costs to arrive from the side."""
    best: _Way | None = None
    least = inf
    for cost, route in sorted((_cost(route, side), route) for route in candidates):
        if cost >= least:
            break
        way = _Way(route, [_span(segment) for segment in pairwise(route)])
        if not any(_enters(span, box) for box in boxes for span in way.spans):
            cost += _friction(way, others, least - cost)
            if cost < least:
                best, least = way, cost
    if best is None:
        raise ValueError("no way between two boxes of a process flow")
    return best


def _enters(span: Span, box: Box) -> bool:
    x1, x2, y1, y2 = span
    left, upper = box.lane * CELL, box.row * CELL
    return x1 < left + _FAR and x2 > left + _NEAR and y1 < upper + _FAR and y2 > upper + _NEAR


def _span(segment: Segment) -> Span:
    (x1, y1), (x2, y2) = segment
    return min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)


def _cost(route: Route, side: float) -> float:
    arrival = side if route[-1][1] == route[-2][1] else 0.0
    length = sum(abs(x1 - x2) + abs(y1 - y2) for (x1, y1), (x2, y2) in pairwise(route))
    return _BEND * (len(route) - 2) + _LENGTH * length + arrival


def _friction(way: _Way, others: Iterable[_Way], enough: float) -> float:
    """What a way costs beside those already chosen: shared ports, crossings, lines upon lines.

    Counts no further than `enough`."""
    out, into = way.route[0], way.route[-1]
    cost = 0.0
    for other in others:
        other_out, other_into = other.route[0], other.route[-1]
        merging = other_into == into
        cost += _PORT_OF_EXITS * (other_out == out) + _PORT_OF_ENTRIES * merging
        cost += _PORT_BOTH_WAYS * ((other_out == into) + (other_into == out))
        for mine in way.spans:
            for theirs in other.spans:
                cost += _conflict(mine, theirs, merging)
        if cost >= enough:
            break
    return cost


def _conflict(mine: Span, theirs: Span, merging: bool) -> float:
    x1, x2, y1, y2 = mine
    u1, u2, v1, v2 = theirs
    if x1 > u2 or u1 > x2 or y1 > v2 or v1 > y2:
        return 0.0
    upright = x1 == x2
    if upright != (u1 == u2):
        return _CROSSING if x1 < u2 and u1 < x2 and y1 < v2 and v1 < y2 else 0.0
    if not ((y1 < v2 and v1 < y2) if upright else (x1 < u2 and u1 < x2)):
        return 0.0
    if merging:
        return _MERGING
    return _SHARED_SEAM if (x1 if upright else y1) % CELL == 0 else _SHARED_LINE


def _spread(routes: Sequence[Route], lanes: int) -> list[Route]:
    """Moves segments on the same seam apart, each to a track of its own; arrows to one end may share it."""
    taken: dict[tuple[bool, float], list[tuple[float, float, Point]]] = {}
    result: list[Route] = []
    for route in routes:
        points = [list(point) for point in route]
        for index, segment in enumerate(pairwise(route)):
            x1, x2, y1, y2 = _span(segment)
            upright = x1 == x2
            line, low, high = (x1, y1, y2) if upright else (y1, x1, x2)
            if line % CELL or low == high:
                continue
            tracks = _tracks(line, lanes if upright else None)
            offset = next(
                (t for t in tracks if _is_free(taken.get((upright, line + t), []), low, high, route[-1])), tracks[0]
            )
            taken.setdefault((upright, line + offset), []).append((low, high, route[-1]))
            axis = 0 if upright else 1
            points[index][axis] = points[index + 1][axis] = line + offset
        result.append(tuple((x, y) for x, y in points))
    return result


def _tracks(line: float, lanes: int | None) -> tuple[float, ...]:
    """Offsets from a seam; those at the chart's edges stay inside."""
    if lanes is None:
        return _GAP_TRACKS if line else _TOP_TRACKS
    if line == 0:
        return _EDGE_TRACKS
    if line == lanes * CELL:
        return tuple(-track for track in _EDGE_TRACKS)
    return _SEAM_TRACKS


def _is_free(segments: Iterable[tuple[float, float, Point]], low: float, high: float, end: Point) -> bool:
    return all(high < from_ or to < low or other_end == end for from_, to, other_end in segments)
