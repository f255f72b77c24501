"""The six answers with their reasons, their words and the DEQM remark of each: data/reference/answer.csv."""

import csv
import functools
from typing import NamedTuple

from dashboard.settings import DATA

UNDONE = "undone"  # no answer: the row that takes the one before it back


class Kind(NamedTuple):
    """A line of the table: `reason` '' is the answer itself; without `button` nobody can choose it."""
    answer: str
    reason: str
    button: str
    words: str
    remark: str
    unconfirmed: str
    source: str


@functools.cache
def kinds() -> dict[tuple[str, str], Kind]:
    """Every line by (answer, reason)."""
    with (DATA / "reference" / "answer.csv").open(newline="", encoding="utf-8") as file:
        lines = (line for line in file if not line.startswith("#"))
        return {(row["answer"], row["reason"]): Kind(**row) for row in csv.DictReader(lines)}


def answers() -> list[Kind]:
    """The six answers, in the order of their buttons."""
    return [kind for kind in kinds().values() if kind.button and not kind.reason]


def reasons(answer: str) -> list[Kind]:
    """The reasons that one can choose for an answer."""
    return [kind for kind in kinds().values() if kind.button and kind.reason and kind.answer == answer]


def words(answer: str, reason: str = "") -> str:
    """An answer as it is told: 'patient refused'."""
    known = kinds().get((answer, reason)) or kinds().get((answer, ""))
    return known.words if known else answer
