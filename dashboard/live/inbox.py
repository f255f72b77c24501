"""HOME/inbox: where senders put files. What is complete is taken in, in sequence, and moves to HOME/taken or, with the reason, to HOME/refused."""

import shutil
import time
from pathlib import Path

from dashboard.intake import intake
from dashboard.intake.delivery import HALF_WRITTEN, MANIFEST

SETTLED = 1.0  # seconds without a change after which what has no manifest counts as whole: an atomic rename is, a copy in progress is not
REASON = "_why_refused.txt"


def complete(home: Path) -> list[Path]:
    """Deliveries of the inbox that can be taken in, oldest first: folders, and loose files."""
    folder = home / "inbox"
    entries = [path for path in folder.glob("*") if _is_whole(path)] if folder.is_dir() else []
    return sorted(entries, key=lambda path: (path.stat().st_mtime_ns, path.name))


def waiting(home: Path) -> int:
    """How many things lie in the inbox, whole or not."""
    folder = home / "inbox"
    return sum(not path.name.startswith(".") for path in folder.glob("*")) if folder.is_dir() else 0


def take_in(home: Path) -> list:
    """Take every complete delivery in, without asking of them (build/asked.py); the reports of the deliveries. A killed pass is done again: what
    counts already is a duplicate then."""
    reports = []
    for path in complete(home):
        done = intake([path], home, ask=False).deliveries
        reports += done
        states = {delivery.status for delivery in done}
        if "waiting" not in states:
            _move(home, path, done, "refused" if "refused" in states else "taken")
    return reports


def _is_whole(path: Path) -> bool:
    if path.name.startswith(".") or path.name.endswith((*HALF_WRITTEN, ".manifest.json")):
        return False
    if (path.is_dir() and (path / MANIFEST).exists()) or path.with_name(f"{path.name}.manifest.json").exists():
        return True  # its manifest says which files must be there; intake waits for them
    parts = [path, *path.rglob("*")] if path.is_dir() else [path]
    if path.is_dir() and (len(parts) == 1 or any(part.name.endswith(HALF_WRITTEN) for part in parts)):
        return False
    return time.time() - max(part.stat().st_mtime for part in parts) >= SETTLED


def _move(home: Path, path: Path, done: list, where: str) -> None:
    target = home / where / path.name
    place = 1
    while target.exists():
        place += 1
        target = home / where / f"{path.name}.{place}"
    target.parent.mkdir(exist_ok=True)
    shutil.move(path, target)
    manifest = path.with_name(f"{path.name}.manifest.json")
    if manifest.exists():
        shutil.move(manifest, target.with_name(f"{target.name}.manifest.json"))
    if where == "refused":
        why = target / REASON if target.is_dir() else target.with_name(target.name + REASON)
        why.write_text("\n".join(str(problem) for delivery in done for problem in delivery.problems) + "\n", encoding="utf-8")
