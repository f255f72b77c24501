"""All sets of events and all leaves of all variants, word by word: one statement makes every set of a word that can be made by then.

Planning a statement takes milliseconds however few rows it reads, and the cards have a thousand sets. So sets are rows of one table,
`set_event`, under their numbers, and what they ask stands in the table `phrase`, from which the words (words.sql) take their arguments.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

from dashboard.measures.sets import BASE, EventSet, Leaf, nearby, reached

EVENT = "person, unit, anchor, fact, kinds, start_date, end_date, start_at, end_at, value, value_high, encounter, panel"
# Which columns of `phrase` a word takes as arguments, in their order.
ARGUMENTS = {
    "valued": ("at_least", "above", "below", "at_most"), "with_bits": ("masks",), "without_bits": ("masks",),
    "attributed": ("which", "concepts"), "unattributed": ("which", "concepts"), "again_below": ("limit_value",), "spaced": ("apart",),
    "aged_then": ("from_age", "to_age"), "as_units": ("set_name",), "tested": ("test",),
    "enrolled": ("max_gap_days", "gaps", "anchor_day", "benefits"),
    "window_fixed": ("low_day", "high_day"), "window_of_life": ("low_months", "low_days", "high_months", "high_days"),
    "window_of_events": ("low_base", "low_day", "low_months", "low_days", "high_base", "high_day", "high_months", "high_days"),
}
TYPES = {
    "batch": "INTEGER", "set": "INTEGER", "source": "INTEGER", "other": "INTEGER", "of_unit": "BOOLEAN", "at_least": "DOUBLE", "above": "DOUBLE",
    "below": "DOUBLE", "at_most": "DOUBLE", "masks": "BIGINT[]", "which": "VARCHAR", "concepts": "SMALLINT[]", "limit_value": "DOUBLE",
    "apart": "INTEGER", "from_age": "INTEGER", "to_age": "INTEGER", "set_name": "VARCHAR", "test": "VARCHAR", "low_day": "DATE", "high_day": "DATE",
    "low_base": "VARCHAR", "high_base": "VARCHAR", "low_months": "INTEGER", "low_days": "INTEGER", "high_months": "INTEGER", "high_days": "INTEGER",
    "max_gap_days": "INTEGER", "gaps": "INTEGER", "anchor_day": "VARCHAR", "benefits": "VARCHAR[]", "least": "INTEGER", "most": "INTEGER",
    "share": "DECIMAL(6, 4)", "flag": "VARCHAR", "only_line": "VARCHAR", "not_lines": "VARCHAR[]", "leaf": "INTEGER",
}
WANTED = {
    "batch": "INTEGER", "set": "INTEGER", "concept": "SMALLINT", "askers": "HUGEINT", "masks": "BIGINT[]", "forbidden": "BIGINT[]",
    "start_low": "DATE", "start_high": "DATE", "end_low": "DATE", "end_high": "DATE", "latest_low": "DATE", "latest_high": "DATE",
    "at_least": "DOUBLE", "above": "DOUBLE", "below": "DOUBLE", "at_most": "DOUBLE", "with_number": "BOOLEAN",
    "near": "HUGEINT", "of_life": "VARCHAR", "low_months": "INTEGER", "low_days": "INTEGER", "high_months": "INTEGER", "high_days": "INTEGER",
}
# What must hold of the amount of a leaf, by its word; a word that is not here takes any.
HOLDS = {
    "counted_days": "coalesce(amount >= d.least, true) AND coalesce(amount <= d.most, true)",
    "counted_facts": "coalesce(amount >= d.least, true) AND coalesce(amount <= d.most, true)",
    "all_days": "spaced_count(amount, d.apart) >= d.least", "total": "amount > d.above",
    "merged_days": "f.days >= coalesce(d.least, d.share * f.window_days)",
}
OF_PEOPLE = ("deaths", "covered")
NEAR = "base_events of people who have others"
BITS = 120
HAS = """CREATE OR REPLACE TABLE member AS
    SELECT m.* REPLACE (coalesce(h.bits, 0) AS has) FROM member AS m LEFT JOIN (
        SELECT e.person, bit_or(1::HUGEINT << b.place) AS bits FROM (SELECT DISTINCT set, person FROM set_event) AS e JOIN near_bit AS b USING (set)
        GROUP BY e.person) AS h USING (person)"""
SET_EVENT = """set INTEGER, person INTEGER, unit BIGINT, anchor BIGINT, fact BIGINT, kinds BIGINT, start_date DATE, end_date DATE,
    start_at TIMESTAMP, end_at TIMESTAMP, value DOUBLE, value_high DOUBLE, encounter BIGINT, panel BIGINT"""
# share: of the days that a leaf asks to be covered, whether it holds or not (met), since a screen tells both.
LEAF_FOUND = "leaf INTEGER, person INTEGER, unit BIGINT, contract INTEGER, on_date DATE, value DOUBLE, fact BIGINT, share DOUBLE, met BOOLEAN"


@dataclass(frozen=True)
class Batch:
    """What one statement makes: sets (or leaves) of one word and one kind of window."""

    number: int
    word: str
    window: str | None
    leaves: bool = False


class Batches:
    """Makes set_event and leaf_found for the people of the table `member`; after `clear` for other people."""

    def __init__(self, connection, sets: dict[str, EventSet], leaves: dict[str, Leaf], units: list[str], askers: dict[str, set[int]]):
        """units: sets that are wanted for themselves. askers: of each leaf and unit, the numbers of the variants that ask for it."""
        self.connection, self.sets = connection, sets
        self.batches: list[Batch] = []
        self.phrases: list[dict] = []
        self.wanted: list[dict] = []
        direct = [leaf for leaf in leaves.values() if leaf.word in EVIDENCE and sets[leaf.of[0]].word == BASE]
        needed = reached(sets, [name for leaf in leaves.values() if leaf not in direct for name in leaf.of] + units)
        self.numbers = {name: number for number, name in enumerate([*needed, *leaves], 1)}
        self.askers = self._askers(needed, leaves, units, askers)
        self._plan_sets(needed, {name for leaf in leaves.values() if leaf not in direct for name in leaf.of} | set(units))
        self._plan_leaves(leaves, direct)
        put_rows(connection, "phrase", TYPES, self.phrases)
        put_rows(connection, "wanted", WANTED, self.wanted)
        put_rows(connection, "near_bit", {"set": "INTEGER", "place": "INTEGER"}, self.bits)
        connection.execute(f"CREATE OR REPLACE TABLE set_event ({SET_EVENT}); CREATE OR REPLACE TABLE leaf_found ({LEAF_FOUND})")

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it keeps for a while."""
        return "phrase", "wanted", "near_bit", "set_event", "leaf_found"

    def _askers(self, needed: list[str], leaves: dict[str, Leaf], units: list[str], askers: dict[str, set[int]]) -> dict[str, set[int]]:
        """The variants that need each set and leaf."""
        found: dict[str, set[int]] = defaultdict(set)
        for name in units:
            found[name] |= askers[name]
        for name, leaf in leaves.items():
            found[name] |= askers[name]
            for other in leaf.of:
                found[other] |= askers[name]
        for name in reversed(needed):
            for other in self.sets[name].of:
                found[other] |= found[name]
        return found

    # ---- what is made when ----

    def _plan_sets(self, needed: list[str], unbound: set[str]) -> None:
        bases = [name for name in needed if self.sets[name].word == BASE]
        near = nearby(self.sets, needed, unbound)
        others = sorted({one for of in near.values() for one in of})
        bit_of = {name: place % BITS for place, name in enumerate(others)}   # two that share a bit cost time, not truth
        self.bits = [{"set": self.numbers[name], "place": bit_of[name]} for name in others]
        for word, names in ((BASE, [name for name in bases if name not in near]), (NEAR, list(near))):
            batch = self._batch(word, None)
            for name in names:
                self._want(batch, name, self.sets[name], sum({1 << bit_of[one] for one in near.get(name, ())}) or None)
        done, left = set(bases), [name for name in needed if name not in bases]
        key = {name: (self.sets[name].word, dict(self.sets[name].arguments).get("window")) for name in left}
        while left:
            ready, all_left = defaultdict(list), Counter(key[name] for name in left)
            for name in left:
                if done.issuperset(self.sets[name].of):
                    ready[key[name]].append(name)
            # A word all of whose sets can be made is done with; another waits, since it would have to come again.
            (word, window), names = max(ready.items(), key=lambda item: (len(item[1]) == all_left[item[0]], len(item[1])))
            batch = self._batch(word, window)
            for name in names:
                self._phrase(batch, name, self.sets[name].of, self.sets[name].arguments)
            done.update(names)
            left = [name for name in left if name not in done]

    def _plan_leaves(self, leaves: dict[str, Leaf], direct: list[Leaf]) -> None:
        by_batch: dict[tuple, Batch] = {}
        for name, leaf in leaves.items():
            for part in leaf.parts:
                key = leaf.word, dict(part).get("window")
                batch = by_batch[key] if key in by_batch else by_batch.setdefault(key, self._batch(*key, leaves=True))
                self._phrase(batch, name, () if leaf in direct else leaf.of, part, leaf.of_unit)
            if leaf in direct:
                self._want(batch, name, self.sets[leaf.of[0]])

    def _batch(self, word: str, window: str | None, leaves: bool = False) -> Batch:
        batch = Batch(len(self.batches) + 1, word, window, leaves)
        self.batches.append(batch)
        return batch

    def _phrase(self, batch: Batch, name: str, of: tuple[str, ...], arguments, of_unit: bool = False) -> None:
        """A row of `phrase`; of a union one for each of its sets. Parts of a leaf are sets of their own numbers."""
        row = {key: value for key, value in arguments if key != "window"} | {"batch": batch.number, "of_unit": of_unit}
        if batch.leaves:
            row |= {"leaf": self.numbers[name], "set": self.numbers[name] if batch.word in EVIDENCE else -len(self.phrases) - 1}
        else:
            row |= {"set": self.numbers[name]}
        if batch.word == "union":
            self.phrases += [row | {"source": self.numbers[one]} for one in of]
        else:
            self.phrases.append(row | dict(zip(("source", "other"), (self.numbers[one] for one in of), strict=False)))

    def _want(self, batch: Batch, name: str, base: EventSet, near: int | None = None) -> None:
        row = {"batch": batch.number, "set": self.numbers[name], "askers": str(bits(self.askers[name])),
               "near": str(near) if near else None}
        self.wanted += [row | {"concept": concept, "masks": want.masks, "forbidden": want.forbidden, "with_number": False} | dict(want.bounds)
                        for want in base.wanted for concept in want.concepts]

    # ---- making it ----

    def begin(self, events: str = "coded.event") -> None:
        """Make the sets that are told by events alone, for the people of `member`, whose events are in the relation `events`."""
        for batch in self._first():
            if batch.word == NEAR:
                self.connection.execute(HAS)
            self.connection.execute(_sets(batch, events))

    def finish(self, threads: int = 1, events: str = "coded.event") -> None:
        """Make the other sets and the leaves.

        threads: more than one runs statements side by side, on cursors of the connection, so what they read must be committed.
        """
        then = [batch for batch in self.batches if batch not in self._first()]
        if threads > 1:
            self._side_by_side(then, threads, events)
        else:
            for batch in then:
                self.connection.execute(_leaves(batch, events) if batch.leaves else _sets(batch, events))

    def _first(self) -> list[Batch]:
        return [batch for batch in self.batches if batch.word in (BASE, NEAR)]  # the others read `member` as these leave it

    def clear(self) -> None:
        """Make room for other people."""
        self.connection.execute("TRUNCATE set_event; TRUNCATE leaf_found")

    def _side_by_side(self, batches: list[Batch], threads: int, events: str) -> None:
        """Each batch when those are made that it reads: earlier ones, which the pool takes up before it."""
        made_by = {row["set"]: row["batch"] for row in self.phrases if "leaf" not in row}
        reads = defaultdict(set)
        for row in self.phrases:
            reads[row["batch"]] |= {made_by[row[of]] for of in ("source", "other") if row.get(of) in made_by}
        making = {}

        def make(batch: Batch) -> None:
            for number in reads[batch.number]:
                making[number].result()
            with closing(self.connection.cursor()) as cursor:
                cursor.execute(_leaves(batch, events) if batch.leaves else _sets(batch, events))

        with ThreadPoolExecutor(threads) as pool:
            for batch in batches:
                making[batch.number] = pool.submit(make, batch)
        for made in making.values():
            made.result()


def _sets(batch: Batch, events: str) -> str:
    if batch.word in (BASE, NEAR):
        return f"INSERT INTO set_event WITH now AS ({_wanted(batch)}) SELECT set, {EVENT} FROM base_events('now', 'member', '{events}')"
    if batch.word in OF_PEOPLE:
        return (f"INSERT INTO set_event SELECT set, {EVENT} FROM {batch.word}((SELECT set FROM phrase WHERE batch = {batch.number})) "
                f"SEMI JOIN member USING (person)")
    last = "events" if batch.word == "union" else _called(batch.word, ["windowed"] if batch.window else _inputs(batch.word))
    return f"INSERT INTO set_event WITH {', '.join(_expressions(batch))} SELECT set, {EVENT} FROM {last}"


def _leaves(batch: Batch, events: str) -> str:
    number = batch.number
    if batch.word == "flag":
        return (f"INSERT INTO leaf_found WITH now AS (FROM phrase WHERE batch = {number}) "
                f"SELECT leaf, person, NULL, contract, NULL, NULL, NULL, NULL, true FROM flagged('now') SEMI JOIN member USING (person)")
    if batch.word == "enrolled":
        return (f"INSERT INTO leaf_found WITH {', '.join(_expressions(batch))} "
                f"SELECT d.leaf, f.person, f.unit, f.contract, NULL, NULL, NULL, NULL, true "
                f"FROM {_called('enrolled', ['windowed'])} AS f JOIN phrase AS d ON d.set = f.set JOIN coded.contract AS c USING (contract) "
                f"WHERE {UNIT_KNOWN} AND CASE WHEN d.only_line IS NOT NULL THEN c.product_line = d.only_line "
                f"ELSE len(d.not_lines) = 0 OR NOT list_contains(d.not_lines, c.product_line) END")
    expressions = _expressions(batch)
    if not batch.window:
        expressions.append(f"now AS ({_wanted(batch)})")
        expressions.append(f"all_events AS (SELECT set, {EVENT} FROM base_events('now', 'member', '{events}') "
                           f"UNION ALL SELECT set, {EVENT} FROM events)")
    value, share = "f.value", "NULL"
    if batch.window:
        value, share = "CAST(f.days AS DOUBLE)", "CASE WHEN d.share IS NOT NULL THEN f.days / f.window_days END"
    return (f"INSERT INTO leaf_found WITH {', '.join(expressions)} SELECT d.leaf, f.person, f.unit, NULL, f.on_date, {value}, f.fact, "
            f"{share} AS covered, {HOLDS.get(batch.word, 'true')} AS holds "
            f"FROM {batch.word}('{'windowed' if batch.window else 'all_events'}') AS f JOIN phrase AS d ON d.set = f.set AND d.batch = {number} "
            f"WHERE {UNIT_KNOWN} AND (holds OR covered IS NOT NULL)")


UNIT_KNOWN = "(NOT d.of_unit OR f.unit IS NOT NULL)"
EVIDENCE = ("latest", "counted_days", "counted_facts", "all_days", "total")
ANCHORED = ("linked", "same_panel", "same_fact", "exactly_before", "other_than", "kept", "dropped")


def _inputs(word: str) -> list[str]:
    return ["events", "others"] if word in ANCHORED or word == "window_of_events" else ["events"]


def _called(word: str, relations: list[str]) -> str:
    return f"{word}({', '.join([*(repr(one) for one in relations), *ARGUMENTS.get(word, ())])})"


def _wanted(batch: Batch) -> str:
    return f"FROM wanted WHERE batch = {batch.number}"


def _expressions(batch: Batch) -> list[str]:
    """The sets that a batch reads, under the numbers of what is made of them and with the arguments for it."""
    asked = [*ARGUMENTS.get(batch.word, ()), *(ARGUMENTS[batch.window] if batch.window else ())]
    events = "".join(f", d.{name}" for name in asked)
    expressions = [f"{name} AS (SELECT d.set, e.* EXCLUDE (set){more} FROM set_event AS e JOIN phrase AS d ON d.{column} = e.set "
                   f"WHERE d.batch = {batch.number})" for name, column, more in (("events", "source", events), ("others", "other", ""))]
    if batch.window:
        expressions.append(f"windowed AS (FROM {_called(batch.window, _inputs(batch.window))})")
    return expressions


def bits(numbers: Iterable[int]) -> int:
    """Numbers as bits; two that share one cost time, not truth."""
    return sum({1 << number % BITS for number in numbers})


def put_rows(connection, table: str, types: dict[str, str], rows: list[dict]) -> None:
    """A table of rows of Python values."""
    columns = ", ".join(f"{name} {kind}" for name, kind in types.items())
    connection.execute(f"CREATE OR REPLACE TABLE {table} ({columns})")
    connection.execute(f"INSERT INTO {table} BY NAME SELECT unnest(from_json(?, ?), recursive := true)", [json.dumps(rows), json.dumps([types])])
