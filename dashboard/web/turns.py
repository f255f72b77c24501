"""Answers of a process one after the other.

Two that share a core are both ready when the second would be, and each hands the interpreter to and fro at every question. In turn, the first is
ready in half the time and the second no later. Who waits longer than PATIENCE goes beside: a question over millions of rows holds up nobody.
"""

import threading

PATIENCE = .15  # seconds
SCREENS = "/_dash-update-component"


class InTurn:
    """WSGI: what draws screens waits for its turn."""

    def __init__(self, application):
        self._application, self._turn = application, threading.Lock()

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] != SCREENS:
            return self._application(environ, start_response)
        mine = self._turn.acquire(timeout=PATIENCE)
        try:
            return self._application(environ, start_response)
        finally:
            if mine:
                self._turn.release()
