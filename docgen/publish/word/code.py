"""The QR code of a shell: the picture named QR, an ordinary one that a consultant moves and resizes in Word."""

from __future__ import annotations

from lxml import etree

from docgen.publish.qr import qr
from docgen.publish.word.markup import WP, A, R
from docgen.publish.word.package import relationships


def place_code(name: str, root: etree._Element, parts: dict[str, bytes], text: str) -> None:
    """Draw the text in the pictures named QR of a printed part; without any text the pictures go.

    `parts` is the package that receives the drawing. Raises TypesettingError for a text that is too long."""
    frames = [frame for frame in root.iter(WP + "inline", WP + "anchor") if _is_code(frame)]
    if not frames:
        return
    folder, _, base = name.rpartition("/")
    targets = {row.identifier: row.target for row in relationships(parts[f"{folder}/_rels/{base}.rels"])}
    for frame in frames:
        for blip in frame.iter(A + "blip"):
            target = f"{folder}/{targets[blip.get(R + 'embed', '')]}"
            parts[target] = qr(text).png if text else parts[target]
        drawing = frame.getparent()
        run = None if drawing is None else drawing.getparent()
        if not text and drawing is not None and run is not None:
            run.remove(drawing)


def _is_code(frame: etree._Element) -> bool:
    title = frame.find(WP + "docPr")
    return title is not None and title.get("name", "").lower() == "qr"
