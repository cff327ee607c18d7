"""What is asked of a build: documents, languages, formats, the day that counts as today, the number of workers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from docgen.diagnostics import Language, Variant

Format = Literal["docx", "pdf", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
VARIANTS: tuple[Variant, ...] = get_args(Variant)
Progress = Callable[[int, int, str], None]
"""Called with how many files are written, how many there are to write, and the one just written."""


@dataclass(frozen=True)
class Request:
    """What to build; None stands for all there is."""

    as_of: datetime.date
    codes: tuple[str, ...] | None = None
    languages: tuple[Language, ...] | None = None
    variants: tuple[Variant, ...] = ()
    """Editions besides; where only these are named, no language is printed by itself."""
    formats: tuple[Format, ...] = FORMATS
    jobs: int = 2
