"""Users: who may sign in, with which role, whose people they see and since when. For administrators."""

import dash

from dashboard.access import accounts, current_viewer
from dashboard.components.as_of import moment_in_words
from dashboard.components.elements import html
from dashboard.components.words import count, day
from dashboard.house import house
from dashboard.state.models import ROLES, SCOPE_KINDS, utc_now
from dashboard.web.form import field, form, pick
from dashboard.web.forms import take_told

HEADINGS = ("User", "Role", "Sees", "Last sign-in", "Status", "Change")


def layout(**_):
    """The screen: the accounts, and a form for another one."""
    viewer = current_viewer("users")
    users, told = accounts.all_users(house().store), take_told()
    active = [user for user in users if not user.disabled_at]
    return html.Div([
        html.P(told, className="told", role="status") if told else None,
        _sentence(len(active), len(users) - len(active)),
        html.Table([html.Caption("Users by name", className="visually-hidden"),
                    html.Thead(html.Tr([html.Th(words, scope="col") for words in HEADINGS])),
                    html.Tbody([_row(user, user.username == viewer.username) for user in users])], className="list", role="table"),
        html.Section([html.H2("Add a user"), form("/users/change", "Add user", "users-add", [
            field("username", "User name", owner="add"), field("display_name", "Name on screen", owner="add"),
            pick("role", "Role", [(role, role.capitalize()) for role in ROLES], owner="add"),
            field("password", "First password, at least 12 characters", kind="password", complete="new-password", owner="add")], {"change": "add"})]),
    ], className="page users")


def _sentence(active: int, disabled: int) -> html.H1:
    rest = html.Span(f", {count(disabled, 'account', 'accounts')} disabled", className="quiet") if disabled else ""
    return html.H1([html.Strong(f"{active:,}"), f" {'user' if active == 1 else 'users'} can sign in", rest])


def _row(user, own: bool) -> html.Tr:
    last = moment_in_words(user.last_sign_in_at) if user.last_sign_in_at else "never"
    status = f"disabled {day(user.disabled_at)}" if user.disabled_at else "may sign in"
    cells = [("Role", user.role), ("Sees", _scopes(user)), ("Last sign-in", last), ("Status", status),
             ("Change", "yourself" if own else _changes(user))]
    return html.Tr([html.Th([user.display_name, html.Div(user.username, className="quiet")], scope="row"),
                    *[html.Td(words, **{"data-label": label}) for label, words in cells]])


def _scopes(user) -> html.Ul | str:
    today = utc_now().date()
    lines = [html.Li(_scope(scope), className="quiet" if scope.end_date and scope.end_date < today else "") for scope in user.scopes]
    return html.Ul(lines, className="menu-links") if lines else "nobody"


def _scope(scope) -> str:
    last = f" to {day(scope.end_date)}" if scope.end_date else ""
    return f"{scope.kind} {scope.value}".strip() + f" {'from' if last else 'since'} {day(scope.start_date)}{last}"


def _changes(user) -> html.Details:
    name, other = user.username, ("enable", "Let sign in again") if user.disabled_at else ("disable", "Disable and sign out")
    owner = f"u{user.id}"
    return html.Details([html.Summary(["Change", html.Span(f" {name}", className="visually-hidden")]), html.Div([
        form("/users/change", "Add scope", f"users-scope-{owner}", [
            pick("kind", "Whose people", [(kind, kind.capitalize()) for kind in reversed(SCOPE_KINDS)], owner=owner),
            field("value", "Id of it (NPI, practice or group; empty for the organization)", need=False, owner=owner),
            field("start", "First day (empty: today)", need=False, owner=owner), field("end", "Last day (empty: none)", need=False, owner=owner),
        ], {"change": "scope", "username": name}),
        form("/users/change", "End all scopes", f"users-end-{owner}", [], {"change": "end", "username": name}),
        form("/users/change", "Set password", f"users-password-{owner}", [
            field("password", "New password", kind="password", complete="new-password", owner=owner)], {"change": "password", "username": name}),
        form("/users/change", other[1], f"users-state-{owner}", [], {"change": other[0], "username": name}),
    ])], className="twin")


dash.register_page(__name__, path="/users", name="Users", title="Users - Huddleboard", layout=layout, pickers=())
