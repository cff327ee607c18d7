"""Word files: what a reader, Word and a restyling consultant find in them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from lxml import etree

from docgen.publish.dialect import SHORT_ROWS
from docgen.publish.docx import compile_shell, reference
from docgen.publish.drawing import Drawing
from docgen.publish.word.tables import FORM_FIELD, FORM_ROW
from tests.publish import docx_samples as samples
from tests.publish.docx_written import PAGE_COUNT, Written, branded, find, sample, shell_bytes, write

LANGUAGES = ("zh", "en")
TEXT_WIDTH, WIDE = 9185, 14117
CONTENTS = [
    ("1", "sec-purpose"), ("2", "sec-process"), ("2.1", "sec-roles"),
    ("2.1.1", "sec-a-very-long-identifier-that-exceeds-forty-characters"),
    ("2.2", "sec-flow"), ("3", "sec-risks"), ("4", "sec-form"),
]  # fmt: skip


@pytest.fixture(params=LANGUAGES)
def written(request: pytest.FixtureRequest) -> Written:
    return sample(request.param)


def test_python_docx_opens_it_and_finds_the_properties() -> None:
    front = samples.front("en")
    properties = docx.Document(io.BytesIO(sample("en").data)).core_properties
    assert (properties.title, properties.subject, properties.author) == (front.title, front.code, front.organization)
    assert (properties.version, properties.category, properties.language) == (front.version, front.kind, "en-GB")
    assert properties.created == properties.modified == datetime(2026, 11, 20, tzinfo=UTC)


def test_custom_properties_hold_the_control_data() -> None:
    custom = sample("zh").root("docProps/custom.xml")
    values = {node.get("name"): "".join(node.itertext()) for node in custom}
    assert values["Code"] == "SMS-PR-20"
    assert values["Classification"] == "内部"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_front_matter_is_printed(lang: str) -> None:
    front = samples.front(lang)
    text = "\n".join(text for _, text in sample(lang).paragraphs())
    wanted = [front.organization, front.title, front.mark, front.owner, front.clauses, front.distribution]
    wanted += [approval.name for approval in front.approvals] + [change.what for change in front.changes]
    assert [value for value in wanted if value not in text] == []
    header = "".join(find(sample(lang).root("word/header1.xml"), "//w:t/text()"))
    footer = "".join(find(sample(lang).root("word/footer1.xml"), "//w:t/text()"))
    assert [
        value for value in (front.header, front.code, front.version, front.classification) if value not in header
    ] == []
    assert front.print_note in footer


def test_footer_counts_pages_by_fields_with_results(written: Written) -> None:
    footer = written.root("word/footer1.xml")
    codes = [code.strip() for code in find(footer, "//w:instrText/text()")]
    assert codes == ["PAGE", "NUMPAGES"]
    shown = find(footer, "//w:instrText[contains(., 'NUMPAGES')]/../following-sibling::w:r/w:t/text()")
    assert shown[0] == str(PAGE_COUNT)


def test_contents_are_a_field_with_an_entry_for_every_heading(written: Written) -> None:
    box = find(written.root(), "//w:sdt[.//w:docPartGallery/@w:val='Table of Contents']")[0]
    assert find(box, ".//w:instrText/text()")[0].strip() == 'TOC \\o "1-3" \\h \\z \\u'
    kinds = find(box, ".//w:fldChar/@w:fldCharType")
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == len(CONTENTS) + 1
    entries = find(box, ".//w:hyperlink")
    shown = [find(entry, "./w:r/w:t/text()") for entry in entries]
    assert [(entry[0], entry[-1]) for entry in shown] == [(n, str(samples.PAGES[i])) for n, i in CONTENTS]
    targets = find(written.root(), "//w:bookmarkStart/@w:name")
    headings = ["".join(find(p, ".//w:t/text()")) for p in find(written.root(), _headings(3))]
    assert [entry[1] for entry in shown] == headings
    assert {find(entry, "@w:anchor")[0] for entry in entries} <= set(targets)


def _headings(deepest: int) -> str:
    styles = " or ".join(f"@w:val='Heading{level}'" for level in range(1, deepest + 1))
    return f"//w:p[w:pPr/w:pStyle[{styles}]]"


def test_nothing_asks_to_update_fields(written: Written) -> None:
    assert find(written.root("word/settings.xml"), "//w:updateFields") == []
    assert find(written.root(), "//w:fldChar[@w:dirty]") == []


def test_headings_are_numbered_by_their_styles(written: Written) -> None:
    assert find(written.root(), _headings(4) + "//w:numPr") == []
    styles = written.root("word/styles.xml")
    for level in range(1, 5):
        assert find(styles, f"//w:style[@w:styleId='Heading{level}']//w:numId/@w:val") == ["1"]
    assert find(written.root("word/numbering.xml"), "//w:abstractNum[1]/w:lvl/w:pStyle/@w:val") == [
        f"Heading{level}" for level in range(1, 5)
    ]


def test_cross_references_are_fields_on_existing_bookmarks(written: Written) -> None:
    names = set(find(written.root(), "//w:bookmarkStart/@w:name"))
    codes = [code.split() for code in find(written.root(), "//w:instrText[contains(., ' REF ')]/text()")]
    assert codes == [["REF", "sec_roles", "\\r", "\\h"], ["REF", "tbl_risks", "\\h"]]
    assert {code[1] for code in codes} <= names
    assert find(written.root("word/footnotes.xml"), "//w:instrText/text()") == [" REF sec_roles \\r \\h "]


def test_captions_number_by_fields_and_stay_with_their_table(written: Written) -> None:
    captions = find(written.root(), "//w:p[w:pPr/w:pStyle[@w:val='TableCaption' or @w:val='ImageCaption']]")
    numbers = [
        find(caption, ".//w:fldChar[@w:fldCharType='separate']/../following-sibling::w:r[1]/w:t/text()")
        for caption in captions
    ]
    assert numbers == [["1"], ["1"], ["2"], ["3"]]
    assert all("SEQ" in find(caption, ".//w:instrText/text()")[0] for caption in captions)
    assert find(written.root("word/styles.xml"), "//w:style[@w:styleId='TableCaption']//w:keepNext")


def test_tables_have_styles_widths_and_a_repeated_header(written: Written) -> None:
    tables = find(written.root(), "//w:tbl[.//w:tblStyle/@w:val='Grid' or .//w:tblStyle/@w:val='Form']")
    sums = [sum(map(int, find(table, "w:tblGrid/w:gridCol/@w:w"))) for table in tables]
    assert sums == [TEXT_WIDTH, TEXT_WIDTH, TEXT_WIDTH, WIDE, TEXT_WIDTH]
    for table in tables:
        assert find(table, "w:tr[1]/w:trPr/w:tblHeader") and not find(table, "w:tr[2]/w:trPr/w:tblHeader")
        assert len(find(table, "w:tr/w:trPr/w:cantSplit")) == len(find(table, "w:tr"))
        for row in find(table, "w:tr"):
            assert sum(map(int, find(row, "w:tc/w:tcPr/w:tcW/@w:w"))) == int(find(table, "w:tblPr/w:tblW/@w:w")[0])


def test_risk_levels_and_labels_are_shaded(written: Written) -> None:
    fills = find(written.root(), "//w:tbl[.//w:tblStyle/@w:val='Grid']//w:tc/w:tcPr/w:shd[not(@w:themeFill)]/@w:fill")
    assert fills[:4] == ["C6E0B4", "FFE699", "F4B183", "E06666"]
    assert len(find(written.root(), "//w:tbl[.//w:tblStyle/@w:val='Form']//w:tc/w:tcPr/w:shd/@w:themeFill")) == 4


def test_merged_cells_of_a_form_survive(written: Written) -> None:
    form = find(written.root(), "//w:tbl[.//w:tblStyle/@w:val='Form']")[0]
    assert find(form, ".//w:gridSpan/@w:val") == ["3", "3", "3"]
    assert find(form, ".//w:vMerge/@w:val") == ["restart", "continue"]


def test_a_form_has_room_to_write_and_hints_apart_from_labels(written: Written) -> None:
    form = find(written.root(), "//w:tbl[.//w:tblStyle/@w:val='Form']")[0]
    heights = [int(height) for height in find(form, "w:tr/w:trPr/w:trHeight/@w:val")]
    assert heights == [FORM_ROW, FORM_FIELD, FORM_ROW, FORM_ROW]
    styles = find(form, "w:tr[3]/w:tc[1]/w:p/w:pPr/w:pStyle/@w:val")
    assert styles == ["TableLabel", "Hint"]


def test_short_tables_stay_whole_and_long_ones_do_not(written: Written) -> None:
    def kept(table: etree._Element) -> list[bool]:
        return [bool(find(row, ".//w:keepNext")) for row in find(table, "w:tr")]

    for table in find(written.root(), "//w:tbl[.//w:tblStyle/@w:val='Grid']")[2:]:
        *rows, last = kept(table)
        assert not last and (all(rows) if len(rows) <= SHORT_ROWS else not any(rows[1:]))


def test_table_text_has_styles_of_its_own(written: Written) -> None:
    styles = set(find(written.root(), "//w:tbl[.//w:tblStyle/@w:val='Grid']//w:p/w:pPr/w:pStyle/@w:val"))
    assert styles == {"TableText", "TableHeading", "TableLabel", "TableBullet"}
    assert find(written.root(), "//w:tc//w:p[w:pPr/w:ind/@w:firstLineChars != '0']") == []


def test_landscape_pages_keep_header_footer_and_numbers(written: Written) -> None:
    sections = find(written.root(), "//w:sectPr")
    assert [find(s, "w:pgSz/@w:orient") for s in sections] == [[], ["landscape"], []]
    assert [find(s, "w:pgSz/@w:w") for s in sections] == [["11906"], ["16838"], ["11906"]]
    assert [bool(find(s, "w:titlePg")) for s in sections] == [True, False, False]
    default = [find(s, "*[@w:type='default']/@r:id") for s in sections]
    assert default[0] == default[1] == default[2] and len(default[0]) == 2


def test_lists_use_the_shells_list_styles_and_start_anew(written: Written) -> None:
    styles = [style for style, _ in written.paragraphs() if style.startswith("List")]
    assert styles == ["ListNumber", "ListBullet2", "ListBullet2", "ListNumber", "ListContinue", "ListNumber"]
    numbering = written.root("word/numbering.xml")
    assert find(numbering, "//w:num[@w:numId='1000']/w:abstractNumId/@w:val") == ["3"]
    assert find(numbering, "//w:num[@w:numId='1000']//w:startOverride/@w:val") == ["1"]


def test_notes_pictures_footnotes_and_breaks(written: Written) -> None:
    styles = [style for style, _ in written.paragraphs()]
    assert styles.count("Note") == 1 and styles.count("NoteList") == 2
    picture = find(written.root(), "//wp:inline[wp:docPr/@name='flow']")[0]
    assert find(picture, "wp:docPr/@descr")[0] in ("流程图的说明", "The flow in words")
    assert find(picture, "wp:extent/@cx") == [str(400 * 12700)]
    assert len(find(written.root("word/footnotes.xml"), "//w:footnoteRef")) == 1
    assert len(find(written.root(), "//w:footnoteReference")) == 1
    broken = find(written.root(), _headings(1) + "[w:pPr/w:pageBreakBefore]")
    assert len(broken) == 2


def test_links_to_other_documents_are_plain_text_and_web_links_stay(written: Written) -> None:
    relations = written.parts["word/_rels/document.xml.rels"].decode()
    assert "SMS-PR-23.html" not in relations
    assert "https://example.org/a?b=1&amp;c=2" in relations


def test_chinese_body_is_indented_by_two_characters() -> None:
    path = "//w:style[@w:styleId='BodyText']/w:pPr/w:ind/@w:firstLineChars"
    assert find(sample("zh").root("word/styles.xml"), path) == ["200"]
    assert find(sample("en").root("word/styles.xml"), path) == []


def test_fonts_and_languages_are_set_for_both_scripts(written: Written) -> None:
    defaults = find(written.root("word/styles.xml"), "//w:rPrDefault/w:rPr")[0]
    assert find(defaults, "w:rFonts/@w:eastAsia") == ["微软雅黑"]
    assert find(defaults, "w:rFonts/@w:ascii") == ["Arial"]
    assert find(defaults, "w:lang/@w:eastAsia") == ["zh-CN"]


def test_watermark_stands_in_every_header_only_when_wanted() -> None:
    plain = sample("zh").roots()
    assert all(find(root, "//v:textpath") == [] for root in plain.values())
    made = samples.composition("zh")
    draft = write(replace(made, front=replace(made.front, watermark='草案 "A&B"'))).roots()
    for name, root in draft.items():
        if "header" in name:
            assert find(root, "//v:textpath/@string") == ['草案 "A&B"']


def test_brand_reaches_theme_styles_and_logo() -> None:
    made = samples.composition("en")
    brand = replace(
        made.brand, primary="#106030", secondary="#AA2200", fonts={"latin": "Georgia", "east_asian": "宋体"}
    )
    with_brand = _branded(brand)
    theme = with_brand.root("word/theme/theme1.xml")
    assert find(theme, "//a:accent1/a:srgbClr/@val") == ["106030"]
    assert set(find(theme, "//a:minorFont/a:latin/@typeface | //a:majorFont/a:latin/@typeface")) == {"Georgia"}
    for root in with_brand.roots().values():
        assert set(find(root, "//*[@w:themeFill='accent1']/@w:fill")) <= {"106030"}
        assert set(find(root, "//w:rFonts[@w:eastAsiaTheme]/@w:eastAsia")) <= {"宋体"}
    logo = find(with_brand.root(), "//wp:inline[wp:docPr/@name='Logo']")[0]
    assert (find(logo, "wp:extent/@cx"), find(logo, "wp:extent/@cy")) == (["540000"], ["540000"])


def _branded(brand: samples.Brand) -> Written:
    shell = compile_shell(reference(shell_bytes("en"), brand, Drawing(b"", brand.logo, 90.0, 90.0)))
    return write(samples.composition("en", brand=brand), shell)


def test_the_same_composition_gives_the_same_bytes() -> None:
    assert write(samples.composition("en")).data == sample("en").data
    assert branded.__wrapped__("en") == branded("en")


def test_a_document_that_starts_or_ends_sideways() -> None:
    blocks = [samples.ast.div([samples.register("en", 2)], ["landscape"])]
    only = write(samples.composition("en", blocks=blocks))
    assert [find(s, "w:pgSz/@w:orient") for s in find(only.root(), "//w:sectPr")] == [[], ["landscape"]]
    assert find(only.root(), "//w:instrText[contains(., 'TOC')]")


def test_an_empty_body_is_a_document_too() -> None:
    empty = write(samples.composition("zh", blocks=[]))
    assert len(find(empty.root(), "//w:sectPr")) == 1
