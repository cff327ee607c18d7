"""The client's logo for all writers: as SVG, and as pixels for Word, which has no say in SVG."""

from __future__ import annotations

from base64 import b64encode

from docgen.compose.composition import Brand
from docgen.publish.drawing import Drawing
from docgen.publish.typesetter import Typesetter

WIDTH = 240
"""Width in points at which an SVG logo is turned into pixels."""

RESOLUTION = 300
"""Pixels an inch."""

_PROGRAM = '#set page(width: {width}pt, height: auto, margin: 0pt, fill: none)\n#image("logo.svg", width: 100%)\n'


def logo_svg(brand: Brand) -> bytes:
    """The logo as SVG; pixels travel inside, for Typst takes files in memory as text only."""
    if brand.logo_type == "svg":
        return brand.logo
    width, height = _size(brand.logo)
    pixels = b64encode(brand.logo).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{pixels}"/></svg>'
    ).encode()


def logo_drawing(brand: Brand, typesetter: Typesetter) -> Drawing:
    """The logo as SVG and PNG of one width; raises TypesettingError for a file that is no picture."""
    svg, png = logo_svg(brand), brand.logo
    if brand.logo_type == "svg":
        program = _PROGRAM.format(width=WIDTH)
        _, png = typesetter.picture({"main.typ": program.encode(), "logo.svg": svg}, RESOLUTION)
    width, height = _size(png)
    return Drawing(svg, png, WIDTH, WIDTH * height / width)


def _size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header of a PNG file (PNG specification, 11.2.1)."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
