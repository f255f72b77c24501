"""Months of rates as rows of the page query `months` give them."""

from datetime import date
from itertools import groupby

from dashboard.components.roll_up import per_cent, points
from dashboard.statistics import Projection, at_todays_pace, breach, enough


def by_rate(rows: list) -> dict[str, list[tuple]]:
    """slug -> [(day, numerator, denominator)], oldest first; of rows without places."""
    return {slug: _months(kept) for slug, kept in groupby(rows, key=lambda row: row.slug)}


def by_place(rows: list) -> dict[str, list[tuple]]:
    """place -> [(day, numerator, denominator)], oldest first; of rows of one rate."""
    return {place: _months(kept) for place, kept in groupby(rows, key=lambda row: row.place)}


def _months(rows) -> list[tuple]:
    return [(row.as_of, row.numerator, row.denominator) for row in rows]


def of_newest_year(months: list[tuple]) -> list[tuple]:
    """The months of the newest measurement year: a rate to date begins anew in January."""
    return [month for month in months if month[0].year == months[-1][0].year] if months else []


def year_end(months: list[tuple]) -> Projection | None:
    """Where the rate ends on 31 December at today's pace; None when fewer than four months of the year are known, or too few patients."""
    year = of_newest_year(months)
    if not year or not enough(year[-1][2]):
        return None
    left = (date(year[-1][0].year, 12, 31) - year[-1][0]).days / 30.4
    return at_todays_pace([numerator / denominator for _, numerator, denominator in year], left)


def last_change(months: list[tuple]) -> float | None:
    """The newest rate minus that of the month before in the same measurement year, as a fraction; None for too few patients."""
    year = of_newest_year(months)
    if not year or not enough(year[-1][2]):
        return None
    return year[-1][1] / year[-1][2] - year[-2][1] / year[-2][2] if len(year) > 1 else None


def plan_key(contract: int | None) -> str:
    """The key of roll-ups for what the plan picker selects."""
    return "all" if contract is None else str(contract)


def year_end_words(months: list[tuple]) -> str:
    """71 % (68 to 74 %): at today's pace, with the interval of 80 %."""
    ahead = year_end(months)
    return f"{per_cent(ahead.value)} ({100 * ahead.low:.0f} to {per_cent(ahead.high)})" if ahead else "too few to say"


def signal(months: list[tuple]) -> str:
    """'above' or 'below' when the newest month lies outside the limits that this year's months before it set."""
    year = of_newest_year(months)
    return breach([numerator / denominator for _, numerator, denominator in year], [day for day, *_ in year]) if year and enough(year[-1][2]) else ""


def change_words(months: list[tuple]) -> str:
    """+1.2 points; a month out of the ordinary says so."""
    where = signal(months)
    return points(last_change(months)) + (f", {where} the usual" if where else "")
