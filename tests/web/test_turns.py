"""Answers of a process take turns."""

import threading
import time

import pytest

from dashboard.web import turns
from dashboard.web.turns import SCREENS, InTurn


class Slow:
    """An application whose answers end when they are let go, and what they did in which order."""

    def __init__(self):
        self.done, self.began, self.let_go = [], threading.Semaphore(0), {}

    def __call__(self, environ, start_response):
        name = environ["name"]
        self.done.append(f"{name} begins")
        self.began.release()
        assert self.let_go[name].wait(20)
        self.done.append(f"{name} ends")
        return []


@pytest.fixture
def slow():
    return Slow()


def ask(application, slow: Slow, name: str, path: str = SCREENS) -> threading.Thread:
    slow.let_go[name] = threading.Event()
    thread = threading.Thread(target=application, args=({"PATH_INFO": path, "name": name}, None))
    thread.start()
    return thread


def test_a_screen_waits_for_the_one_before_it(slow, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 20)
    application = InTurn(slow)
    first = ask(application, slow, "first")
    slow.began.acquire()
    second = ask(application, slow, "second")
    slow.let_go["second"].set()
    time.sleep(.05)
    slow.let_go["first"].set()
    first.join(20), second.join(20)
    assert slow.done == ["first begins", "first ends", "second begins", "second ends"]


@pytest.mark.parametrize(("path", "patience"), [(SCREENS, .01), ("/version", 20)])
def test_nothing_waits_for_long_and_what_is_no_screen_not_at_all(slow, monkeypatch, path, patience):
    monkeypatch.setattr(turns, "PATIENCE", patience)
    application = InTurn(slow)
    first = ask(application, slow, "first")
    slow.began.acquire()
    second = ask(application, slow, "second", path)
    slow.let_go["second"].set()
    second.join(20)
    assert slow.done == ["first begins", "second begins", "second ends"]
    slow.let_go["first"].set()
    first.join(20)


def test_who_waited_too_long_leaves_the_turn_with_its_holder(slow, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", .01)
    application = InTurn(slow)
    first = ask(application, slow, "first")
    slow.began.acquire()
    second = ask(application, slow, "second")
    slow.let_go["second"].set()
    second.join(20)
    monkeypatch.setattr(turns, "PATIENCE", 20)
    third = ask(application, slow, "third")
    slow.let_go["third"].set()
    time.sleep(.05)
    slow.let_go["first"].set()
    first.join(20), third.join(20)
    assert slow.done[-3:] == ["first ends", "third begins", "third ends"]


def test_a_fault_gives_the_turn_on(slow, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 60)

    def sometimes(environ, start_response):
        if environ["name"] == "broken":
            raise ValueError
        return slow(environ, start_response)

    application = InTurn(sometimes)
    with pytest.raises(ValueError):
        application({"PATH_INFO": SCREENS, "name": "broken"}, None)
    after = ask(application, slow, "after")
    slow.let_go["after"].set()
    after.join(20)
    assert slow.done == ["after begins", "after ends"]
