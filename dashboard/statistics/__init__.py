"""Statistics of proportions over time and between places: pure functions of counts, each with its public source."""

from dashboard.statistics.after import Gain, gain_since
from dashboard.statistics.control import Limits, breach, limits_over_time
from dashboard.statistics.funnel import FENCES, funnel_limit, funnel_limits, place_in_funnel
from dashboard.statistics.goal import to_goal
from dashboard.statistics.interval import difference_interval, wilson
from dashboard.statistics.minimum import MIN_DENOMINATOR, enough
from dashboard.statistics.projection import Projection, at_todays_pace

__all__ = ["FENCES", "MIN_DENOMINATOR", "Gain", "Limits", "Projection", "at_todays_pace", "breach", "difference_interval", "enough", "funnel_limit",
           "funnel_limits", "gain_since", "limits_over_time", "place_in_funnel", "to_goal", "wilson"]
