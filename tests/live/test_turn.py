"""Law of the turn of a day: after it the served version says what a full build as of the later day says, row for row."""

import importlib
import os
import random
import shutil
from contextlib import closing
from datetime import date

import landed
import pytest

from dashboard import database
from dashboard.live import gate
from dashboard.live.refresh import refresh
from dashboard.live.turn import is_near

pytestmark = pytest.mark.long
passes = importlib.import_module("dashboard.live.refresh")  # beside the function of that name
FIRST, LATER, LAST = date(2025, 12, 4), date(2025, 12, 24), date(2025, 12, 31)
# Stays whose last bill is an interim one: 90 days after it they are over. Of who is seen by somebody and on no roster the visits of two years count.
OPEN_STAYS = {"medical_claim": """SELECT * REPLACE (claim_id || 'i' AS claim_id, 'institutional' AS claim_type, '112' AS bill_type_code,
    'paid' AS claim_status, 'paid' AS line_status, NULL AS discharge_date, DATE '2025-09-01' AS admission_date, DATE '2025-09-01' AS claim_start_date,
    DATE '2025-09-01' AS claim_line_start_date, DATE '2025-09-01' + CAST(hash(person_id) % 20 AS INTEGER) AS claim_end_date,
    DATE '2025-09-01' + CAST(hash(person_id) % 20 AS INTEGER) AS claim_line_end_date) FROM medical_claim WHERE hash(person_id) % 7 = 3 AND claim_line_number = 1
    QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY claim_id) = 1"""}
OF_NOBODY = "hash(person_id) % 3 = 0"
SEEDS = range(1, 1 + int(os.environ.get("HUDDLEBOARD_TEST_TURNS", "1")))  # random histories; `make turns` tries more
BETWEEN = ("labs", "claims 2", "fills", "deaths", "visits", "booked", "readings", "enrolled before", "moved")


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    folder = landed.extract(tmp_path_factory.mktemp("extract"))
    with closing(database.connect()) as connection:
        for path in folder.glob("provider_attribution/*.parquet"):
            connection.execute(f"CREATE OR REPLACE TABLE roster AS FROM '{path}' WHERE NOT ({OF_NOBODY}); COPY roster TO '{path}'")
        for path in folder.glob("patient/*.parquet"):
            connection.execute(f"""CREATE OR REPLACE TABLE record AS
                SELECT * REPLACE (CASE WHEN NOT ({OF_NOBODY}) THEN general_practitioner_id END AS general_practitioner_id) FROM '{path}'; COPY record TO '{path}'""")
    for manifest in folder.glob("**/_manifest.json"):
        manifest.unlink()
    return folder


@pytest.fixture(scope="module")
def first(sent, tmp_path_factory):
    """A home as of an early day of a month, with rows that bear later days."""
    folder = tmp_path_factory.mktemp("first")
    landed.take_in(sent, folder / "home")
    landed.take_in(landed.land(sent, folder, "interim bills", ("stays", None, OPEN_STAYS)), folder / "home")
    assert refresh(folder / "home", FIRST, landed.MEASURES).how == "build"
    return folder / "home"


@pytest.fixture(autouse=True)
def of_so_few(monkeypatch):
    """Of so few people more than a fifth have a row on most days, and a few open stays that end are a tenth of what counts."""
    monkeypatch.setattr(passes, "MANY", 1)
    monkeypatch.setattr(gate, "CLOSED", 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_turned_day_says_what_a_full_build_says(sent, first, tmp_path, seed):
    """A day, a few and many at once, with deliveries on the way."""
    home, chance = shutil.copytree(first, tmp_path / "home"), random.Random(seed)
    days = sorted(chance.sample(range(FIRST.day + 2, LAST.day), 2))
    for day in (FIRST.day + 1, *days):
        for name in chance.sample(BETWEEN, chance.choice((0, 2))):
            if not (tmp_path / name.replace(" ", "_")).exists():
                landed.take_in(landed.land(sent, tmp_path, name), home)
        assert refresh(home, LAST.replace(day=day), landed.MEASURES).how == "turn"
        assert (day, landed.differences(home, LAST.replace(day=day))) == (day, {})
    landed.take_in(landed.land(sent, tmp_path, "shots and procedures"), home)
    assert refresh(home, LAST.replace(day=day), landed.MEASURES).how == "overlay"
    assert landed.differences(home, LAST.replace(day=day)) == {}


def test_what_the_day_alone_changes_is_there(first, tmp_path):
    home = shutil.copytree(first, tmp_path / "home")
    said = []
    for day in (FIRST, LATER):
        assert refresh(home, day, landed.MEASURES).how == ("nothing" if day == FIRST else "turn")
        with closing(database.connect_published(home)) as connection:
            said.append([set(map(repr, connection.execute(text).fetchall())) for text in (
                "SELECT stay FROM kept.coded_stay WHERE isfinite(discharge_date)", "FROM kept.coded_attribution WHERE method = 'visits'",
                "SELECT fact FROM mart.event", "FROM mart.measure_result", "FROM mart.panel")])
    assert all(early != late for early, late in zip(*said, strict=True))


def test_another_month_is_built_whole(first, tmp_path):
    home = shutil.copytree(first, tmp_path / "home")
    done = refresh(home, date(2026, 1, 1), landed.MEASURES)
    assert done.how == "build" and "of another month, or earlier" in done.why


@pytest.mark.parametrize(("old", "new", "near"), [
    (FIRST, LATER, True), (LATER, FIRST, False), (FIRST, FIRST, False), (LAST, date(2026, 1, 1), False), (FIRST, date(2026, 12, 24), False)])
def test_a_version_is_turned_to_a_later_day_of_its_month(old, new, near):
    assert is_near(old, new) == near
