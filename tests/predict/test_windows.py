"""Which days teach, judge and are scored."""

from datetime import date, timedelta

import pytest

from dashboard.predict.windows import RUN_OUT, SHORTEST, YEAR, Window, plan

AS_OF = date(2026, 11, 22)


def test_what_teaches_ends_before_what_judges_begins_and_run_out_is_left_out():
    days = plan(AS_OF, date(2023, 1, 1))
    assert days.test.days["until"] == AS_OF - RUN_OUT
    assert days.train.days["until"] == days.test.days["index"]
    for window in (days.train, days.test):
        assert window.days["cut"] == window.days["index"] - RUN_OUT
        assert window.days["until"] == window.days["index"] + YEAR


def test_all_windows_look_back_alike_and_no_further_than_the_files_go():
    days = plan(AS_OF, date(2024, 1, 1))
    assert days.train.days["from"] == date(2024, 1, 1)
    assert days.train.look_back == days.test.look_back == timedelta(days=144)
    assert plan(AS_OF, date(2010, 1, 1)).train.look_back == YEAR


@pytest.mark.parametrize("late", [0, 1])
def test_a_short_extract_is_refused_in_words(late):
    last = AS_OF - 2 * (RUN_OUT + YEAR) - SHORTEST
    found = plan(AS_OF, last + timedelta(days=late))
    assert isinstance(found, str) == bool(late)
    if late:
        assert f"from {last} on" in found
    assert "no month" in plan(AS_OF, None)


def test_the_window_of_a_score_has_nothing_of_the_newest_months():
    assert Window(AS_OF, YEAR).days["cut"] == date(2026, 8, 23)
