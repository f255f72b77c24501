"""Signing in and out. Counts of failures and open sessions are in the state database, so all web processes agree."""

import functools
import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, func, select, update

from dashboard import settings
from dashboard.access.passwords import matches
from dashboard.access.viewer import Viewer, viewer_of, viewer_of_row
from dashboard.state import Store
from dashboard.state.models import Scope, SignIn, SignInFailure, User, utc_now

WINDOW = timedelta(minutes=15)
TRIES_PER_USERNAME = 5
TRIES_PER_ADDRESS = 60
SEEN_EVERY = timedelta(minutes=1)


class TooManyTries(Exception):
    """The user name or the address has failed too often; wait for the window to pass."""


def sign_in(store: Store, username: str, password: str, address: str, now: datetime | None = None) -> Viewer | None:
    """The viewer with a fresh secret, or None when name or password is wrong; TooManyTries while locked out."""
    now = now or utc_now()
    with store.begin() as session:
        user = session.scalar(select(User).where(User.username == username))
        # A password typed into the wrong field must not end up readable in a table.
        known_as = username if user else hashlib.sha256(username.encode()).hexdigest()[:40]
        if _failures(session, SignInFailure.username == known_as, now, since=user and user.last_sign_in_at) >= TRIES_PER_USERNAME:
            raise TooManyTries
        if _failures(session, SignInFailure.address == address, now) >= TRIES_PER_ADDRESS:
            raise TooManyTries
        if not matches(password, user and user.password_hash) or user.disabled_at:
            session.add(SignInFailure(at=now, username=known_as, address=address))
            return None
        secret = secrets.token_urlsafe(32)
        session.add(SignIn(secret_hash=_hashed(secret), user_id=user.id, started_at=now, seen_at=now))
        user.last_sign_in_at = now
        return viewer_of(user, secret, now.date())


def _failures(session, which, now: datetime, since: datetime | None = None) -> int:
    start = max(now - WINDOW, since or datetime.min)
    return session.scalar(select(func.count()).select_from(SignInFailure).where(which, SignInFailure.at > start))


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def viewer_of_secret(store: Store, secret: str, *, active: bool = True, now: datetime | None = None) -> Viewer | None:
    """The viewer of an open session, or None when it ended, timed out or its user was disabled.

    active: whether this request is the user's own doing; the page's polling must not keep a session alive.
    """
    now, hashed = now or utc_now(), _hashed(secret)
    # Every request asks this: columns cost a third of what objects do.
    with store.engine.connect() as connection:
        rows = connection.execute(_SESSION, {"hashed": hashed}).all()
    if not rows or not _open(rows[0], rows[0], now):
        return None
    if active and now - rows[0].seen_at > SEEN_EVERY:
        with store.begin() as session:
            session.execute(update(SignIn).where(SignIn.secret_hash == hashed).values(seen_at=now))
    return viewer_of_row(rows[0], [row for row in rows if row.kind], secret, now.date())


_SESSION = (select(SignIn.seen_at, SignIn.started_at, SignIn.ended_at, User.id, User.username, User.display_name, User.role, User.disabled_at,
                   User.training_until, Scope.kind, Scope.value, Scope.start_date, Scope.end_date)
            .join(User, User.id == SignIn.user_id).outerjoin(Scope, Scope.user_id == User.id)
            .where(SignIn.secret_hash == bindparam("hashed")).order_by(Scope.id))


def _open(sign_in, user, now: datetime) -> bool:
    idle = now - sign_in.seen_at > timedelta(minutes=settings.idle_minutes())
    old = now - sign_in.started_at > timedelta(hours=settings.session_hours())
    return not (idle or old or sign_in.ended_at or user.disabled_at)


def sign_out(store: Store, secret: str) -> None:
    """End one session."""
    with store.begin() as session:
        session.execute(update(SignIn).where(SignIn.secret_hash == _hashed(secret)).values(ended_at=utc_now()))


def sign_out_everywhere(session, user_id: int, keep: str = "") -> None:
    """End all sessions of a user but the one of the secret `keep`, within the caller's transaction: after a new password or a disabled account."""
    session.execute(update(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.secret_hash != _hashed(keep))
                    .values(ended_at=utc_now()))


def knows_password(store: Store, viewer: Viewer, password: str, address: str, now: datetime | None = None) -> bool:
    """Whether the viewer types the own password right; wrong ones count as refused sign-ins. TooManyTries while locked out."""
    now = now or utc_now()
    with store.begin() as session:
        user = session.get(User, viewer.user_id)
        if _failures(session, SignInFailure.username == user.username, now, since=user.last_sign_in_at) >= TRIES_PER_USERNAME:
            raise TooManyTries
        if matches(password, user.password_hash):
            return True
        session.add(SignInFailure(at=now, username=user.username, address=address))
        return False


class Visit(NamedTuple):
    """A sign-in as its user sees it: moments in UTC, whether it is still open, whether it is this one."""
    started_at: datetime
    seen_at: datetime
    open: bool
    here: bool


def recent(store: Store, viewer: Viewer, limit: int) -> list[Visit]:
    """The viewer's newest sign-ins."""
    now = utc_now()
    with store.begin() as session:
        user = session.get(User, viewer.user_id)
        rows = session.scalars(select(SignIn).where(SignIn.user_id == viewer.user_id).order_by(SignIn.started_at.desc()).limit(limit))
        return [Visit(row.started_at, row.seen_at, _open(row, user, now), row.secret_hash == _hashed(viewer.secret)) for row in rows]


def previous_sign_in(store: Store, viewer: Viewer) -> datetime | None:
    """When the viewer signed in the time before this one (UTC)."""
    return _before(store, viewer.user_id, _hashed(viewer.secret))


@functools.lru_cache(maxsize=1024)  # it stays as it was when this session began, and every page says it
def _before(store: Store, user_id: int, hashed: str) -> datetime | None:
    with store.begin() as session:
        began = select(SignIn.started_at).where(SignIn.secret_hash == hashed).scalar_subquery()
        earlier = select(SignIn.started_at).where(SignIn.user_id == user_id, SignIn.secret_hash != hashed, SignIn.started_at <= began)
        return session.scalar(earlier.order_by(SignIn.started_at.desc()).limit(1))
