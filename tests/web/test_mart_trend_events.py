"""mart/trend_event: what is to be known of the points of the trends, on small drawn rows."""

from drawn import rows

RATES = """
    rate_id | measure_id | variant | rate
    1       | COL-E      | HEDIS   | COL-E
"""


def key_of():
    from dashboard import database
    from dashboard.build import macros
    connection = database.connect()
    macros.prepare(connection)
    return connection.execute("SELECT rate_key('COL-E', 'HEDIS', 'COL-E')").fetchone()[0]


def test_rules_that_change_within_a_year_and_feeds_that_are_late(run):
    key = key_of()
    assert run("mart/trend_event", {
        "history.past": """
            as_of      | published | rate_key
            2025-12-31 |           | 1
            2026-01-31 |           | 1
            2026-02-28 | 000003    | 1
        """,
        "history.past_rule": f"""
            as_of      | rate_key | rule
            2025-12-31 | {key}    | 5
            2026-01-31 | {key}    | 6
            2026-02-28 | {key}    | 6
        """,
        "history.rule": f"""
            rate_key | rule
            {key}    | 7
        """,
        "reference.rate": RATES,
        "extract.file": """
            file_no | delivery_no | table_name    | data_source | feed     | row_count | received_at
            1       | 1           | medical_claim | mso         | A claims | 10        | 2025-12-05 06:10:00
            2       | 2           | medical_claim | mso         | A claims | 10        | 2026-01-05 06:10:00
            3       | 3           | medical_claim | mso         | A claims | 10        | 2026-02-05 06:10:00
            4       | 4           | medical_claim | mso         | B claims | 10        | 2026-02-05 06:10:00
        """,
        "extract.replaced_file": """
            file_no | delivery_no | table_name    | data_source | feed     | row_count | received_at
        """,
    }, as_of="2026-03-15") == rows("""
        as_of      | kind     | rate_id | feed     | days
        2026-03-15 | rules    | 1       |          |
        2026-03-15 | late     |         | A claims | 7.0
        2025-12-31 | computed |         |          |
        2026-01-31 | computed |         |          |
    """)
