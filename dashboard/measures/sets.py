"""What sets of events are made of: the definitions that phrases of cards become, before anything is run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

BASE = "base_events"
SHOWN = 12   # characters of a name
# What a test asks of the days of an event within fixed days: (bound, 0 = first or 1 = last day of the window).
BOUNDS_OF = {"starts": (("start_low", 0), ("start_high", 1)), "ends": (("end_low", 0), ("end_high", 1)),
             "latest": (("latest_low", 0), ("latest_high", 1)), "during": (("start_low", 0), ("end_high", 1)),
             "overlaps": (("start_high", 1), ("end_low", 0))}


@dataclass(frozen=True)
class Wanted:
    """Events of coded.event: of one of the concepts, with all bits of one of the masks and of none of the forbidden ones, within the bounds."""

    concepts: tuple[int, ...]
    masks: tuple[int, ...]
    forbidden: tuple[int, ...] = ()
    bounds: tuple[tuple[str, object], ...] = ()

    def bounded(self, more: dict) -> Wanted | None:
        """With more bounds; None where one of them is bounded already."""
        if {name for name, _ in self.bounds} & more.keys():
            return None
        return replace(self, bounds=(*self.bounds, *sorted(more.items())))

    def with_bits(self, masks: list[int]) -> Wanted:
        return replace(self, masks=tuple(sorted({one | other for one in self.masks for other in masks})))

    def without_bits(self, masks: list[int]) -> Wanted:
        return replace(self, forbidden=(*self.forbidden, *masks))


@dataclass(frozen=True)
class EventSet:
    """One set of events: a word of words.sql over other sets (by name) with its arguments; a base has `wanted` instead."""

    word: str
    of: tuple[str, ...] = ()
    arguments: tuple[tuple[str, object], ...] = ()
    wanted: tuple[Wanted, ...] = ()
    of_unit: bool = field(default=False, compare=False)
    concepts: tuple[int, ...] = field(default=(), compare=False)

    @property
    def name(self) -> str:
        """Named by what it says: the same name means the same events in every variant of a period."""
        return "set_" + digest((self.word, self.of, self.arguments, self.wanted))

    def narrowed(self, change: Callable[[Wanted], Wanted | None]) -> EventSet | None:
        """The same with a change to what a base wants; None of a set that is no base, or where the change cannot be said so."""
        wanted = tuple(change(one) for one in self.wanted)
        return replace(self, wanted=wanted) if wanted and None not in wanted else None


@dataclass(frozen=True)
class Leaf:
    """Evidence for one leaf: at most one row a person (and unit, and contract) with on_date, value and fact, and where it may be missed.

    `word` is how it is found (the last part of words.sql), `of` the sets that it reads. `parts` are its arguments, several where an enrolment
    differs by product line.
    """

    word: str
    of: tuple[str, ...]
    parts: tuple[tuple[tuple[str, object], ...], ...] = ((),)
    of_unit: bool = False
    by_contract: bool = False
    concepts: tuple[int, ...] = field(default=(), compare=False)

    @property
    def name(self) -> str:
        return "leaf_" + digest((self.word, self.of, self.parts, self.of_unit))


def digest(said) -> str:
    """A short name of what is said."""
    return hashlib.sha1(repr(said).encode()).hexdigest()[:SHOWN]


def reached(sets: dict[str, EventSet], names) -> list[str]:
    """The named sets with all that they are made of, each after those."""
    found: dict[str, None] = {}

    def visit(name: str) -> None:
        if name not in found:
            for other in sets[name].of:
                visit(other)
            found[name] = None

    for name in names:
        visit(name)
    return list(found)


def nearby(sets: dict[str, EventSet], needed: list[str], unbound: set[str]) -> dict[str, set[str]]:
    """The bases that matter only for people who have an event of another base as well, each with those others (an event of one is enough).

    A visit that is kept for its diagnosis matters where there is such a diagnosis; what lies within days of an index event, where that may be.
    `unbound`: sets that are wanted for themselves. No base hangs on another that hangs on one itself.
    """
    others: dict[str, set[str]] = {name: set() for name in needed if sets[name].word == BASE and name not in unbound}
    kept = set()
    for name in needed:
        made = sets[name]
        for place, part in enumerate(made.of):
            if part not in others:
                continue
            roots = _roots(sets, made.of[1 - place]) if len(made.of) == 2 and made.word in BOTH[place] else set()
            if not roots or part in roots:
                del others[part]
            else:
                others[part] |= roots
                kept |= {part} if made.word == "kept" and place == 0 else set()
    near: dict[str, set[str]] = {}
    for name in sorted(others, key=lambda name: name not in kept):
        if others[name] and not others[name] & near.keys() and not any(name in roots for roots in near.values()):
            near[name] = others[name]
    return near


# Words whose result holds only people who are in both sets, where the set at hand is the first, or the second.
TOGETHER = frozenset({"tested", "linked", "same_panel", "same_fact", "exactly_before", "other_than"})
BOTH = (TOGETHER | {"kept"}, TOGETHER | {"kept", "dropped"})


def _roots(sets: dict[str, EventSet], name: str) -> set[str]:
    """Bases such that whoever is in the set has an event of one of them; empty where there are none."""
    made = sets[name]
    if not made.of:
        return {name} if made.word == BASE else set()
    if made.word != "union":
        return _roots(sets, made.of[1] if made.word == "kept" else made.of[0])
    parts = [_roots(sets, one) for one in made.of]
    return set().union(*parts) if all(parts) else set()
