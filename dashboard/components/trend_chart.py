"""A rate by month: the chart with its finding, its limits, its marks and its table."""


from dashboard.charts.trend import trend
from dashboard.components.chart import chart
from dashboard.components.elements import html
from dashboard.components.findings import share, trend_finding
from dashboard.components.marks import Marks
from dashboard.components.months import of_newest_year
from dashboard.components.roll_up import per_cent
from dashboard.statistics import limits_over_time


def trend_chart(months: list, goal: float | None = None, marks: Marks | None = None, *, height: int = 340, level=html.H3, noted: bool = True):
    """months: (day, numerator, denominator), oldest first; goal: a fraction; noted: how to read it stands above it, which several charts say once
    for all (trend_note). Says so when there is nothing to draw yet."""
    if len(months) < 2:
        return html.Div([level("No earlier months yet"), html.P("The trend begins with the next month that is built.", className="quiet")])
    body, heads, marks = month_rows(months)[1], ["Month", "Rate", "Counted", "Usual"], marks or Marks({}, {}, ())
    if marks.told:
        heads, body = [*heads, "Marked"], [[*row, marks.told.get(month[0], "")] for month, row in zip(months, body, strict=True)]
    return chart(trend_finding(months), trend(months, goal, height, marks.short), heads, body, level=level,
                 note=" ".join(trend_note(months, marks)) if noted else "")


def trend_note(months: list, marks: Marks) -> list[str]:
    """How to read the chart, in sentences; nothing where none is drawn."""
    if len(months) < 2:
        return []
    told = [month_rows(months)[0], "What a mark means stands in the table." if marks.told else "", "Each year begins anew in January.",
            marks.note.strip()]
    return [sentence for sentence in told if sentence]


def month_rows(months: list) -> tuple[str, list]:
    """What the band means, and one row a month with what is usual for it."""
    year = of_newest_year(months)
    limits, first = limits_over_time([share(month) for month in year], [month[0] for month in year]), len(months) - len(year)
    bands = [f"{per_cent(low, 1)} to {per_cent(high, 1)}" for low, high in zip(limits.low, limits.high, strict=True)] if limits else [""] * len(year)
    usual = [""] * first + bands
    note = "The shaded band holds what is usual for this year's months." if limits else "Too few months of this year for control limits."
    return note, [[f"{day:%B %Y}", per_cent(numerator / denominator, 1), f"{denominator:,}", band]
                  for (day, numerator, denominator), band in zip(months, usual, strict=True)]
