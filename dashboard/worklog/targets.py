"""A clinician's own targets: private, so every question names the user."""

from datetime import datetime

from sqlalchemy import insert, select

from dashboard.access.viewer import Viewer
from dashboard.state import Store
from dashboard.state.models import OwnTarget, utc_now


def put(store: Store, viewer: Viewer, rate: str, value: float | None) -> None:
    """Set the viewer's own target for a rate, a fraction; None takes it away."""
    with store.engine.begin() as connection:
        connection.execute(insert(OwnTarget), {"at": utc_now(), "user_id": viewer.user_id, "rate": rate, "value": value})


def of(store: Store, viewer: Viewer, until: datetime | None = None) -> dict[str, float]:
    """The viewer's own targets by rate; until: as of a past moment."""
    question = select(OwnTarget.rate, OwnTarget.value).where(OwnTarget.user_id == viewer.user_id).order_by(OwnTarget.id)
    with store.engine.connect() as connection:
        rows = connection.execute(question if until is None else question.where(OwnTarget.at <= until)).all()
    return {rate: value for rate, value in dict(map(tuple, rows)).items() if value is not None}
