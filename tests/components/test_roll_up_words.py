"""Words of roll-ups: exact sentences, goals, findings."""

from datetime import date
from types import SimpleNamespace as Row

import pytest

from dashboard.components import findings, months, roll_up
from dashboard.components.places import named_places


def place(name, closed, denominator, better="higher"):
    return Row(name=name, closed=closed, denominator=denominator, better=better)


def test_too_few_are_told_in_the_words_agreed():
    assert roll_up.rate_words(6, 12) == "12 patients: too few to compare"
    assert roll_up.rate_words(0, 1) == "1 patient: too few to compare"
    assert roll_up.rate_words(0, 0) == "not computed: nobody counts"
    assert roll_up.rate_words(0, 30) == "0\N{NO-BREAK SPACE}%"
    assert roll_up.rate_of(31, 50) == "62\N{NO-BREAK SPACE}% of\N{NO-BREAK SPACE}50"


def goal(closed, denominator, better="higher", value=0.8):
    return Row(closed=closed, denominator=denominator, better=better, goal=value, level="4 stars", product_line="medicare")


def test_a_goal_in_words_and_what_is_missing_to_it():
    assert roll_up.goal_words(goal(70, 100)).replace("\N{NO-BREAK SPACE}", " ") == "at least 80 % (4 stars, Medicare)"
    assert roll_up.goal_words(goal(70, 100, "lower", 0.13)).replace("\N{NO-BREAK SPACE}", " ") == "at most 13 % (4 stars, Medicare)"
    assert roll_up.missing_to_goal(goal(70, 100)) == 10
    assert roll_up.missing_to_goal(goal(80, 100, "lower", 0.13)) == 7  # 20 of 100 are above 9, 13 may be
    assert roll_up.missing_to_goal(goal(90, 100)) == 0


def test_a_goal_that_asks_for_more_than_can_still_close_says_so():
    def with_closable(closable, closed=70):
        return Row(**vars(goal(closed, 100)), closable=closable)
    assert roll_up.out_of_reach(with_closable(4)) == "only 4 can still close this year"
    assert roll_up.out_of_reach(with_closable(10)) == ""  # 10 are missing
    assert roll_up.out_of_reach(with_closable(0, closed=90)) == ""


def test_a_goal_of_some_plans_says_their_rate_beside_that_of_everybody():
    def told(everybody, closable=50):
        return roll_up.goal_fact(Row(**vars(goal(70, 100)), closable=closable), everybody).replace("\N{NO-BREAK SPACE}", " ")
    assert told(100) == "at least 80 % (4 stars, Medicare): 10 more to go"
    assert told(400) == "at least 80 % (4 stars, Medicare), where the rate is 70 % of 100: 10 more to go"
    assert told(100, closable=4) == "at least 80 % (4 stars, Medicare): 10 more to go, only 4 can still close this year"


def test_groups_furthest_apart_say_when_chance_may_explain_it():
    def group(value, closed, denominator):
        return Row(aspect="language", value=value, closed=closed, denominator=denominator)
    far, near = [group("en", 900, 1000), group("es", 300, 1000)], [group("en", 25, 40), group("es", 20, 40)]
    assert findings.widest(far, "higher").replace("\N{NO-BREAK SPACE}", " ") == "Spanish 30 % (n 1,000) against English 90 % (n 1,000)"
    assert findings.widest(near, "higher").endswith("(n 40); may be chance")


def test_a_count_of_none_opens_nothing():
    assert roll_up.counted(0, "/measure/people")["type"] == "Span"
    assert roll_up.counted(1_234, "/measure/people")["props"]["children"] == "1,234"


def test_a_funnel_s_finding():
    same = [place("Alder", 60, 100), place("Birch", 62, 100)]
    assert findings.funnel_finding(same, findings.centre_of(same), "practices") == "No evidence of a difference between 2 practices"
    low = [*same, place("Cedar", 30, 100), place("Dogwood", 1, 12)]
    assert findings.funnel_finding(low, findings.centre_of(low), "practices").startswith("Cedar lies below the others by more than chance")
    few = [place("Alder", 60, 100), place("Dogwood", 1, 12)]
    assert findings.funnel_finding(few, findings.centre_of(few), "practices") == "Too few practices with enough patients to compare"


def year(shares, start=2):
    return [(date(2026, start + place, 28), round(1000 * value), 1000) for place, value in enumerate(shares)]


def test_a_trend_s_finding():
    assert findings.trend_finding(year([0.5])) == "No earlier months yet"
    assert findings.trend_finding(year([0.5, 0.52])) == "+2.0 points since February; too few months for control limits"
    rise = [0.50, 0.523, 0.54, 0.563, 0.58, 0.603, 0.62]
    assert findings.trend_finding(year(rise)) == "+1.7 points since July, within the usual"
    assert findings.trend_finding(year([*rise[:-1], 0.40])) == "-20.3 points since July, below what the months before led to expect"


def test_january_begins_anew():
    crossing = [(date(2025, 12, 31), 80, 100), (date(2026, 1, 31), 10, 100)]
    assert "measurement year has just begun" in findings.trend_finding(crossing)
    assert months.last_change(crossing) is None and months.year_end(crossing) is None


def test_too_few_patients_have_no_pace_and_no_change():
    few = [(day, numerator // 50, 20) for day, numerator, _ in year([0.5, 0.6, 0.7, 0.75, 0.8])]
    assert months.year_end(few) is None and months.last_change(few) is None
    assert months.year_end(year([0.5, 0.6, 0.7, 0.75, 0.8])) is not None


def subgroup(value, closed, denominator, aspect="language"):
    return Row(aspect=aspect, value=value, closed=closed, denominator=denominator, better="higher")


def test_a_difference_between_groups_is_told_with_its_interval():
    rows = [subgroup("en", 700, 1000), subgroup("es", 100, 200), subgroup("hi", 1, 5)]
    assert findings.equity_finding(rows, "language") == "Spanish 20 points below English (likely 13 to 27)"
    assert findings.equity_finding([subgroup("en", 70, 100), subgroup("es", 66, 100)], "language") == "No clear difference by language"
    assert findings.equity_finding(rows[:1], "language") == "Too few people in each group to compare by language"


def test_who_improved_for_certain():
    steady, up = year([0.5, 0.5]), year([0.5, 0.7])
    assert [name for name, *_ in findings.improved_most([("Alder", steady), ("Birch", up)])] == ["Birch"]


@pytest.mark.parametrize(("names", "wanted"), [(None, "Alder"), ({}, "Clinician 2, Alder"), ({"7": "Cole, Cora"}, "Cole, Cora")])
def test_clinicians_are_told_apart_by_a_number_unless_they_may_be_named(names, wanted):
    row = Row(place="7", practice_name="Alder", group_name="North", clinician_no=2, denominator=40, closed=20, open_people=20, likely_people=0)
    assert named_places([row], "higher", names)[0].name == wanted


def test_a_difference_that_rounds_to_nothing_has_no_minus():
    assert [roll_up.points(moved) for moved in (-0.0004, 0.0, 0.021, -0.0136)] == ["+0.0 points", "+0.0 points", "+2.1 points", "-1.4 points"]
