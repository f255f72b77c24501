"""Inpatient stays: stitched from bills, joined over transfers, merged with encounters."""


import pytest
from asked import NAMES, WANTED, asked
from drawn import rows, run

CODES = "\n".join(["table_name | code_system | code", *(f"medical_claim | TypeOfBill | {bill}" for bill in (
    "0111", "0112", "0113", "0114", "0211"))])


def stays(claims: str = "", encounters: str = "", as_of: str = "2024-12-31"):
    tables = {"reference.value_set_code": WANTED, "reference.concept": NAMES, "valid.code": CODES}
    head = "source_row | claim_id | bill_type_code | revenue_center_code | admission_date | claim_start_date | claim_end_date | discharge_date | discharge_disposition_code"
    tables["valid.medical_claim"] = "person | " + head + "".join(f"\n1 | {line}" for line in claims.strip().splitlines())
    tables["valid.encounter"] = "person | source_row | encounter_id | encounter_class | encounter_type | status | encounter_start_date | encounter_end_date" + "".join(
        f"\n1 | {line}" for line in encounters.strip().splitlines())
    return run("coded/stay", tables, as_of=as_of), tables


ADMIT = "admit_date | discharge_date | acute | discharge_disposition"


@pytest.mark.parametrize(("case", "claims", "expected"), [
    ("one bill", "10 | c | 0111 | | 2024-03-01 | 2024-03-01 | 2024-03-05 | 2024-03-05 | 01", "2024-03-01 | 2024-03-05 | T | 01"),
    ("two lines of a bill", """10 | c | 0111 | 0120 | 2024-03-01 | 2024-03-01 | 2024-03-05 | |
        11 | c | 0111 | 0450 | 2024-03-01 | 2024-03-01 | 2024-03-05 | | 01""", "2024-03-01 | 2024-03-05 | T | 01"),
    ("interim bills are one stay", """10 | a | 0112 | | 2024-01-10 | 2024-01-10 | 2024-01-31 | | 30
        11 | b | 0113 | | 2024-01-10 | 2024-02-01 | 2024-02-29 | | 30
        12 | c | 0114 | | 2024-01-10 | 2024-03-01 | 2024-03-07 | 2024-03-07 | 01""", "2024-01-10 | 2024-03-07 | T | 01"),
    ("a last bill to come: still in", "10 | a | 0112 | | 2024-11-10 | 2024-11-10 | 2024-11-30 | | 30", "2024-11-10 | infinity | T | 30"),
    ("a last bill that never came", "10 | a | 0112 | | 2024-01-10 | 2024-01-10 | 2024-01-31 | | 30", "2024-01-10 | 2024-01-31 | T | 30"),
    ("transfer next day", """10 | a | 0111 | | 2024-03-01 | 2024-03-01 | 2024-03-05 | 2024-03-05 | 02
        11 | b | 0111 | | 2024-03-06 | 2024-03-06 | 2024-03-09 | 2024-03-09 | 01""", "2024-03-01 | 2024-03-09 | T | 01"),
    ("back after two days", """10 | a | 0111 | | 2024-03-01 | 2024-03-01 | 2024-03-05 | 2024-03-05 | 01
        11 | b | 0111 | | 2024-03-07 | 2024-03-07 | 2024-03-09 | 2024-03-09 | 01""",
     "2024-03-01 | 2024-03-05 | T | 01\n2024-03-07 | 2024-03-09 | T | 01"),
    ("acute, then nonacute: two", """10 | a | 0111 | | 2024-03-01 | 2024-03-01 | 2024-03-05 | 2024-03-05 | 03
        11 | b | 0211 | | 2024-03-05 | 2024-03-05 | 2024-03-20 | 2024-03-20 | 01""",
     "2024-03-01 | 2024-03-05 | T | 03\n2024-03-05 | 2024-03-20 | F | 01"),
    ("a rehabilitation room is not acute", "10 | a | 0111 | 0118 | 2024-03-01 | 2024-03-01 | 2024-03-05 | 2024-03-05 | 01", "2024-03-01 | 2024-03-05 | F | 01"),
    ("room and board without a bill type", "10 | a | | 0120 | 2024-03-01 | 2024-03-01 | 2024-03-05 | 2024-03-05 | 01", "2024-03-01 | 2024-03-05 | T | 01"),
    ("an outpatient bill", "10 | a | 0131 | 0120 | | 2024-03-01 | 2024-03-01 | |", ""),
])
def test_stays_of_claims(case, claims, expected):
    assert stays(claims)[0] == rows(f"{ADMIT}\n{expected}"), case


@pytest.mark.parametrize(("case", "encounter", "expected"), [
    ("inpatient", "10 | e | IMP | | finished | 2024-03-01 | 2024-03-05", "2024-03-01 | 2024-03-05 | T |"),
    ("nonacute", "10 | e | NONAC | | finished | 2024-03-01 | 2024-03-05", "2024-03-01 | 2024-03-05 | F |"),
    ("still in", "10 | e | IMP | | in-progress | 2024-03-01 |", "2024-03-01 | infinity | T |"),
    ("finished without an end", "10 | e | IMP | | finished | 2024-03-01 |", "2024-03-01 | 2024-03-01 | T |"),
    ("planned", "10 | e | IMP | | planned | 2024-03-01 | 2024-03-05", ""),
    ("ambulatory", "10 | e | AMB | | finished | 2024-03-01 | 2024-03-05", ""),
    ("Tuva: acute", "10 | e | | acute inpatient | | 2024-03-01 | 2024-03-05", "2024-03-01 | 2024-03-05 | T |"),
    ("Tuva: nonacute", "10 | e | | inpatient skilled nursing | | 2024-03-01 | 2024-03-05", "2024-03-01 | 2024-03-05 | F |"),
])
def test_stays_of_encounters(case, encounter, expected):
    assert stays(encounters=encounter)[0] == rows(f"{ADMIT}\n{expected}"), case


def test_a_bill_and_an_encounter_of_the_same_days_are_one_stay():
    assert stays("10 | a | 0111 | | 2024-03-01 | 2024-03-01 | 2024-03-05 | 2024-03-05 | 01",
                 "20 | e | IMP | | finished | 2024-03-02 | 2024-03-06")[0] == rows("""
        admit_date | discharge_date | acute | fact
        2024-03-01 | 2024-03-06     | T     | 10
    """)


def test_a_stay_keeps_its_id_when_bills_are_added():
    first = "10 | a | 0112 | | 2024-01-10 | 2024-01-10 | 2024-01-31 | | 30"
    both = first + "\n12 | c | 0114 | | 2024-01-10 | 2024-02-01 | 2024-03-07 | 2024-03-07 | 01"
    assert [row["stay"] for row in stays(first)[0]] == [row["stay"] for row in stays(both)[0]]


def test_denied_bills_make_no_stay():
    tables = stays()[1]
    tables["valid.medical_claim"] = """
        person | source_row | claim_id | bill_type_code | claim_start_date | claim_end_date | claim_status
        1      | 10         | a        | 0111           | 2024-03-01       | 2024-03-05     | denied
    """
    assert len(run("coded/stay", tables)) == 0


def test_stays_are_events_and_an_acute_with_the_nonacute_that_follows_is_one_inpatient_stay():
    _, tables = stays("""10 | a | 0111 | | 2024-03-01 | 2024-03-01 | 2024-03-05 | 2024-03-05 | 03
        11 | b | 0211 | | 2024-03-05 | 2024-03-05 | 2024-03-20 | 2024-03-20 | 01""")
    assert asked("stay", tables, "stay", "done") == rows("""
        concept | start_date | end_date   | fact | stay | done
        30      | 2024-03-01 | 2024-03-05 | 10   | T    | T
        31      | 2024-03-05 | 2024-03-20 | 11   | T    | T
        32      | 2024-03-01 | 2024-03-20 | 10   | T    | T
    """)
