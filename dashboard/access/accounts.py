"""Making and changing accounts: for the command line now, for the admin screen later. Every change is in the audit log."""

import re
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from dashboard.access import audit, rules, sessions
from dashboard.access.passwords import MIN_LENGTH, hash_password
from dashboard.access.viewer import Viewer
from dashboard.errors import Fault
from dashboard.state import Store
from dashboard.state.models import ROLES, SCOPE_KINDS, Scope, User, utc_now


def add_user(store: Store, username: str, role: str, password: str, display_name: str = "", least: int = MIN_LENGTH,
             *, by: Viewer | None = None) -> None:
    """Make an account; Fault on a bad or taken name, an unknown role or a short password."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._@-]{1,79}", username):
        raise Fault("username", "not 2 to 80 of a-z, 0-9, dot, dash, underscore and @.", "Choose another.")
    if role not in ROLES:
        raise Fault("role", f"no role {role!r}.", f"One of {', '.join(ROLES)}.")
    stored = hash_password(password, least)
    with store.begin() as session:
        if _find(session, username) is not None:
            raise Fault("username", f"{username} exists already.", "Choose another, or change that account.")
        session.add(User(username=username, role=role, password_hash=stored, display_name=display_name or username))
    audit.record(store, by, "account changed", account=username, change="added", role=role)


def set_password(store: Store, username: str, password: str, least: int = MIN_LENGTH, *, keep: str = "", by: Viewer | None = None) -> None:
    """Change a password and end all sessions of the user but the one whose secret is `keep`. by: who does it, for the log."""
    stored = hash_password(password, least)
    with store.begin() as session:
        user = _user(session, username)
        user.password_hash = stored
        sessions.sign_out_everywhere(session, user.id, keep=keep)
    audit.record(store, by, "account changed", account=username, change="password")


def set_disabled(store: Store, username: str, disabled: bool, *, by: Viewer | None = None) -> None:
    """Disable (and sign out at once) or enable an account."""
    with store.begin() as session:
        user = _user(session, username)
        user.disabled_at = utc_now() if disabled else None
        sessions.sign_out_everywhere(session, user.id)
    audit.record(store, by, "account changed", account=username, change="disabled" if disabled else "enabled")


def set_role(store: Store, username: str, role: str, *, by: Viewer | None = None) -> None:
    """Another role, and signed out at once: what is open was drawn for the old one. Scopes stay."""
    if role not in ROLES:
        raise Fault("role", f"no role {role!r}.", f"One of {', '.join(ROLES)}.")
    with store.begin() as session:
        user = _user(session, username)
        before, user.role = user.role, role
        sessions.sign_out_everywhere(session, user.id)
    audit.record(store, by, "account changed", account=username, change="role", role=role, before=before)


def add_scope(store: Store, username: str, kind: str, value: str = "",
              start_date: date | None = None, end_date: date | None = None, *, by: Viewer | None = None) -> None:
    """Let a user see the people of a group, practice or clinician (or of the whole organization) from a day on."""
    if kind not in SCOPE_KINDS or (kind == "organization") != (value == ""):
        raise Fault("scope", f"{kind}:{value}", "Give organization, group:ID, practice:ID or clinician:NPI.")
    if start_date and end_date and end_date < start_date:
        raise Fault("scope", "its last day is before its first.", "Give a later last day, or none.")
    with store.begin() as session:
        user = _user(session, username)
        if not any((s.kind, s.value, s.end_date) == (kind, value, end_date) for s in user.scopes):
            user.scopes.append(Scope(kind=kind, value=value, start_date=start_date or utc_now().date(), end_date=end_date))
    audit.record(store, by, "account changed", account=username, change="scope added", kind=kind, value=value)


def set_training(store: Store, username: str, last_day: date | None, *, by: Viewer | None = None) -> None:
    """Until when a user's HIPAA training is valid; None: it is not asked for."""
    with store.begin() as session:
        _user(session, username).training_until = last_day
    audit.record(store, by, "account changed", account=username, change="training", until=str(last_day or ""))


def end_scopes(store: Store, username: str, kind: str | None = None, value: str | None = None, *, by: Viewer | None = None) -> int:
    """End standing scopes as of yesterday (all of them, or those of a kind and value); how many were ended."""
    yesterday = utc_now().date() - timedelta(days=1)
    with store.begin() as session:
        ended = [s for s in _user(session, username).scopes
                 if s.end_date is None and kind in (None, s.kind) and value in (None, s.value)]
        for scope in ended:
            scope.end_date = yesterday
    audit.record(store, by, "account changed", account=username, change="scopes ended", count=len(ended))
    return len(ended)


def all_users(store: Store) -> list[User]:
    """All accounts by name, scopes loaded."""
    with store.begin() as session:
        users = list(session.scalars(select(User).order_by(User.username)))
        for user in users:
            list(user.scopes)
        return users


def last_users(store: Store, practices: dict[str, str]) -> dict[str, tuple[str, datetime]]:
    """(name on screen, moment in UTC) of the last sign-in of a practice's own physicians and assistants, by practice. practices: by NPI."""
    today, found = utc_now().date(), {}
    with store.engine.connect() as connection:
        rows = connection.execute(_CLINIC_SCOPES.where(or_(Scope.end_date.is_(None), Scope.end_date >= today))).all()
    for row in rows:
        practice = row.value if row.kind == "practice" else practices.get(row.value)
        if practice and row.last_sign_in_at > found.get(practice, ("", datetime.min))[1]:
            found[practice] = row.display_name, row.last_sign_in_at
    return found


_CLINIC_SCOPES = (select(User.display_name, User.last_sign_in_at, Scope.kind, Scope.value).join(Scope, Scope.user_id == User.id)
                  .where(User.role.in_(rules.CLINIC), User.last_sign_in_at.is_not(None), Scope.kind.in_(("practice", "clinician"))))


def _find(session, username: str) -> User | None:
    return session.scalar(select(User).where(User.username == username))


def _user(session, username: str) -> User:
    user = _find(session, username)
    if user is None:
        raise Fault("username", f"no account {username!r}.", "`huddleboard users list` shows them.")
    return user
