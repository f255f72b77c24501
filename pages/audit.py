"""Audit log: who did what, newest first, by what was done, by user and by person. For auditors and administrators, who see no people."""

import dash
from dash import Input, Output, callback
from flask import abort

from dashboard.access import audit, current_viewer
from dashboard.access.rules import may_ask
from dashboard.access.selection import address
from dashboard.access.tokens import token_of
from dashboard.components.elements import dbc, dcc, html
from dashboard.components.listing import chips, pager
from dashboard.components.log_words import detail_words, who_words
from dashboard.components.words import count, day, moment, person_name
from dashboard.given import short_text, whole
from dashboard.house import house
from dashboard.queries import ask

PAGE_SIZE = 50
FOUND, LEAST = 8, 2  # people shown of a search; letters that it needs
HEADINGS = ("When (UTC)", "Who", "Role", "What", "Page", "Person", "Detail", "From")


def layout(action=None, user=None, person=None, page=None, **_):
    """The log; URL = state. A person stands in it as the viewer's own token."""
    viewer, page = current_viewer("audit"), whole(page, 1, 100_000)
    chosen = audit.Filter.of(house().key, viewer, {"action": action, "user": user, "person": person})
    kept = {"user": chosen.username, "person": person if chosen.person is not None else None}
    counts = audit.counts(house().store, chosen._replace(action=""))
    rows = audit.newest(house().store, PAGE_SIZE, PAGE_SIZE * (page - 1), chosen)
    opened = counts.get("viewed patient", 0)
    total = counts.get(chosen.action, 0) if chosen.action else sum(counts.values())
    kinds = [(word, word.capitalize(), counts[word]) for word in audit.ACTIONS if word in counts]
    return html.Div([
        html.H1([html.Strong(f"{opened:,}"), f" {'time' if opened == 1 else 'times'} a patient was opened", _narrowed(chosen)]),
        html.Div([_users(chosen.username), _finder(), _everybody(chosen, kept),
                  html.A(f"Export {count(total, 'row', 'rows')} (CSV)", className="chip",
                         href=address("/export/audit.csv", action=chosen.action, **kept))],
                 className="filters controls"),
        html.Div(chips([("", "Everything", sum(counts.values())), *kinds], chosen.action, lambda value: address("/audit", action=value, **kept)),
                 className="filters"),
        html.Table([html.Caption("Audit log, newest first", className="visually-hidden"),
                    html.Thead(html.Tr([html.Th(word, scope="col") for word in HEADINGS])),
                    html.Tbody([_row(viewer, row, chosen) for row in rows])], className="list", role="table"),
        pager(page, PAGE_SIZE, total, lambda number: address("/audit", action=chosen.action, page=number, **kept)),
    ], className="page")


def _narrowed(chosen):
    words = [f"by {chosen.username}"] if chosen.username else []
    words += [f"person No. {chosen.person}" if chosen.person >= 0 else "no such person"] if chosen.person is not None else []
    return html.Span(f" ({', '.join(words)})", className="quiet") if words else ""


def _users(username: str) -> html.Label:
    options = [{"label": "All users", "value": "all"}, *[{"label": name, "value": name} for name in audit.who(house().store)]]
    known = username if username in [option["value"] for option in options] else "all"
    return html.Label([html.Span("User"), dbc.Select(id="audit-user", options=options, value=known, class_name="pick pick-user")],
                      className="picker", htmlFor="audit-user")


def _finder() -> html.Div:
    """A person's rows by name or id. What is typed may be a name, so it never stands in the address."""
    return html.Div([html.Label("Person", htmlFor="audit-search"),
                     dcc.Input(id="audit-search", type="search", placeholder="Name or member id", debounce=0.3, maxLength=60, autoComplete="off",
                               className="form-control search"),
                     html.Div(id="audit-found", className="found", **{"aria-live": "polite"})], className="finder in-page")


@callback(Output("audit-found", "children"), Input("audit-search", "value"), prevent_initial_call=True)
def find_person(text):
    """People of the log by name or id, each a link to the rows; nothing else of them is shown."""
    viewer, wanted = current_viewer(), short_text(text).lower()
    if not may_ask(viewer.role, "people_in_log"):
        abort(404)
    if len(wanted) < LEAST:
        return None
    rows = ask("people_in_log", viewer, search=wanted, logged=audit.people(house().store), page_size=FOUND)
    audit.note(viewer, "searched", page="audit", people=len(rows))
    if not rows:
        return html.P("Nobody in the log has this id or a name like it.")
    more = [html.P(f"{rows[0].total - FOUND:,} more: type more of the name.", className="quiet")] if rows[0].total > FOUND else []
    return [html.Ul([html.Li(dcc.Link([html.Strong(person_name(row)), html.Span(f"born {day(row.birth_date)}", className="quiet")],
                                      href=address("/audit", person=token_of(house().key, viewer.user_id, row.person)))) for row in rows]), *more]


def _everybody(chosen, kept: dict):
    if chosen.person is None:
        return None
    return dcc.Link("All people", href=address("/audit", action=chosen.action, **(kept | {"person": None})), className="chip")


def _row(viewer, row, chosen) -> html.Tr:
    cells = [("Who", dcc.Link(row.username, href=address("/audit", action=chosen.action, user=row.username)) if row.username else who_words(row)),
             ("Role", row.role), ("What", row.action), ("Page", row.page.replace("_", " ")), ("Person", _person(viewer, row, chosen)),
             ("Detail", detail_words(row.detail)), ("From", row.address)]
    return html.Tr([html.Th(moment(row.at), scope="row")] + [html.Td(words, **{"data-label": label}) for label, words in cells])


def _person(viewer, row, chosen):
    """Who else did what about the same person."""
    if row.person is None:
        return ""
    token = token_of(house().key, viewer.user_id, row.person)
    return dcc.Link(f"No.\N{NO-BREAK SPACE}{row.person}", href=address("/audit", action=chosen.action, person=token))


dash.register_page(__name__, path="/audit", name="Audit log", title="Audit log - Huddleboard", layout=layout, pickers=())
