"""Write the extract shard by shard: what people live through as tables of a shard, then each contract table as one parquet file."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from dashboard import database
from dashboard.build import sql
from dashboard.contract import read_contract
from dashboard.errors import Fault
from dashboard.generate.manifest import write_manifest
from dashboard.settings import DATA, QUERIES

FILES = DATA / "reference" / "generate"
FOLDER = QUERIES / "generate"
# The steps of a shard in their order: each reads the ones before it.
STEPS = ("person", "span", "illness_of_person", "chart", "stream", "event", "claim", "reading_of_event")
SHARD = 25_000
MOST = 90_000_000


@dataclass
class Extract:
    """What was written: rows and files (below `folder`) of each table."""
    folder: Path
    rows: dict[str, int] = field(default_factory=dict)
    files: list[tuple[str, str, int]] = field(default_factory=list)


def generate(members: int, out: str | Path, seed: int = 1, as_of: date | None = None, shard: int = SHARD,
             say: Callable[[str], None] = lambda line: None) -> Extract:
    """Write three years of `members` synthetic people up to `as_of` (today unless given) into the folder `out`.

    The same seed, id and day give the same person, however many others there are. Faults: members out of range, a folder in use.
    """
    if not 1 <= members <= MOST:
        raise Fault("--members", f"{members} is out of range.", f"Say 1 to {MOST}.")
    extract = Extract(_empty_folder(Path(out)))
    connection, parameters = database.connect(), _parameters(seed, as_of or date.today())
    try:
        _prepare(connection)
        began = time.monotonic()
        for number, first in enumerate(range(1, members + 1, shard), 1):
            last = min(members, first + shard - 1)
            _write_shard(connection, extract, {**parameters, "first": first, "last": last}, number)
            say(f"{last:,} of {members:,} people, {sum(extract.rows.values()):,} rows, {time.monotonic() - began:.0f} s")
        _write_tables(connection, extract, FOLDER / "once", parameters, 1)
    finally:
        connection.close()
    write_manifest(extract, parameters["window_start"], parameters["as_of"])
    return extract


def _empty_folder(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Fault(folder, "the folder is not empty.", "Name a new one.")
    return folder


def _parameters(seed: int, as_of: date) -> dict:
    start = date(as_of.year - 2, 1, 1)
    return {"seed": seed, "as_of": as_of, "window_start": start, "days": (as_of - start) // timedelta(days=1)}


def _prepare(connection) -> None:
    connection.execute("CREATE SCHEMA generate; CREATE SCHEMA contract")
    for name in ("macros", "tables"):
        sql.script(connection, FOLDER / f"{name}.sql")
    for path in sorted(FILES.glob("*.csv")):
        _load(connection, path, path.stem)
    _load(connection, DATA / "reference" / "ndc.csv", "ndc")
    sql.script(connection, FOLDER / "lists.sql")
    for table in read_contract().values():
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
        connection.execute(f"CREATE TABLE contract.{table.name} ({columns})")


def _load(connection, path: Path, table: str) -> None:
    connection.execute(f"INSERT INTO generate.{table} BY NAME FROM read_csv(?, all_varchar = true, header = true, comment = '#')", [str(path)])


def _write_shard(connection, extract: Extract, parameters: dict, number: int) -> None:
    for step in STEPS:
        sql.create(connection, sql.relation(FOLDER / f"{step}.sql"), parameters)
    _write_tables(connection, extract, FOLDER / "tables", parameters, number)


def _write_tables(connection, extract: Extract, folder: Path, parameters: dict, number: int) -> None:
    for path in sorted(folder.iterdir()):
        item = sql.relation(path)
        name = f"{item.name}/{number:04d}.parquet"
        target = extract.folder / name
        target.parent.mkdir(exist_ok=True)
        # The empty table of the contract gives every column its place and type, those that nothing fills included.
        copy = f"COPY (FROM contract.{item.name} UNION ALL BY NAME\n(\n{item.text}\n)) TO '{sql.quoted(target)}' (FORMAT parquet, COMPRESSION zstd)"
        rows = sql.execute(connection, copy, parameters, place=path).fetchone()[0]
        extract.rows[item.name] = extract.rows.get(item.name, 0) + rows
        extract.files.append((item.name, name, rows))
