"""A variant of a card to what it asks: its sets and leaves, and the truth of every line of every person (and unit) counted over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dashboard.measures.cards import CardError, Cards, Rate, Variant
from dashboard.measures.clauses import Line, Lines
from dashboard.measures.phrases import PhraseError, Statement, event_set
from dashboard.measures.say import say_line
from dashboard.measures.sets import EventSet, Leaf

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


@dataclass(frozen=True, eq=False)
class Compiled:
    """What a variant asks of people: `sets`, `leaves` and `conditions` by their names, `unit` the set whose events are counted, if any.

    `asked` are the concepts whose events and details it wants, `counting` those of them by which its populations are counted.
    """

    variant: Variant
    rates: list[CompiledRate]
    sets: dict[str, EventSet]
    leaves: dict[str, Leaf]
    conditions: dict[str, str]
    unit: str | None
    end: date
    asked: frozenset[int]
    counting: frozenset[int]


@lru_cache(maxsize=512)  # all variants of the periods that a process counts
def compile_variant(cards: Cards, variant: Variant, start: date, end: date, today: date | None = None) -> Compiled:
    """SQL for a variant and a period. Raises CardError naming card, variant, role and line, all faults at once."""
    unit = variant.unit["each"] if isinstance(variant.unit, dict) else variant.unit
    statement = Statement(cards.concepts, cards.kinds, cards.bits, variant.release, start, end, variant.events, cards.shared, today, unit)
    lines, faults = Lines(statement, variant.clauses), []
    unit = event_set(statement, unit) if unit else None
    rates = [_rate(cards, variant, rate, lines, faults) for rate in variant.rates]
    if faults:
        raise CardError("\n".join(faults))
    return Compiled(variant, rates, statement.sets, lines.leaves, lines.conditions, unit, end, frozenset(statement.asked),
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
