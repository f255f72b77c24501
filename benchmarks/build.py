"""Full build of N synthetic members: time against copying the same files, time of the layers, memory."""

import shutil
from datetime import date
from pathlib import Path

from benchmarks.claims import Claim, Cost, command, say, timed
from dashboard import database
from dashboard.build import sql
from dashboard.contract import read_contract
from dashboard.risk.said import share

AS_OF = "2026-11-20"


def measure(members: int, scratch: Path, limits: bool) -> list[Claim]:
    """Generate and take in (kept for the next run), then copy and build in one go. limits: hold the other figures, too,
    against the claims."""
    home = _home(members, scratch)
    copied = _copy(home, scratch / "copy")
    say(f"copied every extract table in {copied.seconds:.1f} s; building ...")
    built = command("build", "--home", str(home), "--as-of", AS_OF)
    seconds, rows, people, risk = _steps(home)
    coding, judging = seconds["extract"] + seconds["valid"] + seconds["coded"], seconds["evidence"] + seconds["result"]
    who = f"{members:,} members: "
    return [
        Claim(who + "build / copy of all extract tables", built.seconds / copied.seconds, "times", 2.5,
              note=f"{built.seconds:.1f} s / {copied.seconds:.1f} s"),
        Claim(who + "the same in seconds of all cores", built.processor / copied.processor, "times",
              note=f"{built.processor:.1f} s / {copied.processor:.1f} s"),
        Claim(who + "evidence + result / valid + coded", judging / coding, "times", 1.0 if limits else None,
              note=f"{judging:.1f} s / {coding:.1f} s"),
        Claim(who + "risk / all relations, in their seconds", risk, "times", 0.25 if limits else None),
        Claim(who + "mart and checks", seconds["mart"], "s"),
        Claim(who + "most memory of the build", built.gigabytes, "GB", 10.0),
        Claim(who + "rows of the extract", rows / 1e6, "million", note=f"{people:,} people known"),
    ]


def _home(members: int, scratch: Path) -> Path:
    home, extract = scratch / f"home-{members}", scratch / f"generated-{members}"
    if (home / "done").exists():
        return home
    for folder in (home, extract):
        shutil.rmtree(folder, ignore_errors=True)
    say(f"making {members:,} people ...")
    generated = command("generate", "--members", str(members), "--out", str(extract), "--as-of", AS_OF, "--months", "0")
    say(f"made in {generated.seconds:.0f} s; taking them in ...")
    taken = command("intake", str(extract), "--home", str(home))
    say(f"taken in in {taken.seconds:.0f} s, at most {taken.gigabytes:.1f} GB")
    shutil.rmtree(extract)
    (home / "done").write_text(str(date.today()))
    return home


def _copy(home: Path, target: Path) -> Cost:
    """What it takes to copy each table of the extract, all its columns, from parquet to parquet."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    connection = database.connect(scratch=target / "scratch")
    tables = sorted(path for path in (home / "extract").iterdir() if any(path.glob("*.parquet")))
    try:
        return timed(lambda: [connection.execute(f"COPY (FROM read_parquet('{sql.quoted(table)}/*.parquet', union_by_name = true)) "
                                                 f"TO '{sql.quoted(target / table.name)}.parquet'") for table in tables])
    finally:
        connection.close()
        shutil.rmtree(target)


def _steps(home: Path) -> tuple[dict[str, float], int, int, float]:
    """Seconds by layer, rows of the extract, people, the risk step's share, as the published version tells."""
    connection = database.connect_published(home)
    try:
        seconds = dict.fromkeys(("extract", "valid", "coded", "evidence", "result", "mart"), 0.0)
        steps = connection.execute("SELECT relation, seconds FROM mart.build_step").fetchall()
        for step, taken in steps:
            layer = "mart" if step.startswith("check.") else step
            if layer in seconds:  # relations of a layer are made side by side: their seconds do not add up to the layer's
                seconds[layer] += taken
        arrived = [f"extract.{table}" for table in read_contract()]
        rows = connection.execute("SELECT sum(rows_out) FROM mart.build_step WHERE relation IN (SELECT unnest(?))", [arrived])
        return seconds, rows.fetchone()[0] or 0, connection.execute("SELECT people FROM mart.version").fetchone()[0], share(steps)
    finally:
        connection.close()
