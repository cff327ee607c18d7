"""The sentences of one rule of `docgen check`, in both languages: title, what is checked, finding, mend, example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Told:
    """What a rule is called, what it checks, and what it says; `{name}` stands for a value of the finding."""

    title_en: str
    title_zh: str
    checked_en: str
    checked_zh: str
    en: str
    zh: str
    mend_en: str
    mend_zh: str
    example: Mapping[str, str] = field(default_factory=dict)
    """Values of a finding that shows what the rule says."""


@dataclass(frozen=True)
class Elsewhere:
    """A rule that is not one of `docgen check`: its title, and where it is applied."""

    title_en: str
    title_zh: str
    place: str
    """`step`, `verify`, `construction`, `test` or `rule`."""
    en: str
    zh: str
