"""Laws of a refresh: it says what a full build of the same files says, row for row, and the order in which files came does not matter."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import landed
import pytest

from dashboard import database
from dashboard.build import pieces, sql
from dashboard.build.driver import Parts, Scope, compute, run_to_result
from dashboard.build.progress import Progress
from dashboard.live import fold, inbox, standing
from dashboard.live.refresh import refresh
from dashboard.live.watch import watch

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def deliveries(sent, tmp_path_factory):
    """The folder of each delivery, by name."""
    folder = tmp_path_factory.mktemp("deliveries")
    return {name: landed.land(sent, folder, name) for name in landed.DELIVERIES}


def order_of(seed: int) -> list[str]:
    """The deliveries in an order by chance; the merge always, and sequence 1 anew after sequence 1."""
    names = sorted(landed.DELIVERIES, key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest())
    names.remove("claims 1 anew")
    return [*names[:names.index("claims 1") + 1], "claims 1 anew", *names[names.index("claims 1") + 1:]]


@pytest.fixture(scope="module")
def ended(deliveries, first, tmp_path_factory):
    """Two homes where the same files came in other orders, with what each refresh of them differed in from a full build.

    A pass is made after every few deliveries, in one home on one thread and in the other on two; full builds are made beside on the way and at the end.
    """
    ends = []
    for seed, threads, every, looked_at in ((1, "1", 3, 4), (2, "2", 6, None)):
        home = shutil.copytree(first, tmp_path_factory.mktemp(f"order{seed}") / "home")
        hows, wrong = [], {}
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HUDDLEBOARD_THREADS", threads)
            for place, name in enumerate(order_of(seed)):
                landed.take_in(deliveries[name], home)
                if place % every == seed:
                    hows.append(refresh(home, landed.AS_OF, landed.MEASURES).how)
                if place == looked_at:
                    wrong |= {(place, relation): rows for relation, rows in landed.differences(home).items()}
            hows.append(refresh(home, landed.AS_OF, landed.MEASURES).how)
            wrong |= landed.differences(home)
        ends.append((home, hows, wrong))
    return ends


def test_a_refresh_says_what_a_full_build_says(ended):
    assert [wrong for *_, wrong in ended] == [{}, {}]
    often, seldom = (hows.count("overlay") for _, hows, _ in ended)
    assert often >= 3 and seldom >= 1, "passes that computed a few people only"


def test_the_order_of_deliveries_does_not_matter(ended):
    (one, *_), (other, *_) = ended
    assert landed.results(one) == landed.results(other) != []


def test_a_merge_that_is_taken_back_leaves_what_was_before(sent, ended, tmp_path):
    home, *_ = ended[0]
    landed.take_in(landed.land(sent, tmp_path, "unmerge", landed.UNMERGE), home)
    assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay"
    assert landed.differences(home) == {}


def test_a_query_that_is_made_of_relations_without_rows_gives_none(first, tmp_path):
    """Small builds do not plan such queries."""
    with closing(database.connect_published(first)) as connection:
        some = frozenset(person for (person,) in connection.execute("SELECT DISTINCT person FROM mart.counted_person LIMIT 30").fetchall())
    tried = set()
    with database.at_work(tmp_path / "scratch") as connection:
        parameters = run_to_result(connection, first, Scope(landed.AS_OF, measures=landed.MEASURES, people=some), Progress(), Parts())
        for item in (item for layer in ("extract", "valid", "coded") for item in sql.relations(layer)):
            for name, part in zip(item.names, item.parts, strict=True):
                if sources := sql.sources(connection, name, part):
                    connection.execute("BEGIN; " + "; ".join(f"DELETE FROM {source}" for source in sources))
                    assert sql.execute(connection, part, parameters, item.path).fetchall() == [], (item.full_name, name)
                    connection.execute("ROLLBACK")
                    tried.add((item.full_name, name))
    assert {("valid.lab_result", "lab_result"), ("coded.event", "claim_service"), ("extract.set_aside", "lab_value")} <= tried


def test_what_is_refused_is_told_by_a_build_of_few_rows(deliveries, first, tmp_path):
    home, folder = shutil.copytree(first, tmp_path / "home"), deliveries["bad rows"]
    landed.take_in(folder, home)
    assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay"
    with closing(database.connect()) as connection:
        of_nobody = connection.execute(f"SELECT count(*) FROM '{folder}/medical_claim/fills.parquet' WHERE person_id IS NULL").fetchone()[0]
    full = tmp_path / "whole.duckdb"
    compute(home, Scope(landed.AS_OF, measures=landed.MEASURES), full, "999999", Progress(), Parts())
    for connection in (database.connect_published(home), database.connect(full, read_only=True)):
        with closing(connection):
            told = connection.execute("SELECT sum(row_count) FROM mart.reject WHERE file_name = 'medical_claim/fills.parquet' AND rule = 'missing_person_id'")
            assert told.fetchone()[0] == of_nobody > 0


def test_a_card_is_counted_anew_only_where_what_it_asks_changed(deliveries, first, tmp_path, monkeypatch):
    home, counted = shutil.copytree(first, tmp_path / "home"), []
    real = standing.Standing.take_over

    def seen(stands, wanted):
        left = real(stands, wanted)
        counted.append(({one.variant.measure_id for one, _ in left}, len(wanted)))
        return left
    monkeypatch.setattr(standing.Standing, "take_over", seen)
    for name in ("labs", "other labs", "enrolled before"):
        landed.take_in(deliveries[name], home)
        assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay"
    (of_labs, _), (of_others, _), (of_spans, _) = counted
    assert "GSD" in of_labs and not {"PDC-STA", "TRC"} & of_labs and len(of_spans) > len(of_labs)
    assert "GSD" in of_others, "a result that is no HbA1c any more"
    assert landed.differences(home) == {}


def test_a_pass_that_brings_no_event_leaves_those_of_the_pass_before(deliveries, first, tmp_path):
    home = shutil.copytree(first, tmp_path / "home")
    for name in ("labs", "booked", "more labs"):
        landed.take_in(deliveries[name], home)
        assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay"
        assert name == "labs" or landed.differences(home) == {}


def test_nothing_new_publishes_nothing(first):
    assert refresh(first, landed.AS_OF, landed.MEASURES).how == "nothing"


def test_a_fold_says_the_same_under_the_same_version_while_it_is_read(ended, monkeypatch):
    home, *_ = ended[1]
    monkeypatch.setattr(pieces, "PEOPLE_AT_ONCE", 30)
    reader, before = database.Reader(home), landed.results(home)
    version = reader.version()
    with reader.cursor() as cursor:
        monkeypatch.setattr(fold, "LEAST", cursor.execute("SELECT count(*) FROM change.person").fetchone()[0])
        monkeypatch.setattr(fold, "SHARE", 0)
        assert fold.is_due(home) and not fold.is_due(home, waited_for=True)
        assert fold.fold(home) == version == reader.version()
        assert cursor.execute("SELECT count(*) FROM mart.measure_result").fetchone()[0] == len(before)
    assert database.base_of(database.current_file(home)) is None and landed.results(home) == before
    assert fold.fold(home) is None and landed.differences(home) == {}
    assert refresh(home, landed.AS_OF, landed.MEASURES).how == "nothing"


CHILD = """
import sys; sys.path[:0] = sys.argv[3:]
import landed, resource; from pathlib import Path; from dashboard.live import inbox; from dashboard.live.refresh import refresh
if sys.argv[2]:  # after the delivery was taken in: a version is smaller than the ledger
    inbox.take_in(Path(sys.argv[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
print("begun", flush=True)
refresh(Path(sys.argv[1]), landed.AS_OF, landed.MEASURES)
"""
KILLS = int(os.environ.get("HUDDLEBOARD_TEST_KILLS") or 3)  # `make faults` tries 200
PATHS = [str(Path(__file__).parent), str(Path(__file__).parents[2])]


def test_killed_at_any_point_a_pass_is_done_by_the_next_one(sent, first, tmp_path):
    """Files lie in the inbox while passes are killed: then one pass gives what a clean run gives, and nothing else was ever served."""
    home, chance = shutil.copytree(first, tmp_path / "home"), random.Random(11)
    for name in ("labs", "claims 2", "enrolled before"):
        landed.land(sent, home / "inbox", name)
    time.sleep(inbox.SETTLED)
    served = {database.current_file(home).name: landed.results(home)}
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", CHILD, str(home), "", *PATHS], stdout=subprocess.PIPE)
        process.stdout.readline()
        time.sleep(chance.random() * 8)
        process.send_signal(signal.SIGKILL)
        process.wait()
        served.setdefault(database.current_file(home).name, landed.results(home))
    refresh(home, landed.AS_OF, landed.MEASURES)
    assert landed.differences(home) == {} and inbox.waiting(home) == 0
    assert all(rows in (landed.results(first), landed.results(home)) for rows in served.values())
    assert database.base_of(database.current_file(home)), "an overlay, no full build"


def test_on_a_full_disk_what_is_published_stays_and_the_next_pass_goes_on(sent, first, tmp_path):
    """No file may grow beyond a size: so a disk looks that is full in the middle of a pass."""
    home = shutil.copytree(first, tmp_path / "home")
    landed.land(sent, home / "inbox", "labs")
    time.sleep(inbox.SETTLED)
    failed = subprocess.run([sys.executable, "-c", CHILD, str(home), str(1 << 19), *PATHS], capture_output=True)
    assert failed.returncode != 0 and database.current_file(home).name == database.current_file(first).name
    assert landed.results(home) == landed.results(first)
    assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay" and landed.differences(home) == {}


def test_a_watcher_publishes_what_lands(sent, first, tmp_path):
    home, said, stop = shutil.copytree(first, tmp_path / "home"), [], threading.Event()
    watcher = threading.Thread(target=watch, args=(home, landed.AS_OF, said.append, stop, landed.MEASURES))
    watcher.start()
    try:
        landed.land(sent, home / "inbox", "labs")
        end = time.monotonic() + 300
        while not any("accepted 1" in line for line in said) and time.monotonic() < end:
            time.sleep(0.2)
    finally:
        stop.set()
        watcher.join()
    assert any("accepted 1" in line for line in said), said
    assert not any("S000" in line for line in said), "no id of a person in what is said"
    with closing(database.connect_published(home)) as connection:
        assert connection.execute("SELECT count(*) FROM mart.file WHERE file_name = 'lab_result/labs.parquet'").fetchone() == (1,)
