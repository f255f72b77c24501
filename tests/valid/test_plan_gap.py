"""valid and coded plan_gap: a plan's word on its members, read as it may be spelled, the newest by day."""

from drawn import rows

SENT = """
    person | source_row | person_id | payer  | plan | product_line | measure | rate | measurement_year | status   | service_date | gap_date   | data_source | file_name
    1      | 1          | p1        | Plan A | MA   | Medicare     | col     |      | 2026             | Open     |              | 2026-10-15 | mso         | a.csv
    1      | 2          | p1        | Plan A | MA   | medicare     | COL     |      | 2026             | CLOSED   | 2026-09-09   | 2026-11-15 | mso         | b.csv
    1      | 3          | p1        | Plan A | MA   | medicare     | COL     |      | 2026             | excluded |              | 2026-12-15 | mso         | c.csv
    2      | 4          | p2        | Plan A | MA   |              | BCS-E   |      | 2026             | open     |              | 2026-11-15 | mso         | b.csv
"""


def test_the_newest_word_up_to_the_day_counts(run):
    valid = run("valid/plan_gap", {"extract.plan_gap": SENT})
    assert valid == rows("""
        person | status   | measure | product_line
        1      | open     | COL     | medicare
        1      | closed   | COL     | medicare
        1      | excluded | COL     | medicare
        2      | open     | BCS-E   |
    """)


def test_a_list_of_a_later_day_is_not_known_yet(run):
    assert run("coded/plan_gap", {"valid.plan_gap": SENT.replace("Open ", "open ").replace("CLOSED", "closed").replace(" col ", " COL ").replace("Medicare", "medicare")},
               as_of="2026-11-20") == rows("""
        person | measure | period | status | service_date | gap_date
        1      | COL     | 2026   | closed | 2026-09-09   | 2026-11-15
        2      | BCS-E   | 2026   | open   |              | 2026-11-15
    """)
