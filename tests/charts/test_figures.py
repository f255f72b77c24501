"""Figures: what each shows of its rows."""

from datetime import date

import plotly.graph_objects as go

from dashboard.charts.bars import bars
from dashboard.charts.funnel import funnel
from dashboard.charts.trend import trend

PRACTICES = [("Alder", 52, 100), ("Birch", 104, 200), ("Cedar", 30, 100), ("Dogwood", 2, 12)]


def sound(figure):
    """plotly itself finds no fault with it."""
    return go.Figure(figure)


def marks(figure, name):
    return [trace for trace in figure["data"] if trace["mode"].startswith("markers") and name in trace["text"]]


def test_a_funnel_names_those_outside_and_rings_the_small():
    figure = funnel(PRACTICES)
    sound(figure)
    (cedar,), (dogwood,), (alder,) = (marks(figure, name) for name in ("Cedar", "Dogwood", "Alder"))
    assert cedar["mode"] == "markers+text" and cedar["marker"]["symbol"] == "diamond" and cedar["text"] == ["Cedar"]
    assert dogwood["marker"]["color"] == "#fff" and "too few to compare" in dogwood["hovertemplate"][0]
    assert alder["mode"] == "markers" and set(alder["text"]) == {"Alder", "Birch"}


def test_the_centre_is_the_rate_of_those_large_enough():
    centre = next(trace for trace in funnel(PRACTICES)["data"] if trace["name"] == "all")
    assert centre["y"] == [186 / 400] * 2


def test_a_funnel_of_small_practices_only_still_draws():
    sound(funnel([("Dogwood", 2, 12)]))
    sound(funnel([]))


def months(count, start=(2026, 1)):
    return [(date(start[0] + (start[1] - 1 + m) // 12, (start[1] - 1 + m) % 12 + 1, 28), 30 + 2 * m + m % 2, 100) for m in range(count)]


def test_a_trend_begins_anew_each_year():
    figure = trend(months(14, (2025, 10)), goal=0.7)
    sound(figure)
    assert [trace["name"] for trace in figure["data"] if trace["mode"] == "lines+markers"] == ["2025", "2026"]
    assert any(note["text"] == "goal 70%" for note in figure["layout"]["annotations"])


def test_limits_need_six_months_of_the_year_before_the_newest():
    assert len(trend(months(6))["data"]) == 1
    assert len(trend(months(7))["data"]) == 4


def test_bars_leave_out_who_is_too_few_and_bear_their_n():
    figure = bars([("English", 60, 100), ("Spanish", 20, 40), ("Hindi", 2, 4)], mark=0.55)
    sound(figure)
    (bar,) = figure["data"]
    assert bar["y"] == ["Spanish (40)", "English (100)"] and bar["x"] == [0.5, 0.6]
    assert all(extra > 0 for extra in bar["error_x"]["array"] + bar["error_x"]["arrayminus"])
    assert [name["text"] for name in figure["layout"]["annotations"]] == bar["y"]
