"""From the answer to a gap in one session to the list of another: two signed-in browsers without screens, on a served home."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

from benchmarks.web import PATIENT, User
from dashboard.access.demo import create_demo_accounts

LOOKS, PATIENCE = 0.05, 30.0  # seconds between two looks at the list, and until it is given up
ROOT = Path(__file__).resolve().parents[1]


def measure(home: Path, times: int) -> list[float]:
    """Seconds of each of so many answers of the physician until the assistant's list has changed, as fast as it may be asked."""
    password = secrets.token_urlsafe(12)
    os.environ["HUDDLEBOARD_DEMO_PASSWORD"] = password
    create_demo_accounts(home)
    with _served(home) as address:
        physician, assistant = User(address, "physician", password), User(address, "assistant", password)
        found = []
        for page in range(1, times + 1):
            _, listed = physician.ask("/panel", f"?page={page}")
            for token in dict.fromkeys(PATIENT.findall(listed)):
                if len(found) == times:
                    return found
                if seconds := _one(physician, assistant, token.decode(), page):
                    found.append(seconds)
        return found


def _one(physician: User, assistant: User, token: str, page: int) -> float | None:
    """None when the patient has no gap that can be answered."""
    form = next(iter(_forms(json.loads(physician.ask(f"/patient/{token}")[1]))), None)
    if form is None:
        return None
    search = f"?page={page}"
    before = assistant.ask("/panel", search)[1]
    began = time.perf_counter()
    physician.post("/answer", form | {"kind": "refused"})
    while assistant.ask("/panel", search)[1] == before:
        if time.perf_counter() - began > PATIENCE:
            raise SystemExit("an answered gap did not leave the other list")
        time.sleep(LOOKS)
    return time.perf_counter() - began


def _forms(node):
    """The hidden fields of each form of a page that offers to say that a patient refused."""
    if isinstance(node, list):
        for child in node:
            yield from _forms(child)
    elif isinstance(node, dict):
        inside = node.get("props", {}).get("children")
        if node.get("type") == "Form" and any(_is(child, name="kind", value="refused") for child in inside):
            yield {child["props"]["name"]: child["props"]["value"] for child in inside if _is(child, type="hidden")}
        else:
            for child in node.values():
                yield from _forms(child)


def _is(node, **wanted) -> bool:
    return isinstance(node, dict) and all(node.get("props", {}).get(name) == value for name, value in wanted.items())


@contextlib.contextmanager
def _served(home: Path):
    """The address of the home, served by a process of its own on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dashboard.cli.main", "serve", "--home", str(home), "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 120
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit("the application does not answer")
            time.sleep(0.2)
        yield urllib.parse.urlunsplit(("http", f"127.0.0.1:{port}", "", "", ""))
    finally:
        process.terminate()
        process.wait()
