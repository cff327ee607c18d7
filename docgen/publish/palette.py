"""Colours of a document: the client's two, made legible, and those of the risk levels."""

from __future__ import annotations

from dataclasses import dataclass

RISK_COLOURS = {"low": "#C6E0B4", "medium": "#FFE699", "high": "#F4B183", "extreme": "#E06666"}
"""Fill of each risk level; dark text is legible on all of them."""

DARK = "#1A1A1A"
"""Text on light ground."""

LIGHT = "#FFFFFF"
"""Text on dark ground, and the paper."""

BLACK = "#000000"
"""Text on grounds of middling lightness: it or white is legible on any colour."""

LEGIBLE = 4.5
"""Least contrast of text to its ground (WCAG 2.2, success criterion 1.4.3)."""


@dataclass(frozen=True)
class Palette:
    """A client's colours, each with its use, as `#RRGGBB`."""

    primary: str
    """Grounds: table heads, bars."""

    on_primary: str
    """Text on `primary`."""

    primary_text: str
    """Headings and links: `primary`, darkened until it is legible on paper."""

    secondary: str
    """Accents without text."""

    secondary_text: str
    """Small coloured text: `secondary`, darkened until it is legible on paper."""

    tint: str
    """Light ground of labels and notes: a little of `primary` in white."""

    line: str
    """Lines of tables."""


def palette(primary: str, secondary: str) -> Palette:
    """All colours of a document from the client's two (`#RRGGBB`)."""
    return Palette(
        primary=primary,
        on_primary=next(text for text in (LIGHT, DARK, BLACK) if contrast(text, primary) >= LEGIBLE),
        primary_text=darkened(primary),
        secondary=secondary,
        secondary_text=darkened(secondary),
        tint=mixed(primary, LIGHT, 0.08),
        line=mixed(mixed(primary, "#808080", 0.25), LIGHT, 0.45),
    )


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: str) -> str:
    """The colour itself where it is legible on its own tint, else the first darker shade of it that is."""
    ground = mixed(colour, LIGHT, 0.08)
    shades = (mixed(colour, "#000000", 1 - step / 20) for step in range(21))
    return next(shade for shade in shades if contrast(shade, ground) >= LEGIBLE)


def mixed(one: str, other: str, share: float) -> str:
    """Mixture of two colours with the given share (0 to 1) of the first."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
