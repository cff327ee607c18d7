"""Pictures of a body: drawings placed inline at their natural size, or as large as the page allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from docgen.publish.drawing import Drawing
from docgen.publish.word.markup import WP, D, attribute, fragment, replace

EMU_PER_POINT = 12700
_EMU_PER_TWIP = 635
_CAPTION_SHARE = 0.9
"""Share of the page's height that a picture may take, so that its caption stays with it."""


@dataclass(frozen=True)
class Box:
    """Room for a picture, in twentieths of a point."""

    width: int
    height: int


def place_pictures(
    block: etree._Element, drawings: Mapping[str, Drawing], alternatives: Mapping[str, str], box: Box
) -> list[tuple[str, str]]:
    """Replace the picture marks in a block; the answer are relationship ids and the drawings' names."""
    needed: list[tuple[str, str]] = []
    for mark in list(block.iter(D + "picture")):
        name = mark.get("name", "")
        drawing = drawings[name]
        width, height = _size(drawing, box)
        relation = f"rIdPicture_{name}"
        replace(mark, fragment(_inline(relation, name, alternatives.get(name, ""), width, height)))
        needed.append((relation, name))
    return needed


def number_pictures(root: etree._Element) -> None:
    """Give each picture of a document an id of its own."""
    for number, node in enumerate(root.iter(WP + "docPr"), start=1):
        node.set("id", str(number))


def _size(drawing: Drawing, box: Box) -> tuple[int, int]:
    width, height = drawing.width * EMU_PER_POINT, drawing.height * EMU_PER_POINT
    widest, highest = box.width * _EMU_PER_TWIP, box.height * _EMU_PER_TWIP * _CAPTION_SHARE
    scale = min(1.0, widest / width, highest / height)
    return round(width * scale), round(height * scale)


def _inline(relation: str, name: str, alternative: str, width: int, height: int) -> str:
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="1" name={attribute(name)} descr={attribute(alternative)}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="1" name={attribute(name + ".png")}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
