"""A watcher as a process beside the one that serves."""

import contextlib
import subprocess
import sys
from pathlib import Path

from dashboard.settings import ROOT


@contextlib.contextmanager
def watching(home: Path):
    """`huddleboard watch` of a home directory for as long as the `with` lasts; what it says goes to HOME/watch.log."""
    home.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "dashboard.cli.main", "watch", "--home", str(home.resolve())]
    with (home / "watch.log").open("a", encoding="utf-8") as log:
        watcher = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        yield watcher
    finally:
        watcher.terminate()
        watcher.wait(timeout=60)
