"""Statistics: published examples, and laws that hold for any counts."""

import itertools
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.statistics import (
    at_todays_pace,
    breach,
    difference_interval,
    enough,
    funnel_limit,
    funnel_limits,
    gain_since,
    limits_over_time,
    place_in_funnel,
    to_goal,
    wilson,
)

counts = st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
shares = st.floats(0.02, 0.98)
months = st.lists(st.floats(0, 1), min_size=7, max_size=24)


# Published: Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3; and 17:873-890, table II, method 10.

@pytest.mark.parametrize(("numerator", "denominator", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)])
def test_wilson_as_published(numerator, denominator, low, high):
    assert wilson(numerator, denominator) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("first", "second", "low", "high"), [((48, 80), (56, 70), 0.0524, 0.3339), ((3, 10), (9, 10), 0.1705, 0.8090), ((0, 10), (10, 10), 0.6075, 1)])
def test_difference_as_published(first, second, low, high):
    assert difference_interval(first, second) == pytest.approx((low, high), abs=5e-5)


def test_a_gain_beside_others_is_a_difference_in_differences():
    gain = gain_since((80, 200), (120, 200), (400, 1000), (420, 1000))
    assert (gain.own, gain.others) == pytest.approx((0.2, 0.02)) and gain.sure and gain.low < 0.18 < gain.high
    assert not gain_since((80, 200), (84, 200), (400, 1000), (420, 1000)).sure


@pytest.mark.parametrize(("then", "now"), [((1, 40), (39, 40)), ((100, 300), (120, 310)), ((0, 30), (0, 30))])
def test_others_that_do_not_move_leave_the_interval_wider_than_the_practice_s_own(then, now):
    low, high = difference_interval(then, now)
    gain = gain_since(then, now, (500, 1000), (500, 1000))
    assert gain.others == 0 and gain.low <= low and high <= gain.high


@given(counts)
def test_wilson_holds_its_rate_and_mirrors(pair):
    numerator, denominator = pair
    low, high = wilson(numerator, denominator)
    assert 0 <= low <= numerator / denominator <= high <= 1
    assert wilson(denominator - numerator, denominator) == pytest.approx((1 - high, 1 - low))


@given(counts)
def test_more_patients_make_an_interval_narrower(pair):
    numerator, denominator = pair
    (low, high), (low_4, high_4) = wilson(numerator, denominator), wilson(4 * numerator, 4 * denominator)
    assert high_4 - low_4 < high - low


@given(counts, counts)
def test_a_difference_turned_round_is_its_mirror(first, second):
    low, high = difference_interval(first, second)
    assert low <= second[0] / second[1] - first[0] / first[1] <= high
    assert difference_interval(second, first) == pytest.approx((-high, -low))


def test_no_proportion_is_an_error():
    for pair in ((1, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="no proportion"):
            wilson(*pair)


# Funnel limits.

def _cumulative(count, denominator, share):
    return sum(comb(denominator, k) * share ** k * (1 - share) ** (denominator - k) for k in range(count + 1))


@given(shares, st.integers(1, 200), st.sampled_from([0.001, 0.025, 0.975, 0.999]))
def test_a_limit_lies_between_the_steps_of_the_binomial(centre, denominator, probability):
    limit = funnel_limit(centre, denominator, probability) * denominator
    count = next(k for k in range(denominator + 1) if _cumulative(k, denominator, centre) > probability - 1e-12)
    assert count - 1 - 1e-6 <= limit <= count + 1e-6 or limit == 0


@given(shares, st.integers(1, 5000))
def test_fences_are_nested_round_the_centre(centre, denominator):
    limits = funnel_limits(centre, denominator)
    assert 0 <= limits["99.8"][0] <= limits["95"][0] <= limits["95"][1] <= limits["99.8"][1] <= 1
    assert limits["99.8"][0] <= centre <= limits["99.8"][1]


@given(shares)
def test_the_funnel_narrows_to_the_normal_limits(centre):
    small, large = funnel_limits(centre, 50)["95"], funnel_limits(centre, 50_000)["95"]
    assert large[1] - large[0] < small[1] - small[0]
    half = 1.96 * (centre * (1 - centre) / 50_000) ** 0.5
    assert large == pytest.approx((centre - half, centre + half), abs=5e-4)


def test_where_a_practice_lies():
    assert [place_in_funnel(n, 100, 0.6) for n in (60, 66, 71, 80, 51, 49, 40)] == ["inside", "inside", "high", "very high", "inside", "low", "very low"]


# Control limits and projections.

@given(months)
def test_limits_enclose_their_centre(values):
    limits = limits_over_time(values)
    for low, centre, high in zip(limits.low, limits.centre, limits.high, strict=True):
        assert low <= max(0, min(1, centre)) <= high or centre < 0 or centre > 1


def test_a_steady_rise_is_no_signal_and_a_jump_is_one():
    rise = [0.30 + 0.02 * month + 0.003 * (month % 2) for month in range(10)]
    assert breach(rise) == ""
    assert breach([*rise[:-1], rise[-1] + 0.1]) == "above"
    assert breach([*rise[:-1], rise[-1] - 0.1]) == "below"
    assert breach(rise[:6]) == "" and limits_over_time(rise[:6]) is None


def test_moving_range_limits_as_in_the_nist_handbook():
    """Ten flow rates of section 6.3.2.2 (mean 50.81, mean moving range 1.8778), shifted so that the line is flat and divided by 100."""
    flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    ranges = [abs(b - a) for a, b in itertools.pairwise(flow)]
    assert sum(ranges) / len(ranges) == pytest.approx(1.8778, abs=1e-3)
    flat = [0.5, 0.52] * 5 + [0.5, 0.5]
    limits = limits_over_time(flat)
    assert limits.high[5] - limits.centre[5] == pytest.approx(3 / 1.128 * 0.02)


@given(st.lists(st.floats(0, 1), min_size=4, max_size=12), st.floats(0, 8))
def test_a_projection_lies_in_its_interval(values, left):
    found = at_todays_pace(values, left)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_a_steady_pace_goes_on():
    found = at_todays_pace([0.1, 0.2, 0.3, 0.4], 2)
    assert (found.value, found.low, found.high) == pytest.approx((0.6, 0.6, 0.6))
    assert at_todays_pace([0.1, 0.2, 0.3], 2) is None
    near, far = at_todays_pace([0.1, 0.2, 0.25, 0.4], 1), at_todays_pace([0.1, 0.2, 0.25, 0.4], 3)
    assert near.high - near.low < far.high - far.low


# Goals and minimum.

@given(counts, st.floats(0, 1))
def test_to_goal_is_the_least_that_reaches_it(pair, goal):
    numerator, denominator = pair
    more = to_goal(numerator, denominator, goal)
    assert (numerator + more) / denominator >= goal - 1e-6
    assert more == 0 or (numerator + more - 1) / denominator < goal
    fewer = to_goal(numerator, denominator, goal, "lower")
    assert (numerator - fewer) / denominator <= goal + 1e-6
    assert fewer == 0 or (numerator - fewer + 1) / denominator > goal


def test_a_goal_is_not_missed_by_rounding():
    assert to_goal(7, 10, 0.7) == 0 and to_goal(3, 10, 0.3, "lower") == 0


def test_thirty_are_enough():
    assert [enough(n) for n in (None, 0, 29, 30)] == [False, False, False, True]
