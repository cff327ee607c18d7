"""Compositions kept for ever: two lines of JSON, what the document says and what it looks like, the logo beside them.

The SHA-256 of the first line is the content digest, so that a signature is checked by hashing alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from docgen.compose.composition import Composition
from docgen.compose.digest import SAID, content
from docgen.diagnostics import Span, fail
from docgen.files import sha256

MAX_BYTES = 256 * 1024 * 1024


def frozen(composition: Composition) -> bytes:
    """The composition without the rows of living tables; its logo is named by SHA-256, its font folder is left out."""
    front = {name: value for name, value in asdict(composition.front).items() if name not in SAID}
    brand = asdict(composition.brand) | {"logo": sha256(composition.brand.logo), "font_folder": None}
    looks = {"front": front, "brand": brand}
    text = json.dumps(looks, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_iso)
    return content(composition) + b"\n" + text.encode() + b"\n"


def _iso(value: Any) -> Any:
    return value.isoformat()


def content_digest(data: bytes) -> str:
    """The content digest of a frozen composition."""
    return sha256(data.partition(b"\n")[0])


def logo_of(data: bytes) -> str:
    """The SHA-256 of the logo that a frozen composition names; raises ValueError and the like for another file."""
    return str(json.loads(data.partition(b"\n")[2])["brand"]["logo"])


def thawed(data: bytes, shown: str, logo: Callable[[str], bytes], font_folder: Path | None) -> Composition:
    """The composition that was frozen; raises DocgenError naming `shown` where it is none."""
    try:
        if len(data) > MAX_BYTES:
            raise fail("release-damaged", Span(shown), reason=f"> {MAX_BYTES} B")
        said, looks = (json.loads(line) for line in data.splitlines())
        brand = {**looks["brand"], "logo": logo(looks["brand"]["logo"])}
        parts = {**said, "front": {**looks["front"], **said["front"]}, "brand": brand}
        composition = _form().validate_python(parts)
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError) as error:
        raise fail("release-damaged", Span(shown), reason=str(error).split("\n")[0][:80]) from error
    return replace(composition, brand=replace(composition.brand, font_folder=font_folder))


@cache
def _form() -> TypeAdapter[Composition]:
    return TypeAdapter(Composition)
