"""Histories of examples, as text, to rows of coded.*: what measures/examples/README.md says, with the words of facts.yaml."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from dashboard.errors import Fault
from dashboard.yaml_file import read_yaml

DAY, TIME = r"\d{4}-\d\d-\d\d", r"\d\d:\d\d(?::\d\d)?"
MOMENT = rf"{DAY}(?: {TIME})?"
SPAN = re.compile(rf"(?P<low>{MOMENT})?(?P<dots>\.\.)(?P<high>{MOMENT}|{TIME}|\?)?|(?P<at>{MOMENT})")
PRODUCT_LINES = ("commercial", "medicare", "medicaid", "marketplace")
BENEFITS = ("medical", "pharmacy", "mental_health", "chemical_dependency")
FLAGS = ("hospice", "institutional_snp", "long_term_institutional")
RUNNING = re.compile(r"\brunning (\S+\.\.\S*)")
ONGOING = ("diagnosis", "problem", "health concern")   # one day said is the first of many
EVER, FOR_EVER = "-infinity", "infinity"


@dataclass(frozen=True)
class Span:
    """From when to when; days and, where said, instants. None is unknown, '-infinity' and 'infinity' are open."""

    start_date: object
    end_date: object
    start_at: object = None
    end_at: object = None

    @property
    def beginning(self) -> Span:
        return Span(self.start_date, self.start_date, self.start_at, self.start_at)

    @property
    def ongoing(self) -> Span:
        """From one day on; what has days of its own keeps them."""
        return replace(self, end_date=FOR_EVER, end_at=FOR_EVER) if self.end_date == self.start_date else self


@dataclass
class Tables:
    """Rows of coded.* by table name, ready to be inserted."""

    rows: dict[str, list[tuple]] = field(default_factory=lambda: {name: [] for name in ("event", "attribute", "person", "coverage", "contract")})
    contracts: dict[str, int] = field(default_factory=dict)
    facts: int = 0

    def contract(self, product_line: str) -> int:
        """The contract of a product line, made when it is new."""
        if product_line not in self.contracts:
            self.contracts[product_line] = len(self.contracts) + 1
            self.rows["contract"].append((self.contracts[product_line], "payer", "plan", product_line))
        return self.contracts[product_line]


@dataclass(frozen=True)
class Vocabulary:
    """Concepts with what they are, and the forms and words of measures/examples/facts.yaml."""

    folder: Path
    concepts: dict[str, int]
    bits: dict[str, int]

    @cached_property
    def said(self) -> dict:
        return read_yaml(self.folder / "examples" / "facts.yaml")

    @cached_property
    def _given(self) -> dict[str, str]:
        return {concept: nature for nature, concepts in self.said["nature_of"].items() for concept in concepts}

    def codes(self, concept: str) -> list[dict]:
        path = self.folder / "value_sets" / f"{concept}.csv"
        return list(csv.DictReader(path.open(newline=""))) if path.exists() else []

    def nature(self, concept: str) -> str:
        """What a concept is: visit, procedure, condition, drug ... by facts.yaml, else by its code systems."""
        if concept in self._given:
            return self._given[concept]
        systems = {row["code_system"] for row in self.codes(concept)}
        for system, nature in (("CVX", "immunization"), ("RXNORM", "drug"), ("NDC", "drug"), ("LOINC", "laboratory")):
            if system in systems:
                return nature
        if "ICD10CM" in systems and "HCPCS" not in systems:
            return "condition"
        return "visit" if set(concept.split("_")) & set(self.said["visit_words"]) else "procedure"

    def form(self, concept: str, claims: bool) -> str:
        return self.said["natures"][self.nature(concept)]["claims" if claims else "ehr"]

    @cached_property
    def phrases(self) -> list[tuple[list[str], str, str]]:
        """(words, group, name) of all that may be said about a fact, the longest first."""
        known = [(name.split(), group, name) for group in ("forms", "words", "aspects") for name in self.said[group]]
        return sorted(known, key=lambda phrase: -len(phrase[0]))


def items_of(history: str, named: dict[str, list[str]]) -> list[str]:
    """The items of a history, named histories spelled out and `without` applied."""
    items: list[str] = []
    for item in filter(None, (part.strip() for part in history.split(";"))):
        if item.startswith("without "):
            gone = item.removeprefix("without ")
            kept = [one for one in items if one != gone and one.split()[0] != gone]
            if len(kept) == len(items):
                raise ValueError(f"without {gone!r}: there is no such item before it")
            items = kept
        else:
            items += named.get(item, [item])
    return items


def add_person(tables: Tables, words: Vocabulary, person: int, born: str, items: list[str], claims: bool) -> None:
    """Rows of one person. `claims`: facts come from claims, and there is coverage unless the history says otherwise. Raises ValueError."""
    sex, birth = ([*born.split(), ""] if len(born.split()) == 2 else ["", born])[:2]
    covered = not claims
    death, encounters = None, {}
    for item in items:
        word = item.split()[0]
        if word == "died":
            death = _span(item)[0].start_date
        elif word == "enrolled" or item == "not enrolled":
            covered = True
            _coverage(tables, person, item)
        elif word == "blood_pressure":
            _blood_pressure(tables, words, person, item, claims, encounters)
        else:
            _fact(tables, words, person, item, claims, encounters)
    if not covered:
        _coverage(tables, person, "enrolled .. commercial")
    us_core = {"F": "sex_female", "M": "sex_male"}.get(sex)
    code = words.codes(us_core)[0]["code"] if us_core else None
    has_coverage = any(row[0] == person for row in tables.rows["coverage"])
    tables.rows["person"].append((person, birth, death, None, {"F": "female", "M": "male"}.get(sex, "unknown"), code, has_coverage, False))


def _coverage(tables: Tables, person: int, item: str) -> None:
    if item == "not enrolled":
        return
    text = SPAN.sub(" ", item).replace("..", " ").split()[1:]
    line = next((word for word in text if word in PRODUCT_LINES), "commercial")
    lacking = {text[place + 1] for place, word in enumerate(text) if word == "without"}
    unknown = set(text) - {line, "without", *FLAGS} - lacking | lacking - set(BENEFITS)
    if unknown:
        raise ValueError(f"enrolled: unknown {sorted(unknown)}")
    for span in _span(item) if SPAN.search(item) else [Span(EVER, FOR_EVER)]:
        tables.rows["coverage"].append((person, tables.contract(line), span.start_date, span.end_date, *[b not in lacking for b in BENEFITS],
                                        *[flag in text for flag in FLAGS]))


def _blood_pressure(tables: Tables, words: Vocabulary, person: int, item: str, claims: bool, encounters: dict) -> None:
    """A panel and its two components, tied by a key of their own."""
    rest = item.removeprefix("blood_pressure ")
    pressures, rest = rest.split(" ", 1)
    panel = tables.facts + 1
    _fact(tables, words, person, f"blood_pressure_panel {rest}", claims, encounters, panel)
    for part, value in zip(("systolic", "diastolic"), pressures.split("/"), strict=True):
        if value != "-":
            _fact(tables, words, person, f"{part}_blood_pressure {value.replace('?', '')} {rest}", claims, encounters, panel)


def _fact(tables: Tables, words: Vocabulary, person: int, item: str, claims: bool, encounters: dict, panel: int | None = None) -> None:
    concept = item.split()[0]
    if concept not in words.concepts:
        raise ValueError(f"{item!r}: no concept {concept!r}")
    running = _span(RUNNING.search(item)[1])[0] if RUNNING.search(item) else None
    item = RUNNING.sub("", item)
    said = _said(words, SPAN.sub(" ", item).replace(",", " ").split()[1:], item)
    form = said["form"] or words.form(concept, claims)
    for span in _span(item, form in ONGOING):
        tables.facts += 1
        encounter = encounters.setdefault(said["tag"], tables.facts) if said["tag"] else tables.facts
        together = panel or (encounter if said["tag"] else None)
        for which, bits, days in _facets(words, form, said, span, running):
            low, high = said["value"] if said["days"] is None or which == "quantity" else (said["days"], said["days"])
            tables.rows["event"].append((words.concepts[concept], person, tables.facts, bits, days.start_date, days.end_date, days.start_at,
                                         days.end_at, low, high, encounter, together))
        tables.rows["attribute"] += [(person, tables.facts, aspect, words.concepts[about]) for aspect, about in said["aspects"]]


def _said(words: Vocabulary, tokens: list[str], item: str) -> dict:
    """What an item says beside concept and days: form, changes of bits, value, days of supply, aspects, tag."""
    said = {"form": "", "changes": [], "value": (None, None), "days": None, "aspects": [], "tag": ""}
    while tokens:
        number = re.fullmatch(r"([<>]?)(-?\d+(?:\.\d+)?)", tokens[0])
        phrase = next((p for p in words.phrases if tokens[: len(p[0])] == p[0]), None)
        if re.fullmatch(r"\[\w+\]", tokens[0]):
            said["tag"] = tokens.pop(0)
        elif number and tokens[1:2] and tokens[1] in ("day", "days"):
            said["days"], tokens = int(tokens[0]), tokens[2:]
        elif number:
            said["value"], tokens = _range(*number.groups()), tokens[1:]
            said["changes"].append({"add": ["has_value"]})
        elif phrase is None:
            raise ValueError(f"{item!r}: what is {tokens[0]!r}? Say it as measures/examples/README.md does")
        else:
            tokens = _phrase(words, said, phrase, tokens, item)
    return said


def _phrase(words: Vocabulary, said: dict, phrase: tuple, tokens: list[str], item: str) -> list[str]:
    parts, group, name = phrase
    rest = tokens[len(parts):]
    if group == "forms":
        said["form"] = name
    elif group == "words":
        said["changes"].append(words.said["words"][name])
    else:
        about = rest.pop(0) if rest else ""
        if about not in words.concepts:
            raise ValueError(f"{item!r}: {name} needs a concept, found {about!r}")
        said["aspects"].append((words.said["aspects"][name], about))
        said["changes"].append({"add": ["has_value", "coded_value"] if name == "value" else []})
    return rest


def _range(sign: str, number: str) -> tuple[float, float]:
    """'<5.7' is everything below 5.7."""
    value = float(number)
    return {"": (value, value), "<": (float("-inf"), value - 1e-9), ">": (value + 1e-9, float("inf"))}[sign]


def _facets(words: Vocabulary, form: str, said: dict, span: Span, running: Span | None):
    """(facet, bits, span) of the rows that a fact of this form makes; `running` are the days that an order covers, where they are not its own."""
    for which, names in words.said["forms"][form].items():
        bits = set(names)
        for change in said["changes"]:
            bits = set(change.get("only", bits)) - set(change.get("drop", [])) | set(change.get("add", []))
        if which == "quantity" and (said["days"] is None or said["value"] == (None, None)):
            continue
        days = span.beginning if which in ("start", "quantity") else span.ongoing if which == "open" else span
        if which == "supply":
            if said["days"] is None and running is None:
                continue
            days = running or Span(span.start_date, span.start_date + timedelta(days=said["days"] - 1))
        yield which, sum(words.bits[bit] for bit in bits), days


def _span(item: str, ongoing: bool = False) -> list[Span]:
    spans = [_one_span(match, ongoing) for match in SPAN.finditer(item)]
    if not spans:
        raise ValueError(f"{item!r}: no day, say for instance 2026-03-01")
    return spans


def _one_span(match: re.Match, ongoing: bool) -> Span:
    if match["at"]:
        day, moment = _moment(match["at"])
        return Span(day, FOR_EVER, moment, FOR_EVER) if ongoing else Span(day, day, moment, moment)
    low, low_at = _moment(match["low"]) if match["low"] else (EVER, EVER)
    if match["high"] in (None, "?"):
        end = None if match["high"] else FOR_EVER
        return Span(low, end, low_at, end)
    high = match["high"] if re.match(DAY, match["high"]) else f"{low} {match['high']}"
    return Span(low, _moment(high)[0], low_at, _moment(high)[1])


def _moment(text: str) -> tuple[date, datetime | None]:
    moment = datetime.fromisoformat(text)
    return moment.date(), moment if ":" in text else None


def load_vocabulary(cards) -> Vocabulary:
    """The words of the cards' folder. Raises Fault when facts.yaml names a bit that kinds.yaml does not have."""
    words = Vocabulary(cards.folder, cards.concepts, cards.bits)
    named = {bit for facets in words.said["forms"].values() for bits in facets.values() for bit in bits}
    named |= {bit for change in words.said["words"].values() for bits in change.values() for bit in bits}
    unknown = sorted(named - set(cards.bits)) + sorted(set(words._given) - set(cards.concepts))
    if unknown:
        raise Fault(cards.folder / "examples" / "facts.yaml", f"unknown bits or concepts {unknown}.", "Say names of kinds.yaml and of the index.")
    return words
