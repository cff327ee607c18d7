"""Whether a change looks major: a changed duty, time limit, target or clause (rule DC-22)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docgen.library.redline import Passage, SectionChange

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DUTY = re.compile(r"\b(?:shall|must|may not)\b|(?<![响供相对适反效])应(?![急用对答付收变])|不得|必须|(?<!必)须")


def signs_of_major(sections: Sequence[SectionChange], roles: Sequence[str]) -> Iterator[str]:
    """What speaks for a major change, each with the section it stands in; `roles` are names of roles."""
    for section in sections:
        place = f"{section.number} {section.title}".strip()
        if section.kind in ("added", "removed"):
            yield f"{place} ({section.kind})"
        for passage in section.passages:
            if _differs(passage, roles):
                yield f"{place}: {passage.before or '—'} → {passage.after or '—'}"


def _differs(passage: Passage, roles: Sequence[str]) -> bool:
    def said(text: str) -> tuple[list[str], int, list[str]]:
        return sorted(_NUMBER.findall(text)), len(_DUTY.findall(text)), [role for role in roles if role in text]

    return said(passage.before) != said(passage.after)
