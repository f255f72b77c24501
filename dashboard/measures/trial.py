"""Many near-equal measures over the same few people: what two of them share is computed once.

An expression (a named part of a compiled statement) is known by what it says together with all that it reads. Those of a card become small
tables; a measure one slip away differs in a handful of them, which one statement computes. So thousands of slips cost as much as dozens of measures.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass

from dashboard.measures.cards import Cards, Rate, Variant
from dashboard.measures.clauses import Leaf, Lines
from dashboard.measures.compile import POPULATIONS, _join, _people, _subjects
from dashboard.measures.examples import Example, Outcome, Period, fits, state_of
from dashboard.measures.phrases import Statement, event_set

REFERENCE = re.compile(r"(?<=FROM )\w+\b(?!\()|(?<=JOIN )\w+\b(?!\()|(?<=')\w+(?=')|\bleaf_\d+\b")
NAME = re.compile(r"\bt_[0-9a-f]{16}\b")
MANY = 4    # with more expressions that are new to a measure than these, those that several read are worth a table
Subject = tuple[int, int, int]   # person, contract, unit


@dataclass(frozen=True)
class Units:
    """The people (and units) of a variant's examples: {subject: (day of the unit, product line)}, and their table."""

    table: str
    rows: dict[Subject, tuple[str, str]]


@dataclass(frozen=True)
class Holds:
    """For whom a line is true and for whom it is false; for others it is unknown."""

    true: frozenset[Subject]
    false: frozenset[Subject]


class Truths(Lines):
    """Lines as trees of ("all" | "any" | "none", trees), ("leaf", Leaf) and SQL conditions on a row."""

    def _say_all(self, said, leaves):
        return "all", [self._truth(one, leaves) for one in said]

    def _say_any(self, said, leaves):
        return "any", [self._truth(one, leaves) for one in said]

    def _say_none(self, said, leaves):
        return "none", [self._truth(one, leaves) for one in (said if isinstance(said, list) else [said])]

    def _leaf(self, sql, of_unit, events, leaves, by_contract=False):
        super()._leaf(sql, of_unit, events, leaves, by_contract)
        return "leaf", self.leaves[sql]


class Trial:
    """Runs variants over people that are loaded in coded.*; keeps every table and every truth that it computed."""

    def __init__(self, connection, examples: list[Example]):
        self.connection = connection
        self.examples: dict[tuple[str, str], list[Example]] = {}
        for example in examples:
            self.examples.setdefault((example.variant.measure_id, example.variant.name), []).append(example)
        self._sql: dict[str, str] = {}            # every expression by its name
        self._made: set[str] = set()              # names that are tables
        self._holds: dict[tuple, Holds] = {}
        self._units: dict[str, Units] = {}

    def periods(self, variant: Variant) -> list[Period]:
        return list(dict.fromkeys(e.period for e in self.examples.get((variant.measure_id, variant.name), [])))

    def notices(self, cards: Cards, variant: Variant, keep: bool = False) -> Example | None:
        """The first example whose outcome by this variant is not the expected one. `keep`: make tables of all expressions, for others to use.

        Raises CardError, PhraseError, ValueError.
        """
        for period in self.periods(variant):
            own = [e for e in self.examples[variant.measure_id, variant.name] if e.period == period]
            for rate, found in self._outcomes(cards, variant, period, own, keep).items():
                for example in own:
                    if not fits(example.expect[rate], found.get(example.person, [])):
                        return example
        return None

    def _outcomes(self, cards: Cards, variant: Variant, period: Period, own: list[Example], keep: bool) -> dict[str, dict[int, list[Outcome]]]:
        unit = variant.unit["each"] if isinstance(variant.unit, dict) else variant.unit
        statement = Statement(cards.concepts, cards.kinds, cards.bits, variant.release, period.start, period.end, variant.events, cards.shared,
                              period.as_of, unit)
        lines = Truths(statement, variant.clauses)
        unit = event_set(statement, unit) if unit else None
        said = [({role: [lines.line(one).truth for one in ones] for role, ones in rate.lines.items()}, [lines.line(one).truth for one in rate.strata])
                for rate in variant.rates]
        names = self._known(statement, lines, keep)
        units = self._subjects(variant, unit, names, own)
        return {rate.name: self._rate(rate, roles, strata, names, units) for rate, (roles, strata) in zip(variant.rates, said, strict=True)}

    # ---- expressions ----

    def _known(self, statement: Statement, lines: Lines, keep: bool) -> dict[str, str]:
        """{name in the statement: name of what it says}, for every part and leaf."""
        names: dict[str, str] = {}
        for name, sql in (statement.cached | statement.parts | {leaf.name: sql for sql, leaf in lines.leaves.items()}).items():
            names[name] = self._name(_renamed(sql, names))
        new = [name for name in dict.fromkeys(names.values()) if name not in self._made]
        read = Counter(other for name in new for other in set(NAME.findall(self._sql[name])))
        for name in new:
            if keep or (len(new) > MANY and read[name] > 1):
                self._make(name)
        return names

    def _name(self, sql: str) -> str:
        name = "t_" + hashlib.sha1(sql.encode()).hexdigest()[:16]
        self._sql.setdefault(name, sql)
        return name

    def _make(self, name: str) -> None:
        if name not in self._made:
            self.connection.execute(f"CREATE TEMP TABLE {name} AS {self._with(self._sql[name])}")
            self._made.add(name)

    def _with(self, sql: str) -> str:
        """The statement with all that it reads and that is no table."""
        needed: dict[str, str] = {}

        def collect(text: str) -> None:
            for name in NAME.findall(text):
                if name not in self._made and name not in needed:
                    collect(self._sql[name])
                    needed[name] = self._sql[name]

        collect(sql)
        return (f"WITH {', '.join(f'{name} AS ({text})' for name, text in needed.items())} " if needed else "") + f"FROM ({sql})"

    # ---- people ----

    def _subjects(self, variant: Variant, unit: str | None, names: dict[str, str], own: list[Example]) -> Units:
        people = ", ".join(str(example.person) for example in own)
        name = self._name(f"WITH counted_person AS (FROM ({_people(variant)}) WHERE person IN ({people})) {_renamed(_subjects(unit), names)}")
        if name not in self._units:
            self._make(name)
            rows = self.connection.execute(f"SELECT person, contract, unit, unit_date, product_line FROM {name}").fetchall()
            self._units[name] = Units(name, {(p, c, u): (str(day or ""), line or "") for p, c, u, day, line in rows})
        return self._units[name]

    def _rate(self, rate: Rate, roles: dict, strata: list, names: dict[str, str], units: Units) -> dict[int, list[Outcome]]:
        true: dict[str, frozenset[Subject]] = {}
        for role, trees in roles.items():
            held = [self._holding(tree, names, units).true for tree in trees]
            true[role] = _all(held, units) if POPULATIONS[role] == "all" else frozenset().union(*held)
        by_stratum = [self._holding(tree, names, units).true for tree in strata]
        found: dict[int, list[Outcome]] = {}
        for subject in true["initial_population"]:
            state = state_of(*(subject in true[role] for role in ("denominator", "exclusions", "exceptions", "numerator", "numerator_exclusions")))
            strata_of = [place for place, held in enumerate(by_stratum, 1) if subject in held]
            day, line = units.rows[subject]
            found.setdefault(subject[0], []).append(Outcome(state, day, line, strata_of[0] if len(strata_of) == 1 else None))
        return found

    # ---- truths ----

    def _holding(self, tree, names: dict[str, str], units: Units) -> Holds:
        if isinstance(tree, str):
            return self._condition(_renamed(tree, names), units)
        word, said = tree
        if word == "leaf":
            return self._found(said, names[said.name], units)
        parts = [self._holding(one, names, units) for one in said]
        every, some = _all([part.true for part in parts], units), frozenset().union(*(part.true for part in parts))
        none, lacking = _all([part.false for part in parts], units), frozenset().union(*(part.false for part in parts))
        return {"all": Holds(every, lacking), "any": Holds(some, none), "none": Holds(none, some)}[word]

    def _found(self, leaf: Leaf, name: str, units: Units) -> Holds:
        key = (name, units.table)
        if key not in self._holds:
            join = _join(leaf).removeprefix("LEFT ").replace(leaf.name, name)
            true = self._rows(f"SELECT s.person, s.contract, s.unit FROM {units.table} AS s {join}")
            self._holds[key] = Holds(true, frozenset(units.rows) - true)
        return self._holds[key]

    def _condition(self, sql: str, units: Units) -> Holds:
        key = (sql, units.table)
        if key not in self._holds:
            people = f"SELECT s.person, s.contract, s.unit FROM {units.table} AS s JOIN coded.person AS p ON p.person = s.person WHERE"
            self._holds[key] = Holds(self._rows(f"{people} ({sql})"), self._rows(f"{people} NOT ({sql})"))
        return self._holds[key]

    def _rows(self, sql: str) -> frozenset[Subject]:
        return frozenset(self.connection.execute(self._with(sql)).fetchall())


def _all(sets: list[frozenset], units: Units) -> frozenset:
    return frozenset(units.rows).intersection(*sets)


def _renamed(sql: str, names: dict[str, str]) -> str:
    return REFERENCE.sub(lambda match: names.get(match[0], match[0]), sql)
