"""The other words of measures: links, what events say, picks, covered days, enrolment. Runs after test_words.py."""

import re
from pathlib import Path

import pytest
from drawn import rows

from dashboard.build import macros
from dashboard.measures.run import WORDS
from dashboard.settings import MEASURES

LINKABLE = """
    fact | unit | encounter | panel | start_date | start_at
    1    |      | 5         | 9     | 2026-01-05 | 2026-01-05 09:00
    2    | 70   | 5         |       | 2026-01-05 | 2026-01-05 10:00
    3    | 80   | 5         |       | 2026-01-04 |
    4    |      |           | 9     | 2026-01-06 |
"""
ANCHORS = """
    fact | unit | encounter | panel | start_date | start_at
    2    | 70   | 5         | 9     | 2026-01-05 | 2026-01-05 10:00
"""


@pytest.mark.parametrize("word, wanted", [
    ("linked", [1, 2]), ("same_panel", [1, 4]), ("same_fact", [2]), ("other_than", [1, 4]), ("exactly_before", [1])])
def test_links_stay_within_a_unit(say, word, wanted):
    found = list(say(f"{word}('event', 'anchor')", event=LINKABLE, anchor=ANCHORS))
    assert sorted(row["fact"] for row in found) == wanted
    assert {row["unit"] for row in found} <= {70} and {row["anchor"] for row in found} == {2}


def test_kept_and_dropped(say):
    tables = {"event": "person | fact\n1 | 1\n1 | 2\n2 | 3", "found": "person | fact | anchor\n1 | 9 | 1\n1 | 8 |"}
    assert say("kept('event', 'found')", **tables) == rows("fact\n1")
    assert say("dropped('event', 'found')", **tables) == rows("fact\n2\n3")


def test_kept_and_dropped_within_a_unit(say):
    tables = {"event": "person | fact | unit\n1 | 1 | 70\n1 | 1 | 71\n1 | 2 |", "found": "person | fact | anchor | unit\n1 | 9 | 1 | 70\n1 | 9 | 2 | 70"}
    assert say("kept('event', 'found')", **tables) == rows("fact | unit\n1 | 70\n2 |")
    assert say("dropped('event', 'found')", **tables) == rows("fact | unit\n1 | 71")


def test_spaced_events(say):
    event = """
        person | fact | start_date
        1      | 1    | 2026-01-01
        1      | 2    | 2026-01-01
        1      | 3    | 2026-01-21
        1      | 4    | 2026-02-10
        2      | 5    | 2026-01-21
    """
    assert say("spaced('event', 31)", event=event) == rows("fact\n1\n4\n5")
    assert say("spaced('event', 20)", event=event) == rows("fact\n1\n3\n4\n5")
    assert say("spaced('event', 21)", event=event) == rows("fact\n1\n4\n5")


def test_attributed(say):
    tables = {"event": "fact\n1\n2\n3", "coded_attribute": """
        person | fact | aspect | concept
        1      | 1    | value  | 7
        1      | 2    | reason | 7
    """}
    assert say("SELECT said[2] AS fact FROM attributes_of('event', 'value', [7, 8])", **tables) == rows("fact\n1")
    assert say("attributed('event', 'value', [7, 8])", **tables) == rows("fact\n1")
    assert say("unattributed('event', 'value', [7, 8])", **tables) == rows("fact\n2\n3")


def test_bits(say):
    event = "fact | kinds\n1 | 1\n2 | 3\n3 | 4"
    assert say("with_bits('event', [3, 4])", event=event) == rows("fact\n2\n3")
    assert say("without_bits('event', [3, 4])", event=event) == rows("fact\n1")


@pytest.mark.parametrize("bounds, wanted", [
    ("NULL, NULL, 9, NULL", [1, 4]), ("NULL, NULL, NULL, 9", [1, 2, 4]), ("NULL, 9, NULL, NULL", [3, 5]), ("9, NULL, NULL, NULL", [2, 3, 5])])
def test_a_number_must_surely_lie_within_the_bounds(say, bounds, wanted):
    found = say(f"valued('event', {bounds})", event="""
        fact | value     | value_high
        1    | 8.9       | 8.9
        2    | 9         | 9
        3    | 9.1       | 9.1
        4    | -infinity | 5.7
        5    | 14.1      | infinity
        6    |           |
    """)
    assert sorted(row["fact"] for row in found) == wanted


def test_again_below(say):
    assert say("again_below('event', 50)", event="""
        fact | start_date | value
        1    | 2026-01-01 | 49
        2    | 2026-01-02 | 50
        3    | 2026-01-03 | 48
        4    | 2026-01-04 | 47
    """) == rows("fact\n4")


def test_aged_then(say):
    assert say("aged_then('event', 30, NULL)", event="""
        fact | start_date
        1    | 2025-05-31
        2    | 2025-06-01
        3    |
    """, coded_person="person | birth_date\n1 | 1995-06-01") == rows("fact\n2")


def test_of_any_unit(say):
    assert say("of_any_unit('event')", event="fact | unit\n1 | 70") == rows("fact | unit\n1 |")


PICKABLE = """
    person | unit | fact | start_date | end_date   | start_at         | value
    1      |      | 1    | 2026-01-05 | 2026-01-05 | 2026-01-05 10:00 | 7
    1      |      | 2    | 2026-01-05 | 2026-01-05 | 2026-01-05 09:00 | 8
    1      |      | 3    | 2026-01-05 | 2026-01-05 |                  | 6
    1      |      | 4    |            | 2026-01-09 |                  |
    2      | 70   | 5    | 2026-01-01 | 2026-01-31 |                  | 5
    2      | 80   | 6    | 2026-01-02 | infinity   |                  | 5
    2      | 80   | 7    | 2026-01-01 | 2026-01-02 |                  | 4
"""


@pytest.mark.parametrize("word, wanted", [("first_of", [2, 5, 7]), ("last_of", [1, 5, 6]), ("last_day_of", [1, 2, 3, 5, 6, 7]), ("lowest_of", [4, 5, 7])])
def test_picks_of_each_person_and_unit(say, word, wanted):
    assert sorted(row["fact"] for row in say(f"{word}('event')", event=PICKABLE)) == wanted


def test_units_are_named_by_their_moment_and_not_by_a_claim(say):
    drawing = "fact | start_date | encounter\n{} | 2026-01-05 | {}\n{} | 2026-02-05 | {}"
    first = list(say("as_units('event', 'visit')", event=drawing.format(1, 5, 2, 6)))
    later = list(say("as_units('event', 'visit')", event=drawing.format(8, 50, 9, 60)))
    assert [row["unit"] for row in first] == [row["unit"] for row in later]
    assert len({row["unit"] for row in first}) == 2


def test_merged_days_count_overlaps_once(say):
    assert say("merged_days('windowed')", windowed="""
        person | fact | start_date | end_date   | low        | high
        1      | 1    | 2025-12-25 | 2026-01-03 | 2026-01-01 | 2026-01-31
        1      | 2    | 2026-01-02 | 2026-01-05 | 2026-01-01 | 2026-01-31
        1      | 3    | 2026-01-30 | 2026-02-20 | 2026-01-01 | 2026-01-31
        2      | 4    | 2026-03-01 | 2026-03-30 | 2026-01-01 | 2026-01-31
    """) == rows("""
        person | days | window_days | on_date    | fact
        1      | 7    | 31          | 2026-01-31 | 3
    """)


@pytest.mark.parametrize("days, apart, wanted", [
    ("'2026-01-01', '2026-01-14', '2026-01-15', '2026-01-29'", 14, 3), ("'2026-01-01', '2026-01-01'", 0, 1), ("'2026-01-01', NULL", 14, 1), ("NULL", 14, 0)])
def test_spaced_count_takes_the_earliest_first(say, days, apart, wanted):
    assert say(f"SELECT spaced_count([{days}]::DATE[], {apart}) AS n") == rows(f"n\n{wanted}")


def test_spaced_days(say):
    assert say("SELECT spaced_days(['2026-01-21', '2026-01-01', '2026-02-10']::DATE[], 31) AS days") == rows("days\n['2026-01-01', '2026-02-10']")


def test_daily_amount(say):
    assert say("daily_amount('event')", event="""
        fact | kinds    | value
        1    | {ordered} | 30
        1    | {quantity} | 60
        2    | {ordered} | 30
    """.format(**{k: v for k, v in macros.kind_bits().items() if k in ("ordered", "quantity")})) == rows("fact | value\n1 | 2")


def test_rolled_out_shifts_to_the_day_after_and_keeps_the_length(say):
    assert say("rolled_out('event')", event="""
        person | fact | start_date | end_date
        1      | 1    | 2026-01-01 | 2026-01-30
        1      | 2    | 2026-01-21 | 2026-02-19
        1      | 3    | 2026-04-01 | 2026-04-30
        2      | 4    | 2026-01-21 | 2026-02-19
        2      | 5    |            |
    """) == rows("""
        fact | start_date | end_date
        1    | 2026-01-01 | 2026-01-30
        2    | 2026-01-31 | 2026-03-01
        3    | 2026-04-01 | 2026-04-30
        4    | 2026-01-21 | 2026-02-19
    """)


@pytest.mark.parametrize("spans, wanted", [
    (["2025-01-01..infinity"], True),
    (["2025-02-15..infinity"], True),                                # 45 days
    (["2025-02-16..infinity"], False),                               # 46 days
    (["2025-01-01..2025-03-31", "2025-04-10..2025-06-30", "2025-07-10..infinity"], False),     # two gaps
    (["2025-01-01..2025-12-30"], False),                             # not on the last day
    (["2024-01-01..2025-06-30", "2025-06-15..2025-12-31"], True),    # overlapping spans leave no gap
])
def test_enrolled(say, spans, wanted):
    lines = "\n".join(f"1 | 5 | {low} | {high} | T" for low, high in (span.split("..") for span in spans))
    found = say("enrolled('windowed', 45, 1, 'high', ['medical'])", windowed="low | high\n2025-01-01 | 2025-12-31",
                coded_coverage=f"person | contract | start_date | end_date | benefit_medical\n{lines}")
    assert [row["contract"] for row in found] == ([5] if wanted else [])


@pytest.mark.parametrize("first_day, wanted", [("2024-02-15", True), ("2024-02-16", False), ("2024-06-01", False)])
def test_who_is_asked_about_several_windows_is_enrolled_in_each(say, first_day, wanted):
    """Coverage over the whole second window does not make up for the first, of which 45 days may be missing."""
    found = say("enrolled('windowed', 45, 1, 'high', ['medical'])", windowed="low | high\n2024-01-01 | 2024-08-31\n2025-01-01 | 2025-12-31",
                coded_coverage=f"person | contract | start_date | end_date | benefit_medical\n1 | 5 | {first_day} | infinity | T")
    assert [row["contract"] for row in found] == ([5] if wanted else [])


FOUND = """
    set | person | unit | fact | start_date | end_date   | value
    1   | 1      |      | 1    | 2026-01-01 | 2026-01-05 | 3
    1   | 1      |      | 2    | 2026-01-05 | 2026-01-05 | 4
    1   | 1      |      | 3    | 2026-01-01 | infinity   |
    1   | 1      |      | 2    | 2026-01-05 | 2026-01-05 | 4
    1   | 2      | 70   | 4    | 2026-02-01 | 2026-02-01 | 5
    2   | 1      |      | 5    | 2026-03-01 | 2026-03-01 | 6
"""


@pytest.mark.parametrize("word, amounts", [("latest", "1, 1, 1"), ("counted_days", "2, 1, 1"), ("counted_facts", "3, 1, 1"), ("total", "7, 5, 6")])
def test_the_latest_event_of_each_set_person_and_unit(say, word, amounts):
    first, second, third = amounts.split(", ")
    assert say(f"{word}('event')", event=FOUND) == rows(f"""
        set | person | unit | on_date    | value | fact | amount
        1   | 1      |      | 2026-01-05 | 4     | 2    | {first}
        1   | 2      | 70   | 2026-02-01 | 5     | 4    | {second}
        2   | 1      |      | 2026-03-01 | 6     | 5    | {third}
    """)


def test_any_amount_beside_the_latest_event(say):
    assert say("latest_of('event', min(value))", event="fact | start_date | value\n1 | 2026-01-05 | 3\n2 | 2026-01-06 | 4") == rows("fact | amount\n2 | 3")


def test_all_days(say):
    [found] = say("all_days('event')", event="fact | start_date\n1 | 2026-01-05\n2 | 2026-01-05")
    assert [str(day) for day in found["amount"]] == ["2026-01-05", "2026-01-05"]


def test_flagged_coverage_shares_a_day_with_the_period(say):
    assert say("flagged('flags')", flags="leaf | flag | low_day | high_day\n8 | hospice | 2026-01-01 | 2026-12-31", coded_coverage="""
        person | contract | start_date | end_date   | hospice | institutional_snp
        1      | 5        | 2025-01-01 | 2026-01-01 | T       | F
        1      | 5        | 2026-03-01 | infinity   | T       | F
        2      | 5        | 2025-01-01 | 2025-12-31 | T       | F
        3      | 6        | 2026-01-01 | 2026-12-31 | F       | T
    """) == rows("leaf | person | contract\n8 | 1 | 5")


@pytest.mark.parametrize("word, wanted", [("first_of", [(1, 1), (2, 2)]), ("last_of", [(1, 2), (2, 3)]), ("last_day_of", [(1, 2), (2, 3)]),
                                          ("rolled_out", [(1, 1), (1, 2), (2, 2), (2, 3)])])
def test_sets_do_not_touch_each_other(say, word, wanted):
    found = say(f"{word}('event')", event="""
        set | fact | start_date
        1   | 1    | 2026-01-01
        1   | 2    | 2026-01-02
        2   | 2    | 2026-01-02
        2   | 3    | 2026-01-03
    """)
    assert sorted((row["set"], row["fact"]) for row in found) == wanted


@pytest.mark.parametrize("word", ["linked", "same_panel", "same_fact", "exactly_before"])
def test_sets_are_linked_with_those_of_their_number(say, word):
    event = "set | fact | encounter | panel | start_date\n1 | 1 | 5 | 5 | 2026-01-01\n2 | 1 | 5 | 5 | 2026-01-01"
    assert say(f"{word}('event', 'anchor')", event=event, anchor="set | fact | encounter | panel | start_date\n2 | 1 | 5 | 5 | 2026-01-02") == \
        (rows("set\n2"))


def test_arguments_may_be_columns_so_that_each_set_is_asked_its_own(say):
    found = say("WITH asked AS (SELECT *, [100.0, 200.0][set] AS low FROM event) SELECT set, fact FROM valued('asked', low, NULL, NULL, NULL)",
                event="set | fact | value\n1 | 1 | 150\n2 | 2 | 150")
    assert [(row["set"], row["fact"]) for row in found] == [(1, 1)]


def test_a_comparison_is_bounded_only_where_there_is_a_bound(say):
    found = say("SELECT fact, bounded(value >= low, low) AS holds FROM (VALUES (1, 5, 4), (2, 3, 4), (3, NULL, 4), (4, NULL, NULL), (5, 3, NULL)) "
                "AS event(fact, value, low)")
    assert {row["fact"]: row["holds"] for row in found} == {1: True, 2: False, 3: False, 4: True, 5: True}


def test_every_word_has_an_example():
    """A word is called in the text of a test, or named there for a test of several."""
    tests = "".join((Path(__file__).parent / name).read_text() for name in ("test_words.py", "test_words_of_facts.py"))
    tried = set(re.findall(r"""["( ]([a-z_]+)["(]""", tests))
    words = re.findall(r'^CREATE OR REPLACE MACRO (\w+)\(', "".join((MEASURES / name).read_text() for name in WORDS), re.MULTILINE)
    assert [word for word in words if word not in tried] == []
