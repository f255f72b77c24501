"""A short soak, as `make soak` runs it for ten minutes: nobody's request fails while deliveries are published."""

import re
import socket
import subprocess
import sys

import pytest

from dashboard.settings import ROOT


@pytest.mark.long
def test_no_request_fails_while_deliveries_are_published(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    ran = subprocess.run([sys.executable, "-m", "benchmarks.soak", "--home", tmp_path / "home", "--members", "120", "--seconds", "20", "--users", "6", "--think", "1",
                          "--every", "8", "--limit", "20000", "--port", str(port)], cwd=ROOT, capture_output=True, text=True)
    told = re.search(r"([\d,]+) answers to 6 users in 20 s: 0 failed, .*; (\d+) deliveries landed, (\d+) versions published, 0 left", ran.stdout)
    assert ran.returncode == 0 and told, ran.stdout[-500:] + ran.stderr[-1000:]
    assert int(told[1].replace(",", "")) > 10 and int(told[2]) > 1 and int(told[3]) > 0
