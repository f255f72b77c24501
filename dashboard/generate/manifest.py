"""The manifest of an extract: which files it has, with rows and hashes, so that intake can tell a whole delivery from half of one.

An extract of many deliveries has one manifest too, with a list `deliveries`: what each would say in a folder of its own.
"""

import hashlib
import json
from datetime import date
from pathlib import Path

from dashboard.generate.deliveries import BEGIN, Delivery

MANIFEST = "_manifest.json"


def write_manifest(extract, deliveries: list[Delivery], period_start: date, as_of: date) -> None:
    """Write _manifest.json into the folder of an extract, as its last file: a folder without it is not done yet."""
    if len({delivery.number for delivery in deliveries}) == 1:
        body = _said("synthetic", "full", 1, period_start, as_of) | _files(extract, 1)
    else:
        said = [_said(d.feed, d.kind, d.sequence, period_start if d.start == BEGIN else d.start, d.end)
                | {"received_at": f"{d.end}T06:10:00Z"} | _files(extract, d.number) for d in deliveries]
        body = {"contract_version": "1", "source": "mso", "deliveries": [delivery for delivery in said if delivery["files"]]}
    part = extract.folder / (MANIFEST + ".part")
    part.write_text(json.dumps(body, indent=2) + "\n", encoding="utf-8")
    part.replace(extract.folder / MANIFEST)


def _said(feed: str, kind: str, sequence: int, start: date, end: date) -> dict:
    return {"contract_version": "1", "feed": feed, "source": "mso", "kind": kind, "sequence": sequence,
            "period_start": str(start), "period_end": str(end), "produced_at": f"{end}T00:00:00Z"}


def _files(extract, number: int) -> dict:
    mine = [file for file in extract.files if file.delivery == number]
    return {"row_count": sum(file.rows for file in mine),
            "files": [{"name": file.name, "table": file.table, "row_count": file.rows, "sha256": _sha256(extract.folder / file.name)}
                      for file in mine]}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
