"""Laws of a build: a subset of people counts as in the whole; order and duplicates of input do not matter; the future changes nothing."""

from datetime import date
from pathlib import Path

import pytest
from laws import results

from dashboard import database
from dashboard.build.driver import Parts, Scope, run_to_result
from dashboard.build.progress import Progress
from dashboard.generate import generate
from dashboard.intake import intake

pytestmark = pytest.mark.long
# One measure of each shape: screening, readings, covered days, stays, encounters of infants, doses, episodes; the laws are the driver's.
MEASURES = ("COL-E", "CBP", "GSD", "PDC-STA", "TRC", "FUH", "W30", "WCV", "CIS-E", "KED")
MEMBERS, LAST_DAY, MIDDLE = 120, date(2025, 12, 31), date(2025, 6, 30)
# Per table, the day on which a row happens. Spans (eligibility, attribution) are known ahead; who someone is has no day.
HAPPENS = {
    "medical_claim": "coalesce(claim_line_start_date, claim_start_date)", "pharmacy_claim": "dispensing_date",
    "lab_result": "CAST(coalesce(collection_datetime, result_datetime) AS DATE)", "observation": "observation_date",
    "encounter": "encounter_start_date", "condition": "coalesce(onset_date, recorded_date)", "procedure": "procedure_date",
    "immunization": "occurrence_date", "medication": "coalesce(dispensing_date, prescribing_date)",
}


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    """A small synthetic extract, as its sender would deliver it."""
    folder = tmp_path_factory.mktemp("extract")
    generate(MEMBERS, folder / "sent", seed=3, as_of=LAST_DAY)
    return folder / "sent"


@pytest.fixture(scope="module")
def home(extract, tmp_path_factory):
    return taken_in(extract, tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def whole(home):
    return results(home, LAST_DAY, MEASURES)


def taken_in(folder: Path, home: Path) -> Path:
    report = intake([folder], home, format="tuva", data_source="plan")
    assert sum(delivery.rows["eligibility"] for delivery in report.deliveries) >= MEMBERS
    return home


def changed(extract: Path, target: Path, select) -> Path:
    """The same delivery with each file replaced by what `select(table, source)` gives; its manifest no longer fits and stays away."""
    connection = database.connect()
    for path in sorted(extract.rglob("*.parquet")):
        table = path.parent.name
        copy = target / path.relative_to(extract)
        copy.parent.mkdir(parents=True, exist_ok=True)
        source = f"read_parquet('{path}', file_row_number = true)"
        connection.execute(f"COPY ({select(table, source)}) TO '{copy}' (FORMAT parquet)")
    connection.close()
    return target


def test_there_is_something_to_compare(whole):
    assert len({row[1] for row in whole}) > 5, "results of many measures"
    assert {row[-1] for row in whole} == {True, False}


def test_a_subset_of_people_counts_as_in_the_whole(home, whole):
    connection = database.connect(home / "intake.duckdb", read_only=True)
    keys = dict(connection.execute("SELECT person_id, person_key FROM person_link").fetchall())
    connection.close()
    some = {person_id: key for person_id, key in keys.items() if key % 7 == 3}
    assert results(home, LAST_DAY, MEASURES, people=frozenset(some.values())) == [row for row in whole if row[0] in some]


def test_order_and_duplicates_of_rows_and_threads_do_not_matter(extract, whole, tmp_path, monkeypatch):
    monkeypatch.setenv("HUDDLEBOARD_THREADS", "2")
    mixed = changed(extract, tmp_path / "sent", lambda _, source: f"""
        SELECT * EXCLUDE (file_row_number) FROM (FROM {source} UNION ALL FROM {source} WHERE file_row_number % 5 = 2)
        ORDER BY hash(file_row_number), file_row_number""")
    assert results(taken_in(mixed, tmp_path / "home"), LAST_DAY, MEASURES) == whole


def test_a_delivery_that_comes_twice_counts_once(extract, whole, tmp_path):
    home = taken_in(extract, tmp_path / "home")
    again = changed(extract, tmp_path / "again", lambda _, source: f"""
        SELECT * EXCLUDE (file_row_number) FROM {source} ORDER BY file_row_number DESC""")
    assert results(taken_in(again, home), LAST_DAY, MEASURES) == whole


def test_nothing_dated_after_as_of_changes_a_result(extract, home, tmp_path):
    def up_to_middle(table, source):
        until = f"WHERE {HAPPENS[table]} <= DATE '{MIDDLE}'" if table in HAPPENS else ""
        return f"SELECT * EXCLUDE (file_row_number) FROM {source} {until}"
    past = taken_in(changed(extract, tmp_path / "sent", up_to_middle), tmp_path / "home")
    assert results(past, MIDDLE, MEASURES) == results(home, MIDDLE, MEASURES)


def test_what_is_known_of_people_hangs_on_no_choice_of_measures(home):
    def events(*measures):
        connection = database.connect()
        try:
            run_to_result(connection, home, Scope(LAST_DAY, measures=measures), Progress(), Parts())
            return connection.execute("SELECT concept, count(*) FROM coded.event GROUP BY concept ORDER BY concept").fetchall()
        finally:
            connection.close()

    assert events("PDC-STA") == events("WCV") != []
