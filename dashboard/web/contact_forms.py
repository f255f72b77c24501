"""Forms of the outreach list: what to do with the people chosen, an attempt to reach one, a patient's contacts."""

from dashboard.access import rules
from dashboard.access.selection import address, current_selection
from dashboard.access.tokens import token_of
from dashboard.components.as_of import moment_in_words
from dashboard.components.elements import dcc, html
from dashboard.components.words import day
from dashboard.house import house
from dashboard.web.form import field, form, pick
from dashboard.worklog import contacts
from dashboard.worklog.chosen import OUTREACH, moment_shown

SHOWN = 10  # rows of a patient's contacts


def choose(viewer, row, name: str) -> html.Label:
    """The box by which a patient of a list is chosen."""
    token = token_of(house().key, viewer.user_id, row.person)
    return html.Label([dcc.Input(id=f"panel-choose-{token}", type="checkbox", name="who", value=token, className="choose"),
                       html.Span(f"Choose {name}", className="visually-hidden")], className="choose-box", htmlFor=f"panel-choose-{token}")


def actions_on_chosen(viewer, here: dict) -> html.Div:
    """What can be done with the people whose boxes are ticked; live.js sends them along. here: what the address of the list says."""
    return html.Div([
        html.Label([dcc.Input(id="panel-choose-all", type="checkbox", value="all", className="choose-all"), html.Span("All on this page")],
                   className="choose-box", htmlFor="panel-choose-all"),
        html.Span("Nobody chosen", id="panel-chosen", className="chosen-count quiet", role="status"),
        form(address("/outreach/chosen", **here), _buttons(viewer, here["show"]), "panel-chosen-form", []),
        html.Button("Print", id="panel-print", type="button", className="btn btn-outline-primary", title="Those chosen, or the whole page"),
    ], className="chosen-bar")


def _buttons(viewer, show: str) -> list:
    change = ("unlist", "Take off the outreach list") if show == OUTREACH else ("list", "Add to outreach list")
    offered = [change] if rules.may_write(viewer.role, "outreach") else []
    return [html.Button(words, type="submit", name="change", value=value, className="btn btn-outline-primary")
            for value, words in [*offered, ("export", "Export chosen (CSV)")]]


def attempt(viewer, row, name: str, here: dict | None = None):
    """Log an attempt in place; None for who may not. here: what the address of the list says, to come back to it."""
    if not rules.may_write(viewer.role, "outreach"):
        return None
    token = token_of(house().key, viewer.user_id, row.person)
    sent = address("/outreach/attempt", **({"back": "panel"} | here if here else {}))
    fields = [pick("outcome", "How it went", list(contacts.OUTCOMES.items()), owner=token),
              field("next_date", "Try again on", kind="date", need=False, owner=token)]
    words = html.Summary(["Log an attempt", html.Span(f" to reach {name}", className="visually-hidden")])
    return html.Details([words, form(sent, "Save", f"attempt-{token}", fields, {"token": token})], className="twin attempt")


def request_records(viewer, row):
    """Ask for the records of a new patient: it stands on the outreach list then, and among the contacts. row: of `patient`."""
    if not rules.may_write(viewer.role, "outreach"):
        return None
    hidden = {"token": token_of(house().key, viewer.user_id, row.person), "outcome": contacts.RECORDS}
    return form(address("/outreach/attempt"), "Request records", "patient-records", [], hidden)


def last_contact(standing: contacts.Standing) -> list | str:
    """Left a message, 12 Feb 2026; with the word where the patient asked not to be contacted."""
    if standing.last_at is None:
        return ""
    said = f"{contacts.OUTCOMES[standing.outcome]}, {day(standing.last_at)}"
    refused = standing.refused and standing.outcome != contacts.STOP
    return [html.Strong("Do not contact. ", className="refused"), said] if refused else said


def of_patient(viewer, row, name: str) -> html.Section:
    """The contacts with a patient, newest first; row: of `patient`."""
    rows = contacts.of_person(house().store, row.person, moment_shown(viewer))
    standing = contacts.folded({}, rows[::-1]).get(row.person, contacts.NOTHING)
    lines = [html.Li([html.Span(moment_in_words(one.at), className="quiet"), html.Span(_said(one)), html.Span(one.display_name, className="quiet")])
             for one in rows[:SHOWN]]
    where = "Do not contact: the patient asked for it." if standing.refused else "On the outreach list." if standing.listed else ""
    told = html.Strong(where) if where else "Nobody has logged a contact yet."
    return html.Section([html.H2("Contacts"), html.P(told) if where or not rows else None,
                         html.Ul(lines, className="contacts") if lines else None, attempt(viewer, row, name), _list(viewer, row, standing)],
                        className="contacts-of")


def _said(one) -> str:
    if one.kind != contacts.ATTEMPT:
        return "Put on the outreach list" if one.kind == contacts.LISTED else "Taken off the outreach list"
    return contacts.OUTCOMES.get(one.outcome, one.outcome) + (f", next on {day(one.next_date)}" if one.next_date else "")


def _list(viewer, row, standing):
    if not rules.may_write(viewer.role, "outreach") or standing.refused or standing.listed or current_selection().as_of:
        return None
    hidden = {"who": token_of(house().key, viewer.user_id, row.person), "change": "list"}
    return form(address("/outreach/chosen", patient=1), "Add to outreach list", "patient-list", [], hidden)
