"""What is asked of a file once says what asking all rows at every build would say."""

import contextlib
from datetime import date, datetime

import pytest

from dashboard import database
from dashboard.build import asked, macros
from dashboard.build.extract import create_extract_views
from dashboard.build.layers import layer_parameters, run_layer
from dashboard.generate import generate
from dashboard.intake import intake
from dashboard.reference.load import load_reference

AS_OF, MEMBERS = date(2026, 11, 20), 250
RELATIONS = ("extract.sent_code", "extract.broken_row", "extract.set_aside")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Deliveries of some months: big ones, of which intake asks, and small ones."""
    folder = tmp_path_factory.mktemp("asked")
    generate(MEMBERS, folder / "sent", as_of=AS_OF, months=2)
    assert {delivery.status for delivery in intake([folder / "sent"], folder / "home").deliveries} == {"accepted"}
    return folder / "home"


def made(home, offered, known_at=None):
    """The rows of the relations, of a connection to which what was asked is offered, or not."""
    with contextlib.closing(database.connect()) as connection:
        macros.prepare(connection)
        load_reference(connection, home=home)
        create_extract_views(connection, home, known_at=known_at)
        if not offered:
            connection.execute("DROP SCHEMA asked CASCADE")
        run_layer(connection, "extract", layer_parameters(AS_OF))
        return {name: sorted(map(repr, connection.execute(f"FROM {name}").fetchall())) for name in RELATIONS}


@contextlib.contextmanager
def store(home):
    """The store, and the one schema in it."""
    with contextlib.closing(database.connect(home / asked.STORE)) as opened:
        (schema,) = opened.execute("SELECT schema_name FROM duckdb_schemas() WHERE schema_name LIKE 's%' AND NOT internal").fetchall()
        yield opened, schema[0]


def known(home):
    """The files of which somebody has asked."""
    with store(home) as (opened, schema):
        return {number for (number,) in opened.execute(f"SELECT file_no FROM {schema}.file").fetchall()}


def files(home):
    """Number -> rows of its delivery, of every file that counts."""
    with contextlib.closing(database.connect(home / "intake.duckdb", read_only=True)) as ledger:
        return dict(ledger.execute("""SELECT file_no, sum(row_count) OVER (PARTITION BY delivery_no)::BIGINT FROM file
                                      WHERE accepted AND table_name <> 'unreadable'""").fetchall())


def test_intake_asks_of_big_deliveries_and_a_build_of_the_rest(home):
    of_delivery = files(home)
    assert known(home) == {number for number, rows in of_delivery.items() if rows >= asked.FEW_ROWS} != set(of_delivery)
    made(home, offered=True)
    assert known(home) == set(of_delivery)


@pytest.mark.parametrize("known_at", [None, datetime(2026, 10, 15)])
def test_what_was_asked_says_what_the_rows_say(home, known_at):
    was_asked, from_rows = made(home, True, known_at), made(home, False, known_at)
    assert was_asked == from_rows
    assert all(from_rows.values()) or known_at


def test_what_was_asked_otherwise_is_asked_again(home, monkeypatch):
    before = made(home, offered=True)
    monkeypatch.setattr(asked, "_stamp", lambda: "another")
    assert made(home, offered=True) == before
    with store(home) as (_, schema):
        assert schema == "sanother"
    assert known(home) == set(files(home))


def test_a_number_that_names_another_file_is_asked_again(home):
    made(home, offered=True)
    with store(home) as (opened, schema):
        opened.execute(f"UPDATE {schema}.file SET row_count = row_count + 1; UPDATE {schema}.sent_code SET code = 'of another file'")
    assert made(home, True) == made(home, False)


def test_a_store_that_cannot_be_read_is_made_anew(home):
    before = made(home, offered=True)
    (home / asked.STORE).write_bytes(b"no database" * 1000)
    assert made(home, offered=True) == before


def test_a_delivery_counts_although_nothing_could_be_asked_of_it(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")
    generate(100, tmp_path / "sent", as_of=AS_OF, months=0)
    monkeypatch.setattr(asked, "ask", full)
    assert {delivery.status for delivery in intake([tmp_path / "sent"], tmp_path / "home").deliveries} == {"accepted"}
    monkeypatch.undo()
    assert made(tmp_path / "home", True) == made(tmp_path / "home", False)
