"""Browsers that keep their connections open are shared evenly by the processes, whatever happens to one of these."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from dashboard.settings import ROOT

PATIENCE = 60
pytestmark = pytest.mark.long


class Door:
    """The server and the connections to it."""

    def __init__(self, home: Path):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.server = subprocess.Popen([sys.executable, str(Path(__file__).with_name("pid_server.py")), str(home), str(self.port)], cwd=ROOT,
                                       env=os.environ | {"PYTHONPATH": str(ROOT)})
        self.browsers = []

    def processes(self) -> set[int]:
        """Numbers of the processes that are there."""
        return {int(pid) for pid in subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.server.pid)], capture_output=True, text=True).stdout.split()}

    def browse(self, many: int) -> Counter:
        """Open so many connections, all at once, and say which process answers how many of them."""
        browsers = [http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE) for _ in range(many)]
        self.browsers += browsers
        for browser in browsers:
            browser.connect()
        return Counter(answer(browser) for browser in browsers)

    def leave(self) -> None:
        """Close all connections and wait until the server has seen it."""
        for browser in self.browsers:
            browser.close()
        self.browsers.clear()
        time.sleep(1)

    def wait_until_both(self, but: set[int] = frozenset()) -> None:
        """Until two processes answer, none of which is one of `but`."""
        for _ in range(PATIENCE * 4):
            with contextlib.suppress(OSError, http.client.HTTPException):
                served = self.browse(4)
                if len(served) == 2 and not served.keys() & but:
                    return self.leave()
            self.leave()
        pytest.fail("no two processes")


def even(served: Counter) -> bool:
    """Whether two processes have as many each, but for one: a machine that has much else to do lets one be late."""
    return len(served) == 2 and max(served.values()) - min(served.values()) <= 2


def answer(browser) -> int:
    browser.request("GET", "/")
    return int(browser.getresponse().read())


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    opened = Door(tmp_path_factory.mktemp("home"))
    yield opened
    opened.server.terminate()
    opened.server.wait(PATIENCE)


@pytest.fixture
def door(opened):
    opened.wait_until_both()
    yield opened
    opened.leave()


def test_connections_that_stay_open_are_shared_evenly_and_stay_where_they_are(door):
    served = door.browse(24)
    assert even(served)
    assert Counter(answer(browser) for browser in door.browsers) == served


def test_quiet_connections_count_and_are_let_go(door):
    quiet = [socket.create_connection(("127.0.0.1", door.port)) for _ in range(6)]
    assert even(door.browse(24))
    for one in quiet:
        one.close()
    door.leave()
    assert even(door.browse(24))


def test_a_killed_process_leaves_no_connections_behind(door):
    killed = next(iter(door.browse(8)))
    os.kill(killed, signal.SIGKILL)
    door.wait_until_both(but={killed})
    assert even(door.browse(24))


def test_processes_of_a_reload_begin_with_nothing(door):
    before = set(door.browse(8))
    door.server.send_signal(signal.SIGHUP)
    door.wait_until_both(but=before)
    assert even(door.browse(24))


def test_nobody_waits_for_a_process_that_stands_still(door):
    door.browse(2)
    still = door.browse(1)
    other = next(iter(door.processes() - still.keys()))
    os.kill(other, signal.SIGSTOP)
    try:
        assert set(door.browse(4)) == set(still)
    finally:
        os.kill(other, signal.SIGCONT)
