"""Answers that the served version does not know yet: every request sees them, whoever gave them, before any build."""

import threading

from dashboard.answers import keep
from dashboard.answers.keep import Gap
from dashboard.state import Store


class Waiting:
    """What people said since the served version was built, for all requests of a web process.

    Compared gap by gap with what the version knows, not by one number: a refresh of some people leaves answers of others waiting.
    """

    def __init__(self, store: Store):
        self._store, self._lock = store, threading.Lock()
        self._newest: dict[Gap, list] = {}
        self._last = 0
        self._version: str | None = None
        self._known: dict[Gap, int] = {}
        self._list: list[dict] = []

    def of(self, version: str, known) -> tuple[int, list[dict]]:
        """(number of the newest answer, the answers that wait: measure_id, person, period, unit, answer_id, kind, answered).

        known(): (measure_id, person, period, unit, answer_id) of the answers that the version knows; asked once a version.
        """
        with self._lock:
            newer = keep.newest_id(self._store) > self._last
            if newer:
                rows = keep.after(self._store, self._last)
                self._newest.update({gap: told for gap, *told in rows})
                self._last = max(number for _, number, *_ in rows)
            if version != self._version:
                self._known = {Gap(*row[:4]): row[4] for row in known()}
            if newer or version != self._version:
                self._version, self._list = version, self._compared()
            return self._last, self._list

    def _compared(self) -> list[dict]:
        return [gap._asdict() | {"answer_id": number, "kind": kind, "answered": answered} for gap, (number, kind, answered) in self._newest.items()
                if self._known.get(gap, 0) < number and (answered or gap in self._known)]
