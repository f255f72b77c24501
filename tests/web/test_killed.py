"""Web processes killed under load: the master starts others, no acknowledged answer is lost, what is served is whole."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

import house
import pytest
from test_access_matrix import token
from visits import PASSWORD, add_users

from benchmarks.web import User
from dashboard.access import audit
from dashboard.settings import ROOT
from dashboard.state import open_store
from dashboard.web.app import make_app

KILLS = min(60, int(os.environ.get("HUDDLEBOARD_TEST_KILLS") or 4))  # `make faults` tries more
PEOPLE = (1, 2, 3)
pytestmark = pytest.mark.long


@pytest.fixture
def home(tmp_path):
    house.publish_house(tmp_path)
    add_users(tmp_path)
    return tmp_path


@pytest.fixture
def served(home):
    """(address, process) of the server as it is run, with two workers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (home / "serve.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", "dashboard.cli.main", "serve", "--home", str(home), "--port", str(port), "--workers", "2"],
                                  cwd=ROOT, stdout=log, stderr=log)
    yield f"http://127.0.0.1:{port}", server
    server.terminate()
    server.wait(180)


def workers(server) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server.pid)], capture_output=True, text=True).stdout.split()
    return [int(pid) for pid in found]


def signed_in(address: str, username: str) -> User:
    for _ in range(480):
        try:
            return User(address, username, PASSWORD)
        except (OSError, AttributeError, SystemExit):
            time.sleep(0.5)
    raise AssertionError("nobody answers")


class Searcher(threading.Thread):
    """Asks for a page again and again; every answer is whole or none. Each page of a patient that was answered stands in the audit log."""

    def __init__(self, address: str, paths: list[str], stop: threading.Event):
        super().__init__()
        self.user, self.paths, self.stop, self.answered, self.torn, self.broken = signed_in(address, "physician"), paths, stop, 0, [], 0

    def run(self):
        while not self.stop.is_set():
            try:
                _, content = self.user.ask(self.paths[self.answered % len(self.paths)])
                self.answered += 1
                if not re.search(rb"patient-header", content):
                    self.torn.append(content[:200])
            except (Exception, SystemExit):  # its process was killed: browsers ask again
                self.broken += 1
                self.user.connection.close()
                time.sleep(0.2)


def test_web_processes_killed_under_load_lose_nothing_that_was_acknowledged(home, served):
    address, server = served
    key_of = make_app(home)
    paths = [f"/patient/{urllib.parse.quote(token(key_of, home, 'physician', person))}" for person in PEOPLE]
    chance, stop = random.Random(7), threading.Event()
    askers = [Searcher(address, paths, stop) for _ in range(3)]
    for asker in askers:
        asker.start()
    killed = set()
    for _ in range(KILLS):
        time.sleep(chance.random() * 1.5)
        victims = [pid for pid in workers(server) if pid not in killed]
        if victims:
            killed.add(victim := chance.choice(victims))
            os.kill(victim, signal.SIGKILL)
    before = sum(asker.answered for asker in askers)
    end = time.monotonic() + 240
    while sum(asker.answered for asker in askers) < before + 20 and time.monotonic() < end:
        time.sleep(0.2)
    stop.set()
    for asker in askers:
        asker.join(240)
    answered = sum(asker.answered for asker in askers)
    assert server.poll() is None and killed and answered >= before + 20, "it went on by itself"
    assert not [torn for asker in askers for torn in asker.torn]
    assert audit.counts(open_store(home))["viewed patient"] >= answered, "every page that was seen stands in the log"
