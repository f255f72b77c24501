"""gunicorn's worker with threads, but a new connection goes to the process that holds the fewest.

A browser keeps its connection open and so stays with the process that took it. All processes wait at one door: left to chance, one of them takes
most of what comes at once, and the others idle for as long as those browsers work.
"""

import itertools
import mmap
import time
from array import array

from gunicorn.workers.gthread import ThreadWorker

PLACES = 128  # of processes at a time; those of a reload stand beside those that end
CLOSED = 2 ** 31 - 1  # in place of a number: takes no connection, so nobody waits for it
LOOK, PATIENCE = .002, .2  # seconds between two looks whether another process came, and until who holds more takes the connection after all
_held = memoryview(mmap.mmap(-1, 4 * PLACES)).cast("i")  # connections of each process, in memory shared by all: made before they fork
_held[:] = memoryview(array("i", [CLOSED] * PLACES))


def take_place(server, worker) -> None:
    """Of gunicorn's `pre_fork`: a place among the processes for a new one. It is closed until the process takes connections."""
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in itertools.count() if place not in taken)
    leave_place(server, worker)


def leave_place(_server, worker) -> None:
    """Of gunicorn's `child_exit`: whatever ended the process, its connections are gone."""
    _held[worker.place] = CLOSED


class EvenWorker(ThreadWorker):
    """Takes a connection only when no process holds fewer, or when those that do have not come for it."""

    _left_since = None  # when the connection at the door was first left to others

    def wait_for_and_dispatch_events(self, timeout):
        self._tell()
        self._leaves = False
        super().wait_for_and_dispatch_events(timeout)
        if not self._leaves:
            self._left_since = None
            self._tell()

    def accept(self, listener):
        now = time.monotonic()
        self._left_since = self._left_since or now
        self._leaves = self.nr_conns > min(_held) and now - self._left_since < PATIENCE
        if self._leaves:
            time.sleep(LOOK)
        else:
            super().accept(listener)

    def _tell(self) -> None:
        _held[self.place] = self.nr_conns if self._accepting else CLOSED
