"""When feeds come: a synthetic extract is one delivery, or a year and more of deliveries as senders make them.

Payers send claims once a month, one of them is late; the MSO's roster and each payer's own list of gaps come once a
month, whole; the clinical exchange tells every day of the last two weeks, and before that on the last day of each month, as an archive that
was loaded afterwards does.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

DAY = timedelta(days=1)
BEGIN = date(1800, 1, 1)
CLINICAL, ROSTER = "Clinical exchange", "MSO roster"
GAPS = " gaps"  # what follows the payer in the name of the feed of its own gap list
DAILY = 15  # days; more of them than months, so that a day is what is usual
LATE_BY = 40  # days since the late payer's last file, at least


@dataclass(frozen=True)
class Delivery:
    """What became known of a feed on the days from `start` to `end` and came on `end`. kind full: the whole of the feed as of that day."""
    number: int
    feed: str
    kind: str
    sequence: int
    start: date
    end: date


def month_ends(as_of: date, months: int) -> list[date]:
    """The last days of the last `months` whole months before as_of, oldest first."""
    found, day = [], as_of.replace(day=1)
    while len(found) < months:
        found.append(day - DAY)
        day = (day - DAY).replace(day=1)
    return found[::-1]


def one(feeds: list[str], as_of: date) -> list[Delivery]:
    """Everything known on as_of, in one delivery of all feeds."""
    return [Delivery(1, feed, "full", 1, BEGIN, as_of) for feed in feeds]


def schedule(payers: list[str], late: str, as_of: date, months: int) -> list[Delivery]:
    """Deliveries of all feeds, oldest first: all that was known before the first month end of `months`, and then what came after.

    payers: in a fixed order; late: the payer whose newest file is missing. Numbers count from 1.
    """
    ends = month_ends(as_of, months)
    days = {CLINICAL: sorted({*ends, *(as_of - n * DAY for n in range(DAILY))}), ROSTER: _monthly(ends, as_of, 2)}
    for place, payer in enumerate(payers):
        days[f"{payer} claims"] = _monthly(ends, as_of - (LATE_BY * DAY if payer == late else 0 * DAY), 4 + place)
        days[f"{payer}{GAPS}"] = _monthly(ends, as_of, 15 + place)
    made = [(end, feed, sequence, start) for feed, ends in days.items() for sequence, (start, end) in enumerate(_spans(ends), 1)]
    return [Delivery(number, feed, "full" if sequence == 1 or feed == ROSTER or feed.endswith(GAPS) else "delta", sequence, start, end)
            for number, (end, feed, sequence, start) in enumerate(sorted(made), 1)]


def _monthly(ends: list[date], until: date, day: int) -> list[date]:
    """That day of each month, from the month of the first month end on."""
    months = [end.replace(day=day) for end in ends] + [(ends[-1] + DAY).replace(day=day)]
    return [found for found in months if found <= until]


def _spans(ends: list[date]) -> list[tuple[date, date]]:
    """First and last day that each delivery tells of: where the one before it ended."""
    return [(before if before == BEGIN else before + DAY, end) for before, end in pairwise([BEGIN, *ends])]


def delivery_rows(deliveries: list[Delivery]) -> list[tuple]:
    """Rows of generate.delivery, each with the delivery that follows in its feed."""
    following = {}
    for delivery in deliveries:
        following[delivery.feed, delivery.sequence - 1] = (delivery.number, delivery.end)
    return [(d.number, d.feed, d.kind, d.sequence, d.start, d.end, d.end, *following.get((d.feed, d.sequence), (None, None))) for d in deliveries]
