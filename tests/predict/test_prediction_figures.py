"""Figures of predictions, by hand where a hand can, else against a known truth."""

import numpy
import pytest

from dashboard.statistics.prediction import auc, brier, calibration, flagged, log_odds, ppv


def even(count, seed):
    """Numbers spread evenly over 0..1, the same each time."""
    return numpy.random.default_rng(seed).random(count)


@pytest.mark.parametrize("happened, probability, expected", [
    ([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.75),
    ([0, 1], [0.2, 0.7], 1.0),
    ([1, 0], [0.2, 0.7], 0.0),
    ([0, 1, 0, 1], [0.5, 0.5, 0.5, 0.5], 0.5),
    ([0, 0], [0.1, 0.2], None),
])
def test_auc_counts_pairs_in_the_right_order(happened, probability, expected):
    assert auc(happened, probability) == expected


def test_brier_is_the_mean_square():
    assert brier([1, 0], [0.8, 0.4]) == pytest.approx((0.04 + 0.16) / 2)


def test_the_top_share_is_counted_even_when_all_are_equal():
    assert ppv([1, 0, 1, 0], [0.9, 0.8, 0.1, 0.2], 0.5) == (1, 2)
    assert flagged([0.5] * 100, 0.05).sum() == 5
    assert ppv([1, 0], [0.9, 0.8], 0.01) == (1, 1)


@pytest.mark.parametrize("shift, stretch", [(0.0, 1.0), (0.5, 1.0), (0.0, 0.5), (0.0, 2.0)])
def test_calibration_finds_how_far_probabilities_are_off(shift, stretch):
    """Truth: log-odds z. Predicted: z stretched and shifted down; the slope is 1/stretch, and without a stretch the intercept is the shift."""
    z = 3 * even(40_000, 1) - 3.5
    happened = even(40_000, 2) < 1 / (1 + numpy.exp(-z))
    found = calibration(happened, 1 / (1 + numpy.exp(-(z - shift) * stretch)))
    assert found["slope"] == pytest.approx(1 / stretch, rel=0.05)
    if stretch == 1:
        assert found["intercept"] == pytest.approx(shift, abs=0.05)


def test_calibration_of_one_probability_for_all_is_not_computed():
    assert calibration([0, 1, 0], [0.3, 0.3, 0.3]) is None
    assert calibration([0, 0], [0.3, 0.4]) is None


def test_log_odds_stay_finite():
    assert numpy.isfinite(log_odds([0, 1])).all()
