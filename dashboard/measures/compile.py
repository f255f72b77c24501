"""A variant of a card to SQL: one table of the people (and units) counted with the truth of every line, then evidence rows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.measures.cards import CardError, Cards, Rate, Variant
from dashboard.measures.clauses import Leaf, Line, Lines
from dashboard.measures.phrases import PhraseError, Statement, event_set, whole
from dashboard.measures.say import say_line
from dashboard.measures.windows import offset_of

POPULATIONS = {"initial_population": "all", "denominator": "all", "exclusions": "any", "exceptions": "any", "numerator": "any",
               "numerator_exclusions": "any"}


@dataclass(frozen=True)
class Clause:
    """A line of a rate with its place: what reference.clause holds."""

    number: int
    role: str
    text: str
    line: Line
    said: object


@dataclass(frozen=True)
class CompiledRate:
    rate: Rate
    clauses: list[Clause]
    strata: list[str]


@dataclass(frozen=True)
class Compiled:
    """SQL of a variant: `last` is the SELECT of the people (and units) counted, but for `joins`, which bring each leaf to `subject AS s`.

    `parts` are the expressions that it reads, by name and in order, `cached` the tables that those read, `asked` the concepts whose
    events and details they want, `counting` those of them by which its populations are counted. `population` is the SELECT of the
    subjects that are in some initial population, `populating` the names of the parts that it reads.
    """

    variant: Variant
    parts: dict[str, str]
    last: str
    joins: list[str]
    rates: list[CompiledRate]
    cached: dict[str, str]
    leaves: list[Leaf]
    asked: frozenset[int]
    counting: frozenset[int]
    population: str
    populating: frozenset[str]

    @property
    def counted(self) -> str:
        """The people (and units) counted as one statement."""
        return whole(self.parts, "\n".join([self.last, *self.joins]))


def compile_variant(cards: Cards, variant: Variant, start: date, end: date, today: date | None = None) -> Compiled:
    """SQL for a variant and a period. Raises CardError naming card, variant, role and line, all faults at once."""
    unit = variant.unit["each"] if isinstance(variant.unit, dict) else variant.unit
    statement = Statement(cards.concepts, cards.kinds, cards.bits, variant.release, start, end, variant.events, cards.shared, today, unit)
    lines, faults = Lines(statement, variant.clauses), []
    unit = event_set(statement, unit) if unit else None
    rates = [_rate(cards, variant, rate, lines, faults) for rate in variant.rates]
    if faults:
        raise CardError("\n".join(faults))
    leaves = list(lines.leaves.values())
    last, joins = _counted(variant, statement, lines, rates, unit), [_join(leaf) for leaf in leaves]
    population = _population(rates)
    return Compiled(variant, statement.needed(" ".join([last, *joins])), last, joins, rates, statement.cached, leaves,
                    frozenset(statement.asked), frozenset(_counting(cards, variant, start, end)), population, frozenset(statement.needed(population)))


def _counting(cards: Cards, variant: Variant, start: date, end: date) -> set[int]:
    """The concepts that say who is counted: those of units, initial populations and denominators, with whatever these hang on."""
    unit = variant.unit["each"] if isinstance(variant.unit, dict) else variant.unit
    statement = Statement(cards.concepts, cards.kinds, cards.bits, variant.release, start, end, variant.events, cards.shared, None, unit)
    lines = Lines(statement, variant.clauses)
    if unit:
        event_set(statement, unit)
    for rate in variant.rates:
        for role in ("initial_population", "denominator"):
            for said in rate.lines.get(role, ()):
                lines.line(said)
    return statement.asked


def _rate(cards: Cards, variant: Variant, rate: Rate, lines: Lines, faults: list[str]) -> CompiledRate:
    clauses: list[Clause] = []
    for role, said_lines in rate.lines.items():
        for said in said_lines:
            try:
                line = lines.line(said)
            except (PhraseError, ValueError, KeyError) as fault:
                where = f"{variant.path.name}, {variant.name}{' ' + rate.name if rate.name else ''}, {role}"
                faults.append(f"{where}: {fault}")
                continue
            text = say_line(said, cards, lines)
            clauses.append(Clause(len(clauses) + 1, role, text, line, said))
    strata = []
    for stratum in rate.strata:
        strata.append(lines.line(stratum).truth)
    return CompiledRate(rate, clauses, strata)


def role_truth(compiled: CompiledRate, number: int, role: str) -> str:
    """The truth of a role of the rate with that number: all lines of a population hold, or any line of an exclusion or numerator does."""
    truths = [f"met_{number}_{clause.number}" for clause in compiled.clauses if clause.role == role]
    joined = (" AND " if POPULATIONS[role] == "all" else " OR ").join(truths)
    empty = "true" if POPULATIONS[role] == "all" else "false"
    return f"({joined})" if truths else empty


def _counted(variant: Variant, statement: Statement, lines: Lines, rates: list[CompiledRate], unit: str | None) -> str:
    statement.parts |= {leaf.name: sql for sql, leaf in lines.leaves.items()}
    statement.parts |= {"counted_person": _people(variant), "subject": _subjects(unit)}
    columns = ["s.person", "s.contract", "s.unit", "s.unit_date"]
    for leaf in lines.leaves.values():
        columns += [f"{leaf.name}.{column} AS {leaf.name}_{column}" for column in ("on_date", "value", "fact")]
    for number, rate in enumerate(rates, 1):
        columns += [f"coalesce({clause.line.truth}, false) AS met_{number}_{clause.number}" for clause in rate.clauses]
        cases = " ".join(f"WHEN {truth} THEN {place}" for place, truth in enumerate(rate.strata, 1))
        columns.append((f"CASE {cases} END" if cases else "NULL") + f" AS stratum_{number}")
        columns.append(f"{_last_day(rate.rate.last_day, statement)} AS last_day_{number}")
    return "SELECT " + ",\n    ".join(columns) + "\nFROM subject AS s JOIN coded.person AS p ON p.person = s.person"


def _population(rates: list[CompiledRate]) -> str:
    lines = [[clause.line for clause in rate.clauses if clause.role == "initial_population"] for rate in rates]
    joins = {leaf.name: _join(leaf) for of_rate in lines for line in of_rate for leaf in line.leaves}
    truths = [" AND ".join(f"({line.truth})" for line in of_rate) or "true" for of_rate in lines]
    return "\n".join(["SELECT s.* FROM subject AS s JOIN coded.person AS p ON p.person = s.person", *joins.values(),
                      "WHERE " + " OR ".join(f"({truth})" for truth in truths)])


def _last_day(said, statement: Statement) -> str:
    """The last day on which a gap can be closed: {unit: 30 days}, {birth: 2 years}, {period_end: -30 days}, else the end of the period."""
    if not said:
        return f"DATE '{statement.end}'"
    base, offset = next(iter(said.items()))
    months, days = offset_of(offset)
    bases = {"unit": "s.unit_date", "birth": "p.birth_date", "period_end": f"DATE '{statement.end}'"}
    return f"least(DATE '{statement.end}', point({bases[base]}, {months}, {days}))"


def _join(leaf: Leaf) -> str:
    keys = ["person", *(["unit"] if leaf.of_unit else []), *(["contract"] if leaf.by_contract else [])]
    return f"LEFT JOIN {leaf.name} ON " + " AND ".join(f"{leaf.name}.{key} = s.{key}" for key in keys)


def _people(variant: Variant) -> str:
    """Who may be counted: covered people per contract for an enrolment-based variant, people of the visit-based universe else."""
    if not variant.enrolment_based:
        return "SELECT person, 0 AS contract, CAST(NULL AS VARCHAR) AS product_line FROM evidence.visit_based_person"
    return ("SELECT DISTINCT person, contract, product_line FROM coded.coverage JOIN coded.contract USING (contract) "
            "JOIN coded.person USING (person) WHERE NOT held")


def _subjects(unit: str | None) -> str:
    if unit is None:
        return "SELECT person, contract, product_line, CAST(0 AS BIGINT) AS unit, CAST(NULL AS DATE) AS unit_date FROM counted_person"
    return (f"SELECT c.person, c.contract, c.product_line, u.unit, latest_date(u.start_date, u.end_date) AS unit_date "
            f"FROM counted_person AS c JOIN {unit} AS u ON u.person = c.person")
