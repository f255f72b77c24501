"""The slip test: every measure that is one slip away from a card, and the examples that notice it.

A slip is a line, an alternative or a filter left out, a number one up or down, `below` for `at_most`, `first` for `last`, the start of the
period for its end. The examples of a card are good when each slip changes the outcome of one of them.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from dashboard import database, settings
from dashboard.errors import HuddleboardError
from dashboard.measures.cards import ROLES, Cards, Variant, _variant, load_cards
from dashboard.measures.examples import load_people, read_examples
from dashboard.measures.phrases import ASPECTS, LINKS, SOURCES, TESTS
from dashboard.measures.run import default_folder, prepare
from dashboard.measures.trial import Trial, Tried
from dashboard.measures.windows import OFFSET
from dashboard.yaml_file import read_yaml

SILENT = {"say", "title", "kind", "action", "why", "source", "better", "last_day", "group", "combines", "chart_only", "unconfirmed"}
DROPPABLE = {*ASPECTS, *LINKS, *TESTS, "not_class", "not_modifier", "not_place", "not_kind", "with", "without", "value", "aged", "of_any_unit"}
BOUNDS = ("below", "at_most", "above", "at_least")
EXCHANGED = {"below": "at_most", "at_most": "below", "above": "at_least", "at_least": "above", "first": "last", "last": "first",
             "last_day": "of", "lowest": "of", "rolled_out": "of",
             "overlaps_after": "overlaps", "overlaps_before": "overlaps",
             **{test: test.removeprefix("exactly_") for test in TESTS if test.startswith("exactly_")}}


@dataclass(frozen=True)
class Slip:
    """One slip: what it does, and the cards and variants that have it."""

    text: str
    cards: Cards
    variants: tuple[Variant, ...]


def mutations(node, key: str = "") -> Iterator[tuple[str, object]]:
    """(what is different, the node with one slip) for every slip of a node of a card; `key` is the word that it stands under."""
    if isinstance(node, bool):
        return
    if isinstance(node, dict):
        yield from _of_mapping(node, key)
    elif isinstance(node, list):
        yield from _of_list(node, key)
    elif isinstance(node, int | float):
        for other in (node - _step(node), node + _step(node)):
            yield f"{node} -> {round(other, 6)}", round(other, 6)
    elif isinstance(node, str):
        yield from _of_text(node, key)


def _step(number) -> float:
    return 1 if isinstance(number, int) else 0.01 if abs(number) < 1 else 1


def _of_mapping(node: dict, key: str) -> Iterator[tuple[str, dict]]:
    for name, value in node.items():
        if name in SILENT:
            continue
        for text, other in mutations(value, name):
            # The age on the day of an event has no other day to slip to, and nobody is enrolled for ever.
            elsewhere = text == "at end -> start" and "at" not in value and set(node) & set(SOURCES)
            if not elsewhere and not (name == "enrolled" and text.startswith("in without")):
                yield f"{name} {text}", {**node, name: other}
        filters = name in DROPPABLE and (set(node) & set(SOURCES))
        side = name in ("from", "to") and {"from", "to"} <= set(node)
        if filters or side:
            yield f"without {name}", {k: v for k, v in node.items() if k != name}
        bound = name in BOUNDS and key != "value"
        if name in EXCHANGED and EXCHANGED[name] not in node and not bound:
            yield f"{name} -> {EXCHANGED[name]}", {EXCHANGED.get(k, k) if k == name else k: v for k, v in node.items()}
    if key == "aged" and "at" not in node:
        yield "at end -> start", {**node, "at": "start"}


def _of_list(node: list, key: str) -> Iterator[tuple[str, list]]:
    for place, value in enumerate(node):
        before, after = node[:place], node[place + 1:]
        if len(node) > 1 and not isinstance(value, int | float):
            yield f"without {f'{place + 1} ' if isinstance(value, dict) else ''}{_name(value)}", before + after
        for text, other in mutations(value, key):
            where = f"{place + 1} {_name(value)}: " if isinstance(value, dict) else "" if isinstance(value, str) else ("low ", "high ")[place]
            yield where + text, [*before, other, *after]


def _of_text(node: str, key: str) -> Iterator[tuple[str, str]]:
    if key == "at" and node in ("start", "end"):
        yield f"{node} -> {'end' if node == 'start' else 'start'}", "end" if node == "start" else "start"
    if not OFFSET.sub("", node).strip():
        for match in OFFSET.finditer(node):
            for by in (-1, 1):
                number = f"{match[1]}{int(match[2]) + by} {match[3]}s"
                yield f"{node} -> {number}", node[: match.start()] + number + node[match.end():]


def _name(said) -> str:
    """A short name of a line or phrase."""
    if isinstance(said, dict):
        if "say" in said:
            return repr(said["say"])
        word = next(iter(said))
        return f"{word} {_name(said[word])}"
    return "[" + ", ".join(_name(one) for one in said[:2]) + (", ...]" if len(said) > 2 else "]") if isinstance(said, list) else str(said)


# ---- of cards ----

def slips_of(cards: Cards, variant: Variant) -> Iterator[Slip]:
    """Every slip of what a variant says itself."""
    card, name = variant.card, f"{variant.measure_id} {variant.name}"
    used = _used(variant)
    for text, other in _of_body(card, used):
        slipped = _variant(variant.path, other, variant.name, {})
        yield Slip(f"{name} {text}", cards, (slipped,))


def _of_body(card: dict, used: set[str]) -> Iterator[tuple[str, dict]]:
    rates = [rate or {} for rate in (card.get("rates") or {}).values()]
    for role in (*ROLES, "strata"):
        spoken = not rates or any(role not in rate for rate in rates)   # else every rate has lines of its own
        slipped = (_of_strata if role == "strata" else _of_lines)(card.get(role) or [])
        for text, lines in slipped if spoken else ():
            yield f"{role} {text}", {**card, role: lines}
    for part in ("events", "clauses"):
        for name, body in card.get(part, {}).items():
            if name in used:
                for text, other in mutations(body, name):
                    yield f"{part[:-1]} {name}: {text}", {**card, part: {**card[part], name: other}}
    for rate, body in (card.get("rates") or {}).items():
        for text, other in _of_body(body or {}, set()):
            yield f"rate {rate} {text}", {**card, "rates": {**card["rates"], rate: other}}


def _of_lines(lines: list) -> Iterator[tuple[str, list]]:
    for place, line in enumerate(lines):
        before, after = lines[:place], lines[place + 1:]
        yield f"line {place + 1}: without {_name(line)}", before + after
        for text, other in mutations(line):
            yield f"line {place + 1}: {text}", [*before, other, *after]


def _of_strata(strata: list) -> Iterator[tuple[str, list]]:
    """Slips between strata; the outer bounds repeat those of the population."""
    for text, lines in _of_lines(strata):
        outer = len(lines) == len(strata) and _without_outer(lines) == _without_outer(strata)
        if not outer:
            yield text, lines


def _without_outer(strata: list) -> list:
    inner = [dict(line) if isinstance(line, dict) else line for line in strata]
    for line, side in ((inner[0], "from"), (inner[-1], "to")):
        if isinstance(line, dict) and "aged" in line:
            line["aged"] = {key: value for key, value in line["aged"].items() if key != side}
    return inner


def _words(node) -> set[str]:
    """Every text within a node, keys too, with the set that a window hangs on."""
    if isinstance(node, dict):
        return {word for k, v in node.items() for word in _words(v) | _words(k)}
    if isinstance(node, list):
        return {word for one in node for word in _words(one)}
    return {str(node), str(node).partition(".")[0]}


def _used(variant: Variant) -> set[str]:
    """Names that the lines of a variant lead to: events, clauses and what shared.yaml defines."""
    words = _words([variant.unit, [[rate.lines, rate.strata] for rate in variant.rates]])
    return _closure(words, {**variant.events, **variant.clauses})


def _closure(words: set[str], definitions: dict) -> set[str]:
    while True:
        more = words | {word for name in words & set(definitions) for word in _words(definitions[name])}
        if more == words:
            return words
        words = more


def shared_slips(cards: Cards, variants: list[Variant]) -> Iterator[Slip]:
    """Every slip of what shared.yaml says, once a release, with the variants that lead to it."""
    definitions = {**cards.shared["events"], **cards.shared["clauses"]}
    reach = {id(v): _closure(_used(v), definitions) for v in variants}
    for part in ("events", "clauses"):
        for name, body in cards.shared[part].items():
            for release, said in body["releases"].items() if "releases" in body else [("", body)]:
                users = tuple(v for v in variants if name in reach[id(v)] and _speaks(body, release, v))
                for text, other in mutations(said, name) if users else ():
                    changed = {"releases": {**body["releases"], release: other}} if release else other
                    shared = {**cards.shared, part: {**cards.shared[part], name: changed}}
                    yield Slip(f"shared {part[:-1]} {name}{f' ({release})' if release else ''}: {text}", replace(cards, shared=shared), users)


def _speaks(body: dict, release: str, variant: Variant) -> bool:
    named = {str(one) for one in body.get("releases", {})}
    return not release or str(release) == variant.release or (release == "else" and variant.release not in named)


# ---- the test ----

def survivors(folder: Path, measures: tuple[str, ...] = (), every: int = 1) -> tuple[list[str], list[str]]:
    """(slips that no example notices, slips tried) of the cards that have examples, each core working on its share. every: one slip of so many."""
    workers = settings.threads()
    parts = [slice(worker * every, None, workers * every) for worker in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        shares = list(pool.map(_survivors, [folder] * workers, [measures] * workers, parts))
    return [text for left, _ in shares for text in left], [text for _, tried in shares for text in tried]


def _survivors(folder: Path, measures: tuple[str, ...], share: slice) -> tuple[list[str], list[str]]:
    cards = load_cards(folder)
    examples = read_examples(cards, measures)
    connection = database.connect(threads=1)
    load_people(connection, cards, examples)
    prepare(connection, cards)
    trial = Trial(connection, examples)
    variants = [v for v in cards.variants if trial.periods(v)]
    slips = [*(slip for variant in variants for slip in slips_of(cards, variant)), *shared_slips(cards, variants)][share]
    tried = {slip.text: _tried(trial, slip) for slip in slips}
    trial.run()
    return [text for text, all_tried in tried.items() if all_tried is not None and not any(map(trial.notices, all_tried))], list(tried)


def _tried(trial: Trial, slip: Slip) -> list[Tried] | None:
    """What the variants ask with the slip in them; None of a card that does not compile: that is noticed when it loads."""
    try:
        return [tried for variant in slip.variants for tried in trial.add(slip.cards, variant)]
    except (ValueError, HuddleboardError):
        return None


def equal_slips(cards: Cards) -> dict[str, str]:
    """Slips that cannot change anything, with the reason: measures/examples/equal_slips.yaml."""
    path = cards.folder / "examples" / "equal_slips.yaml"
    return read_yaml(path) or {} if path.exists() else {}


def main(measures: list[str]) -> int:
    """Print the slips that no example notices; exit status 1 when there are some that equal_slips.yaml does not explain."""
    cards = load_cards(default_folder())
    left, tried = survivors(cards.folder, tuple(measures))
    open_slips = [text for text in left if text not in equal_slips(cards)]
    print("\n".join([*open_slips, f"{len(tried)} slips, {len(left)} survive, {len(left) - len(open_slips)} of them cannot change anything"]))
    return 1 if open_slips else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except HuddleboardError as fault:
        sys.exit(str(fault))
