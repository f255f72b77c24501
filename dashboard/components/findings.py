"""Findings in words: what a funnel, a trend, reasons and subgroups say."""

from dashboard.components.roll_up import per_cent, points, shown_numerator, subgroup_words
from dashboard.components.words import count
from dashboard.statistics import breach, difference_interval, enough, limits_over_time, place_in_funnel

NAMED = 2


def centre_of(rows: list) -> float | None:
    """The rate of all places that are large enough; None where none is. rows have better, closed, denominator."""
    large = [row for row in rows if enough(row.denominator)]
    return sum(shown_numerator(row) for row in large) / sum(row.denominator for row in large) if large else None


def outside(rows: list, centre: float | None) -> dict[str, list]:
    """Places beyond the limits of chance: {'low': [...], 'high': [...]}, those beyond 99.8 % first."""
    found: dict[str, list] = {"low": [], "high": []}
    for row in rows:
        where = place_in_funnel(shown_numerator(row), row.denominator, centre) if centre is not None and enough(row.denominator) else "inside"
        if where != "inside":
            found[where.removeprefix("very ")].append((not where.startswith("very"), row))
    return {side: [row for _, row in sorted(pairs, key=lambda pair: pair[0])] for side, pairs in found.items()}


def clearly_outside(rows: list, centre: float | None) -> list:
    """Those beyond 99.8 %, where chance is no explanation any more."""
    return [
        row
        for row in rows
        if centre is not None and enough(row.denominator) and place_in_funnel(shown_numerator(row), row.denominator, centre).startswith("very")
    ]


def funnel_finding(rows: list, centre: float | None, kind: str) -> str:
    """Juniper Health Center lies below the others by more than chance. kind: 'practices', 'clinicians'."""
    large = [row for row in rows if enough(row.denominator)]
    if len(large) < 2:
        return f"Too few {kind} with enough patients to compare"
    found = outside(rows, centre)
    said = [
        f"{_named(found[side])} {'lies' if len(found[side]) == 1 else 'lie'} {word} the others by more than chance"
        for side, word in (("low", "below"), ("high", "above"))
        if found[side]
    ]
    return "; ".join(said) if said else f"No evidence of a difference between {len(large):,} {kind}"


def _named(rows: list) -> str:
    names = [row.name for row in rows[:NAMED]]
    more = len(rows) - NAMED
    return ", ".join(names) + (f" and {more} more" if more > 0 else "") if more > 0 else " and ".join(names)


def trend_finding(months: list[tuple]) -> str:
    """months: (day, numerator, denominator), oldest first."""
    if len(months) < 2:
        return "No earlier months yet"
    year = [month for month in months if month[0].year == months[-1][0].year]
    if len(year) < 2:
        return f"{per_cent(share(months[-1]))}; the measurement year has just begun"
    change = share(year[-1]) - share(year[-2])
    values, days = [share(month) for month in year], [month[0] for month in year]
    moved = f"{points(change)} since {year[-2][0]:%B}"
    if limits_over_time(values, days) is None:
        return f"{moved}; too few months for control limits"
    where = breach(values, days)
    return f"{moved}, {where} what the months before led to expect" if where else f"{moved}, within the usual"


def share(month: tuple) -> float:
    """The rate of (day, numerator, denominator)."""
    return month[1] / month[2]


def equity_finding(rows: list, aspect: str) -> str:
    """The widest difference of two subgroups that are large enough, with its interval. rows: value, better, closed, denominator."""
    known = [row for row in rows if row.aspect == aspect and enough(row.denominator)]
    if len(known) < 2:
        return f"Too few people in each group to compare by {aspect}"
    low, high = (side(known, key=lambda row: shown_numerator(row) / row.denominator) for side in (min, max))
    (first, last) = (shown_numerator(low), low.denominator), (shown_numerator(high), high.denominator)
    under, over = difference_interval(first, last)
    names = subgroup_words(aspect, low.value), subgroup_words(aspect, high.value)
    if under <= 0:
        return f"No clear difference by {aspect}"
    return f"{names[0]} {100 * (last[0] / last[1] - first[0] / first[1]):.0f} points below {names[1]} (likely {100 * under:.0f} to {100 * over:.0f})"


def improved_most(places: list[tuple[str, list[tuple]]]) -> list[tuple[str, float, float, float]]:
    """(name, change, low, high) of places whose rate moved for certain since a year before, best first. places: (name, months)."""
    found = []
    for name, months in places:
        then = next((month for month in months if (month[0].year, month[0].month) == (months[-1][0].year - 1, months[-1][0].month)), None)
        then = then or next(month for month in months if month[0].year == months[-1][0].year)
        if then is months[-1] or not (enough(then[2]) and enough(months[-1][2])):
            continue
        low, high = difference_interval(then[1:3], months[-1][1:3])
        found.append((name, share(months[-1]) - share(then), low, high))
    return sorted((row for row in found if row[2] > 0), key=lambda row: -row[1])


def patients(number: int) -> str:
    """1 patient, 2 patients."""
    return count(number, "patient", "patients")


def widest(rows, better: str) -> str:
    """Spanish 48 % (n 120) against English 61 % (n 900): the two subgroups of one kind that lie furthest apart, when both are large enough; says
    when chance alone may explain it."""
    pairs = []
    for aspect in ("race", "ethnicity", "language"):
        kept = [row for row in rows if row.aspect == aspect and enough(row.denominator) and subgroup_words(aspect, row.value) != "Not known"]
        if len(kept) > 1:
            kept.sort(key=lambda row: row.closed / row.denominator)
            pairs.append((kept[-1].closed / kept[-1].denominator - kept[0].closed / kept[0].denominator, aspect, kept[0], kept[-1]))
    if not pairs:
        return "too few to compare"
    _, aspect, low, high = max(pairs, key=lambda pair: pair[0])
    words = " against ".join(f"{subgroup_words(aspect, row.value)} {per_cent(_of(row, better))} (n {row.denominator:,})" for row in (low, high))
    sure = difference_interval((low.closed, low.denominator), (high.closed, high.denominator))[0] > 0
    return words if sure else f"{words}; may be chance"


def _of(row, better: str) -> float:
    return row.closed / row.denominator if better == "higher" else 1 - row.closed / row.denominator
