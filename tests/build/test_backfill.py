"""A month that is computed afterwards says what a build of that day, with the files of that day, says."""

import contextlib
import json
import shutil
from dataclasses import replace
from datetime import date, datetime

import pytest

from dashboard import database
from dashboard.build import build, history, macros
from dashboard.build.driver import Parts, Scope, compute
from dashboard.build.extract import create_extract_views
from dashboard.build.progress import Progress
from dashboard.generate import generate
from dashboard.intake import intake
from dashboard.live.refresh import refresh
from dashboard.measures import default_folder, load_cards

AS_OF, MONTH_END, MEMBERS = date(2026, 11, 20), date(2026, 10, 31), 500
RESULTS = """
    SELECT t.measure_id, t.rate, r.period, r.person, coalesce(r.unit, 0), r.contract, coalesce(r.denominator, false), coalesce(r.exclusion, false),
        coalesce(r.exception, false), coalesce(r.numerator, false)
    FROM mart.measure_result AS r JOIN mart.rate_name AS t USING (rate_id) ORDER BY ALL"""
KEPT = """
    SELECT t.measure_id, t.rate, r.period, r.person, r.unit, r.contract, r.denominator, r.exclusion, r.exception, r.numerator
    FROM result AS r JOIN rate AS t USING (rate_key) WHERE {point} BETWEEN from_point AND to_point - 1 ORDER BY ALL"""
COUNTS = """
    SELECT measure_id, plan_key, sum(units) FILTER (status <> 'excluded'), coalesce(sum(units) FILTER (status = 'closed'), 0)
    FROM mart.rate_count JOIN mart.rate_name USING (rate_id) WHERE aspect = 'all' GROUP BY ALL ORDER BY ALL"""
TREND = "SELECT measure_id, plan_key, sum(denominator), sum(closed) FROM mart.trend WHERE {where} GROUP BY ALL ORDER BY ALL"


def few_cards():
    """A screening, a reading and an exclusion of its own: what the laws of history are about does not hang on the measure."""
    cards = load_cards(default_folder())
    return replace(cards, variants=[variant for variant in cards.variants if variant.measure_id in ("COL-E", "CBP") and variant.name == "HEDIS"])


PARTS = Parts(load_cards=few_cards)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Two months of deliveries, taken in; one month filled back."""
    folder = tmp_path_factory.mktemp("backfill")
    generate(MEMBERS, folder / "sent", as_of=AS_OF, months=2)
    report = intake([folder / "sent"], folder / "home")
    assert {delivery.status for delivery in report.deliveries} == {"accepted"}
    build(folder / "home", AS_OF, parts=PARTS, backfill=1)
    return folder / "home"


def ask(path, text):
    with contextlib.closing(database.connect(path, read_only=True)) as connection:
        return connection.execute(text).fetchall()


def published(home, text):
    with database.Reader(home).cursor() as cursor:
        return cursor.execute(text).fetchall()


def test_an_archive_is_taken_in_as_it_was_first_received(home):
    manifest = json.loads((home.parent / "sent" / "_manifest.json").read_text(encoding="utf-8"))
    sent = [(said["feed"], said["sequence"], datetime.fromisoformat(said["received_at"]).replace(tzinfo=None)) for said in manifest["deliveries"]]
    assert ask(home / "intake.duckdb", "SELECT feed, sequence, received_at FROM delivery ORDER BY delivery_no") == sent


def test_known_then_is_the_roster_of_then_and_no_other(home):
    with contextlib.closing(database.connect()) as connection:
        macros.prepare(connection)
        create_extract_views(connection, home, known_at=history.end_of(MONTH_END))
        files = connection.execute("SELECT table_name, received_at FROM extract.file WHERE feed = 'MSO roster' AND table_name = 'eligibility'").fetchall()
        assert files == [("eligibility", datetime(2026, 10, 2, 6, 10))]
        assert connection.execute("SELECT max(received_at) FROM extract.file").fetchone()[0] <= history.end_of(MONTH_END)


def test_the_roster_of_today_replaces_all_before_it(home):
    with contextlib.closing(database.connect()) as connection:
        macros.prepare(connection)
        create_extract_views(connection, home)
        assert connection.execute("SELECT DISTINCT file_date FROM extract.eligibility").fetchall() == [(date(2026, 11, 2),)]


def test_the_newest_point_is_this_version_at_every_level(home):
    assert published(home, TREND.format(where="is_current")) == published(home, COUNTS)
    by_practice = "SELECT practice_id, sum(denominator) FROM mart.trend WHERE is_current AND plan_key = 'all' GROUP BY ALL ORDER BY ALL"
    assert published(home, by_practice) == published(home, """
        SELECT c.practice_id, sum(r.units) FROM mart.rate_count AS r JOIN mart.panel_set USING (panel_set) JOIN mart.clinician AS c USING (panel)
        WHERE aspect = 'all' AND plan_key = 'all' AND status <> 'excluded' GROUP BY ALL ORDER BY ALL""")


MOVED = """
    SELECT measure_id, plan_key, count(*) FILTER (closed_now) - count(*) FILTER (closed_then), count(closed_now) - count(closed_then)
    FROM mart.rate_change JOIN mart.rate_name USING (rate_id) GROUP BY ALL ORDER BY ALL"""
CHANGE = "SELECT n.slug, c.* EXCLUDE (rate_id) FROM mart.rate_change AS c JOIN mart.rate_name AS n USING (rate_id) ORDER BY ALL"


def test_the_rows_of_the_change_add_up_to_the_change_of_the_trend(home):
    """Between the two points of the trend, what rows of mart.rate_change say is all that happened: the split has nothing to leave out."""
    then, now = (published(home, TREND.format(where=where)) for where in (f"as_of = DATE '{MONTH_END}'", "is_current"))
    before = {row[:2]: row[2:] for row in then}
    whole = {row[:2]: (row[3] - before.get(row[:2], (0, 0))[1], row[2] - before.get(row[:2], (0, 0))[0]) for row in now}
    rows = {row[:2]: row[2:] for row in published(home, MOVED)}
    assert {key: rows.get(key, (0, 0)) for key in whole} == whole and any(closed for closed, _ in rows.values())
    assert published(home, "SELECT * FROM mart.change_since") == [(MONTH_END,)]
    causes = {cause for (cause,) in published(home, "SELECT DISTINCT cause FROM mart.rate_change")}
    assert "care" in causes and "rules" not in causes, causes


def test_after_a_refresh_the_change_is_that_of_a_full_build(home, tmp_path):
    copy = shutil.copytree(home, tmp_path / "home")
    paths = [str(copy / path) for (path,) in ask(copy / "intake.duckdb", "SELECT path FROM file WHERE accepted AND table_name = 'medical_claim'")]
    voids = tmp_path / "more" / "medical_claim" / "voids.parquet"
    voids.parent.mkdir(parents=True)
    with contextlib.closing(database.connect()) as connection:
        connection.execute(f"""COPY (SELECT * EXCLUDE (person_key, source_row)
            REPLACE ('void' AS adjustment_type, claim_id AS original_claim_id, claim_id || 'v' AS claim_id, DATE '2026-11-20' AS received_date)
            FROM read_parquet({paths}, union_by_name = true) WHERE hash(person_id) % 9 = 1) TO '{voids}'""")
    assert intake([tmp_path / "more"], copy, data_source="mso").deliveries[0].status == "accepted"
    assert refresh(copy, AS_OF, parts=PARTS).how == "overlay"
    compute(copy, Scope(AS_OF, measures=("COL-E", "CBP")), tmp_path / "whole.duckdb", "999999", Progress(), PARTS)
    assert published(copy, CHANGE) == ask(tmp_path / "whole.duckdb", CHANGE) != published(home, CHANGE)
    past = TREND.format(where="NOT is_current")
    assert published(copy, past) == ask(tmp_path / "whole.duckdb", past) == published(home, past), "earlier months say what they said"


def test_a_month_filled_back_is_a_build_of_that_day_row_for_row(home):
    (point,) = ask(home / history.NAME, f"SELECT point FROM version WHERE as_of = DATE '{MONTH_END}' AND published IS NULL")[0]
    filled = ask(home / history.NAME, KEPT.format(point=point))
    trend = published(home, TREND.format(where=f"as_of = DATE '{MONTH_END}' AND backfilled"))
    later = published(home, RESULTS)
    assert filled != later and len(filled) > 100, "there is something to compare"
    build(home, MONTH_END, known_at=history.end_of(MONTH_END), parts=PARTS)
    assert published(home, RESULTS) == filled
    assert published(home, COUNTS) == trend
