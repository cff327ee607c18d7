"""Word opens the files without repair: parts, ids, relationships and the order of elements are right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from lxml import etree

from docgen.publish.word.markup import CELL_ORDER, PARAGRAPH_ORDER, D, W
from tests.publish import docx_samples as samples
from tests.publish.docx_written import Written, find, sample, write

ORDERS = {
    "pPr": PARAGRAPH_ORDER,
    "tcPr": CELL_ORDER,
    "rPr": tuple(
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "  # noqa: SIM905
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
        "lang eastAsianLayout specVanish oMath".split()
    ),
    "tblPr": tuple(
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "  # noqa: SIM905
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription".split()
    ),
    "sectPr": tuple(
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "  # noqa: SIM905
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid".split()
    ),
    "style": tuple(
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "  # noqa: SIM905
        "personal rsid pPr rPr tblPr trPr tcPr tblStylePr".split()
    ),
    "lvl": tuple("start numFmt lvlRestart pStyle isLgl suff lvlText legacy lvlJc pPr rPr".split()),  # noqa: SIM905
    "numbering": ("numPicBullet", "abstractNum", "num", "numIdMacAtCleanup"),
}
"""Order of children that the schema asks for (ECMA-376 part 1, annex A); headers and footers may alternate."""


def watermarked(lang: str) -> Written:
    made = samples.composition(lang)
    return write(replace(made, front=replace(made.front, watermark="DRAFT")))


def signed(lang: str) -> Written:
    return write(samples.composition(lang, front=samples.signed(lang)))


KINDS = {"zh": lambda: sample("zh"), "en": lambda: sample("en"), "draft": lambda: watermarked("zh")}
KINDS |= {"signed": lambda: signed("en")}


@pytest.fixture(params=KINDS, scope="module")
def written(request: pytest.FixtureRequest) -> Written:
    return KINDS[request.param]()


def disorder(root: etree._Element) -> Iterator[str]:
    """Elements whose children do not stand in the schema's order."""
    for name, order in ORDERS.items():
        ranks = {W + child: min(rank, 1) if name == "sectPr" and rank < 2 else rank for rank, child in enumerate(order)}
        for node in [root] if root.tag == W + name else root.iter(W + name):
            found = [ranks.get(child.tag, -1) for child in node if child.tag != W + "ins"]
            found = [0 if name == "sectPr" and rank == 1 else rank for rank in found]
            if found != sorted(found) or -1 in found:
                yield f"{name}: {[str(child.tag).partition('}')[2] for child in node]}"


def test_elements_stand_in_the_schemas_order(written: Written) -> None:
    wrong = {name: list(disorder(root)) for name, root in written.roots().items()}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_ids_and_names_are_unique_and_valid(written: Written) -> None:
    for root in written.roots().values():
        for path in ("//w:bookmarkStart/@w:id", "//w:bookmarkStart/@w:name", "//wp:docPr/@id", "//w:num/@w:numId"):
            values = find(root, path)
            assert len(values) == len(set(values)), path
        assert sorted(find(root, "//w:bookmarkStart/@w:id")) == sorted(find(root, "//w:bookmarkEnd/@w:id"))
        assert all(re.fullmatch(r"[A-Za-z_]\w{0,39}", name) for name in find(root, "//w:bookmarkStart/@w:name"))


def test_no_mark_of_the_engine_is_left(written: Written) -> None:
    for root in written.roots().values():
        assert [node.tag for node in root.iter(D + "*")] == []
    assert b"urn:docgen" not in written.parts["word/document.xml"]


def test_every_relationship_leads_to_a_part_and_every_use_to_a_relationship(written: Written) -> None:
    for name in [name for name in written.parts if name.endswith(".rels")]:
        folder, _, base = name.rpartition("_rels/")
        relations = list(written.root(name))
        assert len({node.get("Id") for node in relations}) == len(relations)
        inside = [node.get("Target", "") for node in relations if node.get("TargetMode") != "External"]
        assert [target for target in inside if folder + target not in written.parts] == []
        source = folder + base.removesuffix(".rels")
        if source in written.parts:
            used = set(find(written.root(source), "//@r:id | //@r:embed | //@r:link"))
            assert used <= {node.get("Id") for node in relations}


def test_every_part_has_a_content_type(written: Written) -> None:
    assert next(iter(written.parts)) == "[Content_Types].xml"
    types = written.root("[Content_Types].xml")
    extensions = {node.get("Extension") for node in types if node.get("Extension")}
    overrides = [node.get("PartName", "")[1:] for node in types if node.get("PartName")]
    assert len(overrides) == len(set(overrides)) and set(overrides) <= set(written.parts)
    others = [name for name in written.parts if name not in overrides and name != "[Content_Types].xml"]
    assert [name for name in others if name.rpartition(".")[2] not in extensions] == []


def test_every_style_and_number_in_use_is_defined(written: Written) -> None:
    defined = set(find(written.root("word/styles.xml"), "//w:style/@w:styleId"))
    numbers = set(find(written.root("word/numbering.xml"), "//w:num/@w:numId"))
    for root in written.roots().values():
        used = find(root, "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val | //w:basedOn/@w:val")
        assert set(used) <= defined
        assert set(find(root, "//w:numPr/w:numId/@w:val")) <= numbers


def test_fields_are_balanced_and_cells_end_with_a_paragraph(written: Written) -> None:
    for root in written.roots().values():
        kinds = find(root, "//w:fldChar/@w:fldCharType")
        assert kinds.count("begin") == kinds.count("end") == kinds.count("separate")
        assert [cell for cell in root.iter(W + "tc") if cell[-1].tag != W + "p"] == []


def test_tables_do_not_touch(written: Written) -> None:
    assert find(written.root(), "//w:tbl[following-sibling::*[1][self::w:tbl]]") == []
