"""Versions that cannot be read, that are taken back, that wait for a person; and copies of a home directory in use."""

import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from small import parts

from dashboard import database
from dashboard.build import build, publish
from dashboard.build.lock import only_build
from dashboard.errors import Busy, Fault
from dashboard.live import gate
from dashboard.live.backup import backup, restore


@pytest.fixture
def home(tmp_path):
    """Two versions: of three people, and of five."""
    for people in (3, 5):
        build(tmp_path / "home", date(2024, 12, 31), parts=parts(tmp_path, f"SELECT range::INTEGER AS person FROM range({people})"))
    return tmp_path / "home"


def people(reader) -> int:
    with reader.cursor() as cursor:
        return cursor.execute("SELECT count(*) FROM mart.person").fetchone()[0]


def test_a_version_that_lost_its_end_is_not_served_and_that_is_said(home):
    path = database.current_file(home)
    path.write_bytes(path.read_bytes()[:-4096])
    reader = database.Reader(home)
    assert people(reader) == 3 and reader.damaged == path.name


def test_a_version_whose_head_is_overwritten_is_not_served(home):
    path = database.current_file(home)
    path.write_bytes(b"\0" * 20_000 + path.read_bytes()[20_000:])
    reader = database.Reader(home)
    assert people(reader) == 3 and reader.damaged == path.name


def test_the_next_good_version_ends_the_damage(home, tmp_path):
    database.current_file(home).write_bytes(b"")
    reader = database.Reader(home)
    assert people(reader) == 3
    build(home, date(2024, 12, 31), parts=parts(tmp_path, "SELECT range::INTEGER AS person FROM range(7)"))
    assert people(reader) == 7 and reader.damaged is None


def test_nothing_that_can_be_read_is_said(home):
    for path in publish.versions(home):
        path.write_bytes(b"no database")
    with pytest.raises(Fault, match="restore a backup"):
        people(database.Reader(home))


FULL = """
import resource, sys; sys.path[:0] = sys.argv[2:]
from datetime import date; from pathlib import Path; from small import parts; from dashboard.build import build
folder = Path(sys.argv[1])
made = parts(folder, "SELECT range::INTEGER AS person FROM range(3000000)")
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 17,) * 2)
build(folder / "home", date(2024, 12, 31), parts=made)
"""


def test_a_build_on_a_full_disk_leaves_what_is_published_and_the_next_one_goes_on(home, tmp_path):
    """No file may grow beyond a size: so a disk looks that is full in the middle of a build."""
    before, here = database.current_file(home), Path(__file__)
    failed = subprocess.run([sys.executable, "-c", FULL, str(tmp_path), str(here.parent), str(here.parents[2])], capture_output=True, text=True)
    assert failed.returncode != 0 and "Error" in failed.stderr
    assert database.current_file(home) == before and people(database.Reader(home)) == 5
    build(home, date(2024, 12, 31), parts=parts(tmp_path, "SELECT range::INTEGER AS person FROM range(9)"))
    assert people(database.Reader(home)) == 9 and not list((home / "build").glob("*"))


def test_a_version_is_taken_back_and_publishing_waits_for_a_person(home):
    reader = database.Reader(home)
    assert (people(reader), publish.held(home)) == (5, None)
    publish.roll_back(home)
    assert people(reader) == 3 and "taken back by hand" in publish.held(home)
    assert "taken back" in publish.accept(home) and publish.held(home) is None and publish.accepted(home)
    with pytest.raises(Fault, match="no version before"):
        publish.roll_back(home)


def drawn_version(path, people: int, closed: int, day: str = "2026-06-30"):
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(database.connect(path)) as connection:
        connection.execute(f"""
            CREATE SCHEMA mart; CREATE TABLE mart.version AS SELECT DATE '{day}' AS as_of, '1' AS version;
            CREATE SCHEMA kept; CREATE TABLE kept.valid_reject (source_row BIGINT, row_number BIGINT, rule VARCHAR, wrong VARCHAR, cure VARCHAR);
            CREATE TABLE mart.file (file_no INTEGER, delivery_no INTEGER, table_name VARCHAR, file_name VARCHAR, row_count BIGINT, received_at TIMESTAMP);
            CREATE TABLE mart.panel_count AS SELECT unnest([NULL, 1]) AS contract, {people} AS people;
            CREATE TABLE mart.rate_count AS SELECT 'all' AS plan_key, 'all' AS aspect, unnest(['closed', 'open']) AS status, unnest([{closed}, 100 - {closed}]) AS units""")
    return path


@pytest.mark.parametrize(("people_now", "closed_now", "day", "words"), [
    (901, 46, "2026-07-01", None), (899, 50, "2026-07-01", "people on work lists fall from 1,000 to 899"),
    (1000, 44, "2026-07-01", "what is closed falls from 50.0% to 44.0%"), (1000, 0, "2027-01-01", None)])
def test_numbers_that_fall_far_wait_for_a_person(tmp_path, people_now, closed_now, day, words):
    publish.publish(tmp_path, "000001", drawn_version(tmp_path / "build" / "a.duckdb", 1000, 50))
    built = drawn_version(tmp_path / "build" / "b.duckdb", people_now, closed_now, day)
    assert gate.falls(tmp_path, built, None) == words
    publish.hold(tmp_path, "x")
    publish.accept(tmp_path)
    assert gate.falls(tmp_path, built, None) is None


@pytest.mark.parametrize(("rows", "refused", "delivery", "words"), [
    (400, 72, 2, "has 18 % rows rejected\nlab_result, labs.csv: 72 rows, no date; Send dates. First row 0."), (400, 40, 2, None), (100, 49, 2, None), (400, 72, 1, None)])
def test_a_new_file_of_which_many_rows_are_refused_waits_for_a_person(tmp_path, rows, refused, delivery, words):
    for name, last in (("a", 1), ("b", delivery)):
        built = drawn_version(tmp_path / "build" / f"{name}.duckdb", 1000, 50)
        with closing(database.connect(built)) as connection:
            connection.execute(f"INSERT INTO mart.file VALUES (7, {last}, 'lab_result', 'labs.csv', {rows}, TIMESTAMP '2026-06-30 06:02:00')")
            connection.execute(f"INSERT INTO kept.valid_reject SELECT (7::BIGINT << 36) + range, range, 'dated', 'no date', 'Send dates.' FROM range({refused})")
        if name == "a":
            publish.publish(tmp_path, "000001", built)
    found = gate.falls(tmp_path, built, None)
    assert found is None if words is None else found.startswith("file received ") and found.endswith(words)


def test_a_backup_is_served_as_the_home_was_whatever_happens_to_the_home(home, tmp_path):
    (home / "reference").mkdir()
    (home / "reference" / "names.csv").write_text("a\n", encoding="utf-8")
    backup(home, tmp_path / "copy")
    build(home, date(2024, 12, 31), parts=parts(tmp_path, "SELECT range::INTEGER AS person FROM range(7)"))
    restored = restore(tmp_path / "copy", tmp_path / "new")
    assert people(database.Reader(restored)) == 5 and (restored / "reference" / "names.csv").read_text(encoding="utf-8") == "a\n"


def test_a_backup_does_not_copy_what_is_being_built(home, tmp_path):
    with only_build(home), pytest.raises(Busy):
        backup(home, tmp_path / "copy")
    with pytest.raises(Fault, match="there already"):
        backup(home, home)


def test_a_restore_overwrites_nothing(home, tmp_path):
    backup(home, tmp_path / "copy")
    with pytest.raises(Fault, match="there is data here"):
        restore(tmp_path / "copy", home)
    with pytest.raises(Fault, match="no backup"):
        restore(tmp_path, tmp_path / "new")
