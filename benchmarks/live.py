"""From a landed file to a published version: python -m benchmarks.live [--members N] [--passes P]."""

import argparse
import shutil
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

from benchmarks import build
from benchmarks.claims import Claim, say
from benchmarks.run import SCRATCH
from dashboard import database
from dashboard.build import sql
from dashboard.live.refresh import refresh

AS_OF = date.fromisoformat(build.AS_OF)
LABS, CLAIMS = (1_000, 3.0), (50_000, 20.0)  # rows of a delivery, seconds allowed at a million members
# Rows like those that came before, as a new delivery has them: ids of their own, of days that are still to be counted.
NEWER = {
    "lab_result": """SELECT * EXCLUDE (person_key, source_row)
        REPLACE (lab_result_id || '{tag}' AS lab_result_id, accession_number || '{tag}' AS accession_number,
        DATE '{day}' AS collection_datetime, DATE '{day}' AS result_datetime, DATE '{day}' AS file_date)
        FROM (SELECT DISTINCT ON (person_id) * FROM {rows}) ORDER BY hash(person_id, '{tag}') LIMIT {limit}""",
    "medical_claim": """SELECT * EXCLUDE (person_key, source_row) REPLACE (claim_id || '{tag}' AS claim_id, DATE '{day}' AS file_date)
        FROM {rows} WHERE hash(person_id, '{tag}') % 5 = 0 LIMIT {limit}""",
}


def measure(members: int, scratch: Path, passes: int) -> list[Claim]:
    """Deliveries one after the other into a copy of a built home, each published before the next one lands."""
    source = build._home(members, scratch)
    home = scratch / f"live-{members}"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(source, home, copy_function=shutil.copy2)
    began = time.monotonic()
    refresh(home, AS_OF)
    whole = time.monotonic() - began
    say(f"built whole in {whole:.1f} s")
    claims = []
    for table, (rows, allowed), times in (("lab_result", LABS, passes), ("medical_claim", CLAIMS, max(1, passes // 5))):
        seconds = sorted(_pass(home, source, table, min(rows, members // 10), number) for number in range(times))
        slow = seconds[max(0, -(-len(seconds) * 95 // 100) - 1)]
        limit = allowed if members >= 1_000_000 else None
        claims.append(Claim(f"{members:,} members: {table}, {min(rows, members // 10):,} rows, p95", slow, "s", limit,
                            note=f"{slow / whole:.2f} of a full build ({whole:.1f} s); {len(seconds)} passes"))
    shutil.rmtree(home)
    return claims


def _pass(home: Path, source: Path, table: str, rows: int, number: int) -> float:
    """Seconds from the moment a delivery lies in the inbox until its version is published."""
    half = home / "inbox" / f".{table}{number}" / table
    half.mkdir(parents=True)
    files = f"read_parquet('{sql.quoted(source)}/extract/{table}/*.parquet', union_by_name = true)"
    select = NEWER[table].format(tag=f"n{number}", day=AS_OF, rows=files, limit=rows)
    with closing(database.connect()) as connection:
        connection.execute(f"COPY ({select}) TO '{sql.quoted(half / 'part.parquet')}'")
    time.sleep(1.1)  # as after a rename: the watcher waits for it too, so it is added
    half.parent.rename(home / "inbox" / f"{table}{number}")
    began = time.monotonic()
    done = refresh(home, AS_OF)
    say(f"{table} {number}: {done.how}, {done.people:,} people, {time.monotonic() - began:.1f} s {done.why}")
    return time.monotonic() - began + 1.0


def main() -> int:
    """Exit status 1 when a claim is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000, metavar="N", help="default: 100000")
    parser.add_argument("--passes", type=int, default=20, metavar="P", help="deliveries of laboratory results (default: 20)")
    parser.add_argument("--scratch", type=Path, default=SCRATCH, metavar="DIR", help="where the made files are kept between runs")
    arguments = parser.parse_args()
    claims = measure(arguments.members, arguments.scratch, arguments.passes)
    print("\n".join(claim.row() for claim in claims))
    return 0 if all(claim.met for claim in claims) else 1


if __name__ == "__main__":
    sys.exit(main())
