"""Public cut points: which one a rate has reached, and which comes next. Rows of the page query cut_points."""

from dashboard.components.roll_up import per_cent
from dashboard.statistics import to_goal


def of_rate(rows: list, slug: str, product_line: str) -> list:
    """The cut points that hold for a rate in a product line, the lowest level first."""
    return sorted((row for row in rows if row.slug == slug and row.product_line in ("", product_line)), key=lambda row: row.level)


def reached(points: list, numerator: int, denominator: int, better: str):
    """The highest cut point that so many of so many reach; None where none is."""
    return next((point for point in reversed(points) if not to_goal(numerator, denominator, point.value, better)), None)


def following(points: list, numerator: int, denominator: int, better: str):
    """(the next cut point, how many more it takes); None where the highest is reached."""
    left = [(point, missing) for point in points if (missing := to_goal(numerator, denominator, point.value, better))]
    return left[0] if left else None


def level_words(point, points: list) -> str:
    """4 stars; below 3 stars."""
    return point.level if point else f"below {points[0].level}"


def bound(point, better: str) -> str:
    """at least 80 %."""
    return f"{'at most' if better == 'lower' else 'at least'} {per_cent(point.value)}"


def whose(rows: list) -> str:
    """CMS Star Ratings 2026 (measured in 2024): which years the cut points are of."""
    kinds = sorted({(row.programme, row.year, row.measurement_year) for row in rows})
    return "; ".join(f"{programme} {year} (measured in {measured})" for programme, year, measured in kinds)
