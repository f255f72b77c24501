"""Whether a session helped, and how promises stand, in words."""

from datetime import date

import pytest

from dashboard.components.gain import gain_words
from dashboard.web.education_forms import promise_words
from dashboard.worklog.education import DROPPED, KEPT, OPEN, Promise

SESSION, JUNE, JULY, OCTOBER = date(2026, 7, 10), date(2026, 6, 30), date(2026, 7, 31), date(2026, 10, 31)


def months(*counted):
    return [(day, numerator, denominator) for day, numerator, denominator in counted]


SLOW = months((JUNE, 400, 1000), (OCTOBER, 420, 1000))


@pytest.mark.parametrize(("own", "others", "said"), [
    (months((JUNE, 80, 200), (OCTOBER, 120, 200)), [SLOW], "+20.0 points since 30 Jun, practices without a session +2.0 points (likely real)"),
    (months((JUNE, 80, 200), (OCTOBER, 88, 200)), [SLOW], "+4.0 points since 30 Jun, practices without a session +2.0 points (may be chance)"),
    (months((JUNE, 80, 200), (JULY, 120, 200)), [SLOW], "too early to tell"),
    (months((OCTOBER, 120, 200)), [SLOW], "no month is known before it"),
    (months((JUNE, 5, 10), (OCTOBER, 8, 10)), [SLOW], "10 patients: too few to compare"),
    (months((JUNE, 80, 200), (OCTOBER, 120, 200)), [], "+20.0 points since 30 Jun; no other practices to compare with"),
    ([], [SLOW], "too early to tell"),
], ids=["real", "chance", "early", "unknown before", "few", "alone", "nothing"])
def test_whether_a_session_helped(own, others, said):
    assert gain_words(own, others, SESSION) == said


def promise(standing, due):
    return Promise(1, "P1", standing, "Order kits", "J. Ruiz", due)


@pytest.mark.parametrize(("owed", "said"), [
    ([], "none"),
    ([promise(KEPT, JUNE), promise(DROPPED, JUNE)], "all settled"),
    ([promise(OPEN, JUNE), promise(OPEN, SESSION), promise(OPEN, OCTOBER)], "1 overdue, 2 open"),
])
def test_how_promises_stand(owed, said):
    assert promise_words(owed, SESSION) == said
