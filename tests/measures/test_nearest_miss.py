"""What comes nearest to closing an open gap, and why it does not count."""

import pytest
from drawn import rows

from dashboard.build.macros import kind_bits

SUBJECT = """
    rate_id | period | person | contract | met:BIGINT | initial_population | denominator | exclusion | exception | numerator | numerator_exclusion
    1       | 2026   | 1      | 5        | 0          | T                  | T           | F         | F         | F         | F
"""
RATE = """
    rate_id | measure_id | better
    1       | CBP        | higher
"""


def clause(value_bound="", from_date="", concepts="[410, 409]"):
    return f"""
        rate_id | clause | role      | concepts:SMALLINT[] | from_date:DATE | to_date:DATE | value_bound
        1       | 1      | numerator | {concepts}          | {from_date}    |              | {value_bound}
    """


def misses(run, events, **said):
    return run("result/nearest_miss", {"evidence.subject": SUBJECT, "reference.rate": RATE, "reference.clause": clause(**said), "coded.event": f"""
        concept | person | fact | kinds:BIGINT | start_date | end_date   | value:DOUBLE
        {events}
    """})


BIT = kind_bits()


@pytest.mark.parametrize(("bits", "why"), [
    (["ordered", "status_completed"], "under way"), (["ordered", "status_active"], "does not count alone"), (["ordered", "status_completed", "medication"], "does not count alone"),
    (["observation", "laboratory", "observation_preliminary"], "under way"), (["observation", "observation_preliminary", "done"], "does not count alone"),
    (["pending", "claim"], "not yet counted")])
def test_what_was_carried_out_and_has_no_result_yet_is_under_way(run, bits, why):
    answer = misses(run, f"410 | 1 | 11 | {sum(BIT[bit] for bit in bits)} | 2026-03-03 | 2026-03-03 |")
    assert [row["why"] for row in answer] == [why]


def test_a_supply_that_lasts_on_is_told_by_the_day_it_was_handed_out(run):
    answer = misses(run, f"410 | 1 | 11 | {BIT['medication'] | BIT['dispensed']} | 2024-12-01 | 2025-01-30 |")
    assert [str(row["date"]) for row in answer] == ["2024-12-01"]


def test_a_supply_that_is_used_up_is_told_by_that_day_too(run):
    answer = misses(run, f"410 | 1 | 11 | {BIT['medication'] | BIT['dispensed']} | 2024-12-01 | 2024-12-30 | 30")
    assert [(str(row["date"]), row["value"]) for row in answer] == [("2024-12-01", 30)]


def test_of_a_day_the_result_is_told_and_not_the_claim_for_the_test(run):
    assert misses(run, """
        410     | 1      | 11   | 1            | 2026-06-15 | 2026-06-15 | 9.4
        410     | 1      | 12   | 1            | 2026-06-15 | 2026-06-15 |
    """, value_bound='{"below": 8}') == rows("""
        value | fact | why
        9.4   | 11   | value out of range
    """)


def test_what_was_ordered_before_the_window_is_not_under_way(run):
    bits = BIT["ordered"] | BIT["status_completed"]
    assert [row["why"] for row in misses(run, f"410 | 1 | 11 | {bits} | 2025-12-31 | 2025-12-31 |", from_date="2026-01-01")] == ["too early"]


def test_a_pending_claim_outside_the_window_is_not_on_its_way(run):
    bits = BIT["pending"] | BIT["claim"]
    assert [row["why"] for row in misses(run, f"410 | 1 | 11 | {bits} | 2025-12-31 | 2025-12-31 |", from_date="2026-01-01")] == ["too early"]


@pytest.mark.parametrize(("day", "why"), [("2026-10-05", "does not count alone"), ("2026-10-30", "not yet counted")])
def test_a_pending_claim_from_before_a_discharge_is_not_its_follow_up(run, day, why):
    discharge = SUBJECT.replace("| person |", "| person | unit_date:DATE |").replace("| 1      | 5 ", "| 1 | 2026-10-30 | 5 ")
    found = run("result/nearest_miss", {"evidence.subject": discharge, "reference.rate": RATE, "reference.clause": clause(), "coded.event": f"""
        concept | person | fact | kinds:BIGINT                  | start_date | end_date | value:DOUBLE
        410     | 1      | 11   | {BIT["pending"] | BIT["claim"]} | {day}      | {day}    |
    """})
    assert [row["why"] for row in found] == [why]


PRESSURE = '{"of": {"410": {"below": 140}, "409": {"below": 90}}}'


def test_both_parts_of_a_blood_pressure_are_told(run):
    assert misses(run, """
        410     | 1      | 11   | 1            | 2026-03-03 | 2026-03-03 | 152
        409     | 1      | 12   | 1            | 2026-03-03 | 2026-03-03 | 94
    """, value_bound=PRESSURE) == rows("""
        person | clause | date       | value | fact | why
        1      | 1      | 2026-03-03 | 152   | 11   | value out of range
        1      | 1      | 2026-03-03 | 94    | 12   | value out of range
    """)


def test_the_part_within_its_bounds_is_no_miss(run):
    assert misses(run, """
        410     | 1      | 11   | 1            | 2026-03-03 | 2026-03-03 | 139
        409     | 1      | 12   | 1            | 2026-03-03 | 2026-03-03 | 90
    """, value_bound=PRESSURE) == rows("""
        value | fact | why
        90    | 12   | value out of range
    """)


def test_a_good_value_that_does_not_count_is_not_called_out_of_range(run):
    assert misses(run, """
        410     | 1      | 11   | 1            | 2024-03-03 | 2024-03-03 | 120
        409     | 1      | 12   | 1            | 2024-03-03 | 2024-03-03 | 70
    """, value_bound=PRESSURE) == rows("""
        value | why
        120   | does not count alone
        70    | does not count alone
    """)


def test_only_the_last_day_is_told(run):
    assert misses(run, """
        410     | 1      | 11   | 1            | 2026-03-03 | 2026-03-03 | 152
        409     | 1      | 12   | 1            | 2026-04-04 | 2026-04-04 |
    """, value_bound=PRESSURE) == rows("""
        date       | value | why
        2026-04-04 |       | no value
    """)


def test_one_bound_for_the_whole_line(run):
    assert misses(run, """
        7       | 1      | 11   | 1            | 2026-03-03 | 2026-03-03 | 9.4
    """, value_bound='{"at_most": 9}', concepts="[7]") == rows("""
        value | why
        9.4   | value out of range
    """)


def test_without_a_bound_the_latest_of_all_concepts_is_told(run):
    assert misses(run, """
        410     | 1      | 11   | 1            | 2025-03-03 | 2025-03-03 |
        409     | 1      | 12   | 1            | 2024-04-04 | 2024-04-04 |
    """, from_date="2026-01-01") == rows("""
        date       | fact | why
        2025-03-03 | 11   | too early
    """)
