"""Windows of cards to arguments of words: `period`, {years: [-2, 0]}, {from: {birth: 42 days}, to: {birth: 2 years}}, an event set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

OFFSET = re.compile(r"([+-]?)\s*(\d+)\s*(year|month|day)s?")


@dataclass(frozen=True)
class Point:
    """A day: a base (`start` or `end` of the period, `today`, `birth`, an event set, its start, end or latest) moved by months and days."""

    base: str
    months: int = 0
    days: int = 0
    side: str = "start"


@dataclass(frozen=True)
class Window:
    """From one point to another; None leaves a side open."""

    low: Point | None
    high: Point | None

    @property
    def anchor(self) -> str | None:
        """The event set that the window hangs on, if any."""
        for point in (self.low, self.high):
            if point and point.base not in ("start", "end", "today", "birth"):
                return point.base
        return None

    @property
    def of_life(self) -> bool:
        return any(point and point.base == "birth" for point in (self.low, self.high))


def parse_window(text) -> Window:
    """The window that a card says. Raises ValueError with what was found."""
    if text == "period":
        return Window(Point("start"), Point("end"))
    if isinstance(text, str):
        return Window(Point(text, side="start"), Point(text, side="end"))
    if isinstance(text, dict) and "years" in text:
        low, high = text["years"]
        return Window(Point("start", 12 * low), Point("end", 12 * high))
    if isinstance(text, dict) and set(text) <= {"from", "to"} and text:
        return Window(_point(text.get("from")), _point(text.get("to")))
    raise ValueError(f"no window {text!r}: say period, an event set, {{years: [-2, 0]}} or {{from: ..., to: ...}}")


def _point(text) -> Point | None:
    if text is None:
        return None
    if isinstance(text, str):
        base, offset = text, ""
    elif isinstance(text, dict) and len(text) == 1:
        base, offset = next(iter(text.items()))
    else:
        raise ValueError(f"no day {text!r}: say start, end, birth, a set, or {{start: -14 months}}")
    months, days = offset_of(offset)
    base, _, side = base.partition(".")
    return Point(base, months, days, side or "start")


def offset_of(text) -> tuple[int, int]:
    """(months, days) of an offset such as '-14 months' or '1 year 90 days'. A bare number is days."""
    if isinstance(text, int):
        return 0, text
    if not OFFSET.sub("", text).strip() == "":
        raise ValueError(f"no offset {text!r}: say for instance -14 months, or 1 year 90 days")
    months = days = 0
    for sign, number, unit in OFFSET.findall(text):
        value = int(number) * (-1 if sign == "-" else 1)
        if unit == "day":
            days += value
        else:
            months += value * (12 if unit == "year" else 1)
    return months, days


def day_of(point: Point | None, start: date, end: date, default: str, today: date | None = None) -> str:
    """A fixed day as a SQL literal. `today` is the last day known, at most the end of the period."""
    if point is None:
        return f"DATE '{default}'"
    base = {"start": start, "end": end, "today": min(today or end, end)}[point.base]
    month = base.year * 12 + base.month - 1 + point.months
    year, month = divmod(month, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date(year, month + 1, 1)).days
    day = date(year, month + 1, min(base.day, last))
    return f"DATE '{date.fromordinal(day.toordinal() + point.days)}'"
