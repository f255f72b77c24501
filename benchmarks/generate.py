"""Making N synthetic members against what DuckDB needs to write random rows of the same shape and size.

Same shape: the same tables, rows and columns; a column has the same share of NULLs, about as many different values and texts of the same
length as in the first file that was made.
"""

import shutil
from pathlib import Path

from benchmarks.build import AS_OF
from benchmarks.claims import Claim, command, say, timed
from dashboard import database
from dashboard.build import sql

LIMIT = 3.0
RANDOM = {
    "VARCHAR": "rpad(CAST(CAST(random() * {distinct} AS BIGINT) AS VARCHAR), {length}, 'x')",
    "DATE": "DATE '2024-01-01' + CAST(random() * {distinct} AS INTEGER)",
    "TIMESTAMP": "TIMESTAMP '2024-01-01' + to_minutes(CAST(random() * {distinct} AS BIGINT))",
    "BOOLEAN": "random() < 0.5",
}
NUMBER = "CAST(floor(random() * {distinct}) AS {kind})"


def measure(members: int, scratch: Path) -> list[Claim]:
    """Generate in one delivery, then write random rows like it; both in the same run. The made files are removed."""
    made, like = scratch / f"timed-{members}", scratch / f"random-{members}"
    for folder in (made, like):
        shutil.rmtree(folder, ignore_errors=True)
    generated = command("generate", "--members", str(members), "--out", str(made), "--as-of", AS_OF, "--months", "0")
    say(f"made {members:,} people in {generated.seconds:.1f} s; writing random rows like theirs ...")
    connection = database.connect(scratch=scratch / "scratch")
    try:
        like.mkdir(parents=True)
        selects = [(table, _like(connection, table)) for table in sorted(path for path in made.iterdir() if path.is_dir())]
        written = timed(lambda: [_write(connection, select, like / f"{table.name}.parquet") for table, select in selects])
    finally:
        connection.close()
    who, sizes = f"{members:,} members: ", [sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 1e6 for folder in (made, like)]
    for folder in (made, like):
        shutil.rmtree(folder)
    return [
        Claim(who + "generate / write random rows", generated.seconds / written.seconds, "times", LIMIT,
              note=f"{generated.seconds:.1f} s / {written.seconds:.1f} s; {sizes[0]:.0f} MB / {sizes[1]:.0f} MB"),
        Claim(who + "the same in seconds of all cores", generated.processor / written.processor, "times",
              note=f"{generated.processor:.1f} s / {written.processor:.1f} s"),
    ]


def _like(connection, table: Path) -> str:
    """A SELECT of random rows, as many as the table has."""
    files = f"read_parquet('{sql.quoted(table)}/*.parquet')"
    rows = connection.execute(f"SELECT count(*) FROM {files}").fetchone()[0]
    first = f"read_parquet('{sql.quoted(min(table.iterdir()))}')"
    columns = [(row[0], row[1]) for row in connection.execute(f"DESCRIBE FROM {first}").fetchall()]
    facts = ", ".join(f"count({name}) / count(*), approx_count_distinct({name}), coalesce(avg(length(CAST({name} AS VARCHAR))), 0)"
                      for name, _ in columns)
    told = connection.execute(f"SELECT {facts} FROM {first}").fetchone()
    return f"SELECT {', '.join(_column(*column, *told[3 * place:3 * place + 3]) for place, column in enumerate(columns))} FROM range({rows})"


def _column(name: str, kind: str, filled: float, distinct: int, length: float) -> str:
    if not filled or "[" in kind:
        return f"CAST(NULL AS {kind}) AS {name}"
    value = RANDOM.get(kind, NUMBER).format(distinct=max(1, distinct), length=max(1, round(length)), kind=kind)
    return f"{value if filled == 1 else f'CASE WHEN random() < {filled} THEN {value} END'} AS {name}"


def _write(connection, select: str, target: Path) -> None:
    connection.execute(f"COPY ({select}) TO '{sql.quoted(target)}' (FORMAT parquet, COMPRESSION zstd)")
