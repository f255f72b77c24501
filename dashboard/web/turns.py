"""Answers take turns: a process draws one screen after another, in the order in which they were asked for.

Side by side in one process, screens stretch each other: four that take 20 ms each would all take 80. And a browser that keeps its connection
stays with one process, however long the line there is; so while others wait a connection is closed after its answer, and a process whose line is
long leaves new connections to the others.
"""

import threading
import time
from collections import deque

from gunicorn.workers.gthread import ThreadWorker

TAKE_TURNS = "/_dash-update-component"
LINE = 2  # who is being answered, and who is next
PATIENCE = 1.0  # seconds after which nobody waits for who is being answered any longer


class Turns:
    """A WSGI application whose screens are drawn one at a time; all else is answered at once."""

    def __init__(self, application):
        self.application = application
        self._line: deque[threading.Event] = deque()
        self._lock, self._since = threading.Lock(), 0.0

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] != TAKE_TURNS:
            return self.application(environ, start_response)
        turn = self._stand_in_line()
        try:
            turn.wait(max(0.0, self._since + PATIENCE - time.monotonic()))
            return self.application(environ, start_response)  # drawn in full; sending it is no part of the turn
        finally:
            self._leave(turn)

    def waiting(self) -> int:
        """How many are being answered or wait; 0 when who is first takes unusually long and nobody should wait for it."""
        return len(self._line) if time.monotonic() - self._since < PATIENCE else 0

    def _stand_in_line(self) -> threading.Event:
        turn = threading.Event()
        with self._lock:
            self._line.append(turn)
            self._next()
        return turn

    def _leave(self, turn: threading.Event) -> None:
        with self._lock:
            self._line.remove(turn)
            self._next()

    def _next(self) -> None:
        if self._line and not self._line[0].is_set():
            self._since = time.monotonic()
            self._line[0].set()


class Worker(ThreadWorker):
    """A process that serves `Turns`."""

    def set_accept_enabled(self, enabled):
        """Asked before every wait for events."""
        super().set_accept_enabled(enabled and self._is_free())

    def accept(self, listener):
        if self._is_free():
            super().accept(listener)
        else:
            self.set_accept_enabled(False)

    def _is_free(self) -> bool:
        return self.wsgi is None or self.wsgi.waiting() < LINE


def share_out(worker: Worker, request) -> None:
    """gunicorn's pre_request: the next click may go to a process that has less to do."""
    if worker.wsgi.waiting():
        request.force_close()
