"""Random histories for the words, and their way into DuckDB and back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import inf, isinf

import oracle
from hypothesis import strategies as st

FIRST = oracle.day(2024, 2, 24)   # with the 29th near
COLUMNS = ("person", "unit", "anchor", "fact", "kinds", "start_date", "end_date", "start_at", "end_at", "value", "value_high", "encounter", "panel")
TYPES = dict(zip(COLUMNS, ("INTEGER", "BIGINT", "BIGINT", "BIGINT", "BIGINT", "DATE", "DATE", "TIMESTAMP", "TIMESTAMP", "DOUBLE", "DOUBLE", "BIGINT",
                           "BIGINT"), strict=True))


@st.composite
def moments(draw, day):
    """An instant of that day, or None when only the day is known; open days have open instants."""
    if day is None:
        return None
    if isinf(day):
        return day
    minutes = draw(st.none() | st.sampled_from([0, 9 * 60, 17 * 60]))
    return None if minutes is None else day * oracle.DAY + minutes


@st.composite
def events(draw, fact: int, units: bool = False):
    start = draw(st.none() | st.just(-inf) | st.integers(0, 12).map(lambda d: FIRST + d) | st.integers(0, 12).map(lambda d: FIRST + d))
    low = FIRST if start is None or isinf(start) else start
    end = draw(st.just(start) | st.none() | st.just(inf) | st.integers(0, 8).map(lambda d: low + d))
    start_at = draw(moments(start))
    end_at = start_at if end == start else draw(moments(end))
    if end == start and end_at is not None and start_at is not None:
        end_at = max(end_at, start_at)
    value = draw(st.none() | st.sampled_from([5.0, 6.0, 7.0, 8.0]))
    high = value if value is None else draw(st.just(value) | st.just(value + 1) | st.just(inf))
    maybe = st.none() | st.integers(1, 3)
    return oracle.Event(draw(st.integers(1, 2)), fact, start, end, start_at, end_at, draw(maybe) if units else None, None,
                        draw(st.integers(0, 7)), value, high, draw(maybe), draw(maybe), draw(st.integers(1, 3)))


def histories(most: int = 6, units: bool = False, first_fact: int = 1):
    """Lists of events with facts of their own."""
    return st.integers(0, most).flatmap(lambda n: st.tuples(*[events(first_fact + k, units) for k in range(n)])).map(list)


def day_text(day) -> str | None:
    if day is None:
        return None
    return "infinity" if day == inf else "-infinity" if day == -inf else date.fromordinal(int(day)).isoformat()


def moment_text(moment) -> str | None:
    if moment is None:
        return None
    if isinf(moment):
        return "infinity" if moment > 0 else "-infinity"
    days, minutes = divmod(int(moment), oracle.DAY)
    return str(datetime.combine(date.fromordinal(days), datetime.min.time()) + timedelta(minutes=minutes))


def row(event: oracle.Event) -> tuple:
    """An event as the SQL words have it, in text where it is a time."""
    return (event.person, event.unit, event.anchor, event.fact, event.kinds, day_text(event.start), day_text(event.end), moment_text(event.start_at),
            moment_text(event.end_at), event.value, event.value_high, event.encounter, event.panel)


def literal(value, kind: str) -> str:
    if value is None:
        return f"CAST(NULL AS {kind})"
    if isinstance(value, float) and isinf(value):
        return f"CAST('{'-' if value < 0 else ''}infinity' AS {kind})"
    return f"CAST('{value}' AS {kind})"


def put(connection, name: str, rows: list[tuple], types: dict[str, str]) -> None:
    """Make a temporary table of rows of texts and numbers."""
    columns = ", ".join(f"{column} {kind}" for column, kind in types.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    if rows:
        lines = ", ".join("(" + ", ".join(literal(value, kind) for value, kind in zip(one, types.values(), strict=True)) + ")" for one in rows)
        connection.execute(f"INSERT INTO {name} VALUES {lines}")


def put_events(connection, name: str, events: list[oracle.Event]) -> None:
    put(connection, name, [(1, *row(event)) for event in events], {"set": "INTEGER"} | TYPES)


def answer(connection, sql: str) -> list[tuple]:
    """Rows of event sets in the texts of `row`, sorted."""
    columns = ", ".join(f"CAST({c} AS VARCHAR) AS {c}" if TYPES[c] in ("DATE", "TIMESTAMP") else c for c in COLUMNS)
    return sorted(connection.execute(f"SELECT {columns} FROM ({sql})").fetchall(), key=repr)


def expected(events: list[oracle.Event]) -> list[tuple]:
    return sorted((row(event) for event in events), key=repr)
