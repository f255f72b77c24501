"""Intervals of a proportion and of the difference of two."""

from math import sqrt
from statistics import NormalDist


def wilson(numerator: int, denominator: int, level: float = 0.95) -> tuple[float, float]:
    """The score interval of a proportion, two fractions within 0..1; ValueError for counts that are none.

    Source: Wilson EB, "Probable inference, the law of succession, and statistical inference", JASA 1927;22:209-212, recommended for
    proportions of any size by Brown, Cai and DasGupta, Statistical Science 2001;16:101-133.
    """
    if not 0 <= numerator <= denominator or denominator == 0:
        raise ValueError(f"{numerator} of {denominator} is no proportion")
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, weight = numerator / denominator, z * z / denominator
    middle = (share + weight / 2) / (1 + weight)
    half = z * sqrt(share * (1 - share) / denominator + weight / (4 * denominator)) / (1 + weight)
    return (0.0 if numerator == 0 else max(0.0, middle - half)), (1.0 if numerator == denominator else min(1.0, middle + half))


def difference_interval(first: tuple[int, int], second: tuple[int, int], level: float = 0.95) -> tuple[float, float]:
    """The interval of second minus first, each (numerator, denominator) of independent samples, as fractions within -1..1.

    Source: Newcombe RG, "Interval estimation for the difference between independent proportions: comparison of eleven methods",
    Statistics in Medicine 1998;17:873-890, method 10 (from two Wilson intervals).
    """
    share_1, share_2 = first[0] / first[1], second[0] / second[1]
    (low_1, high_1), (low_2, high_2) = wilson(*first, level), wilson(*second, level)
    difference = share_2 - share_1
    below = sqrt((share_2 - low_2) ** 2 + (high_1 - share_1) ** 2)
    above = sqrt((high_2 - share_2) ** 2 + (share_1 - low_1) ** 2)
    return max(-1.0, difference - below), min(1.0, difference + above)
