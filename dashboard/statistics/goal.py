"""How far a count is from a goal."""

from math import ceil, floor


def to_goal(numerator: int, denominator: int, goal: float, better: str = "higher") -> int:
    """How many more (better 'higher') or fewer ('lower') must be in the numerator for the rate to reach the goal, a fraction; at least 0."""
    slack = 1e-9  # 0.7 x 10 is a hair above 7
    if better == "lower":
        return max(0, numerator - floor(goal * denominator + slack))
    return max(0, ceil(goal * denominator - slack) - numerator)
