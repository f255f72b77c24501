"""Every check of a build finds what contradicts its claim, and nothing else."""

import drawn
import pytest

from dashboard.build import sql

PERSON = """
    person | held | death_date
    1      | F    |
    2      | T    |
    3      | F    | 2024-12-31
"""
CONCEPT = """
    concept
    7
"""

# check -> tables whose rows hold, and rows of the last of them that do not, one at a time
CASES = {
    "every_numerator_person_is_in_the_denominator": ({}, "result.measure_result", """
        initial_population | denominator | exclusion | exception | numerator
        T                  | T           | F         | F         | T
        T                  | F           | F         | F         | F
    """, """
        T                  | F           | F         | F         | T
        T                  | F           | T         | F         | F
        F                  | T           | F         | F         | F
    """),
    "nobody_is_both_excluded_and_in_the_numerator": ({}, "result.measure_result", """
        denominator | exclusion | exception | numerator
        T           | T         | F         | F
        T           | F         | F         | T
    """, """
        T           | T         | F         | T
        T           | F         | T         | T
    """),
    "each_person_counts_once_in_a_rate": ({}, "result.measure_result", """
        rate_id | period | person | unit | contract | stratum
        1       | 2024   | 1      | 0    | 5        | 1
        1       | 2024   | 1      | 0    | 6        | 1
        2       | 2024   | 1      | 9    | 5        | 1
    """, """
        1       | 2024   | 1      | 0    | 6        | 1
    """),
    "nobody_counts_by_enrolment_and_by_visits_in_one_rate": ({}, "result.measure_result", """
        rate_id | period | person | contract
        1       | 2024   | 1      | 5
        1       | 2024   | 1      | 6
        2       | 2024   | 1      | 0
    """, """
        1       | 2024   | 1      | 0
    """),
    "only_known_people_count": ({"coded.person": PERSON}, "result.measure_result", """
        rate_id | person
        1       | 1
    """, """
        1       | 2
        1       | 9
    """),
    "nothing_that_counts_begins_after_as_of": ({}, "coded.event", """
        person | start_date | end_date
        1      | 2024-12-31 | infinity
        1      | -infinity  | 2025-01-01
        1      |            | 2024-01-01
    """, """
        1      | 2025-01-01 | 2025-01-01
    """),
    "every_event_is_of_a_known_person_and_concept": ({"coded.person": PERSON, "reference.concept": CONCEPT}, "coded.event", """
        person | concept
        1      | 7
        2      | 7
    """, """
        9      | 7
        1      | 8
               | 7
    """),
    "every_row_set_aside_is_told_with_its_reason": ({"reference.rule": """
        table_name    | rule
        medical_claim | claim_25_repeated
    """}, "extract.set_aside", """
        table_name    | rule
        medical_claim | claim_25_repeated
    """, """
        medical_claim | claim_99
        lab_result    | claim_25_repeated
    """),
    "a_panel_holds_only_people_who_live_and_count": ({"coded.person": PERSON}, "mart.panel", """
        panel | person
        5     | 1
    """, """
        5     | 2
        5     | 3
        5     | 9
    """),
}


@pytest.mark.parametrize("name", CASES)
def test_a_check_finds_what_contradicts_it(name, run):
    tables, table, holds, contradicts = CASES[name]
    assert len(run(f"check/{name}", tables | {table: holds})) == 0
    for line in contradicts.strip().splitlines():
        assert len(run(f"check/{name}", tables | {table: holds.rstrip() + "\n" + line})) == 1


def test_a_check_of_other_clocks_lets_the_future_be(run):
    """Official test patients are judged over a whole period, whatever the day."""
    assert len(run("check/nothing_that_counts_begins_after_as_of", {"coded.event": "start_date\n2025-01-01"}, clock="utc")) == 0


def test_every_check_has_its_cases():
    tests = "".join(path.read_text(encoding="utf-8") for path in drawn.HERE.rglob("test_*.py"))
    assert not [item.name for item in sql.relations("check") if item.name not in tests]
