"""What all variants ask, in one go: who is counted hangs neither on the other variants nor on the other people."""

import pytest

from dashboard import database
from dashboard.measures import examples as ex
from dashboard.measures.batches import BASE, Batches
from dashboard.measures.run import compile_cards, run_cards

MEASURES = ["BCS-E", "CBP", "FUH", "IET"]   # people, readings, stays, episodes


def evidence(cards, people, *measures, **options):
    connection = database.connect(threads=1)
    ex.load_people(connection, cards, people)
    period = people[0].period
    run_cards(connection, cards, compile_cards(cards, period.start, period.end, measures), period.start, period.end, everyone=True, **options)
    left = connection.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall()
    subjects = connection.execute("SELECT measure_id, variant, rate, s.* EXCLUDE (rate_id) FROM evidence.subject AS s JOIN reference.rate USING (rate_id)")
    subjects = subjects.fetchall()
    found = connection.execute("SELECT measure_id, variant, rate, f.* EXCLUDE (rate_id) FROM evidence.found AS f JOIN reference.rate USING (rate_id)")
    return sorted(subjects, key=repr), sorted(found.fetchall(), key=repr), left


def test_each_variant_counts_alone_what_it_counts_beside_the_others(cards):
    people = ex.read_examples(cards, MEASURES)
    together, alone = evidence(cards, people, *MEASURES), [evidence(cards, people, measure) for measure in MEASURES]
    for place in (0, 1):
        assert len(together[place]) > 100
        assert together[place] == sorted((row for one in alone for row in one[place]), key=repr)
    assert together[2] == [], "its tables are dropped"


def test_people_may_be_counted_a_few_at_a_time(cards):
    people = ex.read_examples(cards, MEASURES)
    assert evidence(cards, people, *MEASURES, people_at_once=50) == evidence(cards, people, *MEASURES)


def test_of_whom_a_plan_lists_and_we_do_not_count_it_is_told_which_lines_hold(cards):
    people = ex.read_examples(cards, ["BCS-E"])
    connection, period = database.connect(threads=1), people[0].period
    ex.load_people(connection, cards, people)
    connection.execute("""INSERT INTO coded.plan_gap (person, source_row, payer, plan, product_line, measure, period, status)
        SELECT DISTINCT ON (person, contract) person, person, payer, plan, product_line, 'BCS', $1, 'open'
        FROM coded.coverage JOIN coded.contract USING (contract) WHERE person % 2 = 0""", [period.start.year])
    run_cards(connection, cards, compile_cards(cards, period.start, period.end, ["BCS-E"]), period.start, period.end)

    def those(relation, condition=""):
        found = connection.execute(f"SELECT person, contract FROM {relation} WHERE rate_id IN (SELECT rate_id FROM reference.rate WHERE variant = 'HEDIS') {condition}")
        return set(found.fetchall())

    listed = set(connection.execute("SELECT person, contract FROM coded.plan_gap JOIN coded.contract USING (payer, plan, product_line)").fetchall())
    counted, outside = those("evidence.subject", "AND denominator"), those("evidence.outside")
    assert outside == listed - counted and len(outside) > 3, "each listed person is counted, or told of"
    asked = "(SELECT bit_or(1 << (clause - 1)) FROM reference.clause AS c WHERE c.rate_id = o.rate_id AND role IN ('initial_population', 'denominator'))"
    assert connection.execute(f"SELECT count(*) FROM evidence.outside AS o WHERE met & {asked} = {asked}").fetchone() == (0,), "some line does not hold"


def test_few_statements_make_many_sets(cards):
    people = ex.read_examples(cards, ["BCS-E"])
    connection = database.connect(threads=1)
    ex.load_people(connection, cards, people)
    compiled = compile_cards(cards, people[0].period.start, people[0].period.end)
    sets, leaves = ({name: made for one in compiled for name, made in getattr(one, part).items()} for part in ("sets", "leaves"))
    batches = Batches(connection, sets, leaves, [], {name: {1} for name in leaves})
    assert len(batches.batches) < len(batches.numbers) / 5
    made = set()
    for batch in batches.batches:
        now = [phrase for phrase in batches.phrases if phrase["batch"] == batch.number]
        assert all({phrase.get("source"), phrase.get("other")} - {None} <= made for phrase in now), "made of what is there by then"
        made |= {row["set"] for row in (now or batches.wanted) if row["batch"] == batch.number}


@pytest.mark.parametrize("phrase, word", [
    ({"of": "mammography", "starts": "period"}, BASE), ({"of": "mammography", "starts": "period", "not_kind": "claim"}, BASE),
    ({"of": "bmi_pct", "starts": "period", "value": {"above": 0}}, BASE), ({"of": ["mammography", "bmi_pct"], "ends": {"to": "end"}}, BASE),
    ({"of": "mammography", "starts": ["period", {"to": "end"}]}, "tested"), ({"first": "mammography", "starts": "period"}, "first_of"),
    ({"of": "mammography", "overlaps_after": "period"}, "tested"), ({"of": "mammography", "starts": {"from": {"birth": "1 year"}}}, BASE)])
def test_what_can_be_asked_of_coded_events_at_once_is_a_base(cards, phrase, word):
    from datetime import date

    from dashboard.measures.phrases import Statement, event_set
    statement = Statement(cards.concepts, cards.kinds, cards.bits, "HEDIS", date(2026, 1, 1), date(2026, 12, 31), {}, cards.shared)
    assert statement.sets[event_set(statement, phrase)].word == word


def test_how_large_a_share_of_days_is_covered_is_told_of_who_meets_it_and_who_does_not(cards):
    people = ex.read_examples(cards, ["PDC-STA"])
    connection, period = database.connect(threads=1), people[0].period
    ex.load_people(connection, cards, people)
    run_cards(connection, cards, compile_cards(cards, period.start, period.end, ["PDC-STA"]), period.start, period.end)
    told = connection.execute("SELECT numerator, min(share), max(share), count(*) FROM evidence.subject WHERE denominator GROUP BY numerator").fetchall()
    shares = {numerator: (low, high) for numerator, low, high, _ in told}
    assert shares[True][0] >= 0.8 > shares[False][1] > shares[False][0] > 0
    assert connection.execute("SELECT DISTINCT days_share FROM reference.clause WHERE counts_days").fetchall() == [(0.8,)]
    assert connection.execute("SELECT count(*) FROM evidence.found WHERE role = 'numerator' AND (person, rate_id) IN "
                              "(SELECT (person, rate_id) FROM evidence.subject WHERE NOT numerator)").fetchone() == (0,), "what is short is no evidence"
