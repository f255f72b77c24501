"""The change of a rate, split into care, churn, rules and late data: the parts add up to the whole."""

import contextlib
import random

import drawn
import pytest
from drawn import rows

from dashboard import database
from dashboard.build import macros, sql

AS_OF = "2026-11-20"
TABLES = {
    "reference.rate": """
        rate_id | measure_id | variant | rate  | better | basis  | chart_only
        1       | COL-E      | HEDIS   | COL-E | higher | person | F
    """,
    "reference.clause": """
        rate_id | clause | role               | concepts
        1       | 1      | initial_population | [9]
        1       | 2      | numerator          | [3]
    """,
    "coded.contract": "contract | payer | plan | product_line\n 7 | A | A MA | medicare",
    "history.then_contract": "contract | product_line\n 7 | medicare",
    "history.then_version": "point | rules | as_of | known_at\n 1 | 1 | 2026-10-31 | 2026-10-31 23:59:59",
    "extract.file": """
        file_no | received_at
        1       | 2026-10-10 08:00:00
        2       | 2026-11-10 08:00:00
    """,
}
OLD, NEW = 1 << 36, 2 << 36
RESULT = "rate_key | period | person | unit | contract | denominator | exclusion | exception | numerator | panel_set"
EVENT = "concept | person | fact | kinds | start_date | end_date"


def key():
    connection = database.connect(threads=1)
    macros.prepare(connection)
    return connection.execute("SELECT rate_key('COL-E', 'HEDIS', 'COL-E')").fetchone()[0]


RATE = key()
DONE, PENDING = (str(macros.kind_bits()[name]) for name in ("done", "pending"))


def results(people: dict) -> str:
    """person -> (numerator, panel set)."""
    return "\n".join([RESULT, *(f"{RATE} | 2026 | {person} | 0 | 7 | T | F | F | {'T' if closed else 'F'} | {place}" for person, (closed, place) in people.items())])


def changed(run, then, now, events=(), rule=1, then_rule=1):
    """person -> cause, under all plans. then, now: person -> (closed, panel set); events: (person, received new, day, kind)."""
    stay = [person for person in {*then, *now} if then.get(person) != now.get(person)]
    tables = TABLES | {
        "history.then_result": results({p: said for p, said in then.items() if p in stay}), "history.result": results(now),
        "history.then_key": "\n".join(["rate_key | period | person | settled", *(f"{RATE} | 2026 | {p} | T" for p in stay)]),
        "history.rule": f"rate_key | rule\n{RATE} | {rule}", "history.then_rule": f"rate_key | rule\n{RATE} | {then_rule}",
        "coded.event": "\n".join([EVENT, *(f"3 | {person} | {(NEW if new else OLD) + place} | {kind} | {day} | {day}"
                                           for place, (person, new, day, kind) in enumerate(events))])}
    return {row["person"]: row["cause"] for row in run("mart/rate_change", tables, as_of=AS_OF) if row["plan_key"] == "all"}


def test_what_was_done_since_is_care(run):
    assert changed(run, {1: (False, 5)}, {1: (True, 5)}, [(1, True, "2026-11-05", DONE)]) == {1: "care"}


def test_a_service_of_an_earlier_day_that_came_in_since_is_late(run):
    assert changed(run, {1: (False, 5)}, {1: (True, 5)}, [(1, True, "2026-10-31", DONE)]) == {1: "late"}


def test_a_service_of_the_first_day_after_is_care(run):
    assert changed(run, {1: (False, 5)}, {1: (True, 5)}, [(1, True, "2026-11-01", DONE), (1, True, "2026-09-01", DONE)]) == {1: "care"}


def test_what_was_taken_back_is_late(run):
    assert changed(run, {1: (True, 5)}, {1: (False, 5)}) == {1: "late"}
    assert changed(run, {1: (True, 5)}, {1: (False, 5)}, [(1, False, "2026-10-01", PENDING)]) == {1: "late"}


def test_days_that_went_by_are_care(run):
    assert changed(run, {1: (True, 5)}, {1: (False, 5)}, [(1, False, "2026-10-01", DONE)]) == {1: "care"}


def test_another_rule_over_the_same_files_is_rules(run):
    assert changed(run, {1: (False, 5)}, {1: (True, 5)}, [(1, False, "2026-10-01", DONE)], rule=2) == {1: "rules"}
    assert changed(run, {1: (True, 5)}, {1: (False, 5)}, rule=2) == {1: "rules"}
    assert changed(run, {1: (False, 5)}, {1: (True, 5)}, [(1, True, "2026-11-05", DONE)], rule=2) == {1: "care"}


def test_who_counts_at_one_moment_only_is_churn_unless_the_rule_let_them_in(run):
    assert changed(run, {1: (False, 5)}, {2: (True, 5)}) == {1: "churn", 2: "churn"}
    assert changed(run, {}, {2: (True, 5)}, rule=2) == {2: "rules"}
    assert changed(run, {}, {2: (True, 5)}, [(2, True, "2026-11-05", DONE)], rule=2) == {2: "churn"}


def test_without_an_earlier_month_nothing_is_compared(run):
    tables = TABLES | {"history.then_version": "point | rules | as_of | known_at", "history.result": results({1: (True, 5)})}
    assert len(run("mart/rate_change", tables, as_of=AS_OF)) == 0 == len(run("mart/change_since", tables))


# The parts and the whole.

MART = {
    "mart.change_since": "as_of:DATE\n2026-10-31",
    "mart.trend_panel_set": "panel_set:BIGINT | panel:BIGINT\n5 | 50\n6 | 60",
}


def split(run, then, now, causes, panels, better="higher"):
    """The row of change_split of people who stood then and stand now: person -> (closed, panel set)."""
    trend, change = ["rate_id:INTEGER | period:INTEGER | plan_key | panel_set:BIGINT | as_of | is_current:BOOLEAN | denominator:INTEGER | closed:INTEGER"], [
        "rate_id:INTEGER | period:INTEGER | plan_key | person:INTEGER | panel_set_then:BIGINT | panel_set_now:BIGINT | closed_then:BOOLEAN | closed_now:BOOLEAN | cause"]
    for day, current, said in (("2026-10-31", "F", then), ("2026-11-20", "T", now)):
        for place in (5, 6):
            units = [closed for closed, where in said.values() if where == place]
            if units:
                trend.append(f"1 | 2026 | all | {place} | {day} | {current} | {len(units)} | {sum(units)}")
    for person in sorted({*then, *now}):
        (was, left), (stands, came) = then.get(person, (None, "")), now.get(person, (None, ""))
        if then.get(person) != now.get(person):
            told = ["" if flag is None else "T" if flag else "F" for flag in (was, stands)]
            change.append(f"1 | 2026 | all | {person} | {left} | {came} | {told[0]} | {told[1]} | {causes.get(person, 'churn')}")
    found = run("page/change_split", MART | {"mart.trend": "\n".join(trend), "mart.rate_change": "\n".join(change),
                                             "mart.rate_name": f"rate_id:INTEGER | slug | better\n1 | col-e | {better}"},
                panels=panels, plan_key="all", period=2026, rate="")
    return next(iter(found), None)


def test_the_split_by_hand(run):
    """Ten stay: two closed by care, one by a late claim, one open again by a rule. One of four leaves closed, two come, one of them closed."""
    then = {n: (n <= 4, 5) for n in range(1, 11)} | {11: (True, 5)}
    now = {n: (n <= 7 and n != 1, 5) for n in range(1, 11)} | {21: (True, 5), 22: (False, 5)}
    row = split(run, then, now, {5: "care", 6: "care", 7: "late", 1: "rules"}, [50])
    assert (row["denominator_then"], row["closed_then"], row["denominator"], row["closed"], row["staying"]) == (11, 5, 12, 7, 10)
    assert [round(row[name], 6) for name in ("care", "late", "rules")] == [0.2, 0.1, -0.1]
    # p1 = 6/10, p0 = 4/10: two came with 1 closed (1 - 1.2) / 12, one went with 1 closed (1 - 0.4) / 11.
    assert row["churn"] == pytest.approx((1 - 1.2) / 12 - (1 - 0.4) / 11)
    assert row["change"] == pytest.approx(7 / 12 - 5 / 11)
    assert (row["care_closed"], row["late_closed"], row["rules_opened"], row["joined"], row["gone"]) == (2, 1, 1, 2, 1)
    other = split(run, then, now, {5: "care", 6: "care", 7: "late", 1: "rules"}, [50], better="lower")
    assert [other[name] for name in ("care", "churn", "change")] == [-row[name] for name in ("care", "churn", "change")]


def test_who_moves_between_two_practices_is_churn_in_each_and_nothing_in_both(run):
    then, now = {1: (True, 5), 2: (False, 5), 3: (False, 6)}, {1: (True, 6), 2: (False, 5), 3: (False, 6)}
    one, both = split(run, then, now, {1: "care"}, [50]), split(run, then, now, {1: "care"}, [50, 60])
    assert one["churn"] == pytest.approx(one["change"]) == pytest.approx(-0.5) and (one["gone"], one["care"]) == (1, 0)
    assert (both["change"], both["churn"], both["joined"]) == (0, 0, 0)


def test_where_nobody_stays_all_is_churn(run):
    row = split(run, {1: (True, 5)}, {2: (False, 5)}, {}, [50])
    assert row["churn"] == row["change"] == -1


def test_without_units_at_one_of_the_moments_there_is_no_split(run):
    assert split(run, {}, {2: (False, 5)}, {}, [50]) is None


@pytest.mark.parametrize("seed", range(12))
def test_the_parts_add_up_to_the_whole(run, seed):
    chance = random.Random(seed)

    def state():
        return {person: (chance.random() < 0.5, chance.choice((5, 6))) for person in range(30) if chance.random() < 0.7}
    then, now = state(), state()
    causes = {p: chance.choice(("care", "late", "rules") if p in then and p in now else ("churn", "rules")) for p in range(30)}
    for panels in ([50], [60], [50, 60]):
        row = split(run, then, now, causes, panels, chance.choice(("higher", "lower")))
        assert row["care"] + row["churn"] + row["rules"] + row["late"] == pytest.approx(row["change"], abs=1e-12)


# The archive tells what stood.

def said(connection, people: dict, rule: int) -> None:
    for name, columns in drawn._known().items():
        if name.startswith("history."):
            drawn.create_empty(connection, name, columns)
    drawn.insert(connection, "history.result", {c.strip(): drawn._known()["history.result"][c.strip()] for c in RESULT.split("|")},
                 [tuple(row.values()) for row in rows(results(people))])
    connection.execute("INSERT INTO history.rule VALUES (?, ?)", [RATE, rule])


def test_the_archive_gives_the_people_who_count_otherwise(tmp_path):
    from datetime import date, datetime

    from dashboard.build import history
    with contextlib.closing(database.connect()) as connection:
        macros.prepare(connection)
        said(connection, {1: (False, 5), 2: (True, 5), 3: (True, 5)}, 1)
        history.keep(connection, tmp_path, history.Version(date(2026, 10, 31), datetime(2026, 10, 31, 23, 59), None))
        said(connection, {1: (True, 5), 2: (True, 5), 3: (True, 6), 4: (False, 5)}, 2)
        history.read_then(connection, tmp_path, date(2026, 11, 20))
        assert connection.execute("SELECT person, settled FROM history.then_key ORDER BY 1").fetchall() == [(1, True), (3, False), (4, False)]
        assert connection.execute("SELECT person FROM history.then_result ORDER BY 1").fetchall() == [(1,), (3,)]
        assert connection.execute("SELECT as_of FROM history.then_version").fetchall() == [(date(2026, 10, 31),)]
        assert connection.execute("SELECT rule FROM history.then_rule").fetchall() == [(1,)]
        history.read_then(connection, tmp_path, date(2026, 11, 20), people=[4])
        assert connection.execute("SELECT person FROM history.then_key").fetchall() == [(4,)]
        history.read_then(connection, tmp_path, date(2027, 1, 5))
        assert [connection.execute(f"SELECT count(*) FROM history.{name}").fetchone()[0] for name in ("then_version", "then_key")] == [0, 0]
        assert sql.relations("history")
