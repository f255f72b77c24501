"""The patients of the focus measures, those whose gaps are won with least work first."""

from datetime import date
from typing import NamedTuple

LATE = date.max
# Why the gap is open -> what it takes, the least first. What is not named here takes a visit.
CORRECT, SEND, COMES, CALL = "correct the claim", "send what is missing", "at the visit booked", "call in"
BY_REASON = {"rejected": CORRECT, "no value": SEND}
STEPS = (CORRECT, SEND, COMES, CALL)
RULE = ("Most winnable first: claims to correct, then results or records to send, then a visit that is booked before the last day, then who is to be "
        "called in; within each the last day to close first, then who was seen last.")


class Gap(NamedTuple):
    """An open gap of a patient: its rate's title, why it is open and since what day, until when it can close, what it takes."""
    title: str
    reason: str | None
    reason_date: date | None
    last_day: date | None
    step: str


class Patient(NamedTuple):
    """A patient with the open gaps of the focus measures. row: of `measured_people`."""
    row: object
    gaps: list[Gap]

    @property
    def person(self) -> int:
        return self.row.person

    @property
    def step(self) -> str:
        """What the gap that is won most easily takes."""
        return min((gap.step for gap in self.gaps), key=STEPS.index)


def step_of(row) -> str:
    """What an open gap takes; row: of `measured_people`."""
    booked = row.next_visit_at and (row.last_day is None or row.next_visit_at.date() <= row.last_day)
    return BY_REASON.get(row.reason, COMES if booked else CALL)


def most_winnable_first(opened: list[tuple]) -> list[Patient]:
    """opened: (row of `rates`, row of `measured_people`) a gap. Who is on nobody's list (has died, say) is left out."""
    found: dict[int, Patient] = {}
    for rate, row in opened:
        if row.on_a_list:
            patient = found.setdefault(row.person, Patient(row, []))
            patient.gaps.append(Gap(rate.title, row.reason, row.reason_date, row.last_day, step_of(row)))
    return sorted(found.values(), key=_place)


def _place(patient: Patient) -> tuple:
    last_seen = patient.row.last_visit_date
    return (STEPS.index(patient.step), min(gap.last_day or LATE for gap in patient.gaps), -(last_seen.toordinal() if last_seen else 0),
            -len(patient.gaps), patient.person)
