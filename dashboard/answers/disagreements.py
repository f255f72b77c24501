"""What people say against a list: answers that refuse a gap, and disputes of a plan's own list."""

from datetime import datetime
from typing import NamedTuple

from dashboard.answers import keep, plan_words
from dashboard.state import Store
from dashboard.state.models import utc_now

PLAN_LIST = "plan_list"
REASONS = {"not_mine": "Not my patient", "data_wrong": "Data wrong", "not_applicable": "Not applicable", "refused": "Patient refused",
           PLAN_LIST: "Plan's list disputed"}


class Remark(NamedTuple):
    """One of them. topic: the measure, or, of a plan's list, the slug of the rate; contract: whose list is disputed (None: any plan's)."""
    person: int
    reason: str
    topic: str
    at: datetime
    by: str
    note: str = ""
    contract: int | None = None

    @property
    def days(self) -> int:
        """How long it has stood."""
        return (utc_now() - self.at).days


def remarks(store: Store, until: datetime | None = None) -> list[Remark]:
    """All that stand, oldest first. until: as of a past moment (UTC)."""
    answers = keep.disputes(store, until or utc_now(), tuple(REASONS), until)
    found = [Remark(row.person, row.kind, row.measure_id, row.at, row.display_name, row.note) for row in answers if not row.proposed]
    found += [Remark(row.person, PLAN_LIST, row.rate, row.at, row.display_name, contract=row.contract)
              for row in plan_words.standing(store, until) if row.kind == plan_words.DISPUTED]
    return sorted(found, key=lambda remark: remark.at)
