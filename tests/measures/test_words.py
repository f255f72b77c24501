"""Words of time in measures/words.sql on tables that one can check by eye; random ones are in test_words_random.py."""

import pytest
from drawn import rows


def test_base_events_need_all_bits_of_one_mask_and_none_forbidden(say):
    assert say("base_events('wanted', 'people')", wanted="""
        set | concept | masks  | forbidden
        5   | 7       | [1, 6] | [16]
        5   | 8       | [1, 6] | [16]
        6   | 8       | [2]    | []
    """, people="person\n1\n2", coded_event="""
        concept | person | fact | kinds
        7       | 1      | 10   | 1
        7       | 1      | 11   | 2
        7       | 1      | 14   | 17
        8       | 2      | 12   | 6
        9       | 2      | 13   | 7
    """) == rows("""
        set | person | unit | fact | kinds
        5   | 1      |      | 10   | 1
        5   | 2      |      | 12   | 6
        6   | 2      |      | 12   | 6
    """)


def test_base_events_lie_within_their_bounds(say):
    assert say("base_events('wanted', 'people')", wanted="""
        concept | masks | start_low  | latest_high | at_least | below | with_number
        7       | [1]   | 2026-01-01 | 2026-12-31  | 5        | 8     | T
    """, people="person\n1", coded_event="""
        concept | person | fact | kinds | start_date | end_date   | value | value_high
        7       | 1      | 10   | 1     | 2026-01-01 | infinity   | 5     | 5
        7       | 1      | 11   | 1     | 2025-12-31 | 2026-01-01 | 5     | 5
        7       | 1      | 12   | 1     | 2026-06-01 | 2027-01-01 | 5     | 5
        7       | 1      | 13   | 1     | 2026-06-01 | 2026-12-31 | 7     | 8
        7       | 1      | 14   | 1     | 2026-06-01 | 2026-12-31 |       |
        7       | 1      | 15   | 1     |            | 2026-12-31 | 6     | 6
    """) == rows("fact\n10")


def test_base_events_are_those_of_people_who_are_asked(say):
    assert say("base_events('wanted', 'people')", wanted="set | concept | masks | askers\n1 | 7 | [1] | 5\n2 | 7 | [1] | 6",
               people="person | askers\n1 | 1\n2 | 2\n3 | 4", coded_event="""
        concept | person | fact | kinds
        7       | 1      | 10   | 1
        7       | 2      | 20   | 1
        7       | 3      | 30   | 1
        7       | 4      | 40   | 1
    """) == rows("set | fact\n1 | 10\n1 | 30\n2 | 20\n2 | 30")


def test_base_events_within_days_of_life(say):
    assert say("base_events('wanted', 'people')", wanted="concept | masks | of_life | low_months | low_days | high_months | high_days\n7 | [1] | starts | 0 | 42 | 24 | 0",
               people="person | birth_date\n1 | 2024-01-01\n2 |", coded_event="""
        concept | person | fact | kinds | start_date
        7       | 1      | 10   | 1     | 2024-02-11
        7       | 1      | 11   | 1     | 2024-02-12
        7       | 1      | 12   | 1     | 2026-01-01
        7       | 1      | 13   | 1     | 2026-01-02
        7       | 2      | 20   | 1     | 2025-01-01
    """) == rows("fact\n11\n12")


def test_base_events_of_people_who_have_another(say):
    assert say("base_events('wanted', 'people')", wanted="concept | masks | near\n7 | [1] | 6", people="person | has\n1 | 1\n2 | 2\n3 | 5", coded_event="""
        concept | person | fact | kinds
        7       | 1      | 10   | 1
        7       | 2      | 20   | 1
        7       | 3      | 30   | 1
    """) == rows("fact\n20\n30")


@pytest.mark.parametrize("months, day", [("0, 42", "2024-02-12"), ("NULL, NULL", "infinity")])
def test_point_of_life(say, months, day):
    assert say(f"SELECT point_of_life(DATE '2024-01-01', {months}, DATE 'infinity') AS day") == rows(f"day\n{day}")


def test_holds(say):
    assert say("SELECT holds('starts', DATE '2026-01-01', NULL, NULL, NULL, DATE '2026-01-01', NULL, DATE '2026-01-02', NULL) AS answer") == rows("answer\nT")


def test_has_one(say):
    assert say("SELECT has_one(6, [1, 2]) AS two, has_one(6, [1, 8]) AS none, has_one(6, []) AS nothing") == rows("two | none | nothing\nT | F | F")


def test_a_death_is_an_event(say):
    assert say("deaths(3)", coded_person="""
        person | death_date
        1      | 2026-05-01
        2      |
    """) == rows("""
        set | person | start_date | end_date
        3   | 1      | 2026-05-01 | 2026-05-01
    """)


def test_who_is_covered_is_an_event_without_a_day(say):
    assert say("covered(3)", coded_person="""
        person | has_coverage
        1      | T
        2      | F
    """) == rows("""
        set | person | start_date
        3   | 1      |
    """)


@pytest.mark.parametrize("base, months, days, wanted", [
    ("2026-01-31", 1, 0, "2026-02-28"),     # a month too short gives its last day
    ("2026-01-31", 1, 1, "2026-03-01"),     # months before days
    ("2024-02-29", 24, 0, "2026-02-28"),
    ("2026-12-31", -24, 0, "2024-12-31"),
    ("2026-03-31", -1, -1, "2026-02-27"),
    ("infinity", -1, 5, "infinity"),
    ("-infinity", 12, 0, "-infinity"),
])
def test_point(say, base, months, days, wanted):
    assert say(f"SELECT point(DATE '{base}', {months}, {days}) AS day") == rows(f"""
        day
        {wanted}
    """)


@pytest.mark.parametrize("birth, day, age", [
    ("1980-12-31", "2026-12-31", 46),
    ("1981-01-01", "2026-12-31", 45),
    ("2004-02-29", "2026-02-28", 21),       # 29 February: a year older on 1 March
    ("2004-02-29", "2026-03-01", 22),
    ("2004-02-29", "2024-02-29", 20),
])
def test_age_on(say, birth, day, age):
    assert say(f"SELECT age_on(DATE '{birth}', DATE '{day}') AS age") == rows(f"""
        age
        {age}
    """)


@pytest.mark.parametrize("start, end, wanted", [
    ("2026-03-01", "2026-03-05", "2026-03-05"), ("2026-03-01", "infinity", "2026-03-01"), ("2026-03-01", None, "2026-03-01")])
def test_latest_date_is_the_end_where_there_is_one(say, start, end, wanted):
    ending = f"DATE '{end}'" if end else "NULL::DATE"
    assert say(f"SELECT latest_date(DATE '{start}', {ending}) AS day") == rows(f"day\n{wanted}")
    assert say(f"SELECT latest_at({ending}, TIMESTAMP '2026-03-01 09:00', TIMESTAMP '2026-03-05 17:00') AS moment") == rows(
        "moment\n2026-03-05 17:00:00" if end == "2026-03-05" else "moment\n2026-03-01 09:00:00")


@pytest.mark.parametrize("a, b, wanted", [
    ("2026-03-01 09:00", "2026-03-01 09:00", "T"), ("2026-03-01 10:00", "2026-03-01 09:00", "F"), ("2026-03-01", "2026-03-02", "T"),
    ("2026-03-01", "2026-03-01 09:00", ""), ("2026-03-01", "2026-03-01", "")])
def test_on_one_day_only_instants_can_tell(say, a, b, wanted):
    moments = [f"DATE '{text[:10]}', " + (f"TIMESTAMP '{text}'" if ":" in text else "NULL::TIMESTAMP") for text in (a, b)]
    [answer] = say(f"SELECT not_after({', '.join(moments)}) AS answer")
    assert answer["answer"] is {"T": True, "F": False, "": None}[wanted]


def test_window_fixed(say):
    assert say("window_fixed('event', '2026-01-01', '2026-12-31')", event="""
        fact | start_date
        1    | 2026-03-01
    """) == rows("""
        fact | low        | high       | low_at
        1    | 2026-01-01 | 2026-12-31 |
    """)


def test_window_of_life(say):
    assert say("window_of_life('event', 0, 42, 24, 0)", event="""
        person | fact
        1      | 1
        2      | 2
        3      | 3
    """, coded_person="""
        person | birth_date
        1      | 2024-03-01
        2      | 2024-02-29
        3      |
    """) == rows("""
        fact | low        | high
        1    | 2024-04-12 | 2026-03-01
        2    | 2024-04-11 | 2026-02-28
        3    |            |
    """)


def test_window_of_life_with_an_open_side(say):
    assert say("window_of_life('event', NULL, NULL, 24, 0)", event="""
        fact
        1
    """, coded_person="""
        person | birth_date
        1      | 2024-03-01
    """) == rows("""
        fact | low       | high
        1    | -infinity | 2026-03-01
    """)


def test_window_of_events_hangs_on_each_anchor(say):
    assert say("window_of_events('event', 'anchor', 'start', NULL, 0, -60, 'latest', NULL, 1, 0)", event="""
        fact | unit
        1    |
    """, anchor="""
        fact | unit | start_date | end_date   | start_at         | end_at
        7    | 70   | 2026-03-02 | 2026-03-31 | 2026-03-02 09:00 | 2026-03-31 17:00
        8    | 80   | 2026-06-01 | infinity   |                  | infinity
    """) == rows("""
        fact | unit | anchor | low        | high       | low_at              | high_at
        1    | 70   | 7      | 2026-01-01 | 2026-04-30 | 2026-01-01 09:00:00 | 2026-04-30 17:00:00
        1    | 80   | 8      | 2026-04-02 | 2026-07-01 |                     |
    """)


def test_window_of_events_of_another_unit_or_person_is_none(say):
    assert say("window_of_events('event', 'anchor', 'end', NULL, 0, 0, 'day', '2026-12-31', 0, 0)", event="""
        person | fact | unit
        1      | 1    | 70
        2      | 2    |
    """, anchor="""
        person | fact | unit | start_date | end_date
        1      | 7    | 70   | 2026-03-01 | 2026-03-05
        1      | 8    | 80   | 2026-06-01 | 2026-06-01
    """) == rows("""
        fact | unit | anchor | low        | high
        1    | 70   | 7      | 2026-03-05 | 2026-12-31
    """)


SPANS = """
    fact | start_date | end_date   | low        | high
    1    | 2026-01-01 | 2026-01-01 | 2026-01-01 | 2026-01-31
    2    | 2025-12-31 | 2026-01-01 | 2026-01-01 | 2026-01-31
    3    | 2026-01-31 | 2026-02-01 | 2026-01-01 | 2026-01-31
    4    | 2025-12-31 | 2026-02-01 | 2026-01-01 | 2026-01-31
    5    | 2026-01-10 | infinity   | 2026-01-01 | 2026-01-31
    6    | -infinity  | 2026-01-10 | 2026-01-01 | 2026-01-31
    7    | 2026-01-10 |            | 2026-01-01 | 2026-01-31
    8    | 2025-12-31 | 2025-12-31 | 2026-01-01 | 2026-01-31
    9    | 2026-02-01 | 2026-02-01 | 2026-01-01 | 2026-01-31
"""


@pytest.mark.parametrize("test, wanted", [
    ("starts", [1, 3, 5, 7]), ("ends", [1, 2, 6]), ("latest", [1, 2, 5, 6, 7]), ("during", [1]), ("overlaps", [1, 2, 3, 4, 5, 6]),
    ("overlaps_after", [3, 4, 5]), ("overlaps_before", [2, 4, 6])])
def test_tests_by_the_day(say, test, wanted):
    assert sorted(row["fact"] for row in say(f"tested('windowed', '{test}')", windowed=SPANS)) == wanted


MOMENTS = """
    fact | start_date | start_at         | end_date   | end_at           | low        | low_at           | high       | high_at
    1    | 2026-01-05 | 2026-01-05 09:00 | 2026-01-05 | 2026-01-05 10:00 | 2026-01-05 | 2026-01-05 09:00 | 2026-01-05 | 2026-01-05 10:00
    2    | 2026-01-05 | 2026-01-05 08:59 | 2026-01-05 | 2026-01-05 10:00 | 2026-01-05 | 2026-01-05 09:00 | 2026-01-05 | 2026-01-05 10:00
    3    | 2026-01-05 | 2026-01-05 09:30 | 2026-01-05 | 2026-01-05 10:01 | 2026-01-05 | 2026-01-05 09:00 | 2026-01-05 | 2026-01-05 10:00
    4    | 2026-01-05 |                  | 2026-01-05 |                  | 2026-01-05 | 2026-01-05 09:00 | 2026-01-05 | 2026-01-05 10:00
    5    | 2026-01-05 |                  | 2026-01-05 |                  | 2026-01-04 |                  | 2026-01-06 |
"""


@pytest.mark.parametrize("test, wanted", [
    ("exactly_starts", [1, 3, 5]), ("exactly_ends", [1, 2, 5]), ("exactly_during", [1, 5]), ("exactly_overlaps", [1, 2, 3, 5])])
def test_tests_by_the_instant(say, test, wanted):
    assert sorted(row["fact"] for row in say(f"tested('windowed', '{test}')", windowed=MOMENTS)) == wanted


