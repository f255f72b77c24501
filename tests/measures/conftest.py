"""The cards with the people of their examples; words over drawn event sets."""

import drawn
import pytest
from drawn import rows

from dashboard import database
from dashboard.build import macros
from dashboard.measures import default_folder, load_cards
from dashboard.measures.batches import TYPES, WANTED
from dashboard.measures.examples import read_examples
from dashboard.measures.run import read_words
from dashboard.settings import MEASURES

EVENT = """set:INTEGER person:INTEGER unit:BIGINT anchor:BIGINT fact:BIGINT kinds:BIGINT start_date:DATE end_date:DATE start_at:TIMESTAMP end_at:TIMESTAMP value:DOUBLE
    value_high:DOUBLE encounter:BIGINT panel:BIGINT"""
# Relations that are no sets of events: their types, and what their columns hold unless drawn.
OTHERS = {"wanted": (WANTED, {"set": "1", "askers": "1", "forbidden": "[]", "with_number": "F"}), "flags": (TYPES, {}),
          "people": ({"person": "INTEGER", "askers": "HUGEINT", "birth_date": "DATE", "has": "HUGEINT"}, {"askers": "1", "has": "0"})}


@pytest.fixture(scope="session")
def cards():
    return load_cards(default_folder())


@pytest.fixture(scope="session")
def people(cards):
    """The people of all examples."""
    return read_examples(cards)


@pytest.fixture(scope="session")
def words():
    """A connection with the words over relations of coded without rows."""
    connection = database.connect(threads=1)
    macros.prepare(connection)
    for name in drawn._known():
        if name.startswith("coded."):
            drawn.create_empty(connection, name, drawn._known()[name])
    read_words(connection, MEASURES)
    return connection


@pytest.fixture
def say(words):
    """say("first_of('event')", event="...") == rows("..."): a word over drawn sets; end and instants default to the start, value_high to value."""
    def run(call: str, **tables: str):
        with drawn.rolled_back(words) as connection:
            for name, text in tables.items():
                _create(connection, name, text)
            result = connection.execute(f"FROM {call}" if "SELECT" not in call else call)
            return drawn.Rows([d[0] for d in result.description], result.fetchall(), [str(d[1]) for d in result.description])
    return run


def _create(connection, name: str, text: str) -> None:
    """A drawn relation of sets with all columns of events, set 1 unless drawn; relations of coded under their own name with coded_ before it."""
    if name.startswith("coded_"):
        drawn.create(connection, name.replace("_", ".", 1), text)
        return
    drawing = rows(text)
    types = dict(part.split(":") for part in EVENT.split())
    types, unless = OTHERS.get(name, (types, {}))
    types |= {"low": "DATE", "high": "DATE", "low_at": "TIMESTAMP", "high_at": "TIMESTAMP"} if "low" in drawing.columns else {}
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in types.items())})")
    for cells in drawing.cells:
        said = dict(zip(drawing.columns, cells, strict=True))
        if name in OTHERS:
            said = unless | said
        else:
            said = {"set": "1", "person": "1", "kinds": "1", **said}
            said = {"end_date": said.get("start_date"), "end_at": said.get("start_at"), "value_high": said.get("value"), **said}
        line = ", ".join(f"CAST(CAST(? AS VARCHAR) AS {types[column]})" for column in said)
        connection.execute(f"INSERT INTO {name} ({', '.join(said)}) SELECT {line}", [said[column] for column in said])
