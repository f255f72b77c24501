"""Every word of measures/words.sql on tables that one can check by eye; random ones are in test_words_random.py."""

import re

import drawn
import pytest
from drawn import rows

from dashboard import database
from dashboard.build import macros, sql
from dashboard.settings import MEASURES

EVENT = """person:INTEGER unit:BIGINT anchor:BIGINT fact:BIGINT kinds:BIGINT start_date:DATE end_date:DATE start_at:TIMESTAMP end_at:TIMESTAMP value:DOUBLE
    value_high:DOUBLE encounter:BIGINT panel:BIGINT"""
SETS = {"event", "anchor", "found", "windowed"}


@pytest.fixture(scope="module")
def tried():
    """Names of the words that some test of this file has called."""
    return set()


@pytest.fixture
def say(tried):
    """say("first_of('event')", event="...") == rows("..."): a word over drawn sets; end and instants default to the start, value_high to value."""
    def run(call: str, **tables: str):
        tried.update(re.findall(r"\b[a-z_]+(?=\()", call))
        connection = database.connect(threads=1)
        macros.prepare(connection)
        for name in drawn._known():
            if name.startswith("coded."):
                drawn.create_empty(connection, name, drawn._known()[name])
        for name, text in tables.items():
            _create(connection, name, text)
        sql.script(connection, MEASURES / "words.sql")
        result = connection.execute(f"FROM {call}" if "SELECT" not in call else call)
        return drawn.Rows([d[0] for d in result.description], result.fetchall(), [str(d[1]) for d in result.description])
    return run


def _create(connection, name: str, text: str) -> None:
    """A drawn set with all columns of events; relations of coded under their own name with coded_ before it."""
    if name.startswith("coded_"):
        drawn.create(connection, name.replace("_", ".", 1), text)
        return
    drawing = rows(text)
    types = dict(part.split(":") for part in EVENT.split())
    types |= {"low": "DATE", "high": "DATE", "low_at": "TIMESTAMP", "high_at": "TIMESTAMP"} if "low" in drawing.columns else {}
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column} {kind}' for column, kind in types.items())})")
    for cells in drawing.cells:
        said = {"person": "1", "kinds": "1", **dict(zip(drawing.columns, cells, strict=True))}
        said = {"end_date": said.get("start_date"), "end_at": said.get("start_at"), "value_high": said.get("value"), **said}
        line = ", ".join(f"CAST(CAST(? AS VARCHAR) AS {types[column]})" for column in said)
        connection.execute(f"INSERT INTO {name} ({', '.join(said)}) SELECT {line}", [said[column] for column in said])


def test_base_events_need_all_bits_of_one_mask(say):
    assert say("base_events([7, 8], [1, 6])", coded_event="""
        concept | person | fact | kinds
        7       | 1      | 10   | 1
        7       | 1      | 11   | 2
        8       | 2      | 12   | 6
        9       | 2      | 13   | 7
    """) == rows("""
        person | unit | fact | kinds
        1      |      | 10   | 1
        2      |      | 12   | 6
    """)


def test_a_death_is_an_event(say):
    assert say("deaths()", coded_person="""
        person | death_date
        1      | 2026-05-01
        2      |
    """) == rows("""
        person | start_date | end_date
        1      | 2026-05-01 | 2026-05-01
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
    assert sorted(row["fact"] for row in say(f"{test}('windowed')", windowed=SPANS)) == wanted


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
    assert sorted(row["fact"] for row in say(f"{test}('windowed')", windowed=MOMENTS)) == wanted


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


def test_attributed(say):
    tables = {"event": "fact\n1\n2\n3", "coded_attribute": """
        person | fact | aspect | concept
        1      | 1    | value  | 7
        1      | 2    | reason | 7
    """}
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


def test_every_word_has_an_example(tried):
    """Runs last: what no test of this file has called has no example. A test of time calls the condition of its name (`starts_within`)."""
    words = re.findall(r'^CREATE OR REPLACE MACRO "?(\w+)"?\(', (MEASURES / "words.sql").read_text(), re.MULTILINE)
    assert [word for word in words if word not in tried and word.removesuffix("_within") not in tried] == []
