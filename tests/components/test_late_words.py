"""A late feed: the words on the chip, in its menu and on paper; what the usual number of days means is said."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from dashboard.components.as_of import as_of_chip, late_in_words, late_words


def feed(**said):
    plain = {"name": "Plan C claims", "late_days": 9.4, "usual_days": 30.6, "received_at": datetime(2026, 10, 20, 6, 10)}
    return SimpleNamespace(**plain | said)


ON_TIME = feed(name="Plan A claims", late_days=None)
RELEASE = SimpleNamespace(as_of=date(2026, 11, 29), known_at=datetime(9999, 12, 31), published_at=datetime(2026, 11, 29, 6, 10), version="000001")


@pytest.mark.parametrize(("said", "words"), [
    ({}, "Plan C claims are 9 days late (usual: every 31 days)."),
    ({"name": "Roster", "usual_days": 1.2}, "Roster is 9 days late (usual: every day)."),
    ({"usual_days": 0.0}, "Plan C claims are 9 days late (usual: every day).")])
def test_a_late_feed_says_by_how_much_and_how_often_it_comes(said, words):
    assert late_words(feed(**said)) == words


def test_paper_names_late_feeds_alone_and_nothing_when_all_are_on_time():
    assert late_in_words([ON_TIME, feed()]) == "Late data: Plan C claims (9 days)" and late_in_words([ON_TIME]) == ""


def test_the_chip_counts_the_feeds_on_time_and_names_the_late_one_with_a_sign_and_a_word():
    late, calm = str(as_of_chip(RELEASE, [ON_TIME, feed()], [])), str(as_of_chip(RELEASE, [ON_TIME], []))
    assert "1 of 2 feeds on time" in late and "(Plan C claims late 9 d)" in late and "light warn" in late
    assert "9 days late (usual: every 31 days)" in late
    assert "1 feed on time" in calm and "late" not in calm
