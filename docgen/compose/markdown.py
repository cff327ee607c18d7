"""Markdown with references, slots and directives, turned into the pandoc tree by markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from docgen.compose import ast, plain
from docgen.compose.ast import Node
from docgen.compose.plain import REFERENCE
from docgen.diagnostics import Language, Span

SLOT = re.compile("\ue000(\\d+)\ue001")
"""Where a value stands in rendered template text: its number between two private-use characters."""

_ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*$")
_ATTRIBUTE = re.compile(
    r"""#(?P<id>[^\s]+)|\.(?P<class>[\w-]+)|(?P<key>[\w-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))"""
)
_EACH = re.compile(r"每$|\b[Ee]very $")
_ONCE = re.compile(r"^1个?(?=(?:天|周|月|季度|年|个工作日|小时)$)|^1 (?=[a-z])")
"""The figure that is left out after them: every month and 每月, not every 1 month and 每1个月."""
_WIDE = re.compile(f"[{ast.CJK}“”‘’…—]")


class Values(Protocol):
    """What the converter asks of the document being composed."""

    def slot(self, number: int) -> list[Node]:
        """The inlines of a slot."""

    def slot_blocks(self, number: int) -> list[Node]:
        """The blocks of a slot that stands alone in a paragraph."""

    def slot_text(self, number: int) -> str:
        """The plain text of a slot."""

    def slot_is_role(self, number: int) -> bool:
        """Whether a slot prints the name of a role."""

    def reference(self, raw: str, kind: str, name: str, form: str, span: Span) -> list[Node]:
        """The inlines of `{kind:name|form}`."""

    def directive(self, name: str, argument: str, body: str, span: Span) -> list[Node]:
        """The blocks of `::: name argument`."""

    def place(self, raw: str, line: int) -> Span:
        """Where `raw`, on a line of the text counted from 0, stands in the user's file."""


def _slot_rule(state: StateInline, silent: bool) -> bool:
    match = SLOT.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("slot", "", 0).meta = {"number": int(match[1])}
    state.pos = match.end()
    return True


def _reference_rule(state: StateInline, silent: bool) -> bool:
    match = REFERENCE.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    if match is None:
        return False
    if not silent:
        line = state.src.count("\n", 0, state.pos)
        token = state.push("reference", "", 0)
        token.meta = {"raw": match[0], "kind": match[1], "name": match[2], "form": match[3] or "", "line": line}
    state.pos = match.end()
    return True


def _heading_attributes(state: StateCore) -> None:
    for token, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type == "heading_open" and (match := _ATTRIBUTES.search(inline.content)):
            token.meta["attributes"] = match[1]
            inline.content = inline.content[: match.start()]


@lru_cache(maxsize=2)
def _parser(slots: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "typographer": False})
    parser.enable(["table", "strikethrough"])
    parser.disable(["html_block", "html_inline"])
    footnote_plugin(parser)
    deflist_plugin(parser)
    colon_fence_plugin(parser)
    parser.inline.ruler.before("text", "reference", _reference_rule)
    if not slots:
        parser.disable(["heading", "lheading", "code"])
    else:
        parser.inline.ruler.before("text", "slot", _slot_rule)
    parser.inline.add_terminator_char("\ue000")
    parser.core.ruler.before("inline", "heading_attributes", _heading_attributes)
    return parser


class Converter:
    """Turns the tokens of one text into pandoc nodes."""

    def __init__(self, values: Values, language: Language) -> None:
        self.values = values
        self.language = language
        self.lines: list[str] = []
        self.footnotes: dict[int, list[Node]] = {}

    def blocks(self, text: str, *, slots: bool) -> list[Node]:
        """The blocks of a text; slots are read in templates only, never in the client's texts."""
        self.lines = text.split("\n")
        simple = plain.tokens(text)
        return self._blocks(self._without_footnotes(_parser(slots).parse(text)) if simple is None else simple)

    def _without_footnotes(self, tokens: Sequence[Token]) -> Sequence[Token]:
        start = next((i for i, token in enumerate(tokens) if token.type == "footnote_block_open"), None)
        if start is None:
            return tokens
        opened: list[int] = []
        for i, token in enumerate(tokens):
            if token.type == "footnote_open":
                opened.append(i)
            elif token.type == "footnote_close":
                begin = opened.pop()
                inner = [t for t in tokens[begin + 1 : i] if t.type != "footnote_anchor"]
                self.footnotes[tokens[begin].meta["id"]] = self._blocks(inner)
        return tokens[:start]

    def _blocks(self, tokens: Sequence[Token]) -> list[Node]:
        nodes: list[Node] = []
        i = 0
        while i < len(tokens):
            end = _end(tokens, i)
            nodes.extend(self._block(tokens[i], tokens[i + 1 : end]))
            i = end + 1
        return nodes

    def _block(self, token: Token, inner: Sequence[Token]) -> list[Node]:
        handler = _BLOCKS.get(token.type)
        return handler(self, token, inner) if handler else self._blocks(inner)

    def _paragraph(self, token: Token, inner: Sequence[Token]) -> list[Node]:
        children = [child for child in inner[0].children or [] if child.type != "softbreak"]
        if children and all(child.type == "slot" for child in children):
            return [block for child in children for block in self.values.slot_blocks(child.meta["number"])]
        inlines = self.inlines(inner[0])
        if not inlines:
            return []
        return [ast.plain(inlines) if token.hidden else ast.para(inlines)]

    def _heading(self, token: Token, inner: Sequence[Token]) -> list[Node]:
        raw = self._filled(token.meta.get("attributes", ""))
        identifier, classes, pairs = "", [], []
        for match in _ATTRIBUTE.finditer(raw):
            if match["id"]:
                identifier = match["id"]
            elif match["class"]:
                classes.append(match["class"])
            else:
                pairs.append((match["key"], match["quoted"] if match["quoted"] is not None else match["bare"]))
        attributes = ast.attr(identifier, classes, pairs)
        return [ast.header(int(token.tag[1]), attributes, self.inlines(inner[0]))]

    def _filled(self, text: str) -> str:
        """A piece of an attribute, directive or reference with its slots as plain text."""
        return SLOT.sub(lambda slot: self.values.slot_text(int(slot[1])), text)

    def _list(self, token: Token, inner: Sequence[Token]) -> list[Node]:
        items: list[list[Node]] = []
        i = 0
        while i < len(inner):
            end = _end(inner, i)
            items.append(self._blocks(inner[i + 1 : end]))
            i = end + 1
        if token.type == "bullet_list_open":
            return [ast.bullets(items)]
        start = int(token.attrs.get("start", 1))
        return [{"t": "OrderedList", "c": [[start, {"t": "Decimal"}, {"t": "Period"}], items]}]

    def _definitions(self, token: Token, inner: Sequence[Token]) -> list[Node]:
        pairs: list[list[Any]] = []
        i = 0
        while i < len(inner):
            end = _end(inner, i)
            if inner[i].type == "dt_open":
                pairs.append([self.inlines(inner[i + 1]), []])
            else:
                pairs[-1][1].append(self._blocks(inner[i + 1 : end]))
            i = end + 1
        return [{"t": "DefinitionList", "c": pairs}]

    def _table(self, token: Token, inner: Sequence[Token]) -> list[Node]:
        rows: list[list[Any]] = []
        for part in inner:
            if part.type == "tr_open":
                rows.append([])
            elif part.type == "inline":
                rows[-1].append(ast.cell([ast.plain(self.inlines(part))]))
        ruler = self.lines[token.map[0] + 1] if token.map else ""
        widths = [float(len(part)) for part in re.findall("-+", ruler)]
        return [ast.table(ast.attr(classes=["grid"]), [], widths, ast.row(rows[0]), [ast.row(r) for r in rows[1:]])]

    def _quote(self, token: Token, inner: Sequence[Token]) -> list[Node]:
        return [{"t": "BlockQuote", "c": self._blocks(inner)}]

    def _code(self, token: Token, inner: Sequence[Token]) -> list[Node]:
        return [{"t": "CodeBlock", "c": [ast.attr(), token.content.rstrip("\n")]}]

    def _rule(self, token: Token, inner: Sequence[Token]) -> list[Node]:
        return [{"t": "HorizontalRule"}]

    def _directive(self, token: Token, inner: Sequence[Token]) -> list[Node]:
        info = self._filled(token.info.strip())
        name, _, argument = info.partition(" ")
        line = token.map[0] if token.map else 0
        span = self.values.place(f"::: {name} {argument}".strip(), line)
        return self.values.directive(name, argument.strip(), token.content, span)

    def inlines(self, token: Token) -> list[Node]:
        """The inlines of an inline token."""
        line = token.map[0] if token.map else 0
        stack: list[tuple[str, list[Node], Token | None]] = [("", [], None)]
        children = token.children or []
        for i, child in enumerate(children):
            here = stack[-1][1]
            if child.type == "text":
                here.extend(ast.text(child.content))
            elif child.type == "softbreak":
                if not self._fold(children, i):
                    here.append(ast.SPACE)
            elif child.nesting == 1:
                stack.append((child.type, [], child))
            elif child.nesting == -1:
                kind, nodes, opened = stack.pop()
                stack[-1][1].append(_wrapped(kind, nodes, opened))
            else:
                here.extend(self._in_sentence(self._leaf(child, line), child, here))
        return stack[0][1]

    def _fold(self, children: Sequence[Token], i: int) -> bool:
        """Whether a line break inside a paragraph is no space: beside Chinese characters."""
        before = children[i - 1].content[-1:] if i else ""
        after = children[i + 1].content[:1] if i + 1 < len(children) else ""
        if self.language == "zh" and (not before or not after):
            return True
        return bool(_WIDE.match(before) or _WIDE.match(after))

    def _in_sentence(self, nodes: list[Node], child: Token, before: list[Node]) -> list[Node]:
        """What is named, as it stands inside a sentence: the change manager, the SMS owner; every month, 每月."""
        if not before or not nodes or nodes[0]["t"] != "Str":
            return nodes
        word = nodes[0]["c"]
        if _EACH.search(ast.flat(before)):
            word = _ONCE.sub("", word)
        if self.language == "en" and self._is_role(child) and word[1:2].islower():
            ended = ast.flat(before).rstrip()[-1:] in ("", ".", "!", "?")
            word = word if ended else word[:1].lower() + word[1:]
        return [{"t": "Str", "c": word}, *nodes[1:]]

    def _is_role(self, child: Token) -> bool:
        if child.type == "slot":
            return self.values.slot_is_role(child.meta["number"])
        return child.type == "reference" and child.meta["kind"] == "role"

    def _leaf(self, child: Token, line: int) -> list[Node]:
        if child.type == "slot":
            return self.values.slot(child.meta["number"])
        if child.type == "reference":
            meta = child.meta
            span = self.values.place(meta["raw"], line + meta["line"])
            return self.values.reference(meta["raw"], meta["kind"], self._filled(meta["name"]), meta["form"], span)
        if child.type == "code_inline":
            return [{"t": "Code", "c": [ast.attr(), child.content]}]
        if child.type == "hardbreak":
            return [ast.BREAK]
        if child.type == "footnote_ref":
            return [{"t": "Note", "c": self.footnotes.get(child.meta["id"], [])}]
        if child.type == "image":
            return self.values.reference(
                f"![{child.content}]",
                "image",
                str(child.attrs["src"]),
                "",
                self.values.place(f"![{child.content}]", line),
            )
        return ast.text(child.content)


_WRAPPERS = {"strong_open": "Strong", "em_open": "Emph", "s_open": "Strikeout"}


def _wrapped(kind: str, nodes: list[Node], opened: Token | None) -> Node:
    if kind == "link_open":
        assert opened is not None
        return ast.link(nodes, str(opened.attrs.get("href", "")), [])
    return {"t": _WRAPPERS[kind], "c": nodes}


def _end(tokens: Sequence[Token], start: int) -> int:
    """Index of the token that closes the one at `start`, itself where nothing opens."""
    if tokens[start].nesting != 1:
        return start
    depth = 0
    for i in range(start, len(tokens)):
        depth += tokens[i].nesting
        if depth == 0:
            return i
    return len(tokens)


_BLOCKS: dict[str, Callable[[Converter, Token, Sequence[Token]], list[Node]]] = {
    "paragraph_open": Converter._paragraph,
    "heading_open": Converter._heading,
    "bullet_list_open": Converter._list,
    "ordered_list_open": Converter._list,
    "dl_open": Converter._definitions,
    "table_open": Converter._table,
    "blockquote_open": Converter._quote,
    "fence": Converter._code,
    "code_block": Converter._code,
    "hr": Converter._rule,
    "colon_fence": Converter._directive,
}
