"""Many near-equal measures over the same few people, all at once: what two of them share is one set or one leaf.

A measure one slip away from a card differs in a handful of sets and leaves; those of all slips are made in the same statements (batches.py).
The truths over the leaves are told in Python, where a line is a tree.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from dashboard.measures.batches import Batches, bits
from dashboard.measures.cards import Cards, Rate, Variant
from dashboard.measures.clauses import Lines
from dashboard.measures.compile import POPULATIONS
from dashboard.measures.examples import Example, Outcome, Period, fits, state_of
from dashboard.measures.fill import people_of
from dashboard.measures.phrases import Statement, event_set
from dashboard.measures.sets import EventSet, Leaf

Subject = tuple[int, int, int]   # person, contract, unit


@dataclass(frozen=True)
class Holds:
    """For whom a line is true and for whom it is false; for others it is unknown."""

    true: frozenset[Subject]
    false: frozenset[Subject]


@dataclass(frozen=True)
class Tried:
    """A variant in a period, ready to be asked about the people of its examples: of each rate the trees of its lines and strata."""

    own: tuple[Example, ...]
    rates: tuple[tuple[Rate, dict[str, list], list], ...]
    unit: str | None
    enrolment_based: bool


class Truths(Lines):
    """Lines as trees of ("all" | "any" | "none", trees), ("leaf", Leaf) and SQL conditions on a row."""

    def _say_all(self, said, leaves):
        return "all", [self._truth(one, leaves) for one in said]

    def _say_any(self, said, leaves):
        return "any", [self._truth(one, leaves) for one in said]

    def _say_none(self, said, leaves):
        return "none", [self._truth(one, leaves) for one in (said if isinstance(said, list) else [said])]

    def _condition(self, sql):
        return sql

    def _leaf(self, leaf, leaves):
        super()._leaf(leaf, leaves)
        return "leaf", self.leaves[leaf.name]


class Trial:
    """Variants are added, then run together over people that are loaded in coded.*, then asked which of their examples notice."""

    def __init__(self, connection, examples: list[Example]):
        self.connection = connection
        self.examples: dict[tuple[str, str], list[Example]] = defaultdict(list)
        for example in examples:
            self.examples[example.variant.measure_id, example.variant.name].append(example)
        askers = dict.fromkeys((e.variant.measure_id, e.variant.name, e.period) for e in examples)
        self._asker = {key: number for number, key in enumerate(askers)}   # each variant asks its own people, period by period
        self._sets: dict[str, EventSet] = {}
        self._leaves: dict[str, Leaf] = {}
        self._wanted: dict[str, set[int]] = defaultdict(set)
        self._units: set[str] = set()
        self._found: dict[str, set[tuple]] = defaultdict(set)
        self._days: dict[str, dict[int, list]] = {}
        self._people: dict[tuple[bool, int], list] = defaultdict(list)
        self._conditions: dict[tuple[bool, str], dict] = {}

    def periods(self, variant: Variant) -> list[Period]:
        return list(dict.fromkeys(e.period for e in self.examples[variant.measure_id, variant.name]))

    def add(self, cards: Cards, variant: Variant) -> list[Tried]:
        """The variant, once a period, with all that it asks. Raises CardError, PhraseError, ValueError."""
        return [self._add(cards, variant, period) for period in self.periods(variant)]

    def _add(self, cards: Cards, variant: Variant, period: Period) -> Tried:
        unit = variant.unit["each"] if isinstance(variant.unit, dict) else variant.unit
        statement = Statement(cards.concepts, cards.kinds, cards.bits, variant.release, period.start, period.end, variant.events, cards.shared,
                              period.as_of, unit)
        lines = Truths(statement, variant.clauses)
        unit = event_set(statement, unit) if unit else None
        rates = tuple((rate, {role: [lines.line(one).truth for one in ones] for role, ones in rate.lines.items()},
                       [lines.line(one).truth for one in rate.strata]) for rate in variant.rates)
        key = (variant.measure_id, variant.name)
        self._sets |= statement.sets
        self._leaves |= lines.leaves
        self._units |= {unit} if unit else set()
        for name in [*lines.leaves, *([unit] if unit else [])]:
            self._wanted[name].add(self._asker[*key, period])
        return Tried(tuple(e for e in self.examples[key] if e.period == period), rates, unit, variant.enrolment_based)

    # ---- running ----

    def run(self) -> None:
        """Find the leaves of all that was added."""
        whose = [(e.person, bits([self._asker[e.variant.measure_id, e.variant.name, e.period]])) for of in self.examples.values() for e in of]
        batches = Batches(self.connection, self._sets, self._leaves, sorted(self._units), self._wanted)
        people, askers = ([row[place] for row in whose] for place in (0, 1))
        self.connection.execute("CREATE OR REPLACE TABLE member AS SELECT m.*, p.birth_date, 0::HUGEINT AS has FROM coded.person AS p "
                                "JOIN (SELECT unnest(?::INTEGER[]) AS person, unnest(?::HUGEINT[]) AS askers) AS m USING (person)", [people, askers])
        batches.begin()
        batches.finish()
        names = {number: name for name, number in batches.numbers.items()}
        for number, *keys in self.connection.execute("SELECT leaf, person, unit, contract FROM leaf_found WHERE met").fetchall():
            self._found[names[number]].add(tuple(key for key in keys if key is not None))
        for name in self._units:
            days = self._days.setdefault(name, defaultdict(list))
            for person, unit, day in self.connection.execute(
                    f"SELECT person, unit, latest_date(start_date, end_date) FROM set_event WHERE set = {batches.numbers[name]}").fetchall():
                days[person].append((unit, str(day or "")))
        for by_plan in (True, False):
            self.connection.execute(f"CREATE OR REPLACE TABLE counted_{by_plan} AS {people_of(by_plan)}")
            for person, contract, line in self.connection.execute(f"SELECT person, contract, product_line FROM counted_{by_plan}").fetchall():
                self._people[by_plan, person].append((contract, line or ""))

    def notices(self, tried: Tried) -> Example | None:
        """The first example whose outcome by this variant is not the expected one."""
        subjects = self._subjects(tried)
        for rate, roles, strata in tried.rates:
            found = self._outcomes(tried, roles, strata, subjects)
            for example in tried.own:
                if not fits(example.expect[rate.name], found.get(example.person, [])):
                    return example
        return None

    def _subjects(self, tried: Tried) -> dict[Subject, tuple[str, str]]:
        """The people (and units) of the examples: {subject: (day of the unit, product line)}."""
        rows = {}
        for example in tried.own:
            units = self._days[tried.unit].get(example.person, []) if tried.unit else [(0, "")]
            for contract, line in self._people[tried.enrolment_based, example.person]:
                rows |= {(example.person, contract, unit): (day, line) for unit, day in units}
        return rows

    def _outcomes(self, tried: Tried, roles: dict, strata: list, subjects: dict) -> dict[int, list[Outcome]]:
        everybody = frozenset(subjects)
        true: dict[str, frozenset[Subject]] = {}
        for role, trees in roles.items():
            held = [self._holding(tree, tried, everybody).true for tree in trees]
            true[role] = everybody.intersection(*held) if POPULATIONS[role] == "all" else frozenset().union(*held)
        by_stratum = [self._holding(tree, tried, everybody).true for tree in strata]
        found: dict[int, list[Outcome]] = {}
        for subject in true["initial_population"]:
            state = state_of(*(subject in true[role] for role in ("denominator", "exclusions", "exceptions", "numerator", "numerator_exclusions")))
            strata_of = [place for place, held in enumerate(by_stratum, 1) if subject in held]
            day, line = subjects[subject]
            found.setdefault(subject[0], []).append(Outcome(state, day, line, strata_of[0] if len(strata_of) == 1 else None))
        return found

    # ---- truths ----

    def _holding(self, tree, tried: Tried, everybody: frozenset[Subject]) -> Holds:
        if isinstance(tree, str):
            return self._condition(tree, tried, everybody)
        word, said = tree
        if word == "leaf":
            found, places = self._found[said.name], [0, *([2] if said.of_unit else []), *([1] if said.by_contract else [])]
            true = frozenset(subject for subject in everybody if tuple(subject[place] for place in places) in found)
            return Holds(true, everybody - true)
        parts = [self._holding(one, tried, everybody) for one in said]
        every, some = everybody.intersection(*(part.true for part in parts)), frozenset().union(*(part.true for part in parts))
        none, lacking = everybody.intersection(*(part.false for part in parts)), frozenset().union(*(part.false for part in parts))
        return {"all": Holds(every, lacking), "any": Holds(some, none), "none": Holds(none, some)}[word]

    def _condition(self, sql: str, tried: Tried, everybody: frozenset[Subject]) -> Holds:
        key = (tried.enrolment_based, sql)
        if key not in self._conditions:
            rows = self.connection.execute(f"SELECT s.person, s.contract, ({sql}) FROM counted_{tried.enrolment_based} AS s "
                                           f"JOIN coded.person AS p ON p.person = s.person").fetchall()
            self._conditions[key] = {(person, contract): holds for person, contract, holds in rows}
        known = self._conditions[key]
        true, false = (frozenset(subject for subject in everybody if known[subject[:2]] is wanted) for wanted in (True, False))
        return Holds(true, false)
