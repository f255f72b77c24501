"""Lines of cards to truth values: each leaf is an expression with at most one row a person (and unit), joined to the people counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from dashboard.measures.enrolment import enrolment
from dashboard.measures.phrases import EVENT_KEYS, PhraseError, Statement, _windowed, _word, event_set, release_of
from dashboard.measures.phrases import _suggestion as suggestion
from dashboard.measures.windows import day_of, parse_window

SEX = {"female": "female", "male": "male"}


def _put(said, name: str):
    """The same with `name` in the place of every `this`."""
    if isinstance(said, dict):
        return {key: _put(value, name) for key, value in said.items()}
    if isinstance(said, list):
        return [_put(one, name) for one in said]
    return name if said == "this" else said


@dataclass
class Leaf:
    """Evidence for one leaf: an expression (person, [unit,] on_date, value, fact) and where it may be missed."""

    name: str
    of_unit: bool
    concepts: list[int]
    by_contract: bool = False


@dataclass
class Line:
    """A top-level line of a role: its truth as SQL over the leaves, and which leaves it reads."""

    truth: str
    leaves: list[Leaf]


class Lines:
    """Compiles lines of one variant; leaves are shared between lines that say the same."""

    def __init__(self, statement: Statement, clauses: dict):
        self.statement, self.clauses = statement, clauses
        self.leaves: dict[str, Leaf] = {}

    def line(self, said) -> Line:
        """The line as truth and leaves. Raises PhraseError."""
        leaves: list[Leaf] = []
        return Line(self._truth(said, leaves), leaves)

    def _truth(self, said, leaves: list[Leaf]) -> str:
        if isinstance(said, str):
            return self._truth(self._named(said), leaves)
        if not isinstance(said, dict):
            raise PhraseError(f"{said!r} is no line: say a word, or a mapping of one")
        said = {key: value for key, value in said.items() if key != "say"}
        if len(said) == 1:
            key, value = next(iter(said.items()))
            handler = getattr(self, f"_say_{key}", None)
            if handler:
                return handler(value, leaves)
        if not set(said) & EVENT_KEYS:
            known = [m.removeprefix("_say_") for m in dir(self) if m.startswith("_say_")]
            word = next(iter(said))
            raise PhraseError(f"unknown word {word!r}." + suggestion(word, [*known, *EVENT_KEYS]))
        return self._exists(said, leaves)

    def _named(self, name: str):
        if name in self.clauses:
            return self.clauses[name]
        shared = self.statement.shared
        if name in shared.get("clauses", {}):
            return release_of(shared["clauses"][name], self.statement.release)
        if name in self.statement.events or name in shared.get("events", {}):
            return {"of": name}
        raise PhraseError(f"no line {name!r}." + suggestion(name, [*self.clauses, *shared.get("clauses", {}), *shared.get("events", {})]))

    # ---- truth of truths ----

    def _say_all(self, said, leaves):
        return "(" + " AND ".join(self._truth(one, leaves) for one in said) + ")"

    def _say_any(self, said, leaves):
        return "(" + " OR ".join(self._truth(one, leaves) for one in said) + ")"

    def _say_none(self, said, leaves):
        return f"NOT {self._say_any(said if isinstance(said, list) else [said], leaves)}"

    def _say_for_any(self, said, leaves):
        """{for_any: {this: [a, b], line: {... this ...}}}: the line holds for at least one of the names."""
        return self._say_any([_put(said["line"], name) for name in said["this"]], leaves)

    # ---- facts of the person ----

    def _say_aged(self, said, leaves):
        where = said.get("at", "end")
        if isinstance(where, str) and where not in ("start", "end"):
            return self._exists({"of": where, "aged": {k: v for k, v in said.items() if k != "at"}}, leaves)
        day = day_of(parse_window({"from": where}).low, self.statement.start, self.statement.end, "")
        unit = f"date_sub('month', p.birth_date, {day})" if "from_months" in said else f"age_on(p.birth_date, {day})"
        low, high = said.get("from_months", said.get("from")), said.get("to")
        tests = [f"{unit} >= {low}"] if low is not None else []
        tests += [f"age_on(p.birth_date, {day}) <= {high}"] if high is not None else []
        return "(" + " AND ".join(tests) + ")"

    def _say_sex(self, said, leaves):
        return f"p.sex = '{SEX[said]}'"

    def _say_us_core_sex(self, said, leaves):
        return f"p.us_core_sex IN (SELECT code FROM reference.value_set_code WHERE concept = {self.statement.names[said]})"

    def _say_turns(self, said, leaves):
        """A birthday that falls in the period: {months, days} of life reached in it."""
        months, days = said.get("years", 0) * 12 + said.get("months", 0), said.get("days", 0)
        return f"point(p.birth_date, {months}, {days}) BETWEEN DATE '{self.statement.start}' AND DATE '{self.statement.end}'"

    def _say_product_line(self, said, leaves):
        names = ", ".join(f"'{name}'" for name in (said if isinstance(said, list) else [said]))
        return f"s.product_line IN ({names})"

    def _say_flag(self, said, leaves):
        """A flag of the coverage in the period: hospice, institutional_snp, long_term_institutional."""
        return (f"(s.person, s.contract) IN (SELECT (person, contract) FROM coded.coverage WHERE {said} "
                f"AND start_date <= DATE '{self.statement.end}' AND end_date >= DATE '{self.statement.start}')")

    def _say_enrolled(self, said, leaves):
        """Continuous enrolment; a table of its own where it hangs on no event, since many cards ask for the same."""
        inner = self.statement.inner()
        sql, of_unit = enrolment(said, inner if "in" not in said or not parse_window(said["in"]).anchor else self.statement)
        columns = "SELECT person, contract, {}CAST(NULL AS DATE) AS on_date, CAST(NULL AS DOUBLE) AS value, CAST(NULL AS BIGINT) AS fact FROM ({})"
        if inner.parts:
            whole = inner.select(columns.format("", sql))   # with the window: its name alone is the same in every card
            table = "enrolled_" + hashlib.sha1(whole.encode()).hexdigest()[:8]
            self.statement.cached[table] = whole
            return self._leaf(f"FROM {table}", False, "", leaves, by_contract=True)
        return self._leaf(columns.format("unit, " if of_unit else "", sql), of_unit, "", leaves, by_contract=True)

    # ---- events ----

    def _say_exists(self, said, leaves):
        return self._exists(said, leaves)

    def _exists(self, said, leaves, having: str = "") -> str:
        events = event_set(self.statement, said)
        of_unit = events in self.statement.of_unit
        keys = "person, unit" if of_unit else "person"
        # Of two events of one day the one that came last: what is said must not change from one build to the next.
        sql = (f"SELECT {keys}, max(latest_date(start_date, end_date)) AS on_date, "
               f"arg_max(value, (latest_date(start_date, end_date), fact, value)) AS value, "
               f"arg_max(fact, (latest_date(start_date, end_date), fact)) AS fact FROM {events} GROUP BY {keys}{having}")
        return self._leaf(sql, of_unit, events, leaves)

    def _say_count(self, said, leaves):
        """{count: {of: PHRASE, least: 2, most:, distinct: days|events, apart: 14}}; days by default, `apart` days between two that count."""
        phrase = {k: v for k, v in said.items() if k not in ("least", "most", "distinct")}
        what = "fact" if said.get("distinct") == "events" else "start_date"
        if "apart" in said:
            phrase.pop("apart")
            return self._exists(phrase, leaves, f" HAVING spaced_count(list(start_date), {said['apart']}) >= {said['least']}")
        tests = [f"count(DISTINCT {what}) >= {said['least']}"] if "least" in said else []
        tests += [f"count(DISTINCT {what}) <= {said['most']}"] if "most" in said else []
        return self._exists(phrase, leaves, " HAVING " + " AND ".join(tests))

    def _say_more_than_one_order(self, said, leaves):
        """Orders of one set in the period: one with a refill, two authored on different days, or two whose courses start on different days."""
        courses = {"of": said, "kind": "medication_ordered_course", "starts": "period",
                   "with": {"of": said, "kind": "ordered", "starts": "period", "same_fact": "it"}}
        return self._say_any([{"of": said, "kind": "refillable_order", "starts": "period"},
                              {"count": {"of": said, "kind": "ordered", "starts": "period", "least": 2}},
                              {"count": courses | {"least": 2}}], leaves)

    def _say_total(self, said, leaves):
        """{total: {of: PHRASE, above: 90}}: the sum of the values (of drug orders: days of supply), each fact's once."""
        phrase = {k: v for k, v in said.items() if k != "above"}
        values = "map_values(map_from_entries(list(DISTINCT ((fact, value), value))))"
        return self._exists(phrase, leaves, f" HAVING list_sum({values}) > {said['above']}")

    def _say_covered_days(self, said, leaves):
        """{covered_days: {of: PHRASE, in: WINDOW, least: 84}}: merged days that the events cover within the window."""
        phrase = {k: v for k, v in said.items() if k not in ("in", "least", "share")}
        events = event_set(self.statement, phrase)
        windowed = _windowed(self.statement, events, parse_window(said["in"]), None)
        merged = _word(self.statement, "merged_days", windowed)
        of_unit = windowed in self.statement.of_unit
        keys = "person, unit" if of_unit else "person"
        test = f"days >= {said['least']}" if "least" in said else f"days >= {said['share']} * window_days"
        return self._leaf(f"SELECT {keys}, on_date, CAST(days AS DOUBLE) AS value, fact FROM {merged} WHERE {test}", of_unit, events, leaves)

    def _leaf(self, sql: str, of_unit: bool, events: str, leaves: list[Leaf], by_contract: bool = False) -> str:
        if sql not in self.leaves:
            self.leaves[sql] = Leaf(f"leaf_{len(self.leaves) + 1}", of_unit, self.statement.concepts_of.get(events, []), by_contract)
        leaf = self.leaves[sql]
        if leaf not in leaves:
            leaves.append(leaf)
        return f"{leaf.name}.person IS NOT NULL"
