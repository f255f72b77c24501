"""The ledger of a home directory: intake.duckdb, attached as `ledger`. Its transaction is what accepts a delivery."""

import contextlib
import re
from pathlib import Path

from dashboard import database
from dashboard.build import sql
from dashboard.errors import Fault
from dashboard.settings import QUERIES

DDL = Path(__file__).with_name("ledger.sql")
MACROS = QUERIES / "intake" / "macros.sql"


@contextlib.contextmanager
def opened(home: Path):
    """A connection with the ledger of `home` attached and the macros of the adapters made; closed at the end of the `with`."""
    if home.exists() and not home.is_dir():
        raise Fault(home, "this is a file.", "Give a folder as the home directory.")
    home.mkdir(parents=True, exist_ok=True)
    connection = database.connect(scratch=home / "scratch")
    try:
        connection.execute(f"ATTACH {literal(home / 'intake.duckdb')} AS ledger")
        _create_tables(connection)
        sql.script(connection, MACROS)
        connection.execute("CREATE SCHEMA IF NOT EXISTS looked_up")
        yield connection
    finally:
        connection.close()


def _create_tables(connection) -> None:
    """The tables that are not there yet. Saying all of them again would write the file, at each pass."""
    try:
        for name in re.findall(r"CREATE TABLE IF NOT EXISTS (ledger\.\w+)", DDL.read_text(encoding="utf-8")):
            connection.execute(f"FROM {name} LIMIT 0")
    except database.OtherForm:
        sql.script(connection, DDL)


@contextlib.contextmanager
def transaction(connection):
    """Everything in the `with` or nothing."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def next_delivery(connection) -> int:
    """Number for the next delivery; a number whose delivery was never accepted is used again."""
    return connection.execute("SELECT coalesce(max(delivery_no), 0) + 1 FROM ledger.delivery").fetchone()[0]


def next_file(connection) -> int:
    """Number for the next accepted parquet file."""
    return connection.execute("SELECT coalesce(max(file_no), 0) + 1 FROM ledger.file").fetchone()[0]


def add_files(connection, files: list[tuple]) -> None:
    """Rows of table file: from now on they count."""
    if files:
        connection.executemany("INSERT INTO ledger.file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", files)


def add_warnings(connection, number: int, delivery) -> None:
    """Rows of table warning."""
    rows = [(number, w.table_name, delivery.data_source, w.file_name, w.rule, w.rows, w.first_row, w.found, w.cure) for w in delivery.report.warnings]
    if rows:
        connection.executemany("INSERT INTO ledger.warning VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def keep_manifest(home: Path, number: int, delivery) -> None:
    """The manifest of an accepted delivery, sent or made, beside the ledger for people to read."""
    path = home / "manifest" / f"{number}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(delivery.manifest.as_json() + "\n", encoding="utf-8")


def literal(value: object) -> str:
    """A value as an SQL literal; None is NULL."""
    if value is None:
        return "NULL"
    if isinstance(value, (bool, int)):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"
