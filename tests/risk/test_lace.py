"""LACE at discharge, point by point (van Walraven 2010), and what is not on file yet."""

import pytest
from drawn import of_kinds, rows

BASE = {
    "coded.person": "person | birth_date | held\n1 | 1950-01-01 | F\n2 | 2015-01-01 | F",
    "reference.concept": "concept | name\n7 | emergency_department_evaluation_and_management_visit",
    "reference.comorbidity": """
        of_index | condition | title    | weight | lace
        charlson | chf       | Heart    | 1      | 2
        charlson | dementia  | Dementia | 1      | 3
        charlson | hp        | Palsy    | 2      | 0
    """,
}


def discharge(run, admitted="2026-11-10", left="2026-11-14", bills="", events="", titles="[]", person=1):
    return run("mart/discharge", {**BASE,
        "coded.stay": f"person | admit_date | discharge_date | acute\n{person} | {admitted} | {left} | T\n{person} | 2026-06-01 | 2026-06-20 | T",
        "coded.hospital_bill": "person | admit_date | emergency\n" + bills,
        "coded.event": of_kinds("person | concept | fact | kinds | start_date\n" + events),
        "result.comorbidity": "person | of_index | year | titles\n" + (f"{person} | charlson | 2026 | {titles}" if titles else "")}, as_of="2026-11-20")


@pytest.mark.parametrize(("left", "points"), [("2026-11-10", 0), ("2026-11-11", 1), ("2026-11-13", 3), ("2026-11-14", 4), ("2026-11-16", 4), ("2026-11-17", 5)])
def test_days_of_the_stay_give_points(run, left, points):
    assert discharge(run, left=left) == rows(f"person | length_points\n1 | {points}")


def test_two_weeks_give_seven(run):
    assert discharge(run, admitted="2026-10-20", left="2026-11-03") == rows("person | days | length_points\n1 | 14 | 7")
    assert discharge(run, admitted="2026-10-20", left="2026-11-02") == rows("person | days | length_points\n1 | 13 | 5")


@pytest.mark.parametrize(("bills", "events", "points", "complete"), [
    ("1 | 2026-11-10 | T", "", "3", "T"), ("1 | 2026-11-10 | F", "", "0", "T"), ("", "", "", "F"), ("1 | 2026-06-01 | T", "", "", "F"),
    ("", "1 | 7 | 5 | visit | 2026-11-10", "3", "T"), ("1 | 2026-11-10 | F", "1 | 7 | 5 | visit | 2026-11-09", "3", "T"),
])
def test_an_emergency_is_told_by_the_bill_or_by_the_room_and_unknown_without_either(run, bills, events, points, complete):
    assert discharge(run, bills=bills, events=events.replace("visit", "claim")) == rows(f"person | acuity_points | complete\n1 | {points} | {complete}")


@pytest.mark.parametrize(("titles", "points"), [("[]", "0"), ("[Heart]", "2"), ("[Palsy]", "0"), ("[Heart, Dementia]", "5"), ("", "")])
def test_illnesses_weigh_as_the_paper_has_them_and_four_or_more_are_five(run, titles, points):
    assert discharge(run, titles=titles) == rows(f"person | comorbidity_points\n1 | {points}")


def test_visits_of_six_months_before_count_but_not_the_one_that_led_to_the_stay(run):
    days = ("2026-11-10", "2026-11-09", "2026-11-08", "2026-08-01", "2026-05-10", "2026-05-09")
    events = "\n".join(f"1 | 7 | {number} | claim | {day}" for number, day in enumerate(days))
    assert discharge(run, events=events) == rows("person | emergency_points | acuity_points | lace\n1 | 3 | 3 | 10")


def test_only_adults_whose_last_stay_ended_in_thirty_days(run):
    assert not discharge(run, person=2).cells
    assert not discharge(run, admitted="2026-10-01", left="2026-10-20").cells
    assert discharge(run, admitted="2026-10-01", left="2026-10-21").cells


@pytest.mark.parametrize(("admit", "revenue", "says"), [("1", "0120", "T"), ("3", "0450", "T"), ("3", "0120", "F"), ("", "0120", "F"), ("", "", "")])
def test_a_bill_says_how_a_stay_began(run, admit, revenue, says):
    assert run("coded/hospital_bill", {"valid.medical_claim": f"""
        person | claim_type    | line_status | admission_date | admit_type_code:VARCHAR | revenue_center_code:VARCHAR
        1      | institutional | paid        | 2026-11-10     | {admit}         | {revenue}
        1      | professional  | paid        | 2026-11-10     | 1               |
        2      | institutional | denied      | 2026-11-10     | 1               |
    """}, as_of="2026-11-20") == rows(f"person | admit_date | emergency\n1 | 2026-11-10 | {says}")
