"""What a build says while it works: one line a relation."""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Step:
    """One relation made: rows read from earlier relations (None: not counted), rows made, seconds."""
    name: str
    rows_in: int | None
    rows_out: int | None
    seconds: float


@dataclass
class Progress:
    """Steps so far, and where their lines go."""
    say: Callable[[str], None] = lambda line: None
    steps: list[Step] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    def done(self, name: str, began: float, rows_in: int | None = None, rows_out: int | None = None) -> None:
        step = Step(name, rows_in, rows_out, time.monotonic() - began)
        self.steps.append(step)
        self.say(f"{name:<40} {_count(rows_in):>13} in {_count(rows_out):>13} out {step.seconds:>8.2f} s")

    def rows(self, name: str) -> int | None:
        """Rows of a relation made earlier."""
        return next((step.rows_out for step in reversed(self.steps) if step.name == name), None)

    def total(self) -> str:
        return f"{time.monotonic() - self.started:.1f} s, at most {peak_memory_gb():.1f} GB of memory"


def _count(rows: int | None) -> str:
    return "" if rows is None else f"{rows:,}"


def peak_memory_gb() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def to_stderr() -> Progress:
    """Progress as lines on standard error, so that standard output stays free for answers."""
    return Progress(say=lambda line: print(line, file=sys.stderr, flush=True))
