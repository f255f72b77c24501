"""People one range of their numbers after the other: what is made of so many at a time fits into the memory of a build, however many there are."""

from itertools import pairwise

PEOPLE_AT_ONCE = 100_000
EVERYBODY = "TRUE"


def ranges(connection, people: str, at_once: int | None = None) -> list[str]:
    """Conditions on a column `person`, of which one is true of any row: each of about as many of a relation's people, and of at most `at_once`
    (PEOPLE_AT_ONCE unless given)."""
    parts = -(-connection.execute(f"SELECT count(*) FROM {people}").fetchone()[0] // (at_once or PEOPLE_AT_ONCE))
    if parts <= 1:
        return [EVERYBODY]
    bounds = connection.execute(f"""SELECT max(person) FROM (SELECT person, ntile({parts}) OVER (ORDER BY person) AS part FROM {people})
                                    GROUP BY part ORDER BY part""").fetchall()
    ends = [bound for (bound,) in bounds[:-1]]
    between = [f"person > {low} AND person <= {high}" for low, high in pairwise(ends)]
    return [f"person <= {ends[0]}", *between, f"(person > {ends[-1]} OR person IS NULL)"]
