"""A claim, what was measured, and the table of them."""

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Claim:
    """One measured figure beside its limit. limit None: reported only."""
    name: str
    measured: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def met(self) -> bool:
        if self.limit is None:
            return True
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit

    def row(self) -> str:
        limit = "" if self.limit is None else f"{'at least' if self.at_least else 'at most'} {self.limit:g}"
        said = "" if self.limit is None else "met" if self.met else "NOT MET"
        return f"{self.name:<52}{self.measured:>12,.2f} {self.unit:<8}{limit:<14}{said:<9}{self.note}"


def say(line: str) -> None:
    """Progress, on standard error."""
    print(line, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Cost:
    """What a piece of work took: seconds by the clock, seconds of all cores, most memory (0 where it was not a process of its own)."""
    seconds: float
    processor: float
    gigabytes: float = 0.0


def timed(work) -> Cost:
    """What a call takes. On a machine that others use too, seconds of all cores say more than those by the clock."""
    began, processor = time.monotonic(), time.process_time()
    work()
    return Cost(time.monotonic() - began, time.process_time() - processor)


def command(*words: str) -> Cost:
    """Run a huddleboard command in a process of its own."""
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "dashboard.cli.main", *words], cwd=Path(__file__).resolve().parents[1],
                               stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"huddleboard {' '.join(words)} failed.")
    return Cost(time.monotonic() - began, usage.ru_utime + usage.ru_stime, _gigabytes(usage))


def _gigabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
