"""A rate month by month, with control limits and a goal."""

from dashboard.charts.style import AMBER, BLUE, INK, LINE, SOFT, axis, figure, line, per_cent_axis
from dashboard.statistics import limits_over_time

MONTH = "%b %Y"
MARK_LANE = 72  # pixels above the plot for the words of marks


def trend(points: list[tuple], goal: float | None = None, height: int = 340, marks: dict | None = None) -> dict:
    """points: (day, numerator, denominator) at month ends, oldest first. Limits are of the newest measurement year: a rate begins anew in January.

    marks: day of a point -> a word or two for what is to be known of it.
    """
    marked = [(day.isoformat(), words) for day, words in (marks or {}).items() if day in {point[0] for point in points}]
    shares = [n / d for _, n, d in points]
    days = [day.isoformat() for day, *_ in points]
    year = [place for place, (day, *_) in enumerate(points) if day.year == points[-1][0].year]
    limits = limits_over_time([shares[place] for place in year], [points[place][0] for place in year])
    inside = [*shares, *([goal] if goal is not None else []), *(limits.low + limits.high if limits else ())]
    data = _limit_lines([days[place] for place in year], limits)
    if goal is not None:
        data.append(line([days[0], days[-1]], [goal, goal], AMBER, "dash", 1.5, "goal"))
    data += _rate_lines(points, days, shares)
    return figure(data, height, xaxis=axis(tickformat="%b<br>%Y", type="date"), yaxis=per_cent_axis("Rate", min(inside), max(inside)),
                  annotations=[*_names(days, goal), *_mark_words(marked)], shapes=[_mark_line(day) for day, _ in marked],
                  **({"margin": {"l": 52, "r": 16, "t": MARK_LANE, "b": 48}} if marked else {}))


def _mark_line(day: str) -> dict:
    return {"type": "line", "xref": "x", "yref": "paper", "x0": day, "x1": day, "y0": 0, "y1": 1, "layer": "below",
            "line": {"color": SOFT, "width": 1, "dash": "dot"}}


def _mark_words(marked: list[tuple]) -> list[dict]:
    """Upright above the plot: months lie too close for words side by side."""
    return [{"x": day, "xref": "x", "y": 1, "yref": "paper", "yanchor": "bottom", "text": words, "textangle": -90, "showarrow": False,
             "font": {"size": 12, "color": INK}} for day, words in marked]


def _limit_lines(days: list[str], limits) -> list[dict]:
    if limits is None:
        return []
    return [line(days, limits.high, LINE, width=0.5), line(days, limits.low, LINE, width=0.5, fill="tonexty", fillcolor="rgba(82,96,109,.13)"),
            line(days, limits.centre, SOFT, "dot", 1)]


def _rate_lines(points, days, shares) -> list[dict]:
    """One line a measurement year: the rate to date of January has nothing to do with that of December."""
    lines = []
    for year in sorted({day.year for day, *_ in points}):
        places = [place for place, (day, *_) in enumerate(points) if day.year == year]
        lines.append({"type": "scatter", "mode": "lines+markers", "x": [days[p] for p in places], "y": [shares[p] for p in places], "name": str(year),
                      "line": {"color": BLUE, "width": 2.5}, "marker": {"size": 7, "color": BLUE},
                      "hovertemplate": [f"{points[p][0]:{MONTH}}: {shares[p]:.1%} of {points[p][2]:,}<extra></extra>" for p in places]})
    return lines


def _names(days: list[str], goal: float | None) -> list[dict]:
    if goal is None:
        return []
    return [{"x": days[0], "y": goal, "text": f"goal {goal:.0%}", "showarrow": False, "xanchor": "left", "yanchor": "bottom",
             "font": {"size": 12, "color": INK}}]
