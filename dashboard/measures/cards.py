"""Measure cards: YAML files read, merged per variant and checked. A card holds medicine, never SQL and never a code."""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from dashboard.errors import HuddleboardError
from dashboard.stamp import Stamp, stamp
from dashboard.yaml_file import read_yaml

ROLES = ("initial_population", "denominator", "exclusions", "exceptions", "numerator", "numerator_exclusions")
CARD_KEYS = {"id", "title", "better", "source", "unconfirmed", "action", "why", "release", "unit", "events", "clauses", "strata", "rates",
             "variants", "harm", "domain", "last_day", "group", *ROLES}
RATE_KEYS = {"title", "group", "better", "action", "strata", "last_day", "combines", "chart_only", "unconfirmed", *ROLES}
ENROLMENT_BASED = "HEDIS"


class CardError(HuddleboardError):
    """Faults of cards, all at once: each names file, place, what was found and what would do."""


@dataclass(frozen=True)
class Rate:
    """One rate of a variant: its lines per role, in the order of the card."""

    name: str
    title: str
    group: int
    better: str
    action: str
    lines: dict[str, list]
    strata: list = field(default_factory=list)
    last_day: object = None
    combines: tuple = ()
    chart_only: bool = False


@dataclass(frozen=True, eq=False)  # one is itself: compiled once, whoever asks
class Variant:
    """One way to count a measure: enrolment-based (HEDIS) or visit-based (an official eCQM)."""

    measure_id: str
    name: str
    title: str
    release: str
    unit: object
    events: dict
    clauses: dict
    rates: tuple[Rate, ...]
    card: dict
    path: Path

    @property
    def enrolment_based(self) -> bool:
        return self.name == ENROLMENT_BASED


@dataclass(frozen=True, eq=False)
class Cards:
    """All cards of a folder with the concepts, kinds and shared definitions that they speak of."""

    folder: Path
    variants: tuple[Variant, ...]
    shared: dict
    concepts: dict[str, int]
    titles: dict[str, str]
    kinds: dict
    bits: dict[str, int]

    def variant(self, name: str) -> Variant:
        """The variant of that name (CMS130), or the enrolment-based one of that measure id (COL-E)."""
        for variant in self.variants:
            if variant.name == name or (variant.measure_id == name and variant.enrolment_based):
                return variant
        close = difflib.get_close_matches(name, [v.name for v in self.variants] + [v.measure_id for v in self.variants], 1)
        raise CardError(f"no measure {name!r}." + (f" Did you mean {close[0]!r}?" if close else ""))

    @cached_property
    def measure_ids(self) -> list[str]:
        return list(dict.fromkeys(v.measure_id for v in self.variants))


def load_cards(folder: Path) -> Cards:
    """Every card of `folder`, checked; the same ones while its files stay as they are. Raises CardError with all faults of all files at once."""
    return _load(Path(folder), stamp(Path(folder), ends=(".yaml", ".csv")))


@lru_cache(maxsize=2)
def _load(folder: Path, _files: Stamp) -> Cards:
    concepts, titles = _concepts(folder / "value_sets" / "index.csv")
    kinds = read_yaml(folder / "kinds.yaml")
    shared = read_yaml(folder / "shared.yaml")
    faults: list[str] = []
    variants: list[Variant] = []
    for path in sorted((folder / "cards").glob("*.yaml")):
        card = read_yaml(path)
        faults += _unknown_keys(path, card)
        variants += _variants(path, card)
    faults += _doubles(variants)
    if faults:
        raise CardError("\n".join(faults))
    bits = {name: 1 << place for place, name in enumerate(kinds["bits"])}
    return Cards(folder, tuple(variants), shared, concepts, titles, kinds["kinds"], bits)


def _concepts(index: Path) -> tuple[dict[str, int], dict[str, str]]:
    with index.open(newline="") as handle:
        rows = list(csv.DictReader(handle))
    return ({row["concept"]: number for number, row in enumerate(rows, 1)}, {row["concept"]: row["title"] for row in rows})


def _unknown_keys(path: Path, card: dict) -> list[str]:
    places = [("", card, CARD_KEYS)]
    places += [(f" variant {name}", body, CARD_KEYS) for name, body in card.get("variants", {}).items()]
    for place, body, _ in list(places):
        places += [(f"{place} rate {name}", rate, RATE_KEYS) for name, rate in body.get("rates", {}).items()]
    faults = []
    for place, body, known in places:
        for key in set(body) - known:
            close = difflib.get_close_matches(key, known, 1)
            faults.append(f"{path.name}{place}: unknown key {key!r}." + (f" Did you mean {close[0]!r}?" if close else ""))
    return faults


def _variants(path: Path, card: dict) -> list[Variant]:
    bodies = {ENROLMENT_BASED: {}} if {"numerator", "rates"} & set(card) else {}
    bodies |= card.get("variants", {})
    return [_variant(path, card, name, body) for name, body in bodies.items()]


def _variant(path: Path, card: dict, name: str, body: dict) -> Variant:
    merged = {k: v for k, v in card.items() if k != "variants"} | body
    for key in ("events", "clauses"):
        merged[key] = card.get(key, {}) | body.get(key, {})
    own_lines = set(ROLES) & set(body)
    if own_lines and "rates" not in body:
        merged.pop("rates", None)
    rates = merged.get("rates") or {"": {}}
    return Variant(card["id"], name, merged.get("title", card["title"]), str(merged.get("release", name)), merged.get("unit"),
                   merged["events"], merged["clauses"],
                   tuple(_rate(merged, rate_name, rate or {}, number) for number, (rate_name, rate) in enumerate(rates.items(), 1)),
                   merged, path)


def _rate(card: dict, name: str, rate: dict, number: int) -> Rate:
    lines = {role: rate.get(role, card.get(role)) or [] for role in ROLES}
    return Rate(str(name), rate.get("title", card["title"]), int(rate.get("group", card.get("group", number))), rate.get("better", card["better"]),
                rate.get("action", card.get("action", "")), lines, rate.get("strata", card.get("strata")) or [],
                rate.get("last_day", card.get("last_day")), tuple(rate.get("combines", ())), bool(rate.get("chart_only")))


def _doubles(variants: list[Variant]) -> list[str]:
    seen: dict[tuple, Path] = {}
    faults = []
    for variant in variants:
        key = (variant.measure_id, variant.name)
        if key in seen:
            faults.append(f"{variant.path.name}: measure {key[0]} variant {key[1]} is already in {seen[key].name}")
        seen[key] = variant.path
    return faults
