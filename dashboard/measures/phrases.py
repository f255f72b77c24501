"""Phrases of cards to sets of events: every phrase becomes a chain of words, each a table macro of measures/words.sql."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from dashboard.measures.at_hand import ends_in_it
from dashboard.measures.sets import BASE, BOUNDS_OF, EventSet, Wanted
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
BOUNDS = ("at_least", "above", "below", "at_most")
EVENT_KEYS = set(SOURCES) | set(FILTERS)


class PhraseError(ValueError):
    """What a card says that the words cannot: with a suggestion where one is near."""


@dataclass
class Statement:
    """The sets of events of one variant, by their names; a phrase said twice is one set."""

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
    sets: dict[str, EventSet] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)   # concepts that it reads of coded.*

    def add(self, made: EventSet) -> str:
        """Keep a set; gives its name."""
        self.sets.setdefault(made.name, made)
        return made.name

    def word(self, word: str, *of: str, of_unit: bool | None = None, **arguments) -> str:
        """The set of a word over other sets: of a unit where one of them is, of the concepts of the first."""
        made = [self.sets[name] for name in of]
        of_unit = any(one.of_unit for one in made) if of_unit is None else of_unit
        concepts = made[0].concepts if made else ()
        return self.add(EventSet(word, of, tuple(sorted(arguments.items())), of_unit=of_unit, concepts=concepts))

    def narrowed(self, events: str, change: Callable[[Wanted], Wanted | None], word: str, **arguments) -> str:
        """A set of which less is wanted: a base wants less from the start, of any other set the word picks."""
        made = self.sets[events].narrowed(change)
        return self.add(made) if made else self.word(word, events, **arguments)

    def ask(self, names: list[str]) -> list[int]:
        """The numbers of concepts, which the statement asks about from now on."""
        if unknown := next((name for name in names if name not in self.names), None):
            raise PhraseError(f"no concept {unknown!r}." + _suggestion(unknown, [*self.names, *self.events, *self.shared.get("events", {})]))
        numbers = sorted({self.names[name] for name in names})
        self.asked.update(numbers)
        return numbers

    def inner(self) -> Statement:
        """A statement of the same release and period that knows none of the variant's events, for what is shared between cards."""
        return Statement(self.names, self.kinds, self.bits, self.release, self.start, self.end, {}, self.shared, self.today, sets=self.sets,
                         asked=self.asked)

    def day(self, point: Point | None, default: str) -> str:
        """A fixed day as text."""
        return day_of(point, self.start, self.end, default, self.today).split("'")[1]

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
        return statement.word("deaths")
    if name in statement.events:
        if f"event {name}" not in statement.known:
            made = event_set(statement, statement.events[name])
            if name == statement.unit_set:
                made = statement.word("as_units", made, of_unit=True, set_name=name)
            statement.known[f"event {name}"] = made
        return statement.known[f"event {name}"]
    if name in statement.shared.get("events", {}):
        return _shared(statement, name)
    return _base(statement, [name], "happened" if masks is None else masks)


def _shared(statement: Statement, name: str) -> str:
    """A set of shared.yaml, which means the same in all cards of a release."""
    if f"shared {name}" not in statement.known:
        statement.known[f"shared {name}"] = event_set(statement.inner(), release_of(statement.shared["events"][name], statement.release))
    return statement.known[f"shared {name}"]


def release_of(body, release: str):
    """What a shared definition says in a release: {releases: {HEDIS: ..., else: ...}} or the same for all."""
    if isinstance(body, dict) and "releases" in body:
        by_release = {str(k): v for k, v in body["releases"].items()}
        return by_release.get(release, by_release.get("else"))
    return body


def _base(statement: Statement, names: list[str], kind) -> str:
    numbers = tuple(statement.ask(names))
    masks = kind if isinstance(kind, list) else statement.masks(kind)
    return statement.add(EventSet(BASE, wanted=(Wanted(numbers, tuple(masks)),), concepts=numbers))


def _union(statement: Statement, names: list[str]) -> str:
    names = list(dict.fromkeys(names))
    if len(names) == 1:
        return names[0]
    made = [statement.sets[name] for name in names]
    concepts = tuple(sorted({c for one in made for c in one.concepts}))
    if all(one.wanted for one in made):
        return statement.add(EventSet(BASE, wanted=tuple(want for one in made for want in one.wanted), concepts=concepts))
    name = statement.word("union", *names)
    statement.sets[name] = replace(statement.sets[name], concepts=concepts)
    return name


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
        sets = [_with_bits(statement, s, kind) for s in sets]
    if concepts:
        sets.append(_base(statement, concepts, kind))
    return _union(statement, sets), PICKS.get(said[0])


def _with_bits(statement: Statement, events: str, kind: str) -> str:
    masks = statement.masks(kind)
    return statement.narrowed(events, lambda want: want.with_bits(masks), "with_bits", masks=tuple(masks))


def _mapped(statement: Statement, phrase: dict, it: str | None) -> str:
    events, pick = _source(statement, phrase, it)
    for key, said in _sugar(phrase).items():
        if key in FILTERS and key != "kind":
            events = _filtered(statement, events, key, said, it)
    return statement.word(pick, events) if pick else events


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
        masks = statement.masks(said)
        return statement.narrowed(events, lambda want: want.without_bits(masks), "without_bits", masks=tuple(masks))
    if key in ASPECTS or key in ("not_class", "not_modifier", "not_place"):
        return _attributed(statement, events, key, said)
    if key == "value":
        bounds = {bound: float(said[bound]) for bound in BOUNDS if bound in said}
        return statement.narrowed(events, lambda want: want.bounded(bounds | {"with_number": True}), "valued", **bounds)
    if key == "again_below":
        return statement.word("again_below", events, limit_value=float(said))
    if key == "apart":
        return statement.word("spaced", events, apart=said)
    if key == "aged":
        return statement.word("aged_then", events, **{f"{side}_age": said[side] for side in ("from", "to") if side in said})
    if key == "of_any_unit":
        return statement.word("of_any_unit", events, of_unit=False)
    if key in LINKS:
        return statement.word(key, events, event_set(statement, said, it))
    word = {"with": "kept", "without": "dropped"}[key]
    for inner in said if isinstance(said, list) else [said]:
        if not ends_in_it(inner, FILTERS):
            raise PhraseError(f"{key}: the last filter of {inner!r} says nothing of `it`. End with it, for instance linked: it")
        found = event_set(statement, inner, it=events)
        events = statement.word(word, events, found, of_unit=statement.sets[events].of_unit)
    return events


def _tested(statement: Statement, events: str, test: str, window: Window, it: str | None) -> str:
    """Events that pass a test of time. Of a base, a window of fixed days or of life bounds what is wanted from the start."""
    of, arguments = windowed(statement, window, it)
    if window.anchor or (test not in BOUNDS_OF and not window.of_life):
        return statement.word("tested", events, *of, test=test, **arguments)
    if window.of_life:
        bounds = {"of_life": test} | {side: moved for side, moved in arguments.items() if side != "window"}
    else:
        days = (arguments["low_day"], arguments["high_day"])
        bounds = {side: days[which] for side, which in BOUNDS_OF[test]}
    return statement.narrowed(events, lambda want: want.bounded(bounds), "tested", test=test, **arguments)


def _attributed(statement: Statement, events: str, key: str, said) -> str:
    if key == "valued" and said == "present":
        return _with_bits(statement, events, "with_value")
    word = "unattributed" if key.startswith("not_") else "attributed"
    aspect = {"valued": "value"}.get(key, key.removeprefix("not_"))
    return statement.word(word, events, which=aspect, concepts=tuple(statement.ask(said if isinstance(said, list) else [said])))


def windowed(statement: Statement, window: Window, it: str | None = None) -> tuple[tuple[str, ...], dict]:
    """(the set that the window hangs on, if any; arguments of the word that makes the window)."""
    sides = (("low", window.low, "-infinity"), ("high", window.high, "infinity"))
    if window.of_life:
        return (), {"window": "window_of_life"} | {f"{side}_{part}": getattr(point, part) for side, point, _ in sides if point
                                                   for part in ("months", "days")}
    if window.anchor is None:
        return (), {"window": "window_fixed"} | {f"{side}_day": statement.day(point, default) for side, point, default in sides}
    arguments: dict = {"window": "window_of_events"}
    for side, point, default in sides:
        if point is not None and point.base == window.anchor:
            arguments |= {f"{side}_base": point.side, f"{side}_months": point.months, f"{side}_days": point.days}
        else:
            arguments |= {f"{side}_base": "day", f"{side}_day": statement.day(point, default), f"{side}_months": 0, f"{side}_days": 0}
    return (event_set(statement, window.anchor, it),), arguments
