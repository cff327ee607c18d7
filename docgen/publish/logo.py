"""The client's logo as a drawing, so that Word, which has no say in SVG, gets a PNG."""

from __future__ import annotations

from docgen.compose.composition import Brand
from docgen.publish.drawing import Drawing
from docgen.publish.typesetter import Typesetter

WIDTH = 240
"""Width in points at which an SVG logo is turned into pixels."""

RESOLUTION = 300
"""Pixels an inch."""

_PROGRAM = '#set page(width: {width}pt, height: auto, margin: 0pt, fill: none)\n#image("logo.svg", width: 100%)\n'


def logo_drawing(brand: Brand, typesetter: Typesetter) -> Drawing:
    """The logo as SVG and PNG of one width; raises TypesettingError for a file that is no picture."""
    if brand.logo_type == "png":
        width, height = _size(brand.logo)
        return Drawing(b"", brand.logo, WIDTH, WIDTH * height / width)
    program = _PROGRAM.format(width=WIDTH)
    svg, png = typesetter.picture({"main.typ": program.encode(), "logo.svg": brand.logo}, RESOLUTION)
    width, height = _size(png)
    return Drawing(svg, png, WIDTH, WIDTH * height / width)


def _size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header of a PNG file."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
