"""Trends of rates with what is to be known of their months: the one way by which screens of places draw them."""

from dashboard.components.elements import html
from dashboard.components.marks import Marks, marks_of
from dashboard.components.trend_chart import trend_chart
from dashboard.queries import ask
from dashboard.web.education_forms import noted_of
from dashboard.worklog.education import HELD


def marked_trend(viewer, slug: str, months: list, goal: float | None = None, *, told: bool = False, **drawn):
    """trend_chart of a rate with its marks. told: say below what each mark means, for paper, where no table unfolds."""
    marks = marks_for(viewer, slug, months)
    chart = trend_chart(months, goal, marks, **drawn)
    if not told or len(months) < 2 or not marks.told:
        return chart
    return html.Div([chart, html.Ul([html.Li(f"{day:%B %Y}: {words}") for day, words in marks.told.items()], className="notes")])


def marks_for(viewer, slug: str, months: list) -> Marks:
    """Other rules, late feeds, and the sessions on this measure that were held with the practices shown."""
    names = {practice.practice_id: practice.practice_name for practice in ask("practices", viewer)}
    held = [(one.on_date, names[place]) for place, kept in noted_of(viewer).sessions.items() if place in names
            for one in kept if one.standing == HELD and slug in one.measures]
    return marks_of([month[0] for month in months], ask("trend_events", viewer, rate=slug), held)
