"""huddleboard users: accounts, roles and scopes."""

import getpass
import sys

from dashboard.cli.options import a_date, add_home, home_of
from dashboard.errors import Fault

SCOPE_HELP = "organization, group:ID, practice:ID or clinician:NPI"


def add_parser(subparsers) -> None:
    parser = subparsers.add_parser("users", description="Accounts, roles and scopes.")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    add = _action(actions, "add", _add, "make an account; asks for the password")
    add.add_argument("username")
    add.add_argument("--role", required=True)
    add.add_argument("--name", default="", help="as shown on screen")
    add.add_argument("--scope", action="append", default=[], metavar="SCOPE", help=SCOPE_HELP)
    _action(actions, "list", _list, "all accounts with their scopes")
    _add_scope_parser(actions)
    named = (("password", _password, "set a password; ends the user's sessions"), ("disable", _disable, "end an account"),
             ("enable", _enable, "open an account again"))
    for name, handler, words in named:
        _action(actions, name, handler, words).add_argument("username")
    _action(actions, "demo", _demo, "one account per role, for trying out")
    _action(actions, "migrate", _migrate, "bring the state database to the newest form")


def _add_scope_parser(actions) -> None:
    scope = _action(actions, "scope", _scope, "whose people a user may see: add, or end")
    scope.add_argument("username")
    scope.add_argument("scope", nargs="?", metavar="SCOPE", help=SCOPE_HELP + "; with --end: none = all")
    scope.add_argument("--end", action="store_true", help="end the standing scope instead of adding one")
    scope.add_argument("--only", action="store_true", help="end all other standing scopes")
    scope.add_argument("--from", dest="start", type=a_date, metavar="DATE", help="first day (default: today)")
    scope.add_argument("--until", type=a_date, metavar="DATE", help="last day (default: none)")


def _action(actions, name: str, handler, words: str):
    parser = actions.add_parser(name, help=words, description=words)
    add_home(parser)
    parser.set_defaults(handler=handler)
    return parser


def _store(arguments):
    from dashboard.state import open_store
    return open_store(home_of(arguments))


def _add(arguments) -> None:
    from dashboard.access import accounts
    scopes = [_parts(scope) for scope in arguments.scope]
    store = _store(arguments)
    accounts.add_user(store, arguments.username, arguments.role, _ask_password(), arguments.name)
    for kind, value in scopes:
        accounts.add_scope(store, arguments.username, kind, value)


def _parts(scope: str) -> tuple[str, str]:
    kind, _, value = scope.partition(":")
    return kind, value


def _ask_password() -> str:
    """From the terminal twice, or one line of standard input: never from the command line, which other users can read."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != password:
        raise Fault("password", "the two differ.", "Type the same twice.")
    return password


def _list(arguments) -> None:
    from dashboard.access import accounts
    for user in accounts.all_users(_store(arguments)):
        scopes = ", ".join(f"{s.kind}{':' + s.value if s.value else ''} {s.start_date} to {s.end_date or 'now'}" for s in user.scopes)
        print(f"{user.username:<20} {user.role:<14} {'disabled' if user.disabled_at else 'active':<9} {scopes}")


def _scope(arguments) -> None:
    from dashboard.access import accounts
    store, (kind, value) = _store(arguments), _parts(arguments.scope or "")
    if arguments.end:
        print(f"{accounts.end_scopes(store, arguments.username, kind or None, value or None)} ended")
        return
    if arguments.only:
        accounts.end_scopes(store, arguments.username)
    accounts.add_scope(store, arguments.username, kind, value, arguments.start, arguments.until)


def _password(arguments) -> None:
    from dashboard.access import accounts
    accounts.set_password(_store(arguments), arguments.username, _ask_password())


def _disable(arguments) -> None:
    from dashboard.access import accounts
    accounts.set_disabled(_store(arguments), arguments.username, True)


def _enable(arguments) -> None:
    from dashboard.access import accounts
    accounts.set_disabled(_store(arguments), arguments.username, False)


def _demo(arguments) -> None:
    from dashboard.access.demo import create_demo_accounts
    for username, password in create_demo_accounts(home_of(arguments)):
        print(f"{username:<12} {password}")


def _migrate(arguments) -> None:
    _store(arguments)
