"""A variant of a card to what it asks: its sets and leaves, and the truth of every line of every person (and unit) counted over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.measures.cards import CardError, Cards, Rate, Variant
from dashboard.measures.clauses import Line, Lines
from dashboard.measures.phrases import PhraseError, Statement, event_set
from dashboard.measures.say import say_line
from dashboard.measures.sets import EventSet, Leaf
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
    """What a variant asks of people: `sets` and `leaves` by their names, `unit` the set whose events are counted, if any.

    `asked` are the concepts whose events and details it wants, `counting` those of them by which its populations are counted.
    """

    variant: Variant
    rates: list[CompiledRate]
    sets: dict[str, EventSet]
    leaves: dict[str, Leaf]
    unit: str | None
    end: date
    asked: frozenset[int]
    counting: frozenset[int]


def compile_variant(cards: Cards, variant: Variant, start: date, end: date, today: date | None = None) -> Compiled:
    """SQL for a variant and a period. Raises CardError naming card, variant, role and line, all faults at once."""
    unit = variant.unit["each"] if isinstance(variant.unit, dict) else variant.unit
    statement = Statement(cards.concepts, cards.kinds, cards.bits, variant.release, start, end, variant.events, cards.shared, today, unit)
    lines, faults = Lines(statement, variant.clauses), []
    unit = event_set(statement, unit) if unit else None
    rates = [_rate(cards, variant, rate, lines, faults) for rate in variant.rates]
    if faults:
        raise CardError("\n".join(faults))
    return Compiled(variant, rates, statement.sets, lines.leaves, unit, end, frozenset(statement.asked),
                    frozenset(_counting(cards, variant, start, end)))


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


def subject_rows(compiled: Compiled, first_id: int, period: int, unit_number: int | None, variant_number: int) -> str:
    """SELECT of the rows of evidence.subject of all rates of a variant, from `counted_person` and, of each, the leaves found (`held`)."""
    leaves = list(compiled.leaves.values())
    forms = sorted({(leaf.of_unit, leaf.by_contract) for leaf in leaves})
    joins = [_join(place, of_unit, by_contract, variant_number) for place, (of_unit, by_contract) in enumerate(forms)]
    held = " | ".join(f"coalesce(held_{place}.leaves, 0)" for place, _ in enumerate(forms)) or "0::HUGEINT"
    truths = "".join(f", (held >> {place}) & 1 = 1 AS {leaf.name}" for place, leaf in enumerate(leaves))
    columns = ", ".join(column for number, rate in enumerate(compiled.rates, 1) for column in _columns(compiled, number, rate))
    rates = " UNION ALL ".join(_rate_rows(rate, number, first_id, period) for number, rate in enumerate(compiled.rates, 1))
    return f"""
        WITH subject AS ({_subjects(compiled, unit_number)}),
        joined AS (SELECT s.*, {held} AS held FROM subject AS s {" ".join(joins)}),
        s AS (SELECT *{truths} FROM joined),
        counted AS MATERIALIZED (SELECT s.person, s.unit, s.unit_date, s.contract, {columns} FROM s JOIN coded.person AS p ON p.person = s.person)
        {rates}"""


def _join(place: int, of_unit: bool, by_contract: bool, variant: int) -> str:
    keys = ["person", *(["unit"] if of_unit else []), *(["contract"] if by_contract else [])]
    on = " AND ".join(f"held_{place}.{key} = s.{key}" for key in keys)
    return (f"LEFT JOIN (FROM held WHERE variant = {variant} AND unit IS {'NOT ' if of_unit else ''}NULL "
            f"AND contract IS {'NOT ' if by_contract else ''}NULL) AS held_{place} ON {on}")


def _columns(compiled: Compiled, number: int, rate: CompiledRate) -> list[str]:
    """Of a rate the bits of the lines that are met, the stratum, and the last day on which a gap can be closed."""
    met = " | ".join(f"(coalesce({clause.line.truth}, false)::BIGINT << {clause.number - 1})" for clause in rate.clauses) or "0"
    cases = " ".join(f"WHEN {truth} THEN {place}" for place, truth in enumerate(rate.strata, 1))
    return [f"{met} AS met_{number}", (f"CASE {cases} END" if cases else "NULL") + f" AS stratum_{number}",
            f"{_last_day(rate.rate.last_day, compiled.end)} AS last_day_{number}"]


def _rate_rows(rate: CompiledRate, number: int, first_id: int, period: int) -> str:
    truths = ", ".join(_role_truth(rate, number, role) for role in ("denominator", "exclusions", "exceptions", "numerator", "numerator_exclusions"))
    return (f"SELECT {first_id + number - 1}, {period}, person, unit, unit_date, contract, stratum_{number}, met_{number}, true, "
            f"{truths}, last_day_{number} FROM counted WHERE {_role_truth(rate, number, 'initial_population')}")


def _role_truth(rate: CompiledRate, number: int, role: str) -> str:
    """The truth of a role of the rate with that number: all lines of a population are met, or any line of an exclusion or numerator is."""
    bits = sum(1 << clause.number - 1 for clause in rate.clauses if clause.role == role)
    if POPULATIONS[role] == "all":
        return f"met_{number} & {bits} = {bits}"
    return f"met_{number} & {bits} <> 0"


def _last_day(said, end: date) -> str:
    """The last day on which a gap can be closed: {unit: 30 days}, {birth: 2 years}, {period_end: -30 days}, else the end of the period."""
    if not said:
        return f"DATE '{end}'"
    base, offset = next(iter(said.items()))
    months, days = offset_of(offset)
    bases = {"unit": "s.unit_date", "birth": "p.birth_date", "period_end": f"DATE '{end}'"}
    return f"least(DATE '{end}', point({bases[base]}, {months}, {days}))"


def people_of(enrolment_based: bool) -> str:
    """Who may be counted: covered people per contract for an enrolment-based variant, people of the visit-based universe else."""
    if not enrolment_based:
        return "SELECT person, 0 AS contract, CAST(NULL AS VARCHAR) AS product_line FROM evidence.visit_based_person"
    return ("SELECT DISTINCT person, contract, product_line FROM coded.coverage JOIN coded.contract USING (contract) "
            "JOIN coded.person USING (person) WHERE NOT held")


def _subjects(compiled: Compiled, unit_number: int | None) -> str:
    people = f"(FROM counted_person WHERE by_plan = {compiled.variant.enrolment_based}) AS c"
    if unit_number is None:
        return f"SELECT person, contract, product_line, CAST(0 AS BIGINT) AS unit, CAST(NULL AS DATE) AS unit_date FROM {people}"
    return (f"SELECT c.person, c.contract, c.product_line, u.unit, latest_date(u.start_date, u.end_date) AS unit_date "
            f"FROM {people} JOIN set_event AS u ON u.person = c.person AND u.set = {unit_number}")
