"""The words of measures/words.sql said again, slowly and plainly: lists of events, one comparison at a time.

A day is its ordinal number, a moment its minutes since the first day; -inf and inf are open ends, None is unknown. Whatever is compared
with the unknown is unknown, and what is unknown is not met. Nothing here is shared with the SQL.
"""

from __future__ import annotations

import calendar
import itertools
from dataclasses import dataclass, replace
from datetime import date
from math import inf, isinf

DAY = 24 * 60


@dataclass(frozen=True)
class Event:
    person: int
    fact: int
    start: float | None
    end: float | None
    start_at: float | None = None
    end_at: float | None = None
    unit: int | None = None
    anchor: int | None = None
    kinds: int = 1
    value: float | None = None
    value_high: float | None = None
    encounter: int | None = None
    panel: int | None = None
    concept: int = 1


@dataclass(frozen=True)
class Window:
    low: float | None
    high: float | None
    low_at: float | None = None
    high_at: float | None = None


@dataclass(frozen=True)
class Coverage:
    person: int
    contract: int
    start: float
    end: float
    benefits: frozenset = frozenset({"medical", "pharmacy"})


# ---- time ----

def day(year: int, month: int, of_month: int) -> int:
    return date(year, month, of_month).toordinal()


def le(a, b) -> bool:
    """a is surely not after b."""
    return a is not None and b is not None and a <= b


def lt(a, b) -> bool:
    return a is not None and b is not None and a < b


def add_months(base, months: int):
    """The same day of another month, or its last day when it is shorter."""
    if base is None or isinf(base):
        return base
    start = date.fromordinal(int(base))
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1])).toordinal()


def point(base, months: int, days: int):
    moved = add_months(base, months)
    return None if moved is None else moved + days


def point_at(moment, months: int, days: int):
    if moment is None or isinf(moment):
        return moment
    return point(moment // DAY, months, days) * DAY + moment % DAY


def age_on(birth, on) -> int | None:
    """Birthdays passed; a person of 29 February has one on 1 March of a common year."""
    if birth is None or on is None or isinf(on):
        return None
    born, today = date.fromordinal(int(birth)), date.fromordinal(int(on))
    years = today.year - born.year
    return years if (today.month, today.day) >= (born.month, born.day) else years - 1


def latest(event: Event):
    return event.end if event.end is not None and not isinf(event.end) else event.start


def latest_at(event: Event):
    return event.end_at if event.end is not None and not isinf(event.end) else event.start_at


def not_after(a, a_at, b, b_at) -> bool:
    return lt(a, b) or (le(a, b) and le(b, a) and le(a_at, b_at))


# ---- windows and tests ----

def window_of_life(birth, low: tuple | None, high: tuple | None) -> Window:
    return Window(-inf if low is None else point(birth, *low), inf if high is None else point(birth, *high))


def window_of(anchor: Event, low: tuple, high: tuple) -> Window:
    """`low` and `high`: (side, months, days) from the anchor, or ('day', day)."""
    sides = []
    for side, *rest in (low, high):
        if side == "day":
            sides.append((rest[0], None))
        else:
            base, moment = {"start": (anchor.start, anchor.start_at), "end": (anchor.end, anchor.end_at),
                            "latest": (latest(anchor), latest_at(anchor))}[side]
            sides.append((point(base, *rest), point_at(moment, *rest)))
    return Window(sides[0][0], sides[1][0], sides[0][1], sides[1][1])


def holds(test: str, event: Event, window: Window) -> bool:
    low, high = window.low, window.high
    if test == "starts":
        return le(low, event.start) and le(event.start, high)
    if test == "ends":
        return le(low, event.end) and le(event.end, high)
    if test == "latest":
        return le(low, latest(event)) and le(latest(event), high)
    if test == "during":
        return le(low, event.start) and le(event.end, high)
    if test == "overlaps":
        return le(event.start, high) and le(low, event.end)
    if test == "overlaps_after":
        return le(event.start, high) and lt(high, event.end)
    if test == "overlaps_before":
        return lt(event.start, low) and le(low, event.end)
    after_low = {"exactly_ends": (event.end, event.end_at), "exactly_overlaps": (event.end, event.end_at)}.get(test, (event.start, event.start_at))
    before_high = {"exactly_starts": (event.start, event.start_at), "exactly_overlaps": (event.start, event.start_at)}.get(
        test, (event.end, event.end_at))
    return not_after(low, window.low_at, *after_low) and not_after(*before_high, high, window.high_at)


# ---- links ----

def pairs(events: list[Event], anchors: list[Event]):
    """(event, anchor) of one person and, where both have one, of one unit; the event then belongs to the anchor's unit."""
    for event in events:
        for anchor in anchors:
            if event.person == anchor.person and (event.unit is None or anchor.unit is None or event.unit == anchor.unit):
                unit = event.unit if event.unit is not None else anchor.unit
                yield replace(event, unit=unit, anchor=anchor.fact), anchor


def linked(events, anchors):
    return [e for e, a in pairs(events, anchors) if e.encounter is not None and e.encounter == a.encounter]


def same_panel(events, anchors):
    return [e for e, a in pairs(events, anchors) if e.panel is not None and e.panel == a.panel]


def same_fact(events, anchors):
    return [e for e, a in pairs(events, anchors) if e.fact == a.fact]


def other_than(events, anchors):
    return [e for e, a in pairs(events, anchors) if e.fact != a.fact]


def exactly_before(events, anchors):
    return [e for e, a in pairs(events, anchors) if lt(e.start, a.start) or (e.start == a.start is not None and lt(e.start_at, a.start_at))]


def windowed(events, anchors, low: tuple, high: tuple, test: str):
    return [e for e, a in pairs(events, anchors) if holds(test, e, window_of(a, low, high))]


def found_from(event, found):
    """Whether one of `found` was found from the event, in its own unit where it has one."""
    return any(f.person == event.person and f.anchor == event.fact and event.unit in (None, f.unit) for f in found)


def kept(events, found):
    return [e for e in events if found_from(e, found)]


def dropped(events, found):
    return [e for e in events if not found_from(e, found)]


# ---- what an event says ----

def valued(events, at_least=None, above=None, below=None, at_most=None):
    """A result such as '<5.7' is a range: all of it must lie within the bounds."""
    return [e for e in events if e.value is not None and (at_least is None or e.value >= at_least) and (above is None or e.value > above)
            and (below is None or e.value_high < below) and (at_most is None or e.value_high <= at_most)]


def with_bits(events, masks):
    return [e for e in events if any(e.kinds & mask == mask for mask in masks)]


def aged_then(events, births: dict, low, high):
    ages = [(e, age_on(births[e.person], e.start)) for e in events]
    return [e for e, age in ages if (low is None or le(low, age)) and (high is None or le(age, high))]


def again_below(events, limit):
    """Events below the limit whose predecessor of the same person, unit and anchor was below it too."""
    found = []
    for rows in groups(events, lambda e: (e.person, e.unit, e.anchor)).values():
        rows.sort(key=in_order)
        found += [b for a, b in itertools.pairwise(rows) if lt(a.value_high, limit) and lt(b.value_high, limit)]
    return found


# ---- picking ----

def groups(events, key=lambda e: (e.person, e.unit)) -> dict:
    found: dict = {}
    for event in events:
        found.setdefault(key(event), []).append(event)
    return found


def in_order(event: Event) -> tuple:
    """By day, moment (an unknown one last), fact."""
    unknown = inf
    return (unknown if event.start is None else event.start, event.start_at is None, event.start_at or 0, event.fact)


def first_of(events):
    return [min(rows, key=in_order) for rows in groups([e for e in events if e.start is not None]).values()]


def last_of(events):
    def key(e):
        return e.start, e.start_at is not None, e.start_at or 0, e.fact
    return [max(rows, key=key) for rows in groups([e for e in events if e.start is not None]).values()]


def last_day_of(events):
    found = []
    for rows in groups([e for e in events if e.start is not None]).values():
        last = max(latest(e) for e in rows)
        found += [e for e in rows if latest(e) == last]
    return found


def lowest_of(events):
    def key(e):
        return e.value is not None, e.value or 0, e.fact
    return [min(rows, key=key) for rows in groups(events).values()]
