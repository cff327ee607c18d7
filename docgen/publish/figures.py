"""Draws the figures of a composition: a Typst program a kind, fed with the figure's data."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from statistics import fmean
from typing import Any

from docgen.compose.composition import Brand, Figure
from docgen.publish.drawing import Drawing
from docgen.publish.flow import flow
from docgen.publish.palette import RISK_COLOURS, palette
from docgen.publish.typesetter import Typesetter

RESOLUTION = 220
"""Pixels an inch of the PNG pictures."""

_SIZE = re.compile(rb'<svg[^>]*? width="([\d.]+)pt" height="([\d.]+)pt"')

_MINUTE_DIGITS = re.compile(rb"(?<=\.\d{3})\d+")
"""Digits beyond a thousandth of a point, which double a picture's size."""


def draw(figure: Figure, brand: Brand, lang: str, typesetter: Typesetter) -> Drawing:
    """The figure in the client's colours, no wider than the text of a page and no higher than a page.

    Raises TypesettingError."""
    given = {
        "data": figure.data,
        "lang": lang,
        "fonts": typesetter.families(brand.pdf_fonts),
        "palette": asdict(palette(brand.primary, brand.secondary)),
        "risk_colours": RISK_COLOURS,
        **_arranged(figure),
    }
    sources = {
        "main.typ": _program(figure.kind),
        "figure.json": json.dumps(given, ensure_ascii=False).encode(),
    }
    exact, png = typesetter.picture(sources, RESOLUTION)
    svg = _MINUTE_DIGITS.sub(b"", exact)
    size = _SIZE.match(svg)
    if size is None:
        raise ValueError("a picture without a size in points")
    return Drawing(svg, png, float(size[1]), float(size[2]))


def _arranged(figure: Figure) -> Mapping[str, Any]:
    """What is worked out before drawing, by kind of figure."""
    match figure.kind:
        case "process_flow":
            return {"flow": asdict(flow(figure.data))}
        case "objective_tree":
            return {"tree": ordered(figure.data)}
        case _:
            return {}


def ordered(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """Ids of the nodes of an `objective_tree` by level, children near the middle of their parents."""
    columns: dict[str, list[str]] = {}
    places: dict[str, float] = {}
    for level in data["levels"]:
        nodes = [node for node in data["nodes"] if node["level"] == level["id"]]
        middles = {
            node["id"]: fmean([places[parent] for parent in node["parents"] if parent in places] or [1.0])
            for node in nodes
        }
        columns[level["id"]] = sorted(middles, key=middles.__getitem__)
        places |= {name: index / len(nodes) for index, name in enumerate(columns[level["id"]])}
    return columns


@cache
def _program(kind: str) -> bytes:
    return (files("docgen.publish") / "frames" / f"{kind}.typ").read_bytes()
