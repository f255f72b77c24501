"""The only place that connects to DuckDB: for building (`connect`) and for serving (`Reader`)."""

import contextlib
import os
import threading
from collections import OrderedDict
from pathlib import Path

import duckdb

from dashboard import settings
from dashboard.errors import Fault, NotPublished

ROW_GROUP = 16_384  # rows; a multiple of 2048
BLOCK = 32_768  # bytes; a power of 2
LARGE = "large"  # catalog of what a build does not hold in memory
MANY = 5_000  # people, from whom on their events are worth all cores
PAST = 2  # earlier versions that a web process holds open
VERSION = duckdb.__version__
Error = duckdb.Error
OtherForm = (duckdb.CatalogException, duckdb.BinderException)  # a question about what the published version does not have
Connection = duckdb.DuckDBPyConnection


def connect(path: str | Path = ":memory:", *, read_only: bool = False, scratch: Path | None = None,
            memory: str | None = None, threads: int | None = None, **more) -> Connection:
    """A connection for intake, build and command line: UTC session, bounded memory, spilling into `scratch`. more: settings of DuckDB."""
    config = {"threads": threads or settings.threads(), "memory_limit": memory or settings.memory_limit(), **more}
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


def for_work(scratch: Path) -> Connection:
    """A connection whose tables are in memory and, what memory cannot hold, in `scratch`."""
    # As many statements are asked side by side as there are cores: with all threads for each they would hinder each other (6 % of a build's seconds
    # of all cores on two). Blocks come from a region that is asked for once and kept: giving each back and asking anew takes a quarter of the
    # kernel's share. What is no such block comes on top: of a million members a build holds 8.9 GB where 8 GB are the limit, a fold 9.9 GB.
    return connect(scratch=scratch, threads=max(1, settings.threads() // 2), block_allocator_memory="100%")


@contextlib.contextmanager
def at_work(scratch: Path, opened: Connection | None = None):
    """A connection `for_work` for the time of a build, by who holds its lock; closed at the end, also one that was opened before."""
    _remove_large(scratch)  # of a process that was killed here
    connection = opened or for_work(scratch)
    try:
        yield connection
    finally:
        try:
            connection.close()
        finally:
            _remove_large(scratch)


def _remove_large(scratch: Path) -> None:
    for path in scratch.glob(f"{LARGE}.duckdb*"):
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def all_cores(connection: Connection):
    """Meanwhile a statement of the connection may have all cores: where one of a few is much longer than the others."""
    before = connection.execute("SELECT current_setting('threads')").fetchone()[0]
    if before == settings.threads():  # setting them ends and begins threads
        yield
        return
    connection.execute(f"SET threads = {settings.threads()}")
    try:
        yield
    finally:
        connection.execute(f"SET threads = {before}")


def cores_for(connection: Connection, people: int):
    """all_cores for the events of so many people; of few, to end and begin threads takes longer than anything that is asked of them."""
    return all_cores(connection) if people > MANY else contextlib.nullcontext()


def attach_large(connection: Connection, *schemas: str) -> None:
    """A file for what does not fit into the memory of a build, compressed: its blocks are dropped and read again where those of memory would be
    written and read."""
    scratch = connection.execute("SELECT current_setting('temp_directory')").fetchone()[0]
    quoted = str(Path(scratch) / f"{LARGE}.duckdb").replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS {LARGE}; " + "; ".join(f"CREATE SCHEMA {LARGE}.{schema}" for schema in schemas))


def has_large(connection: Connection) -> bool:
    """Whether the connection has such a file."""
    return bool(connection.execute("SELECT 1 FROM duckdb_databases() WHERE database_name = ?", [LARGE]).fetchone())


def attach_new(connection: Connection, path: Path, name: str) -> None:
    """A file that will be served. Its row groups are small: a patient's page reads one row of each, and to find it unpacks its row group. So are its
    blocks: to find the rows of a thousand people a refresh reads a fourth of what it would read in blocks of the usual 256 KB."""
    quoted = str(path).replace("'", "''")
    connection.execute(f"ATTACH '{quoted}' AS {name} (ROW_GROUP_SIZE {ROW_GROUP}, BLOCK_SIZE {BLOCK})")


def _connect_reader(path: Path) -> Connection:
    """Read-only, no external access, settings locked: what a web process may hold."""
    connection = duckdb.connect(str(path), read_only=True, config={
        "threads": settings.reader_threads(), "memory_limit": settings.reader_memory_limit()})
    # A second reader of one process gets the instance that the first has locked already.
    if connection.execute("SELECT current_setting('lock_configuration')").fetchone() == (False,):
        _attach_base(connection, base_of(path))
        connection.execute("SET enable_external_access = false")
        connection.execute("SET GLOBAL TimeZone = 'UTC'")
        connection.execute("SET lock_configuration = true")
    return connection


def current_file(home: Path) -> Path:
    """The published file that `published/current` names; NotPublished when there is none."""
    pointer = home / "published" / "current"
    try:
        return pointer.with_name(pointer.read_text(encoding="utf-8").splitlines()[0])
    except FileNotFoundError:
        raise NotPublished(home, "nothing is published here yet.", "Run `huddleboard intake` and `huddleboard build` first.") from None


def _is_whole(home: Path, path: Path) -> bool:
    """Whether a version file has the size that it was published with, as far as the pointer tells of it."""
    _, *size = (home / "published" / "current").read_text(encoding="utf-8").splitlines()
    return not size or path != current_file(home) or path.stat().st_size == int(size[0])


def base_of(path: Path) -> Path | None:
    """The base of a published overlay, which names it: 000015-on-000012.overlay is served with 000012.duckdb. None for a base."""
    _, on, base = path.stem.partition("-on-")
    return path.with_name(f"{base}.duckdb") if on else None


def connect_published(home: Path, **options) -> Connection:
    """A read-only connection of a command line to the served version, with the options of `connect`."""
    path = current_file(home)
    return connect_version(path, base_of(path), **options)


def connect_version(path: Path, base: Path | None = None, **options) -> Connection:
    """A read-only connection to a version file, published or not; base: of an overlay."""
    connection = connect(path, read_only=True, **options)
    _attach_base(connection, base)
    return connection


def _attach_base(connection: Connection, base: Path | None) -> None:
    if base and not connection.execute("SELECT 1 FROM duckdb_databases() WHERE database_name = 'base'").fetchone():
        quoted = str(base).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS base (READ_ONLY)")


class Reader:
    """The published version, for many threads of a web process.

    One connection a process, opened at the first use (so after a fork), and a cursor a request. Every `cursor()` looks at the
    pointer: a new version serves from the next request on, while requests in flight end on the version where they began. A version that
    cannot be read is not served: the newest one before it that can be is, and `damaged` names the file.
    """

    def __init__(self, home: str | Path):
        self.home = Path(home)
        self._lock = threading.Lock()
        self._opened: tuple[int, Path, Connection] | None = None
        self._serves: Path | None = None
        self._past: OrderedDict[Path, Connection] = OrderedDict()
        self.damaged: str | None = None

    def version(self) -> str:
        """Name of the version that a request starting now would see."""
        return current_file(self.home).stem.partition("-on-")[0]

    @contextlib.contextmanager
    def cursor(self):
        """A cursor on the newest published version, closed at the end of the `with`."""
        with self.serving() as (_, cursor):
            yield cursor

    @contextlib.contextmanager
    def serving(self, past: Path | None = None):
        """(name, cursor) of the newest published version: what is asked with this cursor stays true for as long as a name means one version.

        past: the file of an earlier version, in its place.
        """
        version, connection = self._newest() if past is None else (past.stem, self._opened_past(past))
        cursor = connection.cursor()
        try:
            yield version, cursor
        finally:
            cursor.close()

    def _opened_past(self, path: Path) -> Connection:
        with self._lock:
            if path not in self._past:
                self._past[path] = _connect_reader(path)
                while len(self._past) > PAST:  # cursors that still answer keep theirs open by themselves
                    self._past.popitem(last=False)
            self._past.move_to_end(path)
            return self._past[path]

    def _newest(self) -> tuple[str, Connection]:
        if self._opened is not None and self._opened[0] != os.getpid():
            # DuckDB's threads do not survive a fork and its files are known by path: the child can only crash on them.
            raise Fault("Reader", "this process was forked after its parent had opened the database.", "Open it after the fork.")
        with self._lock:
            path = current_file(self.home)
            if self._opened is None or self._opened[1] != path:
                self._opened = (os.getpid(), *self._open_newest(path))
            return self._serves.stem, self._opened[2]

    def _open_newest(self, path: Path) -> tuple[Path, Connection]:
        # Between reading the pointer and opening, two builds may pass and clean the file away: read the pointer again.
        for _ in range(5):
            try:
                opened = self._open(path)
                self._serves, self.damaged = path, None
                return path, opened
            except (duckdb.Error, OSError):
                newest = current_file(self.home)
                if newest == path:
                    return path, self._open_older(path)
                path = newest
        raise Fault(self.home, "the published version changed faster than it could be opened.", "Is more than one build running?")

    def _open(self, path: Path) -> Connection:
        if not _is_whole(self.home, path):
            raise OSError(f"{path.name} has lost its end")
        connection = _connect_reader(path)
        try:
            connection.execute("SELECT version FROM mart.version").fetchall()
        except duckdb.Error:
            connection.close()
            raise
        return connection

    def _open_older(self, damaged: Path) -> Connection:
        """The newest version before a damaged one that can be read; what went wrong, when there is none."""
        files = [path for pattern in ("*.duckdb", "*.overlay") for path in damaged.parent.glob(pattern) if path.name < damaged.name]
        for path in sorted(files, reverse=True):
            with contextlib.suppress(duckdb.Error, OSError):
                opened = self._open(path)
                self._serves, self.damaged = path, damaged.name
                return opened
        raise Fault(damaged, "the published version cannot be read, and none before it is here.", "Run `huddleboard build`, or restore a backup.")
