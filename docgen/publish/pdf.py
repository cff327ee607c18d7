"""A composition as PDF: feeds the Typst shell with data and reads the page numbers back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from docgen.compose.composition import Composition
from docgen.publish.drawing import Drawing
from docgen.publish.logo import logo_svg
from docgen.publish.palette import RISK_COLOURS, palette
from docgen.publish.pdf_pages import layout
from docgen.publish.qr import qr
from docgen.publish.typesetter import Typesetter

MAIN = b'#import "document.typ": *\n#show: shell\n'


@dataclass(frozen=True)
class Pdf:
    """A PDF file and where its headings stand."""

    data: bytes
    """The file."""

    pages: Mapping[str, int]
    """Page number, counted from 1 at the cover, of every heading, by id."""

    count: int
    """Number of pages."""


def pdf(composition: Composition, body: str, drawings: Mapping[str, Drawing], typesetter: Typesetter) -> Pdf:
    """The composition as PDF/A-2a and PDF/UA-1.

    `body` is what the engine wrote as Typst, `drawings` the figures by name. Raises TypesettingError."""
    sources = {
        "main.typ": MAIN + body.encode(),
        "document.typ": _shell(),
        "document.json": json.dumps(_data(composition, drawings, typesetter), ensure_ascii=False).encode(),
        "logo.svg": logo_svg(composition.brand),
        **{f"figures/{name}.svg": drawing.svg for name, drawing in drawings.items()},
    }
    if composition.front.verify:
        sources["qr.svg"] = qr(composition.front.verify).svg
    data = typesetter.pdf(sources, composition.front.as_of)
    found = layout(data)
    return Pdf(data, found.pages, found.count)


def _data(composition: Composition, drawings: Mapping[str, Drawing], typesetter: Typesetter) -> dict[str, Any]:
    """What frames/document.typ reads as document.json."""
    brand = composition.brand
    day = composition.front.as_of
    return {
        "lang": composition.lang,
        "bare": bool(composition.record),
        "region": composition.locale.partition("-")[2],
        "front": {**asdict(composition.front), "mark_lines": composition.front.mark_lines, "as_of": None},
        "as_of": [day.year, day.month, day.day],
        "fonts": typesetter.families(brand.pdf_fonts),
        "palette": asdict(palette(brand.primary, brand.secondary)),
        "risk_colours": RISK_COLOURS,
        "figures": {
            figure.name: {"alt": figure.alt, "width": drawings[figure.name].width} for figure in composition.figures
        },
    }


@cache
def _shell() -> bytes:
    return (files("docgen.publish") / "frames" / "document.typ").read_bytes()
