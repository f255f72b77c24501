"""The extract layer: one view per contract table over the accepted parquet files of the home directory.

Views, not copies: nothing is read before a query asks for it. How a view is made: extract_view.py.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path

from dashboard import database, settings
from dashboard.build import asked
from dashboard.build.extract_view import create_every_row, create_view, literal, of_wanted, sources
from dashboard.build.prediction import create_predictions
from dashboard.contract import Table, read_contract
from dashboard.errors import Fault

FILE = """file_no INTEGER, delivery_no INTEGER, table_name VARCHAR, data_source VARCHAR, feed VARCHAR, file_name VARCHAR, path VARCHAR,
    row_count BIGINT, received_at TIMESTAMP"""
# Files that stood at a moment: a full delivery takes the place of all that its feed sent before, a sequence sent anew that of its earlier self.
STANDING = """
    SELECT file_no, delivery_no, table_name, f.data_source, feed, file_name, path, f.row_count, received_at
    FROM ledger.file AS f JOIN ledger.delivery AS d USING (delivery_no)
    WHERE d.status IN ('accepted', 'replaced') AND received_at <= $known_at AND NOT EXISTS (
        FROM ledger.delivery AS newer
        WHERE newer.tenant = d.tenant AND newer.data_source = d.data_source AND newer.feed = d.feed AND newer.delivery_no > d.delivery_no
            AND newer.status IN ('accepted', 'replaced') AND newer.received_at <= $known_at
            AND json_extract_string(newer.manifest, '$.made') = 'false' AND (newer.kind = 'full' OR newer.sequence = d.sequence))"""
ACCEPTED = """
    SELECT file_no, delivery_no, table_name, f.data_source, feed, file_name, path, f.row_count, received_at
    FROM ledger.file AS f JOIN ledger.delivery USING (delivery_no) WHERE accepted"""
# Files that a newer delivery replaced: nobody reads them, but a feed's rhythm shows in them too.
REPLACED = """
    SELECT file_no, delivery_no, table_name, f.data_source, feed, file_name, path, f.row_count, received_at
    FROM ledger.file AS f JOIN ledger.delivery AS d USING (delivery_no)
    WHERE d.status IN ('accepted', 'replaced') AND received_at <= $known_at AND file_no NOT IN (SELECT file_no FROM extract.file)"""
WARNING = "table_name VARCHAR, data_source VARCHAR, file_name VARCHAR, rule VARCHAR, rows BIGINT, first_row BIGINT, found VARCHAR, cure VARCHAR"
ANSWER = "answer_id INTEGER, person INTEGER, measure_id VARCHAR, period INTEGER, unit BIGINT, kind VARCHAR, answered BOOLEAN, known VARCHAR[]"
UNREADABLE = "data_source VARCHAR, file_name VARCHAR, row_number BIGINT, rule VARCHAR, found VARCHAR, cure VARCHAR, source_row BIGINT"


@dataclass(frozen=True)
class Reading:
    """What a refresh reads of people: of `tables` the rows of all, of the others those of `wide` only. Of tables to which rows were only added
    (`adding`) the rows of all in `new_files` (numbers), of `wide` and `redone()`, which is waited for, those in the other files, too."""
    tables: frozenset[str]
    wide: frozenset[int]
    adding: frozenset[str] = frozenset()
    new_files: frozenset[int] = frozenset()
    redone: Callable[[], frozenset[int]] = frozenset


def create_extract_views(connection, home: str | Path, people=None, known_at: datetime.datetime | None = None,
                         reading: Reading | None = None) -> None:
    """Create schema extract over the accepted files of a home directory.

    people: persons (after merges) to which every view with a person is limited; None = all. known_at: only files received by then. reading: what is
    read of them; None = everything. Beside the contract's tables: extract.file (accepted files), extract.unreadable (rows that intake could not
    read), extract.intake_warning (what intake altered or doubts, counted), extract.answer (empty: who has a state database fills it).
    """
    home = Path(home)
    merges = _read_ledger(connection, home, known_at)
    _create_people(connection, merges, people, reading)
    files = _files(connection, home)

    def create(table) -> None:
        with closing(connection.cursor()) as cursor:
            again = _is_added_to(table, reading) and found.result()
            read = _wanted(cursor, table, files[table.name], people, reading, again)
            with database.all_cores(cursor) if again else nullcontext():
                create_view(cursor, table, read, merged=bool(merges), few=people is not None or reading is not None)

    # Of some people rows are looked for here, of a table of many files for longer than of all the others. New files alone have few rows.
    cores = database.all_cores(connection) if reading is None or reading.tables or reading.wide else nullcontext()
    with cores, ThreadPoolExecutor(settings.threads()) as pool:
        found = pool.submit(_create_again, connection, merges, reading)
        list(pool.map(create, sorted(read_contract().values(), key=lambda table: _is_added_to(table, reading))))  # these wait
    create_every_row(connection, read_contract().values() if people is None and reading is None else _with_rows(connection))
    _create_unreadable(connection, [path for path, _ in files["unreadable"]])
    connection.execute(f"CREATE OR REPLACE TABLE extract.answer ({ANSWER})")
    create_predictions(connection, home, limited=people is not None)
    asked.offer(connection, home, whole=people is None and reading is None)


def _files(connection, home: Path) -> dict[str, list[tuple[str, int]]]:
    """The files of each table: path and number."""
    files = defaultdict(list)
    for table, path, number in connection.execute("SELECT table_name, path, file_no FROM extract.file ORDER BY file_no").fetchall():
        files[table].append((str(home / path), number))
    return files


def _is_added_to(table: Table, reading: Reading | None) -> bool:
    return bool(reading) and table.name in reading.adding


def _create_again(connection, merges, reading: Reading | None) -> bool:
    """extract.again_person: the keys of whom older rows of the tables of reading.adding are read again; gives whether there are any."""
    if not reading or not reading.adding:
        return False
    again = reading.wide | reading.redone()
    with closing(connection.cursor()) as cursor:
        _create_keys(cursor, "again_person", again, merges)
    return bool(again)


def _wanted(connection, table: Table, files: list[tuple[str, int]], people, reading: Reading | None, again) -> dict[str, dict[str, str]]:
    """The relations that are read of a table -> their columns and types: its files, or the rows in them of who is wanted."""
    if not table.of_person or (people is None and reading is None):
        return sources(connection, [path for path, _ in files])
    parts = {"wanted_person": files}
    if _is_added_to(table, reading):
        new = [file for file in files if file[1] in reading.new_files]
        parts = {"wanted_person": new, "again_person": [file for file in files if file not in new] if again else []}
    elif reading and table.name not in reading.tables:
        parts = {"wide_person": files if reading.wide else []}
    return {of_wanted(source, f"extract.{wanted}", with_nobody=wanted == "wanted_person"): columns
            for wanted, part in parts.items() for source, columns in sources(connection, [path for path, _ in part]).items()}


def _with_rows(connection) -> list:
    """The contract's tables that have rows here, or all where none has: planning a union of empty ones would cost more than their rows."""
    tables = list(read_contract().values())
    return [table for table in tables if connection.execute(f"SELECT 1 FROM extract.{table.name} LIMIT 1").fetchone()] or tables


def _read_ledger(connection, home: Path, known_at) -> list[tuple[int, int]]:
    """Copy what the build needs to know of the ledger; gives the standing merges (key, person)."""
    from dashboard.intake.registry import MERGES
    ledger = home / "intake.duckdb"
    if not ledger.exists():
        raise Fault(home, "nothing has been taken in here.", "Run `huddleboard intake` first.")
    connection.execute("CREATE SCHEMA IF NOT EXISTS extract")
    connection.execute(f"CREATE OR REPLACE TABLE extract.file ({FILE}); CREATE OR REPLACE TABLE extract.intake_warning ({WARNING})")
    connection.execute(f"CREATE OR REPLACE TABLE extract.replaced_file ({FILE})")
    connection.execute(f"ATTACH {literal(ledger)} AS ledger (READ_ONLY)")
    try:
        connection.execute(f"INSERT INTO extract.file {ACCEPTED if known_at is None else STANDING}", {"known_at": known_at} if known_at else {})
        connection.execute(f"INSERT INTO extract.replaced_file {REPLACED}", {"known_at": known_at or datetime.datetime.max})
        connection.execute("""
            INSERT INTO extract.intake_warning
            SELECT table_name, data_source, file_name, rule, rows, first_row, found, cure FROM ledger.warning
            WHERE delivery_no IN (SELECT delivery_no FROM extract.file)""")
        return connection.execute(MERGES).fetchall()
    finally:
        connection.execute("DETACH ledger")


def _create_people(connection, merges, people, reading: Reading | None) -> None:
    """Small tables that the views join: which keys mean another person, and which keys are wanted."""
    connection.execute("CREATE OR REPLACE TABLE extract.merged_person AS "
                       "SELECT unnest($keys::INTEGER[]) AS person_key, unnest($people::INTEGER[]) AS person",
                       {"keys": [key for key, _ in merges], "people": [person for _, person in merges]})
    for name, some in (("wanted_person", people or ()), ("wide_person", reading.wide if reading else ())):
        _create_keys(connection, name, some, merges)


def _create_keys(connection, name: str, people, merges) -> None:
    """The keys that mean some people, as a table."""
    wanted = set(people)
    keys = (wanted - {key for key, _ in merges}) | {key for key, person in merges if person in wanted}
    connection.execute(f"CREATE OR REPLACE TABLE extract.{name} AS SELECT unnest($keys::INTEGER[]) AS person_key", {"keys": sorted(keys)})


def _create_unreadable(connection, paths: list[str]) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE extract.unreadable ({UNREADABLE})")
    if paths:
        connection.execute(f"INSERT INTO extract.unreadable BY NAME FROM read_parquet([{', '.join(literal(path) for path in paths)}])")


def rule_rows() -> list[tuple[str, str, str, str, str]]:
    """Rows of reference.rule: (table_name, rule, wrong, cure, outcome) of every rule that a row can break."""
    rows = []
    for table in read_contract().values():
        rows += [(table.name, rule.name, rule.wrong, rule.cure, rule.outcome) for rule in table.rules]
        rows += [(table.name, f"missing_{name}", f"{name} is empty", f"send {name}", "refused") for name in table.required]
        rows += [(table.name, f"unreadable_{name}", f"{name} is no {kind}", f"send {name} as {kind}", "refused" if table.needs(name) else "altered")
                 for name, kind in table.columns.items() if kind != "VARCHAR"]
        if table.of_person:
            rows.append((table.name, "unknown_person", "the row names no person", "send the person id of the source", "refused"))
    return rows
