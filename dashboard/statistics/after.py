"""Whether a place moved otherwise than others did since a day."""

from math import sqrt
from typing import NamedTuple

from dashboard.statistics.interval import difference_interval

Pair = tuple[int, int]  # numerator, denominator


class Gain(NamedTuple):
    """Changes as fractions: the place's own, that of the others, and where own minus others lies."""
    own: float
    others: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether chance alone is no explanation."""
        return self.low > 0 or self.high < 0


def gain_since(then: Pair, now: Pair, others_then: Pair, others_now: Pair, level: float = 0.95) -> Gain:
    """The change of a place beside that of others, a difference in differences. Patients who count at both moments make the true interval
    narrower than this one, so that what is called sure is.

    Source: Zou GY, Donner A, "Construction of confidence limits about effect measures: a general approach", Statistics in Medicine
    2008;27:1693-1702 (from the limits of each part).
    """
    own, others = now[0] / now[1] - then[0] / then[1], others_now[0] / others_now[1] - others_then[0] / others_then[1]
    (low_1, high_1), (low_2, high_2) = difference_interval(then, now, level), difference_interval(others_then, others_now, level)
    return Gain(own, others, own - others - sqrt((own - low_1) ** 2 + (high_2 - others) ** 2),
                own - others + sqrt((high_1 - own) ** 2 + (others - low_2) ** 2))
