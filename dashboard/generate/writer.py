"""Write the extract shard by shard: what people live through as tables of a shard, then each contract table as one parquet file.

A shard runs on one thread of DuckDB, so that the order of its rows, too, is the same every time; the cores share the shards.
"""

import csv
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from dashboard import database, settings
from dashboard.build import sql
from dashboard.contract import read_contract
from dashboard.errors import Fault
from dashboard.generate.booking import book_once
from dashboard.generate.deliveries import CLINICAL, GAPS, ROSTER, Delivery, delivery_rows, one, schedule
from dashboard.generate.manifest import write_manifest

FILES = settings.DATA / "reference" / "generate"
FOLDER = settings.QUERIES / "generate"
# The steps of a shard in their order: each reads the ones before it.
STEPS = ("person", "span", "illness_of_person", "chart", "stream", "event", "claim", "sending", "reading_of_event", "charted_item")
SMALL, SHARD = 5_000, 25_000  # people a shard: few where that keeps all cores busy
MOST = 90_000_000
LATE = "Golden Hills Health"  # the payer whose newest file has not come


@dataclass(frozen=True)
class File:
    """A parquet file: its table, its name below the folder, its rows and the delivery it belongs to."""
    table: str
    name: str
    rows: int
    delivery: int


@dataclass
class Extract:
    """What was written: the files, and rows of each table."""
    folder: Path
    files: list[File] = field(default_factory=list)

    @property
    def rows(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for file in self.files:
            found[file.table] = found.get(file.table, 0) + file.rows
        return found


def generate(members: int, out: str | Path, seed: int = 1, as_of: date | None = None, shard: int | None = None,
             months: int = 0, say: Callable[[str], None] = lambda line: None) -> Extract:
    """Write three years of `members` synthetic people up to `as_of` (today unless given) into the folder `out`.

    months: 0 makes one delivery; more make the deliveries of so many months, so that a build can count what was known on each day.
    The same seed, id and day give the same person, however many others there are. Faults: members out of range, a folder in use.
    """
    if not 1 <= members <= MOST:
        raise Fault("--members", f"{members} is out of range.", f"Say 1 to {MOST}.")
    extract, parameters = Extract(_empty_folder(Path(out))), _parameters(seed, as_of or date.today())
    deliveries = _deliveries(parameters["as_of"], months)
    shard = shard or (SMALL if members < 8 * SHARD else SHARD)
    shards = [{**parameters, "first": first, "last": min(members, first + shard - 1)} for first in range(1, members + 1, shard)]
    local, began = threading.local(), time.monotonic()
    with ThreadPoolExecutor(min(settings.threads(), len(shards)), initializer=_open, initargs=(local, deliveries)) as pool:
        for number, files in enumerate(pool.map(lambda item: _write_shard(local.connection, extract.folder, *item), enumerate(shards, 1))):
            extract.files += files
            say(f"{shards[number]['last']:,} of {members:,} people, {sum(extract.rows.values()):,} rows, {time.monotonic() - began:.0f} s")
    extract.files = book_once(extract.folder, extract.files)
    write_manifest(extract, deliveries, parameters["window_start"], parameters["as_of"])
    return extract


def _empty_folder(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Fault(folder, "the folder is not empty.", "Name a new one.")
    return folder


def _parameters(seed: int, as_of: date) -> dict:
    start = date(as_of.year - 2, 1, 1)
    return {"seed": seed, "as_of": as_of, "window_start": start, "days": (as_of - start) // timedelta(days=1)}


def _deliveries(as_of: date, months: int) -> list[Delivery]:
    with (FILES / "plan.csv").open(newline="", encoding="utf-8") as file:
        payers = sorted({row["payer"] for row in csv.DictReader(file)})
    if months:
        return schedule(payers, LATE, as_of, months)
    return one([CLINICAL, ROSTER, *(f"{payer}{what}" for payer in payers for what in (" claims", GAPS))], as_of)


def _open(local: threading.local, deliveries: list[Delivery]) -> None:
    """A connection of the thread's own, with macros, the files' tables and empty tables of the contract."""
    connection = local.connection = database.connect(threads=1)
    connection.execute("CREATE SCHEMA generate; CREATE SCHEMA contract")
    for name in ("macros", "tables"):
        sql.script(connection, FOLDER / f"{name}.sql")
    for path in [*sorted(FILES.glob("*.csv")), settings.DATA / "reference" / "ndc.csv"]:
        rows = "read_csv(?, all_varchar = true, header = true, comment = '#')"
        connection.execute(f"INSERT INTO generate.{path.stem} BY NAME FROM {rows}", [str(path)])
    connection.executemany("INSERT INTO generate.delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", delivery_rows(deliveries))
    sql.script(connection, FOLDER / "lists.sql")
    for table in read_contract().values():
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns.items())
        connection.execute(f"CREATE TABLE contract.{table.name} ({columns})")


def _write_shard(connection, folder: Path, number: int, parameters: dict) -> list[File]:
    for step in STEPS:
        sql.create(connection, sql.relation(FOLDER / f"{step}.sql"), parameters)
    paths = [*sorted((FOLDER / "tables").iterdir()), *(sorted((FOLDER / "once").iterdir()) if number == 1 else [])]
    return [file for path in paths for file in _write_table(connection, folder, path, parameters, number)]


def _write_table(connection, folder: Path, path: Path, parameters: dict, number: int) -> list[File]:
    """The rows of a table and shard: one file for each delivery that has any."""
    item = sql.relation(path)
    (folder / item.name).mkdir(exist_ok=True)
    # The empty table of the contract gives every column its place and type, those that nothing fills included.
    select = f"FROM contract.{item.name} UNION ALL BY NAME\n(\n{item.text}\n)"
    if connection.execute("SELECT count(DISTINCT delivery) = 1 FROM generate.delivery").fetchone()[0]:
        file = File(item.name, f"{item.name}/{number:04d}.parquet", 0, 1)
        return [_copy(connection, folder, f"SELECT * EXCLUDE (delivery) FROM (\n{select}\n)", parameters, path, file)]
    sql.execute(connection, f"CREATE OR REPLACE TABLE generate.written AS {select}", parameters, place=path)
    found = connection.execute("SELECT DISTINCT delivery FROM generate.written ORDER BY delivery").fetchall()
    return [_copy(connection, folder, f"SELECT * EXCLUDE (delivery) FROM generate.written WHERE delivery = {delivery}", {}, path,
                  File(item.name, f"{item.name}/{delivery:03d}-{number:04d}.parquet", 0, delivery)) for (delivery,) in found]


def _copy(connection, folder: Path, select: str, parameters: dict, place: Path, file: File) -> File:
    copy = f"COPY ({select}) TO '{sql.quoted(folder / file.name)}' (FORMAT parquet, COMPRESSION zstd)"
    return replace(file, rows=sql.execute(connection, copy, parameters, place=place).fetchone()[0])
