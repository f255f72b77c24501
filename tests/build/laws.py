"""What the laws of a build compare: every result row of a home directory, by ids that a sender knows."""

from datetime import date
from pathlib import Path

from dashboard import database
from dashboard.build.driver import Parts, Scope, run_to_result
from dashboard.build.progress import Progress

RESULTS = """
    SELECT p.person_id, t.measure_id, t.variant, t.rate, r.period, r.contract, r.unit_date, r.stratum, r.initial_population, r.denominator,
        r.exclusion, r.exception, r.numerator
    FROM result.measure_result AS r JOIN reference.rate AS t USING (rate_id) JOIN coded.person AS p USING (person)"""


def results(home: Path, as_of: date, measures: tuple[str, ...], people: frozenset[int] | None = None) -> list[tuple]:
    """Rows of RESULTS over a home directory, sorted; people: integers of the registry, all unless given."""
    connection = database.connect()
    try:
        run_to_result(connection, home, Scope(as_of, measures=measures, people=people), Progress(), Parts())
        return sorted(connection.execute(RESULTS).fetchall(), key=repr)
    finally:
        connection.close()
