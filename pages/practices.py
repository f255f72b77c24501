"""Practices: whom to visit next and why, what is wrong with the data, and every practice by its potential."""

import re
from datetime import date
from itertools import groupby
from typing import NamedTuple

import dash

from dashboard.access import current_viewer
from dashboard.access.accounts import last_users
from dashboard.access.selection import address, current_selection
from dashboard.cohorts.chosen import chosen, people_of
from dashboard.cohorts.saved import all_for
from dashboard.components.as_of import late_words, moment_in_words
from dashboard.components.cohort import folded_filter
from dashboard.components.elements import dcc, html
from dashboard.components.listing import listed, sort_heading
from dashboard.components.roll_up import counted, missing_to_goal, per_cent, reason_words
from dashboard.components.states import NO_PEOPLE, empty
from dashboard.components.words import count, day
from dashboard.given import choice
from dashboard.house import house
from dashboard.queries import ask
from dashboard.statistics import enough
from dashboard.web.education_forms import noted_of, promise_words, today_of
from dashboard.web.practices import of_practice
from dashboard.worklog.education import Practices

SORT = ("potential", "name", "due", "rejected", "session")
NEXT = 5
OVERDUE = 5  # promises named
REASONS = 2  # named of a practice; the split is on its page


class Known(NamedTuple):
    """What the screen asked for: rows of practices; by practice: goals not reached, reasons of open gaps, sessions, who signed in last."""
    rows: list
    goals: dict[str, list]
    reasons: dict[str, list]
    noted: Practices
    used: dict[str, tuple]
    today: date


def layout(sort=None, cohort=None, **_):
    """The screen, of a cohort where one is chosen; URL = state."""
    viewer = current_viewer("practices")
    cohort = chosen(viewer, cohort)
    if cohort:
        return of_cohort(viewer, cohort)
    sort, known = choice(sort, SORT, "potential"), ask_all(viewer)
    if not known.rows:
        return html.Div([html.H1("Practices"), empty(NO_PEOPLE)], className="page")
    known = known._replace(rows=ordered(known, sort))
    return html.Div([
        heading(known.rows, known.goals),
        folded_filter(all_for(viewer), None, "/practices", current_selection().values()),
        next_visits(known, viewer.may_open("packet")),
        planned(known, viewer.may_open("session")),
        overdue(known),
        late_feeds(ask("feeds", viewer)),
        html.H2("All practices"),
        board(known, sort),
    ], className="page")


def of_cohort(viewer, cohort) -> html.Div:
    """The practices with patients of a cohort, most open gaps first; goals, sessions and promises are of whole practices."""
    people = people_of(viewer, cohort.who)
    rows = ask("cohort_practices", viewer, people=people) if people else []
    heads = [("Practice", ""), *((words, "number") for words in ("Patients", "Something due", "Open gaps", "Likely done", "Claims rejected"))]
    return html.Div([
        html.H1([html.Strong(f"{len(people):,}"), f" {'patient' if len(people) == 1 else 'patients'} in the cohort: {cohort.title}"]),
        folded_filter(all_for(viewer), cohort, "/practices", current_selection().values()),
        listed("Practices", heads, [_of_cohort(row, cohort.id) for row in rows]) if rows else empty("No practice has a patient of this cohort."),
        html.P("Goals, sessions and promises are told where no cohort is chosen.", className="quiet"),
    ], className="page")


def _of_cohort(row, cohort: str) -> list:
    def people(show):
        return of_practice(row, "/panel", show=show, cohort=cohort)

    def claims(reason):
        return of_practice(row, "/practice", show="errors", reason=reason, cohort=cohort)

    return [[dcc.Link(row.practice_name, href=of_practice(row, "/practice")), html.Div(row.group_name, className="quiet")],
            counted(row.people, people("all")), counted(row.people_due, people("due")), f"{row.open_gaps:,}",
            counted(row.likely_people, claims("pending")), counted(row.rejected_claims, claims("rejected"))]


def ask_all(viewer) -> Known:
    """Everything the screen shows. Sessions and sign-ins are what people wrote, all else is of the served version."""
    reasons: dict[str, list] = {}
    for row in ask("practice_reasons", viewer):
        reasons.setdefault(row.place, []).append(row)
    clinicians = {row.clinician_npi: row.practice_id for row in ask("practice_clinicians", viewer)}
    return Known(ask("practices", viewer), by_practice(ask("goals", viewer, by="practice")), reasons, noted_of(viewer),
                 last_users(house().store, clinicians), today_of(viewer))


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


def ordered(known: Known, sort: str) -> list:
    """By what can be gained, unless a heading says otherwise; by session: who waits longest first."""
    keys = {
        "potential": lambda row: (-potential(row, known.goals), -row.people_due),
        "name": lambda row: row.practice_name,
        "due": lambda row: -row.people_due,
        "rejected": lambda row: -row.rejected_claims,
        "session": lambda row: (session.on_date if (session := known.noted.last(row.practice_id)) else date.min, row.practice_name),
    }
    return sorted(known.rows, key=keys[sort])


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


def next_visits(known: Known, may_prepare: bool) -> html.Section | None:
    """The five practices with most to gain from patients who can still be closed, each with the reason in words."""
    goals = known.goals
    rows = [row for row in known.rows if in_reach(row, goals) and enough(sum(goal.denominator for _, goal in goals[row.practice_id]))]
    rows = sorted(rows, key=lambda row: -in_reach(row, goals))[:NEXT]
    if not rows:
        return None
    lines = [html.Li([dcc.Link(row.practice_name, href=of_practice(row.practice_id, "/practice"), className="practice-name"),
                      html.Span(f"{reason(row, goals[row.practice_id])} {last_visited(known, row)} "),
                      build_packet(row) if may_prepare else None]) for row in rows]
    return html.Section([html.H2("Visit next"), html.Ol(lines, className="next-visits")])


def build_packet(row) -> dcc.Link:
    """The way to the packet of the next session; whose is heard, since the words are the same in each row."""
    return dcc.Link(["Build packet", html.Span(f" for {row.practice_name}", className="visually-hidden")],
                    href=of_practice(row.practice_id, "/packet"), className="row-action")


def last_visited(known: Known, row) -> str:
    """Last session 94 days ago."""
    session = known.noted.last(row.practice_id)
    return f"Last session {count((known.today - session.on_date).days, 'day', 'days')} ago." if session else "No session yet."


def _of_session(one, row) -> list[dcc.Link]:
    """Its packet, and the screens on which it is held."""
    return [dcc.Link([words, html.Span(f" for {row.practice_name}", className="visually-hidden")], className="row-action",
                     href=of_practice(row.practice_id, path, session=one.id)) for words, path in (("Packet", "/packet"), ("Hold it", "/session"))]


def planned(known: Known, may_hold: bool) -> html.Section | None:
    """This week's sessions, and those whose day is over that nobody has logged; one click from their log."""
    names = {row.practice_id: row for row in known.rows}
    week = [(one, names[one.practice_id]) for one in known.noted.week(known.today) if one.practice_id in names]
    if not week:
        return None
    lines = [html.Li([dcc.Link(f"{day(one.on_date)}, {row.practice_name}", href=of_practice(row.practice_id, "/practice", show="sessions")),
                      html.Span(" not logged yet", className="late") if one.on_date < known.today else None,
                      *(_of_session(one, row) if may_hold else [])]) for one, row in week]
    return html.Section([html.H2("This week's sessions"), html.Ul(lines, className="notes")])


def overdue(known: Known) -> html.Section | None:
    """Promises whose day is over."""
    names = {row.practice_id: row for row in known.rows}
    owed = [(one, names[one.practice_id]) for one in known.noted.overdue(known.today) if one.practice_id in names]
    if not owed:
        return None
    lines = [html.Li([dcc.Link(row.practice_name, href=of_practice(row.practice_id, "/practice", show="sessions")),
                      f": {one.what}{f', {one.who}' if one.who else ''}, ", html.Span(f"overdue since {day(one.due_date)}", className="late")])
             for one, row in owed[:OVERDUE]]
    more = html.Span(f" {len(owed) - OVERDUE:,} more", className="quiet") if len(owed) > OVERDUE else None
    return html.Section([html.H2(["Follow-ups overdue ", html.Span(f"{len(owed):,}", className="quiet")]), html.Ul(lines, className="notes"), more])


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


def board(known: Known, sort: str) -> html.Table:
    """Every practice; every count opens its list."""

    def sorting(words, value, style=""):
        return words, style, sort_heading(words, value, sort, lambda to: address("/practices", sort=to), className=style)

    heads = [sorting("Practice", "name"), ("EMR", ""), ("Patients", "number"), sorting("Something due", "due", "number"),
             ("Likely done", "number"), sorting("Gaps to goal", "potential", "number"), ("Why open", "wide"),
             sorting("Claims rejected", "rejected", "number"), sorting("Last session", "session"), ("Promises", ""), ("Last sign-in", "")]
    return listed("Practices", heads, [_line(known, row) for row in known.rows], roomy=True, wraps=True)


def _line(known: Known, row) -> list:
    session, used = known.noted.last(row.practice_id), known.used.get(row.practice_id)
    return [
        [dcc.Link(row.practice_name, href=of_practice(row.practice_id, "/practice")), html.Div(row.group_name, className="quiet")],
        known.noted.emr.get(row.practice_id) or html.Span("not known", className="quiet"),
        counted(row.people, of_practice(row.practice_id, "/panel", show="all")),
        counted(row.people_due, of_practice(row.practice_id, "/panel", show="due")),
        counted(row.likely_people, of_practice(row.practice_id, "/practice", show="errors", reason="pending")),
        counted(potential(row, known.goals), of_practice(row.practice_id, "/practice", show="goals")) if row.practice_id in known.goals
        else html.Span("no public target", className="quiet"),
        why_open(known.reasons.get(row.practice_id, [])),
        counted(row.rejected_claims, of_practice(row.practice_id, "/practice", show="errors", reason="rejected")),
        dcc.Link(day(session.on_date) if session else "none yet", href=of_practice(row.practice_id, "/practice", show="sessions")),
        promise_words(known.noted.promises.get(row.practice_id, []), known.today),
        [moment_in_words(used[1]), html.Div(used[0], className="quiet")] if used else html.Span("nobody yet", className="quiet"),
    ]


def why_open(reasons: list) -> list:
    """62 % nothing on file, 24 % done: the two commonest reasons of the open gaps of measures with a goal, in few words."""
    total = sum(row.gaps for row in reasons)
    return [html.Div(f"{per_cent(row.gaps / total)} {short[0].lower()}{short[1:]}", title=reason_words(row.reason))
            for row in reasons[:REASONS] if (short := re.split("[:,] not ", reason_words(row.reason))[0])]


dash.register_page(__name__, path="/practices", name="Practices", title="Practices - Huddleboard", layout=layout, compares=True)
