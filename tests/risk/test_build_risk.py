"""Risk in the build, rows in, rows out: what counts, who can be scored, tiers, and what is prompted."""

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


CATEGORIES = """
    release  | model | payment_year | category | label   | chronic | bit
    V28-2026 | V28   | 2026         | 36       | Severe  | T       | 1
    V28-2026 | V28   | 2026         | 37       | Mild    | T       | 2
    V28-2026 | V28   | 2026         | 2        | Passing | F       | 4
    V28-2026 | V28   | 2026         | 249      | Stroke  | T       | 8
"""
PROMPTS = {
    "reference.risk_category": CATEGORIES,
    "reference.risk_hierarchy": "release | hierarchy\nV28-2026 | [{bit: 1, drops: 2}]",
    "reference.risk_doubted": "category | code | title | wants | source\n249 | '' | acute stroke | hospital | HHS OIG, x\n37 | C50 | mild | twice | HHS OIG, y\n2 | '' | severe | often | HHS OIG, z",
    "result.suspect": "person | rule",
}


def prompts(run, scores, support):
    return run("mart/risk_prompt", {**PROMPTS, "result.risk_score": scores, "result.condition_category": support}, as_of="2026-11-20")


def test_recapture_asks_for_lasting_conditions_that_no_claim_names_this_year(run):
    """37 is asked for; 2 passes; person 2 has it; person 3 has the graver form; person 4 is not scored."""
    assert prompts(run, """
        person | model | service_year | release  | segment | hccs
        1      | V28   | 2026         | V28-2026 | CNA     | []
        1      | V28   | 2025         | V28-2026 | CNA     | [37, 2]
        2      | V28   | 2026         | V28-2026 | CNA     | [37]
        2      | V28   | 2025         | V28-2026 | CNA     | [37]
        3      | V28   | 2026         | V28-2026 | CNA     | [36]
        3      | V28   | 2025         | V28-2026 | CNA     | [37]
        4      | V28   | 2026         | V28-2026 |         |
        4      | V28   | 2025         | V28-2026 | CNA     | [37]
    """, """
        person | year | category | counts | days | codes | last_date  | source_row | hospital
        1      | 2025 | 37       | T      | 2    | 1     | 2025-02-01 | 7          | F
        2      | 2025 | 37       | T      | 2    | 1     | 2025-02-01 | 7          | F
        2      | 2026 | 37       | T      | 2    | 1     | 2026-02-01 | 7          | F
        3      | 2026 | 36       | T      | 2    | 1     | 2026-02-01 | 7          | F
    """) == rows("""
        person | kind    | title | last_date
        1      | confirm | Mild  | 2025-02-01
    """)


def test_what_looks_unsupported_is_to_be_removed(run):
    """1: one code on one day; 2: the year before too; 3: on a hospital claim; 4: a stroke that only offices coded."""
    scores = "\n".join(["person | model | service_year | release | segment | hccs", *(
        f"{person} | V28 | 2026 | V28-2026 | CNA | [{category}]" for person, category in ((1, 37), (2, 37), (3, 37), (4, 249)))])
    assert prompts(run, scores, """
        person | year | category | counts | days | codes | last_date  | source_row | hospital
        1      | 2026 | 37       | T      | 1    | 1     | 2026-02-01 | 7          | F
        2      | 2026 | 37       | T      | 1    | 1     | 2026-02-01 | 7          | F
        2      | 2025 | 37       | T      | 1    | 1     | 2025-02-01 | 7          | F
        3      | 2026 | 37       | T      | 1    | 1     | 2026-02-01 | 7          | T
        4      | 2026 | 249      | T      | 3    | 2     | 2026-02-01 | 7          | F
    """) == rows("""
        person | kind   | title  | why
        1      | remove | Mild   | one code on one day of 2026, in no other year on file
        4      | remove | Stroke | acute stroke on an office claim and on no hospital claim of 2026
    """)


def test_groups_that_audits_doubt_by_days_and_by_code(run):
    """1: one day; 2: two days; 3: another code beside; 4: on two days where more are wanted; 5: on three."""
    scores = "\n".join(["person | model | service_year | release | segment | hccs", *(
        f"{person} | V28 | 2026 | V28-2026 | CNA | [{category}]" for person, category in ((1, 37), (2, 37), (3, 37), (4, 2), (5, 2)))])
    found = prompts(run, scores, """
        person | year | category | counts | days | codes | named          | last_date  | source_row | hospital
        1      | 2026 | 37       | T      | 1    | 2     | [C501, C509]   | 2026-02-01 | 7          | F
        2      | 2026 | 37       | T      | 2    | 2     | [C501, C509]   | 2026-02-01 | 7          | F
        3      | 2026 | 37       | T      | 1    | 2     | [C501, D320]   | 2026-02-01 | 7          | F
        4      | 2026 | 2        | T      | 2    | 2     | [F321, F331]   | 2026-02-01 | 7          | F
        5      | 2026 | 2        | T      | 3    | 2     | [F321, F331]   | 2026-02-01 | 7          | F
    """)
    assert found == rows("""
        person | kind   | why                                   | audited
        1      | remove | mild on no more than one day of 2026  | T
        4      | remove | severe on no more than two days of 2026 | T
    """)


def test_what_no_visit_names_is_not_in_the_score_and_is_told(run):
    """1: laboratory claims only; 2: counted last year; 3: not paid; 4: nobody scored."""
    scores = "\n".join(["person | model | service_year | release | segment | hccs", *(f"{person} | V28 | 2026 | V28-2026 | CNA | []" for person in (1, 2, 3))])
    assert prompts(run, scores, """
        person | year | category | counts | why_not                | days | codes | last_date  | source_row | hospital
        1      | 2026 | 37       | F      | service does not count |      | 0     | 2026-02-01 | 7          | F
        2      | 2026 | 37       | F      | service does not count |      | 0     | 2026-02-01 | 7          | F
        2      | 2025 | 37       | T      |                        | 3    | 1     | 2025-02-01 | 7          | F
        3      | 2026 | 37       | F      | claim not paid         |      | 0     | 2026-02-01 | 7          | F
        4      | 2026 | 37       | F      | service does not count |      | 0     | 2026-02-01 | 7          | F
    """) == rows("""
        person | kind   | why                                                                  | audited
        1      | remove | only on claims of 2026 without a face-to-face visit: not in the score | F
    """)


def test_each_diagnosis_of_the_year_is_told_whether_it_counts_and_why_not(run):
    """1: counted, in the shade of a graver one, on no claim that counts, known to V24 only; 2: not scoreable; 3: new to Medicare; 4: edited away."""
    assert run("mart/risk_diagnosis", {
        "reference.risk_category": CATEGORIES + "    V24-2026 | V24 | 2026 | 59 | Low | T | 1\n    V24-2026 | V24 | 2026 | 19 | Sugar | T | 2\n",
        "reference.risk_hierarchy": PROMPTS["reference.risk_hierarchy"],
        "reference.risk_sensitive": "model | category | service\nV24 | 59 | mental health",
        "reference.risk_edit": "release | slot | bit | category | when_edited",
        "reference.risk_code": """
            release  | code | sure | slots
            V28-2026 | E110 | 1    | 0
            V28-2026 | E119 | 2    | 0
            V28-2026 | A419 | 4    | 0
            V24-2026 | F320 | 1    | 0
            V24-2026 | E119 | 2    | 0
        """,
        "result.risk_score": """
            person | model | service_year | segment | hccs
            1      | V28   | 2026         | CNA     | [36]
            1      | V28   | 2025         | CNA     | [37]
            2      | V28   | 2026         |         |
            3      | V28   | 2026         | NE      | []
            4      | V28   | 2026         | CNA     | []
        """,
        "coded.diagnosis_year": """
            person | year | code | counts | why_not                | days | last_date  | source_row
            1      | 2026 | E110 | T      |                        | 2    | 2026-02-01 | 7
            1      | 2026 | E119 | T      |                        | 2    | 2026-02-01 | 7
            1      | 2026 | A419 | F      | service does not count | 1    | 2026-02-01 | 7
            1      | 2026 | F320 | T      |                        | 1    | 2026-02-01 | 7
            1      | 2026 | I10  | T      |                        | 1    | 2026-02-01 | 7
            1      | 2025 | A419 | T      |                        | 1    | 2025-02-01 | 7
            2      | 2026 | E119 | T      |                        | 2    | 2026-02-01 | 7
            3      | 2026 | E119 | T      |                        | 2    | 2026-02-01 | 7
            4      | 2026 | E119 | T      |                        | 2    | 2026-02-01 | 7
            5      | 2026 | E119 | T      |                        | 2    | 2026-02-01 | 7
        """}, as_of="2026-11-20") == rows("""
        person | code | label   | counts | why_not                                                             | sensitive
        1      | E110 | Severe  | T      |                                                                     | F
        1      | E119 | Mild    | F      | a graver condition counts instead: Severe                           | F
        1      | A419 | Passing | F      | service does not count                                              | F
        1      | F320 | Low     | F      | a condition of V24 only, not of V28                                 | T
        2      | E119 | Mild    | F      | the patient is not scoreable                                        | F
        3      | E119 | Mild    | F      | new to Medicare: diagnoses count from the next year on              | F
        4      | E119 | Mild    | F      | the code asks for another age or sex, or for a condition beside it  | F
    """)


def test_what_was_named_two_years_ago_and_not_since_is_to_be_considered(run):
    """1: 37 two years ago; 2: last year too; 3: a graver form since; 4: a passing condition; 5: not scored."""
    assert prompts(run, "\n".join(["person | model | service_year | release | segment | hccs", *(
        f"{person} | V28 | 2026 | V28-2026 | {segment} | {hccs}" for person, segment, hccs in
        ((1, "CNA", "[]"), (2, "CNA", "[37]"), (3, "CNA", "[36]"), (4, "CNA", "[]"), (5, "", "")))]), """
        person | year | category | counts | days | codes | last_date  | source_row | hospital
        1      | 2024 | 37       | T      | 2    | 1     | 2024-02-01 | 7          | F
        2      | 2024 | 37       | T      | 2    | 1     | 2024-02-01 | 7          | F
        2      | 2026 | 37       | T      | 2    | 1     | 2026-02-01 | 7          | F
        3      | 2024 | 37       | T      | 2    | 1     | 2024-02-01 | 7          | F
        3      | 2026 | 36       | T      | 2    | 1     | 2026-02-01 | 7          | F
        4      | 2024 | 2        | T      | 2    | 1     | 2024-02-01 | 7          | F
        5      | 2024 | 37       | T      | 2    | 1     | 2024-02-01 | 7          | F
    """) == rows("""
        person | kind     | title | why                                         | confidence | last_date
        1      | consider | Mild  | on claims that counted in 2024, on none since | low      | 2024-02-01
    """)
