"""Dates counted on from a day by a quantity: calendar units, or working days from Monday to Friday."""

from __future__ import annotations

import calendar
import datetime
from math import ceil

from docgen.model.quantity import Quantity

MINUTES = {"s": 1 / 60, "min": 1.0, "h": 60.0, "d": 1440.0, "workdays": 1440.0, "weeks": 10080.0}
"""Minutes of a unit; a working day counts as a whole one."""
_MONTHS = {"months": 1, "quarters": 3, "years": 12}


def later(day: datetime.date, quantity: Quantity) -> datetime.date:
    """The day that lies a quantity (`5 workdays`, `30 d`, `12 months`) after another; holidays are not known."""
    number, unit = quantity.number, quantity.unit
    if unit in _MONTHS:
        return months_later(day, int(number * _MONTHS[unit]))
    if unit in MINUTES and unit != "workdays":
        return day + datetime.timedelta(days=ceil(float(number) * MINUTES[unit] / MINUTES["d"]))
    for _ in range(int(number)):
        day += datetime.timedelta(days=3 if day.weekday() == 4 else 2 if day.weekday() == 5 else 1)
    return day


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The day so many months later; the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
