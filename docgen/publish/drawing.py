"""A drawn figure: what every writer places where the composition asks for a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """A figure as a picture, twice."""

    svg: bytes
    """The picture as SVG, its letters as outlines."""

    png: bytes
    """The same picture as PNG, for programs without SVG."""

    width: float
    """Natural width in points."""

    height: float
    """Natural height in points."""
