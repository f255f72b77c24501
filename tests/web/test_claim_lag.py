"""How long claims take: learnt per plan from received and service dates, and tested on later months."""

from collections import namedtuple

from drawn import rows, run

from dashboard.components.roll_up import by_reason


def test_days_until_received_are_counted_by_person_and_plan():
    answer = run("mart/claim_lag", {"valid.medical_claim": """
        person | payer | plan | claim_start_date | claim_line_start_date | received_date
        1      | P     | A    | 2024-03-01       |                       | 2024-03-11
        1      | P     | A    | 2024-03-01       | 2024-03-03            | 2024-03-13
        1      | P     | A    | 2023-12-01       |                       | 2023-12-11
        2      | P     | A    | 2024-03-09       |                       |
        2      | P     | B    | 2024-03-09       |                       | 2024-03-01
        2      | P     | B    | 2024-06-01       |                       | 2024-06-02
    """}, as_of="2024-12-31")
    assert answer == rows("""
        person | payer | plan | learnt | lag_days | lines
        1      | P     | A    | F      | 10       | 2
        1      | P     | A    | T      | 10       | 1
    """)


def test_the_rule_is_learnt_and_tested_on_what_came_after():
    answer = run("page/claim_lags", {"mart.panel": "panel:BIGINT | person:INTEGER\n7 | 1\n8 | 2", "mart.claim_lag": """
        person:INTEGER | payer | plan | learnt | lag_days:SMALLINT | lines:INTEGER
        1              | P     | A    | T      | 5                 | 60
        1              | P     | A    | T      | 20                | 35
        1              | P     | A    | T      | 90                | 5
        1              | P     | A    | F      | 10                | 80
        1              | P     | A    | F      | 40                | 20
        2              | P     | A    | T      | 1                 | 999
    """}, panels=[7], least=100)
    assert answer == rows("""
        payer | plan | learnt_lines | half_days | most_days | tested_lines | foretold_lines
        P     | A    | 100          | 5         | 20        | 100          | 80
    """)


def test_reasons_lead_to_the_list_that_shows_them():
    row = namedtuple("row", "status reason people")
    found = [row("open", "rejected", 2), row("open_due_soon", "rejected", 1), row("likely_done", "under way", 4), row("answered", "refused", 5), row("closed", None, 9)]
    assert by_reason(found) == [(("answered", "refused"), 5), (("likely", "under way"), 4), (("open", "rejected"), 3)]
