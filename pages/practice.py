"""Practice: three focus measures with why they are missed, claims whose correction would close gaps, sessions and what was promised in them."""

from functools import partial

import dash

from dashboard.access import audit, current_viewer
from dashboard.access.patients import address_of
from dashboard.access.selection import address, current_selection
from dashboard.cohorts.chosen import chosen as chosen_cohort
from dashboard.cohorts.chosen import limit_of, standing_of
from dashboard.cohorts.saved import all_for
from dashboard.components.cohort import folded_filter, only_of, standing
from dashboard.components.concepts import said
from dashboard.components.elements import dcc, html
from dashboard.components.listing import chips, listed, pager
from dashboard.components.months import by_rate, plan_key
from dashboard.components.roll_up import (
    by_reason,
    counted,
    goal_words,
    likely_words,
    missing_to_goal,
    most_to_gain,
    out_of_reach,
    rate_of,
    rate_words,
    reason_words,
    shown_numerator,
    title_of,
)
from dashboard.components.states import NO_PEOPLE, empty, told_line
from dashboard.components.table import table
from dashboard.components.trend_chart import trend_chart, trend_note
from dashboard.components.words import count, day, person_name
from dashboard.given import choice, short_text, whole
from dashboard.queries import ask, ask_page
from dashboard.statistics import enough
from dashboard.web.education_forms import noted_of, sessions
from dashboard.web.forms import take_told
from dashboard.web.practices import choose_practice, practice_of
from dashboard.web.trends import marks_for

FOCUS = 3  # more overwhelm; the rest is folded
PAGE_SIZE = 50
SHOW = ("snapshot", "goals", "errors", "sessions")
CLAIMS = {"rejected": "Claims rejected", "pending": "Claims waiting"}


def layout(show=None, reason=None, service=None, page=None, cohort=None, **_):
    """The screen of the practice that the top bar selects; without one, the choice of them."""
    viewer, show = current_viewer("practice"), choice(show, SHOW, "snapshot")
    place = practice_of(viewer)
    if place is None:
        return choose_practice(viewer, "/practice")
    (row,) = ask("practices", viewer) or [None]
    if row is None:
        return html.Div([html.H1(place.name), empty(NO_PEOPLE)], className="page")
    goals = ask("goals", viewer, by="")
    cohort = chosen_cohort(viewer, cohort)
    part = (of_cohort(viewer, cohort) if show == "snapshot" and cohort else snapshot(viewer, place.value) if show == "snapshot"
            else gaps_to_goal(goals) if show == "goals"
            else sessions(viewer, place.value, ask("rates", viewer, line="")) if show == "sessions"
            else errors(viewer, choice(reason, CLAIMS, ""), short_text(service, 120), whole(page, 1, 100_000), cohort))
    return html.Div([told_line(take_told()), heading(place, goals, row), tabs(row, goals, show), *part], className="page")


def heading(place, goals: list, row) -> html.Header:
    """One number with a verb, under the practice's name."""
    missing = sum(missing_to_goal(goal) for goal in goals)
    told = f" {'gap' if missing == 1 else 'gaps'} to goal at {place.name}" if goals else f" patients with something due at {place.name}"
    return html.H1(
        [
            html.Strong(f"{missing if goals else row.people_due:,}"),
            told,
            "" if goals else html.Span(", no public target for these plans", className="quiet"),
        ]
    )


def gaps_to_goal(goals: list) -> list:
    """Where the number of the heading comes from: patients missing to each goal, and the open ones of whom they may be."""
    missing = sorted(((missing_to_goal(goal), goal) for goal in goals if missing_to_goal(goal)), key=lambda pair: -pair[0])
    if not missing:
        return [empty("Every goal is reached.")]
    line = {goal.plan_key: goal.product_line if current_selection().contract is None else "" for _, goal in missing}
    heads = [("Measure", ""), ("To goal", "number"), ("Goal", ""), ("Now", ""), ("Open patients", "number"), ("Likely done", "number")]
    return [listed("Patients missing to each goal, most first", heads, [[
        dcc.Link(goal.title, href=address("/measure", rate=goal.slug)), _to_goal(number, goal), goal_words(goal),
        _now(goal),
        counted(goal.open_people, address("/measure/people", rate=goal.slug, show="open", line=line[goal.plan_key])),
        counted(goal.likely_people, address("/measure/people", rate=goal.slug, show="likely", line=line[goal.plan_key])),
    ] for number, goal in missing], roomy=True)]


def _to_goal(number: int, goal) -> list:
    """8, only 2 can still close this year."""
    return [f"{number:,}", html.Div(few, className="quiet") if (few := out_of_reach(goal)) else None]


def tabs(row, goals: list, show: str) -> html.Nav:
    """Snapshot, gaps to goal, patients (My panel with this practice), errors, sessions."""
    marks = [
        ("snapshot", "Snapshot", address("/practice")),
        *([("goals", f"Gaps to goal ({sum(missing_to_goal(goal) for goal in goals):,})", address("/practice", show="goals"))] if goals else []),
        ("patients", f"Patients ({row.people_due:,} with something due)", address("/panel", show="due")),
        ("errors", f"Errors ({row.rejected_claims:,} rejected)", address("/practice", show="errors")),
        ("sessions", "Sessions", address("/practice", show="sessions")),
    ]
    links = [dcc.Link([html.Span("shown: ", className="visually-hidden"), words] if key == show else words, href=href,
                      className="page-tab shown" if key == show else "page-tab") for key, words, href in marks]
    return html.Nav(html.Ul([html.Li(link) for link in links]), className="part-tabs", **{"aria-label": "Parts of the page"})


def of_cohort(viewer, cohort) -> list:
    """How the practice's people of a cohort stand; goals, months and reasons are told of everybody."""
    return [folded_filter(all_for(viewer), cohort, "/practice", current_selection().values()),
            only_of(cohort, "the tabs above count everybody"), standing(standing_of(viewer, cohort)[1], cohort.id)]


def snapshot(viewer, practice_id: str) -> list:
    """Three measures, chosen in the last session or else those with most to gain, each with its split; all others folded."""
    rates = {row.slug: row for row in ask("rates", viewer, line="")}
    goals = {goal.slug: goal for goal in ask("goals", viewer, by="")}
    slugs = most_to_gain(list(rates.values()), goals)
    if not slugs:
        return [empty("Nobody here counts in any measure yet.")]
    last = noted_of(viewer).last(practice_id)
    chosen = [slug for slug in last.measures if slug in rates] if last else []
    slugs = [*chosen, *[slug for slug in slugs if slug not in chosen]]
    first = f"Chosen in the session of {day(last.on_date)}, then most" if chosen else "Most"
    return [
        folded_filter(all_for(viewer), None, "/practice", current_selection().values()),
        html.P(f"{first} to gain first: patients to goal, times the weight of the measure in its programme.", className="note"),
        *focused(viewer, [(rates[slug], goals.get(slug)) for slug in slugs[:FOCUS]]),
        html.Details(
            [html.Summary(f"All other measures ({len(slugs) - FOCUS:,})"), others([rates[slug] for slug in slugs[FOCUS:]], goals)], className="folded"
        )
        if len(slugs) > FOCUS
        else None,
    ]


def focused(viewer, pairs: list[tuple]) -> list:
    """The cards, and once for all of them how to read their charts. pairs: (row of rates, of goals or None)."""
    months = {row.slug: months_of(viewer, row.slug) for row, _ in pairs if enough(row.denominator)}
    marks = {slug: marks_for(viewer, slug, known) for slug, known in months.items()}
    trends = {slug: trend_chart(known, None, marks[slug], height=220, noted=False) for slug, known in months.items()}
    notes = dict.fromkeys(sentence for slug, known in months.items() for sentence in trend_note(known, marks[slug]))
    return [html.P(" ".join(notes), className="note") if notes else None,
            html.Div([focus(viewer, row, goal, trends.get(row.slug)) for row, goal in pairs], className="cards")]


def months_of(viewer, slug: str) -> list[tuple]:
    """The months of one rate in this practice."""
    return by_rate(ask("months", viewer, by="", rate=slug, plan_key=plan_key(current_selection().contract))).get(slug, [])


def focus(viewer, row, goal, trend) -> html.Section:
    """One measure: rate, to goal, and why its gaps are open. That split is the conversation."""
    counted_words = f" {likely_words(shown_numerator(row), row.denominator)} likely, {row.denominator:,} counted" if enough(row.denominator) else ""
    return html.Section([
        html.H2(dcc.Link(title_of(row), href=address("/measure", rate=row.slug))),
        html.P([html.Strong(rate_words(shown_numerator(row), row.denominator), className="rate" if enough(row.denominator) else ""),
                html.Span(counted_words, className="quiet")]),
        html.P(towards(goal) if goal else html.Strong("No public target")),
        split(row, ask("reasons", viewer, rate=row.slug)),
        trend,
    ], className="card focus")


def towards(goal) -> list:
    """13 more to goal, at least 70 % (4 stars, Medicare), now 33 % of 33."""
    missing = missing_to_goal(goal)
    return [html.Strong(f"{missing:,} more to goal" if missing else "Goal reached"),
            html.Span(f", {goal_words(goal)}, now {_now(goal)}", className="quiet")]


def _now(goal) -> str:
    """33 % of 33; of too few for a rate, how many there are."""
    number = shown_numerator(goal)
    return rate_of(number, goal.denominator) if enough(goal.denominator) else f"{number:,} of {goal.denominator:,} counted"


def split(row, reasons: list) -> html.Div:
    """Why they miss it: each reason with its patients and the way to their list."""
    together = by_reason(reasons)
    if not together:
        return html.P("Nothing open.")
    return html.Div(
        [
            html.H3(f"Why {count(sum(people for _, people in together), 'patient misses', 'patients miss')} it"),
            html.Ul(
                [
                    html.Li(
                        [
                            counted(people, address("/measure/people", rate=row.slug, show=shown, reason=why)),
                            html.Span(reason_words(why)),
                        ]
                    )
                    for (shown, why), people in together
                ],
                className="reasons",
            ),
        ]
    )


def others(rows: list, goals: dict) -> html.Div:
    """The folded rest as a table."""
    return table(
        "All other measures",
        ["Measure", "Rate", "Counted", "Open", "To goal"],
        [
            [
                dcc.Link(title_of(row), href=address("/measure", rate=row.slug)),
                rate_words(shown_numerator(row), row.denominator),
                f"{row.denominator:,}",
                counted(row.open_people, address("/measure/people", rate=row.slug, show="open")),
                f"{missing_to_goal(goals[row.slug]):,}" if row.slug in goals else html.Span("no public target", className="quiet"),
            ]
            for row in rows
        ],
        numbers=(2, 3, 4),
    )


def errors(viewer, reason: str, service: str, page: int, cohort) -> list:
    """Claims that do not count, of a cohort where one is chosen, ranked by the gaps they would close; then their lines."""
    limit = limit_of(viewer, cohort)
    rows = ask("claims_to_fix", viewer, people=limit)
    here = partial(address, "/practice", show="errors", cohort=cohort.id if cohort else "")
    whose = [folded_filter(all_for(viewer), cohort, "/practice", current_selection().values() | {"show": "errors", "reason": reason}),
             only_of(cohort, "the tabs above count everybody")]
    if not rows:
        return [*whose, empty("No rejected or waiting claim would close a gap.")]
    gaps = {word: sum(row.gaps for row in rows if row.reason == word) for word in CLAIMS}
    choices = [("", "All", sum(gaps.values())), *[(word, words, gaps[word]) for word, words in CLAIMS.items()]]
    return [
        *whose,
        html.P("Correct and resend what was rejected: each claim may close a gap that stays open without it.", className="note"),
        chips(choices, reason, lambda value: here(reason=value)),
        services([row for row in rows if reason in ("", row.reason)], here),
        *lines(viewer, reason, service, page, limit, here),
    ]


def services(rows: list, here) -> html.Div:
    """Each service with its claims; here: an address of these lines."""
    heads = ["Service", "Claim", "Gaps it would close", "Claims", "For"]
    return table("Services whose claims do not count", heads, [
        [said(row.service), CLAIMS[row.reason].removeprefix("Claims "), f"{row.gaps:,}",
         counted(row.claims, here(reason=row.reason, service=row.service)), row.measures] for row in rows], numbers=(2, 3))


def lines(viewer, reason: str, service: str, page: int, limit: list | None, here) -> list:
    """The claim lines themselves, most gaps first, with where each stands. limit: the people of a cohort; here: an address of these lines."""
    rows = ask_page("claims_of_people", viewer, page, PAGE_SIZE, reason=reason, service=service, people=limit)
    audit.note(viewer, "viewed list", page="practice", show="errors", reason=reason, people=len(rows))
    if not rows:
        return []
    total = rows[0].total
    return [
        html.H2(f"{count(total, 'claim line', 'claim lines')}{f' of {said(service)}' if service else ''}"),
        table(
            "Claim lines",
            ["Patient", "Service", "Day", "Received", "Claim", "Found in", "Would close"],
            [
                [
                    dcc.Link(person_name(row), href=address_of(viewer, row.person)),
                    said(row.service),
                    day(row.start_date),
                    day(row.received_date),
                    f"{row.claim_id} ({CLAIMS[row.reason].removeprefix('Claims ')})",
                    f"{row.data_source}, {row.file_name} row {row.row_number:,}" if row.file_name else "",
                    row.measures,
                ]
                for row in rows
            ],
        ),
        pager(page, PAGE_SIZE, total, lambda to: here(reason=reason, service=service, page=to)),
    ]


dash.register_page(__name__, path="/practice", name="Practice", title="Practice - Huddleboard", layout=layout)
