"""Files to relations: views, parts, sorting, parameters, and what an error says."""

import pytest

from dashboard import database
from dashboard.build import layers, sql
from dashboard.errors import Fault


@pytest.fixture
def connection():
    connection = database.connect(threads=1)
    connection.execute("CREATE SCHEMA coded; CREATE SCHEMA valid; CREATE TABLE valid.claim AS SELECT range AS person FROM range(3)")
    return connection


@pytest.fixture
def queries(tmp_path):
    def write(**files):
        for name, text in files.items():
            path = tmp_path / "coded" / f"{name.replace('__', '/')}.sql"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path
    return write


def make(connection, folder, **parameters):
    layers.run_layer(connection, "coded", parameters, queries=folder)


def test_a_file_is_a_relation(connection, queries):
    make(connection, queries(person="-- One row a person.\nSELECT person FROM valid.claim;\n"))
    assert connection.execute("SELECT count(*) FROM coded.person").fetchone() == (3,)


def test_a_folder_is_one_relation_in_parts_by_name_and_sorted(connection, queries):
    make(connection, queries(event__b="-- A part.\n-- sorted by person\nSELECT 2 AS value, 1 AS person", event__a="SELECT 0 AS person"))
    assert connection.execute("FROM coded.event").fetchall() == [(0, None), (1, 2)]


def test_the_parts_of_a_folder_that_are_marked_so_are_made_first(queries):
    folder = queries(event__a="-- grain\nSELECT 1 AS fact", event__b="-- grain\n-- first\nSELECT 2 AS fact", event__c="-- grain\nSELECT 3 AS fact")
    item = sql.relation(folder / "coded" / "event")
    assert item.names == ("b", "a", "c") and [part[-9] for part in item.parts] == ["2", "1", "3"]


def test_a_view_is_marked_in_the_head(connection, queries):
    make(connection, queries(person="-- One row a person.\n-- view\nSELECT person FROM valid.claim"))
    assert connection.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'coded'").fetchall() == [("person",)]


def test_only_the_named_parameters_are_bound(connection, queries):
    make(connection, queries(person="SELECT person FROM valid.claim WHERE person < $least"), least=2, other=1)
    assert connection.execute("SELECT count(*) FROM coded.person").fetchone() == (2,)


def test_a_missing_parameter_is_a_fault_and_names_the_known(connection, queries):
    with pytest.raises(Fault, match=r"person.sql: names \$least. Known: \$most"):
        make(connection, queries(person="SELECT $least"), most=1)


def test_an_error_says_which_file(connection, queries):
    with pytest.raises(database.Error) as caught:
        make(connection, queries(person="SELECT nothing FROM valid.claim"))
    assert "person.sql" in caught.value.__notes__[0]


def test_progress_counts_rows_in_and_out(connection, queries):
    progress = layers.Progress()
    progress.done("valid.claim", 0, None, 3)
    layers.run_layer(connection, "coded", {}, progress, queries(person="SELECT person FROM valid.claim WHERE person > 0"))
    person, layer = progress.steps[-2:]
    assert (person.name, person.rows_in, person.rows_out) == ("coded.person", 3, 2)
    assert layer.name == "coded" and layer.seconds >= person.seconds


def test_reads_sees_subqueries_and_ctes(connection):
    text = "WITH a AS (SELECT * FROM valid.x) SELECT (SELECT max(b) FROM valid.y) FROM a WHERE EXISTS (FROM coded.z) UNION ALL FROM mart.u"
    assert sql.reads(connection, text) == {"valid.x", "valid.y", "coded.z", "mart.u"}
