"""Rows in, rows out: who is looked at, what is known of them, what happened; nothing of later days leaks."""

from datetime import date

import pytest
from drawn import macros, of_kinds, rows

DAYS = {"index": date(2025, 4, 1), "from": date(2024, 1, 1), "cut": date(2024, 12, 31), "until": date(2026, 4, 1)}
WANTED = {"feature": ["prior_ed_visits", "diabetes", "insulin", "high_a1c", "low_egfr"], "kind": ["use", "diagnosis", "drug", "reading", "reading"],
          "concept": ["emergency_department_evaluation_and_management_visit", "diabetes", "insulin", "a1c", "egfr"],
          "low": [None, None, None, 9.01, None], "high": [None, None, None, None, 44.99]}
CONCEPTS = """
    concept | name
    1       | emergency_department_evaluation_and_management_visit
    2       | diabetes
    3       | insulin
    4       | a1c
    5       | delivery
    6       | outpatient_em
    7       | egfr
"""
BITS = macros.kind_bits()


def test_features_are_what_the_look_back_tells(run):
    found = run("predict/feature", {"reference.concept": CONCEPTS, "coded.stay": """
        person | admit_date | discharge_date | acute
        1      | 2024-12-30 | 2025-01-20     | T
        1      | 2023-12-31 | 2024-01-05     | T
        1      | 2024-05-01 | 2024-05-04     | F
        2      | 2025-01-01 | 2025-01-02     | T
    """, "coded.event": of_kinds("""
        person | concept | kinds                      | start_date | value
        1      | 1       | done claim                 | 2024-06-01 |
        1      | 1       | done claim                 | 2024-06-01 |
        1      | 1       | done claim                 | 2024-07-01 |
        1      | 1       | claim pending              | 2024-08-01 |
        1      | 1       | done claim                 | 2025-01-01 |
        1      | 2       | condition claim            | 2024-12-31 |
        2      | 2       | condition claim            | 2025-01-01 |
        3      | 2       | condition problem          | 2024-03-01 |
        4      | 2       | condition claim laboratory_claim | 2024-03-01 |
        5      | 3       | medication fill            | 2024-03-01 |
        6      | 3       | medication ordered         | 2024-03-01 |
        1      | 4       | observation                | 2024-03-01 | 10.0
        1      | 4       | observation                | 2024-04-01 | 9.0
        2      | 4       | observation                | 2024-03-01 | 9.1
        3      | 4       | observation                | 2024-03-01 | 9.5
        3      | 4       | observation                | 2025-02-01 | 6.0
        4      | 7       | observation                | 2024-03-01 | 44.0
        5      | 7       | observation                | 2024-03-01 | 45.0
    """)}, **DAYS, **WANTED)
    assert found == rows("""
        person | feature         | value
        1      | prior_stays     | 1
        1      | bed_days        | 1
        1      | prior_ed_visits | 2
        1      | diabetes        | 1
        5      | insulin         | 1
        2      | high_a1c        | 1
        3      | high_a1c        | 1
        4      | low_egfr        | 1
    """)


def test_who_is_looked_at(run):
    found = run("predict/person", {"coded.person": """
        person | birth_date | death_date | sex    | race   | language | held
        1      | 1950-04-02 |            | female | 2054-5 | es       | F
        2      | 2007-04-02 |            | male   |        |          | F
        3      | 1960-01-01 | 2025-04-01 | male   |        |          | F
        4      | 1960-01-01 | 2025-04-02 | male   |        |          | F
        5      | 1960-01-01 |            | male   |        |          | F
        6      | 2007-04-01 |            | male   |        |          | F
        7      | 1960-01-01 |            | unknown |       |          | T
    """, "coded.coverage": """
        person | contract | start_date | end_date   | benefit_medical
        1      | 7        | 2024-01-01 | infinity   | T
        1      | 8        | 2024-01-01 | infinity   | T
        2      | 7        | 2024-01-01 | infinity   | T
        3      | 7        | 2024-01-01 | infinity   | T
        4      | 7        | 2024-09-01 | infinity   | T
        5      | 7        | 2024-01-01 | 2025-03-31 | T
        6      | 7        | 2024-01-01 | infinity   | T
    """, "coded.contract": """
        contract | product_line
        7        | medicare
        8        | medicaid
    """, "reference.omb_name": """
        code   | name
        2054-5 | Black or African American
    """}, **DAYS)
    assert found == rows("""
        person | age | sex    | race                      | language | product_line          | age_band | known_long_enough
        1      | 74  | female | Black or African American | es       | medicaid and medicare | 65 to 74 | T
        4      | 65  | male   |                           |          | medicare              | 65 to 74 | F
        6      | 18  | male   |                           |          | medicare              | 18 to 44 | T
    """)


OUTCOME = {"reference.concept": CONCEPTS, "coded.person": """
        person | death_date
        1      |
        2      |
        3      | 2025-07-01
        4      |
        5      |
        6      |
    """, "coded.coverage": """
        person | start_date | end_date   | benefit_medical
        1      | 2024-01-01 | infinity   | T
        2      | 2024-01-01 | infinity   | T
        3      | 2024-01-01 | 2025-07-01 | T
        4      | 2024-01-01 | 2025-07-01 | T
        5      | 2024-01-01 | infinity   | T
        6      | 2024-01-01 | infinity   | T
    """}


def test_what_happened_in_the_year_after(run):
    found = run("predict/outcome", OUTCOME | {"coded.stay": """
        person | admit_date | discharge_date | acute
        1      | 2025-04-02 | 2025-04-05     | T
        2      | 2025-04-01 | 2025-04-05     | T
        2      | 2026-04-02 | 2026-04-05     | T
        3      | 2025-06-01 |                | T
        4      | 2025-06-01 | 2025-06-02     | T
        5      | 2025-06-01 | 2025-06-03     | T
        6      | 2025-06-01 | 2025-06-03     | F
    """, "coded.event": of_kinds("""
        person | concept | kinds         | start_date
        5      | 5       | done claim    | 2025-06-02
        1      | 1       | claim pending | 2025-06-02
        6      | 1       | done claim    | 2026-04-01
        2      | 1       | done claim    | 2026-04-02
    """)}, **DAYS)
    assert found == rows("""
        person | admission | emergency
        1      | T         | F
        2      | F         | F
        3      | T         | F
        5      | F         | F
        6      | F         | T
    """)


@pytest.mark.parametrize("name, text", [
    ("coded.stay", "person | admit_date | discharge_date | acute\n1 | 2025-01-01 | 2025-01-09 | T\n1 | 2025-05-01 | 2025-05-09 | T"),
    ("coded.event", of_kinds("""
        person | concept | kinds           | start_date | value
        1      | 1       | done claim      | 2025-01-01 |
        1      | 2       | condition claim | 2025-04-01 |
        1      | 3       | medication fill | 2025-06-01 |
        1      | 4       | observation     | 2025-01-01 | 12.0
        1      | 2       | condition problem | 2024-06-01 |
    """)),
])
def test_nothing_after_the_cut_is_a_feature(run, name, text):
    assert len(run("predict/feature", {"reference.concept": CONCEPTS, name: text}, **DAYS, **WANTED)) == 0


def test_the_look_back_begins_with_the_first_full_month(run):
    line = "\n        1 | 6 | {bit} | {day}"
    days = ["1999-01-01", *["2024-01-20"] * 3, *["2024-02-10"] * 10, *["2024-03-10"] * 12, *["2024-04-10"] * 10]
    text = "person | concept | kinds | start_date" + "".join(line.format(bit=BITS["done"], day=day) for day in days)
    found = run("predict/first_month", {"reference.concept": CONCEPTS, "coded.event": text}, as_of="2024-12-31")
    assert found == rows("first_day\n2024-02-01")
