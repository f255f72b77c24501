"""A delivery: the files of one folder (or one list of files) that a sender means together."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.errors import Fault
from dashboard.intake.report import DeliveryReport, Warning

if TYPE_CHECKING:
    from dashboard.intake.manifest import Manifest

MANIFEST = "_manifest.json"
DATA_SUFFIXES = (".ndjson", ".json", ".jsonl", ".csv", ".txt", ".parquet")
HALF_WRITTEN = (".part", ".partial", ".tmp", ".filepart", ".crdownload", ".inprogress")


@dataclass(frozen=True)
class SentFile:
    """A file as sent: its place in the delivery, where it lies, its name (below the folder) and the hash of its bytes."""
    index: int
    path: Path
    name: str
    size: int
    sha256: str
    zipped: bool = False

    @property
    def compression(self) -> str:
        """DuckDB's word for it."""
        return "gzip" if self.zipped else "none"

    def start(self, most: int = 1 << 16) -> bytes:
        """The first line, unzipped, at most so many bytes of it."""
        with (gzip.open if self.zipped else open)(self.path, "rb") as file:
            return file.readline(most)

    @property
    def is_text(self) -> bool:
        """Not parquet: a declared encoding concerns it."""
        return not self.name.endswith(".parquet")


@dataclass
class Delivery:
    """What intake knows of a delivery while it takes it in."""
    home: Path
    place: Path
    files: list[SentFile]
    data_source: str
    manifest: Manifest
    received_at: datetime.datetime
    format: str = ""
    replays: int | None = None  # number of the held delivery that this one is
    report: DeliveryReport = field(default_factory=lambda: DeliveryReport(""))
    sent: list[tuple[str, str, list[str]]] = field(default_factory=list)  # (SELECT, table, columns) of files that speak the contract

    @property
    def sha256(self) -> str:
        """Of the names and contents of all files: equal for a delivery that is sent again."""
        return hashlib.sha256("\n".join(f"{f.name} {f.sha256}" for f in sorted(self.files, key=lambda f: f.name)).encode()).hexdigest()

    def leave(self, files) -> None:
        """Say of files that nobody knows how to read them: nothing is left unseen."""
        self.report.warnings += [Warning(file.name, None, "unknown_file", 0, None, "its name says nothing to this format", "left alone")
                                 for file in files]


@dataclass(frozen=True)
class Part:
    """A SELECT that makes rows of one contract table from one file; `key` names SELECTs that have the same columns."""
    file: SentFile
    table: str
    select: str
    key: str | None = None


def groups(paths: list[str | Path]) -> list[tuple[Path, list[Path]]]:
    """(place, files) of each delivery: a folder is one, unless its manifest lists several; loose files of one folder are one together."""
    found: dict[Path, list[Path]] = {}
    for path in map(Path, paths):
        if not path.exists():
            raise Fault(path, "there is no such file or folder.", "Check the path.")
        if path.is_dir():
            found[path] = data_files(path)
        else:
            found.setdefault(path.parent / "*", []).append(path)
    return [(place if place.name != "*" else place.parent if len(files) > 1 else files[0], files)
            for folder, all_files in found.items() for place, files in _listed(folder, all_files)]


def _listed(place: Path, files: list[Path]) -> list[tuple[Path, list[Path]]]:
    """An archive, that is a folder whose manifest lists deliveries, gives each of them, in the order of the list."""
    try:
        listed = json.loads((place / MANIFEST).read_text(encoding="utf-8"))["deliveries"]
        return [(place, [place / file["name"] for file in delivery["files"]]) for delivery in listed]
    except (OSError, ValueError, LookupError, TypeError):
        return [(place, files)]  # no list, or no manifest that reads: what is wrong with it is said when the delivery is taken in


def data_files(folder: Path) -> list[Path]:
    """The data files of a folder, by name; COUNTS.json, manifests and READMEs are none."""
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.startswith((".", "_"))]
    return [p for p in files if p.name.removesuffix(".gz").endswith(DATA_SUFFIXES) and p.stem.upper() not in ("COUNTS", "README")]


def sent_file(index: int, path: Path, name: str) -> SentFile:
    """What can be seen of a file without reading it as anything. It is zipped if its bytes say so, whatever its name says."""
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        return SentFile(index, path, name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest(), zipped)
