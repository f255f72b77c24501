"""Refresh as files land, until stopped: a pass when something complete lies in the inbox, when the ledger says more than what is served, and
when the day turns; folds in between."""

import signal
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from dashboard import database
from dashboard.build import publish
from dashboard.build.progress import Progress
from dashboard.errors import HuddleboardError
from dashboard.live import fold, inbox
from dashboard.live.refresh import refresh, said
from dashboard.settings import home_directory

EVERY = 0.5  # seconds between two looks
AFTER_FAULT = 10.0  # seconds after a pass that could not be done


def watch(home: str | Path | None = None, as_of: date | None = None, say: Callable[[str], None] = print, stop: threading.Event | None = None,
          measures=None) -> None:
    """Look into the inbox twice a second until `stop` is set (by default: SIGTERM or SIGINT). as_of: today unless given. measures: as for build.

    A pass that fails is said and tried again; what is published stays.
    """
    home, stop = home_directory(home), stop or _stopped_by_signal()
    (home / "inbox").mkdir(parents=True, exist_ok=True)
    seen = None
    while not stop.is_set():
        state = _state(home, as_of)
        if state == seen and not inbox.complete(home):
            stop.wait(EVERY)
            continue
        try:
            _pass(home, as_of, say, measures)
            seen = _state(home, as_of)
        except HuddleboardError as fault:
            say(f"not refreshed: {fault}")
            stop.wait(AFTER_FAULT)
        except (OSError, database.Error) as fault:
            # The words of such an error may quote a record: only its kind is said.
            say(f"not refreshed: {type(fault).__name__}")
            stop.wait(AFTER_FAULT)


def _pass(home: Path, as_of: date | None, say, measures) -> None:
    began = time.monotonic()
    done = refresh(home, as_of, measures, Progress())
    if done.how != "nothing" or done.deliveries:
        taken = ", ".join(f"{status} {count}" for status, count in _counted(delivery.status for delivery in done.deliveries).items())
        say(f"{said(done)}, {time.monotonic() - began:.1f} s" + (f"; deliveries: {taken}" if taken else ""))
    if fold.is_due(home, waited_for=bool(inbox.complete(home))):
        began = time.monotonic()
        version = fold.fold(home)
        say(f"folded {version} into a new base, {time.monotonic() - began:.1f} s")


def _counted(values) -> dict[str, int]:
    counts: dict[str, int] = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def _state(home: Path, as_of: date | None) -> tuple:
    """What a pass would be done for besides the inbox: another ledger, another day, nothing published."""
    ledger = home / "intake.duckdb"
    return (ledger.stat().st_mtime_ns if ledger.exists() else None, as_of or date.today(), publish.served(home))


def _stopped_by_signal() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
