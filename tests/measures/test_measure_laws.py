"""Laws of all cards over the people of all examples: what order events stand in, how often they are written, what comes after the period."""


from dashboard import database
from dashboard.measures import examples as ex


def differing(cards, people, changes: list[str]) -> list[str]:
    """The examples that no longer hold after these statements over coded.*"""
    connection = database.connect()
    ex.load_people(connection, cards, people)
    for change in changes:
        connection.execute(change)
    return ex.differing(people, ex.run_examples(connection, cards, people))


def test_order_and_duplicates_do_not_matter(cards, people):
    twice = [f"CREATE OR REPLACE TABLE coded.{name} AS FROM (FROM coded.{name} UNION ALL FROM coded.{name}) ORDER BY hash(fact, 7)"
             for name in ("event", "attribute")]
    changes = twice + [f"CREATE OR REPLACE TABLE coded.{name} AS FROM coded.{name} ORDER BY hash(person, 7)" for name in ("person", "coverage")]
    assert differing(cards, people, changes) == []


def test_nothing_after_the_period_changes_a_result(cards, people):
    ends = ", ".join(f"({e.person}, DATE '{e.period.end}')" for e in people)
    later = f"SELECT person, fact, start_date FROM coded.event JOIN (VALUES {ends}) AS p(person, last_day) USING (person) WHERE start_date > last_day"
    assert differing(cards, people, [f"DELETE FROM coded.event WHERE (person, fact, start_date) IN ({later})"]) == []
