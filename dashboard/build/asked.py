"""What hangs on the rows of one file alone is asked once a file: relations of layer extract with `-- per file` in their head.

    asked.duckdb    s<stamp>.file (file_no, row_count), s<stamp>.<relation>: what was asked of these files

Intake asks of a big delivery once it is accepted (a refresh that took it in: once it is published), a build or fold of whatever nobody
has asked yet. A file never changes, so an answer stands until what is asked does: the stamp tells.
Builds of some people and refreshes read few rows and ask of these themselves.
"""

import hashlib
from collections.abc import Iterable
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from pathlib import Path

from dashboard import database
from dashboard.build import extract_view, macros, sql
from dashboard.build.extract_view import create_every_row, create_view, sources
from dashboard.build.lock import turn
from dashboard.contract import read_contract
from dashboard.settings import DATA, QUERIES

FEW_ROWS = 10_000  # of fewer, planning what is asked costs more than a build saves
STORE = "asked.duckdb"


def ask(home: Path, files: list[tuple[int, str, str, int]]) -> None:
    """Ask of the files (number, table, path in the home directory, rows) of which nobody has asked, and keep it."""
    with turn(home / "asked.lock"), closing(database.connect(scratch=home / "scratch")) as connection:
        schema = _open(connection, home)
        known = set(connection.execute(f"SELECT file_no, row_count FROM {schema}.file").fetchall())
        new = [file for file in files if (file[0], file[3]) not in known]
        if not new:
            return
        _read(connection, home, new)
        connection.execute("BEGIN")
        connection.execute(f"DELETE FROM {schema}.file WHERE file_no IN (SELECT unnest($new))", {"new": [file[0] for file in new]})
        connection.executemany(f"INSERT INTO {schema}.file VALUES (?, ?)", [(number, rows) for number, _, _, rows in new])
        for item in per_file():
            connection.execute(f"CREATE TABLE IF NOT EXISTS {schema}.{item.name} AS FROM {item.full_name} LIMIT 0")
            connection.execute(f"DELETE FROM {schema}.{item.name} WHERE file_no IN (SELECT unnest($new))", {"new": [file[0] for file in new]})
            connection.execute(f"INSERT INTO {schema}.{item.name} FROM {item.full_name}")
        connection.execute("COMMIT")


def ask_of_big(home: Path, deliveries: Iterable) -> None:
    """Ask of those of some deliveries (reports of intake) that have so many rows that it pays."""
    numbers = [delivery.delivery_no for delivery in deliveries if delivery.row_count >= FEW_ROWS]
    if numbers:
        ask_of_accepted(home, f"delivery_no IN ({', '.join(map(str, numbers))})")


def ask_of_accepted(home: Path, which: str = "TRUE") -> None:
    """Ask of accepted files, by a condition on the ledger's. Where that fails, the next build or fold asks."""
    with suppress(database.Error, OSError):
        with closing(database.connect()) as connection:
            connection.execute(f"ATTACH '{sql.quoted(home / 'intake.duckdb')}' AS ledger (READ_ONLY)")
            files = connection.execute("SELECT file_no, table_name, path, row_count FROM ledger.file "
                                       f"WHERE accepted AND table_name <> 'unreadable' AND {which}").fetchall()
        ask(home, files)


def offer(connection, home: Path, whole: bool) -> None:
    """Schema `asked` of a build's connection: what was asked of the files of extract.file, from which sql.create takes it (but for views, which only
    a refresh reads). None where there are few rows or not the whole of them counts."""
    connection.execute("DROP SCHEMA IF EXISTS asked CASCADE")
    files = connection.execute("SELECT file_no, table_name, path, row_count FROM extract.file WHERE table_name <> 'unreadable'").fetchall()
    if not whole or sum(file[3] for file in files) < FEW_ROWS:
        return
    ask(home, files)
    connection.execute("CREATE SCHEMA asked")
    with turn(home / "asked.lock"):
        connection.execute(f"ATTACH '{sql.quoted(home / STORE)}' AS store (READ_ONLY)")
        try:
            for item in (item for item in per_file() if not item.view):
                connection.execute(f"CREATE TABLE asked.{item.name} AS FROM store.s{_stamp()}.{item.name} SEMI JOIN extract.file USING (file_no)")
        finally:
            connection.execute("DETACH store")


@contextmanager
def answers(connection, home: Path, relation: str):
    """The schema of the store, with what was asked of files as a relation, for as long as the `with` lasts; None where nothing was."""
    schema = f"s{_stamp()}"
    with turn(home / "asked.lock"):
        try:
            connection.execute(f"ATTACH '{sql.quoted(home / STORE)}' AS store (READ_ONLY)")
        except database.Error:  # there is none, or it is broken: then the files tell, until a build or fold asks again
            yield None
            return
        try:
            there = connection.execute("SELECT 1 FROM duckdb_tables() WHERE database_name = 'store' AND schema_name = ? AND table_name = ?",
                                       [schema, relation]).fetchone()
            yield f"store.{schema}" if there else None
        finally:
            connection.execute("DETACH store")


def per_file() -> list[sql.Relation]:
    """The relations that are asked once a file; each has a column file_no."""
    return [item for item in sql.relations("extract") if item.kind == sql.PER_FILE]


def _open(connection, home: Path) -> str:
    """Attach the store for writing; gives the schema of what is asked now. What was asked otherwise is of no use to anybody."""
    attach = f"ATTACH '{sql.quoted(home / STORE)}' AS store (BLOCK_SIZE {database.BLOCK})"  # a pass reads of some people, who lie far apart
    try:
        connection.execute(attach)
    except database.Error:  # nobody else has it open, so it is broken or has other blocks; everything in it can be asked again
        for path in home.glob(f"{STORE}*"):
            path.unlink()
        connection.execute(attach)
    there = connection.execute("SELECT schema_name FROM duckdb_schemas() WHERE database_name = 'store' AND NOT internal").fetchall()
    for (schema,) in there:
        if schema not in ("main", f"s{_stamp()}"):
            connection.execute(f"DROP SCHEMA store.{schema} CASCADE")
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS store.s{_stamp()}")
    connection.execute(f"CREATE TABLE IF NOT EXISTS store.s{_stamp()}.file (file_no INTEGER, row_count BIGINT)")
    return f"store.s{_stamp()}"


def _read(connection, home: Path, files: list[tuple[int, str, str, int]]) -> None:
    """The relations per file over these files alone."""
    macros.prepare(connection)
    tables = read_contract().values()
    paths = {table.name: [str(home / path) for _, name, path, _ in files if name == table.name] for table in tables}
    for table in tables:
        create_view(connection, table, sources(connection, paths[table.name]))
    create_every_row(connection, [table for table in tables if paths[table.name]])
    for item in per_file():
        sql.create(connection, item, {}, views=False)


@lru_cache(maxsize=1)
def _stamp() -> str:
    """A hash of all that decides what is asked: hashes of values are DuckDB's own."""
    queries = [*QUERIES.glob("macros*.sql"), *(QUERIES / "extract").rglob("*.sql")]
    made_of = [*sorted(queries), DATA / "contract.sql", Path(extract_view.__file__)]
    return hashlib.sha256(b"".join([database.VERSION.encode(), *(path.read_bytes() for path in made_of)])).hexdigest()[:16]
