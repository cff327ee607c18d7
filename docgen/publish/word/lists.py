"""Lists: pandoc's own numbering becomes the shell's list styles, so that Word's user restyles lists there."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from docgen.publish.word.markup import W, new, properties, put
from docgen.publish.word.shell import Shell

FIRST_NUMBER = 1000
"""Numbers of lists in a body start here; shells use small ones."""

_DEEPEST = 2


@dataclass(frozen=True)
class ListKind:
    """One list of the body as pandoc numbered it."""

    ordered: bool
    """Whether its items are counted."""

    continues: bool
    """Whether its paragraphs only continue an item of another list."""

    formats: tuple[str, ...]
    """Number format of each level, in Word's words."""

    starts: tuple[str, ...]
    """First number of each level."""


def list_kinds(numbering: etree._Element) -> dict[str, ListKind]:
    """The lists of pandoc's numbering part by number."""
    abstract: dict[str, ListKind] = {}
    for definition in numbering.iter(W + "abstractNum"):
        levels = list(definition.iter(W + "lvl"))
        formats = tuple(_value(level, "numFmt") for level in levels)
        starts = tuple(_value(level, "start") or "1" for level in levels)
        blank = bool(levels) and not _value(levels[0], "lvlText").strip()
        bullet = bool(formats) and formats[0] == "bullet"
        abstract[definition.get(W + "abstractNumId", "")] = ListKind(not bullet, bullet and blank, formats, starts)
    return {
        number.get(W + "numId", ""): abstract[link.get(W + "val", "")]
        for number in numbering.iter(W + "num")
        if (link := number.find(W + "abstractNumId")) is not None
    }


def restyle_lists(body: etree._Element, kinds: dict[str, ListKind], shell: Shell) -> bytes:
    """Give the list paragraphs of a body the shell's styles; the answer is the numbers they need, as XML.

    Every counted list gets a number of its own, so that it starts anew.
    """
    numbers: dict[tuple[str, str], str] = {}
    made: list[etree._Element] = []
    for mark in list(body.iter(W + "numPr")):
        paragraph_properties = mark.getparent()
        assert paragraph_properties is not None
        paragraph = paragraph_properties.getparent()
        number, level = _value(mark, "numId"), int(_value(mark, "ilvl") or "0")
        kind = kinds.get(number)
        if kind is None or paragraph is None:
            continue
        paragraph_properties.remove(mark)
        in_cell = _is_in_cell(paragraph)
        style = _style(shell, kind, level, in_cell)
        put(properties(paragraph), "pStyle", val=style)
        if kind.continues or style not in shell.lists:
            continue
        own_number, definition = shell.lists[style]
        if kind.ordered:
            key = (number, definition)
            if key not in numbers:
                numbers[key] = str(FIRST_NUMBER + len(numbers))
                made.append(_number(numbers[key], definition, level, kind))
            own_number = numbers[key]
        if kind.ordered or level > (0 if in_cell else _DEEPEST):
            position = put(properties(paragraph), "numPr")
            position.append(new("ilvl", val=str(level)))
            position.append(new("numId", val=own_number))
    return b"".join(etree.tostring(number) for number in made)


def _number(number: str, definition: str, level: int, kind: ListKind) -> etree._Element:
    element = new("num", numId=number)
    element.append(new("abstractNumId", val=definition))
    override = new("lvlOverride", ilvl=str(level))
    override.append(new("startOverride", val=kind.starts[level]))
    element.append(override)
    return element


def _style(shell: Shell, kind: ListKind, level: int, in_cell: bool) -> str:
    if in_cell:
        return shell.style("Table Text" if kind.continues else "Table Number" if kind.ordered else "Table Bullet")
    depth = min(level, _DEEPEST)
    name = "List Continue" if kind.continues else "List Number" if kind.ordered else "List Bullet"
    return shell.style(f"{name} {depth + 1}" if depth else name)


def _is_in_cell(paragraph: etree._Element) -> bool:
    parent = paragraph.getparent()
    return parent is not None and parent.tag == W + "tc"


def _value(node: etree._Element, name: str) -> str:
    child = node.find(W + name)
    return "" if child is None else child.get(W + "val", "")
