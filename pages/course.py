"""Course: patients to goal by the end of the year, measure by measure, and what needs the director."""

from dataclasses import dataclass, field
from itertools import groupby

import dash

from dashboard.access import current_viewer
from dashboard.access.selection import address, current_selection
from dashboard.cohorts.chosen import chosen, people_of
from dashboard.cohorts.saved import all_for
from dashboard.components.as_of import late_words
from dashboard.components.change import is_told, parts_in_short
from dashboard.components.cohort import folded_filter, standing
from dashboard.components.elements import dcc, html
from dashboard.components.findings import centre_of, clearly_outside, widest
from dashboard.components.listing import listed
from dashboard.components.months import by_rate, change_words, last_change, plan_key, signal, year_end, year_end_words
from dashboard.components.places import named_places
from dashboard.components.roll_up import (
    basis_words,
    bound_words,
    counted,
    missing_to_goal,
    out_of_reach,
    rate_of,
    rate_words,
    shown_numerator,
    title_of,
)
from dashboard.components.states import NO_PEOPLE, empty
from dashboard.queries import ask
from dashboard.statistics import enough, to_goal
from dashboard.web.answer_form import old_disputes

SIGNALS = 5
DISPUTED = 10  # days after which a dispute needs the director
NAMED = 3  # measures of such disputes


@dataclass(frozen=True)
class Known:
    """What the screen asked for: rates by slug, rows of goals, months by plan key and slug, subgroups by slug, splits as months."""

    rates: dict
    goals: list
    months: dict
    subgroups: dict = field(default_factory=dict)
    splits: dict = field(default_factory=dict)

    @property
    def with_months(self) -> bool:
        """Whether any goal has a month before this one."""
        return any(len(self.of_goal(goal)) > 1 for goal in self.goals)

    def of_goal(self, goal) -> list[tuple]:
        """Months of the plan key under which a goal holds."""
        return self.months.get(goal.plan_key, {}).get(goal.slug, [])


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
            apart(known, ask("goals", viewer, by="practice")) if known.goals else None,
            html.H2("Measures with a public goal") if known.goals else None,
            goals_table(known) if known.goals else empty("No public target for these plans. The rates stand below."),
            html.Details(
                [html.Summary(f"Measures without a public target ({len(rest):,})"), rest_table(known, rest)], className="folded", open=not known.goals
            )
            if rest
            else None,
            needs_you(viewer, known),
        ],
        className="page",
    )


def of_cohort(viewer, cohort) -> html.Div:
    """How a cohort stands, measure by measure; goals and months are told of everybody."""
    people = people_of(viewer, cohort.who)
    rows = ask("cohort_rates", viewer, people=people) if people else []
    return html.Div([
        html.H1([html.Strong(f"{len(people):,}"), f" {'patient' if len(people) == 1 else 'patients'} in the cohort: {cohort.title}"]),
        folded_filter(all_for(viewer), cohort, "/course", current_selection().values()),
        standing(rows, cohort.id) if rows else empty("Nobody of this cohort counts in a measure of this plan and year."),
        html.P("Goals and months are counted of everybody.", className="quiet"),
    ], className="page")


def ask_all(viewer) -> Known:
    """Everything the screen shows, in a handful of questions."""
    goals = ask("goals", viewer, by="")
    own = plan_key(current_selection().contract)
    keys = sorted({own, *(goal.plan_key for goal in goals)})
    months = {key: by_rate(ask("months", viewer, by="", rate="", plan_key=key)) for key in keys}
    splits = {key: {row.slug: row for row in ask("change_split", viewer, rate="", plan_key=key)} for key in keys}
    subgroups: dict[str, list] = {}
    for row in ask("subgroups", viewer, rate=""):
        subgroups.setdefault(row.slug, []).append(row)
    return Known({row.slug: row for row in ask("rates", viewer, line="")}, goals, months, subgroups, splits)


def closing(known: Known, goal) -> int:
    """Of the patients who are missing to a goal, how many will close by the end of the year at today's pace."""
    missing, ahead = missing_to_goal(goal), year_end(known.of_goal(goal))
    if ahead is None:
        return 0
    then = round(ahead.value * goal.denominator)
    return min(goal.closable, max(0, missing - to_goal(then, goal.denominator, goal.goal, goal.better)))


def heading(known: Known) -> list:
    """1,140 patients from target; at today's pace 610 will close by 31 December."""
    if not known.goals:
        number = sum(row.open_people for row in known.rates.values())
        return [html.H1([html.Strong(f"{number:,}"), " gaps open", html.Span(", no public target for these plans", className="quiet")])]
    missing = sum(missing_to_goal(goal) for goal in known.goals)
    if not any(year_end(known.of_goal(goal)) for goal in known.goals):
        return [
            html.H1(
                [
                    html.Strong(f"{missing:,}"),
                    f" {'patient' if missing == 1 else 'patients'} from target",
                    html.Span("; too few months known to say where the year ends", className="quiet"),
                ]
            )
        ]
    close = sum(closing(known, goal) for goal in known.goals)
    return [
        html.H1(
            [
                html.Strong(f"{missing:,}"),
                f" {'patient' if missing == 1 else 'patients'} from target; at today's pace {close:,} will close by 31 December",
            ]
        ),
        pace_bar(missing, close),
    ]


def apart(known: Known, of_practices: list) -> html.P | None:
    """Why Practices says more: there each practice is to reach each goal by itself."""
    together, alone = (sum(missing_to_goal(goal) for goal in goals) for goals in (known.goals, [goal for goal in of_practices if goal.place]))
    if alone == together:
        return None
    return html.P(["Counted for all practices together. Each practice by itself to each goal: ", dcc.Link(f"{alone:,}", href=address("/practices")),
                   ", as one above a goal does not make up for one below."], className="quiet")


def pace_bar(missing: int, close: int) -> html.Div:
    """What will close and what will not, as a bar with its words."""
    part = 100 * close / missing if missing else 100
    return html.Div(
        [
            html.Div(html.Div(style={"width": f"{part:.0f}%"}), className="pace-track", **{"aria-hidden": "true"}),
            html.P([f"{close:,} close at today's pace, ", html.Strong(f"{missing - close:,} need more than that")]),
        ],
        className="pace",
    )


def goals_table(known: Known) -> html.Table:
    """One row a measure with a goal, what would gain most first."""
    rows = sorted(known.goals, key=lambda goal: (-missing_to_goal(goal) * (goal.weight or 1), goal.title))
    of_all = ", all plans" if current_selection().contract is None else ""
    heads = [("Measure", ""), ("Rate", "number"), ("Goal", "short"), ("To goal", "number"),
             *([("Year end", "short"), ("Since last month", "number")] if known.with_months else []),
             ("Likely done", "number"), ("Weight", "number"), (f"Groups furthest apart{of_all}", "wide")]
    return listed("Measures with a public goal, what would gain most first", heads, [_goal_line(known, goal) for goal in rows], roomy=True)


def _goal_line(known: Known, goal) -> list:
    months, missing = known.of_goal(goal), missing_to_goal(goal)
    line = goal.product_line if current_selection().contract is None else ""

    def people(show, number, words=""):
        return counted(number, address("/measure/people", rate=goal.slug, show=show, line=line), words)

    return [
        dcc.Link(goal.title, href=address("/measure", rate=goal.slug)),
        rate_of(shown_numerator(goal), goal.denominator),
        [bound_words(goal), html.Br(), html.Span(basis_words(goal), className="quiet")],
        [f"{missing:,}" if missing else "reached", html.Br(), people("open", goal.open_people, "\N{NO-BREAK SPACE}open"),
         html.Div(out_of_reach(goal), className="quiet") if out_of_reach(goal) else None],
        *([year_end_words(months), change_link(goal, months, known.splits.get(goal.plan_key, {}).get(goal.slug))] if known.with_months else []),
        people("likely", goal.likely_people),
        f"{goal.weight:g}" if goal.weight else "",
        widest(known.subgroups.get(goal.slug, ()), goal.better),
    ]


def change_link(goal, months: list[tuple], split):
    """Whether the change is real, in parts, and more of it one click away."""
    if last_change(months) is None:
        return ""
    parts = html.Div(parts_in_short(split), className="quiet") if is_told(split) else None
    return [dcc.Link(change_words(months), href=address("/measure", rate=goal.slug)), parts]


def rest_table(known: Known, rows: list) -> html.Table:
    """Measures that no public source gives a goal for."""
    own = known.months.get(plan_key(current_selection().contract), {})

    def people(row, show, number):
        return counted(number, address("/measure/people", rate=row.slug, show=show))

    heads = [("Measure", ""), *[(words, "number") for words in ("Rate", "Patients", "Open", "Likely done", "Since last month")]]
    return listed("Measures without a public target", heads, [[
        dcc.Link(title_of(row), href=address("/measure", rate=row.slug)), rate_words(shown_numerator(row), row.denominator),
        people(row, "all", row.people), people(row, "open", row.open_people), people(row, "likely", row.likely_people),
        change_words(own[row.slug]) if enough(row.denominator) and last_change(own.get(row.slug, [])) is not None else "",
    ] for row in sorted(rows, key=lambda row: -row.open_people)], roomy=True)


def needs_you(viewer, known: Known) -> html.Section | None:
    """At most five: months out of the ordinary, late feeds, disputes that nobody settles, practices clearly apart from the others."""
    signals = [*_breaches(known), *_late(ask("feeds", viewer)), *_disputed(viewer, known), *_outliers(viewer, known)][:SIGNALS]
    if not signals:
        return html.Section([html.H2("What needs you"), html.P("Nothing is out of the ordinary.")])
    return html.Section([html.H2("What needs you"), html.Ul([html.Li(signal) for signal in signals], className="notes")])


def _breaches(known: Known) -> list:
    found = []
    for goal in known.goals:
        where = signal(known.of_goal(goal))
        whose = f" ({goal.product_line.capitalize()} plans)" if goal.product_line and current_selection().contract is None else ""
        good = (where == "above") == (goal.better == "higher")
        if where:
            found.append(
                [
                    dcc.Link(goal.title, href=address("/measure", rate=goal.slug)),
                    f"{whose}: this month lies {where} the control limits{' - a gain to explain' if good else ''}.",
                ]
            )
    return found


def _late(feeds: list) -> list:
    return [
        [dcc.Link(late_words(feed), href=address("/data-health"))]
        for feed in feeds
        if feed.late_days
    ]


def _disputed(viewer, known: Known) -> list:
    """3 gaps disputed for more than 10 days: Blood sugar 2, Colorectal cancer screening 1; each opens those answered."""
    old = old_disputes(viewer, DISPUTED)
    if not old:
        return []
    slugs = {row.measure_id: row for row in known.rates.values()}
    named = [(slugs[measure], number) for measure, number in sorted(old.items(), key=lambda pair: -pair[1]) if measure in slugs]
    links = [part for row, number in named[:NAMED]
             for part in (dcc.Link(row.title, href=address("/measure/people", rate=row.slug, show="answered")), f" {number:,}", ", ")][:-1]
    total = sum(old.values())
    return [[f"{total:,} {'gap' if total == 1 else 'gaps'} disputed for more than {DISPUTED} days", *([": ", *links] if links else []), "."]]


def _outliers(viewer, known: Known) -> list:
    """Practices beyond 99.8 % in measures with a goal; who does well is named first."""
    found, better = [], {goal.slug: goal for goal in known.goals}
    places = groupby(sorted(ask("places", viewer, by="practice", rate=""), key=lambda row: row.slug), key=lambda row: row.slug)
    for slug, rows in [(slug, named_places(list(rows), better[slug].better)) for slug, rows in places if slug in better]:
        centre = centre_of(rows)
        for row in clearly_outside(rows, centre):
            well = (shown_numerator(row) / row.denominator > centre) == (row.better == "higher")
            words = f"{row.name} does clearly {'better' if well else 'worse'} than the others in "
            found.append(
                (not well, [words, dcc.Link(better[slug].title, href=address("/measure", rate=slug)), "; thank them and ask how." if well else "."])
            )
    return [signal for _, signal in sorted(found, key=lambda pair: pair[0])]


dash.register_page(__name__, path="/course", name="Course", title="Course - Huddleboard", layout=layout)
