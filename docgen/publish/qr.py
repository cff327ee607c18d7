"""The QR code on a cover: a picture that a telephone reads from the paper."""

from __future__ import annotations

import io
from functools import cache

import segno

from docgen.publish.drawing import Drawing
from docgen.publish.typesetter import TypesettingError

SIZE = 62.4
"""Edge in points (22 mm), quiet zone included."""

LONGEST = 152
"""Bytes that a code of version 8 holds; the modules of a larger one are too small on paper (ISO/IEC 18004, table 7)."""

_PIXELS = 10
"""Pixels of a module's edge."""


@cache
def qr(text: str) -> Drawing:
    """The text as a QR code (ISO/IEC 18004) with error correction M or better and a quiet zone of four modules.

    Raises TypesettingError for a text of more than LONGEST bytes."""
    if len(text.encode()) > LONGEST:
        raise TypesettingError(f"the text of the QR code has more than {LONGEST} bytes: {text[:40]}…")
    code = segno.make_qr(text, error="m")
    svg, png = io.BytesIO(), io.BytesIO()
    code.save(svg, kind="svg", xmldecl=False, nl=False, omitsize=True, light="#fff", svgclass=None, lineclass=None)
    code.save(png, kind="png", scale=_PIXELS)
    return Drawing(svg.getvalue(), png.getvalue(), SIZE, SIZE)
