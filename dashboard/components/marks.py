"""What is to be known of points of a trend: other rules, late feeds, sessions, months that were computed afterwards."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from dashboard.components.words import count, day

SHORT = {"rules": "rules", "late": "late feed", "session": "session"}
NAMED = 3  # late feeds of a month


class Marks(NamedTuple):
    """By day of a point: a word or two for the chart, sentences for its table; computed: the points that were computed afterwards."""
    short: dict[date, str]
    told: dict[date, str]
    computed: tuple[date, ...]

    @property
    def note(self) -> str:
        """What holds of many months at once: said once, not marked at each."""
        if not self.computed:
            return ""
        first, last = min(self.computed), max(self.computed)
        span = f"{first:%B %Y}" if first == last else f"{first:%B %Y} to {last:%B %Y}"
        return f" {span}: computed afterwards, from what had been received by the end of the month."


def marks_of(days: list[date], events: Iterable, sessions: Iterable[tuple[date, str]]) -> Marks:
    """days: of the points, oldest first; events: rows of the page query trend_events; sessions: (day, practice) of those held."""
    told: dict[date, dict[str, list]] = {}
    for row in events:
        if row.kind != "computed":
            told.setdefault(row.as_of, {}).setdefault(row.kind, []).append(row.feed and f"{row.feed} {count(row.days, 'day', 'days')}")
    for on_date, practice in sorted(sessions):
        point = next((one for one in days if one >= on_date), None)
        if point and (point != days[0] or (on_date.year, on_date.month) == (point.year, point.month)):
            told.setdefault(point, {}).setdefault("session", []).append(f"{practice} {day(on_date)}")
    return Marks({point: "<br>".join(SHORT[kind] for kind in SHORT if kind in found) for point, found in sorted(told.items())},
                 {point: "; ".join(_sentence(kind, found[kind]) for kind in SHORT if kind in found) for point, found in sorted(told.items())},
                 tuple(row.as_of for row in events if row.kind == "computed" and row.as_of in days))


def _sentence(kind: str, found: list[str]) -> str:
    if kind == "rules":
        return "What the measure asks for changed"
    if kind == "session":
        return f"Education session: {', '.join(found)}"
    more = f" and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return f"Late: {', '.join(found[:NAMED])}{more}"
