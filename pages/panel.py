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
from dashboard.components.states import NO_APPOINTMENTS, NO_PEOPLE, NOTHING_DUE, empty, note, told_line
from dashboard.components.words import age_and_sex, count, day, language, moment, person_name
from dashboard.given import choice, whole
from dashboard.queries import ask, ask_one, ask_page
from dashboard.web.contact_forms import actions_on_chosen, attempt, choose, last_contact
from dashboard.web.forms import take_told
from dashboard.web.printing import printing
from dashboard.worklog.chosen import OUTREACH, contacts, limited
from dashboard.worklog.contacts import NOTHING

PAGE_SIZE = 50
TITLES = 2  # gaps named in a row; the others are a number
ORDER = "Patients and their gaps: clinical harm first, then the last day to close, then the patient's risk."
CHOOSE = html.Th(html.Span("Choose", className="visually-hidden"), scope="col")
SHOW = {"due": "Something due", "month": "Due this month", "no-visit": "Due, no visit booked", "not-seen": "Not seen in 12 months",
        "risk": "High or rising risk", "discharged": "Just discharged", "likely": "Likely done", OUTREACH: "On the outreach list",
        "all": "All patients"}
OUTREACH_HEADS = ("Patient", "Age", "Language", "Phone", "Why", "Last day to close", "Next visit", "Last attempt", "Log")
SORT = ("matters", "name", "age", "risk", "gaps", "last-day", "last-visit")


def layout(show=None, sort=None, page=None, cohort=None, **_):
    """The screen; URL = state."""
    viewer = current_viewer("panel")
    show, sort, page = choice(show, SHOW, "due"), choice(sort, SORT, "matters"), whole(page, 1, 100_000)
    cohort = chosen(viewer, cohort)
    limit, told = limit_of(viewer, cohort), take_told()
    counts, listed = ask_one("panel_counts", viewer, people=limit), limited(viewer, OUTREACH, limit)
    outreach = ask_one("panel_counts", viewer, people=listed).everyone if listed else 0
    if not counts.everyone and cohort is None:
        return html.Div([html.H1("My panel"), empty(NO_PEOPLE)], className="page")
    return html.Div([
        told_line(told),
        _sentence(counts, outreach, show, cohort),
        None if sends_appointments(viewer) else note(NO_APPOINTMENTS),
        html.Div([
            chips(_chip_counts(counts, outreach), show, lambda value: here(cohort, show=value, sort=sort)),
            html.A("Export (CSV)", href=address("/export/panel.csv", show=show, sort=sort, cohort=cohort.id if cohort else ""), className="chip",
                   title="This list, all its pages"),
            cohort_filter(all_for(viewer), cohort, "/panel", current_selection().values() | {"show": show, "sort": sort},
                          address("/cohorts", who=cohort.who if cohort else ""), here(None, show=show, sort=sort)),
        ], className="filters"),
        *people(viewer, show, sort, page, cohort, listed if show == OUTREACH else limit),
        html.Div(id="panel-printed", hidden=True), html.Div(id="panel-told", hidden=True),
    ], className="page panel")


def _sentence(counts, outreach: int, show: str, cohort) -> html.H1:
    """The large number is of the list that is shown, or, on lists that are no work by themselves, of who has something due; it says which."""
    number, words = {"all": (counts.everyone, "in all"), OUTREACH: (outreach, "on the outreach list"),
                     "risk": (counts.risky, "with a high or rising risk")}.get(show, (counts.due, "with something due"))
    due = f", {counts.due:,} of them with something due" if show == "all" else f", {counts.due_this_month:,} this month" \
        if show not in ("all", "risk", OUTREACH) and counts.due_this_month else ""
    of = f", of {count(counts.everyone, 'patient', 'patients')}: {cohort.title}" if cohort else ""
    return html.H1([html.Strong(f"{number:,}"), f" {'patient' if number == 1 else 'patients'} {words}", html.Span(due + of, className="quiet")])


def sends_appointments(viewer) -> bool:
    """Whether any source sends appointments: without, nobody has a next visit to show."""
    return any(feed.sends_appointments for feed in ask("feeds", viewer))


def _chip_counts(counts, outreach: int) -> list[tuple[str, str, int]]:
    numbers = (counts.due, counts.due_this_month, counts.no_visit, counts.not_seen, counts.risky, counts.discharged, counts.likely, outreach,
               counts.everyone)
    return [(value, words, number) for (value, words), number in zip(SHOW.items(), numbers, strict=True)]


def here(cohort, **values) -> str:
    """An address of this list that keeps the cohort."""
    return address("/panel", **values, cohort=cohort.id if cohort else "")


def people(viewer, show: str, sort: str, page: int, cohort, limit: list | None) -> list:
    """The list itself: ask, leave a trace, draw."""
    rows = ask_page("panel_people", viewer, page, PAGE_SIZE, show=show, sort=sort, people=limit)
    audit.note(viewer, "viewed list", page="panel", show=show, people=len(rows))
    if not rows:
        return [empty(NOTHING_DUE.format(people=ask_one("panel_counts", viewer, people=limit).everyone) if show == "due" and cohort is None else
                      "Nobody is on the outreach list. Choose patients on another list and add them." if show == OUTREACH else "Nobody in this list.",
                      None if show == "all" else dcc.Link("See all patients", href=here(cohort, show="all")))]
    total, place = rows[0].total, {"show": show, "sort": sort, "page": page, "cohort": cohort.id if cohort else ""}
    return [html.P(count(total, "patient", "patients"), className="visually-hidden"),
            actions_on_chosen(viewer, place),
            outreach_table(viewer, rows, place) if show == OUTREACH else
            _table(viewer, rows, show, sort, cohort, visits_ahead=sends_appointments(viewer)),
            pager(page, PAGE_SIZE, total, lambda to: here(cohort, show=show, sort=sort, page=to))]


def _table(viewer, rows, show: str, sort: str, cohort, visits_ahead: bool) -> html.Table:
    def link(value):
        return here(cohort, show=show, sort="matters" if value == sort else value)
    plans, known = any(row.plans for row in rows), contacts(viewer)
    reached = any(known.get(row.person, NOTHING).last_at for row in rows)
    head = html.Tr([
        CHOOSE, sort_heading("Patient", "name", sort, link), sort_heading("Age", "age", sort, link),
        *([html.Th("Plan", scope="col")] if plans else []),
        html.Th("Language", scope="col"), sort_heading("Risk", "risk", sort, link, title=RULE), html.Th("Most important", scope="col", title=ORDER),
        sort_heading("Gaps", "gaps", sort, link, className="number"),
        sort_heading("Last day to close", "last-day", sort, link), sort_heading("Last visit", "last-visit", sort, link),
        *([html.Th("Next visit", scope="col")] if visits_ahead else []),
        *([html.Th("Last contact", scope="col")] if reached else []),
        *([html.Th("Discharged", scope="col", title=LACE_RULE)] if show == "discharged" else []),
    ])
    return html.Table([html.Caption(f"{SHOW[show]}, {_order(sort)}", className="visually-hidden"), html.Thead(head),
                       html.Tbody([_row(viewer, row, plans, visits_ahead, show == "discharged", known.get(row.person, NOTHING) if reached else None)
                                   for row in rows])], className="list", role="table")


def _order(sort: str) -> str:
    matters = "what matters most first: clinical harm, then last day to close, then the patient's risk"
    return matters if sort == "matters" else f"by {sort.replace('-', ' ')}"


def _row(viewer, row, plans: bool, visits_ahead: bool, discharged: bool, standing) -> html.Tr:
    titles = list(dict.fromkeys(row.due_titles or []))  # a measure that counts each visit names itself once
    others = f" +{len(titles) - TITLES}" if len(titles) > TITLES else ""
    cells = [
        ("Age", age_and_sex(row), ""), *([("Plan", row.plans or "", "")] if plans else []), ("Language", _language(row), ""),
        ("Risk", tier(row), ""),
        ("Most important", [" · ".join(titles[:TITLES]), html.Span(others, className="quiet")], "wide"),
        ("Gaps", f"{row.open_gaps:,}" if row.open_gaps else "", "number"),
        ("Last day to close", day(row.first_last_day), ""), ("Last visit", day(row.last_visit_date), ""),
        *([("Next visit", moment(row.next_visit_at), "")] if visits_ahead else []),
        *([("Last contact", last_contact(standing), "")] if standing else []),
        *([("Discharged", [f"{day(row.discharge_date)}, {_day_after(viewer, row)}", lace(row)], "")] if discharged else []),
    ]
    return row_of(viewer, row, choose(viewer, row, person_name(row)), cells)


def _day_after(viewer, row) -> str:
    """day 6 of 30: how much of the month after a stay is gone, in which most is due."""
    return f"day {(ask_one('release', viewer).as_of - row.discharge_date).days} of 30"


def outreach_table(viewer, rows: list, place: dict) -> html.Table:
    """Whom to reach, and what was done for it. place: what the address of the list says."""
    known = contacts(viewer)
    head = html.Tr([CHOOSE, *[html.Th(words, scope="col") for words in OUTREACH_HEADS]])
    body = html.Tbody([_outreach_row(viewer, row, known.get(row.person, NOTHING), place) for row in rows])
    return html.Table([html.Caption("On the outreach list", className="visually-hidden"), html.Thead(head), body], className="list", role="table")


def _outreach_row(viewer, row, standing, place: dict) -> html.Tr:
    titles = list(dict.fromkeys(row.due_titles or []))
    why = [" · ".join(titles[:TITLES]), html.Span(f" +{len(titles) - TITLES}" if len(titles) > TITLES else "", className="quiet")]
    again = html.Div(f"again on {day(standing.next_date)}") if standing.next_date else None
    cells = [("Age", age_and_sex(row), ""), ("Language", _language(row), ""),
             ("Phone", html.A(row.phone, href=f"tel:{row.phone}", className="tap nowrap") if row.phone else "not known", ""),
             ("Why", why if titles else "nothing due", "wide"), ("Last day to close", day(row.first_last_day), ""),
             ("Next visit", moment(row.next_visit_at), ""),
             ("Last attempt", [last_contact(standing) or "none yet", again], ""),
             ("Log", attempt(viewer, row, person_name(row), place), "log")]
    return row_of(viewer, row, choose(viewer, row, person_name(row)), cells)


def row_of(viewer, row, box, cells: list[tuple]) -> html.Tr:
    """A patient of a list; cells: (label, words, class)."""
    return html.Tr([html.Td(box, className="choose-cell"), html.Th(dcc.Link(person_name(row), href=address_of(viewer, row.person)), scope="row")]
                   + [html.Td(words, className=style, **{"data-label": label}) for label, words, style in cells])


def _language(row) -> str:
    return language(row.language) + (", interpreter" if row.interpreter_needed else "")


printing("panel")
dash.register_page(__name__, path="/panel", name="My panel", title="My panel - Huddleboard", layout=layout, pickers=("scope", "plan"))
