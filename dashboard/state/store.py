"""Opening the state database and bringing it to the newest form."""

import contextlib
import fcntl
import functools
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from dashboard import settings

MIGRATIONS = Path(__file__).with_name("migrations")


class Store:
    """The state database of a home directory: `with store.begin() as session:` is one transaction."""

    def __init__(self, url: str):
        self.engine = _engine(url)
        self.begin: sessionmaker[Session] = sessionmaker(self.engine, expire_on_commit=False).begin


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 10})

    @event.listens_for(engine, "connect")
    def _set_up(connection, _record):
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 10000"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


@functools.lru_cache(maxsize=32)
def _store(url: str) -> Store:
    return Store(url)


def open_store(home: str | Path) -> Store:
    """The state database of a home directory, made or migrated first where need be."""
    upgrade(home)
    return _store(settings.state_url(home))


def upgrade(home: str | Path) -> None:
    """Run the migrations that are missing. The lock keeps two processes that start together from migrating twice."""
    home = Path(home)
    home.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with (home / "state.lock").open("w") as lock, contextlib.ExitStack() as stack:
        fcntl.flock(lock, fcntl.LOCK_EX)
        config.attributes["connection"] = stack.enter_context(_store(settings.state_url(home)).engine.begin())
        command.upgrade(config, "head")
