"""A rate by month: the chart with its finding, its limits, its marks and its table."""


from dashboard.charts.trend import trend
from dashboard.components.chart import chart
from dashboard.components.elements import html
from dashboard.components.findings import share, trend_finding
from dashboard.components.marks import Marks
from dashboard.components.months import of_newest_year
from dashboard.components.roll_up import per_cent
from dashboard.statistics import limits_over_time


def trend_chart(months: list, goal: float | None = None, marks: Marks | None = None, *, height: int = 340, level=html.H3):
    """months: (day, numerator, denominator), oldest first; goal: a fraction. Says so when there is nothing to draw yet."""
    if len(months) < 2:
        return html.Div([level("No earlier months yet"), html.P("The trend begins with the next month that is built.", className="quiet")])
    note, body = month_rows(months)
    heads, marks = ["Month", "Rate", "Counted", "Usual"], marks or Marks({}, {}, ())
    if marks.told:
        heads, body = [*heads, "Marked"], [[*row, marks.told.get(month[0], "")] for month, row in zip(months, body, strict=True)]
        note += " What a mark means stands in the table."
    return chart(trend_finding(months), trend(months, goal, height, marks.short), heads, body, level=level,
                 note=f"{note} Each year begins anew in January.{marks.note}")


def month_rows(months: list) -> tuple[str, list]:
    """What the band means, and one row a month with what is usual for it."""
    year = of_newest_year(months)
    limits, first = limits_over_time([share(month) for month in year], [month[0] for month in year]), len(months) - len(year)
    bands = [f"{per_cent(low, 1)} to {per_cent(high, 1)}" for low, high in zip(limits.low, limits.high, strict=True)] if limits else [""] * len(year)
    usual = [""] * first + bands
    note = "The shaded band holds what is usual for this year's months." if limits else "Too few months of this year for control limits."
    return note, [[f"{day:%B %Y}", per_cent(numerator / denominator, 1), f"{denominator:,}", band]
                  for (day, numerator, denominator), band in zip(months, usual, strict=True)]
