"""`validate`: rows as a sender gives them, through the extract views and the layers extract and valid."""

import drawn
import pytest

from dashboard import database
from dashboard.build import extract, extract_view, macros, sql
from dashboard.contract import read_contract
from dashboard.reference.load import load_reference
from dashboard.settings import QUERIES

# What a drawing leaves out: one person, one source, one file.
DEFAULTS = {"person_id": "P1", "claim_id": "C1", "claim_line_number": "1", "data_source": "plan", "file_name": "sent.csv", "payer": "payer", "plan": "gold",
            "product_line": "medicare", "birth_date": "1960-06-01", "dispensing_date": "2024-03-01",
            "claim_line_start_date": "2024-03-05"}
PARAMETERS = {"as_of": "2024-12-31", "clock": "written", "known_at": "9999-12-31", "period_start": "2024-01-01", "period_end": "2024-12-31"}


class Validated:
    """The relations of valid over drawn rows, as attributes: validated.medical_claim. Each is made when it is asked for."""

    def __init__(self, connection):
        self.connection = connection
        self.made = set()

    def __getattr__(self, name: str) -> drawn.Rows:
        return self.ask(name)

    def ask(self, name: str, columns: str = "*", condition: str = "TRUE") -> drawn.Rows:
        """Rows of valid.<name>."""
        if name in ("code", "warning"):
            self.make("extract", "sent_code")
        self.make("valid", name)
        answer = self.connection.execute(f"SELECT {columns} FROM valid.{name} WHERE {condition}")
        return drawn.Rows([d[0] for d in answer.description], answer.fetchall(), [str(d[1]) for d in answer.description])

    def make(self, layer: str, name: str) -> None:
        """Create one relation, once."""
        if name not in self.made:
            path = QUERIES / layer / f"{name}.sql"
            sql.create(self.connection, sql.relation(path if path.exists() else path.with_suffix("")), PARAMETERS)
            self.made.add(name)

    @property
    def rejected(self) -> drawn.Rows:
        """What was refused, and by which rule."""
        return self.ask("reject", "table_name, row_number, rule, found")

    @property
    def warned(self) -> drawn.Rows:
        """Every warning, but for what every drawing lacks."""
        return self.ask("warning", "table_name, rule, rows, first_row, found", "rule NOT IN ('eligibility_82_benefits_not_sent', 'person_79_sex_unknown')")


@pytest.fixture(scope="session")
def prepared():
    """A connection with macros, reference and an empty extract, made once."""
    connection = database.connect(threads=1)
    macros.prepare(connection)
    load_reference(connection)
    connection.execute(f"CREATE SCHEMA raw; CREATE TABLE extract.unreadable ({extract.UNREADABLE}); CREATE TABLE extract.intake_warning ({extract.WARNING})")
    connection.execute(f"CREATE TABLE extract.answer ({extract.ANSWER})")
    for table in read_contract().values():
        extract_view.create_view(connection, table, {})
    extract_view.create_every_row(connection, read_contract().values())
    yield connection
    connection.close()


@pytest.fixture
def validate(prepared):
    """validate(medical_claim=drawing, eligibility=drawing, ...) -> valid relations as attributes.

    Columns are the contract's; a heading `claim_start_date:VARCHAR` sends that column as text. Rows are numbered from 1, person_key is 1
    and the data source `plan` unless drawn. Whatever a test makes is rolled back.
    """
    begun = []

    def run(**tables: str) -> Validated:
        if begun:
            prepared.execute("ROLLBACK")
        prepared.execute("BEGIN")
        begun.append(True)
        for number, (name, table) in enumerate(read_contract().items(), start=1):
            if name in tables:
                extract_view.create_view(prepared, table, {f"raw.{name}": draw(prepared, table, tables[name], number)})
        valid = Validated(prepared)
        valid.make("extract", "broken_row")
        valid.make("extract", "set_aside")
        return valid

    yield run
    if begun:
        prepared.execute("ROLLBACK")


def draw(connection, table, text: str, number: int) -> dict[str, str]:
    """Make raw.<table> of a drawing; gives its columns and types."""
    drawing = drawn.rows(text)
    own = {"person_key": "INTEGER", "source_row": "BIGINT"}
    types = {}
    for heading in drawing.columns:
        column, _, kind = heading.partition(":")
        types[column] = kind or (table.columns | own)[column]
    defaults = {name: value for name, value in DEFAULTS.items() if name in table.columns}
    defaults |= {name: "K" for name in table.required if name not in defaults}
    columns = types | {name: kind for name, kind in (table.columns | own).items() if name not in types and name in defaults | own}
    drawn.create_empty(connection, f"raw.{table.name}", columns)
    line = ", ".join(f"CAST(CAST(? AS VARCHAR) AS {kind})" for kind in columns.values())
    for place, row in enumerate(drawing.cells, start=1):
        values = defaults | {"person_key": "1", "source_row": str((number << 36) + place)}
        values |= {name: f"{values[name]}{place}" for name in table.required if values.get(name) == "K"}
        values |= dict(zip(types, row, strict=True))
        connection.execute(f"INSERT INTO raw.{table.name} SELECT {line}", [values.get(name) for name in columns])
    return columns
