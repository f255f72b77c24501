"""Audit log: who did what, newest first. For auditors and administrators, who see no people."""

import dash

from dashboard.access import audit, current_viewer
from dashboard.access.selection import address
from dashboard.components.elements import html
from dashboard.components.listing import chips, pager
from dashboard.components.words import moment
from dashboard.given import choice, whole
from dashboard.house import house

PAGE_SIZE = 50
HEADINGS = ("When (UTC)", "Who", "Role", "What", "Page", "Person", "Detail", "From")


def layout(action=None, page=None, **_):
    """The log, filtered by what was done."""
    current_viewer("audit")
    counts = audit.counts(house().store)
    action, page = choice(action, audit.ACTIONS, ""), whole(page, 1, 100_000)
    rows = audit.newest(house().store, PAGE_SIZE, PAGE_SIZE * (page - 1), action or None)
    total = counts.get(action, 0) if action else sum(counts.values())
    kinds = [(word, word.capitalize(), counts[word]) for word in audit.ACTIONS if word in counts]
    return html.Div([
        html.H1([html.Strong(f"{counts.get('viewed patient', 0):,}"), " times a patient was opened"]),
        chips([("", "Everything", sum(counts.values())), *kinds], action, lambda value: address("/audit", action=value)),
        html.Table([html.Caption("Audit log, newest first", className="visually-hidden"),
                    html.Thead(html.Tr([html.Th(word, scope="col") for word in HEADINGS])),
                    html.Tbody([_row(row) for row in rows])], className="list", role="table"),
        pager(page, PAGE_SIZE, total, lambda number: address("/audit", action=action, page=number)),
    ], className="page")


def _row(row) -> html.Tr:
    detail = ", ".join(f"{name} {value}" for name, value in row.detail.items())
    cells = [("Who", row.username), ("Role", row.role), ("What", row.action), ("Page", row.page),
             ("Person", f"No. {row.person}" if row.person is not None else ""), ("Detail", detail), ("From", row.address)]
    return html.Tr([html.Th(moment(row.at), scope="row")] + [html.Td(words, **{"data-label": label}) for label, words in cells])


dash.register_page(__name__, path="/audit", name="Audit log", title="Audit log - Huddleboard", layout=layout, pickers=())
