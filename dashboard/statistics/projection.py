"""Where a rate will stand at the end of the year if things go on as they did."""

import itertools
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, stdev

MIN_MONTHS = 4


@dataclass(frozen=True)
class Projection:
    """A fraction at the end of the year, with the interval in which it is expected."""
    value: float
    low: float
    high: float


def at_todays_pace(values: list[float], months_left: float, level: float = 0.8) -> Projection | None:
    """The rate of this year's months carried on; None when fewer than four months are known.

    values: fractions at the month ends of one measurement year, oldest first. months_left: from the newest to the end of the year.
    The drift method with its prediction interval: value + h x mean change, +- z x s x sqrt(h x (1 + h / (T - 1))), s the standard deviation
    of the monthly changes. Source: Hyndman RJ, Athanasopoulos G, Forecasting: Principles and Practice, 3rd ed., sections 5.2 and 5.5,
    https://otexts.com/fpp3/prediction-intervals.html. Level 80 %, as that book shows first.
    """
    if len(values) < MIN_MONTHS:
        return None
    changes = [b - a for a, b in itertools.pairwise(values)]
    drift = sum(changes) / len(changes)
    half = NormalDist().inv_cdf((1 + level) / 2) * stdev(changes) * sqrt(max(0.0, months_left) * (1 + months_left / (len(values) - 1)))
    middle = values[-1] + months_left * drift
    return Projection(_fraction(middle), _fraction(middle - half), _fraction(middle + half))


def _fraction(value: float) -> float:
    return min(1.0, max(0.0, value))
