"""My account: who looked at my panel, where I am signed in, a new password."""

import dash

from dashboard.access import audit, current_viewer, rules, sessions
from dashboard.components.as_of import moment_in_words
from dashboard.components.elements import dcc, html
from dashboard.components.states import empty, told_line
from dashboard.components.table import table
from dashboard.components.words import count
from dashboard.house import house
from dashboard.queries import ask
from dashboard.web.form import field, form
from dashboard.web.forms import take_told

DAYS = 90  # of the log that "who looked at my panel" goes through
SIGN_INS = 10


def layout(show=None, **_):
    """The screen; who looked at the panel comes first for those who have one."""
    viewer = current_viewer("account")
    told = take_told()
    return html.Div([
        told_line(told),
        _viewers(viewer) if viewer.role in rules.CLINIC else html.H1(viewer.display_name),
        _sign_ins(viewer),
        html.Section([html.H2("Change my password"), form("/account/password", "Change password", "account-password", [
            field("old", "Old password", kind="password", complete="current-password"),
            field("new", "New password, at least 12 characters", kind="password", complete="new-password"),
            field("again", "New password again", kind="password", complete="new-password")])]),
    ], className="page account")


def _viewers(viewer) -> html.Section:
    """Everybody but the viewer who opened one of the viewer's patients."""
    mine = {row.person for row in ask("own_people", viewer)}
    rows = audit.who_viewed(house().store, mine, DAYS, but=viewer.user_id)
    heading = html.H1([html.Strong(f"{len(rows):,}"), f" {'person' if len(rows) == 1 else 'people'} looked at my panel in the last {DAYS} days"])
    if not rows:
        return html.Section([heading, empty("Nobody but you opened one of your patients.")])
    lines = [[row.username, row.role, count(row.people, "patient", "patients"), moment_in_words(row.last_at)] for row in rows]
    return html.Section([heading, table("Who looked at my panel", ["Who", "Role", "Opened", "Last"], lines)])


def _sign_ins(viewer) -> html.Section:
    rows = sessions.recent(house().store, viewer, SIGN_INS)
    lines = [[moment_in_words(row.started_at), moment_in_words(row.seen_at), "this one" if row.here else "open" if row.open else "ended"]
             for row in rows]
    others = any(row.open and not row.here for row in rows)
    return html.Section([
        html.H2("Where I signed in"), table("My sign-ins, newest first", ["Signed in", "Last click", "Now"], lines),
        form("/account/sessions", "Sign out everywhere else", "account-sessions", []) if others else None,
        html.P(dcc.Link("Back to the first page", href="/", refresh=True)),
    ])


dash.register_page(__name__, path="/account", name="My account", title="My account - Huddleboard", layout=layout, pickers=())
