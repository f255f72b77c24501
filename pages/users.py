"""Users: who may sign in, with which role, whose people they see and since when. For administrators."""

import dash

from dashboard.access import accounts, audit, current_viewer, rules
from dashboard.components.as_of import moment_in_words
from dashboard.components.elements import dcc, html
from dashboard.components.states import told_line
from dashboard.components.words import count, day
from dashboard.house import house
from dashboard.state.models import ROLES, utc_now
from dashboard.web.form import field, form, pick
from dashboard.web.forms import places, take_told

REQUESTS = 10  # shown
ROLE_CHOICES = [(role, role.capitalize()) for role in ROLES]
HEADINGS = ("User", "Role", "Sees", "Last sign-in", "Training until", "Status", "Change")


def layout(user=None, **_):
    """The screen: the accounts, a form that says whose people a user sees, and one for another user. user: chosen in that form."""
    viewer = current_viewer("users")
    users, told, known = accounts.all_users(house().store), take_told(), places(viewer)
    active = [one for one in users if not one.disabled_at]
    names = dict(known)
    return html.Div([
        told_line(told),
        _sentence(len(active), len(users) - len(active)),
        html.Table([html.Caption("Users by name", className="visually-hidden"),
                    html.Thead(html.Tr([html.Th(words, scope="col") for words in HEADINGS])),
                    html.Tbody([_row(one, one.username == viewer.username, names) for one in users])], className="list", role="table"),
        _requests(users),
        _give_scope(users, known, user),
        html.Section([html.H2("Add a user"), form("/users/change", "Add user", "users-add", [
            field("username", "User name", owner="add"), field("display_name", "Name on screen", owner="add"),
            pick("role", "Role", ROLE_CHOICES, owner="add"),
            field("password", "First password, at least 12 characters", kind="password", complete="new-password", owner="add")], {"change": "add"})]),
    ], className="page users")


def _requests(users: list) -> html.Section | None:
    """Who asked to see names where counts show, newest first; not those who may see them by now."""
    waiting = {one.username for one in users if not one.disabled_at and not rules.may_ask(one.role, "clinicians_by_name")}
    asked = audit.newest(house().store, REQUESTS, chosen=audit.Filter("access requested"))
    rows = list({row.username: row for row in reversed(asked) if row.username in waiting}.values())[::-1]
    if not rows:
        return None
    lines = [html.Li([html.Strong(row.username), f" ({row.role}) asked for the names of clinicians on {row.page.replace('_', ' ').capitalize()}, ",
                      html.Span(moment_in_words(row.at), className="quiet")]) for row in rows]
    told = "Names of clinicians are for the director of their group: change the role in the user's line above, and say whose people below."
    return html.Section([html.H2("Asked for access"), html.Ul(lines, className="notes"), html.P(told, className="note")])


def _give_scope(users: list, places: list, user: str | None) -> html.Section:
    people = [(one.username, f"{one.display_name} ({one.username})") for one in users if not one.disabled_at and one.role in rules.PEOPLE]
    chosen = user in [name for name, _ in people]
    return html.Section([html.H2("Say whose people a user sees", id="users-scope"), form("/users/change", "Add scope", "users-give", [
        pick("username", "User", people, owner="give", value=user, blank="" if chosen else "Choose a user"),
        pick("place", "Whose people", places, owner="give"),
        field("start", "First day (empty: today)", kind="date", need=False, owner="give"),
        field("end", "Last day (empty: none)", kind="date", need=False, owner="give")], {"change": "scope"})])


def _sentence(active: int, disabled: int) -> html.H1:
    rest = html.Span(f", {count(disabled, 'account', 'accounts')} disabled", className="quiet") if disabled else ""
    return html.H1([html.Strong(f"{active:,}"), f" {'user' if active == 1 else 'users'} can sign in", rest])


def _row(user, own: bool, names: dict[str, str]) -> html.Tr:
    last = moment_in_words(user.last_sign_in_at) if user.last_sign_in_at else "never"
    status = f"disabled {day(user.disabled_at)}" if user.disabled_at else "may sign in"
    cells = [("Role", user.role), ("Sees", _scopes(user, names)), ("Last sign-in", last), ("Training until", _training(user)), ("Status", status),
             ("Change", "yourself" if own else _changes(user))]
    return html.Tr([html.Th([user.display_name, html.Div(user.username, className="quiet")], scope="row"),
                    *[html.Td(words, **{"data-label": label}) for label, words in cells]])


def _training(user) -> list | str:
    if user.training_until is None:
        return "not asked for"
    lapsed = user.training_until < utc_now().date()
    return [day(user.training_until), html.Strong(" expired", className="late")] if lapsed else day(user.training_until)


def _scopes(user, names: dict[str, str]) -> html.Ul | str:
    today = utc_now().date()
    lines = [html.Li(_scope(scope, names), className="quiet" if scope.end_date and scope.end_date < today else "") for scope in user.scopes]
    return html.Ul(lines, className="menu-links") if lines else "nobody"


def _scope(scope, names: dict[str, str]) -> str:
    last = f" to {day(scope.end_date)}" if scope.end_date else ""
    named = names.get(f"{scope.kind}:{scope.value}") or f"{scope.kind} {scope.value} (not in the data now)"
    return f"{named}, {'from' if last else 'since'} {day(scope.start_date)}{last}"


def _changes(user) -> html.Details:
    name, other = user.username, ("enable", "Let sign in again") if user.disabled_at else ("disable", "Disable and sign out")
    owner = f"u{user.id}"
    return html.Details([html.Summary(["Change", html.Span(f" {name}", className="visually-hidden")]), html.Div([
        html.P(dcc.Link("Add a scope", href=f"/users?user={name}")),
        form("/users/change", "Save role", f"users-role-{owner}", [
            pick("role", "Role (signs the user out)", ROLE_CHOICES, owner=owner, value=user.role)], {"change": "role", "username": name}),
        form("/users/change", "Save training date", f"users-training-{owner}", [
            field("until", "Training valid until (empty: not asked for)", kind="date", need=False, owner=owner,
                  value=str(user.training_until or ""))], {"change": "training", "username": name}),
        form("/users/change", "End all scopes", f"users-end-{owner}", [], {"change": "end", "username": name}),
        form("/users/change", "Set password", f"users-password-{owner}", [
            field("password", "New password", kind="password", complete="new-password", owner=owner)], {"change": "password", "username": name}),
        form("/users/change", other[1], f"users-state-{owner}", [], {"change": other[0], "username": name}),
    ])], className="twin")


dash.register_page(__name__, path="/users", name="Users", title="Users - Huddleboard", layout=layout, pickers=())
