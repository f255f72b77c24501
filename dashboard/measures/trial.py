"""Many near-equal measures over the same few people: every expression that two of them share is computed once.

An expression (a named part of a compiled statement) becomes a small table, named by what it says with the names of what it reads. A
slipped measure differs from its card in a handful of them, so that thousands of slips cost about as much as dozens of measures.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from dashboard.measures.cards import Cards, Rate, Variant
from dashboard.measures.clauses import Line, Lines
from dashboard.measures.compile import POPULATIONS, _join, _people, _subjects
from dashboard.measures.examples import Example, Outcome, Period, fits, state_of
from dashboard.measures.phrases import Statement, event_set

REFERENCE = re.compile(r"(?<=FROM )\w+\b(?!\()|(?<=JOIN )\w+\b(?!\()|(?<=')\w+(?=')|\bleaf_\d+\b")
Subject = tuple[int, int, int]   # person, contract, unit


@dataclass(frozen=True)
class Units:
    """The people (and units) of a variant's examples: {subject: (day of the unit, product line)}, and their table."""

    table: str
    rows: dict[Subject, tuple[str, str]]


class Trial:
    """Runs variants over people that are loaded in coded.*; keeps every table that it made."""

    def __init__(self, connection, examples: list[Example]):
        self.connection = connection
        self.examples: dict[tuple[str, str], list[Example]] = {}
        for example in examples:
            self.examples.setdefault((example.variant.measure_id, example.variant.name), []).append(example)
        self._tables: dict[str, str] = {}
        self._holds: dict[str, frozenset[Subject]] = {}
        self._units: dict[str, Units] = {}
        self.statements = 0

    def periods(self, variant: Variant) -> list[Period]:
        return list(dict.fromkeys(e.period for e in self.examples.get((variant.measure_id, variant.name), [])))

    def notices(self, cards: Cards, variant: Variant) -> Example | None:
        """The first example whose outcome by this variant is not the expected one. Raises CardError, PhraseError, ValueError."""
        for period in self.periods(variant):
            own = [e for e in self.examples[variant.measure_id, variant.name] if e.period == period]
            for rate, found in self._outcomes(cards, variant, period, own).items():
                for example in own:
                    if not fits(example.expect[rate], found.get(example.person, [])):
                        return example
        return None

    def _outcomes(self, cards: Cards, variant: Variant, period: Period, own: list[Example]) -> dict[str, dict[int, list[Outcome]]]:
        unit = variant.unit["each"] if isinstance(variant.unit, dict) else variant.unit
        statement = Statement(cards.concepts, cards.kinds, cards.bits, variant.release, period.start, period.end, variant.events, cards.shared,
                              period.as_of, unit)
        lines = Lines(statement, variant.clauses)
        if unit:
            event_set(statement, unit)
        said = [({role: [lines.line(one) for one in ones] for role, ones in rate.lines.items()}, [lines.line(one) for one in rate.strata])
                for rate in variant.rates]
        names = self._make(statement, lines)
        units = self._subjects(variant, unit, names, own)
        return {rate.name: self._rate(rate, roles, strata, names, units) for rate, (roles, strata) in zip(variant.rates, said, strict=True)}

    def _make(self, statement: Statement, lines: Lines) -> dict[str, str]:
        """Every part of the statement as a table: {name in the statement: name of the table}."""
        names: dict[str, str] = {}
        parts = statement.cached | statement.parts | {leaf.name: sql for sql, leaf in lines.leaves.items()}
        for name, sql in parts.items():
            names[name] = self._table(_renamed(sql, names))
        return names

    def _table(self, sql: str) -> str:
        if sql not in self._tables:
            table = "t_" + hashlib.sha1(sql.encode()).hexdigest()[:16]
            self.connection.execute(f"CREATE TEMP TABLE {table} AS {sql}")
            self.statements += 1
            self._tables[sql] = table
        return self._tables[sql]

    def _subjects(self, variant: Variant, unit: str | None, names: dict[str, str], own: list[Example]) -> Units:
        people = ", ".join(str(example.person) for example in own)
        sql = f"WITH counted_person AS ({_people(variant)}) {_renamed(_subjects(unit), names)} WHERE person IN ({people})"
        sql = sql.replace("WHERE person IN", "WHERE c.person IN" if unit else "WHERE person IN")
        if sql not in self._units:
            table = self._table(sql)
            rows = self.connection.execute(f"SELECT person, contract, unit, unit_date, product_line FROM {table}").fetchall()
            self._units[sql] = Units(table, {(p, c, u): (str(day or ""), line or "") for p, c, u, day, line in rows})
        return self._units[sql]

    def _rate(self, rate: Rate, roles: dict[str, list[Line]], strata: list[Line], names: dict[str, str], units: Units) -> dict[int, list[Outcome]]:
        holding = {role: [self._holding(line, names, units) for line in lines] for role, lines in roles.items()}
        by_stratum = [self._holding(line, names, units) for line in strata]
        found: dict[int, list[Outcome]] = {}
        for subject, (day, line) in units.rows.items():
            true = {role: (all if POPULATIONS[role] == "all" else any)(subject in held for held in sets) for role, sets in holding.items()}
            if true["initial_population"]:
                state = state_of(true["denominator"], true["exclusions"], true["exceptions"], true["numerator"], true["numerator_exclusions"])
                strata_of = [place for place, held in enumerate(by_stratum, 1) if subject in held]
                found.setdefault(subject[0], []).append(Outcome(state, day, line, strata_of[0] if len(strata_of) == 1 else None))
        return found

    def _holding(self, line: Line, names: dict[str, str], units: Units) -> frozenset[Subject]:
        """The subjects for whom a line holds."""
        joins = " ".join(_join(leaf) for leaf in line.leaves)
        sql = _renamed(f"SELECT s.person, s.contract, s.unit FROM subject AS s JOIN coded.person AS p ON p.person = s.person {joins} "
                       f"WHERE {line.truth}", names | {"subject": units.table})
        if sql not in self._holds:
            self.statements += 1
            self._holds[sql] = frozenset(self.connection.execute(sql).fetchall())
        return self._holds[sql]


def _renamed(sql: str, names: dict[str, str]) -> str:
    return REFERENCE.sub(lambda match: names.get(match[0], match[0]), sql)
