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


def timed(work) -> float:
    """Seconds that a call takes."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def command(*words: str) -> tuple[float, float]:
    """Run a huddleboard command in a process of its own: (seconds, most memory in GB)."""
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "dashboard.cli.main", *words], cwd=Path(__file__).resolve().parents[1],
                               stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])})
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"huddleboard {' '.join(words)} failed.")
    return time.monotonic() - began, _gigabytes(usage)


def _gigabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)
