"""What Plan A says of the small house."""

PLAN_GAPS = """
    person | source_row | payer  | plan      | product_line | measure | rate | period | status | service_date | gap_date
    1      | 1          | Plan A | Plan A MA | medicare     | COL     |      | 2026   | closed | 2026-03-03   | 2026-11-15
    2      | 2          | Plan A | Plan A MA | medicare     | COL     |      | 2026   | open   |              | 2026-11-15
    4      | 3          | Plan A | Plan A MA | medicare     | COL     |      | 2026   | open   |              | 2026-11-15
    20     | 4          | Plan A | Plan A MA | medicare     | COL     |      | 2026   | open   |              | 2026-11-15
    40     | 5          | Plan A | Plan A MA | medicare     | COL     |      | 2026   | closed | 2026-03-03   | 2026-11-15
    1      | 6          | Plan A | Plan A MA | medicare     | BCS-E   |      | 2026   | open   |              | 2026-11-15
"""
# Ana Silva is not of the measure's age; Plan A enrolled her.
OUTSIDE = """
    rate_id | period | person | contract | met
    2       | 2026   | 4      | 7        | 2
"""
TABLES = {"coded.plan_gap": PLAN_GAPS, "evidence.outside": OUTSIDE}


def add_crowd(connection, crowd: int) -> None:
    """The plan counts every third of the crowd closed."""
    connection.execute("""INSERT INTO coded.plan_gap
        SELECT 1000 + i, 100 + i, 'Plan A', 'Plan A MA', 'medicare', 'COL-E', NULL, 2026, CASE WHEN i % 3 = 0 THEN 'closed' ELSE 'open' END,
            CASE WHEN i % 3 = 0 THEN DATE '2026-05-05' END, DATE '2026-11-15' FROM range($1) AS t(i)""", [crowd])
