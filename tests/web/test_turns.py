"""Screens are drawn one after another, in the order in which they were asked for; all else does not wait for them."""

import threading

from dashboard.web import turns
from dashboard.web.turns import LINE, TAKE_TURNS, Turns


class Screens:
    """A WSGI application whose screens are drawn when the test lets them."""

    def __init__(self):
        self.begun, self.together, self._now, self._lock = [], 0, 0, threading.Lock()
        self.let = {name: threading.Event() for name in "abc"}
        self.drawing = {name: threading.Event() for name in "abc"}

    def __call__(self, environ, _start):
        name = environ.get("name")
        if name is None:
            return [b"at once"]
        with self._lock:
            self.begun.append(name)
            self._now += 1
            self.together = max(self.together, self._now)
        self.drawing[name].set()
        assert self.let[name].wait(10)
        with self._lock:
            self._now -= 1
        return [name.encode()]


def ask(served: Turns, name: str, answers: list) -> threading.Thread:
    thread = threading.Thread(target=lambda: answers.append(served({"PATH_INFO": TAKE_TURNS, "name": name}, None)))
    thread.start()
    return thread


def in_line(served: Turns, number: int) -> None:
    for _ in range(1000):
        if served.waiting() == number:
            return
        threading.Event().wait(.01)
    raise AssertionError(f"{served.waiting()} in line, not {number}")


def test_screens_are_drawn_one_after_another_in_their_order(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 60)
    screens, answers = Screens(), []
    served = Turns(screens)
    asked = []
    for number, name in enumerate("abc", 1):
        asked.append(ask(served, name, answers))
        in_line(served, number)
    assert served.waiting() >= LINE and screens.begun == ["a"]
    assert served({"PATH_INFO": "/version"}, None) == [b"at once"]
    for event in screens.let.values():
        event.set()
    for thread in asked:
        thread.join(10)
    assert answers == [[b"a"], [b"b"], [b"c"]] and screens.together == 1 and served.waiting() == 0


def test_a_screen_that_hangs_holds_up_nobody_for_long(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", .05)
    screens, answers = Screens(), []
    served = Turns(screens)
    hanging = ask(served, "a", answers)
    assert screens.drawing["a"].wait(10)
    screens.let["b"].set()
    ask(served, "b", answers).join(10)
    assert answers == [[b"b"]] and served.waiting() == 0  # new connections are taken, too
    screens.let["a"].set()
    hanging.join(10)
    assert answers == [[b"b"], [b"a"]]


def test_a_fault_ends_a_turn():
    def broken(_environ, _start):
        raise ValueError
    served = Turns(broken)
    for _ in range(2):
        try:
            served({"PATH_INFO": TAKE_TURNS}, None)
        except ValueError:
            assert served.waiting() == 0
