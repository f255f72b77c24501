"""A pass reads no more than what new rows can change, and says what a full build says."""

import shutil
from contextlib import closing

import landed
import pytest

from dashboard import database
from dashboard.access import accounts
from dashboard.access.viewer import viewer_of
from dashboard.answers import keep
from dashboard.build import asked, kept
from dashboard.build.extract import ACCEPTED
from dashboard.live import fold, inbox, standing
from dashboard.live.refresh import refresh
from dashboard.state import open_store

pytestmark = pytest.mark.long


@pytest.fixture
def changes(monkeypatch):
    """The changes that passes found."""
    found, real = [], standing.Standing.__init__

    def seen(stands, connection, served, change, **more):
        found.append(change)
        real(stands, connection, served, change, **more)
    monkeypatch.setattr(standing.Standing, "__init__", seen)
    return found


@pytest.fixture
def weighed(monkeypatch):
    """Of each pass: how many pairs of a person and a variant were counted anew, and how many there were."""
    found, real = [], standing.Standing.weigh

    def seen(stands, wanted):
        table = real(stands, wanted)
        found.append(stands.connection.execute(
            f"SELECT (SELECT sum(bit_count(askers)) FROM {table}), {len(wanted)} * (SELECT count(*) FROM touched)").fetchone())
        return table
    monkeypatch.setattr(standing.Standing, "weigh", seen)
    return found


def test_older_results_are_read_again_only_where_a_new_one_may_decide_about_them(sent, first, tmp_path, changes):
    """And of whom new ones say nothing that anything asks about, all stands, whatever was answered before."""
    home = shutil.copytree(first, tmp_path / "home")
    _refuse_gaps(home)
    assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay"
    told_again = """SELECT * REPLACE (lab_result_id || 'x' AS lab_result_id) FROM lab_result
        WHERE accession_number IS NOT NULL AND hash(person_id) % 11 = 2 LIMIT 20"""
    of_no_use = landed.LABS.format(tag="u", day=28, who=4).replace("(lab_result_id", """('LOINC' AS source_component_code_type,
        '6690-2' AS source_component_code, NULL AS normalized_component_code, NULL AS codes, lab_result_id""")  # leukocytes
    for name, select in (("same accession", told_again), ("new", landed.LABS.format(tag="y", day=28, who=3)), ("of no use", of_no_use)):
        landed.take_in(landed.land(sent, tmp_path, name, ("labs", None, {"lab_result": select})), home)
    assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay"
    change = changes[-1]
    redone = change.redone()
    assert change.adding == {"lab_result"} and redone and redone < change.people
    assert landed.differences(home) == {}
    people, changed = _written(home)
    assert redone <= people and not change.people <= people and changed < people


def _refuse_gaps(home) -> None:
    """Those of every other person."""
    store = open_store(home)
    accounts.add_user(store, "patel", "physician", "correct horse battery")
    doctor = viewer_of(accounts.all_users(store)[0])
    with closing(database.connect_published(home)) as connection:
        for gap in connection.execute("SELECT measure_id, person, period, unit FROM mart.gap WHERE status LIKE 'open%' AND person % 2 = 0").fetchall():
            keep.give(store, doctor, keep.Gap(*gap), keep.Said("refused"))


def _written(home) -> tuple[set[int], set[int]]:
    """Of whom an overlay says that something may be otherwise, and whose evidence it holds."""
    with closing(database.connect_published(home)) as connection:
        return tuple({person for (person,) in connection.execute(f"FROM {table}").fetchall()} for table in ("change.person", "key.mart_gap_step"))


def test_older_results_of_small_files_are_found_before_and_after_a_fold_asked_of_them(sent, first, tmp_path, changes):
    home = shutil.copytree(first, tmp_path / "home")
    corrected = landed.LABS.format(tag="z", day=29, who=5).replace("(lab_result_id", "('corrected' AS status, '99' AS result, lab_result_id")
    for round, (name, select) in enumerate((("sent", landed.LABS.format(tag="z", day=29, who=5)), ("corrected", corrected),
                                            ("corrected anew", corrected.replace("'99'", "'98'")))):
        landed.take_in(landed.land(sent, tmp_path, name, ("labs", None, {"lab_result": select})), home)
        assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay"
        assert changes[-1].redone() == (changes[-1].people if round else set())
        if round == 1:
            assert not _asked_of_all(home)
            fold.fold(home)
            assert _asked_of_all(home)
    assert landed.differences(home) == {}


@pytest.mark.parametrize("broken", [False, True])
def test_new_results_that_intake_asked_of_decide_about_no_older_ones(sent, first, tmp_path, changes, monkeypatch, broken):
    """Nor where what was asked cannot be read any more: then the files tell."""
    home = shutil.copytree(first, tmp_path / "home")
    monkeypatch.setattr(asked, "FEW_ROWS", 1)
    landed.take_in(landed.land(sent, tmp_path, "sent", ("labs", None, {"lab_result": landed.LABS.format(tag="q", day=29, who=5)})), home)
    assert _asked_of_all(home)
    if broken:
        (home / asked.STORE).write_bytes(b"no database")
    assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay" and changes[-1].redone() == set()


def test_what_a_pass_took_in_is_asked_of_once_it_is_published(sent, first, tmp_path, monkeypatch):
    home = shutil.copytree(first, tmp_path / "home")
    monkeypatch.setattr(asked, "FEW_ROWS", 1)
    monkeypatch.setattr(inbox, "SETTLED", 0)
    results = landed.land(sent, tmp_path, "sent", ("labs", None, {"lab_result": landed.LABS.format(tag="q", day=29, who=5)}))
    shutil.copytree(results, home / "inbox" / "sent")
    done = refresh(home, landed.AS_OF, landed.MEASURES)
    assert done.how == "overlay" and [delivery.status for delivery in done.deliveries] == ["accepted"]
    assert _asked_of_all(home)


def test_a_list_of_a_plan_means_also_contracts_that_only_others_have(sent, first, tmp_path):
    home = shutil.copytree(first, tmp_path / "home")
    other_line = """SELECT * REPLACE ('medicaid' AS product_line, 'medicaid' AS payer_type) FROM eligibility WHERE hash(person_id) % 11 = 5 LIMIT 1"""
    listed = landed.DELIVERIES["gap list of a plan"][2]["plan_gap"].replace("IN (1, 7)", "= 1")
    for name, delivery in (("other line", ("roster", None, {"eligibility": other_line})), ("list", ("gaps", None, {"plan_gap": listed}))):
        landed.take_in(landed.land(sent, tmp_path, name, delivery), home)
        assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay"
    assert landed.differences(home) == {}


def _asked_of_all(home) -> bool:
    with closing(database.connect()) as connection, asked.answers(connection, home, "lab_result_key") as told:
        kept.attach(connection, home / "intake.duckdb", "ledger")
        return not connection.execute(f"SELECT 1 FROM ({ACCEPTED}) ANTI JOIN {told}.file USING (file_no, row_count)").fetchone()


def test_the_roster_is_read_only_where_something_hangs_on_it(sent, first, tmp_path, changes):
    """Also of a merged id that two people use, whose rows count for nobody: only the record and the roster tell."""
    home, one_of = shutil.copytree(first, tmp_path / "home"), "(SELECT old FROM pair)"
    other = f"SELECT * REPLACE (birth_date - 5000 AS birth_date, 'Xx' AS first_name) FROM patient WHERE person_id = {one_of}"
    results = landed.LABS.format(tag="z", day=26, who=3).replace("(lab_result_id", f"({one_of} AS person_id, lab_result_id")
    for name, delivery in (("labs", None), ("visits", None), ("merge", None), ("of one id", ("labs", None, {"lab_result": results})),
                           ("other", ("who", None, {"patient": other})),
                           ("of the shared id", ("labs", None, {"lab_result": results.replace("'z'", "'zz'")}))):
        landed.take_in(landed.land(sent, tmp_path, name, delivery), home)
        done = refresh(home, landed.AS_OF, landed.MEASURES)
        assert done.how == "overlay", (name, done.why)
        assert name not in ("visits", "of one id", "of the shared id") or landed.differences(home) == {}, name
    assert [change.known for change in changes] == [True, False, True, True, False, False]


def test_rows_of_the_roster_that_name_nobody_are_told(sent, first, tmp_path, changes):
    home = shutil.copytree(first, tmp_path / "home")
    rows = "SELECT * REPLACE (CASE WHEN hash(person_id) % 2 = 0 THEN person_id END AS person_id) FROM eligibility LIMIT 9"
    for name, delivery in (("labs", None), ("of nobody", ("roster", None, {"eligibility": rows}))):
        landed.take_in(landed.land(sent, tmp_path, name, delivery), home)
        assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay"
    assert [change.known for change in changes] == [True, False] and landed.differences(home) == {}
    with closing(database.connect_published(home)) as connection:
        assert connection.execute("SELECT sum(row_count) FROM mart.reject WHERE rule = 'missing_person_id' AND table_name = 'eligibility'").fetchone()[0]


# Claims of one person each, of whom something hangs on what comes in the other part, or came with the first extract.
PLAIN = """SELECT * REPLACE (claim_id || '{tag}' AS claim_id, {more}) FROM medical_claim
    WHERE person_id = (SELECT min(person_id) FROM medical_claim WHERE hash(person_id) % 11 = {who})
        AND claim_type = 'professional' AND adjustment_type = 'original' ORDER BY claim_id, claim_line_number LIMIT 12"""
OPPOSITE = "-paid_amount AS paid_amount, -allowed_amount AS allowed_amount, -charge_amount AS charge_amount"
ENCOUNTER = "'E' AS encounter_id, DATE '2025-11-11' AS claim_line_start_date"
NEWCOMER = """SELECT * REPLACE ('V' || person_id AS person_id, 'V' || member_id AS member_id) FROM {table}
    WHERE person_id = (SELECT min(person_id) FROM eligibility WHERE hash(person_id) % 11 = 8)"""
VISITS = f"""SELECT * REPLACE (claim_id || '{{tag}}' AS claim_id, '{{npi}}' AS rendering_npi, DATE '2025-12-01' + {{days}} AS claim_line_start_date,
    'paid' AS claim_status, NULL AS line_status, '99213' AS hcpcs_code) FROM ({NEWCOMER.format(table='medical_claim')})
    WHERE claim_type = 'professional' AND adjustment_type = 'original' ORDER BY claim_id LIMIT 3"""
CLAIMS = (
    {"same days and diagnoses": PLAIN.format(tag="p", who=1, more="'paid' AS claim_status"),
     "takes back what is not here yet": PLAIN.format(tag="n", who=2, more=f"'10060' AS hcpcs_code, {OPPOSITE}"),
     "names what is not here yet": PLAIN.format(tag="v", who=3, more="'void' AS adjustment_type, claim_id || 'late' AS original_claim_id"),
     "denied": PLAIN.format(tag="d", who=4, more="'denied' AS claim_status, 'denied' AS line_status, 'F32.9' AS diagnosis_code_1"),
     "of one encounter": PLAIN.format(tag="e", who=6, more=f"{ENCOUNTER}, 'E11.9' AS diagnosis_code_1"),
     "visits": VISITS.format(tag="x", npi="2800068878", days="0")},
    {"same days and diagnoses": PLAIN.format(tag="q", who=1, more="'paid' AS claim_status"),
     "was taken back": PLAIN.format(tag="m", who=2, more="'10060' AS hcpcs_code"),
     "was named": PLAIN.format(tag="late", who=3, more="'J' AS member_id"),
     "paid": PLAIN.format(tag="f", who=4, more="'F32.9' AS diagnosis_code_1"),
     "takes back by amount": PLAIN.format(tag="r", who=5, more=OPPOSITE),
     "of one encounter": PLAIN.format(tag="g", who=6, more=f"{ENCOUNTER}, 'I10' AS diagnosis_code_1, 'E11.9' AS diagnosis_code_2"),
     "replaces": PLAIN.format(tag="s", who=7, more="'replacement' AS adjustment_type, claim_id AS original_claim_id, 'I10' AS diagnosis_code_1"),
     "visits": VISITS.format(tag="y", npi="2800042683", days="CAST(row_number() OVER () AS INTEGER)"),
     "goes on with a stay": """SELECT * REPLACE (claim_id || 'h' AS claim_id, discharge_date + 1 AS admission_date, discharge_date + 1 AS claim_start_date,
        discharge_date + 3 AS discharge_date, discharge_date + 3 AS claim_end_date) FROM medical_claim WHERE bill_type_code LIKE '011%'
        AND person_id = (SELECT min(person_id) FROM medical_claim WHERE hash(person_id) % 11 = 0 AND bill_type_code LIKE '011%')""",
     # Each of these three by one thing alone: a day of admission, a bill of a stay, a room without a type of bill.
     "admitted": PLAIN.format(tag="i", who=9, more="'institutional' AS claim_type, '0131' AS bill_type_code, DATE '2025-12-01' AS admission_date, '1' AS admit_type_code"),
     "bill of a stay": PLAIN.format(tag="j", who=10, more="'institutional' AS claim_type, '0111' AS bill_type_code"),
     "room": PLAIN.format(tag="k", who=8, more="'institutional' AS claim_type, ' ' AS bill_type_code, '0120' AS revenue_center_code")})


def test_new_claims_add_to_what_stands_and_older_ones_are_read_again_where_they_hang_together(sent, first, tmp_path, changes, weighed):
    """And a variant counts those anew of whom an event that it asks for differs."""
    home = shutil.copytree(first, tmp_path / "home")
    landed.take_in(landed.land(sent, tmp_path, "newcomer", ("roster", None, {"eligibility": NEWCOMER.format(table="eligibility")})), home)
    for part, claims in enumerate(CLAIMS):
        for name, select in claims.items():
            landed.take_in(landed.land(sent, tmp_path, f"{name} {part}", ("claims", None, {"medical_claim": select})), home)
        assert refresh(home, landed.AS_OF, landed.MEASURES).how == "overlay"
    assert "medical_claim" in changes[-1].adding
    assert len(changes[-1].people) == len(CLAIMS[1]) and len(changes[-1].people - changes[-1].redone()) == 2  # the same days and diagnoses, paid
    anew, pairs = weighed[-1]
    assert 0 < anew < pairs / 2
    assert landed.differences(home) == {}
