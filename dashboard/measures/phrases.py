"""Phrases of cards to common table expressions: every phrase becomes a chain of words, each a table macro of measures/words.sql."""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import date

from dashboard.measures.at_hand import ends_in_it
from dashboard.measures.windows import Point, Window, day_of, parse_window

SOURCES = ("of", "first", "last", "last_day", "lowest", "had", "ever", "rolled_out", "daily_amount", "either")
PICKS = {"first": "first_of", "last": "last_of", "last_day": "last_day_of", "lowest": "lowest_of", "rolled_out": "rolled_out",
         "daily_amount": "daily_amount"}
TESTS = ("starts", "ends", "latest", "during", "overlaps", "overlaps_after", "overlaps_before",
         "exactly_starts", "exactly_ends", "exactly_during", "exactly_overlaps")
ASPECTS = ("valued", "reason", "status_reason", "body_site", "severity", "class", "discharge", "location_type", "place", "modifier")
LINKS = ("exactly_before", "linked", "same_panel", "same_fact", "other_than")
FILTERS = ("kind", "not_kind", "value", "again_below", "apart", "aged", "with", "without", "within_years", "from", "days", "not_class",
           "not_modifier", "not_place", "of_any_unit", *ASPECTS, *LINKS, *TESTS)
EVENT_KEYS = set(SOURCES) | set(FILTERS)
WORD = re.compile(r"\w+")


def whole(parts: dict[str, str], last: str) -> str:
    """One statement of expressions by name and the SELECT that reads them."""
    return "WITH " + ",\n".join(f"{name} AS ({sql})" for name, sql in parts.items()) + f"\n{last}" if parts else last


class PhraseError(ValueError):
    """What a card says that the words cannot: with a suggestion where one is near."""


@dataclass
class Statement:
    """The expressions of one statement, in order; a phrase said twice is one expression.

    An expression is named by what it says, so that the same name means the same rows in every statement of a period.
    """

    names: dict[str, int]
    kinds: dict
    bits: dict[str, int]
    release: str
    start: date
    end: date
    events: dict
    shared: dict
    today: date | None = None
    unit_set: str | None = None
    parts: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    of_unit: set[str] = field(default_factory=set)
    cached: dict[str, str] = field(default_factory=dict)   # tables that several cards read, made once: name -> SELECT
    concepts_of: dict[str, list[int]] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)   # concepts that it reads of coded.*

    def add(self, sql: str, name: str | None = None, of_unit: bool = False, concepts: list[int] | None = None) -> str:
        """Name an expression and keep it; gives the name."""
        name = name or "set_" + hashlib.sha1(sql.encode()).hexdigest()[:12]
        self.parts[name] = sql
        if of_unit:
            self.of_unit.add(name)
        self.concepts_of[name] = concepts or []
        return name

    def ask(self, names: list[str]) -> list[int]:
        """The numbers of concepts, which the statement asks about from now on."""
        if unknown := next((name for name in names if name not in self.names), None):
            raise PhraseError(f"no concept {unknown!r}." + _suggestion(unknown, [*self.names, *self.events, *self.shared.get("events", {})]))
        numbers = sorted({self.names[name] for name in names})
        self.asked.update(numbers)
        return numbers

    def inner(self) -> Statement:
        """An empty statement of the same release and period, for what is shared between cards."""
        return Statement(self.names, self.kinds, self.bits, self.release, self.start, self.end, {}, self.shared, self.today, asked=self.asked)

    def day(self, point: Point | None, default: str) -> str:
        """A fixed day as a SQL literal."""
        return day_of(point, self.start, self.end, default, self.today)

    def needed(self, last: str) -> dict[str, str]:
        """The expressions that a SELECT needs, by name, each after those that it reads."""
        needed, words = [], set(WORD.findall(last))
        for name, sql in reversed(self.parts.items()):
            if name in words:
                needed.append((name, sql))
                words.update(WORD.findall(sql))
        return dict(reversed(needed))

    def select(self, last: str) -> str:
        """The whole statement, ending in `last`, with the expressions that it needs."""
        return whole(self.needed(last), last)

    def masks(self, kind) -> list[int]:
        """The bit masks of a named kind in this release: an event needs all bits of one of them."""
        if kind not in self.kinds:
            raise PhraseError(f"no kind {kind!r}." + _suggestion(kind, self.kinds))
        said = self.kinds[kind]
        if isinstance(said, dict):
            said = said.get(int(self.release) if self.release.isdigit() else self.release, said.get("else"))
            if said is None:
                raise PhraseError(f"kind {kind!r} has no meaning in release {self.release}")
        masks = said if isinstance(said[0], list) else [said]
        return [sum(self.bits[bit] for bit in mask) for mask in masks]


def _suggestion(word: str, known) -> str:
    close = difflib.get_close_matches(str(word), [str(k) for k in known], 1)
    return f" Did you mean {close[0]!r}?" if close else ""


def event_set(statement: Statement, phrase, it: str | None = None) -> str:
    """The expression of a phrase: a concept, a named set, a list of them, or a mapping of a source and filters."""
    if isinstance(phrase, str):
        return _named(statement, phrase, it)
    if isinstance(phrase, list):
        return _union(statement, [event_set(statement, one, it) for one in phrase])
    key = json.dumps([phrase, it], sort_keys=True, default=str)
    if key not in statement.known:
        unknown = set(phrase) - EVENT_KEYS
        if unknown:
            word = sorted(unknown)[0]
            raise PhraseError(f"unknown word {word!r}." + _suggestion(word, EVENT_KEYS))
        statement.known[key] = _mapped(statement, phrase, it)
    return statement.known[key]


def _named(statement: Statement, name: str, it: str | None, masks: list[int] | None = None) -> str:
    if name == "it" and it:
        return it
    if name == "death":
        return statement.add("FROM deaths()", "death")
    if name in statement.events:
        if f"event {name}" not in statement.known:
            made = event_set(statement, statement.events[name])
            if name == statement.unit_set:
                made = statement.add(f"FROM as_units('{made}', '{name}')", of_unit=True, concepts=statement.concepts_of[made])
            statement.known[f"event {name}"] = made
        return statement.known[f"event {name}"]
    if name in statement.shared.get("events", {}):
        return _shared(statement, name)
    return _base(statement, [name], "happened" if masks is None else masks)


def _shared(statement: Statement, name: str) -> str:
    """A set of shared.yaml: its own table, made once for all cards of a release."""
    table = f"shared_{name}_{statement.release.lower()}"
    if table not in statement.cached:
        inner = statement.inner()
        made = event_set(inner, release_of(statement.shared["events"][name], statement.release))
        statement.cached |= inner.cached | {table: inner.select(f"FROM {made}")}
        statement.concepts_of[table] = inner.concepts_of.get(made, [])
    return table


def release_of(body, release: str):
    """What a shared definition says in a release: {releases: {HEDIS: ..., else: ...}} or the same for all."""
    if isinstance(body, dict) and "releases" in body:
        by_release = {str(k): v for k, v in body["releases"].items()}
        return by_release.get(release, by_release.get("else"))
    return body


def _base(statement: Statement, names: list[str], kind) -> str:
    numbers = statement.ask(names)
    masks = kind if isinstance(kind, list) else statement.masks(kind)
    return statement.add(f"FROM base_events({numbers}, {masks})", concepts=numbers)


def _union(statement: Statement, names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    if len(names) == 1:
        return names[0]
    sql = " UNION ALL BY NAME ".join(f"FROM {name}" for name in names)
    concepts = sorted({c for name in names for c in statement.concepts_of.get(name, [])})
    return statement.add(sql, of_unit=any(n in statement.of_unit for n in names), concepts=concepts)


def _source(statement: Statement, phrase: dict, it: str | None) -> tuple[str, str | None]:
    """(expression of the source, word that picks from it after the filters)"""
    said = [key for key in SOURCES if key in phrase]
    if len(said) != 1:
        raise PhraseError(f"{phrase!r}: say exactly one of {', '.join(SOURCES)}")
    what = phrase[said[0]]
    kind = phrase.get("kind", "happened")
    items = what if isinstance(what, list) else [what]
    named = {"it", "death", *statement.events, *statement.shared.get("events", {})}
    concepts = [i for i in items if isinstance(i, str) and i not in named]
    sets = [event_set(statement, i, it) for i in items if i not in concepts]
    if "kind" in phrase:
        sets = [_word(statement, "with_bits", s, str(statement.masks(kind))) for s in sets]
    if concepts:
        sets.append(_base(statement, concepts, kind))
    return _union(statement, sets), PICKS.get(said[0])


def _word(statement: Statement, word: str, events: str, *arguments: str, of_unit: bool = False) -> str:
    sql = f"FROM {word}({', '.join([repr(events), *arguments])})"
    return statement.add(sql, of_unit=of_unit or events in statement.of_unit, concepts=statement.concepts_of.get(events, []))


def _mapped(statement: Statement, phrase: dict, it: str | None) -> str:
    events, pick = _source(statement, phrase, it)
    for key, said in _sugar(phrase).items():
        if key in FILTERS and key != "kind":
            events = _filtered(statement, events, key, said, it)
    return _word(statement, pick, events) if pick else events


def _sugar(phrase: dict) -> dict:
    """{had, within_years}, {ever} and {from, days} said in full."""
    plain = {k: v for k, v in phrase.items() if k not in ("within_years", "from", "days")}
    if "within_years" in phrase:
        plain["latest"] = {"years": [1 - phrase["within_years"], 0]}
    elif "had" in phrase and not set(phrase) & {*TESTS, "from", "linked"}:
        plain["latest"] = "period"
    if "ever" in phrase:
        plain["starts"] = {"to": "end"}
    if "from" in phrase:
        plain["starts"] = dict(zip(("from", "to"), ({phrase["from"]: day} for day in phrase["days"]), strict=True))
    return plain


def _filtered(statement: Statement, events: str, key: str, said, it: str | None) -> str:
    if key in TESTS:
        for window in said if isinstance(said, list) else [said]:
            events = _tested(statement, events, key, parse_window(window), it)
        return events
    if key == "not_kind":
        return _word(statement, "without_bits", events, str(statement.masks(said)))
    if key in ASPECTS or key in ("not_class", "not_modifier", "not_place"):
        return _attributed(statement, events, key, said)
    if key == "value":
        bounds = [str(said[b]) if b in said else "NULL" for b in ("at_least", "above", "below", "at_most")]
        return _word(statement, "valued", events, *bounds)
    if key in ("again_below", "apart"):
        return _word(statement, {"apart": "spaced"}.get(key, key), events, str(said))
    if key == "aged":
        return _word(statement, "aged_then", events, str(said.get("from", "NULL")), str(said.get("to", "NULL")))
    if key == "of_any_unit":
        statement.of_unit.discard(events := _word(statement, "of_any_unit", events))
        return events
    if key in LINKS:
        anchor = event_set(statement, said, it)
        return _word(statement, key, events, repr(anchor), of_unit=anchor in statement.of_unit)
    word = {"with": "kept", "without": "dropped"}[key]
    for inner in said if isinstance(said, list) else [said]:
        if not ends_in_it(inner, FILTERS):
            raise PhraseError(f"{key}: the last filter of {inner!r} says nothing of `it`. End with it, for instance linked: it")
        found = event_set(statement, inner, it=events)
        events = _word(statement, word, events, repr(found))
    return events


def _tested(statement: Statement, events: str, test: str, window: Window, it: str | None) -> str:
    """Events that pass a test of time. A window that is the same for everybody is a condition; planning it costs least."""
    if window.anchor or test.startswith("exactly_"):
        return _word(statement, test, _windowed(statement, events, window, it))
    metadata = {"of_unit": events in statement.of_unit, "concepts": statement.concepts_of.get(events, [])}
    if window.of_life:
        low, high = (f"DATE '{default}'" if point is None else f"point(p.birth_date, {point.months}, {point.days})"
                     for point, default in ((window.low, "-infinity"), (window.high, "infinity")))
        return statement.add(f"SELECT e.* FROM {events} AS e JOIN coded.person AS p ON p.person = e.person "
                             f"WHERE p.birth_date IS NOT NULL AND {test}_within(e.start_date, e.end_date, {low}, {high})", **metadata)
    condition = f"{test}_within(start_date, end_date, {statement.day(window.low, '-infinity')}, {statement.day(window.high, 'infinity')})"
    source = statement.parts.get(events, "")
    base = f"SELECT * {source}" if source.startswith("FROM base_events(") else source if source.startswith("SELECT * FROM base_events(") else ""
    sql = f"{base} AND {condition}" if " WHERE " in base else f"{base or f'SELECT * FROM {events}'} WHERE {condition}"
    return statement.add(sql, **metadata)


def _attributed(statement: Statement, events: str, key: str, said) -> str:
    if key == "valued" and said == "present":
        return _word(statement, "with_bits", events, str(statement.masks("with_value")))
    word = "unattributed" if key.startswith("not_") else "attributed"
    aspect = {"valued": "value"}.get(key, key.removeprefix("not_"))
    return _word(statement, word, events, repr(aspect), str(statement.ask(said if isinstance(said, list) else [said])))


def _windowed(statement: Statement, events: str, window: Window, it: str | None) -> str:
    if window.of_life:
        sides = []
        for point in (window.low, window.high):
            sides += ["NULL", "NULL"] if point is None else [str(point.months), str(point.days)]
        return _word(statement, "window_of_life", events, *sides)
    if window.anchor is None:
        return _word(statement, "window_fixed", events, statement.day(window.low, "-infinity"), statement.day(window.high, "infinity"))
    anchor = event_set(statement, window.anchor, it)
    arguments = [repr(anchor)]
    for point, default in ((window.low, "-infinity"), (window.high, "infinity")):
        if point is not None and point.base == window.anchor:
            arguments += [repr(point.side), "NULL", str(point.months), str(point.days)]
        else:
            arguments += ["'day'", statement.day(point, default), "0", "0"]
    return _word(statement, "window_of_events", events, *arguments, of_unit=anchor in statement.of_unit)
