"""Practices: whom to visit next and why, what is wrong with the data, and every practice by its potential."""

from itertools import groupby

import dash

from dashboard.access import current_viewer
from dashboard.access.selection import Selection, address, current_selection
from dashboard.components.as_of import late_words
from dashboard.components.elements import dcc, html
from dashboard.components.listing import sort_heading
from dashboard.components.roll_up import counted, missing_to_goal
from dashboard.components.states import NO_PEOPLE, empty
from dashboard.components.words import count
from dashboard.given import choice
from dashboard.queries import ask
from dashboard.statistics import enough

SORT = ("potential", "name", "due", "rejected")
NEXT = 5


def layout(sort=None, **_):
    """The screen; URL = state."""
    viewer = current_viewer("practices")
    rows, goals = ask("practices", viewer), by_practice(ask("goals", viewer, by="practice"))
    if not rows:
        return html.Div([html.H1("Practices"), empty(NO_PEOPLE)], className="page")
    rows = ordered(rows, goals, choice(sort, SORT, "potential"))
    return html.Div(
        [
            heading(rows, goals),
            next_visits(rows, goals),
            late_feeds(ask("feeds", viewer)),
            html.H2("All practices"),
            board(rows, goals, choice(sort, SORT, "potential")),
        ],
        className="page",
    )


def by_practice(goals: list) -> dict[str, list]:
    """practice -> its (patients to goal, row of goals) that are not reached yet, most first."""
    return {
        place: sorted(((missing_to_goal(row), row) for row in rows if missing_to_goal(row)), key=lambda pair: -pair[0])
        for place, rows in groupby(sorted(goals, key=lambda row: row.place or ""), key=lambda row: row.place)
    }


def potential(row, goals: dict) -> int:
    """Gaps of a practice that would bring it to all its goals."""
    return sum(missing for missing, _ in goals.get(row.practice_id, ()))


def in_reach(row, goals: dict) -> int:
    """Gaps to goal of a practice that can still close this year."""
    return sum(min(missing, goal.closable) for missing, goal in goals.get(row.practice_id, ()))


def ordered(rows: list, goals: dict, sort: str) -> list:
    """By what can be gained, unless a heading says otherwise."""
    keys = {
        "potential": lambda row: (-potential(row, goals), -row.people_due),
        "name": lambda row: row.practice_name,
        "due": lambda row: -row.people_due,
        "rejected": lambda row: -row.rejected_claims,
    }
    return sorted(rows, key=keys[sort])


def heading(rows: list, goals: dict) -> html.H1:
    """412 gaps to goal across your 18 practices; where no public goal exists, patients with something due."""
    across = f" across your {len(rows)} practices" if len(rows) > 1 else f" at {rows[0].practice_name}"
    total = sum(potential(row, goals) for row in rows)
    if goals:
        return html.H1([html.Strong(f"{total:,}"), f" {'gap' if total == 1 else 'gaps'} to goal", across])
    due = sum(row.people_due for row in rows)
    return html.H1(
        [
            html.Strong(f"{due:,}"),
            f" {'patient' if due == 1 else 'patients'} with something due",
            across,
            html.Span(", no public target for this plan", className="quiet"),
        ]
    )


def next_visits(rows: list, goals: dict) -> html.Section | None:
    """The five practices with most to gain from patients who can still be closed, each with the reason in words."""
    rows = [row for row in rows if in_reach(row, goals) and enough(sum(goal.denominator for _, goal in goals[row.practice_id]))]
    rows = sorted(rows, key=lambda row: -in_reach(row, goals))[:NEXT]
    if not rows:
        return None
    return html.Section(
        [
            html.H2("Visit next"),
            html.Ol(
                [
                    html.Li(
                        [
                            dcc.Link(row.practice_name, href=of_practice(row, "/practice"), className="practice-name"),
                            html.Span(reason(row, goals[row.practice_id])),
                        ]
                    )
                    for row in rows
                ],
                className="next-visits",
            ),
        ]
    )


def reason(row, goals: list) -> str:
    """38 patients to the 4-star line in Blood pressure control, 12 in Statin for diabetes; 7 rejected claims. Goals within reach first."""
    ((most, goal), *others) = [pair for pair in goals if pair[0] <= pair[1].closable] or goals
    second = f", {others[0][0]:,} in {others[0][1].title}" if others else ""
    claims = f"; {count(row.rejected_claims, 'rejected claim', 'rejected claims')} would close some of its gaps" if row.rejected_claims else ""
    line = goal.level.replace("stars", "star").replace(" ", "-")
    return f"{count(most, 'patient', 'patients')} to the {line} line in {goal.title}{second}{claims}."


def late_feeds(feeds: list) -> html.Section | None:
    """What would embarrass in the room: feeds late by their own rhythm."""
    late = sorted((feed for feed in feeds if feed.late_days), key=lambda feed: -feed.late_days)
    if not late:
        return None
    return html.Section(
        [
            html.H2("Before you go"),
            html.Ul(
                [
                    html.Li(
                        [
                            html.Span("late", className="late"),
                            f" {late_words(feed)}",
                        ]
                    )
                    for feed in late
                ]
                + [html.Li(dcc.Link("See data health", href=address("/data-health")))],
                className="notes",
            ),
        ]
    )


def board(rows: list, goals: dict, sort: str) -> html.Table:
    """Every practice; every count opens its list."""

    def link(value):
        return address("/practices", sort=value)

    head = html.Tr(
        [
            sort_heading("Practice", "name", sort, link),
            html.Th("Group", scope="col"),
            html.Th("Patients", scope="col", className="number"),
            sort_heading("Something due", "due", sort, link, className="number"),
            sort_heading("Gaps to goal", "potential", sort, link, className="number"),
            html.Th("Claims waiting", scope="col", className="number"),
            sort_heading("Claims rejected", "rejected", sort, link, className="number"),
        ]
    )
    return html.Table(
        [html.Caption("Practices", className="visually-hidden"), html.Thead(head), html.Tbody([_line(row, goals) for row in rows])],
        className="list",
        role="table",
    )


def _line(row, goals: dict) -> html.Tr:
    goal = potential(row, goals)
    cells = [
        ("Patients", counted(row.people, of_practice(row, "/panel", show="all"))),
        ("Something due", counted(row.people_due, of_practice(row, "/panel", show="due"))),
        (
            "Gaps to goal",
            counted(goal, of_practice(row, "/practice", show="goals")) if row.practice_id in goals
            else html.Span("no public target", className="quiet"),
        ),
        ("Claims waiting", counted(row.likely_people, of_practice(row, "/practice", show="errors", reason="pending"))),
        ("Claims rejected", counted(row.rejected_claims, of_practice(row, "/practice", show="errors", reason="rejected"))),
    ]
    return html.Tr(
        [html.Th(dcc.Link(row.practice_name, href=of_practice(row, "/practice")), scope="row"), html.Td(row.group_name, **{"data-label": "Group"})]
        + [html.Td(cell, className="number", **{"data-label": label}) for label, cell in cells]
    )


def of_practice(row, path: str, **values) -> str:
    """A path with this practice selected; plan and year stay."""
    chosen = current_selection()
    return Selection("practice", row.practice_id, chosen.contract, chosen.period).address(path, **values)


dash.register_page(__name__, path="/practices", name="Practices", title="Practices - Huddleboard", layout=layout)
