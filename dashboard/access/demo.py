"""Accounts for trying out, one per role, on the people of the busiest clinician."""

from pathlib import Path

from dashboard import settings
from dashboard.access import accounts
from dashboard.access.passwords import made_password
from dashboard.build import sql
from dashboard.database import Reader
from dashboard.errors import NotPublished
from dashboard.settings import QUERIES
from dashboard.state import open_store

# username -> (role, kind of scope); provider office support works with all practices of the group
DEMO = {
    "physician": ("physician", "clinician"), "assistant": ("assistant", "clinician"), "support": ("support", "practices"),
    "director": ("director", "group"), "analyst": ("analyst", "organization"), "auditor": ("auditor", None),
    "admin": ("administrator", None),
}


def create_demo_accounts(home: str | Path) -> list[tuple[str, str]]:
    """Make the demo accounts, or give the existing ones a password again; (username, password) of each.

    The password is HUDDLEBOARD_DEMO_PASSWORD (however short: these accounts are for made-up people), else a new one. An account
    without a standing scope gets one: the clinician with the most open gaps, that clinician's group and its practices (the whole
    organization where the source names none). A scope set by hand (`huddleboard users scope physician clinician:NPI --only`) stays.
    """
    store, password = open_store(home), settings.demo_password() or made_password()
    known = {user.username: user for user in accounts.all_users(store)}
    busiest = _busiest(Path(home))
    for username, (role, kind) in DEMO.items():
        if username in known:
            accounts.set_password(store, username, password, least=1)
        else:
            accounts.add_user(store, username, role, password, f"Demo {role}", least=1)
        if kind and not any(scope.end_date is None for scope in (known[username].scopes if username in known else ())):
            _give_scope(store, username, kind, busiest)
    return [(username, password) for username in DEMO]


def _give_scope(store, username: str, kind: str, busiest: dict) -> None:
    value = busiest.get(kind)
    if kind == "practices" and busiest.get(kind):
        for practice in busiest[kind]:
            accounts.add_scope(store, username, "practice", practice)
    elif kind == "organization" or (busiest and value is None):
        accounts.add_scope(store, username, "organization")
    elif value:
        accounts.add_scope(store, username, kind, value)


def _busiest(home: Path) -> dict:
    """The clinician with the most open gaps, with practice and group; {} before the first build."""
    try:
        with Reader(home).cursor() as cursor:
            found = sql.query(cursor, QUERIES / "page" / "busiest_panel.sql", {}).fetchone()
    except NotPublished:
        return {}
    return dict(zip(("clinician", "practice", "group", "practices"), found or (None,) * 4, strict=True))
