"""Shells: any Word file with tags; mistakes in one are named; texts come out as typed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from docgen.publish.docx import ShellError, compile_shell, reference
from docgen.publish.drawing import Drawing
from docgen.publish.word.package import read_package, write_package
from tests.publish import docx_samples as samples
from tests.publish.docx_written import branded, find, sample, shell_bytes, write

AWKWARD = 'A & B <c> | {{7*7}} \\n "北京"'
TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"), exclude_characters="\u2011"),
    min_size=1,
).filter(lambda text: text.strip() == text)


def altered(change: Callable[[str], str], part: str = "word/document.xml") -> bytes:
    parts = read_package(branded("en"))
    parts[part] = change(parts[part].decode("utf-8")).encode("utf-8")
    return write_package(parts)


def printed(text: str, **front: object) -> str:
    """The text of a document whose body and front both say `text`."""
    blocks = [samples.head(1, "sec", text), {"t": "Para", "c": [{"t": "Str", "c": text}]}]
    made = samples.composition("en", blocks=blocks)
    written = write(replace(made, front=replace(made.front, **{"title": text, "owner": text, **front})))
    runs = "\n".join(value for _, value in written.paragraphs())
    assert "".join(find(written.root("docProps/core.xml"), "//*[local-name()='title']/text()")) == text
    assert text in "".join(find(written.root("word/header1.xml"), "//w:t/text()"))
    return runs


@settings(max_examples=12)
@given(TEXTS)
@example(AWKWARD)
@example("{% if x %}{{ y }}{# z #}")
@example("a_b {_{ c }_} &amp; <w:t>")
def test_texts_come_out_as_typed(text: str) -> None:
    assert printed(text).split("\n").count(text) >= 4  # cover: title and owner, body: heading and paragraph


def test_line_breaks_in_a_field_are_line_breaks() -> None:
    made = samples.composition("en")
    written = write(replace(made, front=replace(made.front, notice="one\ntwo")))
    notice = find(written.root(), "//w:p[w:pPr/w:pStyle/@w:val='CoverNotice']")[0]
    assert find(notice, ".//w:t/text()") == ["one", "two"] and len(find(notice, ".//w:br")) == 1


def test_characters_that_xml_does_not_allow_are_shown_as_such() -> None:
    made = samples.composition("en")
    written = write(replace(made, front=replace(made.front, notice="bell\x07")))
    assert "bell\ufffd" in [text for _, text in written.paragraphs()]


@pytest.mark.parametrize(
    ("shell", "part", "message"),
    [
        (b"no zip", "package", "not a Word file"),
        (write_package({"a.xml": b"<a/>"}), "[Content_Types].xml", "missing"),
        (altered(lambda text: text.replace("</w:body>", "")), "word/document.xml", "well-formed"),
        (altered(lambda text: text.replace("{{ notice }}", "{{ notise }}")), "word/document.xml", "notise"),
        (altered(lambda text: text.replace("{{ notice }}", "{{ notice ")), "word/document.xml", "tag is wrong"),
        (altered(lambda text: text.replace("{%tr endfor %}", "")), "word/document.xml", "tag is wrong"),
        (altered(lambda text: text.replace('"Note"', '"Remark"'), "word/styles.xml"), "word/styles.xml", "Note"),
    ],
)
def test_a_broken_shell_is_refused(shell: bytes, part: str, message: str) -> None:
    with pytest.raises(ShellError) as caught:
        compile_shell(shell)
    assert caught.value.part == part
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{{ labels.nothing }}", "nothing"),
        ("{{ notice.__class__.__mro__ }}", "__class__"),
        ("{{ notice + 1 }}", "cannot be filled"),
        ("{{ 1 / 0 }}", "cannot be filled"),
        ("{% for i in range(99999999) %}{% endfor %}", "cannot be filled"),
    ],
)
def test_a_tag_that_cannot_be_filled_is_named(tag: str, message: str) -> None:
    shell = compile_shell(altered(lambda text: text.replace("{{ notice }}", tag)))
    with pytest.raises(ShellError) as caught:
        write(samples.composition("en", blocks=[]), shell)
    assert caught.value.part == "word/document.xml"
    assert message in str(caught.value)


@pytest.mark.parametrize("place", ["body", "contents"])
def test_a_shell_needs_its_places(place: str) -> None:
    shell = compile_shell(altered(lambda text: text.replace(f"{{{{p {place} }}}}", "")))
    with pytest.raises(ShellError, match=place):
        write(samples.composition("en", blocks=[]), shell)


def test_a_shell_restyled_in_word_keeps_working() -> None:
    """Word gives styles other ids in other languages and may write its tags in several runs."""
    parts = read_package(shell_bytes("zh"))
    for name, content in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            text = content.decode("utf-8")
            for old, new in (("Heading1", "1"), ("TableText", "a7"), ("ListBullet2", "22"), ("Grid", "af3")):
                text = text.replace(f'="{old}"', f'="{new}"') if name != "word/styles.xml" else _renamed(text, old, new)
            split = '{{ ti</w:t></w:r><w:proofErr w:type="gramEnd"/><w:r><w:t>tle }}'
            parts[name] = text.replace("{{ title }}", split).encode("utf-8")
    brand = samples.brand()
    shell = compile_shell(reference(write_package(parts), brand, Drawing(b"", brand.logo, 10.0, 10.0)))
    body = _body_with(write_package(parts))
    written = write(samples.composition("zh"), shell, body)
    styles = [style for style, _ in written.paragraphs()]
    assert {"1", "a7", "22"} <= set(styles)
    assert [text for _, text in written.paragraphs()].count("变更管理程序") == 1
    assert find(written.root(), "//w:sdt//w:hyperlink") != []


def test_words_own_ids_and_namespaces_do_no_harm() -> None:
    w14, compatibility = (
        "http://schemas.microsoft.com/office/word/2010/wordml",
        ("http://schemas.openxmlformats.org/markup-compatibility/2006"),
    )
    head = f'<w:document xmlns:w14="{w14}" xmlns:mc="{compatibility}" mc:Ignorable="w14" '
    shell = altered(
        lambda text: text.replace("<w:document ", head, 1).replace("<w:p>", '<w:p w14:paraId="0A" w14:textId="7">')
    )
    root = write(samples.composition("en"), compile_shell(shell)).root()
    assert root.nsmap["w14"] == w14
    assert root.get(f"{{{compatibility}}}Ignorable") == "w14"
    assert find(root, "//@*[local-name()='paraId' or local-name()='textId']") == []


def _renamed(text: str, old: str, new: str) -> str:
    for attribute in ("styleId", "val"):
        name = f'<w:name w:val="{old}"/>'
        text = text.replace(name, "@name@").replace(f'w:{attribute}="{old}"', f'w:{attribute}="{new}"')
        text = text.replace("@name@", name)
    return text


def _body_with(shell: bytes) -> bytes:
    with TemporaryDirectory() as folder:
        return samples.body(samples.composition("zh"), shell, Path(folder))


def test_the_shipped_shells_are_ordinary_word_files() -> None:
    for lang in ("zh", "en"):
        with zipfile.ZipFile(io.BytesIO(shell_bytes(lang))) as package:
            assert package.testzip() is None
        assert sample(lang).parts["word/theme/theme1.xml"]
