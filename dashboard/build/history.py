"""What each version said: history.duckdb of a home directory, from which trends are drawn.

A version is written there in one transaction, before it is published. A build that dies between the two leaves a version that nobody ever
saw; the next one forgets it. Nothing that serves reads this file: a published version carries the counts of the earlier months itself.
"""

import contextlib
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from dashboard import database
from dashboard.build import publish, sql
from dashboard.build.lock import turn
from dashboard.build.progress import Progress
from dashboard.settings import QUERIES

NAME = "history.duckdb"
DAYS, DAY_SHARE = date(1970, 1, 1), 100_000  # a point is the day of as_of, times the versions that one day can have
END = (1 << 63) - 1


@dataclass(frozen=True)
class Version:
    """One version: what it counts, and the name it is published under (None: computed afterwards)."""
    as_of: date
    known_at: datetime
    published: str | None


@contextlib.contextmanager
def attached(connection, home: Path):
    """history.duckdb as `archive` of the connection, made when absent. Two that write take turns: a refresh and a backfill."""
    with turn(home / "history.lock"):
        yield from _attached(connection, home)


def _attached(connection, home: Path):
    connection.execute(f"ATTACH '{sql.quoted(home / NAME)}' AS archive")
    try:
        _run(connection, "tables", {})
        yield
    finally:
        connection.execute("DETACH archive")


def keep(connection, home: Path, version: Version, progress: Progress | None = None) -> None:
    """Write the rows of layer `history` as a version; all of it or nothing."""
    began = time.monotonic()
    with attached(connection, home):
        if version.published:  # a backfill must not forget what a build beside it is about to publish
            _forget_unpublished(connection, home)
        _keep(connection, version)
    (progress or Progress()).done("history kept", began)


def keep_change(connection, home: Path, version: Version, people: str | None, progress: Progress | None = None) -> None:
    """Write a refresh as a version: history.result and history.risk have the rows of the touched people, history.unit_count what is to be added to
    the counts. people: SELECT of those of the touched of whom results or risk may differ; None where it is nobody.

    Nothing where the version that it builds on is not in the archive.
    """
    began = time.monotonic()
    connection.execute(f"CREATE OR REPLACE TABLE history.touched AS {people or 'SELECT NULL::INTEGER AS person LIMIT 0'}")
    with attached(connection, home):
        _forget_unpublished(connection, home)
        since = connection.execute("SELECT point FROM archive.version WHERE as_of = ? AND published IS NOT NULL AND NOT forgotten AND since IS NULL "
                                   "ORDER BY point DESC LIMIT 1", [version.as_of]).fetchone()
        if since:
            _keep(connection, version, since[0])
    (progress or Progress()).done("history kept", began)


def _keep(connection, version: Version, since: int | None = None) -> None:
    points = [row[0] for row in connection.execute("SELECT point FROM archive.version ORDER BY point").fetchall()]
    first = (version.as_of - DAYS).days * DAY_SHARE
    point = max([first - 1, *(p for p in points if p // DAY_SHARE == first // DAY_SHARE)]) + 1
    connection.execute("CREATE TABLE IF NOT EXISTS history.touched (person INTEGER)")
    _run(connection, "keep", {"point": point, "next": min((p for p in points if p > point), default=END), "as_of": version.as_of,
                              "known_at": version.known_at, "published": version.published, "since": since,
                              "made_at": datetime.now(UTC).replace(tzinfo=None)})


def read_past(connection, home: Path, as_of: date, people=None, progress: Progress | None = None) -> None:
    """Make history.past*: the counts and the risks of the months before that of as_of, none where there is no archive yet.

    people: risks of these only; None = of everybody.
    """
    began = time.monotonic()
    with attached(connection, home):
        _forget_unpublished(connection, home)
        _run(connection, "past", {"as_of": as_of, "people": None if people is None else sorted(people)})
    (progress or Progress()).done("history read", began)


def read_then(connection, home: Path, as_of: date, people=None, progress: Progress | None = None) -> None:
    """Make history.then_*: what the last version of the newest earlier month of the year said of those of whom `history` says something else.

    people: only these; None = everybody.
    """
    began = time.monotonic()
    with attached(connection, home):
        _forget_unpublished(connection, home)
        _run(connection, "then", {"as_of": as_of, "people": None if people is None else sorted(people)})
    (progress or Progress()).done("history compared", began)


def missing_month_ends(home: Path, as_of: date, months: int) -> list[date]:
    """The ends of the last `months` whole months before as_of for which there is no version of that day, oldest first."""
    with contextlib.closing(database.connect()) as connection, attached(connection, home):
        there = {row[0] for row in connection.execute("SELECT as_of FROM archive.version WHERE NOT forgotten").fetchall()}
    ends, day = [], as_of.replace(day=1)
    for _ in range(months):
        ends.append(day - timedelta(days=1))
        day = ends[-1].replace(day=1)
    return [end for end in reversed(ends) if end not in there]


def end_of(day: date) -> datetime:
    """The last moment of a day: what had been received by then was known on that day."""
    return datetime.combine(day, datetime.max.time())


def _forget_unpublished(connection, home: Path) -> None:
    served = publish.number(publish.served(home) or "")
    if connection.execute("SELECT 1 FROM archive.version WHERE published > ? AND NOT forgotten LIMIT 1", [served]).fetchone():
        _run(connection, "forget", {"served": served})


def _run(connection, name: str, parameters: dict) -> None:
    """One script of queries/archive as one transaction."""
    connection.execute("BEGIN")
    try:
        sql.script(connection, QUERIES / "archive" / f"{name}.sql", parameters)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
