"""What if: rates and cut points that come of closing more, capped at what can be closed; the address is the state."""

from types import SimpleNamespace

import pytest
from visits import USERS, open_page

from dashboard.access import rules
from dashboard.components.cut_points import following, of_rate, reached, whose


def point(level, value, product_line="medicare", slug="col-e"):
    return SimpleNamespace(slug=slug, level=level, value=value, product_line=product_line, programme="CMS Star Ratings", year=2026, measurement_year=2024)


POINTS = [point("4 stars", 0.7), point("3 stars", 0.6), point("5 stars", 0.78), point("4 stars", 0.1, "commercial"), point("4 stars", 0.1, slug="other")]


def test_a_cut_point_is_reached_exactly_at_it():
    points = of_rate(POINTS, "col-e", "medicare")
    assert [row.level for row in points] == ["3 stars", "4 stars", "5 stars"]
    assert reached(points, 59, 100, "higher") is None
    assert reached(points, 60, 100, "higher").level == "3 stars" and reached(points, 69, 100, "higher").level == "3 stars"
    assert reached(points, 70, 100, "higher").level == "4 stars" and reached(points, 100, 100, "higher").level == "5 stars"
    assert [(step.level, more) for step, more in [following(points, 60, 100, "higher")]] == [("4 stars", 10)] and following(points, 78, 100, "higher") is None


def test_where_lower_is_better_cut_points_are_passed_downwards():
    points = [point("3 stars", 0.23), point("4 stars", 0.13)]
    assert reached(points, 24, 100, "lower") is None and reached(points, 23, 100, "lower").level == "3 stars" and reached(points, 13, 100, "lower").level == "4 stars"
    assert following(points, 20, 100, "lower")[1] == 7


def test_the_years_of_the_cut_points_are_named():
    assert whose(POINTS) == "CMS Star Ratings 2026 (measured in 2024)"


def words(client, query=""):
    return open_page(client, "/what-if", query).text


def test_nothing_tried_says_so_and_names_the_risk(clients):
    page = words(clients["director"])
    assert "more closed: say how many" in page and "Cut points may change" in page and "No stars of a plan follow from it, and no money" in page


def test_more_than_can_close_is_not_counted(clients):
    page = words(clients["director"], "?more-col-e=999")
    assert "no more can close this year" in page or "too few for a rate" in page
    assert "999 more closed" not in page


@pytest.mark.parametrize("value", ["-5", "x", "1e9", "9999999999999999", "%00", "<b>", "1.5"])
def test_a_tampered_number_is_none(clients, value):
    assert "Close more" in words(clients["director"], f"?more-col-e={value}")


@pytest.mark.parametrize("username", USERS)
def test_who_may_try(clients, username):
    assert ("Cut points" in words(clients[username])) == (USERS[username][0] in rules.LEADERS)
