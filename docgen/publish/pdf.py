"""A composition as PDF: feeds the Typst shell with data and reads the page numbers back."""

from __future__ import annotations

import json
import struct
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from docgen.compose.composition import Brand, Composition
from docgen.publish.drawing import Drawing
from docgen.publish.palette import RISK_COLOURS, palette
from docgen.publish.pdf_pages import layout
from docgen.publish.typesetter import Typesetter

_PNG_SIZE = slice(16, 24)
"""Where a PNG file keeps its width and height (PNG specification, 11.2.1)."""

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
        "logo.svg": _logo(composition.brand),
        **{f"figures/{name}.svg": drawing.svg for name, drawing in drawings.items()},
    }
    data = typesetter.pdf(sources, composition.front.as_of)
    found = layout(data)
    return Pdf(data, found.pages, found.count)


def _data(composition: Composition, drawings: Mapping[str, Drawing], typesetter: Typesetter) -> dict[str, Any]:
    """What frames/document.typ reads as document.json."""
    brand = composition.brand
    day = composition.front.as_of
    return {
        "lang": composition.lang,
        "front": {**asdict(composition.front), "as_of": None},
        "as_of": [day.year, day.month, day.day],
        "fonts": typesetter.families(brand.pdf_fonts),
        "palette": asdict(palette(brand.primary, brand.secondary)),
        "risk_colours": RISK_COLOURS,
        "figures": {
            figure.name: {"alt": figure.alt, "width": drawings[figure.name].width} for figure in composition.figures
        },
    }


def _logo(brand: Brand) -> bytes:
    """The logo as SVG: Typst takes files in memory as text only, so pixels travel inside a drawing."""
    if brand.logo_type == "svg":
        return brand.logo
    width, height = struct.unpack(">II", brand.logo[_PNG_SIZE])
    pixels = b64encode(brand.logo).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{pixels}"/></svg>'
    ).encode()


@cache
def _shell() -> bytes:
    return (files("docgen.publish") / "frames" / "document.typ").read_bytes()
