"""The manifest of a delivery: which files it has, with rows and hashes, so that intake can tell a whole delivery from half of one."""

import hashlib
import json
from datetime import date
from pathlib import Path

MANIFEST = "_manifest.json"


def write_manifest(extract, period_start: date, period_end: date) -> None:
    """Write _manifest.json into the folder of an extract, as its last file: a folder without it is not done yet."""
    body = {
        "contract_version": "1", "feed": "synthetic", "source": "mso", "kind": "full", "sequence": 1,
        "period_start": str(period_start), "period_end": str(period_end), "produced_at": f"{period_end}T00:00:00Z",
        "row_count": sum(extract.rows.values()),
        "files": [{"name": name, "table": table, "row_count": rows, "sha256": _sha256(extract.folder / name)}
                  for table, name, rows in extract.files],
    }
    part = extract.folder / (MANIFEST + ".part")
    part.write_text(json.dumps(body, indent=2) + "\n", encoding="utf-8")
    part.replace(extract.folder / MANIFEST)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
