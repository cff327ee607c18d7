"""Bodies as the real engine writes them, and the typesetter, for the tests of the PDF and HTML writers."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from docgen.compose.composition import Composition
from docgen.publish.engine import EngineJob, write_batch
from docgen.publish.typesetter import Typesetter

AWKWARD = (
    'A & B <c> | {{7*7}} \\n "北京"',
    "#strong[x] $x$ @ref *a* _b_ ~ -- \\ ",
    "... -5 x-?y // /* z */ `code` <tag> 'q' “弯” https://a.example/b?c=1&d=2#e--f",
    "= 1. + - / : ] [ } { ^ % ; & &amp; </style> -->",
)
"""Texts that mean something to Typst, HTML, CSS or Jinja, and here mean only themselves."""


@cache
def typesetter() -> Typesetter:
    """The fonts take a while to load: one for all tests."""
    return Typesetter()


def written(made: Composition, kind: str) -> str:
    """The composition's body in Typst (`typst`) or HTML (`html`)."""
    with TemporaryDirectory() as folder:
        path = Path(folder)
        write_batch([EngineJob(made.blocks, frozenset({kind}), None, path / "body")], path)
        return (path / "body").with_suffix({"typst": ".typ", "html": ".html"}[kind]).read_text("utf-8")
