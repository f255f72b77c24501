"""Funnel plots: within which limits a rate lies by chance, for a place of so many patients.

Spiegelhalter DJ, "Funnel plots for comparing institutional performance", Statistics in Medicine 2005;24:1185-1202, appendix A.1.1: exact
limits of the binomial distribution, interpolated between its steps. No normal approximation is used, so small places and rates near 0 or 1
keep their limits.
"""

from functools import lru_cache
from math import exp, floor, lgamma, log, log1p, sqrt

FENCES = {"95": (0.025, 0.975), "99.8": (0.001, 0.999)}  # the two pairs of limits of Spiegelhalter 2005


@lru_cache(maxsize=20_000)
def funnel_limit(centre: float, denominator: int, probability: float) -> float:
    """The rate below which a place with the rate `centre` would lie with this probability; a fraction within 0..1.

    With R binomial and r the least count with P(R <= r) > p, the limit is (r - a) / n, a = (P(R <= r) - p) / P(R = r).
    """
    if not 0 < centre < 1 or denominator <= 0:
        return centre
    total, count, step = 0.0, _far_below(centre, denominator), 0.0
    while count <= denominator:
        step = _probability(count, centre, denominator)
        total += step
        if total > probability:
            break
        count += 1
    part = (total - probability) / step if step else 0.0
    return min(1.0, max(0.0, (count - part) / denominator))


def funnel_limits(centre: float, denominator: int) -> dict[str, tuple[float, float]]:
    """The lower and upper limits of both fences."""
    return {name: (funnel_limit(centre, denominator, low), funnel_limit(centre, denominator, high)) for name, (low, high) in FENCES.items()}


def place_in_funnel(numerator: int, denominator: int, centre: float) -> str:
    """'inside', 'low' or 'high' (beyond 95 %), 'very low' or 'very high' (beyond 99.8 %)."""
    share, limits = numerator / denominator, funnel_limits(centre, denominator)
    for word, name in (("very ", "99.8"), ("", "95")):
        low, high = limits[name]
        if share < low:
            return f"{word}low"
        if share > high:
            return f"{word}high"
    return "inside"


def _far_below(centre: float, denominator: int) -> int:
    """A count so low that what lies below it is as good as impossible."""
    return max(0, floor(centre * denominator - 10 * sqrt(denominator * centre * (1 - centre)) - 10))


def _probability(count: int, share: float, trials: int) -> float:
    return exp(lgamma(trials + 1) - lgamma(count + 1) - lgamma(trials - count + 1) + count * log(share) + (trials - count) * log1p(-share))
