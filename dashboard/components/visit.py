"""Today's visits: who comes, and the few things to do first."""

from itertools import groupby

from dashboard.components.elements import dcc, html
from dashboard.components.risk import tier
from dashboard.components.states import NEW_PATIENT
from dashboard.components.status import WORDS
from dashboard.components.words import age_and_sex, day, language, person_name, reading

SHOWN = 3  # actions of a visit before the rest becomes a number
ORDER = "Most pressing first: clinical harm, then the last day to close, then weight in the plan's programme."


def actions_of(rows: list) -> dict[int, list]:
    """rows: of today_actions, by person. An action that a measure asks for several times (each visit of one) is told once."""
    kept = {}
    for person, group in groupby(rows, key=lambda row: row.person):
        kept[person] = list({row.measure_id: row for row in reversed(list(group))}.values())[::-1]
    return kept


def is_open(row) -> bool:
    """Whether a row of today_actions still asks for something."""
    return row.status in ("open", "open_due_soon")


def fact_in_short(row) -> str:
    """What came nearest: last 9.4, 12 Feb 2026. A value is told where the value is what is wrong."""
    value = reading(row.values or []) if row.why == "value out of range" or row.better == "lower" else ""
    return f"last {value}, {day(row.on_date)}" if value and row.on_date else f"last {day(row.on_date)}" if row.on_date else ""


def visits(rows: list, actions: dict[int, list], link, *, prepare: bool = False, ready=None, box=None) -> html.Ol:
    """rows: of today_visits; link(person, measure_id or None) gives the address of the patient's page, opened at that gap; prepare: say what an
    assistant does instead of what is due; ready(action) says who made it ready ('' for nobody), box(action) gives the box to tick, or None."""
    return html.Ol([_visit(row, actions.get(row.person, []), link, prepare, ready, box) for row in rows], className="visits")


def _visit(row, actions: list, link, prepare: bool, ready, box) -> html.Li:
    due, likely = [a for a in actions if is_open(a)], [a for a in actions if not is_open(a)]
    return html.Li([
        html.Div(f"{row.start_at:%H:%M}", className="visit-time"),
        html.Div([html.H3(dcc.Link(person_name(row), href=link(row.person, None))), html.Div(_who(row), className="quiet"),
                  html.Div(tier(row, named=True)) if row.risk_tier else None,
                  html.Div(_more_of(row), className="quiet")], className="visit-who"),
        html.Div([_due(row, due, link, prepare, ready, box), _likely(likely)], className="visit-actions"),
    ])


def _who(row) -> list:
    parts = [age_and_sex(row), language(row.language) + (", interpreter" if row.interpreter_needed else ""), row.plans]
    return " · ".join(part for part in parts if part)


def _more_of(row) -> str:
    other = row.clinician_name if row.clinician_npi and row.clinician_npi != row.own_clinician_npi else None
    return " · ".join(part for part in (
        f"sees {other}" if other else "", f"last visit {day(row.last_visit_date)}" if row.last_visit_date else "") if part)


def _due(row, due: list, link, prepare: bool, ready, box):
    if not due:
        ask = [f"{NEW_PATIENT} ", dcc.Link("Request records", href=link(row.person, None))]
        return html.P(ask if row.new_here else "Nothing due.", className="quiet visit-nothing")
    items = [html.Li([*_action(action, row.person, link, prepare), *_prepared(action, ready, box)]) for action in due[:SHOWN]]
    more = html.Li(dcc.Link(f"+{len(due) - SHOWN} more", href=link(row.person, None)), className="more")
    return html.Ol([*items, *([more] if len(due) > SHOWN else [])], title=ORDER)


def _action(action, person: int, link, prepare: bool) -> list:
    fact = fact_in_short(action)
    soon = [html.Span(f" last day {day(action.last_day)}", className="gap-day urgent")] if action.status == "open_due_soon" else []
    words = action.assistant_action if prepare else action.title
    told = ", ".join(part for part in (action.title if prepare else "", fact) if part)
    return [dcc.Link(words, href=link(person, action.measure_id)), html.Span(f" {told}" if told else "", className="quiet"), *soon]


def _prepared(action, ready, box) -> list:
    """The box to tick, where there is one, and who ticked it."""
    told = ready(action) if ready and action.assistant_action else ""
    ticked = box(action) if box and action.assistant_action else None
    return [part for part in (ticked, html.Span(told, className="prepared-told quiet", role="status") if ticked or told else None) if part]


def _likely(likely: list):
    if not likely:
        return None
    named = ", ".join(action.title for action in likely)
    shape = html.Span(className="shape likely", **{"aria-hidden": "true"})
    return html.P([shape, f" {WORDS['likely_done'][1]}: {named}"], className="quiet visit-likely")
