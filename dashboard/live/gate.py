"""What must not be published without a person's look: numbers that fall as they do when a file is half or wrong."""

from contextlib import closing
from pathlib import Path

from dashboard import database
from dashboard.build import publish

PEOPLE, CLOSED = 0.10, 0.05  # share of the people on work lists, and of the closed among all that is counted, that may be lost in one pass
NUMBERS = """
    SELECT (SELECT count(DISTINCT person) FROM mart.panel) AS people,
        (SELECT sum(units) FILTER (status = 'closed') / sum(units) FROM mart.rate_count WHERE plan_key = 'all' AND aspect = 'all') AS closed,
        (SELECT year(as_of) FROM mart.version) AS year"""


def falls(home: Path, built: Path, base: Path | None) -> str | None:
    """In words what falls too far from the served version to a built one (base: of an overlay); None when nothing does, or a person accepted it."""
    if publish.served(home) is None or publish.accepted(home):
        return None
    with closing(database.connect_published(home)) as served, closing(database.connect_version(built, base)) as coming:
        people, closed, year = served.execute(NUMBERS).fetchone()
        new_people, new_closed, new_year = coming.execute(NUMBERS).fetchone()
    found = []
    if new_people < people * (1 - PEOPLE):
        found.append(f"people on work lists fall from {people:,} to {new_people:,}")
    # Each January every count begins anew.
    if closed is not None and year == new_year and (new_closed or 0) < closed - CLOSED:
        found.append(f"what is closed falls from {closed:.1%} to {new_closed or 0:.1%}")
    return " and ".join(found) or None
