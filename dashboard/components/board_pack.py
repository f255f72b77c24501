"""The four pages of a board pack, from rows."""

from dashboard.components.elements import html
from dashboard.components.findings import widest
from dashboard.components.plan_rates import difference, plan_words
from dashboard.components.roll_up import missing_to_goal, points, rate_of, rate_words, shown_numerator
from dashboard.components.table import table
from dashboard.components.words import count
from dashboard.statistics import enough

PRACTICES = 20  # lines of a page
MEASURES = 4  # columns of the table of practices


def course_page(heading: list, apart, goals) -> list:
    """How we stand: the sentence, the pace and every measure with a goal."""
    return [*heading, apart, html.H2("Measures with a public goal"), goals or html.P("No public target for these plans.")]


def places_page(signals: list, practices: list, goals: list, named: dict[str, list]) -> list:
    """Where: practices apart from the others by more than chance, then every practice by what it lacks to all goals."""
    missing: dict[str, int] = {}
    for goal in goals:
        missing[goal.place] = missing.get(goal.place, 0) + missing_to_goal(goal)
    rows = sorted(practices, key=lambda row: (-missing.get(row.practice_id, 0), row.practice_name))
    slugs = sorted(named, key=lambda slug: -sum(enough(place.denominator) for place in named[slug]))[:MEASURES]
    titles = {goal.slug: goal.title for goal in goals}
    rates = {slug: {place.place: place for place in named[slug]} for slug in slugs}
    body = [[row.practice_name, f"{row.people:,}", f"{missing.get(row.practice_id, 0):,}",
             *[_rate(rates[slug].get(row.practice_id)) for slug in slugs]] for row in rows[:PRACTICES]]
    left = len(rows) - PRACTICES
    more = html.P(f"{count(left, 'practice', 'practices')} more with less to gain.", className="quiet") if left > 0 else None
    return [html.H2("Where practices differ by more than chance"),
            html.Ul([html.Li(signal) for signal in signals], className="notes") if signals
            else html.P("Nowhere: chance explains what is between them."),
            html.H2("Practices, most gaps to goal first"),
            table("Practices", ["Practice", "Patients", "Gaps to goal", *[titles.get(slug, slug) for slug in slugs]], body,
                  numbers=tuple(range(1, 3 + len(slugs)))), more]


def _rate(place) -> str:
    if place is None:
        return ""
    return rate_words(shown_numerator(place), place.denominator) if enough(place.denominator) else f"{place.denominator:,}: too few"


def equity_and_trend(goals: list, subgroups: dict, trends: list) -> list:
    """Over time and for whom. trends: (goal, its trend) of the measures with most to gain."""
    charts = [html.Div([html.H2(goal.title), trend]) for goal, trend in trends]
    body = [[goal.title, widest(subgroups.get(goal.slug, ()), goal.better)] for goal in goals]
    heads = ["Measure", "Lowest against highest"]
    return [*charts, html.H2("Patient groups furthest apart"), table("Patient groups furthest apart, all plans", heads, body) if body
            else html.P("No measure has a public goal here.")]


def behind(late: list[str], plans: list, changes: list, cuts: str, printed: str) -> list:
    """What is behind the numbers: late files, plans that say otherwise, rules that changed, whose goals they are."""
    moved = [row for row in changes if row.rules_joined + row.rules_gone + row.rules_closed + row.rules_opened]
    body = [[row.plan, row.title, plan_words(row), rate_of(shown_numerator(row), row.denominator), points(difference(row))] for row in plans]
    return [
        html.H2("What is late"),
        html.Ul([html.Li(words) for words in late], className="notes") if late else html.P("No feed is late by its own rhythm."),
        html.H2("Where a plan's own list differs by more than 2 points"),
        table("Plans' own rates beside ours", ["Plan", "Measure", "Plan", "Ours", "Apart"], body, numbers=(2, 3, 4)) if body else html.P("Nowhere."),
        html.H2("Rules"),
        html.P(f"{count(len(moved), 'measure asks', 'measures ask')} for something else than a month ago." if moved
               else "No measure asks for something else than a month ago."),
        html.H2("How to read this"),
        html.Ul([html.Li(words) for words in (
            f"Goals: {cuts}, of Medicare plans; cut points may change." if cuts else "No public goal holds for these plans.",
            "Year end: this year's months carried on, with an interval of 80 %. Below 30 patients nothing is compared.",
            "HEDIS-style measures, never certified: the plan's certified engine gives the official rate.",
            f"Numbers of {printed}.")], className="notes"),
    ]
