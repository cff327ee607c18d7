"""What the program asks of the machine it runs on: today, the folder it was started in, the user's language."""

from __future__ import annotations

import datetime
import getpass
import os
from pathlib import Path

from docgen.diagnostics import Language


def today() -> datetime.date:
    """Today's date, local time."""
    return datetime.date.fromisoformat(now()[0][:10])


def now() -> tuple[str, bool]:
    """The local time with offset, to the second, and whether DOCGEN_NOW gave it instead of the clock."""
    given = os.environ.get("DOCGEN_NOW")
    if given:
        moment = datetime.datetime.fromisoformat(given)
        return moment.astimezone(moment.tzinfo).isoformat(timespec="seconds"), True
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds"), False


def account() -> str:
    """The account of the machine that the program runs under; '' where it has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def person() -> str:
    """The id of the person who acts when `--as` does not say: DOCGEN_PERSON."""
    return os.environ.get("DOCGEN_PERSON", "")


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
