"""A soak: people click through the screens of every role while deliveries keep landing. python -m benchmarks.soak [--seconds 600]

Makes a demo home (or takes the one of an earlier soak), serves it with a watcher beside, and prints failed requests, p95 and what was published.
The exit status is 1 when a request failed, the p95 is beyond the limit, or what landed was not published.
"""

import argparse
import contextlib
import os
import secrets
import subprocess
import sys
import threading
import time
import urllib.request
from datetime import date
from pathlib import Path

from benchmarks import web
from benchmarks.live import NEWER
from dashboard import database
from dashboard.access.demo import create_demo_accounts
from dashboard.build import publish, sql
from dashboard.cli.demo import make_data
from dashboard.live import inbox
from dashboard.settings import ROOT

SCRATCH = Path(__file__).resolve().parent / "scratch"
LABS, SHARE = 100, 20  # rows of a delivery, but of no more than one person in twenty: an overlay is made of so few
PATIENCE = 300  # seconds that the last deliveries may take to be published after the last click


class Failed(Exception):
    """A request that was not answered as it should be: status and what was asked."""


class Person(web.User):
    """A user whose failed requests are told instead of ending everything."""

    def _send(self, method: str, path: str, body: str | None = None, headers: dict | None = None) -> bytes:
        try:
            return super()._send(method, path, body, headers)
        except SystemExit as said:
            raise Failed(str(said)) from None
        except OSError as fault:
            raise Failed(f"{self.username} {path}: {type(fault).__name__}") from None


class Clicks:
    """What several people found who click at a time: seconds of every answer, what failed."""

    def __init__(self, think: float, seconds: float, users: int):
        self.think, self.users, self.answers, self.failed, self.end = think, users, [], [], 0.0
        self.ready = threading.Barrier(users, action=lambda: setattr(self, "end", time.monotonic() + seconds))

    def work(self, person: Person, place: int) -> None:
        """One person's clicks, after one round that is not counted."""
        with contextlib.suppress(Failed):
            for _ in web.PATHS[person.username]:
                list(person.click())
        person.turn += place
        self.ready.wait(300)
        time.sleep(self.think * place / self.users)  # people do not click in step
        while time.monotonic() < self.end:
            try:
                for _, took in person.click():
                    self.answers.append(took)
                    time.sleep(self.think)
            except Failed as fault:
                self.failed.append(str(fault))
                person.turn += 1
                time.sleep(self.think)


def click(address: str, users: int, think: float, seconds: float, password: str) -> tuple[list[float], list[str]]:
    """Seconds of every answer, and what failed, of users who click for so many seconds."""
    people = [Person(address, list(web.PATHS)[place % len(web.PATHS)], password) for place in range(users)]
    clicks = Clicks(think, seconds, users)
    threads = [threading.Thread(target=clicks.work, args=(person, place)) for place, person in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return clicks.answers, clicks.failed


def land(home: Path, number: int, rows: int) -> None:
    """Put laboratory results of some people into the inbox, whole."""
    half = home / "inbox" / f".soak{number}" / "lab_result"
    half.mkdir(parents=True)
    files = f"read_parquet('{sql.quoted(home)}/extract/lab_result/*.parquet', union_by_name = true)"
    select = NEWER["lab_result"].format(tag=f"s{time.time_ns()}", day=date.today(), rows=files, limit=rows)
    with contextlib.closing(database.connect(threads=1)) as connection:
        connection.execute(f"COPY ({select}) TO '{sql.quoted(half / 'part.parquet')}'")
    half.parent.rename(home / "inbox" / f"soak{number}")


@contextlib.contextmanager
def landing(home: Path, every: float, rows: int):
    """Deliveries that land one after the other for as long as the `with` lasts; gives the list of their numbers."""
    landed, stop = [], threading.Event()

    def work() -> None:
        while not stop.is_set():
            land(home, len(landed), rows)
            landed.append(len(landed))
            stop.wait(every)
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield landed
    finally:
        stop.set()
        thread.join()


@contextlib.contextmanager
def served(home: Path, port: int):
    """`huddleboard serve --with-watch` as it is run, and its address once it answers."""
    command = [sys.executable, "-m", "dashboard.cli.main", "serve", "--home", str(home), "--port", str(port), "--with-watch"]
    with (home / "soak.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/readyz", timeout=5):
                break
            time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(60)


def soak(home: Path, given) -> tuple[list[float], list[str], int, int]:
    """(seconds of every answer, what failed, deliveries that landed, versions published meanwhile); what landed is waited for at the end.

    given: members, users, think, seconds, every and port of the command line.
    """
    password = os.environ.setdefault("HUDDLEBOARD_DEMO_PASSWORD", secrets.token_urlsafe(12))
    create_demo_accounts(home)
    first = int(publish.number(publish.served(home)))
    with served(home, given.port) as address:
        with landing(home, given.every, max(1, min(LABS, given.members // SHARE))) as landed:
            answers, failed = click(address, given.users, given.think, given.seconds, password)
        end = time.monotonic() + PATIENCE
        while inbox.waiting(home) and time.monotonic() < end:
            time.sleep(1)
        while int(publish.number(publish.served(home))) == first and time.monotonic() < end:
            time.sleep(1)
    return answers, failed, len(landed), int(publish.number(publish.served(home))) - first


def main() -> int:
    """Print what was measured; the exit status says whether it is within the limits."""
    parser = argparse.ArgumentParser(description="Clicks beside landing deliveries.")
    for name, kind, usual, words in (("members", int, 5_000, "people of the demo"), ("users", int, 32, "who click at a time"),
                                     ("think", float, 5, "seconds between the clicks of a user"), ("seconds", float, 600, "how long"),
                                     ("every", float, 15, "seconds between two deliveries"), ("limit", float, 200, "p95 in milliseconds"),
                                     ("port", int, 8051, "to serve on")):
        parser.add_argument(f"--{name}", type=kind, default=usual, help=f"{words} (default: {usual})")
    parser.add_argument("--home", type=Path, default=SCRATCH / "soak", help="home directory, made where there is none")
    given = parser.parse_args()
    make_data(given.home, given.members, date.today())
    answers, failed, landed, published = soak(given.home, given)
    for fault in failed[:10]:
        print(f"failed: {fault}")
    p95, left = web._percentile(answers, .95) if answers else float("inf"), inbox.waiting(given.home)
    print(f"{len(answers):,} answers to {given.users} users in {given.seconds:g} s: {len(failed)} failed, "
          f"median {web._percentile(answers or [0], .5):.0f} ms, p95 {p95:.0f} ms (limit {given.limit:g} ms); "
          f"{landed} deliveries landed, {published} versions published, {left} left")
    return int(bool(failed) or p95 > given.limit or not published or left > 0)


if __name__ == "__main__":
    sys.exit(main())
