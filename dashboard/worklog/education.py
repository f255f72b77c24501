"""Education sessions with practices, what was promised in them, and in which EMR a practice charts. Rows are added, never changed."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import insert, select

from dashboard.access.viewer import Viewer
from dashboard.state import Store
from dashboard.state.models import Commitment, EducationSession, PracticeRecord, utc_now

PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
OPEN, KEPT, DROPPED = "open", "kept", "dropped"
FOCUS = 3  # measures of a session: more overwhelm an office


class Session(NamedTuple):
    """A session as it stands: its measures are slugs of rates; by whom it was last noted."""
    id: int
    practice_id: str
    standing: str
    on_date: date
    measures: tuple[str, ...]
    attendees: str
    by: str


class Promise(NamedTuple):
    """A commitment as it stands."""
    id: int
    practice_id: str
    standing: str
    what: str
    who: str
    due_date: date

    def overdue(self, today: date) -> bool:
        """Whether its day is over and nobody said that it was kept or dropped."""
        return self.standing == OPEN and self.due_date < today


class Practices(NamedTuple):
    """What stands of practices, by practice_id: sessions newest first, promises by their day, the EMR."""
    sessions: dict[str, list[Session]]
    promises: dict[str, list[Promise]]
    emr: dict[str, str]

    def last(self, practice_id: str) -> Session | None:
        """The newest session that was held."""
        return next((one for one in self.sessions.get(practice_id, ()) if one.standing == HELD), None)

    def week(self, today: date) -> list[Session]:
        """Sessions planned from today to seven days ahead, and those whose day is over that nobody has logged, soonest first."""
        found = [one for kept in self.sessions.values() for one in kept if one.standing == PLANNED and one.on_date <= today + timedelta(days=7)]
        return sorted(found, key=lambda one: (one.on_date, one.practice_id))

    def overdue(self, today: date) -> list[Promise]:
        """Promises whose day is over, the longest first."""
        return sorted((one for kept in self.promises.values() for one in kept if one.overdue(today)), key=lambda one: (one.due_date, one.id))


def _add(store: Store, table, viewer: Viewer, practice_id: str, **values) -> int:
    row = {"at": utc_now(), "user_id": viewer.user_id, "display_name": viewer.display_name, "practice_id": practice_id, **values}
    with store.engine.begin() as connection:
        return connection.execute(insert(table), row).inserted_primary_key[0]


def put_session(store: Store, viewer: Viewer, practice_id: str, said: Session) -> int:
    """Plan or log a session; said.id: 0 for a new one, else that which is changed. The session's id."""
    number = _add(store, EducationSession, viewer, practice_id, of=said.id or None, standing=said.standing, on_date=said.on_date,
                  measures=list(said.measures), attendees=said.attendees)
    return said.id or number


def put_promise(store: Store, viewer: Viewer, practice_id: str, said: Promise) -> None:
    """Note a commitment, or what became of it; said.id: 0 for a new one."""
    _add(store, Commitment, viewer, practice_id, of=said.id or None, standing=said.standing, what=said.what, who=said.who, due_date=said.due_date)


def put_emr(store: Store, viewer: Viewer, practice_id: str, emr: str) -> None:
    """Note in which EMR a practice charts."""
    _add(store, PracticeRecord, viewer, practice_id, emr=emr)


def of_practices(store: Store, practices: set[str], until: datetime | None = None) -> Practices:
    """What stands of these practices; until: as of a past moment (UTC)."""
    with store.engine.connect() as connection:
        sessions, promises, records = (_rows(connection, table, practices, until) for table in (EducationSession, Commitment, PracticeRecord))
    stand = sorted(_newest(sessions), key=lambda row: (row[1].on_date, row[0]), reverse=True)
    owed = sorted(_newest(promises), key=lambda row: (row[1].due_date, row[0]))
    return Practices(
        _by_practice([Session(key, row.practice_id, row.standing, row.on_date, tuple(row.measures), row.attendees, row.display_name)
                      for key, row in stand if row.standing != CANCELLED]),
        _by_practice([Promise(key, row.practice_id, row.standing, row.what, row.who, row.due_date) for key, row in owed]),
        {row.practice_id: row.emr for row in records},
    )


def _rows(connection, table, practices: set[str], until: datetime | None) -> list:
    question = select(table.__table__).order_by(table.id)
    rows = connection.execute(question if until is None else question.where(table.at <= until)).all()
    return [row for row in rows if row.practice_id in practices]


def _newest(rows: list) -> list[tuple]:
    """(id of the first row, newest row) of each thing."""
    return list({row.of or row.id: row for row in rows}.items())


def _by_practice(rows: list) -> dict[str, list]:
    found: dict[str, list] = {}
    for row in rows:
        found.setdefault(row.practice_id, []).append(row)
    return found
