"""What pages show of gaps, as tables drawn in and out."""

from drawn import rows

RATE = """
    rate_id | measure_id | variant | title   | better | harm
    1       | COL-E      | HEDIS   | Colon   | higher | 4
    2       | GSD        | HEDIS   | A1c > 9 | lower  | 2
    3       | FUH        | HEDIS   | 7 days  | higher | 1
    4       | FUH        | HEDIS   | 30 days | higher | 1
"""


def gaps(run, results, **parameters):
    return run("mart/gap", {"reference.rate": RATE, "result.measure_result": results}, as_of="2024-11-20", **parameters)


def test_standing_of_a_gap(run):
    assert gaps(run, """
        rate_id | period | person | unit | contract | denominator | exclusion | exception | numerator | last_day
        1       | 2024   | 1      | 0    | 7        | T           | F         | F         | F         | 2024-12-31
        1       | 2024   | 2      | 0    | 7        | T           | F         | F         | F         | 2024-11-30
        1       | 2024   | 3      | 0    | 7        | T           | F         | F         | F         | 2024-11-20
        1       | 2024   | 4      | 0    | 7        | T           | F         | F         | F         | 2024-11-19
        1       | 2024   | 5      | 0    | 7        | T           | F         | F         | T         | 2024-12-31
        1       | 2024   | 6      | 0    | 7        | T           | T         | F         | F         | 2024-12-31
        1       | 2024   | 7      | 0    | 7        | T           | F         | T         | F         | 2024-12-31
        1       | 2024   | 8      | 0    | 7        | F           | F         | F         | F         | 2024-12-31
    """) == rows("""
        person | status        | last_day
        1      | open          | 2024-12-31
        2      | open_due_soon | 2024-11-30
        3      | open_due_soon | 2024-11-20
        4      | missed        |
        5      | closed        |
        6      | excluded      |
        7      | excluded      |
    """)


def test_where_lower_is_better_the_numerator_is_the_gap(run):
    assert gaps(run, """
        rate_id | period | person | unit | contract | denominator | exclusion | exception | numerator | numerator_exclusion | last_day
        2       | 2024   | 1      | 0    | 7        | T           | F         | F         | T         | F                   | 2024-12-31
        2       | 2024   | 2      | 0    | 7        | T           | F         | F         | F         | F                   | 2024-12-31
        2       | 2024   | 3      | 0    | 7        | T           | F         | F         | T         | T                   | 2024-12-31
    """) == rows("""
        person | status
        1      | open
        2      | closed
        3      | closed
    """)


def test_a_gap_in_two_contracts_is_one_gap_and_the_open_one_speaks(run):
    assert gaps(run, """
        rate_id | period | person | unit | contract | denominator | exclusion | exception | numerator | last_day
        1       | 2024   | 1      | 0    | 7        | T           | T         | F         | F         | 2024-12-31
        1       | 2024   | 1      | 0    | 8        | T           | F         | F         | F         | 2024-12-31
    """) == rows("""
        person | status | by_enrolment
        1      | open   | T
    """)


def test_rates_of_a_measure_are_one_gap_until_the_first_day_still_open(run):
    assert gaps(run, """
        rate_id | period | person | unit | unit_date  | contract | denominator | exclusion | exception | numerator | last_day
        3       | 2024   | 1      | 5    | 2024-11-10 | 7        | T           | F         | F         | F         | 2024-11-17
        4       | 2024   | 1      | 5    | 2024-11-10 | 7        | T           | F         | F         | F         | 2024-12-10
        3       | 2024   | 2      | 6    | 2024-11-19 | 7        | T           | F         | F         | F         | 2024-11-26
        4       | 2024   | 2      | 6    | 2024-11-19 | 7        | T           | F         | F         | F         | 2024-12-19
        4       | 2024   | 3      | 7    | 2024-11-25 | 7        | T           | F         | F         | F         | 2024-12-25
    """) == rows("""
        person | unit | title   | status        | last_day
        1      | 5    | 30 days | open          | 2024-12-10
        2      | 6    | 7 days  | open_due_soon | 2024-11-26
        3      | 7    | 30 days | prospective   |
    """)


def test_a_rate_that_only_the_chart_can_close_asks_for_nothing(run):
    assert run("mart/gap", {"reference.rate": """
        rate_id | measure_id | title | better | harm | chart_only
        1       | TRC        | Told  | higher | 1    | T
        2       | TRC        | Seen  | higher | 1    | F
    """, "result.measure_result": """
        rate_id | period | person | unit | contract | denominator | exclusion | exception | numerator | last_day
        1       | 2024   | 1      | 5    | 7        | T           | F         | F         | F         | 2024-12-31
        2       | 2024   | 1      | 5    | 7        | T           | F         | F         | T         | 2024-12-31
        1       | 2024   | 2      | 6    | 7        | T           | F         | F         | F         | 2024-12-31
        2       | 2024   | 2      | 6    | 7        | T           | F         | F         | F         | 2024-12-31
        1       | 2024   | 3      | 7    | 7        | T           | F         | F         | F         | 2024-12-31
        1       | 2024   | 4      | 8    | 7        | T           | F         | F         | T         | 2024-12-31
    """}, as_of="2024-11-20") == rows("""
        person | status | title
        1      | closed | Seen
        2      | open   | Seen
        4      | closed | Told
    """)


def test_people_without_enrolment_are_marked(run):
    assert gaps(run, """
        rate_id | period | person | unit | contract | denominator | exclusion | exception | numerator | last_day
        1       | 2024   | 1      | 0    | 0        | T           | F         | F         | F         | 2024-12-31
    """) == rows("""
        person | by_enrolment
        1      | F
    """)


# gap_of reads these by name, so the test must draw them even when they are empty.


def test_a_visit_that_was_not_screened_cannot_be_made_good(run):
    assert run("mart/gap", {"reference.rate": """
        rate_id | measure_id | better | basis     | harm
        1       | BPS        | higher | encounter | 3
    """, "result.measure_result": """
        rate_id | period | person | unit | unit_date  | contract | denominator | exclusion | exception | numerator | last_day
        1       | 2024   | 1      | 5    | 2024-11-10 | 0        | T           | F         | F         | F         | 2024-12-31
        1       | 2024   | 1      | 6    | 2024-11-20 | 0        | T           | F         | F         | F         | 2024-12-31
    """}, as_of="2024-11-20") == rows("""
        unit | status
        5    | missed
        6    | open_due_soon
    """)
