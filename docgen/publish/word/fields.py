"""Content controls of a form: what is blank on paper can be clicked and filled in Word (ECMA-376 part 1, 17.5.2)."""

from __future__ import annotations

from lxml import etree

from docgen.publish.word.markup import D, W, attribute, fragment, new, replace, run, text_of

FIRST_ID = 30000001
TITLE_LENGTH = 64
"""Letters that Word takes for a control's title."""
_BLANK = "\u2002" * 5
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def place_fields(row: etree._Element) -> None:
    """Put a control into every blank cell of a form's row and at every box of a choice, named by its label."""
    label = ""
    for cell in row.iterfind(W + "tc"):
        mark = cell.find(D + "cell")
        classes = [] if mark is None else mark.get("class", "").split()
        for box in list(cell.iter(D + "check")):
            replace(box, fragment(_checkbox(label)))
        if "field" in classes:
            paragraph = cell.find(W + "p")
            if paragraph is None:
                paragraph = new("p")
                cell.append(paragraph)
            paragraph.extend(fragment(_blank(label, is_date="date" in classes)))
        elif "label" in classes:
            label = " ".join(text_of(paragraph) for paragraph in cell.iterfind(W + "p"))[:TITLE_LENGTH].strip()


def number_fields(body: etree._Element) -> None:
    """Give the controls of a document numbers of their own."""
    for number, control in enumerate(body.iter(W + "sdtPr"), FIRST_ID):
        identifier = control.find(W + "id")
        if identifier is not None and not identifier.get(W + "val"):
            identifier.set(W + "val", str(number))


def _head(label: str) -> str:
    return f"<w:alias w:val={attribute(label)}/><w:id/>" if label else "<w:id/>"


def _blank(label: str, *, is_date: bool) -> str:
    kind = '<w:text w:multiLine="1"/>'
    if is_date:
        kind = '<w:date><w:dateFormat w:val="yyyy-MM-dd"/></w:date>'
    head = f"<w:sdtPr>{_head(label)}<w:showingPlcHdr/>{kind}</w:sdtPr>"
    return f"<w:sdt>{head}<w:sdtContent>{run(_BLANK)}</w:sdtContent></w:sdt>"


def _checkbox(label: str) -> str:
    font = ' w14:font="MS Gothic"'
    states = (
        f'<w14:checked w14:val="0"/><w14:checkedState w14:val="2612"{font}/><w14:uncheckedState w14:val="2610"{font}/>'
    )
    control = f'<w14:checkbox xmlns:w14="{_W14}">{states}</w14:checkbox>'
    fonts = '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"/>'
    sign = f"<w:r><w:rPr>{fonts}</w:rPr><w:t>☐</w:t></w:r>"
    return f"<w:sdt><w:sdtPr>{_head(label)}{control}</w:sdtPr><w:sdtContent>{sign}</w:sdtContent></w:sdt>"
