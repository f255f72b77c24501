"""Control limits of a rate over months, and what lies outside them.

A rate to date counts the same patients month after month, so its points are no independent samples and a p-chart's binomial limits would be
wrong. The XmR chart takes its limits from how much neighbouring points differ: centre +- 2.66 x mean moving range (3 / 1.128, NIST/SEMATECH
e-Handbook of Statistical Methods, 6.3.2.2, https://www.itl.nist.gov/div898/handbook/pmc/section3/pmc322.htm). Rates that rise through a
measurement year have the line of least squares as centre (trended limits: Wheeler DJ, Understanding Variation, 2nd ed. 2000).
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

MIN_POINTS = 6  # fewer moving ranges give limits that the next month overturns
FACTOR = 3 / 1.128  # d2 of two neighbours


@dataclass(frozen=True)
class Limits:
    """The centre line with its lower and upper limits, a fraction each per point."""
    centre: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def limits_over_time(values: list[float], days: list[date] | None = None) -> Limits | None:
    """Trended XmR limits of fractions, set by all months but the newest and carried on to it, so that the newest can lie outside; None when
    fewer than six months come before it. days: when each value was known; evenly spaced unless given (the newest month is often not over)."""
    before = len(values) - 1
    if before < MIN_POINTS:
        return None
    times = [day.toordinal() for day in days] if days else list(range(len(values)))
    centre = _line(values[:before], times)
    rest = [value - at for value, at in zip(values[:before], centre, strict=False)]
    width = FACTOR * sum(abs(b - a) for a, b in pairwise(rest)) / (before - 1)
    return Limits(tuple(centre), tuple(max(0.0, at - width) for at in centre), tuple(min(1.0, at + width) for at in centre))


def breach(values: list[float], days: list[date] | None = None) -> str:
    """'above' or 'below' when the newest point lies outside the limits that the points before it set, '' otherwise."""
    limits = limits_over_time(values, days)
    if limits is None:
        return ""
    return "above" if values[-1] > limits.high[-1] else "below" if values[-1] < limits.low[-1] else ""


def _line(values: list[float], times: list[float]) -> list[float]:
    """The line of least squares through the values at the first times, at all times."""
    count = len(values)
    middle, mean = sum(times[:count]) / count, sum(values) / count
    slope = sum((time - middle) * value for time, value in zip(times, values, strict=False)) / sum((time - middle) ** 2 for time in times[:count])
    return [mean + slope * (time - middle) for time in times]
