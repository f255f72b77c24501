"""What the drawn house knows of risk: scores, categories, indices, suspects, bills of hospitals, scores that plans sent."""

SCORES = """
    person | model | service_year | release  | segment | raw_score | hccs   | factors                                                                      | not_scoreable
    1      | V28   | 2026         | V28-2026 | CNA     | 0.561     | [37]   | [{factor: F65_69, coefficient: 0.395}, {factor: HCC37, coefficient: 0.166}]  |
    1      | V28   | 2025         | V28-2026 | CNA     | 0.694     | [238]  | [{factor: F65_69, coefficient: 0.395}, {factor: HCC238, coefficient: 0.299}] |
    4      | V28   | 2026         | V28-2026 |         |           |        |                                                                              | Medicaid (dual) status is not known
    1      | RxHCC-V08 | 2026     | RxHCC-V08-2026 | Rx_CE_NoLowAged | 0.730 | [30] | [{factor: F65_69, coefficient: 0.144}, {factor: RXHCC30, coefficient: 0.586}] |
    4      | RxHCC-V08 | 2026     | RxHCC-V08-2026 |   |           |        |                                                                              | low income status is not known
"""
CATEGORIES = """
    person | year | category | counts | days | codes | first_date | last_date  | source_row   | hospital
    1      | 2026 | 37       | T      | 1    | 1     | 2026-05-03 | 2026-05-03 | 206158430215 | F
    1      | 2025 | 238      | T      | 3    | 1     | 2025-03-01 | 2025-06-01 | 206158430216 | F
"""
# Persons 1 and 4 again: F321 (major depression) is a sensitive service.
DIAGNOSES = """
    person | year | code  | counts | why_not                | days | first_date | last_date  | source_row   | stands
    1      | 2026 | E1122 | T      |                        | 1    | 2026-05-03 | 2026-05-03 | 206158430215 | T
    1      | 2026 | I509  | F      | service does not count | 1    |            | 2026-04-02 | 206158430216 | T
    1      | 2026 | F321  | F      | claim not paid         | 1    |            | 2026-04-02 | 206158430216 | T
    4      | 2026 | E119  | T      |                        | 1    | 2026-05-03 | 2026-05-03 | 206158430217 | T
"""
COMORBIDITY = """
    person | of_index | year | score | conditions | titles
    1      | charlson | 2026 | 3     | 2          | [Diabetes with complication, Dementia]
    1      | charlson | 2025 | 1     | 1          | [Dementia]
    1      | elixhauser | 2026 | 2   | 2          | [Diabetes, Dementia]
"""
SUSPECTS = """
    person | rule   | times | last_date  | last_value | source_row
    1      | kidney | 2     | 2026-05-03 | 52         | 206158430217
"""
BILLS = """
    person | admit_date | emergency
    1      | 2026-10-25 | T
"""
PLAN_SCORES = """
    person | source_row | payer  | plan        | model   | model_version | score | score_date
    1      | 9          | Plan B | Plan B Dual | CDPS+Rx | 7.0           | 1.4   | 2026-07-01
    1      | 8          | Plan B | Plan B Dual | CDPS+Rx | 7.0           | 1.25  | 2026-01-01
"""
# HCC155 (major depression) is a sensitive service.
SAID = """
    person | from_date  | to_date    | year_ago_date | tier   | charlson | release  | raw_score | factors
    1      | 2025-11-30 | 2025-11-30 | 2025-11-30    | medium | 1        | V28-2026 | 0.694     | [{factor: F65_69, coefficient: 0.395}, {factor: HCC155, coefficient: 0.299}]
    1      | 2026-06-30 | 2026-10-31 |               | high   | 3        | V28-2026 | 0.395     | [{factor: F65_69, coefficient: 0.395}]
"""
TABLES = {
    "history.past_risk": SAID,
    "result.risk_score": SCORES, "result.condition_category": CATEGORIES, "result.comorbidity": COMORBIDITY, "result.suspect": SUSPECTS,
    "coded.diagnosis_year": DIAGNOSES, "coded.hospital_bill": BILLS, "coded.plan_score": PLAN_SCORES,
}
