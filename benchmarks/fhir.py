"""Intake of FHIR NDJSON: uncompressed megabytes a second, rows checked one by one."""

import gzip
import shutil
from pathlib import Path

from benchmarks.claims import Claim, command, say
from dashboard import database
from dashboard.build import sql

REAL = Path(__file__).resolve().parents[2] / "shared" / "real" / "synthea-r4-smart"
FEWEST = 50.0


def measure(scratch: Path) -> list[Claim]:
    """Over real files where there are some beside the checkout, else over generated ones."""
    folder = REAL if REAL.exists() else _generated(scratch)
    size = sum(_size(path) for path in folder.glob("*.ndjson*")) / 1e6
    home = scratch / "home-fhir"
    shutil.rmtree(home, ignore_errors=True)
    taken = command("intake", str(folder), "--format", "fhir-r4", "--home", str(home))
    shutil.rmtree(home)
    note = f"{size:.0f} MB of {folder.name} in {taken.seconds:.1f} s ({taken.processor:.1f} s of all cores), at most {taken.gigabytes:.1f} GB"
    return [Claim("FHIR intake, uncompressed", size / taken.seconds, "MB/s", FEWEST, at_least=True, note=note)]


def _size(path: Path) -> int:
    if path.suffix != ".gz":
        return path.stat().st_size
    with gzip.open(path) as file:
        size = 0
        while block := file.read(1 << 20):
            size += len(block)
    return size


def _generated(scratch: Path) -> Path:
    """Patients, observations and conditions of synthetic people as FHIR resources."""
    folder, extract = scratch / "generated-fhir", scratch / "generated-for-fhir"
    if folder.exists():
        return folder
    say("making FHIR files ...")
    shutil.rmtree(extract, ignore_errors=True)
    command("generate", "--members", "10000", "--out", str(extract), "--as-of", "2026-11-20")
    part = folder.with_name("generated-fhir.part")
    part.mkdir(parents=True, exist_ok=True)
    connection = database.connect()
    for path in sorted(Path(__file__).parent.glob("fhir_*.sql")):
        name = path.stem.removeprefix("fhir_").title()
        select = sql.relation(path).text
        connection.execute(f"COPY ({select}) TO '{sql.quoted(part / name)}.ndjson' (FORMAT json)", {"extract": str(extract)})
    connection.close()
    shutil.rmtree(extract)
    return part.rename(folder)
