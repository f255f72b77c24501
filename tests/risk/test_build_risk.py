"""Risk in the build, rows in, rows out: what counts, who can be scored, and tiers."""

import pytest
from drawn import rows

CLAIM_TABLES = {
    "valid.code": """
        table_name    | code_system | code
        medical_claim | ICD10CM     | E119
        medical_claim | ICD10CM     | Z000
    """,
    "reference.risk_code": """
        release  | code | sure | slots
        V28-2026 | E119 | 1    | 0
    """,
    "reference.comorbidity_code": "of_index | condition | code",
    "reference.risk_service": """
        payment_year | code
        2026         | 99213
    """,
    "reference.risk_bill_type": """
        prefix | needs_service
        011    | F
        013    | T
    """,
}


@pytest.mark.parametrize(("bill", "service", "status", "counts", "why"), [
    ("", "99213", "paid", "T", ""),
    ("", "81002", "paid", "F", "service does not count"),
    ("", "99213", "denied", "F", "claim not paid"),
    ("0111", "", "paid", "T", ""),
    ("0131", "99213", "paid", "T", ""),
    ("0131", "", "paid", "F", "service does not count"),
    ("0321", "99213", "paid", "F", "bill type does not count"),
])
def test_why_a_diagnosis_counts_or_not(run, bill, service, status, counts, why):
    claims = f"""
        person | source_row | claim_id | claim_line_number | claim_type   | bill_type_code | hcpcs_code | line_status | claim_line_start_date | diagnosis_code_1 | diagnosis_code_2
        1      | 5          | c        | 1                 | professional | {bill}         | {service}  | {status}    | 2026-03-01            | Z000             | E119
    """
    assert run("coded/diagnosis_year", {**CLAIM_TABLES, "valid.medical_claim": claims}, as_of="2026-11-20") == rows(f"""
        person | year | code | counts   | why_not
        1      | 2026 | E119 | {counts} | {why}
    """)


def test_one_claim_that_counts_is_enough_and_years_stand_apart(run):
    assert run("coded/diagnosis_year", {**CLAIM_TABLES, "valid.medical_claim": """
        person | source_row | claim_id | claim_line_number | claim_type   | hcpcs_code | line_status | claim_line_start_date | diagnosis_code_1
        1      | 5          | c        | 1                 | professional | 99213      | paid        | 2026-03-01            | E119
        1      | 6          | d        | 1                 | professional | 81002      | paid        | 2026-04-01            | E119
        1      | 7          | e        | 1                 | professional | 81002      | paid        | 2025-04-01            | E119
        1      | 8          | f        | 1                 | professional | 99213      | paid        | 2023-12-31            | E119
        1      | 9          | g        | 1                 | professional | 99213      | paid        | 2026-11-21            | E119
    """}, as_of="2026-11-20") == rows("""
        person | year | counts | days | first_date | last_date
        1      | 2026 | T      | 2    | 2026-03-01 | 2026-04-01
        1      | 2025 | F      | 1    |            | 2025-04-01
    """)


@pytest.mark.parametrize("order", [(5, 6), (6, 5)])
def test_the_row_shown_does_not_hang_on_the_order_of_lines(run, order):
    line = "1 | {0} | c | {0} | professional | 99213 | paid | 2026-03-01 | E119"
    assert run("coded/diagnosis_year", {**CLAIM_TABLES, "valid.medical_claim": "\n".join([
        "person | source_row | claim_id | claim_line_number | claim_type | hcpcs_code | line_status | claim_line_start_date | diagnosis_code_1",
        *(line.format(n) for n in order)])}, as_of="2026-11-20") == rows("""
        person | year | days | source_row
        1      | 2026 | 1    | 5
    """)


@pytest.mark.parametrize("order", [("E119 | 5", "E118 | 6"), ("E118 | 6", "E119 | 5")])
def test_of_two_codes_of_a_category_on_one_day_the_later_row_is_shown(run, order):
    assert run("result/condition_category", {
        "coded.diagnosis_year": "\n".join(["person | year | code | source_row | counts | why_not | days | last_date | stands | hospital",
                                           *(f"1 | 2026 | {line} | T | | 1 | 2026-03-01 | T | F" for line in order)]),
        "coded.medicare_year": """
            person | year
            1      | 2026
        """,
        "reference.risk_category": """
            release  | model | payment_year | category | bit
            V28-2026 | V28   | 2026         | 38       | 1
        """,
        "reference.risk_code": """
            release  | code | sure | slots
            V28-2026 | E119 | 1    | 0
            V28-2026 | E118 | 1    | 0
        """,
        "reference.risk_edit": "release | slot | bit | category | when_edited"}, as_of="2026-11-20") == rows("""
        person | year | category | codes | source_row
        1      | 2026 | 38       | 2     | 6
    """)


def test_what_a_roster_says_of_medicare(run):
    assert run("coded/medicare_year", {"valid.eligibility": """
        person | source_row | birth_date | product_line | enrollment_start_date | enrollment_end_date | original_reason_entitlement_code | dual_status_code | long_term_institutional_flag
        1      | 1          | 1950-01-01 | medicare     | 2024-01-01            |                     | 0                                | 2                | 0
        2      | 2          | 1961-04-10 | medicare     | 2026-05-01            |                     | 0                                | NA               | 0
        3      | 3          | 1950-01-01 | medicare     | 2026-05-01            |                     |                                  |                  |
        4      | 4          | 1950-01-01 | medicaid     | 2024-01-01            |                     | 0                                | 02               | 0
    """}, as_of="2026-11-20") == rows("""
        person | year | months | dual_status | orec | institutional | new_enrollee
        1      | 2026 | 12     | 02          | 0    | F             | F
        1      | 2025 | 12     | 02          | 0    | F             | F
        1      | 2024 | 12     | 02          | 0    | F             | F
        2      | 2026 | 8      | NA          | 0    | F             | T
        3      | 2026 | 8      |             |      |               |
    """)


def test_a_graver_form_takes_the_place_of_a_lesser_one_and_years_move_a_score(run):
    assert run("result/comorbidity", {
        "coded.diagnosis_year": """
            person | year | code | stands
            1      | 2026 | E112 | T
            1      | 2025 | E119 | T
            1      | 2024 | I50  | T
            2      | 2026 | I50  | F
        """,
        "coded.diagnosed_year": """
            person | year | readable
            1      | 2026 | T
            1      | 2024 | T
            2      | 2026 | T
            3      | 2026 | F
            4      | 2025 | T
        """,
        "reference.comorbidity": """
            of_index | condition | title    | weight | replaced_by
            charlson | diab      | Diabetes | 1      | diabwc
            charlson | diabwc    | Graver   | 2      |
            charlson | chf       | Heart    | 1      |
        """,
        "reference.comorbidity_code": """
            of_index | condition | code
            charlson | diab      | E119
            charlson | diabwc    | E112
            charlson | chf       | I50
        """}, as_of="2026-11-20") == rows("""
            person | of_index | year | score | titles
            1      | charlson | 2026 | 2     | [Graver]
            1      | charlson | 2025 | 2     | [Diabetes, Heart]
        2      | charlson | 2026 | 0     | []
        4      | charlson | 2026 | 0     | []
        4      | charlson | 2025 | 0     | []
        """)
