"""What came nearest to closing a gap, in short."""

from datetime import date
from types import SimpleNamespace

import pytest

from dashboard.components.visit import fact_in_short


@pytest.mark.parametrize(("values", "why", "better", "words"), [
    ([152, 77], "value out of range", "higher", "last 152/77, 9 Jul 2026"),
    ([9.4], "value out of range", "lower", "last 9.4, 9 Jul 2026"),
    ([3], "too early", "higher", "last 9 Jul 2026"),
    (None, None, "higher", "last 9 Jul 2026")])
def test_a_value_is_told_where_it_is_what_is_wrong_and_a_blood_pressure_as_it_is_said(values, why, better, words):
    assert fact_in_short(SimpleNamespace(values=values, why=why, better=better, on_date=date(2026, 7, 9))) == words
