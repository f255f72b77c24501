"""From the leaves that were found to evidence.subject and evidence.found: one statement each for all variants."""

from __future__ import annotations

import re
from datetime import date

from dashboard import parallel
from dashboard.measures.batches import Batches, bits, put_rows
from dashboard.measures.compile import POPULATIONS, Compiled, CompiledRate
from dashboard.measures.windows import offset_of

LEAF = re.compile(r"\bleaf_[0-9a-f]+\b")
LEAVES = {word: re.compile(rf"\(leaf_[0-9a-f]+(?: {word} leaf_[0-9a-f]+)*\)") for word in ("AND", "OR")}
TABLES = ("counted_person", "member", "counted_variant", "counted_rate", "leaf_of_variant", "leaf_of_clause", "person_holds")
DEFINITIONS = {
    "counted_variant": {"variant": "INTEGER", "asker": "HUGEINT", "by_plan": "BOOLEAN", "unit_set": "INTEGER"},
    "counted_rate": {"rate_id": "SMALLINT", "variant": "INTEGER"} | dict.fromkeys(POPULATIONS, "BIGINT"),
    "leaf_of_variant": {"variant": "INTEGER", "place": "INTEGER", "leaf": "INTEGER"},
    "leaf_of_clause": {"rate_id": "SMALLINT", "clause": "SMALLINT", "role": "VARCHAR", "place": "SMALLINT", "leaf": "INTEGER"},
}
Numbered = list[tuple[Compiled, int]]   # variants with the ids of their first rates


def define(connection, wanted: Numbered, batches: Batches) -> None:
    """The places of the leaves in each variant and in each line of each rate, in tables that stay for a while."""
    numbers = batches.numbers
    rates = [(number, first_id + place, rate) for number, (one, first_id) in enumerate(wanted) for place, rate in enumerate(one.rates)]
    rows = {
        "counted_variant": [{"variant": number, "asker": str(bits([number])), "by_plan": one.variant.enrolment_based,
                             "unit_set": numbers[one.unit] if one.unit else None}
                            for number, (one, _) in enumerate(wanted)],
        "counted_rate": [{"rate_id": rate_id, "variant": number} | {role: _bits(rate, role) for role in POPULATIONS}
                         for number, rate_id, rate in rates],
        "leaf_of_variant": [{"variant": number, "place": place, "leaf": numbers[name]}
                            for number, (one, _) in enumerate(wanted) for place, name in enumerate(one.leaves)],
        "leaf_of_clause": [{"rate_id": rate_id, "clause": clause.number, "role": clause.role, "place": place, "leaf": numbers[leaf.name]}
                           for _, rate_id, rate in rates for clause in rate.clauses for place, leaf in enumerate(clause.line.leaves, 1)
                           if not leaf.by_contract],
    }
    for table, types in DEFINITIONS.items():
        put_rows(connection, table, types, rows[table])


def choose_people(connection, among: str, some: str) -> None:
    """Who of a table may be counted, per contract (counted_person), and each once (member), with the bits of the variants that ask of whom (askers).
    among: has beside the person the bits of the variants that may count this one. some: a condition on them, as build.pieces gives it."""
    of_each = "SELECT coalesce(bit_or(asker), 0) FROM counted_variant WHERE by_plan"
    connection.execute("CREATE OR REPLACE TABLE counted_person AS FROM (" + " UNION ALL ".join(
        f"SELECT p.*, {by_plan} AS by_plan, a.askers & ({of_each} = {by_plan}) AS askers FROM ({people_of(by_plan)}) AS p "
        f"JOIN {among} AS a USING (person)" for by_plan in (True, False)) + f") WHERE askers <> 0 AND {some}")
    connection.execute("""CREATE OR REPLACE TABLE member AS
        SELECT person, any_value(birth_date) AS birth_date, 0::HUGEINT AS has, bit_or(askers) AS askers
        FROM counted_person JOIN coded.person USING (person) GROUP BY person""")


def fill(connection, wanted: Numbered, period: int, threads: int = 1) -> None:
    """Rows of evidence.* of the leaves in leaf_found. threads: see Batches.run."""
    conditions = {name: sql for one, _ in wanted for name, sql in one.conditions.items()}
    columns = "".join(f", ({sql}) AS {name}" for name, sql in conditions.items())
    connection.execute(f"CREATE OR REPLACE TABLE person_holds AS SELECT p.person, p.birth_date{columns} FROM coded.person AS p "
                       "SEMI JOIN member USING (person)")
    connection.execute(SUBJECT)
    connection.execute(f"INSERT INTO evidence.subject {_told(wanted, period)}")
    connection.execute(LISTED, {"period": period})
    listed = {number for (number,) in connection.execute("SELECT DISTINCT variant FROM listed").fetchall()}
    rest = [f"INSERT INTO evidence.found {_found(period)}"] + ([f"INSERT INTO evidence.outside {_outside(wanted, period, listed)}"] if listed else [])
    if threads > 1:
        parallel.each(connection, lambda cursor, text: cursor.execute(text), rest)
    else:
        connection.execute("; ".join(rest))
    connection.execute("DROP TABLE subject; DROP TABLE listed")


def people_of(enrolment_based: bool) -> str:
    """Who may be counted: covered people per contract for an enrolment-based variant, people of the visit-based universe else."""
    if not enrolment_based:
        return "SELECT person, 0 AS contract, CAST(NULL AS VARCHAR) AS product_line FROM evidence.visit_based_person"
    return ("SELECT DISTINCT person, contract, product_line FROM coded.coverage JOIN coded.contract USING (contract) "
            "JOIN coded.person USING (person) WHERE NOT held")


# Everybody that a variant may count, per contract and unit, with the bits of the leaves that were found of the person, of the unit, of the
# contract. In the order of the variants, so that the lines of one are told of many at once.
SUBJECT = """
CREATE OR REPLACE TABLE subject AS
WITH counted AS (
    SELECT v.variant, c.person, c.contract, c.product_line, CAST(0 AS BIGINT) AS unit, CAST(NULL AS DATE) AS unit_date
    FROM counted_variant AS v JOIN counted_person AS c ON c.by_plan = v.by_plan AND c.askers & v.asker <> 0
    WHERE v.unit_set IS NULL
    UNION ALL
    SELECT v.variant, c.person, c.contract, c.product_line, u.unit, latest_date(u.start_date, u.end_date)
    FROM counted_variant AS v JOIN set_event AS u ON u.set = v.unit_set JOIN counted_person AS c
        ON c.by_plan = v.by_plan AND c.person = u.person AND c.askers & v.asker <> 0),
held AS MATERIALIZED (
    SELECT n.variant, f.person, f.unit, f.contract, bit_or(1::HUGEINT << n.place) AS leaves
    FROM leaf_found AS f JOIN leaf_of_variant AS n USING (leaf) WHERE f.met GROUP BY ALL)
SELECT c.*, coalesce(p.leaves, 0) | coalesce(u.leaves, 0) | coalesce(k.leaves, 0) | coalesce(b.leaves, 0) AS held
FROM counted AS c
LEFT JOIN (FROM held WHERE unit IS NULL AND contract IS NULL) AS p ON p.variant = c.variant AND p.person = c.person
LEFT JOIN (FROM held WHERE unit IS NOT NULL AND contract IS NULL) AS u ON u.variant = c.variant AND u.person = c.person AND u.unit = c.unit
LEFT JOIN (FROM held WHERE unit IS NULL AND contract IS NOT NULL) AS k ON k.variant = c.variant AND k.person = c.person AND k.contract = c.contract
LEFT JOIN (FROM held WHERE unit IS NOT NULL AND contract IS NOT NULL) AS b
    ON b.variant = c.variant AND b.person = c.person AND b.unit = c.unit AND b.contract = c.contract
ORDER BY c.variant"""


# Who stands on a plan's own list of a rate of people and is not counted in it: few.
LISTED = """
CREATE OR REPLACE TABLE listed AS
SELECT DISTINCT g.rate_id, r.variant, g.person, g.contract
FROM plan_gaps_of('coded.plan_gap', 'reference.rate', 'coded.contract') AS g JOIN counted_rate AS r USING (rate_id)
SEMI JOIN member USING (person)
ANTI JOIN (FROM evidence.subject WHERE period = $period AND unit = 0 AND denominator) AS s USING (rate_id, person, contract)
WHERE g.period = $period"""


def _told(wanted: Numbered, period: int) -> str:
    """SELECT of evidence.subject: of each subject the rates of its variant, those whose initial population it is in; share: what a numerator that
    asks for a share of days found (of people: no card asks it of a unit)."""
    roles = ", ".join(_holds(role) for role in POPULATIONS if role != "initial_population")
    return f"""
        WITH told AS ({_lines(wanted, "subject")}),
        covered AS (
            SELECT n.rate_id, f.person, max(f.share) AS share FROM leaf_found AS f JOIN leaf_of_clause AS n USING (leaf)
            WHERE f.share IS NOT NULL AND f.unit IS NULL AND n.role = 'numerator' GROUP BY ALL)
        SELECT rate_id, {period}, person, unit, unit_date, contract, stratum, met, true, {roles}, last_day, share
        FROM told JOIN counted_rate USING (rate_id) LEFT JOIN covered USING (rate_id, person) WHERE {_holds("initial_population")}"""


def _found(period: int) -> str:
    """SELECT of evidence.found: of each subject the facts that its lines found."""
    return f"""
        SELECT n.rate_id, {period}, s.person, s.unit, s.contract, n.clause, n.role, n.place, f.on_date, f.value, f.fact
        FROM leaf_found AS f JOIN leaf_of_clause AS n USING (leaf)
        JOIN evidence.subject AS s ON s.rate_id = n.rate_id AND s.person = f.person AND (f.unit IS NULL OR f.unit = s.unit)
        WHERE f.met AND f.fact IS NOT NULL"""


def _outside(wanted: Numbered, period: int, listed: set[int]) -> str:
    """SELECT of evidence.outside: of who is in `listed` which lines hold, so that a screen can say why. listed: the variants named there."""
    return f"""
        WITH asked AS (SELECT s.* FROM subject AS s SEMI JOIN listed USING (variant, person, contract) WHERE s.unit = 0),
        told AS ({_lines(wanted, "asked", listed)})
        SELECT rate_id, {period}, person, contract, met
        FROM told JOIN counted_rate USING (rate_id) SEMI JOIN listed USING (rate_id, person, contract)
        WHERE NOT ({_holds("initial_population")} AND {_holds("denominator")})"""


def _lines(wanted: Numbered, subjects: str, some: set[int] | None = None) -> str:
    """Of each of the subjects, for each rate of its variant, which lines hold. some: the numbers of the variants that they have, for to plan a line
    takes milliseconds."""
    variants = "\n".join(f"WHEN {number} THEN [{', '.join(_rate(one, first_id + place, rate) for place, rate in enumerate(one.rates))}]"
                         for number, (one, first_id) in enumerate(wanted) if some is None or number in some)
    return (f"SELECT s.person, s.unit, s.unit_date, s.contract, unnest(CASE s.variant {variants} END, max_depth := 2) "
            f"FROM {subjects} AS s JOIN person_holds AS p USING (person)")


def _rate(one: Compiled, rate_id: int, rate: CompiledRate) -> str:
    """Of a rate the bits of the lines that are met, the stratum, and the last day on which a gap can be closed."""
    place_of = {name: place for place, name in enumerate(one.leaves)}
    met = " | ".join(f"CASE WHEN {_of_bits(clause.line.truth, place_of)} THEN {1 << clause.number - 1} ELSE 0 END" for clause in rate.clauses)
    strata = " ".join(f"WHEN {_of_bits(truth, place_of)} THEN {place}" for place, truth in enumerate(rate.strata, 1))
    return (f"{{rate_id: {rate_id}, met: ({met or 0})::BIGINT, stratum: {f'CASE {strata} END' if strata else 'NULL::INTEGER'}, "
            f"last_day: {_last_day(rate.rate.last_day, one.end)}}}")


def _of_bits(truth: str, place_of: dict[str, int]) -> str:
    """A truth whose leaves are bits of s.held: several leaves at once where all of them, or any, must be there."""
    def bits(text: str) -> int:
        return sum(1 << place_of[name] for name in set(LEAF.findall(text)))

    truth = LEAVES["AND"].sub(lambda match: f"(s.held & {bits(match[0])} = {bits(match[0])})", truth)
    truth = LEAVES["OR"].sub(lambda match: f"(s.held & {bits(match[0])} <> 0)", truth)
    return LEAF.sub(lambda match: f"(s.held & {bits(match[0])} <> 0)", truth)


def _bits(rate: CompiledRate, role: str) -> int:
    return sum(1 << clause.number - 1 for clause in rate.clauses if clause.role == role)


def _holds(role: str) -> str:
    """All lines of a population are met, or any line of an exclusion or numerator is."""
    return f"met & {role} = {role}" if POPULATIONS[role] == "all" else f"met & {role} <> 0"


def _last_day(said, end: date) -> str:
    """The last day on which a gap can be closed: {unit: 30 days}, {birth: 2 years}, {period_end: -30 days}, else the end of the period."""
    if not said:
        return f"DATE '{end}'"
    base, offset = next(iter(said.items()))
    months, days = offset_of(offset)
    bases = {"unit": "s.unit_date", "birth": "p.birth_date", "period_end": f"DATE '{end}'"}
    return f"least(DATE '{end}', point({bases[base]}, {months}, {days}))"
