"""Lines of cards to truth values over leaves: a leaf has at most one row a person (and unit), with its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.measures.enrolment import enrolment
from dashboard.measures.phrases import EVENT_KEYS, PhraseError, Statement, event_set, release_of, windowed
from dashboard.measures.phrases import _suggestion as suggestion
from dashboard.measures.sets import Leaf, digest
from dashboard.measures.windows import day_of, parse_window

SEX = {"female": "female", "male": "male"}


def _arguments(said: dict) -> tuple[tuple[str, object], ...]:
    return tuple(sorted(said.items()))


def _put(said, name: str):
    """The same with `name` in the place of every `this`."""
    if isinstance(said, dict):
        return {key: _put(value, name) for key, value in said.items()}
    if isinstance(said, list):
        return [_put(one, name) for one in said]
    return name if said == "this" else said


@dataclass
class Line:
    """A top-level line of a role: its truth as SQL, where leaves and conditions are columns by their names, and the leaves with evidence for it."""

    truth: str
    leaves: list[Leaf]


class Lines:
    """Compiles lines of one variant; leaves, and conditions on the person (SQL on coded.person AS p), are shared between lines that say the same."""

    def __init__(self, statement: Statement, clauses: dict):
        self.statement, self.clauses = statement, clauses
        self.leaves: dict[str, Leaf] = {}
        self.conditions: dict[str, str] = {}

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
        return self._condition(" AND ".join(tests))

    def _say_sex(self, said, leaves):
        return self._condition(f"p.sex = '{SEX[said]}'")

    def _say_us_core_sex(self, said, leaves):
        return self._condition(f"p.us_core_sex IN (SELECT code FROM reference.value_set_code WHERE concept = {self.statement.names[said]})")

    def _say_turns(self, said, leaves):
        """A birthday that falls in the period: {months, days} of life reached in it."""
        months, days = said.get("years", 0) * 12 + said.get("months", 0), said.get("days", 0)
        return self._condition(f"point(p.birth_date, {months}, {days}) BETWEEN DATE '{self.statement.start}' AND DATE '{self.statement.end}'")

    def _say_product_line(self, said, leaves):
        names = ", ".join(f"'{name}'" for name in (said if isinstance(said, list) else [said]))
        return f"s.product_line IN ({names})"

    def _say_flag(self, said, leaves):
        """A flag of the coverage in the period: hospice, institutional_snp, long_term_institutional. It has no evidence."""
        period = {"flag": said, "low_day": str(self.statement.start), "high_day": str(self.statement.end)}
        return self._leaf(Leaf("flag", (), (_arguments(period),), by_contract=True), [])

    def _say_enrolled(self, said, leaves):
        return self._leaf(enrolment(said, self.statement), leaves)

    # ---- events ----

    def _say_exists(self, said, leaves):
        return self._exists(said, leaves)

    def _exists(self, said, leaves, word: str = "latest", **arguments) -> str:
        name = event_set(self.statement, said)
        made = self.statement.sets[name]
        return self._leaf(Leaf(word, (name,), (_arguments(arguments),), made.of_unit, concepts=made.concepts), leaves)

    def _say_count(self, said, leaves):
        """{count: {of: PHRASE, least: 2, most:, distinct: days|events, apart: 14}}; days by default, `apart` days between two that count."""
        phrase = {k: v for k, v in said.items() if k not in ("least", "most", "distinct")}
        if "apart" in said:
            phrase.pop("apart")
            return self._exists(phrase, leaves, "all_days", apart=said["apart"], least=said["least"])
        word = "counted_facts" if said.get("distinct") == "events" else "counted_days"
        return self._exists(phrase, leaves, word, **{bound: said[bound] for bound in ("least", "most") if bound in said})

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
        return self._exists(phrase, leaves, "total", above=float(said["above"]))

    def _say_covered_days(self, said, leaves):
        """{covered_days: {of: PHRASE, in: WINDOW, least: 84}}: merged days that the events cover within the window."""
        phrase = {k: v for k, v in said.items() if k not in ("in", "least", "share")}
        name = event_set(self.statement, phrase)
        of, window = windowed(self.statement, parse_window(said["in"]))
        least = {"least": said["least"]} if "least" in said else {"share": float(said["share"])}
        made, sets = self.statement.sets[name], (name, *of)
        of_unit = any(self.statement.sets[one].of_unit for one in sets)
        return self._leaf(Leaf("merged_days", sets, (_arguments(window | least),), of_unit, concepts=made.concepts), leaves)

    def _condition(self, sql: str) -> str:
        name = "holds_" + digest(sql)
        self.conditions[name] = sql
        return name

    def _leaf(self, leaf: Leaf, leaves: list[Leaf]) -> str:
        leaf = self.leaves.setdefault(leaf.name, leaf)
        if leaf not in leaves:
            leaves.append(leaf)
        return leaf.name
