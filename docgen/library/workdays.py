"""Dates counted on from a day by a quantity: calendar units, or working days from Monday to Friday."""

from __future__ import annotations

import calendar
import datetime

from docgen.model.quantity import Quantity

_MONTHS = {"months": 1, "month": 1, "quarters": 3, "quarter": 3, "years": 12, "year": 12}
_DAYS = {"d": 1, "weeks": 7, "week": 7}


def later(day: datetime.date, quantity: Quantity) -> datetime.date:
    """The day that lies a quantity (`5 workdays`, `30 d`, `12 months`) after another; holidays are not known."""
    number, _, unit = str(quantity).partition(" ")
    amount = int(float(number))
    if unit in _MONTHS:
        months = day.year * 12 + day.month - 1 + amount * _MONTHS[unit]
        year, month = divmod(months, 12)
        return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    if unit in _DAYS:
        return day + datetime.timedelta(days=amount * _DAYS[unit])
    for _ in range(amount):
        day += datetime.timedelta(days=3 if day.weekday() == 4 else 2 if day.weekday() == 5 else 1)
    return day
