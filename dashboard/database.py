"""The only place that connects to DuckDB: for building (`connect`) and for serving (`Reader`)."""

import contextlib
import os
import threading
from pathlib import Path

import duckdb

from dashboard import settings
from dashboard.errors import Fault, NotPublished

Error = duckdb.Error
OtherForm = (duckdb.CatalogException, duckdb.BinderException)  # a question about what the published version does not have
Connection = duckdb.DuckDBPyConnection


def connect(path: str | Path = ":memory:", *, read_only: bool = False, scratch: Path | None = None,
            memory: str | None = None, threads: int | None = None) -> Connection:
    """A connection for intake, build and command line: UTC session, bounded memory, spilling into `scratch`."""
    config = {"threads": threads or settings.threads(), "memory_limit": memory or settings.memory_limit()}
    if scratch is not None:
        scratch.mkdir(parents=True, exist_ok=True)
        config["temp_directory"] = str(scratch)
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise Fault(path, "another process has this file open.", "Wait until it is done, or stop it.") from error
        raise
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    return connection


def _connect_reader(path: Path) -> Connection:
    """Read-only, no external access, settings locked: what a web process may hold."""
    connection = duckdb.connect(str(path), read_only=True, config={
        "threads": settings.reader_threads(), "memory_limit": settings.reader_memory_limit()})
    # A second reader of one process gets the instance that the first has locked already.
    if connection.execute("SELECT current_setting('lock_configuration')").fetchone() == (False,):
        _attach_base(connection, path)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET GLOBAL TimeZone = 'UTC'")
        connection.execute("SET lock_configuration = true")
    return connection


def current_file(home: Path) -> Path:
    """The published file that `published/current` names; NotPublished when there is none."""
    pointer = home / "published" / "current"
    try:
        return pointer.with_name(pointer.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        raise NotPublished(home, "nothing is published here yet.", "Run `huddleboard intake` and `huddleboard build` first.") from None


def base_of(path: Path) -> Path | None:
    """The base of a published overlay, which names it: 000015-on-000012.overlay is served with 000012.duckdb. None for a base."""
    _, on, base = path.stem.partition("-on-")
    return path.with_name(f"{base}.duckdb") if on else None


def connect_published(home: Path, **options) -> Connection:
    """A read-only connection of a command line to the served version, with the options of `connect`."""
    path = current_file(home)
    connection = connect(path, read_only=True, **options)
    _attach_base(connection, path)
    return connection


def _attach_base(connection: Connection, path: Path) -> None:
    base = base_of(path)
    if base and not connection.execute("SELECT 1 FROM duckdb_databases() WHERE database_name = 'base'").fetchone():
        quoted = str(base).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS base (READ_ONLY)")


class Reader:
    """The published version, for many threads of a web process.

    One connection a process, opened at the first use (so after a fork), and a cursor a request. Every `cursor()` looks at the
    pointer: a new version serves from the next request on, while requests in flight end on the version where they began.
    """

    def __init__(self, home: str | Path):
        self.home = Path(home)
        self._lock = threading.Lock()
        self._opened: tuple[int, Path, Connection] | None = None

    def version(self) -> str:
        """Name of the version that a request starting now would see."""
        return current_file(self.home).stem.partition("-on-")[0]

    @contextlib.contextmanager
    def cursor(self):
        """A cursor on the newest published version, closed at the end of the `with`."""
        with self.serving() as (_, cursor):
            yield cursor

    @contextlib.contextmanager
    def serving(self):
        """(name, cursor) of the newest published version: what is asked with this cursor stays true for as long as a name means one version."""
        version, connection = self._newest()
        cursor = connection.cursor()
        try:
            yield version, cursor
        finally:
            cursor.close()

    def _newest(self) -> tuple[str, Connection]:
        if self._opened is not None and self._opened[0] != os.getpid():
            # DuckDB's threads do not survive a fork and its files are known by path: the child can only crash on them.
            raise Fault("Reader", "this process was forked after its parent had opened the database.", "Open it after the fork.")
        with self._lock:
            path = current_file(self.home)
            if self._opened is None or self._opened[1] != path:
                self._opened = (os.getpid(), *self._open_newest(path))
            return self._opened[1].stem, self._opened[2]

    def _open_newest(self, path: Path) -> tuple[Path, Connection]:
        # Between reading the pointer and opening, two builds may pass and clean the file away: read the pointer again.
        for _ in range(5):
            try:
                return path, _connect_reader(path)
            except duckdb.IOException:
                newest = current_file(self.home)
                if newest == path:
                    raise
                path = newest
        raise Fault(self.home, "the published version changed faster than it could be opened.", "Is more than one build running?")
