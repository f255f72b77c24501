"""What a web process keeps of a served version: answers that stay right for as long as their key says the same."""

import threading
from collections import OrderedDict

ANSWERS, ROWS = 1_000, 60_000  # at most so many answers with so many rows in all: some 80 MB


class Kept:
    """Answers by key; those that nobody has asked for longest are forgotten first. For many threads."""

    def __init__(self, answers: int = ANSWERS, rows: int = ROWS):
        self.answers, self.rows = answers, rows
        self._known: OrderedDict = OrderedDict()
        self._held, self._lock = 0, threading.Lock()

    def get(self, key, make):
        """What is kept under a key, else what `make()` gives; an answer of more than a tenth of all rows is not kept."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = make()  # not under the lock: others must not wait for this question
        if _weight(made) <= self.rows // 10:
            with self._lock:
                self._keep(key, made)
        return made

    def _keep(self, key, made) -> None:
        if key in self._known:
            return
        self._known[key] = made
        self._held += _weight(made)
        while len(self._known) > self.answers or self._held > self.rows:
            _, forgotten = self._known.popitem(last=False)
            self._held -= _weight(forgotten)


def _weight(made) -> int:
    return len(made) if isinstance(made, list) else 1
