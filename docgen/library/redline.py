"""The redline: two versions of a document as one tree with revision marks, and the list of sections that changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any, Literal

from docgen.compose.ast import Node
from docgen.compose.composition import Composition, Figure
from docgen.library.redline_align import Piece, aligned, block_piece
from docgen.library.redline_blocks import Comparison, Findings, redrawn
from docgen.library.redline_marks import Pen, accepted, rejected
from docgen.library.redline_passages import Passage, shortened, spoken
from docgen.library.redline_sections import Match, Section, matched, sections

__all__ = ["Passage", "Redline", "SectionChange", "accepted", "compare", "rejected"]

Change = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class SectionChange:
    """What became of one section."""

    number: str
    """Its number as printed: of the new version, of the old for a removed section; '' before the first heading."""

    title: str
    """Its heading, of the same version; the document's title before the first heading."""

    kind: Change
    """What happened to it; an edited section that also moved is `moved`."""

    passages: tuple[Passage, ...]
    """What was changed in it, in reading order."""


@dataclass(frozen=True)
class Redline:
    """Two versions in one."""

    blocks: list[Node] = field(repr=False)
    """The new version's body with marks, and what was deleted in its old place.

    Inlines are marked by spans of the class `insertion` or `deletion`, paragraphs, headings and terms that came or
    went as a whole also by an empty span `paragraph-insertion` or `paragraph-deletion` at their end; table rows,
    headings, figures and code blocks carry the class themselves, other blocks in a division around them. Marks have
    the attributes `author` and `date`; the class `renumbered` says that only a counted number changed."""

    figures: tuple[Figure, ...]
    """The figures that `blocks` show: an old drawing that changed has `-before` in its name."""

    sections: tuple[SectionChange, ...]
    """Sections that changed, in reading order; empty where the two versions say the same."""


@dataclass(frozen=True)
class _Placed:
    """A block with the landscape division and the section it stands in."""

    block: Node
    division: Node | None
    section: Section


@dataclass
class _Made:
    """A block of the redline with its landscape division; a deleted block has none of its own."""

    block: Node
    division: Node | None
    is_deleted: bool


@dataclass
class _Report:
    """Gathers the findings section by section, in the order of the redline."""

    found: dict[Section, tuple[Change | None, Findings]] = field(default_factory=dict)

    def findings(self, section: Section, change: Change | None = None) -> Findings:
        """The findings of a section, opened with what happened to the section as a whole."""
        return self.found.setdefault(section, (change, Findings()))[1]

    def changes(self, title: str) -> Iterator[SectionChange]:
        for section, (change, findings) in self.found.items():
            passages = tuple(dict.fromkeys(findings.passages))
            if change in ("added", "removed"):
                passages = tuple(_summary(passages))
            if change or passages:
                yield SectionChange(section.number, section.title or title, change or "changed", passages)


def _summary(passages: Sequence[Passage]) -> Iterator[Passage]:
    """How the text of a section that came or went begins."""
    texts = ([p.before for p in passages], [p.after for p in passages])
    before, after = (shortened(" · ".join(filter(None, side))) for side in texts)
    if before or after:
        yield Passage(before, after)


def compare(old: Composition, new: Composition, author: str, at: datetime.datetime) -> Redline:
    """Compare two versions of a document in one language.

    `author` and `at` (aware) are put on every mark. The texts around the body are not compared."""
    pen = Pen(author, at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    blocks, before = redrawn(old.blocks, old.figures, new.figures)
    comparison = Comparison(pen, before, {figure.name: figure for figure in new.figures})
    sides = [_flat(blocks), _flat(new.blocks)]
    parts = [sections([block for block, _ in side]) for side in sides]
    report = _Report()
    merge = _Merge(comparison, matched(*parts), report)
    made = _divided(merge.run(*(_placed(side, those) for side, those in zip(sides, parts, strict=True))))
    added = set(_pictures(made)) - set(comparison.after)
    figures = (*new.figures, *(figure for name, figure in before.items() if name in added))
    return Redline(made, figures, tuple(report.changes(new.front.title)))


def _flat(blocks: Sequence[Node]) -> list[tuple[Node, Node | None]]:
    """The blocks, those on landscape pages with the division that says so."""
    found: list[tuple[Node, Node | None]] = []
    for block in blocks:
        if block["t"] == "Div" and "landscape" in block["c"][0][1]:
            found += [(inner, block) for inner in block["c"][1]]
        else:
            found.append((block, None))
    return found


def _placed(flat: Sequence[tuple[Node, Node | None]], parts: Sequence[Section]) -> list[_Placed]:
    owners = [section for section in parts for _ in section.blocks]
    return [_Placed(block, division, owner) for (block, division), owner in zip(flat, owners, strict=True)]


def _divided(made: Sequence[_Made]) -> list[Node]:
    """The blocks with the landscape divisions put back; what was deleted stays on the pages around it."""
    divisions: list[Node | None] = []
    following: list[Node | None] = [None]
    for one in reversed(made):
        following.append(following[-1] if one.is_deleted else one.division)
    for one, after in zip(made, reversed(following[:-1]), strict=True):
        here = one.division
        if one.is_deleted:
            here = after if divisions and divisions[-1] is after else None
        divisions.append(here)
    found: list[Node] = []
    for _, group in groupby(zip(made, divisions, strict=True), lambda pair: id(pair[1])):
        run = list(group)
        blocks, division = [one.block for one, _ in run], run[0][1]
        found += blocks if division is None else [{"t": "Div", "c": [division["c"][0], blocks]}]
    return found


def _pictures(node: Any) -> Iterator[str]:
    """Names of the figures that a tree shows."""
    if isinstance(node, list):
        for one in node:
            yield from _pictures(one)
    elif isinstance(node, dict):
        if node["t"] == "Image":
            yield node["c"][2][0].removeprefix("figures/")
        yield from _pictures(node.get("c"))


@dataclass(frozen=True)
class _Merge:
    """Joins the blocks of both versions into one sequence."""

    comparison: Comparison
    match: Match
    report: _Report

    def run(self, old: Sequence[_Placed], new: Sequence[_Placed]) -> list[_Made]:
        """The blocks of the redline."""
        starts = [{one.section: n for n, one in reversed(list(enumerate(side)))} for side in (old, new)]
        stops = [(starts[0][one], starts[1][other]) for one, other in self.match.anchors]
        ends = [*stops, (len(old), len(new))]
        found = self._stretch(old[: ends[0][0]], new[: ends[0][1]])
        for (i, j), (end_i, end_j) in pairwise(ends):
            found += self._headings(old[i], new[j])
            found += self._stretch(old[i + 1 : end_i], new[j + 1 : end_j])
        return found

    def _headings(self, old: _Placed, new: _Placed) -> list[_Made]:
        """The heading of a section that kept its place."""
        findings = self.report.findings(new.section)
        if old.section.level == new.section.level:
            return [
                _Made(block, new.division, False) for block in self.comparison.block(old.block, new.block, findings)
            ]
        titles = [f"{section.number} {section.title}" for section in (old.section, new.section)]
        findings.passages.append(Passage(*titles))
        return [self._gone(old), _Made(self._came(new), new.division, False)]

    def _stretch(self, old: Sequence[_Placed], new: Sequence[_Placed]) -> list[_Made]:
        """What stands between two headings that kept their places."""
        found: list[_Made] = []
        for i, j in aligned(self._pieces(old, "old"), self._pieces(new, "new")):
            if i is not None and j is not None:
                findings = self.report.findings(new[j].section, self._change(new[j].section))
                blocks = self.comparison.block(old[i].block, new[j].block, findings)
                found += [_Made(block, new[j].division, False) for block in blocks]
            elif j is not None:
                found.append(_Made(self._inserted(new[j]), new[j].division, False))
            elif i is not None:
                found.append(self._deleted(old[i]))
        return found

    def _pieces(self, placed: Sequence[_Placed], side: str) -> list[Piece]:
        """The blocks as pieces; those of moved sections match nothing."""
        return [
            Piece(one.block, f"moved {side}", "", f"moved {side} {n}", "")
            if one.section in self.match.moved
            else block_piece(one.block)
            for n, one in enumerate(placed)
        ]

    def _inserted(self, new: _Placed) -> Node:
        section = new.section
        findings = self.report.findings(section, self._change(section))
        if section in self.match.moved:
            if new.block is section.blocks[0]:
                self.comparison.blocks(self.match.partners[section].blocks, section.blocks, findings)
        elif new.block["t"] != "Header":
            findings.whole(spoken([new.block]), "insertion")
        return self._came(new)

    def _deleted(self, old: _Placed) -> _Made:
        section = old.section
        if section not in self.match.moved:
            partner = self.match.partners.get(section)
            findings = self.report.findings(partner or section, None if partner else "removed")
            if old.block["t"] != "Header":
                findings.whole(spoken([old.block]), "deletion")
        return self._gone(old)

    def _change(self, section: Section) -> Change | None:
        """What happened to a section of the new version as a whole; one that moved along with the section above it
        did not move by itself."""
        partner = self.match.partners.get(section)
        if partner is None:
            return "added"
        if section not in self.match.moved:
            return None
        above = section.parent
        moved_along = above is not None and above in self.match.moved and self.match.partners[above] is partner.parent
        return None if moved_along else "moved"

    def _came(self, new: _Placed) -> Node:
        return self.comparison.pen.whole(new.block, "insertion")

    def _gone(self, old: _Placed) -> _Made:
        block = old.block
        if block["t"] == "Header":
            level, (identifier, classes, pairs), inlines = block["c"]
            block = {
                "t": "Header",
                "c": [level, [identifier, classes, [*pairs, ["number", old.section.number]]], inlines],
            }
        return _Made(self.comparison.pen.whole(block, "deletion"), None, True)
