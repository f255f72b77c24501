"""Who: coverage merged, attribution, persons, clinicians, appointments."""


import pytest
from drawn import rows, run


def coverage(spans: str, as_of: str = "2024-12-31"):
    head = "person | source_row | payer | plan | product_line | enrollment_start_date | enrollment_end_date | benefit_pharmacy | hospice_flag"
    table = head + "".join(f"\n1 | {number} | {line}" for number, line in enumerate(spans.strip().splitlines(), 10))
    return run("coded/coverage", {"valid.eligibility": table}, as_of=as_of)


@pytest.mark.parametrize(("case", "spans", "expected"), [
    ("open end", "P | A | medicare | 2024-01-01 | | |", "2024-01-01 | infinity"),
    ("months touch", "P | A | medicare | 2024-01-01 | 2024-01-31 | |\nP | A | medicare | 2024-02-01 | 2024-02-29 | |", "2024-01-01 | 2024-02-29"),
    ("overlap", "P | A | medicare | 2024-01-01 | 2024-03-31 | |\nP | A | medicare | 2024-02-01 | 2024-06-30 | |", "2024-01-01 | 2024-06-30"),
    ("one within the other", "P | A | medicare | 2024-01-01 | 2024-12-31 | |\nP | A | medicare | 2024-02-01 | 2024-03-31 | |", "2024-01-01 | 2024-12-31"),
    ("same span twice", "P | A | medicare | 2024-01-01 | 2024-12-31 | |\nP | A | medicare | 2024-01-01 | 2024-12-31 | |", "2024-01-01 | 2024-12-31"),
    ("a gap of one day stays a gap", "P | A | medicare | 2024-01-01 | 2024-01-30 | |\nP | A | medicare | 2024-02-01 | 2024-02-29 | |",
     "2024-01-01 | 2024-01-30\n2024-02-01 | 2024-02-29"),
    ("nothing follows an open end", "P | A | medicare | 2024-01-01 | | |\nP | A | medicare | 2024-05-01 | 2024-06-30 | |", "2024-01-01 | infinity"),
    ("not yet begun", "P | A | medicare | 2025-01-01 | | |", ""),
])
def test_spans_of_one_contract(case, spans, expected):
    assert coverage(spans) == rows(f"start_date | end_date\n{expected}"), case


def test_of_two_plans_of_one_payer_and_line_the_one_that_began_last_counts():
    answer = coverage("P | A | commercial | 2023-01-01 | | |\nP | B | commercial | 2024-03-01 | 2024-05-31 | |")
    days = sorted((str(row["start_date"]), str(row["end_date"]), row["contract"]) for row in answer)
    assert [day[:2] for day in days] == [("2023-01-01", "2024-02-29"), ("2024-03-01", "2024-05-31"), ("2024-06-01", "infinity")] or days[2][1] == "9999-12-31"
    assert days[0][2] == days[2][2] != days[1][2]


def test_a_dual_counts_in_two_contracts():
    assert coverage("P | A | medicare | 2024-01-01 | 2024-12-31 | |\nP | A | medicaid | 2024-01-01 | 2024-12-31 | |") == rows("""
        start_date | end_date
        2024-01-01 | 2024-12-31
        2024-01-01 | 2024-12-31
    """)


def test_benefits_of_spans_side_by_side_add_up_and_spans_split_where_they_change():
    assert coverage("""P | A | medicare | 2024-01-01 | 2024-12-31 | F |
                       P | A | medicare | 2024-03-01 | 2024-05-31 | T |""") == rows("""
        start_date | end_date   | benefit_pharmacy | benefit_medical
        2024-01-01 | 2024-02-29 | F                | T
        2024-03-01 | 2024-05-31 | T                | T
        2024-06-01 | 2024-12-31 | F                | T
    """)


def test_benefits_not_sent_are_there_and_flags_not_sent_are_not():
    assert coverage("P | A | medicare | 2024-01-01 | 2024-01-31 | |\nP | A | medicare | 2024-02-01 | 2024-02-29 | F | 1") == rows("""
        start_date | end_date   | benefit_pharmacy | benefit_mental_health | hospice | institutional_snp
        2024-01-01 | 2024-01-31 | T                | T                     | F       | F
        2024-02-01 | 2024-02-29 | F                | T                     | T       | F
    """)


def test_the_order_of_rows_does_not_matter():
    lines = ["P | A | commercial | 2023-01-01 | | |", "P | B | commercial | 2024-03-01 | 2024-05-31 | T |", "P | A | commercial | 2024-04-01 | 2024-08-31 | F |"]
    assert sorted(map(str, coverage("\n".join(lines)))) == sorted(map(str, coverage("\n".join(reversed(lines)))))


def test_a_contract_is_a_plan_and_a_product_line_which_the_payer_type_may_tell():
    answer = run("coded/contract", {"valid.eligibility": """
        payer | plan | product_line | payer_type
        P     | A    | medicare     |
        P     | A    | unknown      | medicare
        P     | A    | unknown      | self-insured
        P     | A    | unknown      |
        P     | B    | medicare     |
    """})
    assert answer == rows("""
        payer | plan | product_line
        P     | A    | medicare
        P     | A    | commercial
        P     | A    | unknown
        P     | B    | medicare
    """)
    assert len({row["contract"] for row in answer}) == 4


PRACTITIONERS = {"valid.practitioner": """
    source_row | data_source | practitioner_id | npi        | first_name | last_name | practice_id | organization_id | specialty | start_date
    1          | s           | p1              | 1111111112 | Ann        | Bell      | east        | g1              | family    |
    2          | s           | p2              |            | Cy         | Dew       | west        | g1              | family    | 2024-01-01
    3          | s           | p1              | 1111111112 | Anne       | Bell      | east        | g1              | family    |
"""}


def test_clinicians():
    assert run("coded/clinician", PRACTITIONERS) == rows("""
        npi        | name      | practice_id | group_id | start_date | end_date
        1111111112 | Anne Bell | east        | g1       | -infinity  | infinity
        p2         | Cy Dew    | west        | g1       | 2024-01-01 | infinity
    """)


def test_roster_months_become_spans_and_the_one_that_began_last_counts():
    assert run("coded/attribution", {"valid.provider_attribution": """
            person | source_row | provider_npi | practice_id | organization_id | attribution_start_date | attribution_end_date
            1      | 10         | A            | east        | g1              | 2024-01-01             | 2024-01-31
            1      | 11         | A            | east        | g1              | 2024-02-01             | 2024-02-29
            2      | 12         | A            | east        | g1              | 2024-01-01             |
            2      | 13         | B            | east        | g1              | 2024-03-01             | 2024-05-31
            3      | 14         | A            | east        | g1              | 2025-01-01             |
        """}) == rows("""
            person | contract | clinician_npi | practice_id | group_id | start_date | end_date   | method
            1      | 0        | A             | east        | g1       | 2024-01-01 | 2024-02-29 | roster
            2      | 0        | A             | east        | g1       | 2024-01-01 | 2024-02-29 | roster
            2      | 0        | B             | east        | g1       | 2024-03-01 | 2024-05-31 | roster
            2      | 0        | A             | east        | g1       | 2024-06-01 | infinity   | roster
        """)


def test_attribution_of_a_contract_where_the_person_has_it():
    answer = run("coded/attribution", {"valid.provider_attribution": """
        person | source_row | payer | plan | provider_npi | attribution_start_date
        1      | 10         | P     | A    | N            | 2024-01-01
        1      | 11         | P     | Z    | M            | 2024-01-01
    """, "valid.eligibility": """
        person | payer | plan | product_line
        1      | P     | A    | medicare
        2      | P     | Z    | medicare
    """})
    assert sorted((row["clinician_npi"], row["contract"] == 0) for row in answer) == [("M", True), ("N", False)]


def test_without_a_roster_the_records_practitioner_counts_else_who_was_seen_most():
    assert run("coded/attribution", PRACTITIONERS | {"valid.provider_attribution": """
            person | source_row | provider_npi | attribution_start_date
            1      | 10         | A            | 2024-01-01
        """, "valid.patient": """
            person | source_row | data_source | general_practitioner_id
            1      | 20         | s           | p1
            2      | 21         | s           | p1
            3      | 22         | s           |
        """, "valid.encounter": """
            person | source_row | status   | encounter_start_date | provider_npi
            1      | 30         | finished | 2024-03-01           | B
            2      | 31         | finished | 2024-03-01           | B
            3      | 32         | finished | 2024-03-01           | B
            3      | 33         | finished | 2024-03-01           | B
            3      | 34         | finished | 2024-04-01           | C
            3      | 35         | finished | 2024-05-01           | C
            3      | 36         | planned  | 2024-06-01           | B
            3      | 37         | finished | 2020-06-01           | B
            4      | 38         | finished | 2020-06-01           | B
        """}) == rows("""
            person | clinician_npi | practice_id | start_date | end_date | method
            1      | A             |             | 2024-01-01 | infinity | roster
            2      | 1111111112    | east        | -infinity  | infinity | general_practitioner
            3      | C             |             | 2024-04-01 | infinity | visits
        """)


def test_a_person_is_what_the_newest_record_says_and_older_ones_fill_what_it_lacks():
    assert run("coded/person", {"valid.patient": """
            person | source_row | person_id | data_source | sex    | birth_date | phone | last_name | race_omb | race
            1      | 10         | a         | ehr         | female | 1960-01-01 | 555   | Old       | 2106-3   | white
            1      | 11         | b         | ehr         | other  | 1960-01-02 |       | New       |          |
        """, "valid.eligibility": """
            person | source_row | person_id | data_source | gender | birth_date
            2      | 20         | c         | plan        | male   | 1970-01-01
            3      | 21         | d         | plan        |        | 1970-01-01
        """, "valid.covered_person": "person\n2"}) == rows("""
            person | person_id | data_source | sex     | birth_date | phone | last_name | race   | has_coverage | held
            1      | a         | ehr         | female  | 1960-01-02 | 555   | New       | 2106-3 | F            | F
            2      | c         | plan        | male    | 1970-01-01 |       |           |        | T            | F
            3      | d         | plan        | unknown | 1970-01-01 |       |           |        | F            | F
        """)


def test_who_is_known_from_claims_only_is_held():
    assert run("coded/person", {"valid.medical_claim": """
            person | source_row | person_id | data_source
            1      | 10         | a         | plan
            2      | 11         | b         | plan
        """, "valid.eligibility": """
            person | source_row | person_id | data_source
            1      | 20         | a         | plan
        """, "valid.covered_person": "person\n1"}) == rows("""
            person | person_id | held | has_coverage
            1      | a         | F    | T
            2      | b         | T    | F
        """)


def test_a_death_after_as_of_is_not_known_yet():
    answer = run("coded/person", {"valid.patient": """
        person | source_row | death_date
        1      | 10         | 2024-06-30
        2      | 11         | 2024-07-01
    """}, as_of="2024-06-30")
    assert answer == rows("""
        person | death_date
        1      | 2024-06-30
        2      |
    """)


def test_appointments_past_and_to_come():
    assert run("coded/appointment", PRACTITIONERS | {"valid.appointment": """
            person | source_row | data_source | appointment_id | start_datetime      | duration | status | practitioner_id
            1      | 10         | s           | x              | 2025-02-01 09:00:00 | 20       | BOOKED | p1
        """}) == rows("""
            person | start_at            | end_at              | status | clinician_npi
            1      | 2025-02-01 09:00:00 | 2025-02-01 09:20:00 | booked | 1111111112
        """)


@pytest.mark.parametrize(("clock", "expected"), [("written", "F1"), ("utc", "")])
def test_the_administrative_sex_stands_in_for_the_extension_but_not_for_official_test_patients(clock, expected):
    assert run("coded/person", {
        "valid.patient": """
            person | source_row | sex    | us_core_sex
            1      | 1          | female |
            2      | 2          | male   | F1
        """, "reference.concept": "concept | name\n1 | sex_female", "reference.value_set_code": "concept | code\n1 | F1"}, clock=clock) == rows(f"""
            person | sex    | us_core_sex
            1      | female | {expected}
            2      | male   | F1
        """)
