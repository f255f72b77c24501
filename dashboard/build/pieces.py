"""People one range of their numbers after the other: what is made of so many at a time fits into the memory of a build, however many there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

PEOPLE_AT_ONCE = 100_000
EVERYBODY = "TRUE"
CATALOG = "piece"  # has a copy of the coded events of the people of a range


def ranges(connection, people: str, at_once: int | None = None) -> list[str]:
    """Conditions on a column `person`, of which one is true of any row: each of about as many of a relation's people, and of at most `at_once`
    (PEOPLE_AT_ONCE unless given)."""
    parts = -(-connection.execute(f"SELECT count(*) FROM {people}").fetchone()[0] // (at_once or PEOPLE_AT_ONCE))
    if parts <= 1:
        return [EVERYBODY]
    bounds = connection.execute(f"""SELECT max(person) FROM (SELECT person, ntile({parts}) OVER (ORDER BY person) AS part FROM {people})
                                    GROUP BY part ORDER BY part""").fetchall()
    ends = [bound for (bound,) in bounds[:-1]]
    between = [f"person > {low} AND person <= {high}" for low, high in pairwise(ends)]
    return [f"person <= {ends[0]}", *between, f"(person > {ends[-1]} OR person IS NULL)"]


@contextmanager
def copied(connection, conditions: list[str]) -> Iterator[None]:
    """Room for copies of events, where there is more than one range."""
    if len(conditions) == 1:
        yield
        return
    connection.execute(f"ATTACH ':memory:' AS {CATALOG}; CREATE SCHEMA {CATALOG}.coded")
    try:
        yield
    finally:
        connection.execute(f"DETACH {CATALOG}")


def copy_events(connection, some: str) -> None:
    """The events of a range, which are read a dozen times, by concept where events_of says; those of everybody stay where they are."""
    if some != EVERYBODY:
        connection.execute(f"CREATE TABLE {events_of(some)} AS FROM coded.event WHERE {some} ORDER BY concept")


def drop_events(connection, some: str) -> None:
    """Give back the memory of a copy, before the next one takes as much."""
    if some != EVERYBODY:
        connection.execute(f"DROP TABLE {events_of(some)}")


def events_of(some: str) -> str:
    """The relation of the events of a range."""
    return "coded.event" if some == EVERYBODY else f"{CATALOG}.coded.event"
