"""What one may say of a gap (six answers, with their reasons and DEQM remarks) and of a documentation prompt: data/reference/answer.csv."""

import csv
import functools
from typing import NamedTuple

from dashboard.settings import DATA

UNDONE = "undone"  # no answer: the row that takes the one before it back
LATER = "later"  # no answer either: said of a prompt, which is asked again the next day
PLAN_COUNTS = "plan_counts"  # an answer that no button of a gap gives: who accepts that the plan counts it closed (plan_words.py)
GAP, PROMPT = "gap", "prompt"


class Kind(NamedTuple):
    """A line of the table: `reason` '' is the answer itself; without `button` nobody can choose it. about: GAP or PROMPT."""
    about: str
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


def answers(about: str = GAP) -> list[Kind]:
    """The answers to a gap, or to a prompt, in the order of their buttons."""
    return [kind for kind in kinds().values() if kind.about == about and kind.button and not kind.reason]


def settles(kind: str, proposed: bool) -> bool:
    """Whether a row of this kind answers what it is about."""
    return kind not in (UNDONE, LATER) and not proposed


def reasons(answer: str) -> list[Kind]:
    """The reasons that one can choose for an answer."""
    return [kind for kind in kinds().values() if kind.button and kind.reason and kind.answer == answer]


def words(answer: str, reason: str = "") -> str:
    """An answer as it is told: 'patient refused'."""
    known = kinds().get((answer, reason)) or kinds().get((answer, ""))
    return known.words if known else answer
