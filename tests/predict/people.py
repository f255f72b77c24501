"""People whose admissions hang on their history in a known way, as tables of layer coded: four years, one number decides."""

from datetime import date

import drawn

from dashboard import database
from dashboard.build import macros
from dashboard.predict.features import concepts

AS_OF = date(2026, 11, 22)
NAMES = sorted(concepts())


def world(people: int, strength: float = 1.0):
    """A connection with coded.* of so many adults. Half of them have diabetes each year, and with `strength` 1 they are admitted four times as often."""
    connection = database.connect(threads=1)
    macros.prepare(connection)
    known = drawn._known()
    for name in ("coded.event", "coded.stay", "coded.person", "coded.coverage", "coded.contract", "reference.concept", "reference.omb_name"):
        drawn.create_empty(connection, name, known[name])
    connection.execute("INSERT INTO reference.concept (concept, name) SELECT unnest(range(1, $1 + 1)), unnest($2)", [len(NAMES), NAMES])
    connection.execute("INSERT INTO coded.contract (contract, product_line) VALUES (7, 'medicare')")
    connection.execute("""INSERT INTO coded.person (person, birth_date, sex, language, held)
        SELECT i, DATE '1940-01-01' + CAST(hash(i, 'b') % 20000 AS INT), CASE WHEN i % 2 = 0 THEN 'female' ELSE 'male' END, 'en', FALSE FROM range($1) AS t(i)""", [people])
    connection.execute("""INSERT INTO coded.coverage (person, contract, start_date, end_date, benefit_medical)
        SELECT i, 7, DATE '2020-01-01', DATE 'infinity', TRUE FROM range($1) AS t(i)""", [people])
    # A visit every month; diabetes is told of at every visit.
    connection.execute("""INSERT INTO coded.event (person, concept, kinds, start_date, fact)
        SELECT i, c.concept, kind('done') | kind('claim'), CAST(DATE '2022-01-15' + to_months(m::INT) AS DATE), i * 1000 + m
        FROM range($1) AS t(i), range(59) AS u(m), reference.concept AS c
        WHERE c.name = 'outpatient_em' OR (c.name = 'diabetes' AND i % 4 < 2)""", [people])
    # Each half year brings a stay or not.
    connection.execute("""INSERT INTO coded.stay (person, stay, admit_date, discharge_date, acute)
        SELECT i, i * 1000 + h, CAST(DATE '2022-01-01' + to_months(6 * h::INT) AS DATE) + CAST(hash(i, h, 'd') % 180 AS INT) AS on_date, on_date + 3, TRUE
        FROM range($1) AS t(i), range(10) AS u(h)
        WHERE hash(i, h, 'stay') % 10000 < CASE WHEN i % 4 < 2 THEN 800 + 1600 * $2 ELSE 800 - 200 * $2 END AND on_date <= DATE '2026-11-01'""", [people, strength])
    return connection
