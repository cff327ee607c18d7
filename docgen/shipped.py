"""Where the templates and shared content that come with docgen are: inside the package, or beside it in a clone."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SHIPPED = _PACKAGE / "shipped"
_ROOT = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent

TEMPLATES = _ROOT / "templates"
"""Templates by language."""
CONTENT = _ROOT / "content"
"""The shared content `base` and the starting point of a new client, `starter`."""
