"""Opening the state database and bringing it to the newest form."""

import fcntl
import functools
import sqlite3
from pathlib import Path
from urllib.parse import quote

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from dashboard import settings
from dashboard.errors import Fault

MIGRATIONS = Path(__file__).with_name("migrations")


class Store:
    """The state database of a home directory: `with store.begin() as session:` is one transaction."""

    def __init__(self, url: str):
        self.engine = _engine(url)
        self.begin: sessionmaker[Session] = sessionmaker(self.engine, expire_on_commit=False).begin


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    path = Path(make_url(url).database)
    # Opened, never made: where the file is gone, an empty one in its place would be taken for the state.
    engine = create_engine(url, creator=lambda: sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, timeout=10, check_same_thread=False))

    @event.listens_for(engine, "connect")
    def _set_up(connection, record):
        record.info["file"] = _identity(path)
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 10000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "checkout")
    def _look(_connection, record, _proxy):
        # A connection to a file that was moved away would go on writing where nobody looks.
        if record.info["file"] != _identity(path):
            raise DisconnectionError("the file of the state database is another one now")

    return engine


def _identity(path: Path) -> tuple | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


@functools.lru_cache(maxsize=32)
def _store(url: str) -> Store:
    return Store(url)


def open_store(home: str | Path) -> Store:
    """The state database of a home directory, made or migrated first where need be."""
    upgrade(home)
    return _store(settings.state_url(home))


def store_for_serving(home: str | Path) -> Store:
    """The same for a web process, which starts whether the state database answers or not: its screens say so until it does."""
    try:
        return open_store(home)
    except (Fault, OperationalError):
        return _store(settings.state_url(home))


def _make(home: Path, known: bool) -> None:
    """An empty file for a first state database; a Fault where there was one: an empty one in its place would be taken for it."""
    url = settings.state_url(home)
    path = Path(make_url(url).database) if url.startswith("sqlite") else None
    if path and not path.exists():
        if known:
            raise Fault(path, "the state database is gone.",
                        "Bring it back, its -wal file first, or restore a backup; to begin without it, remove state.lock beside it.")
        path.touch()


def upgrade(home: str | Path) -> None:
    """Run the migrations that are missing. The lock keeps two processes that start together from migrating twice.

    What stands in the lock says that the database was made: the empty file alone may be of a process that has yet to make it.
    """
    home = Path(home)
    home.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with (home / "state.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = lock.seek(0, 2) > 0
        _make(home, known)
        with _store(settings.state_url(home)).engine.begin() as config.attributes["connection"]:
            command.upgrade(config, "head")
        if not known:
            lock.write("made\n")
