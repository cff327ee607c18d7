"""Sections of two versions matched with each other: which stayed, moved, came and went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from docgen.compose import ast
from docgen.compose.ast import Node
from docgen.library.redline_align import heaviest_order
from docgen.library.redline_passages import spoken
from docgen.library.redline_words import features, key, likeness

ALIKE = 0.6
"""Likeness from which a section under another heading counts as the same."""

_COUNTED_ID = re.compile(r"section-[\d-]+")


@dataclass(eq=False)
class Section:
    """A heading with the blocks up to the next heading; the first one of a document has no heading."""

    level: int
    """1 to 4; 0 without a heading."""

    number: str
    """Number as printed."""

    title: str
    """Text of the heading."""

    identifier: str
    """Id that its author gave it; '' where it was counted."""

    parent: Section | None
    """The section above."""

    blocks: list[Node] = field(default_factory=list, repr=False)
    """Heading and content."""

    @property
    def content(self) -> list[Node]:
        """The blocks without the heading."""
        return self.blocks[1:] if self.level else self.blocks

    @cached_property
    def key(self) -> str:
        """Equal for sections of equal content."""
        return key(self.content)

    @cached_property
    def features(self) -> frozenset[str]:
        """What its content is likened by."""
        return features(spoken(self.content))


@dataclass(frozen=True)
class Match:
    """Which section of one version is which of the other."""

    partners: dict[Section, Section]
    """Old to new and new to old."""

    anchors: list[tuple[Section, Section]]
    """Pairs that kept their order, first to last."""

    moved: frozenset[Section]
    """Sections of both versions that stand elsewhere in the other."""


def sections(blocks: Sequence[Node]) -> list[Section]:
    """The sections of top-level blocks, numbered as printed."""
    found = [Section(0, "", "", "", None)]
    at = [0, 0, 0, 0]
    for block in blocks:
        for inner in ast.walk([block]):
            if inner["t"] == "Header" and 1 <= inner["c"][0] <= len(at):
                level = inner["c"][0]
                at[level - 1] += 1
                at[level:] = [0] * (len(at) - level)
        if block["t"] == "Header":
            level, (identifier, _, _), inlines = block["c"]
            parent = next((one for one in reversed(found) if 0 < one.level < level), None)
            given = "" if _COUNTED_ID.fullmatch(identifier) else identifier
            found.append(Section(level, ".".join(map(str, at[:level])), ast.flat(inlines).strip(), given, parent))
        found[-1].blocks.append(block)
    return found


def matched(old: Sequence[Section], new: Sequence[Section]) -> Match:
    """Match by given id, by heading, by content, then by likeness."""
    partners: dict[Section, Section] = {old[0]: new[0], new[0]: old[0]}
    _pair(old, new, partners, lambda one: one.identifier)
    _pair(old, new, partners, lambda one: (one.title, one.parent.title if one.parent else ""))
    _pair(old, new, partners, lambda one: one.title)
    _pair(old, new, partners, lambda one: one.key)
    _pair_alike(old, new, partners)
    places = {section: place for place, section in enumerate(new)}
    pairs = [(place, places[partners[one]]) for place, one in enumerate(old) if one in partners]
    weights = [1 + len(old[place].features) for place, _ in pairs]
    staying = heaviest_order(pairs[1:], weights[1:])
    anchors = [(old[i], new[j]) for n, (i, j) in enumerate(pairs[1:]) if n in staying]
    moved = {section for n, (i, j) in enumerate(pairs[1:]) if n not in staying for section in (old[i], new[j])}
    return Match(partners, anchors, frozenset(moved))


def _pair(
    old: Sequence[Section],
    new: Sequence[Section],
    partners: dict[Section, Section],
    mark: Callable[[Section], Hashable],
) -> None:
    """Pair the sections without a partner whose mark only one section of each version has."""
    free = [[one for one in side if one not in partners and mark(one)] for side in (old, new)]
    counts = [Counter(map(mark, side)) for side in free]
    by_mark = {mark(one): one for one in free[1]}
    for one in free[0]:
        if counts[0][mark(one)] == 1 == counts[1][mark(one)]:
            partners[one] = by_mark[mark(one)]
            partners[by_mark[mark(one)]] = one


def _pair_alike(old: Sequence[Section], new: Sequence[Section], partners: dict[Section, Section]) -> None:
    """Pair those left over, the most alike first."""
    free = [[(n, one) for n, one in enumerate(side) if one not in partners and one.features] for side in (old, new)]
    rated = [(likeness(one.features, other.features), -i, -j, one, other) for i, one in free[0] for j, other in free[1]]
    for alike, _, _, one, other in sorted(rated, key=lambda row: row[:3], reverse=True):
        if alike >= ALIKE and one not in partners and other not in partners:
            partners[one], partners[other] = other, one
