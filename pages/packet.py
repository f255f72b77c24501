"""Packet: what goes along to a session with a practice, prepared here and printed from here."""

from datetime import date, timedelta

import dash

from dashboard.access import audit, current_viewer
from dashboard.access.patients import address_of
from dashboard.access.selection import address
from dashboard.components.elements import dcc, html
from dashboard.components.packet import sheets
from dashboard.components.roll_up import most_to_gain, title_of
from dashboard.components.states import NO_PEOPLE, empty, told_line
from dashboard.components.words import day
from dashboard.packet.gather import gather, shown_rates
from dashboard.queries import ask
from dashboard.web.education_forms import NO_NAMES, noted_of, session_of, today_of
from dashboard.web.form import field, form, pick
from dashboard.web.forms import take_told
from dashboard.web.practices import choose_practice, practice_of
from dashboard.web.printing import printing, sheet_id
from dashboard.worklog.education import FOCUS, PLANNED

AHEAD = timedelta(days=7)  # of a session, unless one is planned


def layout(session=None, change=None, **_):
    """Without a session the form that prepares one; with one its packet. URL = state."""
    viewer = current_viewer("packet")
    place = practice_of(viewer)
    if place is None:
        return choose_practice(viewer, "/packet")
    noted = noted_of(viewer)
    if session is None or change:
        return prepare(viewer, place, noted, session_of(noted, place.value, session))
    return show(viewer, gather(viewer, place, session_of(noted, place.value, session), noted))


def prepare(viewer, place, noted, given) -> html.Div:
    """Day, attendees, up to three measures: of the session given, else of the one that is planned next, else those with most to gain."""
    rates, today = shown_rates(viewer), today_of(viewer)
    if not rates:
        return html.Div([html.H1(place.name), empty(NO_PEOPLE)], className="page")
    coming = [one for one in noted.sessions.get(place.value, []) if one.standing == PLANNED and one.on_date >= today]
    planned = given or (coming[-1] if coming else None)
    goals = {goal.slug: goal for goal in ask("goals", viewer, by="")}
    focus = planned.measures if planned and planned.measures else most_to_gain(rates, goals)
    choices = [("", "none"), *[(row.slug, title_of(row)) for row in rates]]
    chosen = [*[slug for slug in focus if slug in dict(choices)][:FOCUS], *[""] * FOCUS]
    hidden = {"practice": place.value, "change": "prepare", **({"of": str(planned.id)} if planned else {})}
    return html.Div([
        told_line(take_told()),
        html.H1(["Packet for the session with ", html.Strong(place.name)]),
        html.P(f"A session is planned on {day(planned.on_date)}; what you change here is changed there." if planned
               else "Chosen for you: the measures with most to gain. Change what you like.", className="note"),
        form(address("/practice/session"), "Build packet", "packet-prepare", [
            field("on_date", "Day of the session", kind="date", value=str(planned.on_date if planned else in_a_week(today)), owner="packet"),
            field("attendees", "Who will be there", value=planned.attendees if planned else "", need=False, owner="packet"),
            *[pick(f"focus{number}", f"Focus measure {number}", choices, owner="packet", value=chosen[number - 1]) for number in range(1, FOCUS + 1)],
        ], hidden),
        html.P(NO_NAMES, className="quiet"),
    ], className="page")


def in_a_week(today: date) -> date:
    """The same day of next week; where that is a Saturday or Sunday, the Friday before."""
    ahead = today + AHEAD
    return ahead - timedelta(days=max(0, ahead.weekday() - 4))


def show(viewer, packet) -> html.Div:
    """The sheets, with the ways to paper and file."""
    sheet, chosen = audit.sheet_id(), packet.session.id
    audit.note(viewer, "viewed list", page="packet", people=packet.people, sheet=sheet)
    return html.Div([
        told_line(take_told()),
        html.H1(["Packet for ", html.Strong(packet.place.name), html.Span(f", session {day(packet.session.on_date)}", className="quiet")]),
        html.Div([html.Button("Print", id="packet-print", className="btn btn-primary"),
                  html.A("Same as a file (XLSX)", href=address("/export/packet.xlsx", session=chosen), className="btn btn-outline-primary"),
                  dcc.Link("Change it", href=address("/packet", session=chosen, change=1), className="btn btn-outline-primary"),
                  dcc.Store(id="packet-sheet", data=sheet), html.Div(id="packet-printed", hidden=True), html.Div(id="packet-told", hidden=True)],
                 className="printing"),
        *sheets(packet, sheet, lambda person: address_of(viewer, person)),
    ], className="page packet")


printing("packet", sheet_id)
dash.register_page(__name__, path="/packet", name="Packet", title="Packet - Huddleboard", layout=layout)
