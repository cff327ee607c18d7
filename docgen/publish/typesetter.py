"""The one place that runs Typst: in memory, with known fonts only, no network and no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, cast

import typst

FALLBACK_FONTS = ("Noto Sans SC", "DejaVu Sans Mono")
"""Families that every machine has: the first comes in a wheel, the second with Typst."""

PDF_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
"""PDF/A-2a (ISO 19005-2, level A) and PDF/UA-1 (ISO 14289-1)."""


class TypesettingError(Exception):
    """Typst cannot set a text: its own message, such as a character that no font has."""


class Typesetter:
    """Typst with the fonts of a client, loaded once; may be used from several threads at a time."""

    def __init__(self, font_folder: Path | None = None, wanted: Set[str] = frozenset()) -> None:
        """Loads the fonts of the folder, if one is given, besides those that come with docgen.

        Traditional characters are loaded only where their family is among the wanted ones."""
        families = ["notosanssc", *(["notosanstc"] if "Noto Sans TC" in wanted else [])]
        with as_file(files("justmytype_intl_cjk") / "fonts" / "ofl") as shipped:
            own = [] if font_folder is None else [str(font_folder)]
            folders = [*own, *(str(shipped / family) for family in families)]
            self._fonts = typst.Fonts(include_system_fonts=False, font_paths=folders)
        self._families = frozenset(self._fonts.families())

    def families(self, wanted: Sequence[str]) -> list[str]:
        """The wanted font families that are there, then those that every machine has."""
        return list(dict.fromkeys([*(name for name in wanted if name in self._families), *FALLBACK_FONTS]))

    def pdf(self, sources: Mapping[str, bytes], day: date) -> bytes:
        """PDF/A-2a and PDF/UA-1 of the sources (content by path, `main.typ` among them), dated midnight UTC of the day.

        Raises TypesettingError."""
        moment = datetime.combine(day, time(), UTC)
        files = dict(sources)
        with _typst_errors():
            return _one(self._compiler(files).compile(format="pdf", pdf_standards=PDF_STANDARDS, timestamp=moment))

    def picture(self, sources: Mapping[str, bytes], resolution: float) -> tuple[bytes, bytes]:
        """SVG and PNG (of that many pixels an inch) of the only page of the sources, laid out once.

        Raises TypesettingError."""
        files = dict(sources)
        with _typst_errors():
            compiler = self._compiler(files)
            svg = _one(compiler.compile(format="svg"))
            # A compiler forgets its sources after each run, but keeps what it laid out.
            png = _one(compiler.compile(cast(Any, files), format="png", ppi=resolution))
        return svg, png

    def _compiler(self, files: dict[str, bytes]) -> typst.Compiler:
        # The binding takes sources by path as well, which its type stubs do not say.
        return typst.Compiler(cast(Any, files), font_paths=self._fonts)


def _one(result: bytes | list[bytes] | None) -> bytes:
    if not isinstance(result, bytes):
        raise TypesettingError("Typst gave no page, or more than one picture")
    return result


@contextmanager
def _typst_errors() -> Iterator[None]:
    try:
        yield
    except typst.TypstError as error:
        raise TypesettingError(". ".join([error.message, *error.hints])) from error
