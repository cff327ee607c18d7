"""What the program asks of the machine it runs on: today, the folder it was started in, the user's language."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

from docgen.diagnostics import Language


def today() -> datetime.date:
    """Today's date, local time."""
    return datetime.date.today()


def here() -> Path:
    """The folder the program was started in."""
    return Path.cwd()


def workers() -> int:
    """How many workers suit the machine: its processors, at most four."""
    return max(1, min(4, os.cpu_count() or 1))


def language() -> Language:
    """The language of messages and help: DOCGEN_LANG, else the locale."""
    for name in ("DOCGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def default_client() -> str:
    """The client that commands work on when none is named."""
    return os.environ.get("DOCGEN_CLIENT", "demo")
