"""From a landed file to a published version, the turn of a day, and from an answer to another session's list.

python -m benchmarks.live [--members N] [--passes P]
"""

import argparse
import json
import shutil
import sys
import time
from collections import defaultdict
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from benchmarks import answered, build
from benchmarks.claims import Claim, say
from benchmarks.run import SCRATCH
from dashboard import database
from dashboard.build import sql
from dashboard.build.progress import Progress
from dashboard.live.refresh import refresh

AS_OF = date.fromisoformat(build.AS_OF)
LABS, CLAIMS = (1_000, 3.0), (50_000, 20.0)  # rows of a delivery, seconds allowed at a million members
ANSWERED = 3.0  # seconds allowed until an answered gap is on no list
SHOWN = 12  # steps of the profile
# Rows like those that came before, as a new delivery has them: ids of their own, of days that are still to be counted.
NEWER = {
    "lab_result": """SELECT * EXCLUDE (person_key, source_row)
        REPLACE (lab_result_id || '{tag}' AS lab_result_id, accession_number || '{tag}' AS accession_number,
        DATE '{day}' AS collection_datetime, DATE '{day}' AS result_datetime, DATE '{day}' AS file_date)
        FROM (SELECT DISTINCT ON (person_id) * FROM {rows}) ORDER BY hash(person_id, '{tag}') LIMIT {limit}""",
    "medical_claim": """SELECT * EXCLUDE (person_key, source_row) REPLACE (claim_id || '{tag}' AS claim_id, DATE '{day}' AS file_date)
        FROM {rows} WHERE hash(claim_id, '{tag}') % (SELECT greatest(1, count(*) // {limit}) FROM {rows}) = 0 LIMIT {limit}""",
}


def measure(members: int, scratch: Path, passes: int) -> list[Claim]:
    """Deliveries one after the other into a copy of a built home, each published before the next one lands."""
    source = build._home(members, scratch)
    home = scratch / f"live-{members}"
    shutil.rmtree(home, ignore_errors=True)
    # Whatever was published there goes, or this very program would have nothing to build.
    shutil.copytree(source, home, copy_function=shutil.copy2, ignore=shutil.ignore_patterns("published", "history.duckdb*"))
    whole, whole_of_cores, _ = _refreshed(home, AS_OF)
    say(f"built whole in {whole:.1f} s")
    claims = []
    for table, (rows, allowed), times in (("lab_result", LABS, passes), ("medical_claim", CLAIMS, max(2, passes // 5))):
        wanted = min(rows, members // 10)
        done = [_pass(home, source, table, wanted, number) for number in range(times)]
        seconds, of_cores = [each[0] for each in done], [each[1] for each in done]
        claims.append(_claim(f"{members:,} members: {table}, {wanted:,} rows, p95", seconds, allowed, members,
                             f"; {_slow(of_cores):.1f} s of all cores; {_slow(seconds) / whole:.2f} of a full build"))
        _say_profile(table, [progress for _, _, progress in done[1:]])
    turned, of_cores, progress = _refreshed(home, AS_OF + timedelta(days=1))
    claims.append(Claim(f"{members:,} members: turn of a day / full build, in seconds of all cores", of_cores / whole_of_cores, "times",
                        note=f"{of_cores:.1f} s / {whole_of_cores:.1f} s; by the clock {turned:.1f} s / {whole:.1f} s"))
    _say_profile("turn", [progress])
    seconds = answered.measure(home, passes)
    claims.append(_claim(f"{members:,} members: answered gap gone elsewhere, p95", seconds, ANSWERED, members, ""))
    shutil.rmtree(home)
    return claims


def _claim(name: str, seconds: list[float], allowed: float, members: int, more: str) -> Claim:
    note = f"median {sorted(seconds)[len(seconds) // 2]:.1f} s of {len(seconds)}{more}"
    return Claim(name, _slow(seconds), "s", allowed if members >= 1_000_000 else None, note=note)


def _slow(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def _say_profile(table: str, passes: list[Progress]) -> None:
    """Mean seconds of the steps of a pass. Relations of a layer are made side by side: their seconds do not add up to the layer's."""
    total = defaultdict(float)
    for progress in passes:
        for step in progress.steps:
            total[step.name] += step.seconds / len(passes)
    for name in sorted(total, key=total.get, reverse=True)[:SHOWN]:
        say(f"    {table}: {name:<30}{total[name]:>8.2f} s")


def _pass(home: Path, source: Path, table: str, rows: int, number: int) -> tuple[float, float, Progress]:
    """Seconds from the moment a delivery lies whole in the inbox until its version is published, seconds of all cores, and the steps."""
    target = home / "inbox" / f".{table}{number}"
    (target / table).mkdir(parents=True)
    files = f"read_parquet('{sql.quoted(source)}/extract/{table}/*.parquet', union_by_name = true)"
    select = NEWER[table].format(tag=f"n{number}", day=AS_OF, rows=files, limit=rows)
    with closing(database.connect()) as connection:
        sent = connection.execute(f"COPY ({select}) TO '{sql.quoted(target / table / 'part.parquet')}'").fetchone()[0]
    manifest = {"contract_version": "1", "source": "mso", "feed": f"newer_{table}", "kind": "delta", "sequence": number + 1,
                "files": [{"name": f"{table}/part.parquet", "row_count": sent}]}
    (target / "_manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    target.rename(home / "inbox" / f"{table}{number}")
    return _refreshed(home, AS_OF, f"{table} {number}: ")


def _refreshed(home: Path, day: date, what: str = "") -> tuple[float, float, Progress]:
    """Seconds until the version of a pass is published, seconds of all cores of the whole pass, and the steps."""
    began, processor, progress = time.time(), time.process_time(), Progress()
    done = refresh(home, day, progress=progress)
    processor = time.process_time() - processor
    if done.version is None:
        raise SystemExit(f"{what}nothing was published: {done.how} {done.why}")
    # When the pointer took its place: from then on every reader is answered by the new version. The pass gives back its memory after it.
    seconds = (home / "published" / "current").stat().st_ctime - began
    say(f"{what}{done.how}, {done.people:,} people, {seconds:.1f} s, {processor:.1f} s of all cores {done.why}")
    return seconds, processor, progress


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
