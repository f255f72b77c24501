"""Course: patients to goal by the end of the year, measure by measure, and what needs the director."""


import dash

from dashboard.access import current_viewer
from dashboard.access.selection import address, current_selection
from dashboard.cohorts.chosen import chosen, standing_of
from dashboard.cohorts.saved import all_for
from dashboard.components.cohort import folded_filter, standing, whose
from dashboard.components.elements import dcc, html
from dashboard.components.listing import listed
from dashboard.components.months import change_words, last_change, plan_key
from dashboard.components.roll_up import (
    counted,
    rate_words,
    shown_numerator,
    title_of,
)
from dashboard.components.signals import breaches, disputed, in_turn, late, outliers
from dashboard.components.states import NO_PEOPLE, empty
from dashboard.queries import ask, frozen
from dashboard.statistics import enough
from dashboard.web.answer_form import old_disputes
from dashboard.web.course import Known, apart, ask_all, goals_table, heading, markers

SIGNALS = 5
DISPUTED = 10  # days after which a dispute needs the director


def layout(cohort=None, **_):
    """The screen, of a cohort where one is chosen; URL = state."""
    viewer = current_viewer("course")
    cohort = chosen(viewer, cohort)
    if cohort:
        return of_cohort(viewer, cohort)
    known = ask_all(viewer)
    if not known.rates:
        return html.Div(
            [html.H1("Course"), empty(NO_PEOPLE if current_selection().period is None else f"Not computed for {current_selection().period}.")],
            className="page",
        )
    shown = {goal.slug for goal in known.goals}
    rest = [row for row in known.rates.values() if row.slug not in shown]
    return html.Div(
        [
            *heading(known),
            folded_filter(all_for(viewer), None, "/course", current_selection().values()),
            ways(known),
            apart(known, ask("goals", viewer, by="practice")) if known.goals else None,
            html.H2("Measures with a public goal") if known.goals else None,
            goals_table(known) if known.goals else empty("No public target for these plans. The rates stand below."),
            without_target(known, rest),
            needs_you(viewer, known),
        ],
        className="page",
    )


def of_cohort(viewer, cohort) -> html.Div:
    """How a cohort stands, measure by measure; goals and months are told of everybody."""
    people, rows = standing_of(viewer, cohort)
    return html.Div([
        whose(cohort, people),
        folded_filter(all_for(viewer), cohort, "/course", current_selection().values()),
        standing(rows, cohort.id),
        html.P("Goals and months are counted of everybody.", className="quiet"),
    ], className="page")


def ways(known: Known) -> html.P:
    """What else a director does from here."""
    links = [("Board pack", address("/board-pack", **frozen())), ("What if so many more were closed?", address("/what-if")),
             ("Plans' own rates beside ours", address("/reconcile"))]
    return html.P([dcc.Link(words, href=href, className="chip") for words, href in links], className="chips-line")


def without_target(known: Known, rest: list) -> html.Details | None:
    """Folded where there are goals to look at first."""
    words = html.Summary(f"Measures without a public target ({len(rest):,})")
    return html.Details([words, rest_table(known, rest)], className="folded", open=not known.goals) if rest else None


def rest_table(known: Known, rows: list) -> html.Table:
    """Measures that no public source gives a goal for."""
    own = known.months.get(plan_key(current_selection().contract), {})

    def people(row, show, number):
        return counted(number, address("/measure/people", rate=row.slug, show=show))

    heads = [("Measure", ""), *[(words, "number") for words in ("Rate", "Patients", "Open", "Likely done", "Since last month")]]
    return listed("Measures without a public target", heads, [[
        [dcc.Link(title_of(row), href=address("/measure", rate=row.slug)), *markers(known, row.slug)],
        rate_words(shown_numerator(row), row.denominator),
        people(row, "all", row.people), people(row, "open", row.open_people), people(row, "likely", row.likely_people),
        change_words(own[row.slug]) if enough(row.denominator) and last_change(own.get(row.slug, [])) is not None else "",
    ] for row in sorted(rows, key=lambda row: -row.open_people)], roomy=True)


def needs_you(viewer, known: Known) -> html.Section:
    """At most five, of each kind the first before the second of any: months out of the ordinary, late feeds, disputes that nobody settles, practices
    clearly apart from the others."""
    months = {goal.slug: known.of_goal(goal) for goal in known.goals}
    kinds = [breaches(known.goals, months), late(ask("feeds", viewer)), disputed(old_disputes(viewer, DISPUTED), known.rates.values(), DISPUTED),
             outliers(known.goals, ask("places", viewer, by="practice", rate=""))]
    found = in_turn(kinds)[:SIGNALS]
    return html.Section([html.H2("What needs you"),
                         html.Ul([html.Li(signal) for signal in found], className="notes") if found else html.P("Nothing is out of the ordinary.")])


dash.register_page(__name__, path="/course", name="Course", title="Course - Huddleboard", layout=layout)
