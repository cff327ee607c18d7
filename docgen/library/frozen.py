"""Compositions kept for ever: as JSON that any program can read, with the logo beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from docgen.compose.composition import Composition
from docgen.diagnostics import Span, fail
from docgen.files import sha256

MAX_BYTES = 256 * 1024 * 1024


def frozen(composition: Composition) -> bytes:
    """The composition as JSON; its logo is named by SHA-256, its font folder is left out."""
    parts = asdict(composition)
    parts["brand"] |= {"logo": sha256(composition.brand.logo), "font_folder": None}
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_iso)
    return text.encode() + b"\n"


def _iso(value: Any) -> Any:
    return value.isoformat()


def thawed(data: bytes, shown: str, logo: Callable[[str], bytes], font_folder: Path | None) -> Composition:
    """The composition in the JSON; raises DocgenError naming `shown` where it is none."""
    try:
        if len(data) > MAX_BYTES:
            raise fail("release-damaged", Span(shown), reason=f"> {MAX_BYTES} B")
        parts = json.loads(data)
        parts["brand"]["logo"] = logo(parts["brand"]["logo"])
        composition = _form().validate_python(parts)
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError) as error:
        raise fail("release-damaged", Span(shown), reason=str(error).split("\n")[0][:80]) from error
    return replace(composition, brand=replace(composition.brand, font_folder=font_folder))


@cache
def _form() -> TypeAdapter[Composition]:
    return TypeAdapter(Composition)
