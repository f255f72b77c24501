"""A practice's sessions: what was done and promised, whether it helped, and the forms to note it."""

from datetime import date

from dashboard.access import rules
from dashboard.access.selection import address, current_selection
from dashboard.components.elements import dcc, html
from dashboard.components.gain import gain_words
from dashboard.components.roll_up import title_of
from dashboard.components.states import empty
from dashboard.components.words import day
from dashboard.house import house
from dashboard.queries import ask, reach_of
from dashboard.web import guard
from dashboard.web.form import field, form, pick
from dashboard.worklog import education
from dashboard.worklog.chosen import moment_shown
from dashboard.worklog.education import CANCELLED, DROPPED, FOCUS, HELD, KEPT, OPEN, PLANNED, Practices, Session

NO_NAMES = "No names of patients here: everybody who works with the practice reads it."


def noted_of(viewer) -> Practices:
    """What stands of all the viewer's practices, at the moment that the screen shows."""
    mine = {place.value for place in reach_of(viewer).choices("practice")}
    return education.of_practices(house().store, mine, moment_shown(viewer))


def session_of(noted: Practices, practice_id: str, sent: str | None) -> Session | None:
    """The session of this practice that an address names; None without one, 404 and an audit row for one of another practice."""
    if sent is None:
        return None
    rows = noted.sessions.get(practice_id, ())
    return next((row for row in rows if str(row.id) == sent), None) or guard.refuse("session")


def today_of(viewer) -> date:
    """The day of the screen: today, or the past day that is shown."""
    return current_selection().as_of or date.today()


def sessions(viewer, practice_id: str, rates: list) -> list:
    """The tab. rates: rows of the page query `rates` of this practice."""
    noted, titles = noted_of(viewer), {row.slug: title_of(row) for row in rates}
    kept, owed = noted.sessions.get(practice_id, []), noted.promises.get(practice_id, [])
    writes, today = rules.may_write(viewer.role, "session"), today_of(viewer)
    return [
        html.H2("Sessions"),
        html.Ol([_session(viewer, one, titles, noted, today, writes) for one in kept], className="sessions") if kept
        else empty("No session with this practice has been noted."),
        _plan(practice_id, rates) if writes else None,
        html.H2(f"Commitments ({sum(one.standing == OPEN for one in owed):,} open)"),
        html.Ul([_promise(one, today, writes) for one in owed], className="sessions") if owed else empty("Nothing has been promised yet."),
        _promise_form(practice_id) if writes else None,
        html.H2("Their EMR"),
        html.P(noted.emr.get(practice_id) or "Not known: no feed says in which system a practice charts."),
        _emr_form(practice_id, noted.emr.get(practice_id, "")) if writes else None,
    ]


def _session(viewer, one, titles: dict, noted: Practices, today: date, writes: bool) -> html.Li:
    words = "Held" if one.standing == HELD else "Planned" if one.on_date >= today else "Planned, not logged yet"
    with_whom = f"with {one.attendees}, " if one.attendees else ""
    lines = [html.Li([dcc.Link(titles.get(slug, slug), href=address("/measure", rate=slug)),
                      html.Span(f" {gain_words(*_months(viewer, one, slug, noted), one.on_date)}") if one.standing == HELD else None])
             for slug in one.measures]
    return html.Li([html.P([html.Strong(f"{words} {day(one.on_date)}"), html.Span(f", {with_whom}noted by {one.by}", className="quiet")]),
                    html.Ul(lines) if lines else html.P("No focus measures chosen.", className="quiet"),
                    _change(viewer, one) if writes and one.standing == PLANNED else None])


def _months(viewer, one, slug: str, noted: Practices) -> tuple[list, list[list]]:
    """The months of the practice, and those of each practice without a session on this measure in the same year: (day, numerator, denominator)."""
    places: dict[str, list] = {}
    plan = "all" if current_selection().contract is None else str(current_selection().contract)
    for row in ask("practice_months", viewer, rate=slug, plan_key=plan, period=one.on_date.year):
        places.setdefault(row.place, []).append((row.as_of, row.numerator, row.denominator))
    visited = {place for place, kept in noted.sessions.items()
               if any(of.standing == HELD and slug in of.measures and of.on_date.year == one.on_date.year for of in kept)}
    return places.get(one.practice_id, []), [kept for place, kept in places.items() if place != one.practice_id and place not in visited]


def _change(viewer, one) -> html.Div:
    return html.Div([
        dcc.Link("Packet", href=address("/packet", session=one.id), className="row-action"),
        dcc.Link("Hold it", href=address("/session", session=one.id), className="row-action"),
        html.Details([html.Summary("Log"), was_held(one)], className="twin"),
        form(address("/practice/session"), "Cancel it", f"session-cancel-{one.id}", [],
             {"practice": one.practice_id, "of": str(one.id), "change": CANCELLED}),
    ], className="session-changes")


def was_held(one):
    """The form that logs a planned session; the day is today's where it was planned for later."""
    hidden = {"practice": one.practice_id, "of": str(one.id), "on_date": str(min(one.on_date, date.today())),
              **{f"focus{number}": slug for number, slug in enumerate(one.measures, 1)}}
    return form(address("/practice/session"), "It was held", f"session-held-{one.id}", [
        field("attendees", "Who was there (no patients)", value=one.attendees, need=False, owner=f"held-{one.id}")], hidden)


def _plan(practice_id: str, rates: list) -> html.Details:
    choices = [("", "none"), *[(row.slug, title_of(row)) for row in rates]]
    return html.Details([html.Summary("Plan or log a session"), form(address("/practice/session"), "Save", "session-new", [
        field("on_date", "Day: past is logged, future is planned", kind="date", owner="session"),
        *[pick(f"focus{number}", f"Focus measure {number}", choices, owner="session") for number in range(1, FOCUS + 1)],
        field("attendees", "Who was or will be there", need=False, owner="session"),
    ], {"practice": practice_id}), html.P(NO_NAMES, className="quiet")], className="twin")


def _promise(one, today: date, writes: bool) -> html.Li:
    late = html.Span(f"overdue since {day(one.due_date)}", className="late") if one.overdue(today) else None
    until = late or html.Span(f"by {day(one.due_date)}, {one.standing}", className="quiet")
    hidden = {"practice": one.practice_id, "of": str(one.id)}
    buttons = [html.Button([words, html.Span(f": {one.what}", className="visually-hidden")], type="submit", name="change", value=value,
                           className="btn btn-outline-primary") for value, words in ((KEPT, "Kept"), (DROPPED, "Dropped"))]
    change = form(address("/practice/promise"), buttons, f"promise-{one.id}", [], hidden) if writes and one.standing == OPEN else None
    return html.Li([html.P([html.Strong(one.what), f", {one.who} " if one.who else " ", until]), change])


def _promise_form(practice_id: str) -> html.Details:
    sent = form(address("/practice/promise"), "Save", "promise-new", _promised(), {"practice": practice_id})
    return html.Details([html.Summary("Note a commitment"), sent, html.P(NO_NAMES, className="quiet")], className="twin")


def _promised() -> list:
    return [field("what", "What was promised", owner="promise"), field("who", "Who does it", need=False, owner="promise"),
            field("due_date", "By when", kind="date", owner="promise")]


def hold_promise(held: Session, at: int) -> html.Section:
    """What is promised while a session is held; saving comes back to the same screen."""
    hidden = {"practice": held.practice_id, "held": str(held.id), "at": str(at)}
    return html.Section([html.H2("Write down a commitment"), form(address("/practice/promise"), "Save", "promise-new", _promised(), hidden),
                         html.P(NO_NAMES, className="quiet")], className="hold-promise")


def _emr_form(practice_id: str, known: str) -> html.Details:
    return html.Details([html.Summary("Say which EMR they use"), form(address("/practice/emr"), "Save", "emr", [
        field("emr", "EMR", value=known, need=False, owner="emr")], {"practice": practice_id})], className="twin")


def promise_words(owed: list, today: date) -> str:
    """1 overdue, 2 open; how the promises of a practice stand."""
    overdue = sum(one.overdue(today) for one in owed)
    still = sum(one.standing == OPEN for one in owed) - overdue
    parts = [f"{overdue:,} overdue"] * bool(overdue) + [f"{still:,} open"] * bool(still)
    return ", ".join(parts) or ("all settled" if owed else "none")
