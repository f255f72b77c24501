"""From "done" to a closed gap and back: answers through ledger, build and mart, over a home of three people."""

from datetime import date

import pytest

from dashboard import database
from dashboard.access import accounts
from dashboard.access.viewer import viewer_of
from dashboard.answers import keep
from dashboard.answers.delivery import deliver
from dashboard.answers.keep import Gap, Said
from dashboard.build.driver import build
from dashboard.intake import intake
from dashboard.state import open_store

AS_OF = date(2026, 11, 22)
DONE = {"service": "colonoscopy", "on_date": date(2026, 10, 1), "place": "Here", "practitioner": "Dr Cole", "proof": "p.pdf", "data_source": "plan", "lacks": []}


@pytest.fixture
def home(tmp_path):
    sent = tmp_path / "sent"
    sent.mkdir()
    people = "\n".join(f"p{number},M{number},1965-02-0{number},female,2020-01-01,,medicare,P,A,true,true" for number in (1, 2, 3))
    (sent / "eligibility.csv").write_text(
        f"person_id,member_id,birth_date,gender,enrollment_start_date,enrollment_end_date,product_line,payer,plan,benefit_medical,benefit_pharmacy\n{people}\n")
    home = tmp_path / "home"
    assert intake([sent], home, data_source="plan").ok
    return home


@pytest.fixture
def doctor(home):
    store = open_store(home)
    accounts.add_user(store, "patel", "physician", "correct horse battery")
    return viewer_of(accounts.all_users(store)[0])


def people(home):
    """Number of the registry by id of the source."""
    with database.connect(home / "intake.duckdb", read_only=True) as connection:
        return dict(connection.execute("SELECT person_id, person_key FROM person_link").fetchall())


def delivered(home):
    with database.connect(home / "intake.duckdb", read_only=True) as connection:
        paths = [row[0] for row in connection.execute("SELECT path FROM file JOIN delivery USING (delivery_no) WHERE feed = 'supplemental' ORDER BY file_no").fetchall()]
        return [connection.execute("SELECT procedure_id, person_id, data_source, record_source, record_action, proof_uri FROM read_parquet(?)",
                                   [str(home / path)]).fetchall() for path in paths]


def standings(home):
    with database.Reader(home).cursor() as cursor:
        return dict(cursor.execute("SELECT person, status FROM mart.gap WHERE measure_id = 'COL-E'").fetchall())


def test_done_is_delivered_once_and_taken_back_when_undone(home, doctor):
    store, person = open_store(home), people(home)["p1"]
    gap = Gap("COL-E", person, 2026, 0)
    row = keep.give(store, doctor, gap, Said("done", supplement=DONE | {"person_id": "p1"}))
    keep.give(store, doctor, Gap("COL-E", people(home)["p2"], 2026, 0), Said("done", supplement=DONE | {"person_id": "p2", "proof": "", "lacks": ["proof"]}))
    assert (deliver(home), deliver(home)) == (1, 0)
    name = f"answer-{row.id}"
    assert delivered(home) == [[(name, "p1", "plan", "supplemental_nonstandard", "I", "p.pdf")]]
    keep.undo(store, doctor, gap, row.id)
    assert (deliver(home), deliver(home)) == (1, 0)
    assert delivered(home)[1] == [(name, "p1", "plan", "supplemental_nonstandard", "D", "p.pdf")]


def test_what_was_undone_before_any_delivery_is_never_delivered(home, doctor):
    store, gap = open_store(home), Gap("COL-E", people(home)["p1"], 2026, 0)
    row = keep.give(store, doctor, gap, Said("done", supplement=DONE | {"person_id": "p1"}))
    keep.undo(store, doctor, gap, row.id)
    assert deliver(home) == 0 and delivered(home) == []


def test_a_build_closes_what_was_done_and_leaves_out_what_was_answered(home, doctor):
    store, known = open_store(home), people(home)
    done, refused, wrong = (Gap("COL-E", known[name], 2026, 0) for name in ("p1", "p2", "p3"))
    row = keep.give(store, doctor, done, Said("done", supplement=DONE | {"person_id": "p1"}))
    keep.give(store, doctor, refused, Said("refused"))
    keep.give(store, doctor, wrong, Said("data_wrong", proposed=True))
    build(home, AS_OF, measures=["COL-E"])
    assert standings(home) == {known["p1"]: "closed", known["p2"]: "answered", known["p3"]: "open"}
    with database.Reader(home).cursor() as cursor:
        counts = dict(cursor.execute("SELECT status, people FROM mart.rate_count WHERE plan_key = 'all' AND aspect = 'all'").fetchall())
        assert counts == {"closed": 1, "answered": 1, "open": 1}
        assert cursor.execute("SELECT count(*) FILTER (numerator), count(*) FILTER (denominator) FROM mart.measure_result").fetchone() == (1, 3)
    keep.undo(store, doctor, done, row.id)
    build(home, AS_OF, measures=["COL-E"])
    assert standings(home)[known["p1"]] == "open"
