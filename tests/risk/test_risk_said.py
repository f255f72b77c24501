"""What is said of risk where diagnoses cannot be read, and of risk as a whole: unread is not healthy."""

import pytest
from drawn import rows

from dashboard.risk.said import share


def test_diagnoses_in_other_codes_are_on_file_and_not_read(run):
    """1: ICD-10-CM; 2: SNOMED CT only; 3: denied; 4: a line without diagnosis; 5: ICD-9-CM of old."""
    assert run("coded/diagnosed_year", {"valid.medical_claim": """
        person | source_row | line_status | claim_line_start_date | diagnosis_code_1 | diagnosis_code_type | diagnosis_codes
        1      | 1          | paid        | 2026-03-01            | E119             |                     |
        1      | 2          | paid        | 2025-03-01            |                  |                     | [{code_system: SNOMEDCT, code: 44054006}]
        2      | 3          | paid        | 2026-03-01            |                  |                     | [{code_system: SNOMEDCT, code: 44054006}]
        3      | 4          | denied      | 2026-03-01            | E119             | ICD10CM             |
        4      | 5          | paid        | 2026-03-01            |                  |                     | []
        5      | 6          | paid        | 2024-03-01            | 25000            | ICD9CM              |
        1      | 7          | paid        | 2023-12-31            | E119             |                     |
    """}, as_of="2026-11-20") == rows("""
        person | year | readable
        1      | 2026 | T
        1      | 2025 | F
        2      | 2026 | F
        5      | 2024 | F
    """)


def test_who_cannot_be_read_has_no_tier_and_is_told_why(run):
    assert run("mart/risk", {
        "coded.diagnosed_year": """
            person | year | readable
            1      | 2026 | T
            2      | 2026 | F
            3      | 2024 | T
        """,
        "result.comorbidity": """
            person | of_index | year | score | titles
            1      | charlson | 2026 | 0     | []
        """}, as_of="2026-11-20") == rows("""
        person | tier | moved | untiered
        1      | low  |       |
        2      |      |       | diagnoses on claims of this year and the last are not in ICD-10-CM
        3      |      |       | no claim of this year or the last names a diagnosis
    """)


def test_a_plan_s_scores_are_shown_as_sent_the_newest_and_the_one_before(run):
    assert run("mart/risk", {"coded.plan_score": """
        person | source_row | plan | model   | model_version | score | score_date
        7      | 1          | Gold | CDPS+Rx | 7.0           | 1.1   | 2025-07-01
        7      | 2          | Gold | CDPS+Rx | 7.0           | 1.3   | 2026-07-01
        7      | 3          | Gold | CDPS+Rx | 7.0           | 1.2   | 2026-01-01
        7      | 4          | Gold | HHS-HCC |               | 0.9   | 2026-01-01
    """}, as_of="2026-11-20") == rows("""
        person | raw_score | plan_scores
        7      |           | [{model: CDPS+Rx, model_version: '7.0', plan: Gold, score: 1.3, score_date: 2026-07-01, before: 1.2, before_date: 2026-01-01}, {model: HHS-HCC, model_version: NULL, plan: Gold, score: 0.9, score_date: 2026-01-01, before: NULL, before_date: NULL}]
    """)


@pytest.mark.parametrize(("steps", "part"), [
    ([("coded.person", 3.0), ("mart.risk", 1.0), ("coded", 3.0), ("mart", 1.0)], 0.25),
    ([("coded.person", 3.0)], 0.0),
    ([("coded", 3.0)], None),
])
def test_the_risk_step_s_share_is_one_of_relations(steps, part):
    assert share(steps) == part
