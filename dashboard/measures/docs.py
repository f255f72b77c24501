"""The generated parts of measures/README.md: the words that cards are made of, and the table of measures.

    python -m dashboard.measures.docs        writes them anew; a test fails when they are stale
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import yaml

from dashboard.errors import Fault, HuddleboardError
from dashboard.measures.cards import Cards, load_cards
from dashboard.measures.clauses import Lines
from dashboard.measures.phrases import EVENT_KEYS
from dashboard.measures.run import default_folder

MEANING = {
    # lines
    "all": "every one of the lines holds", "any": "one of the lines holds", "none": "none of the lines holds",
    "for_any": "the line holds for one of the names, each put in the place of `this`",
    "aged": "completed years (or months) of life at the start or end of the period, or on the day of an event",
    "sex": "sex as the source gives it", "us_core_sex": "the US Core sex, which the 2025 measures ask",
    "turns": "reaches that age in the period", "product_line": "covered by a plan of that line", "flag": "the coverage is marked so in the period",
    "enrolled": "continuous enrolment in one contract: years back from the end or a window, the days that may be missing each year, benefits",
    "exists": "there is such an event", "count": "on how many days (or `distinct: events`) there is such an event, `apart` days between two",
    "more_than_one_order": "orders of the set on two days, with a refill, or for two courses",
    "total": "the sum of the values of the events", "covered_days": "days of the window that the events cover, overlaps once; or the share of them",
    # where events come from
    "of": "events of a concept, of a named set, or of a list of them", "either": "the events of any of the phrases",
    "had": "events of the period, or of `within_years`", "ever": "events at any time until the end of the period",
    "first": "of each person (and unit) the first event", "last": "the last event", "last_day": "all events of the last day that has one",
    "lowest": "the event with the lowest value; a missing value hides the others",
    "rolled_out": "events one after the other: none begins before the one before it has ended",
    "daily_amount": "drug orders with the amount a day as value",
    # what is asked of them
    "kind": "what kind of fact (kinds.yaml); without it what happened: done, given, resulted or diagnosed", "not_kind": "not of that kind",
    "value": "the number surely lies within the bounds", "valued": "the coded result, or `present`: any result at all",
    "again_below": "below the number, and the one before it too",
    "apart": "of events nearer to each other than so many days the first, and one a day",
    "within_years": "in the last N calendar years, that of the period being the first", "days": "with `from`: days after (or before) an event",
    "from": "with `days`: the events to count from",
    "starts": "the start lies in the window", "ends": "the end lies in the window", "latest": "the end, or the start of what has no end, lies in it",
    "during": "lies wholly in the window", "overlaps": "shares a day with the window", "overlaps_after": "overlaps, and ends after it",
    "overlaps_before": "overlaps, and starts before it", "exactly_starts": "as `starts`, by the instant", "exactly_ends": "as `ends`, by the instant",
    "exactly_during": "as `during`, by the instant", "exactly_overlaps": "as `overlaps`, by the instant",
    "exactly_before": "starts before an event of the other set, by the instant",
    "with": "keeps the events for which the phrase finds something; `it` is the event", "without": "keeps those for which it finds nothing",
    "linked": "of the same encounter or claim as an event of the other set", "same_panel": "a component of it",
    "same_fact": "another date of the very fact",
    "other_than": "not that very fact", "of_any_unit": "found for one unit, it counts for all units of the person",
    "reason": "the reason is one of the concepts", "status_reason": "the reason of the status is", "body_site": "the body site is",
    "severity": "the severity is", "class": "the class of the encounter is", "not_class": "the class of the encounter is not",
    "discharge": "discharged to", "location_type": "the place's type is", "place": "the place of service is",
    "not_place": "the place of service is not",
    "modifier": "the modifier is", "not_modifier": "the modifier is not",
}


def words_table(cards: Cards) -> str:
    """Word, meaning and the shortest use of it in a card. Raises Fault for a word without a meaning."""
    lines = sorted(name.removeprefix("_say_") for name in dir(Lines) if name.startswith("_say_"))
    known = [*MEANING] + [word for word in (*lines, *sorted(EVENT_KEYS)) if word not in MEANING]
    uses = _uses(cards)
    rows = []
    for word in known:
        if word not in MEANING:
            raise Fault("dashboard/measures/docs.py", f"the word {word!r} has no meaning.", "Say in MEANING what it asks.")
        if word in lines or word in EVENT_KEYS:
            rows.append((f"`{word}`", MEANING[word], f"`{uses[word]}`" if word in uses else ""))
    return _table(("word", "asks", "for instance"), rows)


def _uses(cards: Cards) -> dict[str, str]:
    """The shortest phrase of the cards that uses each word."""
    found: dict[str, str] = {}

    def look(node) -> None:
        if isinstance(node, dict):
            text = _short(node)
            for word, value in node.items():
                paired = word not in ("from", "days") or {"from", "days"} <= set(node)
                if paired and len(text) < len(found.get(word, "x" * 400)):
                    found[word] = text
                look(value)
        elif isinstance(node, list):
            for one in node:
                look(one)

    for variant in cards.variants:
        look([variant.events, variant.clauses, [rate.lines for rate in variant.rates]])
    look(cards.shared)
    return found


def _short(node: dict) -> str:
    plain = {key: value for key, value in node.items() if key != "say"}
    return re.sub(r"\s+", " ", yaml.safe_dump(plain, default_flow_style=True, sort_keys=False, width=1000).strip())


def measures_table(cards: Cards) -> str:
    """One line a measure: what it is, its rates by variant, its sources, what no public source confirms, how its official test patients agree."""
    rows, decks = [], yaml.safe_load((cards.folder / "decks.yaml").read_text())
    for measure_id in cards.measure_ids:
        variants = [v for v in cards.variants if v.measure_id == measure_id]
        card = variants[0].card
        unconfirmed = card.get("unconfirmed") or []
        rates = "; ".join(f"{v.name}: {', '.join(rate.name for rate in v.rates)}" for v in variants if len(v.rates) > 1)
        rows.append((measure_id, card["title"], ", ".join(v.name for v in variants), rates, " ".join(str(card.get("source", "")).split()),
                     "; ".join(unconfirmed) if isinstance(unconfirmed, list) else unconfirmed,
                     "; ".join(f"{v.name}: {decks[v.name]}" for v in variants if v.name in decks)))
    return _table(("id", "title", "variants", "rates where there are several", "sources", "unconfirmed", "official test patients that agree"), rows)


def _table(heads: tuple, rows: list[tuple]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def renewed(text: str, cards: Cards) -> str:
    """README text with its generated parts as the cards are now."""
    for name, table in (("words", words_table(cards)), ("measures", measures_table(cards))):
        before, _, rest = text.partition(f"<!-- {name}: generated -->\n")
        text = f"{before}<!-- {name}: generated -->\n{table}\n<!-- end -->{rest.partition('<!-- end -->')[2]}"
    return text


def main(folder: Path) -> int:
    """Write the generated parts anew."""
    path = folder / "README.md"
    path.write_text(renewed(path.read_text(), load_cards(folder)))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(default_folder()))
    except HuddleboardError as fault:
        sys.exit(str(fault))
