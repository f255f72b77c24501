"""The audit log: every sign-in, every person viewed, every search, every refusal. Append-only."""

import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import request
from sqlalchemy import desc, func, insert, select

from dashboard.access.tokens import person_of
from dashboard.access.viewer import Viewer
from dashboard.house import house
from dashboard.state import Store
from dashboard.state.models import AuditEvent, utc_now

ACTIONS = ("signed in", "sign-in refused", "locked out", "signed out", "viewed list", "searched", "viewed patient", "printed", "refused",
           "account changed", "cohort changed", "exported", "answered", "answer undone", "viewed proof",
           "outreach changed", "contact logged", "prepared", "target changed", "session noted", "access requested", "plan word noted",
           "opened board pack")


class Looked(NamedTuple):
    """A user who opened some of the people asked about: how many, and when last (UTC)."""
    username: str
    role: str
    people: int
    last_at: datetime


def record(store: Store, viewer: Viewer | None, action: str, page: str = "", person: int | None = None,
           address: str = "", **detail) -> None:
    """Add a row. `detail` takes counts, names of filters and ids of accounts: never a person's name, id or free text."""
    if action not in ACTIONS:
        raise ValueError(f"unknown audit action {action!r}")
    who = {"user_id": viewer.user_id, "username": viewer.username, "role": viewer.role} if viewer else {"user_id": None, "username": "", "role": ""}
    row = who | {"at": utc_now(), "action": action, "page": page, "person": person, "detail": detail, "address": address}
    with store.engine.begin() as connection:
        connection.execute(_ROW, row)


_ROW = insert(AuditEvent)


def note(viewer: Viewer, action: str, page: str = "", person: int | None = None, **detail) -> None:
    """`record` within a request."""
    record(house().store, viewer, action, page, person, request.remote_addr or "", **detail)


def sheet_id() -> str:
    """What paper bears and the log holds, so that a sheet that is found can be traced: 7F3A-22."""
    return f"{secrets.token_hex(2)}-{secrets.token_hex(1)}".upper()


class Filter(NamedTuple):
    """Which rows of the log: what was done, by which user, to which person ('' and None: any)."""
    action: str = ""
    username: str = ""
    person: int | None = None

    @classmethod
    def of(cls, key: bytes, viewer: Viewer, given) -> "Filter":
        """From what an address says; a person stands there as a token of the viewer's, and one that is not the viewer's finds nobody."""
        action, username, token = (str(given.get(name) or "")[:80] for name in ("action", "user", "person"))
        person = person_of(key, viewer.user_id, token) if token else None
        return cls(action if action in ACTIONS else "", username, -1 if token and person is None else person)

    def of_question(self, question):
        """The question limited to these rows."""
        wanted = ((AuditEvent.action, self.action or None), (AuditEvent.username, self.username or None), (AuditEvent.person, self.person))
        for column, value in wanted:
            question = question if value is None else question.where(column == value)
        return question


EVERYTHING = Filter()


def newest(store: Store, limit: int = 50, offset: int = 0, chosen: Filter = EVERYTHING) -> list[AuditEvent]:
    """The newest rows first."""
    with store.begin() as session:
        return list(session.scalars(chosen.of_question(select(AuditEvent).order_by(desc(AuditEvent.id)).limit(limit).offset(offset))))


def who_viewed(store: Store, people: set[int], days: int, but: int) -> list[Looked]:
    """Who opened one of these people in the last days, except the user `but`; the newest first."""
    question = (select(AuditEvent.username, AuditEvent.role, AuditEvent.person, func.max(AuditEvent.at))
                .where(AuditEvent.action == "viewed patient", AuditEvent.at > utc_now() - timedelta(days=days), AuditEvent.user_id != but)
                .group_by(AuditEvent.username, AuditEvent.role, AuditEvent.person))
    found: dict[tuple[str, str], list] = {}
    with store.begin() as session:
        for username, role, person, at in session.execute(question):
            if person in people:
                found.setdefault((username, role), []).append(at)
    return sorted((Looked(*who, len(at), max(at)) for who, at in found.items()), key=lambda row: row.last_at, reverse=True)


def counts(store: Store, chosen: Filter = EVERYTHING) -> dict[str, int]:
    """Rows of the log by action."""
    with store.begin() as session:
        question = chosen.of_question(select(AuditEvent.action, func.count()).group_by(AuditEvent.action))
        return dict(session.execute(question).all())


def people(store: Store) -> list[int]:
    """The people who stand in the log."""
    with store.begin() as session:
        return [person for person in session.scalars(select(AuditEvent.person).distinct()) if person is not None]


def who(store: Store) -> list[str]:
    """The user names in the log."""
    with store.begin() as session:
        return sorted(name for name in session.scalars(select(AuditEvent.username).distinct()) if name)
