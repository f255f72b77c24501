"""The words that count days, said again slowly and plainly: covered days, spaced visits, roll-out, enrolment. See oracle.py."""

from __future__ import annotations

from dataclasses import replace
from math import inf, isinf

from oracle import Coverage, Event, Window, add_months, groups, holds


def merged_days(rows: list[tuple[Event, Window]]) -> dict:
    """{(person, unit): number of days of the window that an event covers}, of those who have one that reaches into it."""
    covered: dict = {}
    for event, window in rows:
        if holds("overlaps", event, window):
            low, high = int(max(event.start, window.low)), int(min(event.end, window.high))
            covered.setdefault((event.person, event.unit), set()).update(range(low, high + 1))
    return {key: len(days) for key, days in covered.items()}


def spaced_count(days: list, apart: int) -> int:
    count, last = 0, -inf
    for one in sorted({d for d in days if d is not None}):
        if one - last >= apart:
            count, last = count + 1, one
    return count


def rolled_out(events):
    """Each event begins no earlier than the day after the one before it ended, and keeps its length."""
    found = []
    finite = [e for e in events if e.start is not None and e.end is not None and not isinf(e.start) and not isinf(e.end)]
    for rows in groups(finite).values():
        free = -inf
        for event in sorted(rows, key=lambda e: (e.start, e.fact)):
            start = max(event.start, free)
            end = start + event.end - event.start
            free = end + 1
            found.append(replace(event, start=start, end=end))
    return found


# ---- enrolment ----

def enrolled(window: Window, coverage: list[Coverage], max_gap_days: int, gaps: int, anchor: str, benefits: set) -> set[int]:
    """Contracts that cover the window day by day as said; each year, counted back from the last day, has its own allowance."""
    kept_contracts = set()
    for contract in {c.contract for c in coverage}:
        spans = [c for c in coverage if c.contract == contract and benefits <= c.benefits]
        covered = {d for d in range(int(window.low), int(window.high) + 1) if any(c.start <= d <= c.end for c in spans)}
        anchored = {"high": window.high in covered, "low": window.low in covered, "none": True}[anchor]
        if anchored and all(_allowed(year, covered, max_gap_days, gaps) for year in _years(window)):
            kept_contracts.add(contract)
    return kept_contracts


def _years(window: Window):
    back = 0
    while add_months(window.high, -12 * back) >= window.low:
        low = max(window.low, add_months(window.high, -12 * (back + 1)) + 1)
        yield range(int(low), int(add_months(window.high, -12 * back)) + 1)
        back += 1


def _allowed(year: range, covered: set, max_gap_days: int, gaps: int) -> bool:
    missing = [d for d in year if d not in covered]
    runs = sum(1 for d in missing if d - 1 not in missing)
    return len(missing) < len(year) and len(missing) <= max_gap_days and runs <= gaps
