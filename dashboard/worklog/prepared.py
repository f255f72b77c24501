"""What was made ready for the visits of a day."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from dashboard.access.viewer import Viewer
from dashboard.state import Store
from dashboard.state.models import Prepared, utc_now


class Ready(NamedTuple):
    """Who made an action ready, and when (UTC)."""
    by: str
    at: datetime


def note(store: Store, viewer: Viewer, visit_date: date, person: int, measure_id: str, done: bool) -> None:
    """Keep that an action is ready for a visit, or that it is not."""
    row = {"at": utc_now(), "user_id": viewer.user_id, "display_name": viewer.display_name, "visit_date": visit_date, "person": person,
           "measure_id": measure_id, "done": done}
    with store.engine.begin() as connection:
        connection.execute(insert(Prepared), row)


def of_day(store: Store, visit_date: date, people: set[int], until: datetime | None = None) -> dict[tuple[int, str], Ready]:
    """What is ready for the visits of these people on a day, by (person, measure); until: as of a past moment."""
    question = (select(Prepared.person, Prepared.measure_id, Prepared.done, Prepared.display_name, Prepared.at)
                .where(Prepared.visit_date == visit_date).order_by(Prepared.id))
    with store.engine.connect() as connection:
        rows = connection.execute(question if until is None else question.where(Prepared.at <= until)).all()
    newest = {(row.person, row.measure_id): row for row in rows if row.person in people}
    return {key: Ready(row.display_name, row.at) for key, row in newest.items() if row.done}
