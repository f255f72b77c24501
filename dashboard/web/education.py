"""What support notes of a practice by a form: sessions, what was promised in them, its EMR. Every value is the sender's invention."""

from datetime import date

from flask import Flask, abort, redirect, request, session
from flask_login import current_user

from dashboard.access import audit, rules
from dashboard.access.selection import Selection, current_selection
from dashboard.given import whole
from dashboard.house import house
from dashboard.queries import ask, reach_of
from dashboard.web import guard
from dashboard.web.practices import of_practice
from dashboard.worklog import education
from dashboard.worklog.education import CANCELLED, DROPPED, FOCUS, HELD, KEPT, OPEN, PLANNED, Promise, Session

PREPARE = "prepare"  # a change of a session: plan it and build its packet
PATHS = ("/practice/session", "/practice/promise", "/practice/emr")


def register(server: Flask) -> None:
    """Add the routes; the guard lets signed-in viewers through to them and asks for the form's token."""
    for path, view in zip(PATHS, (note_session, note_promise, note_emr), strict=True):
        server.add_url_rule(path, view_func=view, methods=["POST"])


def _writer():
    """(viewer, practice_id), when the role may note something of this practice and now is shown; 404 and an audit row, or 409."""
    guard.check_selection()
    viewer, practice_id = current_user._get_current_object(), _field("practice", 80)
    if not rules.may_write(viewer.role, "session") or not reach_of(viewer).place(Selection("practice", practice_id)):
        guard.refuse("session")
    if current_selection().as_of:
        abort(409, "The past is shown there: nothing can be changed in it.")
    return viewer, practice_id


def _field(name: str, length: int = 200) -> str:
    return request.form.get(name, "").strip()[:length]


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(_field(name, 10))
    except ValueError:
        return None


def _back(viewer, practice_id: str, text: str, what: str = ""):
    return _go(viewer, of_practice(practice_id, "/practice", show="sessions"), text, what)


def _go(viewer, address: str, text: str, what: str = ""):
    if what:
        audit.note(viewer, "session noted", page="practice", what=what)
    session["told"] = text
    return redirect(address)


def _known(practice_id: str, which: str, field: str = "of"):
    """The session or promise that a field of the form names; None for a new one, 404 and an audit row for one of another practice."""
    sent = _field(field, 12)
    if not sent:
        return None
    rows = getattr(education.of_practices(house().store, {practice_id}), which).get(practice_id, ())
    return next((row for row in rows if str(row.id) == sent), None) or guard.refuse("session")


def note_session():
    """Plan a session, log one that was held, or cancel one; `prepare` plans it and leads to its packet."""
    viewer, practice_id = _writer()
    before, on_date, change = _known(practice_id, "sessions"), _day("on_date"), _field("change")
    if change == CANCELLED and before:
        education.put_session(house().store, viewer, practice_id, before._replace(standing=CANCELLED))
        return _back(viewer, practice_id, "The session is cancelled.", CANCELLED)
    if on_date is None:
        return _back(viewer, practice_id, "Say on which day the session is or was. Nothing was saved.")
    known = {row.slug for row in ask("rates", viewer, line="")}
    focus = list(dict.fromkeys(slug for slug in (_field(f"focus{number}", 80) for number in range(1, FOCUS + 1)) if slug))
    if not known.issuperset(focus):
        guard.refuse("session")
    standing = HELD if on_date <= date.today() else PLANNED
    said = Session(before.id if before else 0, practice_id, standing, on_date, tuple(focus), _field("attendees"), "")
    if change == PREPARE:
        return _prepare(viewer, said)
    education.put_session(house().store, viewer, practice_id, said)
    return _back(viewer, practice_id, "The session is logged." if standing == HELD else "The session is planned.", standing)


def _prepare(viewer, said: Session):
    """On the day itself a session is still to be held."""
    if said.on_date < date.today():
        return _go(viewer, of_practice(said.practice_id, "/packet"), "A packet is for a session that is still to come. Nothing was saved.")
    number = education.put_session(house().store, viewer, said.practice_id, said._replace(standing=PLANNED))
    return _go(viewer, of_practice(said.practice_id, "/packet", session=number), "The session is planned, its packet is ready.", PREPARE)


def note_promise():
    """Note what a practice promised, or what became of it."""
    viewer, practice_id = _writer()
    before, change = _known(practice_id, "promises"), _field("change")
    to = _screen(practice_id)
    if before and change in (KEPT, DROPPED):
        education.put_promise(house().store, viewer, practice_id, before._replace(standing=change))
        return _go(viewer, to, f"Saved: {change}.", change)
    what, due = _field("what"), _day("due_date")
    if before or not what or due is None:
        return _go(viewer, to, "Say what was promised and by when. Nothing was saved.")
    education.put_promise(house().store, viewer, practice_id, Promise(0, practice_id, OPEN, what, _field("who", 80), due))
    return _go(viewer, to, "The commitment is saved.", "promise")


def _screen(practice_id: str) -> str:
    """Where the form stood: on a screen of the session that is being held, or among the practice's sessions."""
    held = _known(practice_id, "sessions", "held")
    return (of_practice(practice_id, "/session", session=held.id, at=whole(_field("at", 3), 0, FOCUS)) if held
            else of_practice(practice_id, "/practice", show="sessions"))


def note_emr():
    """Note in which system the practice charts."""
    viewer, practice_id = _writer()
    education.put_emr(house().store, viewer, practice_id, _field("emr", 80))
    return _back(viewer, practice_id, "Saved.", "emr")
