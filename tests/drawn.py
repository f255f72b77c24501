"""Tables drawn as text, and answers compared with them.

    person | start_date | value
    1      | 2024-01-01 | 9.4

An empty cell is NULL, '' is the empty text, T and F are true and false, lists and structs are DuckDB literals. A cell in single quotes
is that text ('NULL', ' a '). A heading `value:DOUBLE` gives a type to a column that nothing else types.
"""

import contextlib
import functools
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from dashboard import database
from dashboard.build import macros, sql
from dashboard.build.layers import layer_parameters
from dashboard.settings import DATA, QUERIES

HERE = Path(__file__).parent
# Added at intake and by the extract views to the columns that a sender gives.
EXTRACT_COLUMNS = {"person": "INTEGER", "person_key": "INTEGER", "source_row": "BIGINT", "broken_rule": "VARCHAR",
                   "broken_value": "VARCHAR", "unread_column": "VARCHAR", "unread_value": "VARCHAR"}
VALID_COLUMNS = {"person": "INTEGER", "source_row": "BIGINT"}
# Columns that single tables of `valid` have beside those of the contract.
LISTED = f"VARCHAR[] GENERATED ALWAYS AS ([{', '.join(f'diagnosis_code_{place}' for place in range(1, 26))}])"
ADDED_BY_VALID = {"medical_claim": {"modifiers": "VARCHAR[]", "diagnoses": LISTED}} | {
    table: {"sent_codes": "STRUCT(code_system VARCHAR, code VARCHAR)[]"}
    for table in ("condition", "observation", "lab_result", "procedure", "immunization", "medication")}
DATES = ("as_of", "period_start", "period_end")
LOOKS_LIKE = {"BOOLEAN": r"[TF]", "BIGINT": r"-?(0|[1-9]\d*)", "DOUBLE": r"-?(\d+\.\d+|\d+|infinity)", "DATE": r"\d{4}-\d\d-\d\d"}


def of_kinds(text: str) -> str:
    """A drawing of events whose column `kinds` has words of measures/kinds.yaml instead of their bits."""
    bits, (head, *lines) = macros.kind_bits(), text.strip().splitlines()
    place = [cell.strip() for cell in head.split("|")].index("kinds")
    table = [[cell.strip() for cell in line.split("|")] for line in lines]
    for cells in table:
        cells[place] = str(sum(bits[name] for name in cells[place].split()))
    return "\n".join([head, *(" | ".join(cells) for cells in table)])


class Rows:
    """Rows of an answer or of a drawing. Equal when the columns that both have hold the same rows, in any order.

    A drawing compares in the types of the answer, so that 5, 5.0 and 5.00 are one number and 03 stays a text where codes are texts.
    """

    def __init__(self, columns: list[str], cells: list[tuple], types: list[str] | None = None):
        self.columns, self.cells, self.types = columns, cells, types

    def __eq__(self, other: "Rows") -> bool:
        answer, drawing = (self, other) if self.types else (other, self)
        unknown = [c for c in drawing.columns if c not in answer.columns]
        assert not unknown, f"the answer has no column {unknown}; it has {answer.columns}"
        places = [answer.columns.index(c) for c in drawing.columns]
        types = [(answer.types or ["VARCHAR"] * len(answer.columns))[p] for p in places]
        found = [tuple(row[p] for p in places) for row in answer.cells]
        wanted = drawing.cells if drawing.types else _typed(drawing.columns, types, drawing.cells)
        self.difference = Counter(map(repr, found)), Counter(map(repr, wanted))
        return self.difference[0] == self.difference[1]

    __hash__ = None

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self):
        return iter(dict(zip(self.columns, row, strict=True)) for row in self.cells)

    def __repr__(self) -> str:
        table = [self.columns, *[["" if cell is None else str(cell) for cell in row] for row in sorted(self.cells, key=repr)]]
        widths = [max(len(line[i]) for line in table) for i in range(len(self.columns))]
        lines = (" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in table)
        return "\n" + "\n".join(lines) + "\n"


def rows(text: str) -> Rows:
    """The rows of a drawing; cells are texts or None."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    columns, *body = [[cell.strip() for cell in re.split(r"\|(?!\|)", line.strip())] for line in lines]
    for line, cells in zip(lines[1:], body, strict=True):
        assert len(cells) == len(columns), f"{len(cells)} cells under {len(columns)} headings: {line.strip()}"
    return Rows(columns, [tuple(map(_cell, cells)) for cells in body])


def _cell(text: str) -> str | None:
    if re.fullmatch(r"'.*'", text):
        return text[1:-1]
    return text or None


def _typed(columns, types, cells) -> list[tuple]:
    """Cells as DuckDB reads them in the given types, as Python values."""
    if not cells:
        return []
    connection = _scratch()
    select = ", ".join(f"CAST(c{i} AS {kind})" for i, kind in enumerate(types))
    names = ", ".join(f"c{i}" for i in range(len(columns)))
    line = "(" + ", ".join("CAST(? AS VARCHAR)" for _ in columns) + ")"
    flat = [cell for row in cells for cell in row]
    return connection.execute(f"SELECT {select} FROM (VALUES {', '.join([line] * len(cells))}) AS t({names})", flat).fetchall()


@functools.cache
def _scratch():
    return database.connect(threads=1)


@functools.cache
def _known() -> dict[str, dict[str, str]]:
    """Columns and types of every relation that the contract or tests/relations.sql describes."""
    connection = database.connect(threads=1)
    macros.prepare(connection)
    sql.script(connection, HERE / "relations.sql")
    sql.script(connection, DATA / "contract.sql")
    known: dict[str, dict[str, str]] = {}
    columns_of_all = "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal ORDER BY column_index"
    for schema, table, column, kind in connection.execute(columns_of_all).fetchall():
        known.setdefault(f"{schema}.{table}", {})[column] = kind
    for name in [name for name in known if name.startswith("main.")]:
        columns = known.pop(name)
        table = name.removeprefix("main.")
        known[f"extract.{table}"] = columns | EXTRACT_COLUMNS
        known[f"valid.{table}"] = columns | VALID_COLUMNS | ADDED_BY_VALID.get(table, {})
    return known


def create(connection, name: str, text: str) -> None:
    """Make a table of a drawing: known relations get all their columns, others the types that headings and cells show."""
    drawing, known = rows(text), _known().get(name, {})
    types = {}
    for place, heading in enumerate(drawing.columns):
        column, _, kind = heading.partition(":")
        types[column] = kind or known.get(column) or _guess(column, [row[place] for row in drawing.cells])
    create_empty(connection, name, known | types)
    insert(connection, name, types, drawing.cells)


def insert(connection, name: str, types: dict[str, str], cells: list) -> None:
    """Insert cells, texts or None, as columns of the given types: all rows in one statement."""
    if cells:
        names = ", ".join(f'"{column}"' for column in types)
        select = ", ".join(f"CAST(c{place} AS {kind})" for place, kind in enumerate(types.values()))
        line = "(" + ", ".join("CAST(? AS VARCHAR)" for _ in types) + ")"
        places = ", ".join(f"c{place}" for place in range(len(types)))
        connection.execute(f"INSERT INTO {name} ({names}) SELECT {select} FROM (VALUES {', '.join([line] * len(cells))}) AS t({places})",
                           [cell for row in cells for cell in row])


def create_empty(connection, name: str, columns: dict[str, str]) -> None:
    """Make a table without rows."""
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name.partition('.')[0]}")
    body = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    connection.execute(f"CREATE OR REPLACE TABLE {name} ({body})")


def _guess(column: str, cells: list[str | None]) -> str:
    """A type for a column that nothing describes: by its name (STYLE: dates end in _date), else by what all its cells are."""
    filled = [cell for cell in cells if cell is not None]
    if column.endswith("_date") or column == "date":
        return "DATE"
    if column.endswith("_at") or column.endswith(("_instant", "_datetime")):
        return "TIMESTAMP"
    for kind, pattern in LOOKS_LIKE.items():
        if filled and all(re.fullmatch(pattern, cell) for cell in filled):
            return kind
    return "VARCHAR"


def run(name: str, tables: dict[str, str], **parameters) -> Rows:
    """Run queries/<name>.sql (or folder of parts) over drawn tables; known relations that are not drawn are empty.

    Parameters default to a day at the end of 2024, the written clock and everything known.
    """
    path = QUERIES / f"{name}.sql"
    item = sql.relation(path if path.exists() else QUERIES / name)
    with rolled_back(_prepared()) as connection:
        for table, text in tables.items():
            create(connection, table, text)
        _complete(connection, item, tables, parameters)
        sql.execute(connection, item.text, _parameters(parameters), place=item.path)
        return Rows([d[0] for d in connection.description], connection.fetchall(), [str(d[1]) for d in connection.description])


def _complete(connection, item: sql.Relation, tables: dict[str, str], parameters: dict) -> None:
    """What a query reads and nobody drew: empty where it is described; any other as its own query makes it of what is drawn."""
    for table in sql.reads(connection, item.text) - tables.keys():
        made = QUERIES / f"{table.replace('.', '/')}.sql"
        if table in _known():
            create_empty(connection, table, _known()[table])
        elif table.startswith(("result.", "history.", "mart.")) and made.exists():
            _complete(connection, sql.relation(made), tables, parameters)
            sql.execute(connection, f"CREATE OR REPLACE TABLE {table} AS\n{sql.relation(made).text}", _parameters(parameters), place=made)


@functools.cache
def _prepared():
    """A connection with macros and schemas, made once."""
    connection = database.connect(threads=1)
    macros.prepare(connection)
    return connection


@contextlib.contextmanager
def rolled_back(connection):
    """Whatever is made within is gone afterwards: a connection for the next test costs nothing."""
    connection.execute("BEGIN")
    try:
        yield connection
    finally:
        connection.execute("ROLLBACK")


def _parameters(given: dict) -> dict:
    """The driver's parameters, changed by those of a test; dates are given as text."""
    given = {name: datetime.fromisoformat(value) if name == "known_at" else date.fromisoformat(value) if name in DATES else value
             for name, value in given.items()}
    return layer_parameters(given.get("as_of", date(2024, 12, 31))) | given
