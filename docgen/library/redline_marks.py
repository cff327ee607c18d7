"""Revision marks in the document tree: setting them, and what is left when all are accepted or rejected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from docgen.compose.ast import Node
from docgen.library.redline_words import Holder, Hunk, Word, words

Kind = Literal["insertion", "deletion"]
BEFORE = "-before"
"""What is added to the name of a figure that was drawn anew."""

_Piece = tuple[str, Word]
"""A word with what became of it: the classes of its mark, '' for one that is kept."""


@dataclass(frozen=True)
class Pen:
    """Sets marks of one author at one time."""

    author: str
    """Who made the changes."""

    date: str
    """When, in UTC, as ISO 8601."""

    @property
    def pairs(self) -> list[list[str]]:
        """The attributes of every mark."""
        return [["author", self.author], ["date", self.date]]

    def span(self, classes: Sequence[str], inlines: list[Node]) -> Node:
        """Inlines marked as inserted or deleted."""
        return {"t": "Span", "c": [["", list(classes), self.pairs], inlines]}

    def hunks(self, hunks: Sequence[Hunk]) -> list[Node]:
        """The inlines of a comparison, with marks."""
        pieces: list[_Piece] = []
        for hunk in hunks:
            if hunk.is_same:
                pieces += [("", word) for word in hunk.after]
            else:
                note = " renumbered" if hunk.is_renumbering else ""
                pieces += [(f"deletion{note}", word) for word in hunk.before]
                pieces += [(f"insertion{note}", word) for word in hunk.after]
        return self._inlines(pieces, 0)

    def inlines(self, inlines: Sequence[Node], kind: Kind) -> list[Node]:
        """Inlines wholly inserted or deleted."""
        return self._inlines([(kind, word) for word in words(inlines)], 0)

    def _inlines(self, pieces: Sequence[_Piece], depth: int) -> list[Node]:
        found: list[Node] = []
        for _, group in groupby(pieces, lambda piece: _holder_key(piece[1], depth)):
            run = list(group)
            if len(run[0][1].holders) > depth:
                found.append(self._held(run, depth))
                continue
            for (mark, is_break), marked in groupby(run, lambda piece: (piece[0], _is_break(piece[1]))):
                nodes = _nodes([word for _, word in marked], mark.startswith("deletion"))
                found += [self.span(mark.split(), [node]) for node in nodes] if mark and is_break else []
                found += [] if is_break and mark else [self.span(mark.split(), nodes)] if mark else nodes
        return found

    def _held(self, run: Sequence[_Piece], depth: int) -> Node:
        """One holder with the words in it; links of deleted text lead nowhere."""
        holder: Holder = run[0][1].holders[depth]
        kind = holder.node["t"]
        content: Any = holder.node.get("c")
        marks = {mark.partition(" ")[0] for mark, _ in run}
        if holder.is_automatic and len(marks) == 1 and "" not in marks:
            inside = self._inlines([("", word) for _, word in run], depth + 1)
            if marks == {"insertion"}:
                return self.span(["insertion"], [_filled(holder.node, inside)])
            return self.span([*holder.node["c"][0][1], "deletion"], inside)
        inside = self._inlines(run, depth + 1)
        if kind == "Link" and marks == {"deletion"}:
            return {"t": "Span", "c": [["", content[0][1], []], inside]}
        return _filled(holder.node, inside)

    def whole(self, block: Node, kind: Kind) -> Node:
        """A block that is inserted or deleted with all that is in it."""
        name = block["t"]
        content: Any = block.get("c")
        if name in ("Para", "Plain"):
            return {"t": name, "c": self._paragraph(content, kind)}
        if name == "Header":
            level, (identifier, classes, pairs), inlines = content
            attributes = [_id(identifier, kind), [*classes, kind], pairs]
            return {"t": name, "c": [level, attributes, self._paragraph(inlines, kind)]}
        if name == "CodeBlock":
            (identifier, classes, pairs), text = content
            return {"t": name, "c": [[_id(identifier, kind), [*classes, kind], [*pairs, *self.pairs]], text]}
        if name in ("BulletList", "OrderedList", "DefinitionList", "BlockQuote", "Div", "Table", "Figure"):
            return {"t": name, "c": _WHOLE[name](self, content, kind)}
        return {"t": "Div", "c": [["", [kind], self.pairs], [block]]}

    def blocks(self, blocks: Sequence[Node], kind: Kind) -> list[Node]:
        """Blocks that are all inserted or deleted."""
        return [self.whole(block, kind) for block in blocks]

    def row(self, row: Any, kind: Kind) -> Any:
        """A table row that is inserted or deleted."""
        (identifier, classes, pairs), cells = row
        marked = [[*cell[:4], self.blocks(cell[4], kind)] for cell in cells]
        return [[identifier, [*classes, kind], [*pairs, *self.pairs]], marked]

    def term(self, term: Any, kind: Kind) -> Any:
        """An entry of a definition list that is inserted or deleted."""
        return [self._paragraph(term[0], kind), [self.blocks(one, kind) for one in term[1]]]

    def _paragraph(self, inlines: Sequence[Node], kind: Kind) -> list[Node]:
        return [*self.inlines(inlines, kind), self.span([f"paragraph-{kind}"], [])]

    def _table(self, content: Any, kind: Kind) -> Any:
        (identifier, classes, pairs), caption, columns, head, bodies, foot = content
        return [
            [_id(identifier, kind), classes, pairs],
            [caption[0], self.blocks(caption[1], kind)],
            columns,
            [head[0], [self.row(row, kind) for row in head[1]]],
            [[*body[:2], body[2], [self.row(row, kind) for row in body[3]]] for body in bodies],
            foot,
        ]

    def _figure(self, content: Any, kind: Kind) -> Any:
        (identifier, classes, pairs), caption, blocks = content
        attributes = [_id(identifier, kind), [*classes, kind], [*pairs, *self.pairs]]
        return [attributes, [caption[0], self.blocks(caption[1], kind)], self.blocks(blocks, kind)]


_WHOLE: dict[str, Callable[[Pen, Any, Kind], Any]] = {
    "BulletList": lambda pen, content, kind: [pen.blocks(item, kind) for item in content],
    "OrderedList": lambda pen, content, kind: [content[0], [pen.blocks(item, kind) for item in content[1]]],
    "DefinitionList": lambda pen, content, kind: [pen.term(term, kind) for term in content],
    "BlockQuote": lambda pen, content, kind: pen.blocks(content, kind),
    "Div": lambda pen, content, kind: [[_id(content[0][0], kind), *content[0][1:]], pen.blocks(content[1], kind)],
    "Table": Pen._table,
    "Figure": Pen._figure,
}


def _id(identifier: str, kind: Kind) -> str:
    """Deleted text has no ids: the new text may hold the same."""
    return identifier if kind == "insertion" else ""


def _holder_key(word: Word, depth: int) -> str | None:
    return word.holders[depth].key if len(word.holders) > depth else None


def _is_break(word: Word) -> bool:
    return word.leaf is not None and word.leaf["t"] == "LineBreak"


def _nodes(run: Sequence[Word], is_deleted: bool) -> list[Node]:
    """Words as nodes: neighbouring text in one."""
    found: list[Node] = []
    for word in run:
        if word.leaf is not None:
            found.append(_unlinked(word.leaf) if is_deleted else word.leaf)
        elif found and found[-1]["t"] == "Str":
            found[-1] = {"t": "Str", "c": found[-1]["c"] + word.text}
        else:
            found.append({"t": "Str", "c": word.text})
    return found


def _unlinked(node: Any) -> Any:
    """A deleted footnote or picture, without links that may lead to what is no longer there."""
    if isinstance(node, list):
        return [_unlinked(one) for one in node]
    if not isinstance(node, dict):
        return node
    if node["t"] == "Link":
        return {"t": "Span", "c": [["", node["c"][0][1], []], _unlinked(node["c"][1])]}
    return {**node, "c": _unlinked(node["c"])} if "c" in node else node


def _filled(node: Node, inlines: list[Node]) -> Node:
    """A holder with other content."""
    content = node["c"]
    return {"t": node["t"], "c": [content[0], inlines, *content[2:]] if node["t"] in ("Span", "Link") else inlines}


def accepted(blocks: Sequence[Node]) -> list[Node]:
    """The blocks with every change accepted: the new text."""
    return _Decision("insertion", "deletion").blocks(blocks)


def rejected(blocks: Sequence[Node]) -> list[Node]:
    """The blocks with every change rejected: the old text, in the places and with the ids of the new."""
    return _Decision("deletion", "insertion").blocks(blocks)


@dataclass(frozen=True)
class _Decision:
    """Takes all marks off a tree."""

    keep: Kind
    drop: Kind

    def blocks(self, blocks: Sequence[Node]) -> list[Node]:
        return [made for block in blocks for made in self._block(block)]

    def _block(self, block: Node) -> list[Node]:
        kind = block["t"]
        content: Any = block.get("c")
        if kind in ("Para", "Plain"):
            inlines = self._paragraph(content)
            return [] if inlines is None else [{"t": kind, "c": inlines}]
        if kind == "Header":
            inlines = self._paragraph(content[2])
            return [] if inlines is None else [{"t": kind, "c": [content[0], self._attributes(content[1]), inlines]}]
        if kind in ("CodeBlock", "Figure", "Div"):
            return self._marked(block)
        if kind in ("BulletList", "OrderedList"):
            items = list(self._items(content if kind == "BulletList" else content[1]))
            return [{"t": kind, "c": items if kind == "BulletList" else [content[0], items]}] if items else []
        if kind == "BlockQuote":
            inside = self.blocks(content)
            return [{"t": kind, "c": inside}] if inside else []
        if kind == "DefinitionList":
            terms = [
                [term, list(self._items(ones))]
                for inlines, ones in content
                if (term := self._paragraph(inlines)) is not None
            ]
            return [{"t": kind, "c": terms}] if terms else []
        return self._table(content) if kind == "Table" else [block]

    def _items(self, items: Sequence[list[Node]]) -> Iterator[list[Node]]:
        for item in items:
            made = self.blocks(item)
            if made or not item:
                yield made

    def _marked(self, block: Node) -> list[Node]:
        kind, content = block["t"], block["c"]
        if self.drop in content[0][1]:
            return []
        attributes = self._attributes(content[0])
        if kind == "CodeBlock":
            return [{"t": kind, "c": [attributes, content[1]]}]
        if kind == "Figure":
            caption = [content[1][0], self.blocks(content[1][1])]
            return [{"t": kind, "c": [attributes, caption, self.blocks(content[2])]}]
        inside = self.blocks(content[1])
        if self.keep in content[0][1]:
            return inside
        return [{"t": kind, "c": [attributes, inside]}] if inside or not content[1] else []

    def _table(self, content: Any) -> list[Node]:
        attributes, caption, columns, head, bodies, foot = content
        heads = self._rows(head[1])
        kept = [[*body[:3], self._rows(body[3])] for body in bodies]
        if not heads and not any(body[3] for body in kept):
            return []
        made = [attributes, [caption[0], self.blocks(caption[1])], columns, [head[0], heads], kept, foot]
        return [{"t": "Table", "c": made}]

    def _rows(self, rows: Sequence[Any]) -> list[Any]:
        return [
            [self._attributes(row[0]), [[*cell[:4], self.blocks(cell[4])] for cell in row[1]]]
            for row in rows
            if self.drop not in row[0][1]
        ]

    def _attributes(self, attributes: Any) -> Any:
        identifier, classes, pairs = attributes
        if self.keep not in classes:
            return attributes
        kept = [pair for pair in pairs if pair[0] not in ("author", "date")]
        return [identifier, [name for name in classes if name != self.keep], kept]

    def _paragraph(self, inlines: Sequence[Node]) -> list[Node] | None:
        """The inlines of a paragraph; None for one that goes."""
        marks = {name for node in inlines if node["t"] == "Span" for name in node["c"][0][1]}
        return None if f"paragraph-{self.drop}" in marks else self.inlines(inlines)

    def inlines(self, inlines: Sequence[Node]) -> list[Node]:
        return [made for node in inlines for made in self._inline(node)]

    def _inline(self, node: Node) -> list[Node]:
        kind = node["t"]
        content: Any = node.get("c")
        if kind == "Image":
            return [{"t": kind, "c": [*content[:2], [content[2][0].removesuffix(BEFORE), content[2][1]]]}]
        if kind in ("Str", "Space", "SoftBreak", "LineBreak", "Code", "Note", "Math", "RawInline"):
            return [node]
        held = content[1] if kind in ("Span", "Link") else content
        if kind != "Span":
            inside = self.inlines(held)
            return [_filled(node, inside)] if inside or not held else []
        classes = content[0][1]
        if self.drop in classes or f"paragraph-{self.keep}" in classes:
            return []
        inside = self.inlines(held)
        if self.keep in classes:
            others = [name for name in classes if name not in (self.keep, "renumbered")]
            return [{"t": kind, "c": [["", others, []], inside]}] if others else inside
        return [_filled(node, inside)] if inside or not held else []
