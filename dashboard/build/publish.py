"""Published versions: a new file beside the old ones, then one atomic change of the pointer `published/current`.

    published/000012.duckdb              a version: immutable once named by the pointer
    published/000015-on-000012.overlay   a version that is what changed since 000012: it is served together with it
    published/current                    the name of the file of the version that is served, and its size in bytes

A process that dies before the pointer changes leaves an orphan, which the next build removes; the old version was served all along.
"""

import os
from datetime import date, datetime, timedelta
from pathlib import Path

from dashboard import settings
from dashboard.errors import Fault

HOLD, ACCEPTED = "hold", "accepted"
KEPT = 3  # the served version and the two before it: a page that was opened on one of them can still be answered


def versions(home: Path) -> list[Path]:
    """Version files, oldest first, orphans included."""
    return sorted([*(home / "published").glob("[0-9]*.duckdb"), *(home / "published").glob("[0-9]*.overlay")])


def number(name: str) -> str:
    """The version that a file holds: '000015' of '000015-on-000012.overlay'."""
    return Path(name).stem.partition("-on-")[0]


def served(home: Path) -> str | None:
    """Name of the version file that the pointer names, None before the first build."""
    try:
        return (home / "published" / "current").read_text(encoding="utf-8").splitlines()[0]
    except FileNotFoundError:
        return None


def days(home: Path) -> dict[date, Path]:
    """Day -> the version file that was served at its end (of today: that is served now), oldest first. A day is that of the server's clock.

    A file carries the moment of its publication as its own; a fold and a backup leave it as it was.
    """
    now = served(home)
    return {_day_of(path): path for path in versions(home) if now and path.name <= now}


def of_day(home: Path, day: date, version: str) -> Path | None:
    """The file of a version that was published on a day; None where it is not on disk."""
    now = served(home)
    return next((path for path in versions(home) if now and path.name <= now and number(path.name) == version and _day_of(path) == day), None)


def day_of(home: Path, version: str) -> date | None:
    """The day on which a version was published."""
    return next((_day_of(path) for path in versions(home) if number(path.name) == version), None)


def _day_of(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime).date()


def _of_past(home: Path) -> list[str]:
    """Stems of the versions that the time machine keeps: the last of each of the last days and months."""
    known = days(home)
    if not known:
        return []
    newest = max(known)
    months = {(day.year, day.month): path for day, path in sorted(known.items())}
    recent = [path for day, path in known.items() if day > newest - timedelta(days=settings.kept_days())]
    return [path.stem for path in [*recent, *list(months.values())[-1 - settings.kept_months():]]]


def next_version(home: Path) -> str:
    """Number of the next version, above every one that was ever published and is still here."""
    numbers = [int(number(path.name)) for path in versions(home)] + [int(number(served(home) or "0"))]
    return f"{max(numbers) + 1:06d}"


def publish(home: Path, version: str, built: Path, base: Path | None = None) -> None:
    """Move the built file among the versions and point to it; base: of an overlay. Nothing is half done at any instant."""
    folder = home / "published"
    folder.mkdir(parents=True, exist_ok=True)
    _sync(built)
    target = folder / (f"{version}-on-{base.stem}.overlay" if base else f"{version}.duckdb")
    os.replace(built, target)
    _sync(folder)
    _point(folder, target)
    for mark in (HOLD, ACCEPTED):
        (folder / mark).unlink(missing_ok=True)


def _point(folder: Path, target: Path) -> None:
    pointer = folder / "current.new"
    pointer.write_text(f"{target.name}\n{target.stat().st_size}\n", encoding="utf-8")
    _sync(pointer)
    os.replace(pointer, folder / "current")
    _sync(folder)


def roll_back(home: Path) -> str:
    """Point to the version before the served one; its name. Nothing is published by itself until `hold` is taken away. Fault when none is here."""
    now = served(home)
    older = [path for path in versions(home) if now and number(path.name) < number(now)]
    if not older:
        raise Fault(home / "published", "no version before the served one is here.", "Restore a backup, or build.")
    hold(home, f"version {number(now)} was taken back by hand")
    _point(home / "published", older[-1])
    return number(older[-1].name)


def hold(home: Path, why: str) -> None:
    """Let nothing be published here until a person accepts it."""
    (home / "published").mkdir(parents=True, exist_ok=True)
    (home / "published" / HOLD).write_text(why + "\n", encoding="utf-8")


def held(home: Path) -> str | None:
    """Why nothing is published here at the moment; None when all is as usual."""
    path = home / "published" / HOLD
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


def accept(home: Path) -> str | None:
    """A person looked: the next pass publishes again, whatever falls by it. Gives why it was held."""
    why = held(home)
    if why:
        os.replace(home / "published" / HOLD, home / "published" / ACCEPTED)
    return why


def accepted(home: Path) -> bool:
    """Whether a person accepted what the next version says."""
    return (home / "published" / ACCEPTED).exists()


def clean(home: Path) -> None:
    """Remove what killed builds left, and older versions but those of the time machine. Open files stay readable to those who opened them."""
    now = served(home)
    stay = [*[path.stem for path in versions(home) if now and path.name <= now][-KEPT:], *_of_past(home)]
    kept = {*stay, *(stem.partition("-on-")[2] for stem in stay), "current", HOLD, ACCEPTED}
    for path in [*(home / "published").glob("*"), *(home / "build").glob("*")]:
        if path.parent.name == "build" or path.name.partition(".")[0] not in kept or path.name == "current.new":
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        for child in path.iterdir():
            _remove(child)
        path.rmdir()
    else:
        path.unlink()


def _sync(path: Path) -> None:
    """Have the disk hold what was written, or a power cut could leave a pointer to an empty file."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
