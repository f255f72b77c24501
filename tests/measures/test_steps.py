"""In one piece or in steps, a variant counts the same."""

import pytest

from dashboard import database
from dashboard.measures import examples as ex
from dashboard.measures.run import compile_cards, prepare, run_cards
from dashboard.measures.steps import Steps

MEASURES = ["BCS-E", "CBP", "FUH", "IET"]   # people, readings, stays, episodes


def evidence(cards, people, few_events):
    connection = database.connect(threads=1)
    ex.load_people(connection, cards, people)
    period = people[0].period
    compiled = compile_cards(cards, period.start, period.end, MEASURES)
    run_cards(connection, cards, compiled, period.start, period.end, everyone=True, few_events=few_events)
    tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary AND table_name LIKE 'set_%' OR table_name = 'counted'").fetchall()
    return [connection.execute(f"FROM evidence.{name} ORDER BY ALL").fetchall() for name in ("subject", "found")], tables


@pytest.mark.parametrize(("whose", "rows"), [(MEASURES, 100), (["FUH"], 10)])  # of the one measure's people most others have nobody
def test_in_one_piece_or_in_steps_the_evidence_is_the_same(cards, whose, rows):
    people = ex.read_examples(cards, whose)
    (whole, _), (steps, left) = evidence(cards, people, 0), evidence(cards, people, 10**9)
    assert len(whole[0]) > rows and len(whole[1]) > rows
    assert steps == whole
    assert left == [], "tables of steps are dropped after their last use"


def test_what_counts_nobody_ends_at_its_initial_population(cards):
    connection = database.connect(threads=1)
    people = ex.read_examples(cards, ["BCS-E"])
    ex.load_people(connection, cards, people)
    period = people[0].period
    screening, stays = (compile_cards(cards, period.start, period.end, [measure])[0] for measure in ("BCS-E", "FUH"))
    prepare(connection, cards)
    steps = Steps(connection, [screening, stays], few_events=10**9)
    assert [steps.count(screening), steps.count(stays)] == [True, False]
