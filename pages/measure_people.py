"""The people behind a count of a measure."""

import dash

from dashboard.access import audit, current_viewer
from dashboard.access.patients import address_of
from dashboard.access.selection import address, current_selection
from dashboard.cohorts.chosen import chosen, limit_of
from dashboard.cohorts.saved import all_for
from dashboard.components.cohort import cohort_filter
from dashboard.components.elements import dcc, html
from dashboard.components.listing import chips, listed, pager
from dashboard.components.roll_up import ASPECTS, reason_words, subgroup_words, title_of
from dashboard.components.states import empty
from dashboard.components.status import status_word
from dashboard.components.words import age_and_sex, day, language, moment, person_name
from dashboard.given import choice, short_text, whole
from dashboard.queries import ask, ask_page

PAGE_SIZE = 50
SENSITIVE = "Numbers only: this measure is about a sensitive service, so no list shows who."
NOT_COUNTED = "Not computed: none of these people counts in this measure for this plan and year."
SHOW = {
    "open": ("Open", "open_people"),
    "soon": ("Due this month", "soon_people"),
    "likely": ("Likely done", "likely_people"),
    "answered": ("Answered", "answered_people"),
    "later": ("Not due yet", "later_people"),
    "missed": ("Too late this year", "missed_people"),
    "closed": ("Closed", "closed_people"),
    "excluded": ("Does not apply", "excluded_people"),
    "all": ("All", "people"),
}


def layout(rate=None, show=None, reason=None, aspect=None, value=None, line=None, page=None, cohort=None, **_):
    """The list; URL = state, and holds no name."""
    viewer, show, page = current_viewer("measure_people"), choice(show, SHOW, "open"), whole(page, 1, 100_000)
    line = choice(line, {one.product_line for one in ask("contracts", viewer)}, "") if current_selection().contract is None else ""
    row = next((row for row in ask("rates", viewer, line=line) if row.slug == rate), None)
    if row is None:
        return html.Div([html.H1("Nobody counts here"), empty(NOT_COUNTED)], className="page")
    if row.sensitive:
        return html.Div([html.H1(title_of(row)), empty(SENSITIVE, back(viewer, row))], className="page")
    filters = {"rate": row.slug, "line": line, "reason": short_text(reason), "aspect": choice(aspect, ASPECTS, ""), "value": short_text(value)}
    cohort = chosen(viewer, cohort)
    limit = limit_of(viewer, cohort)
    rows = ask_page("measured_people", viewer, page, PAGE_SIZE, **filters, show=show, people=limit)
    filters["cohort"] = cohort.id if cohort else ""
    audit.note(viewer, "viewed list", page="measure_people", rate=row.slug, show=show, people=len(rows))
    total = rows[0].total if rows else 0
    everybody = dcc.Link("See everybody who counts", href=address("/measure/people", rate=row.slug, line=line, show="all"))
    return html.Div([
        html.P(back(viewer, row), className="back"),
        html.H1([html.Strong(f"{total:,}"), f" {'patient' if total == 1 else 'patients'}: {title_of(row)}, {SHOW[show][0].lower()}",
                 narrowed(filters, cohort)]),
        chips([(key, words, None if cohort else getattr(row, column)) for key, (words, column) in SHOW.items() if getattr(row, column)],
              "" if any_filter(filters) else show,
              lambda value: address("/measure/people", rate=row.slug, line=line, show=value, cohort=filters["cohort"])),
        cohort_filter(all_for(viewer), cohort, "/measure/people", current_selection().values() | filters | {"show": show},
                      address("/cohorts", who=cohort.who if cohort else ""), address("/measure/people", **(filters | {"cohort": "", "show": show}))),
        html.P(html.A("Export (CSV)", href=address("/export/people.csv", **filters, show=show), className="chip")) if rows else None,
        people(viewer, rows) if rows else empty("Nobody in this list.", everybody),
        pager(page, PAGE_SIZE, total, lambda to: address("/measure/people", **filters, show=show, page=to)),
    ], className="page")


def back(viewer, row) -> dcc.Link:
    """The way to the page that the count stands on."""
    if viewer.may_open("measure"):
        return dcc.Link(f"Back to {title_of(row)}", href=address("/measure", rate=row.slug))
    return dcc.Link("Back to my numbers", href=address("/my-numbers"))


def any_filter(filters: dict) -> bool:
    """Whether the list is narrower than a chip's."""
    return bool(filters["reason"] or filters["aspect"])


def narrowed(filters: dict, cohort):
    """The reason, subgroup and cohort in words."""
    words = [reason_words(filters["reason"])] if filters["reason"] else []
    words += [f"{ASPECTS[filters['aspect']]}: {subgroup_words(filters['aspect'], filters['value'])}"] if filters["aspect"] else []
    words += [f"{filters['line'].capitalize()} plans"] if filters["line"] else []
    words += [cohort.title] if cohort else []
    return html.Span(f" ({'; '.join(words)})", className="quiet") if words else ""


def people(viewer, rows: list) -> html.Table:
    """One row a person: who, where it stands and why, until when."""
    heads = [(words, "") for words in ("Patient", "Age", "Plan", "Language", "Stands", "Why", "Last day to close", "Last visit", "Next visit")]
    return listed("Patients", heads, [_row(viewer, row) for row in rows])


def _row(viewer, row) -> list:
    if not row.on_a_list:
        return ["Name not shown (died, or identity not complete)", "", "", "", status_word(row.status), "", "", "", ""]
    why = reason_words(row.reason) + (f", {day(row.reason_date)}" if row.reason_date else "") if row.reason else ""
    times = f" ({row.closed_units} of {row.units} done)" if row.units > 1 else ""
    return [dcc.Link(person_name(row), href=address_of(viewer, row.person)), age_and_sex(row), row.plans or "",
            language(row.language) + (", interpreter" if row.interpreter_needed else ""), [status_word(row.status), times], why, day(row.last_day),
            day(row.last_visit_date), moment(row.next_visit_at)]


dash.register_page(__name__, path="/measure/people", name="People of a measure", title="People of a measure - Huddleboard", layout=layout)
