"""Claims: which lines count, on which days, and what they say."""


import pytest
from asked import asked, only
from drawn import rows

SERVICE = ("done", "claim", "encounter_finished", "procedure_completed", "immunization", "pending", "not_done")


@pytest.mark.parametrize(("claim_status", "line_status", "counts"), [
    ("", "", True), ("paid", "", True), ("denied", "", False), ("pending", "", False), ("reversed", "", False), ("paid", "denied", False)])
def test_a_line_counts_when_it_is_paid(claim_status, line_status, counts):
    answer = asked("claim_service", {"valid.medical_claim": f"""
        person | source_row | claim_status   | line_status   | claim_line_start_date | hcpcs_code
        1      | 10         | {claim_status} | {line_status} | 2024-03-01            | 45378
    """}, *SERVICE)
    yes = "T" if counts else "F"
    assert answer == rows(f"""
        concept | done  | claim | encounter_finished | procedure_completed | immunization | pending            | not_done
        5       | {yes} | T     | {yes}              | {yes}               | {yes}        | {'F' if counts else 'T'} | F
    """)


@pytest.mark.parametrize("modifiers", ["['8P']", "['1P']", "['2P']", "['25', '3P']"])
def test_a_code_with_a_modifier_that_denies_it_is_not_done(modifiers):
    assert asked("claim_service", {"valid.medical_claim": f"""
            person | source_row | claim_line_start_date | hcpcs_code | modifiers
            1      | 10         | 2024-03-01            | 3044F      | {modifiers}
        """}, *SERVICE) == rows("""
            done | claim | encounter_finished | procedure_completed | immunization | pending | not_done
            F    | T     | F                  | F                   | F            | F       | T
        """)


def test_a_code_that_states_a_result_has_its_range():
    answer = asked("claim_service", {"valid.medical_claim": """
            person | source_row | claim_line_start_date | hcpcs_code | claim_status
            1      | 10         | 2024-03-01            | 3044F      | paid
            1      | 11         | 2024-03-01            | 3044F      | denied
            1      | 12         | 2024-03-01            | 3074F      | paid
        """, "reference.code_value": """
            code_system | code  | concept                 | value     | value_high
            HCPCS       | 3044F | hba1c_laboratory_test   | -infinity | 6.9
            HCPCS       | 3074F | systolic_blood_pressure | -infinity | 129.9
        """}, "observation_final", "has_value", "pending")
    assert answer == rows("""
        concept | fact | value     | value_high | observation_final | has_value | pending
        6       | 10   | -infinity | 6.9        | T                 | T         | F
        6       | 11   | -infinity | 6.9        | F                 | F         | T
        4       | 12   | -infinity | 129.9      | T                 | T         | F
    """)


def test_days_of_service_the_line_wins_over_the_claim():
    assert asked("claim_service", {"valid.medical_claim": """
            person | source_row | claim_line_start_date | claim_line_end_date | claim_start_date | claim_end_date | hcpcs_code
            1      | 10         | 2024-03-02            | 2024-03-03          | 2024-03-01       | 2024-03-31     | 45378
            1      | 11         | 2024-03-02            |                     | 2024-03-01       | 2024-03-31     | 45378
            1      | 12         |                       |                     | 2024-03-01       | 2024-03-31     | 45378
            1      | 13         | 2024-03-02            | 2024-02-01          | 2024-03-01       | 2024-03-31     | 45378
            1      | 14         | 2025-01-01            |                     | 2024-03-01       | 2024-03-31     | 45378
        """}) == rows("""
            fact | start_date | end_date
            10   | 2024-03-02 | 2024-03-03
            11   | 2024-03-02 | 2024-03-02
            12   | 2024-03-01 | 2024-03-31
            13   | 2024-03-02 | 2024-03-02
        """)


def test_revenue_centers_and_places_are_events_too():
    assert asked("claim_setting", {"valid.medical_claim": """
            person | source_row | claim_line_start_date | revenue_center_code | place_of_service_code
            1      | 10         | 2024-03-01            | 0450                |
            1      | 11         | 2024-03-01            |                     | 02
            1      | 12         | 2024-03-01            | 0300                | 11
        """, "valid.code": """
            table_name    | code_system | code
            medical_claim | UBREV       | 0450
        """}, "done", "claim") == rows("""
            concept | fact | done | claim
            8       | 10   | T    | T
            9       | 11   | T    | T
        """)


def test_codings_of_a_fhir_born_line_count_once():
    tables = {"valid.medical_claim": """
        person | source_row | claim_line_start_date | hcpcs_code | codes
        1      | 10         | 2024-03-01            | 45378      | [{'code_system': 'SNOMEDCT', 'code': 'A'}, {'code_system': 'HCPCS', 'code': '45378'}]
        1      | 11         | 2024-03-01            | 45378      | []
    """}
    assert asked("claim_coding", tables, "done") == rows("""
        concept | fact | done
        1       | 10   | T
    """)
    assert asked("claim_service", tables, "done") == rows("""
        concept | fact | done
        5       | 10   | T
        5       | 11   | T
    """)


def test_icd_procedures_have_their_own_day_else_the_claims():
    assert asked("claim_icd_procedure", {"valid.medical_claim": """
            person | source_row | data_source | claim_id | claim_type    | claim_start_date | procedure_code_1 | procedure_date_1 | procedure_code_25 | procedure_date_25
            1      | 10         | s           | c        | institutional | 2024-03-01       | 0DJD8ZZ          | 2024-03-02       | 0DJD8ZZ           |
            1      | 11         | s           | c        | institutional | 2024-03-01       | 0DJD8ZZ          | 2024-03-02       |                   |
            1      | 12         | s           | d        | professional  | 2024-03-01       | 0DJD8ZZ          | 2024-03-02       |                   |
            1      | 13         | s           | e        |               | 2024-03-01       | XXX              |                  |                   |
        """}, "procedure_completed") == rows("""
            concept | fact | start_date | end_date   | procedure_completed
            10      | 10   | 2024-03-02 | 2024-03-02 | T
            10      | 10   | 2024-03-01 | 2024-03-01 | T
        """)


CODES = {"valid.code": """
    table_name    | code_system | code
    medical_claim | ICD10CM     | C189
    medical_claim | HCPCS       | 80053
"""}


def test_a_diagnosis_of_a_claim_is_one_row_a_claim_and_day():
    answer = asked("claim_diagnosis", CODES | {"valid.medical_claim": """
        person | source_row | data_source | claim_id | claim_line_start_date | diagnosis_code_1 | diagnosis_code_2 | diagnosis_code_7 | diagnosis_code_25
        1      | 10         | s           | c        | 2024-03-01            | C189             | A                |                  |
        1      | 11         | s           | c        | 2024-03-01            | C189             | A                |                  |
        1      | 12         | s           | c        | 2024-03-05            | C189             | A                |                  |
        2      | 13         | s           | d        | 2024-03-01            | X                |                  | C189             |
        2      | 14         | s           | e        | 2024-03-01            | X                |                  |                  | C189
        2      | 15         | s           | f        | 2024-03-01            |                  |                  |                  |
    """}, "condition", "verified", "confirmed", "clinically_active", "encounter_diagnosis", "visit_diagnosis", "recorded", "principal", "claim", "pending")
    assert answer == rows("""
        concept | person | fact | start_date | end_date   | condition | verified | confirmed | clinically_active | encounter_diagnosis | visit_diagnosis | recorded | principal | claim | pending
        3       | 1      | 10   | 2024-03-01 | 2024-03-01 | T         | T        | T         | T                 | T                   | T               | T        | T         | T     | F
        1       | 1      | 10   | 2024-03-01 | 2024-03-01 | T         | T        | T         | T                 | T                   | T               | T        | F         | T     | F
        3       | 1      | 12   | 2024-03-05 | 2024-03-05 | T         | T        | T         | T                 | T                   | T               | T        | T         | T     | F
        1       | 1      | 12   | 2024-03-05 | 2024-03-05 | T         | T        | T         | T                 | T                   | T               | T        | F         | T     | F
        3       | 2      | 13   | 2024-03-01 | 2024-03-01 | T         | T        | T         | T                 | T                   | T               | T        | F         | T     | F
        3       | 2      | 14   | 2024-03-01 | 2024-03-01 | T         | T        | T         | T                 | T                   | T               | T        | F         | T     | F
    """)


def test_a_hospitals_diagnosis_holds_for_the_statement():
    assert asked("claim_diagnosis", CODES | {"valid.medical_claim": """
            person | source_row | claim_type    | claim_start_date | claim_end_date | claim_line_start_date | diagnosis_code_1 | claim_status
            1      | 10         | institutional | 2024-03-01       | 2024-03-09     | 2024-03-02            | C189             | paid
            1      | 11         | professional  | 2024-03-01       | 2024-03-09     | 2024-03-02            | C189             | paid
            1      | 12         | professional  | 2024-03-01       | 2024-03-09     | 2024-03-03            | C189             | denied
        """}, "condition", "pending") == rows("""
            fact | start_date | end_date   | condition | pending
            10   | 2024-03-01 | 2024-03-09 | T         | F
            11   | 2024-03-02 | 2024-03-02 | T         | F
            12   | 2024-03-03 | 2024-03-03 | F         | T
        """)


def test_a_diagnosis_on_test_lines_only_may_be_a_question():
    assert asked("claim_diagnosis", CODES | {"valid.medical_claim": """
            person | source_row | claim_id | claim_line_start_date | hcpcs_code | place_of_service_code | diagnosis_code_1
            1      | 10         | c        | 2024-03-01            | 80053      | 11                    | C189
            1      | 11         | d        | 2024-03-01            |            | 81                    | C189
            1      | 12         | e        | 2024-03-01            | 80053      | 11                    | C189
            1      | 13         | e        | 2024-03-01            | 99213      | 11                    | C189
        """}, "laboratory_claim") == rows("""
            fact | laboratory_claim
            10   | T
            11   | T
            12   | F
        """)


def test_diagnoses_in_other_systems_and_icd_9_do_not_mix():
    assert asked("claim_diagnosis", CODES | {"valid.medical_claim": """
            person | source_row | claim_line_start_date | diagnosis_code_type | diagnosis_code_1 | diagnosis_codes
            1      | 10         | 2024-03-01            | ICD9CM              | C189             |
            1      | 11         | 2024-03-01            |                     |                  | [{'code_system': 'SNOMEDCT', 'code': 'A1'}]
        """}, "condition") == rows("""
            concept | fact | condition
            1       | 11   | T
            2       | 11   | T
        """)


def test_a_fill_reaches_its_drug_through_the_package_code():
    assert asked("pharmacy_claim", {"valid.pharmacy_claim": """
            person | source_row | claim_id | dispensing_date | ndc_code    | days_supply | claim_status
            1      | 10         | c        | 2024-01-01      | 00000000001 | 30          | paid
            1      | 11         | d        | 2024-02-01      | 00000000001 |             |
            1      | 12         | e        | 2024-03-01      | 00000000001 | 30          | pending
            1      | 13         | f        | 2024-03-01      | 00000000002 | 30          | paid
        """, "reference.ndc": """
            ndc         | rxnorm
            00000000001 | 83367
            00000000002 | 99
        """}, "done", "fill", "dispensed", "medication", "pending") == rows("""
            concept | fact | done | fill | dispensed | medication | pending | start_date | end_date   | value
            7       | 10   | T    | T    | F         | T          | F       | 2024-01-01 | 2024-01-01 | 30
            7       | 10   | F    | F    | T         | T          | F       | 2024-01-01 | 2024-01-30 | 30
            7       | 11   | T    | T    | F         | T          | F       | 2024-02-01 | 2024-02-01 |
            7       | 12   | F    | F    | F         | F          | T       | 2024-03-01 | 2024-03-01 | 30
        """)


def test_a_fill_with_a_list_of_codings():
    answer = asked("pharmacy_claim", {"valid.pharmacy_claim": """
        person | source_row | claim_id | dispensing_date | ndc_code    | days_supply | codes
        1      | 10         | c        | 2024-01-01      | 00000000001 | 30          | [{'code_system': 'RXNORM', 'code': '83367'}]
    """, "reference.ndc": """
        ndc         | rxnorm
        00000000001 | 83367
    """}, "fill", "dispensed")
    assert only(answer, "fill") == rows("""
        concept | fact
        7       | 10
    """)


def test_a_claim_and_an_encounter_of_one_id_are_not_one(run):
    tables = {"valid.medical_claim": """
        person | source_row | data_source | claim_id | encounter_id | claim_line_start_date | hcpcs_code
        1      | 10         | s           | 7        |              | 2024-03-01            | 45378
        1      | 11         | s           | 8        | 7            | 2024-03-01            | 45378
    """, "valid.encounter": """
        person | source_row | data_source | encounter_id | encounter_start_date | codes
        1      | 20         | s           | 7            | 2024-03-01           | [{'code_system': 'SNOMEDCT', 'code': 'A'}]
    """}
    claims = {row["fact"]: row["encounter"] for row in asked("claim_service", tables)}
    visit = next(iter(asked("encounter", tables)))["encounter"]
    assert claims[10] != visit == claims[11]


FILLS = """
    person | claim_id | source_row | ndc_code    | dispensing_date | line_status | claim_status
    1      | r1       | 11         | 00000000001 | 2024-05-01      | reversed    | reversed
    2      | r2       | 21         | 00000000001 | 2024-05-01      | reversed    | reversed
    2      | p2       | 22         | 00000000001 | 2024-05-01      | pending     | pending
    3      | r3       | 31         | 00000000001 | 2024-05-02      | reversed    | reversed
    3      | p3       | 32         | 00000000001 | 2024-05-01      | pending     | pending
    4      | r4       | 41         | 00000000001 | 2024-05-01      | reversed    | reversed
    4      | p4       | 42         | 00000000002 | 2024-05-01      | pending     | pending
    5      | d5       | 51         | 00000000001 | 2024-05-01      | denied      | denied
    5      | k5       | 52         | 00000000001 | 2024-05-03      | paid        | paid
"""


def test_a_fill_that_was_reversed_and_refilled_is_pending_and_one_that_was_only_reversed_is_not(run):
    """The refill must be of the same drug, of that day or later; a fill that counts is not here at all."""
    assert run("coded/uncounted_claim", {"valid.pharmacy_claim": FILLS}) == rows("""
        person | fact | claim_id | status   | start_date
        1      | 11   | r1       | reversed | 2024-05-01
        2      | 21   | r2       | pending  | 2024-05-01
        2      | 22   | p2       | pending  | 2024-05-01
        3      | 31   | r3       | reversed | 2024-05-02
        3      | 32   | p3       | pending  | 2024-05-01
        4      | 41   | r4       | reversed | 2024-05-01
        4      | 42   | p4       | pending  | 2024-05-01
        5      | 51   | d5       | denied   | 2024-05-01
    """)
