"""WordprocessingML in small: namespaces, tags, runs and fields."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
D = "{urn:docgen:word}"
"""Namespace of the marks that dialect_word.py leaves in a body."""

NAMESPACES = {
    "w": W[1:-1],
    "r": R[1:-1],
    "a": A[1:-1],
    "wp": WP[1:-1],
    "pic": PIC[1:-1],
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "d": D[1:-1],
}

_OPEN = "<x " + " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items()) + ">"
_EAST_ASIAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")

PARAGRAPH_ORDER = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
)
"""Order of the children of w:pPr (ECMA-376 part 1, 17.3.1.26)."""

CELL_ORDER = (
    "cnfStyle",
    "tcW",
    "gridSpan",
    "hMerge",
    "vMerge",
    "tcBorders",
    "shd",
    "noWrap",
    "tcMar",
    "textDirection",
    "tcFitText",
    "vAlign",
    "hideMark",
)
"""Order of the children of w:tcPr (ECMA-376 part 1, 17.4.70)."""

_SIGNS = {W + "noBreakHyphen": "\u2011", W + "br": " "}
_RANK = {
    W + "pPr": {W + name: rank for rank, name in enumerate(PARAGRAPH_ORDER)},
    W + "tcPr": {W + name: rank for rank, name in enumerate(CELL_ORDER)},
}


def fragment(xml: str) -> list[etree._Element]:
    """Elements of a piece of XML that uses the prefixes of `NAMESPACES`."""
    return list(etree.fromstring(_OPEN + xml + "</x>"))


def new(tag: str, **attributes: str) -> etree._Element:
    """A detached element of WordprocessingML; attribute names without prefix."""
    return etree.Element(W + tag, {W + name: value for name, value in attributes.items()})


def new_mark(name: str) -> etree._Element:
    """A detached mark of the kind that dialect_word.py leaves."""
    return etree.Element(D + name)


def properties(owner: etree._Element) -> etree._Element:
    """The pPr or tcPr of a paragraph or cell, made where it is missing."""
    tag = owner.tag + "Pr"
    first = owner[0] if len(owner) else None
    if first is not None and first.tag == tag:
        return first
    made = etree.Element(tag)
    owner.insert(0, made)
    return made


def put(holder: etree._Element, tag: str, **attributes: str) -> etree._Element:
    """A child of a pPr or tcPr with these attributes, at its place in the schema, instead of one of its name."""
    ranks = _RANK[holder.tag]
    rank = ranks[W + tag]
    place = len(holder)
    for position, child in enumerate(holder):
        other = ranks.get(child.tag, -1)
        if other == rank:
            holder.remove(child)
        if other >= rank:
            place = position
            break
    element = new(tag, **attributes)
    holder.insert(place, element)
    return element


def style_of(paragraph: etree._Element) -> str:
    """Id of a paragraph's style; empty where it has none."""
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(W + "val", "")


def text_of(paragraph: etree._Element) -> str:
    """Text of a paragraph as a reader sees it, on one line and without fields' codes."""
    return "".join(_SIGNS.get(node.tag) or node.text or "" for node in paragraph.iter(W + "t", *_SIGNS))


def run(text: str, properties: str = "") -> str:
    """A run of plain text as XML; Chinese text says so, which settles the font of quotation marks."""
    hint = '<w:rFonts w:hint="eastAsia"/>' if _EAST_ASIAN.search(text) else ""
    inside = hint + properties
    head = f"<w:rPr>{inside}</w:rPr>" if inside else ""
    return f'<w:r>{head}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def field(code: str, cached: str) -> str:
    """A complex field as XML with the result it shows until it is updated."""
    return field_start(code) + run(cached) + FIELD_END


def field_start(code: str) -> str:
    """What comes before a complex field's result, as XML."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
"""What comes after a complex field's result, as XML."""


def attribute(value: str) -> str:
    """An attribute's value as XML, quoted."""
    return quoteattr(value)


def replace(old: etree._Element, made: list[etree._Element]) -> None:
    """Put elements in the place of another."""
    parent = old.getparent()
    assert parent is not None
    place = parent.index(old)
    parent[place : place + 1] = made
