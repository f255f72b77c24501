"""Which days teach, which judge and which are scored.

    look-back ($from .. $cut) | three months left out | index | the next 12 months (.. until)

Claims for the last three months are still arriving on the day of a score. So features end three months before every index day, and no outcome of
the last three months teaches or judges. "Three-month claims run-out": 42 CFR 425.604(a)(5), Shared Savings Program.
"""

from dataclasses import dataclass
from datetime import date, timedelta

RUN_OUT, YEAR = timedelta(days=91), timedelta(days=365)
EARLIER = timedelta(days=182)  # our choice: a score rises against half a year ago
SHORTEST, LONGEST = timedelta(days=120), timedelta(days=365)  # look-back; the shortest is our choice: a season of visits


@dataclass(frozen=True)
class Window:
    """One index day with its look-back and, where it is known, the year after it."""
    index: date
    look_back: timedelta

    @property
    def days(self) -> dict[str, date]:
        """The parameters of the queries: days inclusive, `until` the last of the 12 months after the index."""
        cut = self.index - RUN_OUT
        return {"index": self.index, "from": cut - self.look_back, "cut": cut, "until": self.index + YEAR}


@dataclass(frozen=True)
class Windows:
    """train and test have known outcomes, train's end where test's begin; all have the same look-back."""
    train: Window
    test: Window


def plan(as_of: date, first_day: date | None) -> Windows | str:
    """The windows that files from first_day on allow, or why there are none, in words."""
    test = as_of - RUN_OUT - YEAR
    train = test - YEAR
    room = train - RUN_OUT - first_day if first_day else timedelta(0)
    if room < SHORTEST:
        wanted = train - RUN_OUT - SHORTEST
        return f"Visits are on file from {first_day or 'no month'} on; a year to learn from and a later year to judge by need them from {wanted} on."
    look_back = min(room, LONGEST)
    return Windows(Window(train, look_back), Window(test, look_back))
