"""How long claims take: learnt per plan from received and service dates, and tested on later months."""

from drawn import rows, run

from dashboard.components.roll_up import by_reason


def test_days_until_received_are_counted_by_plan_and_month():
    answer = run("mart/claim_lag", {"valid.medical_claim": """
        person | payer | plan | claim_start_date | claim_line_start_date | received_date
        1      | P     | A    | 2024-05-01       |                       | 2024-05-11
        1      | P     | A    | 2024-05-01       | 2024-05-03            | 2024-05-13
        2      | P     | A    | 2024-05-09       |                       |
        2      | P     | B    | 2024-05-09       |                       | 2024-05-01
        2      | P     | B    | 2020-05-09       |                       | 2020-05-10
    """}, as_of="2024-12-31")
    assert answer == rows("""
        payer | plan | service_month | lag_days | lines
        P     | A    | 2024-05-01    | 10       | 2
    """)


def test_the_rule_is_learnt_and_tested_on_what_came_after():
    answer = run("page/claim_lags", {"mart.version": "as_of:DATE\n2026-11-22", "mart.claim_lag": """
        payer | plan | service_month:DATE | lag_days:INTEGER | lines:BIGINT
        P     | A    | 2025-11-01         | 5                | 60
        P     | A    | 2025-12-01         | 20               | 35
        P     | A    | 2026-01-01         | 90               | 5
        P     | A    | 2026-02-01         | 10               | 80
        P     | A    | 2026-04-01         | 40               | 20
        P     | A    | 2026-10-01         | 1                | 999
    """})
    assert answer == rows("""
        payer | plan | learnt_lines | half_days | most_days | tested_lines | foretold_lines
        P     | A    | 100          | 5         | 20        | 100          | 80
    """)


def test_reasons_lead_to_the_list_that_shows_them():
    from collections import namedtuple
    row = namedtuple("row", "status reason people")
    found = [row("open", "rejected", 2), row("open_due_soon", "rejected", 1), row("likely_done", "under way", 4), row("answered", "refused", 5), row("closed", None, 9)]
    assert by_reason(found) == [(("answered", "refused"), 5), (("likely", "under way"), 4), (("open", "rejected"), 3)]
