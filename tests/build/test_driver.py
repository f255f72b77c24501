"""The driver: what is published, what is not, and what stays when a build dies."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from small import parts

from dashboard import database
from dashboard.build import build, publish
from dashboard.build.lock import only_build
from dashboard.build.progress import Progress
from dashboard.errors import Busy, CheckFailed, Fault, NotPublished

HERE = Path(__file__).parent


def people(home):
    with database.Reader(home).cursor() as cursor:
        return [person for (person,) in cursor.execute("SELECT person FROM mart.person ORDER BY person").fetchall()]


def test_a_build_publishes_the_mart_and_what_it_is(tmp_path):
    version = build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))
    assert people(tmp_path) == [0, 1, 2]
    with database.Reader(tmp_path).cursor() as cursor:
        assert cursor.execute("SELECT version, as_of FROM mart.version").fetchone() == (version, date(2024, 12, 31))
        schemas = cursor.execute("SELECT DISTINCT schema_name FROM duckdb_tables()").fetchall()
    assert schemas == [("mart",)]
    assert sorted(path.name for path in (tmp_path / "published").iterdir()) == [f"{version}.duckdb", "current"]
    assert not list((tmp_path / "build").iterdir())


def test_progress_says_rows_in_and_out_of_each_relation(tmp_path):
    lines = []
    build(tmp_path, date(2024, 12, 31), progress=Progress(lines.append), parts=parts(tmp_path))
    assert [line.split()[:5] for line in lines if line.startswith("coded.person")] == [["coded.person", "3", "in", "3", "out"]]
    assert lines[-1].startswith("published 000001 as of 2024-12-31") and "GB of memory" in lines[-1]


def test_a_failing_check_refuses_to_publish_and_says_why(tmp_path):
    build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))
    with pytest.raises(CheckFailed) as caught:
        build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path, "SELECT -range::INTEGER AS person FROM range(5)"))
    assert "queries/check/every_person_has_a_positive_number.sql: Every person has a positive number: 4 rows" in str(caught.value)
    assert "first: person -1; person -2; person -3" in str(caught.value)
    assert people(tmp_path) == [0, 1, 2]


def test_a_build_that_raises_leaves_the_published_version(tmp_path):
    build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))
    with pytest.raises(database.Error):
        build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path, mart__broken="SELECT nothing"))
    assert people(tmp_path) == [0, 1, 2]


def test_the_last_versions_are_kept_and_orphans_removed(tmp_path):
    for _ in range(5):
        newest = build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))
    orphan = tmp_path / "published" / "000099.duckdb"
    orphan.write_text("left by a killed build", encoding="utf-8")
    (tmp_path / "build" / "scratch").mkdir()
    assert build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path)) > newest
    assert not orphan.exists() and not (tmp_path / "build" / "scratch").exists()
    assert len(publish.versions(tmp_path)) == publish.KEPT


def test_two_builds_do_not_run_at_once(tmp_path):
    with only_build(tmp_path), pytest.raises(Busy, match=f"process {os.getpid()} is building"):
        build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))


def test_nothing_published_is_said(tmp_path):
    with pytest.raises(NotPublished, match="huddleboard build"):
        people(tmp_path)


CHILD = textwrap.dedent("""
    import sys; sys.path[:0] = sys.argv[3:]
    from datetime import date; from pathlib import Path
    from small import parts
    from dashboard.build import build
    select = f"SELECT range::INTEGER AS person FROM range({sys.argv[2]})"
    print("begun", flush=True)
    build(sys.argv[1], date(2024, 12, 31), parts=parts(Path(sys.argv[1]), select))
""")


PEOPLE = 500_000   # enough that a build takes longer than its process takes to die
KILLS = min(40, int(os.environ.get("HUDDLEBOARD_TEST_KILLS") or 8))  # `make faults` tries more


def child(home, size):
    paths = [str(HERE), str(HERE.parents[1])]
    process = subprocess.Popen([sys.executable, "-c", CHILD, str(home), str(size), *paths], stdout=subprocess.PIPE)
    process.stdout.readline()
    return process


@pytest.mark.long
def test_killed_at_any_point_the_old_version_is_served_and_the_next_build_succeeds(tmp_path):
    process, began = child(tmp_path, PEOPLE), time.monotonic()
    assert process.wait() == 0
    whole, chance = time.monotonic() - began, random.Random(7)
    for place in range(KILLS):
        process = child(tmp_path, PEOPLE)
        time.sleep((place + chance.random()) / KILLS * whole)  # however few, over all of a build
        process.send_signal(signal.SIGKILL)
        process.wait()
        with database.Reader(tmp_path).cursor() as cursor:
            assert cursor.execute("SELECT count(*) FROM mart.person").fetchone() == (PEOPLE,)
    build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))
    assert people(tmp_path) == [0, 1, 2]


def test_readers_see_a_new_version_at_their_next_request_and_no_request_fails(tmp_path):
    build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))
    reader, faults, seen, stop = database.Reader(tmp_path), [], set(), threading.Event()

    def ask():
        while not stop.is_set():
            try:
                with reader.cursor() as cursor:
                    (version,) = cursor.execute("SELECT version FROM mart.version").fetchone()
                    assert cursor.execute("SELECT count(*) FROM mart.person").fetchone()[0] > 0
                    seen.add(version)
            except Exception as fault:  # whatever it is, a request failed
                faults.append(fault)
            stop.wait(0.005)  # as people do; without it the builds below hardly get their turn

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(6):
        version = build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))
        with reader.cursor() as cursor:
            assert cursor.execute("SELECT version FROM mart.version").fetchone() == (version,)
        end = time.monotonic() + 60
        while version not in seen and time.monotonic() < end:
            time.sleep(0.01)
        assert version in seen
    stop.set()
    for thread in threads:
        thread.join()
    assert not faults


def test_a_request_in_flight_ends_on_the_version_where_it_began(tmp_path):
    build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))
    reader = database.Reader(tmp_path)
    with reader.cursor() as cursor:
        old = cursor.execute("SELECT version FROM mart.version").fetchone()
        for _ in range(4):
            build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))
        with reader.cursor() as later:
            assert later.execute("SELECT version FROM mart.version").fetchone() > old
        assert cursor.execute("SELECT version FROM mart.version").fetchone() == old


def test_a_reader_cannot_write_nor_reach_files_nor_change_settings(tmp_path):
    build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))
    with database.Reader(tmp_path).cursor() as cursor:
        for statement in ("DELETE FROM mart.person", "FROM read_text('/etc/hostname')", "SET threads = 1", "COPY mart.person TO 'x.csv'"):
            with pytest.raises(database.Error):
                cursor.execute(statement)


def test_a_process_forked_after_opening_is_told_so(tmp_path):
    build(tmp_path, date(2024, 12, 31), parts=parts(tmp_path))
    reader = database.Reader(tmp_path)
    with reader.cursor() as cursor:
        cursor.execute("SELECT 1").fetchall()
    child = os.fork()
    if child == 0:
        try:
            reader._newest()
        except Fault:
            os._exit(3)
        os._exit(4)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
