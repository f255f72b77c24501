"""The history: what each version said, whatever the order in which versions come, and whatever dies in between."""

import contextlib
import functools
import random
import signal
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from dashboard import database
from dashboard.build import history, macros, publish
from dashboard.build.driver import Scope

KEEPS_FROM = {"rate": "rate_key BIGINT, measure_id VARCHAR, variant VARCHAR, rate VARCHAR", "contract": "contract INTEGER, payer VARCHAR, plan VARCHAR, product_line VARCHAR",
              "panel": "panel BIGINT, clinician_npi VARCHAR, practice_id VARCHAR, group_id VARCHAR", "panel_set": "panel_set BIGINT, panel BIGINT", "rule": "rate_key BIGINT, rule BIGINT"}
RESULT = """rate_key BIGINT, period SMALLINT, person INTEGER, unit BIGINT, contract INTEGER, denominator BOOLEAN, exclusion BOOLEAN, exception BOOLEAN,
    numerator BOOLEAN, panel BIGINT, panel_set BIGINT"""
COUNT = """rate_key BIGINT, period SMALLINT, plan_key VARCHAR, panel_set BIGINT, panel BIGINT, denominator INTEGER, numerator INTEGER, closed INTEGER,
    excluded INTEGER"""


RISK = """person INTEGER, tier VARCHAR, charlson SMALLINT, release VARCHAR, raw_score DECIMAL(12, 3), factors STRUCT(factor VARCHAR, coefficient DECIMAL(9, 3))[],
    rx_release VARCHAR, rx_score DECIMAL(12, 3), said UBIGINT"""


@functools.cache
def prepared():
    """A connection with the macros, made once."""
    connection = database.connect()
    macros.prepare(connection)
    return connection


def said(numerators: dict[int, bool]):
    """A connection whose layer `history` says of each person of one rate whether the numerator is met."""
    connection = prepared().cursor()
    connection.execute("DROP SCHEMA history CASCADE; CREATE SCHEMA history")
    for name, columns in {**KEEPS_FROM, "result": RESULT, "unit_count": COUNT, "risk": RISK}.items():
        connection.execute(f"CREATE TABLE history.{name} ({columns})")
    connection.execute("INSERT INTO history.panel VALUES (5, 'n', 'p', 'g')")
    for person, numerator in numerators.items():
        connection.execute("INSERT INTO history.result VALUES (1, 2026, ?, 0, 7, true, false, false, ?, 5, 5)", [person, numerator])
    connection.execute("INSERT INTO history.unit_count VALUES (1, 2026, 'all', 5, 5, ?, ?, ?, 0)", [len(numerators), *[sum(numerators.values())] * 2])
    return connection


def keep(home, as_of, numerators, published=None):
    with contextlib.closing(said(numerators)) as connection:
        history.keep(connection, home, history.Version(as_of, datetime(2026, 12, 31), published))


def ask(home, text):
    with contextlib.closing(database.connect(home / history.NAME, read_only=True)) as connection:
        return connection.execute(text).fetchall()


def state(home, as_of):
    """Person -> numerator as the last version of that day has it."""
    return dict(ask(home, f"""SELECT person, numerator FROM result WHERE (SELECT max(point) FROM version WHERE as_of = DATE '{as_of}' AND NOT forgotten)
        BETWEEN from_point AND to_point - 1"""))


def past(home, as_of):
    with contextlib.closing(said({})) as connection:
        history.read_past(connection, home, as_of)
        return connection.execute("SELECT as_of, denominator, numerator FROM history.past ORDER BY as_of").fetchall()


def test_a_result_that_stays_is_one_row_and_one_that_changes_is_two(tmp_path):
    keep(tmp_path, date(2026, 1, 31), {1: False, 2: True})
    keep(tmp_path, date(2026, 2, 28), {1: True, 2: True})
    keep(tmp_path, date(2026, 3, 31), {1: True, 2: True})
    assert ask(tmp_path, "SELECT person, count(*) FROM result GROUP BY person ORDER BY person") == [(1, 2), (2, 1)]


@pytest.mark.parametrize("seed", range(3))
def test_every_version_says_what_it_said_in_whatever_order_they_came(seed, tmp_path):
    """Days, order and results by chance: hash, not random, so that a failure comes again."""
    connection = database.connect()
    def draw(*key):
        return connection.execute("SELECT hash(?)", [repr((seed, *key))]).fetchone()[0]
    days = sorted((date(2026, 1 + month, 1 + draw("day", month) % 28) for month in range(5)), key=lambda day: draw("order", str(day)))
    versions = {day: {person: draw(person, str(day)) % 3 == 0 for person in range(8) if draw("there", person, str(day)) % 4} for day in days}
    for day in days:
        keep(tmp_path, day, versions[day])
        assert {known: state(tmp_path, known) for known in days[:days.index(day) + 1]} == {known: versions[known] for known in days[:days.index(day) + 1]}
    assert not ask(tmp_path, """SELECT * FROM result AS a JOIN result AS b USING (person) WHERE a.rowid < b.rowid
        AND a.from_point < b.to_point AND b.from_point < a.to_point""")


def test_of_several_versions_of_a_day_each_keeps_what_it_said(tmp_path):
    for numerator in (False, True, False):
        keep(tmp_path, date(2026, 1, 31), {1: numerator})
    assert ask(tmp_path, "SELECT numerator, to_point - from_point FROM result ORDER BY from_point")[:2] == [(False, 1), (True, 1)]
    assert state(tmp_path, date(2026, 1, 31)) == {1: False}


def test_a_version_that_was_never_published_is_forgotten(tmp_path):
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "current").write_text("000001.duckdb\n", encoding="utf-8")
    keep(tmp_path, date(2026, 1, 31), {1: False}, "000001")
    keep(tmp_path, date(2026, 2, 28), {1: True, 2: True}, "000002")  # and dies before the pointer names it
    assert publish.served(tmp_path) == "000001.duckdb"
    assert past(tmp_path, date(2026, 3, 31)) == [(date(2026, 1, 31), 1, 0)]
    keep(tmp_path, date(2026, 2, 28), {1: False}, "000002")
    (tmp_path / "published" / "current").write_text("000002.duckdb\n", encoding="utf-8")
    assert state(tmp_path, date(2026, 2, 28)) == {1: False}
    assert past(tmp_path, date(2026, 3, 31)) == [(date(2026, 1, 31), 1, 0), (date(2026, 2, 28), 1, 0)]


def test_of_whom_a_forgotten_version_said_otherwise_what_was_said_before_stands_again(tmp_path):
    """Also where no later pass says anything of them, and where it was made between other versions."""
    (tmp_path / "published").mkdir()
    january, february, march = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
    for version, day, numerators in (("000001", january, {1: False, 2: False}), ("000002", march, {1: False, 2: True})):
        keep(tmp_path, day, numerators, version)
        (tmp_path / "published" / "current").write_text(f"{version}.duckdb\n", encoding="utf-8")
    keep(tmp_path, february, {1: True, 2: True, 3: True}, "000003")
    keep(tmp_path, march, {1: True, 3: True}, "000004")
    with contextlib.closing(said({})) as connection:
        history.keep_change(connection, tmp_path, history.Version(march, datetime(2026, 12, 31), "000003"), None)
    (tmp_path / "published" / "current").write_text("000003.duckdb\n", encoding="utf-8")
    assert past(tmp_path, date(2026, 4, 30)) == [(january, 2, 0), (march, 2, 1)]
    assert (state(tmp_path, january), state(tmp_path, march)) == ({1: False, 2: False}, {1: False, 2: True})


def test_a_version_is_kept_whole_or_not_at_all(tmp_path):
    keep(tmp_path, date(2026, 1, 31), {1: False})
    with contextlib.closing(said({1: True})) as broken:
        broken.execute("ALTER TABLE history.result DROP panel")
        with pytest.raises(database.Error):
            history.keep(broken, tmp_path, history.Version(date(2026, 2, 28), datetime(2026, 2, 28), None))
    assert ask(tmp_path, "SELECT count(*) FROM version") == [(1,)] and ask(tmp_path, "SELECT count(*) FROM unit_count") == [(1,)]
    assert state(tmp_path, date(2026, 1, 31)) == {1: False}


def test_the_trend_has_the_last_version_of_each_earlier_month(tmp_path):
    for day in (date(2026, 1, 12), date(2026, 1, 30), date(2026, 2, 15), date(2026, 3, 2)):
        keep(tmp_path, day, dict.fromkeys(range(day.day), False))
    assert past(tmp_path, date(2026, 3, 20)) == [(date(2026, 1, 30), 30, 0), (date(2026, 2, 15), 15, 0)]


def test_months_that_are_there_are_not_filled_back_again(tmp_path):
    keep(tmp_path, date(2026, 1, 31), {1: False})
    assert history.missing_month_ends(tmp_path, date(2026, 3, 20), 3) == [date(2025, 12, 31), date(2026, 2, 28)]


def test_only_a_build_of_everybody_and_everything_is_a_version():
    assert Scope(date(2026, 1, 31)).whole
    assert not Scope(date(2026, 1, 31), measures=("COL-E",)).whole and not Scope(date(2026, 1, 31), people=frozenset({1})).whole


CHILD = """
import sys; sys.path[:0] = sys.argv[2:]
from datetime import date, timedelta; from pathlib import Path
from test_history import keep, of_day
print("begun", flush=True)
for n in range(int(sys.stdin.readline()), 10_000):
    keep(Path(sys.argv[1]), date(2026, 1, 1) + timedelta(days=n), of_day(n))
    print(n, flush=True)
"""


def of_day(n: int) -> dict[int, bool]:
    return {person: (n // (person + 1)) % 2 == 0 for person in range(300)}


@pytest.mark.long
def test_killed_at_any_point_every_version_that_is_there_is_whole(tmp_path):
    chance, kept = random.Random(5), 0
    for _ in range(6):
        process = subprocess.Popen([sys.executable, "-c", CHILD, str(tmp_path), str(Path(__file__).parent), str(Path(__file__).parents[2])],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        process.stdin.write(f"{kept}\n")
        process.stdin.flush()
        for _ in ("begun", "kept", "kept"):
            assert process.stdout.readline()
        time.sleep(chance.random() / 2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        days = [row[0] for row in ask(tmp_path, "SELECT as_of FROM version ORDER BY as_of")]
        kept = len(days)
        assert days == [date(2026, 1, 1) + timedelta(days=n) for n in range(kept)]
        assert ask(tmp_path, "SELECT count(*), count(DISTINCT point) FROM unit_count") == [(kept, kept)]
        for n in {0, kept // 2, kept - 1}:
            assert state(tmp_path, days[n]) == of_day(n)
    assert kept > 6, "there was something to kill"
