"""What is to be known of points of a trend, in words; and that the chart and its table bear the same."""

from datetime import date
from types import SimpleNamespace

from dashboard.charts.trend import trend
from dashboard.components.marks import marks_of

DAYS = [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 29)]


def event(day, kind, feed=None, days=None):
    return SimpleNamespace(as_of=day, kind=kind, feed=feed, days=days)


def test_several_things_of_a_month_stand_together():
    marks = marks_of(DAYS, [event(DAYS[2], "late", "Plan C claims", 9), event(DAYS[2], "rules")], [(date(2026, 11, 3), "Alder Medicine")])
    assert marks.short == {DAYS[2]: "rules<br>late feed<br>session"}
    assert marks.told == {DAYS[2]: "What the measure asks for changed; Late: Plan C claims 9 days; Education session: Alder Medicine 3 Nov 2026"}


def test_a_session_stands_at_the_first_point_after_it():
    sessions = [(date(2026, 9, 30), "on the day of a point"), (date(2026, 10, 1), "a day after"), (date(2026, 8, 31), "before the trend"), (date(2026, 12, 1), "after it")]
    assert marks_of(DAYS, [], sessions).told == {DAYS[0]: "Education session: on the day of a point 30 Sep 2026", DAYS[1]: "Education session: a day after 1 Oct 2026"}


def test_months_computed_afterwards_are_a_note_and_no_mark():
    marks = marks_of(DAYS, [event(DAYS[0], "computed"), event(DAYS[1], "computed")], [])
    assert marks.short == {} and marks.note.strip().startswith("September 2026 to October 2026: computed afterwards")
    assert marks_of(DAYS, [], []).note == ""


def test_only_the_latest_feeds_are_named():
    late = [event(DAYS[1], "late", f"feed {n}", n) for n in (9, 5, 3, 1)]
    assert marks_of(DAYS, late, []).told[DAYS[1]] == "Late: feed 9 9 days, feed 5 5 days, feed 3 3 days and 1 more"


def test_a_chart_bears_marks_at_its_points_only():
    figure = trend([(day, 50, 100) for day in DAYS], marks={DAYS[1]: "rules", date(2020, 1, 1): "session"})
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["rules"]
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == ["2026-10-31"]
