"""Copies of a home directory while it is in use, each of one moment: what is accepted, what people wrote, what is served."""

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

from dashboard import database, settings
from dashboard.build.lock import only_build, turn
from dashboard.errors import Fault

STATE = "state.sqlite"
# Not worth keeping: what is made anew, and locks.
LEFT = ("build", "backfill", "scratch", "metrics", "inbox", STATE, f"{STATE}-wal", f"{STATE}-shm")


def backup(home: Path, target: Path) -> Path:
    """Copy a home directory into a new folder; Busy when a build runs. Files that never change are linked where that can be, else copied."""
    if target.exists():
        raise Fault(target, "this is there already.", "Name a new folder.")
    half = target.with_name(f".{target.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    with only_build(home), turn(home / "history.lock"), turn(home / "asked.lock"), _still(home / "intake.duckdb"):
        shutil.copytree(home, half, copy_function=_link_or_copy, ignore=_left_out(home))
    if settings.state_url(home).startswith("sqlite") and (home / STATE).exists():
        with contextlib.closing(sqlite3.connect(home / STATE)) as source, contextlib.closing(sqlite3.connect(half / STATE)) as copy:
            source.backup(copy)
    os.replace(half, target)
    return target


def restore(source: Path, home: Path) -> Path:
    """Make a home directory of a backup; Fault where there is data already."""
    if not (source / "published" / "current").exists() and not (source / "intake.duckdb").exists():
        raise Fault(source, "this is no backup of a home directory.", "Name the folder that `huddleboard backup` made.")
    if home.exists() and any(home.iterdir()):
        raise Fault(home, "there is data here.", "Restore into a new home directory, then move it.")
    half = home.with_name(f".{home.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(source, half)
    if home.exists():
        home.rmdir()
    os.replace(half, home)
    return home


@contextlib.contextmanager
def _still(ledger: Path):
    """The ledger written out and unchanged for as long as the `with` lasts: who holds it open is the only one who can write."""
    if not ledger.exists():
        yield
        return
    with contextlib.closing(database.connect(ledger)) as connection:
        connection.execute("CHECKPOINT")
        yield


def _left_out(home: Path):
    return lambda folder, names: [name for name in names if (Path(folder) == home and name in LEFT) or name.endswith((".lock", ".wal"))]


def _link_or_copy(source: str, target: str) -> None:
    """Parquet files and versions never change once they are named: a link is a copy of them."""
    if source.endswith((".parquet", ".overlay")) or (Path(source).parent.name == "published" and source.endswith(".duckdb")):
        with contextlib.suppress(OSError):
            os.link(source, target)
            return
    shutil.copy2(source, target)
