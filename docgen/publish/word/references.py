"""Bookmarks of headings and captions, and the fields that refer to them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from lxml import etree

from docgen.publish.word.markup import FIELD_END, D, W, attribute, field_start, fragment, new, replace, run, text_of
from docgen.publish.word.revisions import revised

_LONGEST = 40
"""Characters that Word allows in a bookmark's name."""

_FIRST_ENTRY = 200000001

_CAPTION_NUMBER = re.compile(r"(.*?)(\d+)$", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A heading of the body, as the contents list it."""

    identifier: str
    """Id in the composition."""

    entry: str
    """Name of the bookmark that the contents point at; Word replaces it when it builds them anew."""

    level: int
    """1 to 4."""

    number: str
    """Number that the heading styles give it, such as `5.2`."""

    title: str
    """Text without the number."""


def bookmark_names(identifiers: Iterable[str]) -> dict[str, str]:
    """A valid and unique bookmark name for each id: letters, digits, underscores, at most 40 characters."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for identifier in identifiers:
        name = re.sub(r"\W", "_", identifier, flags=re.ASCII)
        if not name[:1].isalpha() or len(name) > _LONGEST or name.lower() in taken:
            digest = hashlib.sha256(identifier.encode("utf-8")).hexdigest()[:10]
            name = f"b_{name[: _LONGEST - 13]}_{digest}"
        names[identifier] = name
        taken.add(name.lower())
    return names


def pandoc_anchor(identifier: str) -> str:
    """The name that pandoc's Word writer gives to the target of a link to an id."""
    if identifier[:1].isalpha() and len(identifier) <= _LONGEST:
        return identifier
    return "X" + hashlib.sha1(identifier.encode("utf-8"), usedforsecurity=False).hexdigest()[1:]


def mark_headings(body: etree._Element, names: Mapping[str, str], levels: Mapping[str, int]) -> list[Heading]:
    """Set bookmarks around the headings of a body; `levels` are those of the heading styles, by style id."""
    headings: list[Heading] = []
    counters = [0, 0, 0, 0]
    for mark in list(body.iterfind(D + "heading")):
        paragraph = mark.getnext()
        style = None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")
        level = 0 if style is None else levels.get(style.get(W + "val", ""), 0)
        body.remove(mark)
        if paragraph is None or not level:
            continue
        counters[level - 1] += 1
        counters[level:] = [0] * (4 - level)
        identifier = mark.get("id", "")
        entry = f"_Toc{_FIRST_ENTRY + len(headings)}"
        _enclose(paragraph, names[identifier])
        _enclose(paragraph, entry)
        number = ".".join(str(value) for value in counters[:level])
        headings.append(Heading(identifier, entry, level, number, text_of(paragraph)))
    return headings


def number_captions(body: etree._Element, names: Mapping[str, str]) -> None:
    """Turn the digits of captions into SEQ fields, with a bookmark around label and number."""
    for mark in list(body.iter(D + "number")):
        text, was = mark.text or "", mark.get("was")
        label, number = _counted(text)
        if was is None or _counted(was)[0] == label:
            mark.attrib.update({} if was is None else {"was": _counted(was)[1]})
            counter = _field(f"SEQ {label.strip()} \\* ARABIC", number, mark) if number else ""
            made = (run(label) if label else "") + counter
        else:
            made = revised(mark, text)
        identifier = mark.get("id", "")
        if identifier in names:
            name = attribute(names[identifier])
            made = f'<w:bookmarkStart w:id="0" w:name={name}/>{made}<w:bookmarkEnd w:id="0"/>'
        replace(mark, fragment(made))


def _counted(text: str) -> tuple[str, str]:
    """The label and the digits of a caption's number."""
    match = _CAPTION_NUMBER.match(text)
    return (match[1], match[2]) if match else (text, "")


def link_references(root: etree._Element, names: Mapping[str, str], numbered: frozenset[str]) -> None:
    """Turn cross references into REF fields and aim internal links at bookmarks.

    `numbered` holds the ids of headings: a reference to one shows its number, any other the
    bookmarked text of a caption. What leads nowhere becomes plain text.
    """
    for mark in list(root.iter(D + "reference")):
        target, text = mark.get("to", ""), mark.text or ""
        switches = "\\r \\h" if target in numbered else "\\h"
        made = _field(f"REF {names[target]} {switches}", text, mark) if target in names else _value(text, mark)
        replace(mark, fragment(made))
    anchors = {pandoc_anchor(identifier): name for identifier, name in names.items()}
    for link in list(root.iter(W + "hyperlink")):
        anchor = link.get(W + "anchor")
        if anchor in anchors:
            link.set(W + "anchor", anchors[anchor])
        elif anchor is not None:
            replace(link, list(link))


def _field(code: str, text: str, mark: etree._Element) -> str:
    return field_start(code) + _value(text, mark) + FIELD_END


def _value(text: str, mark: etree._Element) -> str:
    """What a mark shows, as XML: its text, and the one it had before a revision."""
    return run(text) if mark.get("was") is None else revised(mark, text)


def renumber_bookmarks(root: etree._Element) -> None:
    """Give each bookmark of a document an id of its own and drop those that bear no usable name."""
    numbers = count(1)
    open_ids: dict[str, list[str]] = {}
    for node in list(root.iter(W + "bookmarkStart", W + "bookmarkEnd")):
        old = node.get(W + "id", "")
        if node.tag == W + "bookmarkStart":
            open_ids.setdefault(old, []).append(str(next(numbers)))
            node.set(W + "id", open_ids[old][-1])
        elif open_ids.get(old):
            node.set(W + "id", open_ids[old].pop())


def _enclose(paragraph: etree._Element, name: str) -> None:
    start = 1 if len(paragraph) and paragraph[0].tag == W + "pPr" else 0
    paragraph.insert(start, new("bookmarkStart", id="0", name=name))
    paragraph.append(new("bookmarkEnd", id="0"))
