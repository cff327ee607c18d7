"""Quantities and versions: written once, printed in each language, ordered alike in both notations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from docgen.model.control import Version
from docgen.model.quantity import UNITS, Quantity


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        ("15 min", "15分钟", "15 minutes"),
        ("1 h", "1小时", "1 hour"),
        (">= 99.9 %", "≥99.9%", "≥ 99.9%"),
        ("5 workdays", "5个工作日", "5 working days"),
        ("12 months", "12个月", "12 months"),
        ("50000 cny", "50,000元", "50,000 yuan"),
        ("9", "9", "9"),
        ("1.10 %", "1.10%", "1.10%"),
    ],
)
def test_printed_in_both_languages(typed: str, zh: str, en: str) -> None:
    quantity = Quantity.validate(typed)
    assert (quantity.of("zh"), quantity.of("en")) == (zh, en)


@pytest.mark.parametrize("typed", ["", "fast", "15 parsecs", "1,5 h", "min 15", "--3 h"])
def test_other_forms_are_refused(typed: str) -> None:
    with pytest.raises(PydanticCustomError):
        Quantity.validate(typed)


@given(st.decimals(0, 10**6, places=2), st.sampled_from(sorted(UNITS)))
def test_number_and_unit_survive(number: object, unit: str) -> None:
    quantity = Quantity.validate(f"{number} {unit}")
    assert (str(quantity.number), quantity.unit) == (str(number), unit)
    assert UNITS[unit][0] in quantity.of("zh")


versions = st.tuples(st.integers(1, 26), st.integers(0, 99))


@given(versions, versions)
def test_versions_order_alike_in_both_notations(one: tuple[int, int], other: tuple[int, int]) -> None:
    def letter(v: tuple[int, int]) -> Version:
        return Version.validate(f"{chr(64 + v[0])}/{v[1]}")

    def decimal(v: tuple[int, int]) -> Version:
        return Version.validate(f"{v[0]}.{v[1]}")

    assert letter(one).order() == decimal(one).order() == one
    assert (letter(one).order() < letter(other).order()) == (decimal(one).order() < decimal(other).order())
