"""Session: a session as it is held, on a tablet in the room. One measure a screen, nobody's name unless it is switched on."""

import dash

from dashboard.access import audit, current_viewer, rules
from dashboard.access.selection import address
from dashboard.components.as_of import moment_of
from dashboard.components.elements import dcc, html
from dashboard.components.hold import end_screen, measure_screen, people, steps
from dashboard.components.roll_up import title_of
from dashboard.components.states import empty, told_line
from dashboard.components.words import day
from dashboard.given import whole
from dashboard.packet.gather import focus_of, in_session, open_in, shown_rates
from dashboard.packet.order import most_winnable_first
from dashboard.queries import ask, ask_one
from dashboard.web.education_forms import hold_promise, noted_of, session_of, today_of, was_held
from dashboard.web.forms import take_told
from dashboard.web.practices import choose_practice, of_practice, practice_of
from dashboard.worklog.education import OPEN, PLANNED

NAMED = 12  # patients named on a screen


def layout(session=None, at=None, names=None, **_):
    """The screen `at` of a session: its measures one by one, then what was promised. URL = state."""
    viewer = current_viewer("session")
    place = practice_of(viewer)
    if place is None:
        return choose_practice(viewer, "/session")
    noted = noted_of(viewer)
    held = session_of(noted, place.value, session)
    if held is None:
        return choose_session(noted, place)
    chosen = in_session(shown_rates(viewer), held)
    at = whole(at, 0, len(chosen))
    told = f"screen {at + 1} of {len(chosen) + 1}, data as of {moment_of(ask_one('release', viewer))}"
    head = html.P([html.Strong(place.name), f"session {day(held.on_date)}", html.Span(told, className="quiet"),
                   dcc.Link("Leave", href=of_practice(place.value, "/practice", show="sessions"), className="hold-leave")], className="hold-head")
    last = at == len(chosen)
    part = end(viewer, noted, held) if last else measure(viewer, held, chosen[at], at, names == "1")
    return html.Div([told_line(take_told()), head, *part, hold_promise(held, at) if rules.may_write(viewer.role, "session") else None,
                     was_held(held) if last and held.standing == PLANNED else None,
                     steps(at, len(chosen) + 1, lambda to: address("/session", session=held.id, at=to))], className="page hold")


def choose_session(noted, place) -> html.Div:
    """The planned sessions of the practice."""
    planned = [one for one in noted.sessions.get(place.value, []) if one.standing == PLANNED]
    prepare = dcc.Link("Prepare one", href=of_practice(place.value, "/packet"))
    if not planned:
        return html.Div([html.H1(place.name), empty("No session with this practice is planned.", prepare)], className="page")
    links = [html.Li(dcc.Link(day(one.on_date), href=address("/session", session=one.id))) for one in planned]
    return html.Div([html.H1(["Which session with ", html.Strong(place.name)]), html.Ul(links, className="choices")], className="page")


def measure(viewer, held, rate, at: int, named: bool) -> list:
    """One measure; its patients when the switch is on, which the log keeps. The next screen begins without names."""
    goal = next((goal for goal in ask("goals", viewer, by="") if goal.slug == rate.slug), None)
    switch = dcc.Link(["Names are ", html.Strong("on" if named else "off"), html.Span("Turn off" if named else "Turn on", className="hold-turn")],
                      href=address("/session", session=held.id, at=at, names=None if named else "1"), className="chip")
    parts = [*measure_screen(focus_of(viewer, rate, goal), title_of(rate)),
             html.P([switch, html.Span(" Who is in the room? Turning names on is recorded.", className="quiet")], className="hold-switch")]
    if not named:
        return parts
    found = most_winnable_first([(rate, row) for row in open_in(viewer, rate)])
    audit.note(viewer, "viewed list", page="session", names="on", rate=rate.slug, people=len(found[:NAMED]))
    return [*parts, people(found, NAMED)]


def end(viewer, noted, held) -> list:
    """What was promised and is not settled yet."""
    owed = [one for one in noted.promises.get(held.practice_id, []) if one.standing == OPEN]
    return end_screen(owed, today_of(viewer))


dash.register_page(__name__, path="/session", name="Session", title="Session - Huddleboard", layout=layout, pickers=())
