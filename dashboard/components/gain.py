"""Whether a session helped, in words: the practice beside those that had none."""

from datetime import date

from dashboard.components.roll_up import points, too_few
from dashboard.statistics import enough, gain_since

SOON = 30  # days after a session before which nothing is said of it

Month = tuple[date, int, int]  # day, numerator, denominator


def gain_words(own: list[Month], others: list[list[Month]], session: date) -> str:
    """own: months of the practice in the session's year, oldest first; others: those of practices without a session.

    '+6.0 points since 31 Aug, practices without a session +2.0 (likely real)', or why nothing can be said.
    """
    before, after = _pair(own, session)
    if not own or (own[-1][0] - session).days < SOON:
        return "too early to tell"
    if before is None:
        return "no month is known before it"
    if not (enough(before[2]) and enough(after[2])):
        return too_few(min(before[2], after[2]))
    pairs = [pair for pair in (_pair(kept, session) for kept in others) if pair[0]]
    then, now = ((sum(pair[side][1] for pair in pairs), sum(pair[side][2] for pair in pairs)) for side in (0, 1))
    since = f"since {before[0].day} {before[0]:%b}"
    if not (enough(then[1]) and enough(now[1])):
        return f"{points(after[1] / after[2] - before[1] / before[2])} {since}; no other practices to compare with"
    gain = gain_since(before[1:], after[1:], then, now)
    return f"{points(gain.own)} {since}, practices without a session {points(gain.others)} ({'likely real' if gain.sure else 'may be chance'})"


def _pair(months: list[Month], session: date) -> tuple[Month | None, Month | None]:
    """The last month up to the session, and the newest."""
    before = [month for month in months if month[0] <= session]
    return (before[-1], months[-1]) if before else (None, months[-1] if months else None)
