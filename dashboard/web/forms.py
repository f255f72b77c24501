"""What forms send: a new password, other sessions to end, changes of accounts. Each answers with a redirect and one line to read."""

from datetime import date

from flask import Flask, abort, redirect, request, session
from flask_login import current_user

from dashboard.access import accounts, audit, rules, sessions
from dashboard.access.passwords import MIN_LENGTH
from dashboard.errors import Fault
from dashboard.house import house
from dashboard.queries import ask
from dashboard.web import cohort_forms

PATHS = ("/account/password", "/account/sessions", "/account/request", "/users/change", cohort_forms.PATH)
REQUESTS = {"compare": "/compare?by=clinician"}  # screens whose names a role may lack, and where each shows


def register(server: Flask) -> None:
    """Add the routes; the guard lets signed-in viewers through to them and asks for the form's token."""
    for path, view in zip(PATHS, (change_password, end_other_sessions, request_access, change_users, cohort_forms.change_cohorts), strict=True):
        server.add_url_rule(path, view_func=view, methods=["POST"])


def tell(text: str, path: str):
    """Back to a page that shows the line once."""
    session["told"] = text
    return redirect(path)


def take_told() -> str:
    """The line that the last form left, once."""
    return session.pop("told", "")


def change_password():
    """The viewer's own password; other sessions end."""
    viewer, store = current_user._get_current_object(), house().store
    old, new, again = (request.form.get(name, "")[:1024] for name in ("old", "new", "again"))
    if new != again:
        return tell("The new password was not the same twice. Nothing changed.", "/account")
    try:
        if not sessions.knows_password(store, viewer, old, request.remote_addr or ""):
            return tell("The old password is not right. Nothing changed.", "/account")
        accounts.set_password(store, viewer.username, new, keep=viewer.secret, by=viewer)
    except sessions.TooManyTries:
        return tell("Too many tries. Wait 15 minutes.", "/account")
    except Fault:
        return tell(f"The new password needs at least {MIN_LENGTH} characters. Nothing changed.", "/account")
    return tell("Password changed. Everywhere else you are signed out.", "/account")


def end_other_sessions():
    """Sign the viewer out everywhere but here."""
    viewer, store = current_user._get_current_object(), house().store
    with store.begin() as open_session:
        sessions.sign_out_everywhere(open_session, viewer.user_id, keep=viewer.secret)
    audit.note(viewer, "signed out", page="account")
    return tell("Everywhere else you are signed out.", "/account")


def request_access():
    """Ask to see names where counts show; the administrator finds it on Users."""
    viewer, page = current_user._get_current_object(), request.form.get("page", "")
    if page not in REQUESTS or not rules.may_open(viewer.role, page):
        audit.note(viewer, "refused", page="request")
        abort(404)
    audit.note(viewer, "access requested", page=page)
    return tell("Your administrator sees your request.", REQUESTS[page])


def change_users():
    """An administrator's change of an account."""
    viewer = current_user._get_current_object()
    if not rules.may_open(viewer.role, "users"):
        audit.note(viewer, "refused", page="users")
        abort(404)
    change, username = _CHANGES.get(request.form.get("change", "")), request.form.get("username", "")[:80].strip().lower()
    if change is None:
        abort(404)
    if username == viewer.username and change not in (_add_scope, _training):
        return tell("Your own account is changed by another administrator, or under My account.", "/users")
    try:
        return tell(change(house().store, username, viewer), "/users")
    except Fault as fault:
        return tell(str(fault), "/users")


def places(viewer) -> list[tuple[str, str]]:
    """(scope, words) of every place of the served version whose people a user may be given: group > practice > clinician."""
    rows = ask("places_by_name", viewer)
    groups = {f"group:{row.group_id}": f"Group {row.group_name}" for row in rows if row.group_id}
    practices = {f"practice:{row.practice_id}": f"{row.group_name or 'No group'} > {row.practice_name}" for row in rows if row.practice_id}
    clinicians: dict[str, list[str]] = {}
    for row in rows:
        if row.clinician_npi:
            clinicians.setdefault(f"clinician:{row.clinician_npi}", []).append(row.practice_name or "no practice")
    named = {f"clinician:{row.clinician_npi}": row.name or f"NPI {row.clinician_npi}" for row in rows if row.clinician_npi}
    doctors = {scope: f"{named[scope]} ({', '.join(dict.fromkeys(where))})" for scope, where in clinicians.items()}
    return [("organization:", "Whole organization"), *groups.items(), *practices.items(), *sorted(doctors.items(), key=lambda one: one[1])]


def _add(store, username: str, viewer) -> str:
    accounts.add_user(store, username, _field("role"), request.form.get("password", "")[:1024], _field("display_name"), by=viewer)
    return f"{username} can sign in now. Without a scope nobody's data shows."


def _disable(store, username: str, viewer) -> str:
    accounts.set_disabled(store, username, True, by=viewer)
    return f"{username} is disabled and signed out."


def _enable(store, username: str, viewer) -> str:
    accounts.set_disabled(store, username, False, by=viewer)
    return f"{username} can sign in again."


def _role(store, username: str, viewer) -> str:
    accounts.set_role(store, username, _field("role"), by=viewer)
    return f"{username} is {_field('role')} now, and signed out."


def _set_password(store, username: str, viewer) -> str:
    accounts.set_password(store, username, request.form.get("password", "")[:1024], by=viewer)
    return f"{username} has a new password and is signed out everywhere."


def _add_scope(store, username: str, viewer) -> str:
    place = _field("place")
    if place not in {scope for scope, _ in places(viewer)}:
        raise Fault("place", "there is no such place in the data.", "Choose one of the list.")
    kind, _, value = place.partition(":")
    accounts.add_scope(store, username, kind, value, _day("start"), _day("end"), by=viewer)
    return f"{username} has another scope."


def _training(store, username: str, viewer) -> str:
    accounts.set_training(store, username, _day("until"), by=viewer)
    return f"{username}: training valid until {_field('until')}." if _field("until") else f"{username}: no training date."


def _end_scopes(store, username: str, viewer) -> str:
    ended = accounts.end_scopes(store, username, by=viewer)
    return f"{username}: {ended} scopes ended as of yesterday."


_CHANGES = {"add": _add, "disable": _disable, "enable": _enable, "password": _set_password, "scope": _add_scope, "training": _training, "role": _role,
            "end": _end_scopes}


def _field(name: str) -> str:
    return request.form.get(name, "")[:120].strip()


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(_field(name)) if _field(name) else None
    except ValueError as error:
        raise Fault(name, f"{_field(name)!r} is no day.", "Write it as 2026-11-24.") from error
