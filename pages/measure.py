"""Measure: whether practices differ, where the rate is going, why gaps are open, and for whom."""

import dash
from dash import Input, Output, State, callback, no_update

from dashboard.access import current_viewer
from dashboard.access.selection import Selection, address, current_selection
from dashboard.charts.funnel import funnel
from dashboard.cohorts.chosen import chosen, people_of
from dashboard.cohorts.saved import all_for
from dashboard.components.change import change
from dashboard.components.chart import chart
from dashboard.components.cohort import folded_filter, stands_in
from dashboard.components.elements import dcc, html
from dashboard.components.equity import equity
from dashboard.components.findings import centre_of, funnel_finding, improved_most, outside
from dashboard.components.months import by_place, by_rate, change_words, last_change, plan_key, year_end_words
from dashboard.components.places import named_places
from dashboard.components.roll_up import (
    UNITS,
    by_reason,
    counted,
    goal_fact,
    likely_words,
    per_cent,
    points,
    rate_words,
    reason_words,
    shown_numerator,
    title_of,
)
from dashboard.components.states import empty
from dashboard.components.table import table
from dashboard.components.words import sentence
from dashboard.queries import ask, reach_of
from dashboard.statistics import enough
from dashboard.web.trends import marked_trend

IMPROVED = 5


def layout(rate=None, cohort=None, **_):
    """The screen of one rate; URL = state."""
    viewer = current_viewer("measure")
    row = next((row for row in ask("rates", viewer, line="") if row.slug == rate), None)
    if row is None:
        return nothing()
    goals = [goal for goal in ask("goals", viewer, by="") if goal.slug == row.slug]
    by = "clinician" if current_selection().kind in ("practice", "panel") else "practice"
    places = named_places(ask("places", viewer, by=by, rate=row.slug), row.better, {} if by == "clinician" else None)
    months = ask("months", viewer, by="", rate=row.slug, plan_key=plan_key(current_selection().contract))
    return html.Div(
        [
            heading(row),
            *cohort_standing(viewer, row, chosen(viewer, cohort)),
            facts(row, goals),
            html.Div(
                [differences(row, places, by), course(viewer, row, by_rate(months).get(row.slug, []), goals)], className="pair"
            ),
            change(next(iter(ask("change_split", viewer, rate=row.slug, plan_key=plan_key(current_selection().contract))), None)),
            html.Div(
                [reasons(row, ask("reasons", viewer, rate=row.slug)), improved(viewer, row, places) if by == "practice" else None], className="pair"
            ),
            equity(row, ask("subgroups", viewer, rate=row.slug), address),
            about(row),
            dcc.Location(id="measure-go", refresh="callback-nav"),
        ],
        className="page",
    )


def cohort_standing(viewer, row, cohort) -> list:
    """The choice of a cohort, and how the one chosen stands in the rate."""
    choice = folded_filter(all_for(viewer), cohort, "/measure", current_selection().values() | {"rate": row.slug})
    if cohort is None:
        return [choice]
    people = people_of(viewer, cohort.who)
    rows = ask("cohort_rates", viewer, people=people) if people else []
    return [choice, stands_in(next((one for one in rows if one.slug == row.slug), None), cohort)]


def nothing() -> html.Div:
    """No number is no 0."""
    return html.Div(
        [
            html.H1("Nobody counts here"),
            empty(
                "Not computed: none of these people counts in this measure for this plan and year.",
                dcc.Link("See all measures", href=address("/course")),
            ),
        ],
        className="page",
    )


def heading(row) -> html.H1:
    """The one number of the screen: how many patients still miss it."""
    return html.H1([html.Strong(f"{row.open_people:,}"), f" {'patient' if row.open_people == 1 else 'patients'} open: {title_of(row)}"])


def facts(row, goals: list) -> html.Dl:
    """Rate with interval and n, goal, and where everybody stands; every count opens its list."""

    def people(show):
        return address("/measure/people", rate=row.slug, show=show)

    sure = f", likely {likely_words(shown_numerator(row), row.denominator)}" if enough(row.denominator) else ""
    told = [
        ("Rate", f"{rate_words(shown_numerator(row), row.denominator)}{sure}"),
        ("Counted", f"{row.denominator:,} {UNITS[row.basis][row.denominator != 1] if row.basis in UNITS else 'patients'}"),
        *[
            ("Goal", goal_fact(goal, row.denominator)) for goal in goals
        ],
        *([] if goals else [("Goal", "No public target")]),
        ("Open", counted(row.open_people, people("open"))),
        ("Likely done", counted(row.likely_people, people("likely"))),
        ("Closed", counted(row.closed_people, people("closed"))),
    ]
    more = [
        ("Not due yet", row.later_people, "later"),
        ("Too late this year", row.missed_people, "missed"),
        ("Does not apply", row.excluded_people, "excluded"),
    ]
    told += [(words, counted(number, people(show))) for words, number, show in more if number]
    return html.Dl([html.Div([html.Dt(words), html.Dd(value)]) for words, value in told], className="facts-line")


def differences(row, places: list, by: str) -> html.Section:
    """The funnel, with its table twin."""
    kind = f"{by}s"
    centre = centre_of(places)
    body = [
        [
            place_link(place, row) if by == "practice" else place.name,
            place.group_name,
            f"{place.denominator:,}",
            f"{rate_words(shown_numerator(place), place.denominator)}",
            likely_words(shown_numerator(place), place.denominator) if enough(place.denominator) else "",
        ]
        for place in sorted(places, key=lambda place: (not enough(place.denominator), -shown_numerator(place) / place.denominator))
    ]
    figure = funnel([(place.name, shown_numerator(place), place.denominator) for place in places], [place.place for place in places], centre)
    note = (f"Each mark is one of the {kind}. Between the lines lies what chance alone gives in 95\N{NO-BREAK SPACE}% and "
            "99.8\N{NO-BREAK SPACE}% of cases. Rings have too few patients to compare.")
    return html.Section([
        chart(funnel_finding(places, centre, kind), figure, [by.capitalize(), "Group", "Counted", "Rate", "Likely"], body,
              identity="measure-funnel", note=note, level=html.H2),
        links_outside(row, outside(places, centre)) if by == "practice" else None,
    ])


def links_outside(row, found: dict[str, list]) -> html.P | None:
    """The practices outside, as links: what a click on their points does, without a mouse."""
    places = [*found["low"], *found["high"]]
    parts = [part for place in places for part in (place_link(place, row), ", ")][:-1]
    return html.P(["Look into ", *parts], className="notes") if parts else None


def place_link(place, row) -> dcc.Link:
    """The way of a funnel's point by keyboard: the same measure in that practice."""
    chosen = current_selection()
    return dcc.Link(place.name, href=Selection("practice", place.place, chosen.contract, chosen.period).address("/measure", rate=row.slug))


def course(viewer, row, months: list, goals: list) -> html.Section:
    """The trend, with its goal where one holds for all that is shown, and what is to be known of its months."""
    own = plan_key(current_selection().contract)
    goal = goals[0].goal if len(goals) == 1 and goals[0].plan_key == own else None
    return html.Section([marked_trend(viewer, row.slug, months, goal, level=html.H2), *where_goals_hold(viewer, goals)])


def where_goals_hold(viewer, goals: list) -> list:
    """What Course says of a goal that holds for some plans only, since the trend here is of all: Medicare plans alone, +0.7 points ..."""
    found = []
    for goal in goals:
        if goal.plan_key == plan_key(current_selection().contract):
            continue
        months = by_rate(ask("months", viewer, by="", rate=goal.slug, plan_key=goal.plan_key)).get(goal.slug, [])
        if last_change(months) is not None:
            found.append(html.P(f"{goal.product_line.capitalize()} plans alone, for which the goal holds: since last month {change_words(months)}; "
                                f"year end {year_end_words(months)}. The trend above is of all plans.", className="notes"))
    return found


def reasons(row, found: list) -> html.Section:
    """Why gaps are open, as bars of plain html that open their lists."""
    together = by_reason(found)
    if not together:
        return html.Section([html.H2("Nothing is open"), html.P("No gap to explain.")])
    total, ((_, most), number) = sum(people for _, people in together), together[0]
    lines = [
        html.Li(
            [
                counted(people, address("/measure/people", rate=row.slug, show=shown, reason=why)),
                html.Span(reason_words(why)),
                html.Span(html.Span(style={"width": f"{100 * people / total:.0f}%"}), className="share", **{"aria-hidden": "true"}),
            ]
        )
        for (shown, why), people in together
    ]
    return html.Section(
        [
            html.H2(f"Most often ({per_cent(number / total)}): {reason_words(most)[0].lower()}{reason_words(most)[1:]}"),
            html.Ul(lines, className="reasons wide-reasons"),
            html.P("A refusal stands here once somebody has answered it; what a plan lacks is not on file.", className="quiet"),
        ]
    )


def improved(viewer, row, places: list) -> html.Section:
    """Who improved most for certain, so that the others can ask how."""
    names = {place.place: place.name for place in places}
    months = by_place(ask("months", viewer, by="practice", rate=row.slug, plan_key=plan_key(current_selection().contract)))
    moved = improved_most([(names[place], kept if row.better == "higher" else mirrored(kept)) for place, kept in months.items() if place in names])
    if not moved:
        told = "Compared with the same month a year before, or the first month known of this year."
        return html.Section([html.H2("Nobody improved by more than chance"), html.P(told, className="quiet")])
    return html.Section([html.H2(f"{moved[0][0]} improved most"), table("Who improved most", ["Practice", "Change", "Likely"], [
        [name, points(change), f"{100 * low:+.1f} to {points(high)}"] for name, change, low, high in moved[:IMPROVED]], numbers=(1,))])


def mirrored(months: list[tuple]) -> list[tuple]:
    """Where lower is better, the others."""
    return [(day, denominator - numerator, denominator) for day, numerator, denominator in months]


def about(row) -> html.Details:
    """What closes the gap and where the facts come from."""
    return html.Details(
        [
            html.Summary("About this measure"),
            html.Dl(
                [
                    part
                    for words, text in (
                        ("Counts", f"{'Fewer' if row.better == 'lower' else 'More'} is better. {sentence(row.why or '')}"),
                        ("What closes it", sentence(row.action or "")),
                        ("Source", row.source or ""),
                        ("Not confirmed", row.unconfirmed or ""),
                    )
                    if text
                    for part in (html.Dt(words), html.Dd(text))
                ]
            ),
        ],
        className="folded",
    )


@callback(Output("measure-go", "href"), Input("measure-funnel", "clickData"), State("_pages_location", "search"), prevent_initial_call=True)
def open_point(clicked, search):
    """A point of the funnel opens its practice; whoever sends another place than their own gets nothing."""
    viewer = current_viewer("measure")
    point = (clicked.get("points") or [None])[0] if isinstance(clicked, dict) and isinstance(clicked.get("points"), list) else None
    value = point.get("customdata") if isinstance(point, dict) else None
    chosen = Selection("practice", value, current_selection().contract, current_selection().period) if isinstance(value, str) else None
    if chosen is None or reach_of(viewer).place(chosen) is None:
        return no_update
    return chosen.address("/practice")


dash.register_page(__name__, path="/measure", name="Measure", title="Measure - Huddleboard", layout=layout)
