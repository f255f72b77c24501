"""What people say where a plan's own list and we differ: the plan is right, we are right, here is the proof. Rows are added, never changed."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from dashboard.access.viewer import Viewer
from dashboard.state import Store
from dashboard.state.models import PlanWord, utc_now

ACCEPTED, DISPUTED, PROOF, WITHDRAWN = "accepted", "disputed", "proof", "withdrawn"
# Ways to differ: what each means, and what can be said of it.
DIFFERENCES = {
    "ours_closed": ("We count it closed, the plan open", (PROOF, ACCEPTED, DISPUTED)),
    "plan_closed": ("The plan counts it closed, we do not", (ACCEPTED, DISPUTED)),
    "plan_counts": ("The plan counts the patient, we do not", (ACCEPTED, DISPUTED)),
    "ours_counts": ("We count the patient, the plan does not", (ACCEPTED, DISPUTED)),
}
BUTTONS = {ACCEPTED: "Accept", DISPUTED: "Dispute", PROOF: "Send proof"}
SAID = {ACCEPTED: "Accepted: the plan is right", DISPUTED: "Disputed", PROOF: "Proof to be sent"}


class Topic(NamedTuple):
    """What a list of differences is of."""
    rate: str
    period: int
    contract: int


def put(store: Store, viewer: Viewer, topic: Topic, person: int, difference: str, kind: str) -> None:
    """Keep a word of a viewer."""
    row = {"at": utc_now(), "user_id": viewer.user_id, "display_name": viewer.display_name, "person": person, "difference": difference, "kind": kind}
    with store.engine.begin() as connection:
        connection.execute(insert(PlanWord), row | topic._asdict())


def of_topic(store: Store, topic: Topic, until: datetime | None = None) -> dict:
    """person -> the newest row of a topic; without those that were withdrawn. until: as of a past moment (UTC)."""
    return {row.person: row for row in _newest(store, until, **topic._asdict())}


def standing(store: Store, until: datetime | None = None) -> list:
    """The newest row of every person and topic that says something."""
    return _newest(store, until)


def _newest(store: Store, until: datetime | None, **wanted) -> list:
    question = select(PlanWord.__table__).filter_by(**wanted).order_by(PlanWord.id)
    with store.engine.connect() as connection:
        rows = connection.execute(question if until is None else question.where(PlanWord.at <= until)).all()
    newest = {(row.person, row.rate, row.period, row.contract): row for row in rows}
    return [row for row in newest.values() if row.kind != WITHDRAWN]
