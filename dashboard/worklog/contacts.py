"""Who stands on the outreach list, and what was done to reach a patient. Rows are added, never changed."""

import threading
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, insert, select

from dashboard.access.viewer import Viewer
from dashboard.state import Store
from dashboard.state.models import Contact, utc_now

LISTED, UNLISTED, ATTEMPT = "listed", "unlisted", "attempt"
STOP, RESUME, RECORDS = "do_not_contact", "may_contact", "records"
OUTCOMES = {"reached": "Reached", "booked": "Visit booked", "message": "Left a message", "no_answer": "No answer", "wrong_number": "Wrong number",
            "letter": "Letter sent", "declined": "Does not want to come", RECORDS: "Records requested",
            STOP: "Asked not to be contacted", RESUME: "May be contacted again"}


class Standing(NamedTuple):
    """What stands of a patient: on the list or not, whether contact is refused, and the last attempt (UTC)."""
    listed: bool = False
    refused: bool = False
    last_at: datetime | None = None
    outcome: str = ""
    by: str = ""
    next_date: date | None = None


NOTHING = Standing()


def note(store: Store, viewer: Viewer, people: list[int], kind: str, outcome: str = "", next_date: date | None = None) -> None:
    """Add a row for each of these people."""
    row = {"at": utc_now(), "user_id": viewer.user_id, "display_name": viewer.display_name, "kind": kind, "outcome": outcome, "next_date": next_date}
    if people:
        with store.engine.begin() as connection:
            connection.execute(insert(Contact), [row | {"person": person} for person in people])


def of_person(store: Store, person: int, until: datetime | None = None) -> list:
    """The rows of a patient, with the columns of Contact, newest first; until: as of a past moment."""
    with store.engine.connect() as connection:
        return list(connection.execute(_OF_PERSON, {"person": person, "until": until or datetime.max}))


class Contacts:
    """What stands of every patient, for all requests of a web process: read once, then only what is new."""

    def __init__(self, store: Store):
        self._store, self._lock = store, threading.Lock()
        self._known: dict[int, Standing] = {}
        self._last = 0

    def now(self) -> dict[int, Standing]:
        """By person. Not to be changed."""
        with self._lock:
            with self._store.engine.connect() as connection:
                if (connection.scalar(_NEWEST) or 0) > self._last:
                    rows = connection.execute(_ROWS.where(Contact.id > self._last)).all()
                    self._known = folded(self._known, rows)
                    self._last = rows[-1].id
            return self._known

    def until(self, moment: datetime) -> dict[int, Standing]:
        """The same as of a past moment."""
        with self._store.engine.connect() as connection:
            return folded({}, connection.execute(_ROWS.where(Contact.at <= moment)).all())


_OF_PERSON = (select(Contact.__table__).where(Contact.person == bindparam("person"), Contact.at <= bindparam("until"))
              .order_by(Contact.id.desc()))
_NEWEST = select(func.max(Contact.id))
_ROWS = select(Contact.id, Contact.at, Contact.person, Contact.kind, Contact.outcome, Contact.next_date, Contact.display_name).order_by(Contact.id)


def folded(known: dict[int, Standing], rows: list) -> dict[int, Standing]:
    """What stands after further rows, in their order."""
    found = dict(known)
    for row in rows:
        before = found.get(row.person, NOTHING)
        if row.kind == ATTEMPT:
            refused = row.outcome == STOP or (before.refused and row.outcome != RESUME)
            found[row.person] = Standing(before.listed and not refused, refused, row.at, row.outcome, row.display_name, row.next_date)
        else:
            found[row.person] = before._replace(listed=row.kind == LISTED)
    return found
