"""Quantities written once (`15 min`, `99.9 %`, `5 workdays`) and printed in each language's form."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, ClassVar, Self

from pydantic_core import PydanticCustomError

from docgen.diagnostics import Language
from docgen.model.text import Typed

UNITS: dict[str, tuple[str, str, str]] = {
    "s": ("秒", "second", "seconds"),
    "min": ("分钟", "minute", "minutes"),
    "h": ("小时", "hour", "hours"),
    "d": ("天", "day", "days"),
    "workdays": ("个工作日", "working day", "working days"),
    "weeks": ("周", "week", "weeks"),
    "months": ("个月", "month", "months"),
    "quarters": ("个季度", "quarter", "quarters"),
    "years": ("年", "year", "years"),
    "%": ("%", "%", "%"),
    "points": ("分", "point", "points"),
    "times": ("次", "time", "times"),
    "cases": ("件", "case", "cases"),
    "people": ("人", "person", "people"),
    "tickets": ("单", "ticket", "tickets"),
    "cny": ("元", "yuan", "yuan"),
    "10k-cny": ("万元", "×10,000 yuan", "×10,000 yuan"),
    "per-month": ("次/月", "per month", "per month"),
    "per-year": ("次/年", "per year", "per year"),
    "hours-per-month": ("小时/月", "hours per month", "hours per month"),
    "level": ("级", "level", "levels"),
    "items": ("项", "item", "items"),
    "GB": ("GB", "GB", "GB"),
    "TB": ("TB", "TB", "TB"),
}
"""Unit as typed -> Chinese, English singular, English plural."""

_SINGULAR = {"workday": "workdays", "week": "weeks", "month": "months", "quarter": "quarters", "year": "years"}
_FORM = re.compile(r"([<>≤≥]=?\s*)?(-?\d+(?:\.\d+)?)(?:\s*(\S+))?")
_SIGNS = {"<": "<", ">": ">", "<=": "≤", ">=": "≥", "≤": "≤", "≥": "≥"}


class Quantity(Typed):
    """A number with its unit, as typed: `15 min`, `≥ 99.9 %`, `3`."""

    __slots__ = ()
    description: ClassVar[str] = "number and unit: " + ", ".join(UNITS)

    @classmethod
    def validate(cls, value: Any) -> Self:
        """The quantity; raises the `bad_quantity` error for another form or an unknown unit."""
        quantity = super().validate(value)
        match = _FORM.fullmatch(quantity.strip())
        if match is None or (match[3] and _SINGULAR.get(match[3], match[3]) not in UNITS):
            raise PydanticCustomError("bad_quantity", "bad quantity", {"units": ", ".join(UNITS)})
        return quantity

    def _parts(self) -> tuple[str, str, str]:
        match = _FORM.fullmatch(self.strip())
        assert match is not None
        unit = match[3] or ""
        return _SIGNS[match[1].strip()] if match[1] else "", match[2], _SINGULAR.get(unit, unit)

    @property
    def number(self) -> Decimal:
        """The number without sign and unit."""
        return Decimal(self._parts()[1])

    @property
    def unit(self) -> str:
        """The unit as a key of UNITS, or ''."""
        return self._parts()[2]

    def of(self, language: Language) -> str:
        """The quantity as printed: `15分钟`, `15 minutes`, `≥ 99.9%`."""
        sign, number, unit = self._parts()
        chinese, singular, plural = UNITS.get(unit, ("", "", ""))
        whole, _, fraction = number.partition(".")
        printed = f"{int(whole):,}" if len(whole) > 4 else whole
        printed += f".{fraction}" if fraction else ""
        lead = f"{sign} " if sign and language == "en" else sign
        if language == "zh" or unit == "%":
            gap = " " if chinese in {"GB", "TB"} else ""
            return f"{lead}{printed}{gap}{chinese}"
        word = singular if number == "1" else plural
        return f"{lead}{printed} {word}" if word else f"{lead}{printed}"
