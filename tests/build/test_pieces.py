"""People one range after the other: every row belongs to one range, and what is made by ranges is what is made at once."""

import pytest

from dashboard import database
from dashboard.build import pieces, sql


@pytest.fixture
def connection():
    connection = database.connect(threads=1)
    connection.execute("CREATE SCHEMA coded; CREATE TABLE coded.person AS SELECT range * range AS person FROM range(1, 11); ATTACH ':memory:' AS other; "
                       "CREATE SCHEMA other.mart")
    return connection


@pytest.mark.parametrize(("at_once", "parts"), [(1, 10), (3, 4), (9, 2), (10, 1), (1000, 1)])
def test_every_row_belongs_to_one_range_also_of_who_is_not_known(connection, at_once, parts):
    conditions = pieces.ranges(connection, "coded.person", at_once)
    assert len(conditions) == parts
    connection.execute("CREATE TABLE row AS SELECT person FROM coded.person UNION ALL VALUES (-5), (0), (50), (1000), (NULL)")
    found = " + ".join(f"(coalesce(({one}), FALSE))::INTEGER" for one in conditions)
    assert connection.execute(f"SELECT DISTINCT {found} FROM row").fetchall() == [(1,)]
    counts = [connection.execute(f"SELECT count(*) FROM coded.person WHERE {one}").fetchone()[0] for one in conditions]
    assert max(counts) <= at_once
    assert max(counts) - min(counts) <= 1


def test_there_is_one_range_where_nobody_is(connection):
    connection.execute("TRUNCATE coded.person")
    assert pieces.ranges(connection, "coded.person", 5) == ["TRUE"]


@pytest.mark.parametrize("at_once", [3, 100])
def test_what_is_made_in_pieces_is_sorted_and_whole(connection, tmp_path, monkeypatch, at_once):
    monkeypatch.setattr(pieces, "PEOPLE_AT_ONCE", at_once)
    connection.execute("CREATE TABLE coded.event AS SELECT person, 'e' || number AS name FROM coded.person, range(3) AS n(number) UNION ALL VALUES (50, 'f') "
                       "ORDER BY hash(person, name)")
    path = tmp_path / "mart" / "event.sql"
    path.parent.mkdir()
    path.write_text("-- Events.\n-- sorted by person, name\n-- in pieces\nSELECT e.*, $more AS more FROM coded.event AS e\n", encoding="utf-8")
    assert sql.create(connection, sql.relation(path), {"more": 1}, "other") == 31
    rows = connection.execute("FROM other.mart.event").fetchall()
    assert rows == connection.execute("SELECT *, 1 FROM coded.event ORDER BY ALL").fetchall()


def test_what_a_killed_build_left_of_its_file_hinders_no_other(tmp_path):
    for _ in range(2):
        with database.at_work(tmp_path) as connection:
            assert not database.has_large(connection)
            database.attach_large(connection, "coded")
            assert database.has_large(connection)
            connection.execute("CREATE TABLE large.coded.event AS SELECT 1 AS person; CHECKPOINT large")
            left = (tmp_path / "large.duckdb").read_bytes()
        assert not list(tmp_path.glob("large*"))
        (tmp_path / "large.duckdb").write_bytes(left)
