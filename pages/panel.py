"""My panel: who has something due, what matters most first."""

import dash

from dashboard.access import audit, current_viewer
from dashboard.access.patients import address_of
from dashboard.access.selection import address, current_selection
from dashboard.cohorts.chosen import chosen, limit_of
from dashboard.cohorts.saved import all_for
from dashboard.components.cohort import cohort_filter
from dashboard.components.elements import dcc, html
from dashboard.components.listing import chips, pager, sort_heading
from dashboard.components.risk import LACE_RULE, RULE, lace, tier
from dashboard.components.states import NO_APPOINTMENTS, NO_PEOPLE, NOTHING_DUE, empty, note
from dashboard.components.words import age_and_sex, count, day, language, moment, person_name
from dashboard.given import choice, whole
from dashboard.queries import ask, ask_one, ask_page

PAGE_SIZE = 50
TITLES = 2  # gaps named in a row; the others are a number
ORDER = "Patients and their gaps: clinical harm first, then the last day to close, then the patient's risk."
SHOW = {"due": "Something due", "month": "Due this month", "no-visit": "Due, no visit booked", "not-seen": "Not seen in 12 months",
        "discharged": "Just discharged", "likely": "Likely done", "all": "All patients"}
SORT = ("matters", "name", "age", "risk", "gaps", "last-day", "last-visit")


def layout(show=None, sort=None, page=None, cohort=None, **_):
    """The screen; URL = state."""
    viewer = current_viewer("panel")
    show, sort, page = choice(show, SHOW, "due"), choice(sort, SORT, "matters"), whole(page, 1, 100_000)
    cohort = chosen(viewer, cohort)
    limit = limit_of(viewer, cohort)
    counts = ask_one("panel_counts", viewer, people=limit)
    if not counts.everyone and cohort is None:
        return html.Div([html.H1("My panel"), empty(NO_PEOPLE)], className="page")
    return html.Div([
        html.H1([html.Strong(f"{counts.due:,}"), f" {'patient' if counts.due == 1 else 'patients'} with something due",
                 html.Span(f", {counts.due_this_month:,} this month", className="quiet") if counts.due_this_month else "",
                 html.Span(f", of {count(counts.everyone, 'patient', 'patients')}: {cohort.title}", className="quiet") if cohort else ""]),
        None if sends_appointments(viewer) else note(NO_APPOINTMENTS),
        html.Div([
            chips(_chip_counts(counts), show, lambda value: here(cohort, show=value, sort=sort)),
            html.A("Export (CSV)", href=address("/export/panel.csv", show=show, sort=sort, cohort=cohort.id if cohort else ""), className="chip",
                   title="This list, all its pages"),
            cohort_filter(all_for(viewer), cohort, "/panel", current_selection().values() | {"show": show, "sort": sort},
                          address("/cohorts", who=cohort.who if cohort else ""), here(None, show=show, sort=sort)),
        ], className="filters"),
        *people(viewer, show, sort, page, cohort, limit),
    ], className="page")


def sends_appointments(viewer) -> bool:
    """Whether any source sends appointments: without, nobody has a next visit to show."""
    return any(feed.sends_appointments for feed in ask("feeds", viewer))


def _chip_counts(counts) -> list[tuple[str, str, int]]:
    numbers = (counts.due, counts.due_this_month, counts.no_visit, counts.not_seen, counts.discharged, counts.likely, counts.everyone)
    return [(value, words, number) for (value, words), number in zip(SHOW.items(), numbers, strict=True)]


def here(cohort, **values) -> str:
    """An address of this list that keeps the cohort."""
    return address("/panel", **values, cohort=cohort.id if cohort else "")


def people(viewer, show: str, sort: str, page: int, cohort, limit: list | None) -> list:
    """The list itself: ask, leave a trace, draw."""
    rows = ask_page("panel_people", viewer, page, PAGE_SIZE, show=show, sort=sort, people=limit)
    audit.note(viewer, "viewed list", page="panel", show=show, people=len(rows))
    if not rows:
        return [empty(NOTHING_DUE.format(people=0) if show == "due" and cohort is None else "Nobody in this list.",
                      None if show == "all" else dcc.Link("See all patients", href=here(cohort, show="all")))]
    total = rows[0].total
    return [html.P(count(total, "patient", "patients"), className="visually-hidden"),
            _table(viewer, rows, show, sort, cohort, visits_ahead=sends_appointments(viewer)),
            pager(page, PAGE_SIZE, total, lambda to: here(cohort, show=show, sort=sort, page=to))]


def _table(viewer, rows, show: str, sort: str, cohort, visits_ahead: bool) -> html.Table:
    def link(value):
        return here(cohort, show=show, sort="matters" if value == sort else value)
    plans = any(row.plans for row in rows)
    head = html.Tr([
        sort_heading("Patient", "name", sort, link), sort_heading("Age", "age", sort, link),
        *([html.Th("Plan", scope="col")] if plans else []),
        html.Th("Language", scope="col"), sort_heading("Risk", "risk", sort, link, title=RULE), html.Th("Most important", scope="col", title=ORDER),
        sort_heading("Gaps", "gaps", sort, link, className="number"),
        sort_heading("Last day to close", "last-day", sort, link), sort_heading("Last visit", "last-visit", sort, link),
        *([html.Th("Next visit", scope="col")] if visits_ahead else []),
        *([html.Th("Discharged", scope="col", title=LACE_RULE)] if show == "discharged" else []),
    ])
    return html.Table([html.Caption(f"{SHOW[show]}, {_order(sort)}", className="visually-hidden"), html.Thead(head),
                       html.Tbody([_row(viewer, row, plans, visits_ahead, show == "discharged") for row in rows])], className="list", role="table")


def _order(sort: str) -> str:
    matters = "what matters most first: clinical harm, then last day to close, then the patient's risk"
    return matters if sort == "matters" else f"by {sort.replace('-', ' ')}"


def _row(viewer, row, plans: bool, visits_ahead: bool, discharged: bool) -> html.Tr:
    titles = list(dict.fromkeys(row.due_titles or []))  # a measure that counts each visit names itself once
    others = f" +{len(titles) - TITLES}" if len(titles) > TITLES else ""
    cells = [
        ("Age", age_and_sex(row), ""), *([("Plan", row.plans or "", "")] if plans else []), ("Language", _language(row), ""),
        ("Risk", tier(row), ""),
        ("Most important", [" · ".join(titles[:TITLES]), html.Span(others, className="quiet")], "wide"),
        ("Gaps", f"{row.open_gaps:,}" if row.open_gaps else "", "number"),
        ("Last day to close", day(row.first_last_day), ""), ("Last visit", day(row.last_visit_date), ""),
        *([("Next visit", moment(row.next_visit_at), "")] if visits_ahead else []),
        *([("Discharged", [day(row.discharge_date), lace(row)], "")] if discharged else []),
    ]
    return html.Tr([html.Th(dcc.Link(person_name(row), href=address_of(viewer, row.person)), scope="row")]
                   + [html.Td(words, className=style, **{"data-label": label}) for label, words, style in cells])


def _language(row) -> str:
    return language(row.language) + (", interpreter" if row.interpreter_needed else "")


dash.register_page(__name__, path="/panel", name="My panel", title="My panel - Huddleboard", layout=layout, pickers=("scope", "plan"))
