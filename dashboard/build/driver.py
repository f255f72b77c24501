"""The full build: everything from accepted files to a published version."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from dashboard import database
from dashboard.build import history, kept, macros, publish, sql
from dashboard.build.beside import Beside
from dashboard.build.check import run_checks
from dashboard.build.layers import FOR_EVER, run_layer, run_layers
from dashboard.build.lock import only_build
from dashboard.build.progress import Progress
from dashboard.settings import QUERIES, home_directory

MANY_ROWS = 40_000_000  # above, coded events do not fit into memory beside what is made of them
FEW_ROWS = 1_000_000  # below, planning the views of `valid` in each query that reads them costs more than writing their rows once


def _load_reference(connection, home: Path) -> None:
    from dashboard.reference.load import load_reference
    load_reference(connection, home=home)


def _load_cards():
    from dashboard.measures import default_folder, load_cards
    return load_cards(default_folder())


def _create_extract(connection, home: Path, people, known_at, reading=None) -> None:
    from dashboard.answers.load import load_answers
    from dashboard.build.extract import create_extract_views
    create_extract_views(connection, home, people, known_at, reading)
    load_answers(connection, home, people, known_at)


def _deliver(home: Path) -> None:
    """What people answered becomes one more delivery, before anything is read."""
    from dashboard.answers.delivery import deliver
    deliver(home)


@dataclass(frozen=True)
class Parts:
    """What a build is put together from; tests of the driver bring small ones of their own."""
    queries: Path = QUERIES
    create_extract: Callable = _create_extract
    load_reference: Callable = _load_reference
    load_cards: Callable = _load_cards
    deliver: Callable = _deliver
    prepare: Callable = macros.prepare


@dataclass(frozen=True)
class Scope:
    """What a build counts: days up to as_of, files received up to known_at, and all measures and people unless named."""
    as_of: date
    known_at: datetime = FOR_EVER
    measures: tuple[str, ...] | None = None
    people: frozenset[int] | None = None

    @property
    def whole(self) -> bool:
        """Everybody and everything: only such a build says what the version said."""
        return self.measures is None and self.people is None


def build(home: str | Path | None = None, as_of: date | None = None, measures: Iterable[str] | None = None,
          people: Iterable[int] | None = None, known_at: datetime = FOR_EVER, progress: Progress | None = None,
          parts: Parts = Parts(), backfill: int = 0) -> str:
    """Build all layers from the accepted files of a home directory, check them and publish; gives the version's name.

    as_of: today unless given. measures, people: only these (ids; integers of the registry). backfill: before that, compute what would have
    been said at the ends of so many months past, where history does not hold it yet. Busy when another build runs there,
    CheckFailed when the numbers contradict themselves; what is published stays as it was whenever this raises or dies.
    """
    home, progress = home_directory(home), progress or Progress()
    people = None if people is None else frozenset(people)
    scope = Scope(as_of or date.today(), known_at, tuple(measures) if measures else None, people)
    if backfill:
        with only_build(home, "backfill"):  # not the lock of builds: refreshes go on meanwhile
            fill_back(home, scope, backfill, progress, parts)
    with only_build(home):
        publish.clean(home)
        parts.deliver(home)
        version = build_locked(home, scope, progress, parts)
        publish.clean(home)
    progress.say(f"published {version} as of {scope.as_of}: {progress.total()}")
    return version


def build_locked(home: Path, scope: Scope, progress: Progress, parts: Parts, look: Callable | None = None) -> str:
    """Compute and publish, by who holds the build's lock; gives the version's name. look: called with the built file before it is published."""
    version = publish.next_version(home)
    built = home / "build" / f"{version}.duckdb"
    compute(home, scope, built, version, progress, parts)
    if look:
        look(home, built, None)
    publish.publish(home, version, built)
    return version


def compute(home: Path, scope: Scope, target: Path, version: str, progress: Progress, parts: Parts) -> None:
    """Everything but publishing: the file `target` gets schema mart."""
    beside = Beside(progress, parts.queries)
    with database.at_work(target.with_name("scratch")) as connection:
        open_target(connection, target)
        parameters = run_to_result(connection, home, scope, progress, parts, full=True, beside=beside)
        beside.done(connection)
        write_whole(connection, home, scope, version, parameters, progress, parts, beside=False)


def open_target(connection, target: Path) -> None:
    """Attach the new file that will be served as `published`, with an empty mart."""
    database.attach_new(connection, target, "published")
    connection.execute("CREATE SCHEMA published.mart")


def write_whole(connection, home: Path, scope: Scope, version: str, parameters: dict, progress: Progress, parts: Parts, standing=None,
                beside: bool | None = None) -> None:
    """Write the opened target of a connection on which everybody's layers up to history are made. standing: see run_layers; beside: see run_layer."""
    keeps = bool(sql.relations("history", parts.queries))
    if keeps:
        history.read_past(connection, home, scope.as_of, progress=progress)
        history.read_then(connection, home, scope.as_of, progress=progress)
    run_layer(connection, "mart", parameters, progress, parts.queries, catalog="published", standing=standing, beside=beside)
    _view_mart(connection, parts.queries)
    with database.all_cores(connection), closing(connection.cursor()) as cursor, ThreadPoolExecutor(1) as pool:
        keeping = pool.submit(kept.write, cursor, home, scope, in_parts=standing is not None) if keeps and scope.people is None else None
        run_checks(connection, parameters, progress, parts.queries)
        if keeps and scope.whole:
            history.keep(connection, home, history.Version(scope.as_of, scope.known_at, version), progress)
        if keeping:
            keeping.result()
            kept.write_reference(connection)  # not while the archive is attached: it looks into every catalog, and would keep that file open
    write_stamp(connection, version, scope, connection.execute("SELECT count(*) FROM coded.person").fetchone()[0], progress)
    connection.execute("DETACH published")


def fill_back(home: Path, scope: Scope, months: int, progress: Progress, parts: Parts) -> None:
    """What a build would have said at the end of each of the last `months` months, from the files received by then, into the history.

    Each month is kept when it is done: a killed backfill goes on where it was.
    """
    for month_end in history.missing_month_ends(home, scope.as_of, months):
        then = Scope(month_end, history.end_of(month_end))
        with database.at_work(home / "backfill" / "scratch") as connection:
            run_to_result(connection, home, then, progress, parts)
            if connection.execute("SELECT count(*) FROM extract.file").fetchone()[0]:
                history.keep(connection, home, history.Version(then.as_of, then.known_at, None))
                progress.say(f"{month_end} is in the history")
            else:
                progress.say(f"{month_end}: nothing had been received")


def run_to_result(connection, home: Path, scope: Scope, progress: Progress, parts: Parts, standing=None, full: bool = False,
                  beside: Beside | None = None) -> dict:
    """The layers extract to history over a home directory, on a connection of the caller; gives the parameters of the queries.

    standing, full, beside: see run_layers.
    """
    began = time.monotonic()
    parts.prepare(connection)
    with closing(connection.cursor()) as cursor, ThreadPoolExecutor(1) as pool:
        reference = pool.submit(parts.load_reference, cursor, home)
        cards = parts.load_cards()
        parts.create_extract(connection, home, scope.people, None if scope.known_at == FOR_EVER else scope.known_at)
        progress.done("extract", began)
        reference.result()
        progress.done("reference", began)
    rows = _count_extract(connection, progress)
    if rows > MANY_ROWS and not standing:
        database.attach_large(connection, "coded")
    parameters = run_layers(connection, scope.as_of, cards=cards, known_at=scope.known_at, measures=scope.measures, progress=progress, cohorts=True,
                            queries=parts.queries, views=rows > FEW_ROWS, standing=standing, full=full, beside=beside)
    run_layer(connection, "history", parameters, progress, parts.queries)
    return parameters


def _count_extract(connection, progress: Progress) -> int:
    """Rows that arrived, per table and in all: what `valid` reads."""
    arrived = 0
    names = connection.execute("""SELECT table_name FROM information_schema.tables WHERE table_schema = 'extract'
                                  AND NOT ends_with(table_name, '_person') ORDER BY table_name""").fetchall()
    for (name,) in names:
        began = time.monotonic()
        rows = connection.execute(f"SELECT count(*) FROM extract.{name}").fetchone()[0]
        if rows:
            progress.done(f"extract.{name}", began, None, rows)
        arrived += rows
    return arrived


def _view_mart(connection, queries: Path) -> None:
    """Views of the names of the mart's relations, which stand in the file that will be served already, let checks read them."""
    for item in sql.relations("mart", queries):
        connection.execute(f"CREATE OR REPLACE VIEW {item.full_name} AS FROM published.{item.full_name}")


def write_stamp(connection, version: str, scope: Scope, people: int, progress: Progress) -> None:
    """mart.version says what this file is; mart.build_step how it came about."""
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute("""
        CREATE TABLE published.mart.version (version VARCHAR, as_of DATE, known_at TIMESTAMP, published_at TIMESTAMP, people BIGINT,
                                             seconds DOUBLE);
        CREATE TABLE published.mart.build_step (step INTEGER, relation VARCHAR, rows_in BIGINT, rows_out BIGINT, seconds DOUBLE)""")
    connection.execute("INSERT INTO published.mart.version VALUES (?, ?, ?, ?, ?, ?)",
                       [version, scope.as_of, scope.known_at, now, people, time.monotonic() - progress.started])
    steps = [{"step": place, "relation": step.name, "rows_in": step.rows_in, "rows_out": step.rows_out, "seconds": step.seconds}
             for place, step in enumerate(progress.steps, 1)]
    connection.execute("INSERT INTO published.mart.build_step SELECT unnest(step, recursive := true) FROM (SELECT unnest($steps) AS step)",
                       {"steps": steps})
