"""`validate`: rows as a sender gives them, through the extract views and the layers extract and valid."""

import re

import drawn
import pytest

from dashboard import database
from dashboard.build import extract, macros, sql
from dashboard.contract import read_contract

# What a drawing leaves out: one person, one source, one file, rows counted from 1.
DEFAULTS = {"person_id": "P1", "claim_id": "C1", "claim_line_number": "1", "data_source": "plan", "file_name": "sent.csv", "payer": "payer", "plan": "gold",
            "birth_date": "1960-06-01"}
PARAMETERS = {"as_of": "2024-12-31", "clock": "written", "known_at": "9999-12-31", "period_start": "2024-01-01", "period_end": "2024-12-31"}


class Validated:
    """The relations of valid over drawn rows."""

    def __init__(self, connection):
        self.connection = connection

    def __getattr__(self, name: str) -> drawn.Rows:
        """validated.medical_claim: all rows of valid.medical_claim."""
        answer = self.connection.execute(f"SELECT * FROM valid.{name}")
        return drawn.Rows([d[0] for d in answer.description], answer.fetchall(), [str(d[1]) for d in answer.description])


@pytest.fixture
def validate():
    """validate(medical_claim=drawing, eligibility=drawing, ...) -> valid relations as attributes.

    Columns are the contract's; a heading `claim_start_date:VARCHAR` sends that column as text. person_key is 1 unless drawn.
    """
    connections = []

    def run(**tables: str) -> Validated:
        connection = database.connect(threads=1)
        connections.append(connection)
        macros.prepare(connection)
        connection.execute("CREATE SCHEMA raw")
        connection.execute("CREATE OR REPLACE TABLE reference.rule (table_name VARCHAR, rule VARCHAR, wrong VARCHAR, cure VARCHAR, outcome VARCHAR)")
        connection.executemany("INSERT INTO reference.rule VALUES (?, ?, ?, ?, ?)", extract.rule_rows())
        for number, table in enumerate(read_contract().values(), start=1):
            sources = {f"raw.{table.name}": _draw(connection, table, tables[table.name], number)} if table.name in tables else {}
            extract.create_view(connection, table, sources)
        for layer in ("extract", "valid"):
            for item in sql.relations(layer):
                sql.create(connection, item, PARAMETERS)
        return Validated(connection)

    yield run
    for connection in connections:
        connection.close()


def _draw(connection, table, text: str, number: int) -> dict[str, str]:
    """Make raw.<table> of a drawing; gives its columns and types."""
    drawing = drawn.rows(text)
    types, defaults = {}, {name: value for name, value in DEFAULTS.items() if name in table.columns}
    for heading in drawing.columns:
        column, _, kind = heading.partition(":")
        types[column] = kind or table.columns.get(column) or {"person_key": "INTEGER", "source_row": "BIGINT"}[column]
    key = re.sub("medical_|pharmacy_", "", table.name) + "_id"
    filled = {name: table.columns[name] for name in defaults if name not in types} | {"person_key": "INTEGER", "source_row": "BIGINT"}
    if key in table.columns and key not in types | filled:
        filled[key] = "VARCHAR"
    columns = types | {name: kind for name, kind in filled.items() if name not in types}
    drawn.create_empty(connection, f"raw.{table.name}", columns)
    for place, row in enumerate(drawing.cells, start=1):
        values = defaults | {"person_key": "1", "source_row": str((number << 36) + place), key: f"K{place}"}
        values |= dict(zip(types, row, strict=True))
        line = ", ".join(f"CAST(CAST(? AS VARCHAR) AS {kind})" for kind in columns.values())
        connection.execute(f"INSERT INTO raw.{table.name} SELECT {line}", [values.get(name) for name in columns])
    return columns
