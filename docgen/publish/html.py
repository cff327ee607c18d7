"""A composition as one HTML file: frames the body that the engine wrote."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from docgen.compose.composition import Composition, Figure
from docgen.frames import frame
from docgen.publish.drawing import Drawing
from docgen.publish.palette import RISK_COLOURS, palette
from docgen.publish.qr import qr

CONTENTS_DEPTH = 3
"""Levels of headings in the contents."""

_MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_HEADING = re.compile(r'<(/?)h([1-4])(?=[ >])((?: (?!data-)[\w-]+="[^"]*")*)(?: data-number="[^"]*")?')
_SECTION_NUMBER = re.compile(r'(<section [^>]*?) data-number="[^"]*"')
_IMAGE = re.compile(r'<img src="figures/([\w-]+)"[^>]*>')
_DOCUMENT_LINK = re.compile(r'(<a href=")((?:[A-Z]+-)+\d\d(?:-F\d\d)?)\.html"( [^>]*)>(.*?)</a>', re.DOTALL)
_UNSAFE_IN_CSS = re.compile(r"[^\w .,:·-]", re.ASCII)


@dataclass
class Entry:
    """A line of the contents with the lines under it."""

    id: str
    """Id of the heading."""

    number: str
    """Number of the heading, such as `4.2`."""

    title: str
    """Text of the heading."""

    entries: list[Entry] = field(default_factory=list)
    """Headings of the next level."""


def html(
    composition: Composition, body: str, drawings: Mapping[str, Drawing], links: Mapping[str, str] | None = None
) -> bytes:
    """The composition as a file that needs nothing outside itself (HTML, UTF-8).

    `body` is what the engine wrote as HTML5 with numbered headings, `drawings` the figures by name, `links` where
    links to other documents lead, by code; a link to a document not among them becomes plain text.
    Raises TypesettingError for a QR code that is too long."""
    brand, front = composition.brand, composition.front
    text = frame("docgen.publish", "document.html").render(
        language=composition.locale.removesuffix("-GB"),
        front=front,
        bare=bool(composition.record),
        labels=front.labels,
        logo=_data_uri(brand.logo, _MEDIA_TYPES[brand.logo_type]),
        qr=_data_uri(qr(front.verify).svg, _MEDIA_TYPES["svg"]) if front.verify else "",
        palette=palette(brand.primary, brand.secondary),
        risk_colours=RISK_COLOURS,
        fonts=Markup(", ").join(_css_string(name) for name in dict.fromkeys(brand.fonts.values())),
        page_head=_css_string(front.header or front.organization),
        page_code=_css_string(f"{front.code}  {front.version}"),
        page_of=_page_of(front.labels["page_of"]),
        page_foot=_css_string("  ".join(part for part in (front.page_mark, front.fingerprint) if part)),
        contents=contents(composition.blocks),
        revised=any(f'<{tag} class="revision"' in body for tag in ("ins", "del")),
        body=Markup(_body(_linked(body, links), composition.figures, drawings)),
    )
    return text.encode()


def _linked(body: str, links: Mapping[str, str] | None) -> str:
    """The body with links to other documents led where they are."""
    if links is None:
        return body

    def led(found: re.Match[str]) -> str:
        target = links.get(found[2])
        return f'{found[1]}{target}"{found[3]}>{found[4]}</a>' if target else found[4]

    return _DOCUMENT_LINK.sub(led, body)


def contents(blocks: Iterable[Mapping[str, Any]]) -> list[Entry]:
    """The headings of AST blocks down to CONTENTS_DEPTH, numbered and nested."""
    counts: list[int] = []
    roots: list[Entry] = []
    for level, identifier, title in _headings(blocks):
        counts = [*counts[:level], *[0] * (level - len(counts))]
        counts[-1] += 1
        if level <= CONTENTS_DEPTH:
            siblings = roots
            for _ in range(level - 1):
                siblings = siblings[-1].entries
            siblings.append(Entry(identifier, ".".join(map(str, counts)), title))
    return roots


def _headings(blocks: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, str, str]]:
    for block in blocks:
        if block["t"] == "Header":
            level, (identifier, classes, _), inlines = block["c"]
            if "deletion" not in classes:
                yield level, identifier, "".join(_words(inlines))
        elif block["t"] == "Div":
            yield from _headings(block["c"][1])


def _words(value: Any) -> Iterator[str]:
    """Texts of AST inlines, footnotes left out."""
    if isinstance(value, list):
        for item in value:
            yield from _words(item)
    elif isinstance(value, dict):
        match value.get("t"):
            case "Str":
                yield value["c"]
            case "Space" | "SoftBreak" | "LineBreak":
                yield " "
            case "Code" | "Math":
                yield value["c"][1]
            case "Note":
                return
            case "Span" if "deletion" in value["c"][0][1]:
                return
            case "Link" | "Span" | "Quoted" | "Cite" | "Image":
                yield from _words(value["c"][1])
            case _:
                yield from _words(value.get("c"))


def _body(body: str, figures: Iterable[Figure], drawings: Mapping[str, Drawing]) -> str:
    """The engine's body with figures put in, headings one level below the title, and its own marks taken off.

    Patterns start at a tag: in text the engine writes `<` as an entity."""
    alternatives = {figure.name: figure.alt for figure in figures}

    def image(found: re.Match[str]) -> str:
        drawing = drawings[found[1]]
        return Markup('<img src="{}" alt="{}" width="{}" height="{}">').format(
            _data_uri(drawing.svg, "image/svg+xml"),
            alternatives[found[1]],
            round(drawing.width * 4 / 3),
            round(drawing.height * 4 / 3),
        )

    body = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}{found[3]}", body)
    return _IMAGE.sub(image, _SECTION_NUMBER.sub(r"\1", body))


def _data_uri(data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode('ascii')}"


def _page_of(label: str) -> Markup:
    """The label `page_of` as a value of the CSS property `content`."""
    counters = {"{page}": Markup("counter(page)"), "{total}": Markup("counter(pages)")}
    parts = re.split(r"(\{page\}|\{total\})", label)
    return Markup(" ").join(counters.get(part, _css_string(part)) for part in parts)


def _css_string(text: str) -> Markup:
    """A text as a CSS string, safe in a style element (CSS Syntax 3, 4.3.7)."""
    return Markup('"' + _UNSAFE_IN_CSS.sub(lambda found: f"\\{ord(found[0]):x} ", text) + '"')
