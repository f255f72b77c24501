"""The words against the oracle on random histories: unknown, open, by the day and by the minute."""

from math import inf

import histories as h
import oracle as o
import oracle_days as d
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import database
from dashboard.build import macros
from dashboard.measures.batches import WANTED
from dashboard.measures.run import read_words
from dashboard.measures.sets import BOUNDS_OF
from dashboard.settings import MEASURES

TESTS = ("starts", "ends", "latest", "during", "overlaps", "overlaps_after", "overlaps_before", "exactly_starts", "exactly_ends", "exactly_during",
         "exactly_overlaps")
quick = settings(max_examples=40, deadline=None, derandomize=True)
births = st.sampled_from([o.day(2020, 2, 29), o.day(2008, 2, 28), o.day(2012, 3, 1), o.day(2023, 8, 31), None])


@pytest.fixture(scope="module")
def words():
    connection = database.connect(threads=1)
    macros.prepare(connection)
    for text in ("coded.event (concept SMALLINT, " + ", ".join(f"{c} {k}" for c, k in h.TYPES.items() if c not in ("unit", "anchor")) + ")",
                 "coded.attribute (person INTEGER, fact BIGINT, aspect VARCHAR, concept SMALLINT)",
                 "coded.person (person INTEGER, birth_date DATE, death_date DATE, death_at TIMESTAMP, has_coverage BOOLEAN)",
                 "coded.coverage (person INTEGER, contract INTEGER, start_date DATE, end_date DATE, benefit_medical BOOLEAN, benefit_pharmacy BOOLEAN,"
                 " benefit_mental_health BOOLEAN, benefit_chemical_dependency BOOLEAN, hospice BOOLEAN, institutional_snp BOOLEAN,"
                 " long_term_institutional BOOLEAN)"):
        connection.execute(f"CREATE TABLE {text}")
    read_words(connection, MEASURES)
    return connection


def people(connection, born: dict) -> None:
    connection.execute("DELETE FROM coded.person")
    for person, birth in born.items():
        connection.execute("INSERT INTO coded.person VALUES (?, ?, NULL, NULL, false)", [person, h.day_text(birth)])


def same(connection, query: str, wanted: list[o.Event]) -> None:
    assert h.answer(connection, query) == h.expected(wanted), query


@quick
@given(h.histories(), st.integers(0, 12), st.integers(0, 12))
def test_fixed_windows(words, events, low, high):
    h.put_events(words, "e", events)
    window = o.Window(h.FIRST + low, h.FIRST + high)
    h.put(words, "w", [], {"x": "INT"})
    words.execute(f"CREATE OR REPLACE TEMP TABLE w AS FROM window_fixed('e', DATE '{h.day_text(window.low)}', DATE '{h.day_text(window.high)}')")
    for test in TESTS:
        same(words, f"FROM tested('w', '{test}')", [e for e in events if o.holds(test, e, window)])


@quick
@given(h.histories(), births, births, st.none() | st.tuples(st.integers(0, 240), st.integers(-40, 40)),
       st.none() | st.tuples(st.integers(0, 240), st.integers(-40, 40)))
def test_windows_of_life(words, events, first, second, low, high):
    born = {1: first, 2: second}
    people(words, born)
    h.put_events(words, "e", events)
    sides = ", ".join(str(n) for side in (low, high) for n in (side or ("NULL", "NULL")))
    words.execute(f"CREATE OR REPLACE TEMP TABLE w AS FROM window_of_life('e', {sides})")
    for test in TESTS[:7]:
        same(words, f"FROM tested('w', '{test}')", [e for e in events if o.holds(test, e, o.window_of_life(born[e.person], low, high))])


sides = st.tuples(st.sampled_from(["start", "end", "latest"]), st.integers(-13, 13), st.integers(-9, 9)) | st.tuples(
    st.just("day"), st.integers(0, 12).map(lambda d: h.FIRST + d))


@quick
@given(h.histories(5, units=True), h.histories(4, units=True, first_fact=4), sides, sides)
def test_windows_of_events(words, events, anchors, low, high):
    h.put_events(words, "e", events)
    h.put_events(words, "a", anchors)
    arguments = []
    for side, *rest in (low, high):
        arguments.append(f"'day', DATE '{h.day_text(rest[0])}', 0, 0" if side == "day" else f"'{side}', NULL, {rest[0]}, {rest[1]}")
    words.execute(f"CREATE OR REPLACE TEMP TABLE w AS FROM window_of_events('e', 'a', {', '.join(arguments)})")
    for test in TESTS:
        same(words, f"FROM tested('w', '{test}')", o.windowed(events, anchors, low, high, test))


@quick
@given(h.histories(6, units=True), h.histories(5, units=True, first_fact=4))
def test_links(words, events, anchors):
    h.put_events(words, "e", events)
    h.put_events(words, "a", anchors)
    for word in ("linked", "same_panel", "same_fact", "other_than", "exactly_before"):
        found = getattr(o, word)(events, anchors)
        same(words, f"FROM {word}('e', 'a')", found)
        words.execute(f"CREATE OR REPLACE TEMP TABLE f AS FROM {word}('e', 'a')")
        same(words, "FROM kept('a', 'f')", o.kept(anchors, found))
        same(words, "FROM dropped('a', 'f')", o.dropped(anchors, found))


@quick
@given(h.histories(7, units=True))
def test_picks(words, events):
    h.put_events(words, "e", events)
    for word in ("first_of", "last_of", "last_day_of", "lowest_of"):
        same(words, f"FROM {word}('e')", getattr(o, word)(events))


bounds = st.none() | st.sampled_from([5, 6, 7, 8])


@quick
@given(h.histories(), bounds, bounds, bounds, bounds, births, st.none() | st.integers(0, 16), st.none() | st.integers(0, 16),
       st.lists(st.integers(0, 7), min_size=1, max_size=2))
def test_what_events_say(words, events, at_least, above, below, at_most, birth, from_age, to_age, masks):
    people(words, {1: birth, 2: o.day(2020, 2, 29)})
    h.put_events(words, "e", events)
    text = ["NULL" if bound is None else str(bound) for bound in (at_least, above, below, at_most, from_age, to_age)]
    same(words, f"FROM valued('e', {', '.join(text[:4])})", o.valued(events, at_least, above, below, at_most))
    same(words, f"FROM aged_then('e', {text[4]}, {text[5]})", o.aged_then(events, {1: birth, 2: o.day(2020, 2, 29)}, from_age, to_age))
    kept = o.with_bits(events, masks)
    same(words, f"FROM with_bits('e', {masks})", kept)
    same(words, f"FROM without_bits('e', {masks})", [e for e in events if e not in kept])
    if below is not None:
        same(words, f"FROM again_below('e', {below})", o.again_below(events, below))


@quick
@given(h.histories(), st.lists(st.integers(1, 3), min_size=1, max_size=2), st.lists(st.integers(0, 7), min_size=1, max_size=2))
def test_base_events(words, events, concepts, masks):
    words.execute("DELETE FROM coded.event")
    for event in events:
        columns = [value for column, value in zip(h.COLUMNS, h.row(event), strict=True) if column not in ("unit", "anchor")]
        words.execute("INSERT INTO coded.event VALUES (" + ", ".join("?" * 12) + ")", [event.concept, *columns])
    words.execute("CREATE OR REPLACE TEMP TABLE people AS SELECT unnest([1, 2]) AS person, 1 AS askers, NULL::DATE AS birth_date, 0::HUGEINT AS has")
    words.execute(f"CREATE OR REPLACE TEMP TABLE wanted ({', '.join(f'{name} {kind}' for name, kind in WANTED.items())})")
    for concept in set(concepts):
        words.execute("INSERT INTO wanted (set, concept, askers, masks, forbidden, with_number) VALUES (1, ?, 1, ?, [], false)", [concept, masks])
    same(words, "FROM base_events('wanted', 'people')", [e for e in o.with_bits(events, masks) if e.concept in concepts])


@quick
@given(h.histories(), st.integers(0, 12), st.integers(0, 12), st.integers(0, 7), st.integers(0, 7))
def test_bounds_of_a_base_are_the_tests_of_a_fixed_window(words, events, low, high, mask, forbidden):
    words.execute("DELETE FROM coded.event")
    for event in events:
        columns = [value for column, value in zip(h.COLUMNS, h.row(event), strict=True) if column not in ("unit", "anchor")]
        words.execute("INSERT INTO coded.event VALUES (" + ", ".join("?" * 12) + ")", [event.concept, *columns])
    words.execute("CREATE OR REPLACE TEMP TABLE people AS SELECT unnest([1, 2]) AS person, 1 AS askers, NULL::DATE AS birth_date, 0::HUGEINT AS has")
    window = o.Window(h.FIRST + low, h.FIRST + high)
    wanted = [e for e in o.with_bits(events, [mask]) if e not in o.with_bits(events, [forbidden])]
    for test, bounds in BOUNDS_OF.items():
        words.execute(f"CREATE OR REPLACE TEMP TABLE wanted ({', '.join(f'{name} {kind}' for name, kind in WANTED.items())})")
        names, days = [name for name, _ in bounds], [h.day_text((window.low, window.high)[which]) for _, which in bounds]
        words.execute(f"INSERT INTO wanted (set, concept, askers, masks, forbidden, with_number, {', '.join(names)}) "
                      f"SELECT 1, unnest([1, 2, 3]), 1, [?], [?], false, {', '.join('?' * len(days))}", [mask, forbidden, *days])
        same(words, "FROM base_events('wanted', 'people')", [e for e in wanted if o.holds(test, e, window)])


@quick
@given(h.histories(7, units=True), st.integers(0, 12), st.integers(0, 12), st.integers(0, 6))
def test_days(words, events, low, high, apart):
    h.put_events(words, "e", events)
    window = o.Window(h.FIRST + low, h.FIRST + high)
    words.execute(f"CREATE OR REPLACE TEMP TABLE w AS FROM window_fixed('e', DATE '{h.day_text(window.low)}', DATE '{h.day_text(window.high)}')")
    found = words.execute("SELECT person, unit, days FROM merged_days('w')").fetchall()
    assert {(p, u): days for p, u, days in found} == d.merged_days([(e, window) for e in events])
    same(words, "FROM rolled_out('e')", d.rolled_out(events))
    found = words.execute(f"SELECT person, spaced_count(list(start_date), {apart}) FROM e WHERE isfinite(start_date) GROUP BY person").fetchall()
    starts = {p: [e.start for e in events if e.person == p and e.start not in (None, -inf)] for p in (1, 2)}
    assert dict(found) == {p: d.spaced_count(days, apart) for p, days in starts.items() if days}


spans = st.tuples(st.integers(1, 2), st.integers(0, 800), st.integers(0, 500) | st.just(None), st.booleans())


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.lists(spans, max_size=5), st.integers(0, 500), st.integers(0, 800), st.sampled_from([0, 10, 45]), st.integers(0, 2),
       st.sampled_from(["high", "low", "none"]), st.booleans())
def test_enrolment(words, said, low, length, max_gap_days, gaps, anchor, pharmacy):
    first = o.day(2022, 11, 29)
    window = o.Window(first + low, first + low + length)
    cover = [o.Coverage(1, contract, first + start, inf if days is None else first + start + days,
                        frozenset({"medical", "pharmacy"} if both else {"medical"})) for contract, start, days, both in said]
    words.execute("DELETE FROM coded.coverage")
    for c in cover:
        words.execute("INSERT INTO coded.coverage VALUES (1, ?, ?, ?, ?, ?, false, false, false, false, false)",
                      [c.contract, h.day_text(c.start), h.day_text(c.end), "medical" in c.benefits, "pharmacy" in c.benefits])
    h.put(words, "w", [(1, 1, None, h.day_text(window.low), h.day_text(window.high))], {"set": "INTEGER", "person": "INTEGER", "unit": "BIGINT", "low": "DATE", "high": "DATE"})
    benefits = ["medical", "pharmacy"] if pharmacy else ["medical"]
    found = words.execute(f"SELECT contract FROM enrolled('w', {max_gap_days}, {gaps}, '{anchor}', {benefits})").fetchall()
    assert {c for (c,) in found} == d.enrolled(window, cover, max_gap_days, gaps, anchor, set(benefits))
    assert len(found) == len(set(found))


@quick
@given(st.integers(0, 1500), st.integers(-30, 30), st.integers(-400, 400))
def test_points_and_ages(words, days, months, more):
    base = o.day(2022, 1, 1) + days
    moved = o.point(base, months, more)
    text = f"DATE '{h.day_text(base)}'"
    assert words.execute(f"SELECT CAST(point({text}, {months}, {more}) AS VARCHAR)").fetchone() == (h.day_text(moved),)
    for birth in (o.day(2000, 2, 29), o.day(2001, 2, 28), o.day(1999, 12, 31)):
        assert words.execute(f"SELECT age_on(DATE '{h.day_text(birth)}', {text})").fetchone() == (o.age_on(birth, base),)
