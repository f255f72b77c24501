"""The search of the top bar: people by part of a name, birth date or id, among all whom the viewer may see."""

from dash import Dash, Input, Output
from flask import abort

from dashboard.access import audit, current_viewer, rules
from dashboard.access.patients import address_of
from dashboard.components.elements import dcc, html
from dashboard.components.states import NO_MATCH
from dashboard.components.words import age_and_sex, count, day, person_name
from dashboard.given import short_text
from dashboard.queries import ask

SHOWN = 8


def register(app: Dash) -> None:
    """Add the callback of the search to an application."""
    app.callback(Output("frame-found", "children"), Input("frame-search", "value"), prevent_initial_call=True)(find_people)


def find_people(text):
    """The people who fit, each a link to the patient's page."""
    viewer = current_viewer()
    if not rules.may_ask(viewer.role, "people_found"):
        abort(404)
    wanted = short_text(text).lower()
    if not wanted:
        return None
    rows = ask("people_found", viewer, search=wanted, page_size=SHOWN)
    audit.note(viewer, "searched", page="top bar", people=len(rows))
    if not rows:
        return html.P(NO_MATCH)
    more = [html.P(f"{rows[0].total - SHOWN:,} more: type more of the name.", className="quiet")] if rows[0].total > SHOWN else []
    return [html.P(count(rows[0].total, "patient", "patients"), className="visually-hidden"), html.Ul([_found(viewer, row) for row in rows]), *more]


def _found(viewer, row) -> html.Li:
    known = f"{age_and_sex(row)}, born {day(row.birth_date)}" + (f", {count(row.open_gaps, 'gap', 'gaps')}" if row.open_gaps else "")
    return html.Li(dcc.Link([html.Strong(person_name(row)), html.Span(known, className="quiet")], href=address_of(viewer, row.person)))
