"""What people note by a form: outreach list, attempts, what is ready for a visit, own targets. Every value is the sender's invention."""

from datetime import date

from flask import Flask, abort, redirect, request, session
from flask_login import current_user

from dashboard.access import audit, patients, rules
from dashboard.access.selection import address, current_selection
from dashboard.access.tokens import person_of
from dashboard.components.words import count
from dashboard.house import house
from dashboard.queries import ask
from dashboard.web import exports, guard
from dashboard.worklog import contacts, prepared, targets

PATHS = ("/outreach/chosen", "/outreach/attempt", "/today/prepared", "/my-numbers/target")
MOST = 1_000  # people chosen at once
BACK = ("show", "sort", "page", "cohort")  # what an address of the list may say


def register(server: Flask) -> None:
    """Add the routes; the guard lets signed-in viewers through to them and asks for the form's token."""
    for path, view in zip(PATHS, (change_chosen, log_attempt, mark_prepared, set_target), strict=True):
        server.add_url_rule(path, view_func=view, methods=["POST"])


def _writer(what: str):
    """The viewer, when the role may write this and now is shown; 404 and an audit row, or 409."""
    viewer = _chooser()
    if not rules.may_write(viewer.role, what):
        guard.refuse(what)
    if current_selection().as_of:
        abort(409, "The past is shown there: nothing can be changed in it.")
    return viewer


def _chooser():
    guard.check_selection()
    return current_user._get_current_object()


def _field(name: str, length: int = 40) -> str:
    return request.form.get(name, "").strip()[:length]


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(_field(name)) if _field(name) else None
    except ValueError:
        return None


def _back(text: str):
    session["told"] = text
    return redirect(address("/panel", **{name: request.args.get(name, "")[:80] for name in BACK}))


def _to_patient(viewer, person: int, text: str):
    session["told"] = text
    return redirect(patients.address_of(viewer, person))


def _chosen(viewer) -> list[int]:
    """The people whose tokens were sent; 404 and an audit row when one is not the viewer's."""
    tokens = request.form.getlist("who")
    if viewer.role not in rules.PEOPLE or len(tokens) > MOST:
        guard.refuse("panel")
    own = {row.person for row in ask("own_people", viewer)}
    people = [person_of(house().key, viewer.user_id, token) for token in tokens]
    return list(dict.fromkeys(people)) if own.issuperset(people) else guard.refuse("panel")


def change_chosen():
    """What is to happen with the people chosen on a page of My panel: on the outreach list, off it, into a file."""
    change = _field("change")
    if change not in ("list", "unlist", "export"):
        abort(404)
    viewer = _chooser() if change == "export" else _writer("outreach")
    people = _chosen(viewer)
    if not people:
        return _back("Choose patients first: nobody was chosen.")
    if change == "export":
        return exports.of_chosen(viewer, people)
    told = _list(viewer, people) if change == "list" else _unlist(viewer, people)
    return _to_patient(viewer, people[0], told) if request.args.get("patient") and len(people) == 1 else _back(told)


def _list(viewer, people: list[int]) -> str:
    standing = house().contacts.now()
    refused = [person for person in people if standing.get(person, contacts.NOTHING).refused]
    added = [person for person in people if person not in refused and not standing.get(person, contacts.NOTHING).listed]
    _note(viewer, added, contacts.LISTED)
    there = len(people) - len(refused) - len(added)
    told = [f"{count(len(added), 'patient', 'patients')} added to the outreach list."]
    told += [f"{there:,} stood on it already."] if there else []
    told += [f"{len(refused):,} asked not to be contacted and {'was' if len(refused) == 1 else 'were'} left out."] if refused else []
    return " ".join(told)


def _unlist(viewer, people: list[int]) -> str:
    standing = house().contacts.now()
    taken = [person for person in people if standing.get(person, contacts.NOTHING).listed]
    _note(viewer, taken, contacts.UNLISTED)
    return f"{count(len(taken), 'patient', 'patients')} taken off the outreach list."


def _note(viewer, people: list[int], kind: str) -> None:
    contacts.note(house().store, viewer, people, kind)
    for person in people:
        audit.note(viewer, "outreach changed", page="panel", person=person, change=kind)


def log_attempt():
    """An attempt to reach a patient: outcome, and the day of the next one."""
    viewer, outcome = _writer("outreach"), _field("outcome")
    person = patients.find(viewer, _field("token", 80))
    if person is None or outcome not in contacts.OUTCOMES:
        guard.refuse("outreach")
    standing = house().contacts.now().get(person, contacts.NOTHING)
    if outcome == contacts.RECORDS and not (standing.listed or standing.refused):
        _note(viewer, [person], contacts.LISTED)  # somebody has to see that they come
    contacts.note(house().store, viewer, [person], contacts.ATTEMPT, outcome, _day("next_date"))
    audit.note(viewer, "contact logged", page="panel" if request.args.get("back") else "patient", person=person, outcome=outcome)
    told = f"Saved: {contacts.OUTCOMES[outcome].lower()}."
    if outcome == contacts.STOP:
        told += " This patient is off the outreach list and marked do not contact."
    if request.args.get("back") == "panel":
        return _back(told)
    return _to_patient(viewer, person, told)


def mark_prepared():
    """A box of Today: an action is ready for a visit, or not. Answers without a page: the box already shows it."""
    viewer, day = _writer("prepared"), _day("day")
    person, measure_id = patients.find(viewer, _field("token", 80)), _field("measure_id")
    if person is None or day is None:
        guard.refuse("prepared")
    asked = [row for row in ask("today_actions", viewer, day=day) if (row.person, row.measure_id) == (person, measure_id) and row.assistant_action]
    if not asked:
        guard.refuse("prepared")
    done = _field("done") == "1"
    prepared.note(house().store, viewer, day, person, measure_id, done)
    audit.note(viewer, "prepared", page="today", person=person, measure=measure_id, done=int(done))
    return "", 204


def set_target():
    """The viewer's own target for a rate, in per cent; empty takes it away."""
    viewer, rate, text = _writer("target"), _field("rate", 80), _field("target", 8).removesuffix("%").strip()
    if rate not in {row.slug for row in ask("rates", viewer, line="")}:
        guard.refuse("target")
    session["told"] = _target(viewer, rate, text)
    return redirect(address("/my-numbers"))


def _target(viewer, rate: str, text: str) -> str:
    try:
        value = float(text) / 100 if text else None
    except ValueError:
        value = -1.0
    if value is not None and not 0 < value <= 1:
        return f"{text!r} is no target: write a number from 1 to 100. Nothing was saved."
    targets.put(house().store, viewer, rate, value)
    audit.note(viewer, "target changed", page="my_numbers", rate=rate)
    return "Saved. Only you see it." if value is not None else "Your own target is gone; the public one counts again."
