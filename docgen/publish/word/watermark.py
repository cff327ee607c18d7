"""The watermark: a word set across every page, anchored in the headers as Word itself does it."""

from __future__ import annotations

from lxml import etree

from docgen.publish.word.markup import W, attribute, fragment, new

HEIGHT = 110
"""Height of the letters, in points; less for a word that would not fit on the page."""

_WIDEST = 460
_EAST_ASIAN_WIDTH, _LATIN_WIDTH = 115, 75


def add_watermark(header: etree._Element, text: str, font: str, number: int) -> None:
    """Anchor the watermark in a header; `number` tells the document's watermarks apart."""
    paragraphs = header.findall(W + "p")
    if not paragraphs:
        header.append(new("p"))
        paragraphs = header.findall(W + "p")
    paragraphs[-1].extend(fragment(_word_art(text, font, number)))


def _word_art(text: str, font: str, number: int) -> str:
    width = sum(_EAST_ASIAN_WIDTH if ord(char) > 0x2E80 else _LATIN_WIDTH for char in text)
    scale = min(1.0, _WIDEST / width)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width * scale:.0f}pt;height:{HEIGHT * scale:.0f}pt;"
        "rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;mso-position-vertical-relative:margin"
    )
    lettering = attribute(f'font-family:"{font}";font-size:1pt')
    return (
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
        'path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
        '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/>'
        '<v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" '
        'o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>'
        '<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" '
        'shapetype="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136" '
        f'alt={attribute(text)} style="{style}" o:allowincell="f" fillcolor="#ecc8c8" stroked="f">'
        f'<v:fill opacity=".5"/><v:textpath style={lettering} string={attribute(text)}/></v:shape></w:pict></w:r>'
    )
