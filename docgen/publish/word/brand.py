"""A client's brand in a Word shell: theme colours and fonts, and the values that depend on them."""

from __future__ import annotations

import re

from lxml import etree

from docgen.compose.composition import Brand
from docgen.publish.drawing import Drawing
from docgen.publish.palette import Palette, palette
from docgen.publish.word.markup import WP, A, R, W
from docgen.publish.word.package import parse, read_package, relationships, serialize, write_package

_FONT_SLOTS = {
    "asciiTheme": ("ascii", "latin"),
    "hAnsiTheme": ("hAnsi", "latin"),
    "eastAsiaTheme": ("eastAsia", "east_asian"),
    "cstheme": ("cs", "latin"),
}
_COLOUR_SLOTS = (("themeColor", "color"), ("themeFill", "fill"))
_HINTS = ("themeTint", "themeShade", "themeFillTint", "themeFillShade")


def branded(shell: bytes, brand: Brand, logo: Drawing, locale: str) -> bytes:
    """The shell with the client's colours, fonts and logo.

    The theme's accents 1 to 6 become the two colours of the brand, the same two dark enough for
    text, the light ground of labels, and the text on the first colour; the second background
    colour is that of lines. Raises `ShellError` for a file that is no Word file.
    """
    parts = read_package(shell)
    colours = _theme_colours(palette(brand.primary, brand.secondary))
    for name, content in parts.items():
        if name.startswith("word/theme/") and name.endswith(".xml"):
            parts[name] = _theme(parse(name, content), colours, brand)
        elif name.startswith("word/") and name.endswith(".xml") and b"heme" in content:
            parts[name] = _values(parse(name, content), colours, brand)
    if locale.startswith("zh"):
        for name in [name for name in parts if name.startswith("word/") and b'"zh-CN"' in parts[name]]:
            parts[name] = parts[name].replace(b'"zh-CN"', f'"{locale}"'.encode())
    _place_logo(parts, logo)
    return write_package(parts)


def _theme_colours(colours: Palette) -> dict[str, str]:
    values = {
        "accent1": colours.primary,
        "accent2": colours.secondary,
        "accent3": colours.primary_text,
        "accent4": colours.secondary_text,
        "accent5": colours.tint,
        "accent6": colours.on_primary,
        "lt2": colours.line,
        "hlink": colours.primary_text,
    }
    return {name: value.lstrip("#").upper() for name, value in values.items()}


def _theme(root: etree._Element, colours: dict[str, str], brand: Brand) -> bytes:
    for name, value in colours.items():
        for slot in root.iter(A + name):
            for old in list(slot):
                slot.remove(old)
            etree.SubElement(slot, A + "srgbClr", val=value)
    for fonts in root.iter(A + "majorFont", A + "minorFont"):
        for font in fonts:
            east_asian = font.tag == A + "ea" or (font.tag == A + "font" and font.get("script") == "Hans")
            if east_asian:
                font.set("typeface", brand.fonts["east_asian"])
            elif font.tag in (A + "latin", A + "cs"):
                font.set("typeface", brand.fonts["latin"])
    return serialize(root)


def _values(root: etree._Element, colours: dict[str, str], brand: Brand) -> bytes:
    # LibreOffice and WPS read the plain values beside the theme's names, so both must agree.
    aliases = {"background2": "lt2", "hyperlink": "hlink"}
    for node in root.iter(W + "*"):
        if node.tag == W + "rFonts":
            for theme, (plain, script) in _FONT_SLOTS.items():
                if node.get(W + theme) is not None:
                    node.set(W + plain, brand.fonts[script])
            continue
        for theme, plain in _COLOUR_SLOTS:
            name = node.get(W + theme)
            value = colours.get(aliases.get(name, name)) if name else None
            if value is None:
                continue
            target = "val" if node.tag == W + "color" else plain
            node.set(W + target, value)
            for hint in _HINTS:
                if node.get(W + hint) is not None:
                    del node.attrib[W + hint]
    return serialize(root)


def _place_logo(parts: dict[str, bytes], logo: Drawing) -> None:
    """Put the logo into every picture named Logo, as large as the picture's box allows."""
    for name in [name for name in parts if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)]:
        if b"<wp:inline" not in parts[name] and b"<wp:anchor" not in parts[name]:
            continue
        root = parse(name, parts[name])
        folder, _, base = name.rpartition("/")
        targets = {row.identifier: row.target for row in relationships(parts[f"{folder}/_rels/{base}.rels"])}
        for frame in root.iter(WP + "inline", WP + "anchor"):
            title = frame.find(WP + "docPr")
            if title is None or title.get("name", "").lower() != "logo":
                continue
            _fit(frame, logo)
            for blip in frame.iter(A + "blip"):
                relation = blip.get(R + "embed", "")
                parts[f"{folder}/{targets[relation]}"] = logo.png
        parts[name] = serialize(root)


def _fit(frame: etree._Element, logo: Drawing) -> None:
    extent = frame.find(WP + "extent")
    if extent is None:
        return
    width, height = int(extent.get("cx", "0")), int(extent.get("cy", "0"))
    scale = min(width / logo.width, height / logo.height)
    size = {"cx": str(round(logo.width * scale)), "cy": str(round(logo.height * scale))}
    for node in [extent, *frame.iter(A + "ext")]:
        if node.get("cx") is not None:
            for name, value in size.items():
                node.set(name, value)
