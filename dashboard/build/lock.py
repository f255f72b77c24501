"""One build at a time in a home directory."""

import contextlib
import fcntl
import os
from pathlib import Path

from dashboard.errors import Busy


@contextlib.contextmanager
def only_build(home: Path, name: str = "build"):
    """Hold the home directory's lock of that name; Busy when another process holds it.

    The lock belongs to the open file, not to its presence: the kernel lets go of it when the process dies, however it dies.
    """
    home.mkdir(parents=True, exist_ok=True)
    path = home / f"{name}.lock"
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise Busy(path, f"process {holder} is building here.", "Wait until it is done, or stop it.") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


@contextlib.contextmanager
def turn(path: Path):
    """Wait for the lock of a file that processes use for moments at a time, and hold it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
