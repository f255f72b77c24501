"""Examples of measures: tables of measures/examples/*.md read, all people run through the engine at once, outcomes compared."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow

from dashboard import database
from dashboard.build import macros
from dashboard.errors import HuddleboardError
from dashboard.measures.cards import Cards, Variant, load_cards
from dashboard.measures.histories import PRODUCT_LINES, Tables, add_person, items_of, load_vocabulary
from dashboard.measures.run import compile_cards, default_folder, run_cards

HEADING = re.compile(r"## (\S+), (\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)(?:, as of (\d{4}-\d\d-\d\d))?")
STATES = ("not eligible", "gap", "denominator", "numerator", "exclusion", "exception", "numerator exclusion", "not in denominator")
CODED = """
CREATE TABLE coded.event (concept SMALLINT, person INTEGER, fact BIGINT, kinds BIGINT, start_date DATE, end_date DATE, start_at TIMESTAMP,
    end_at TIMESTAMP, value DOUBLE, value_high DOUBLE, encounter BIGINT, panel BIGINT);
CREATE TABLE coded.attribute (person INTEGER, fact BIGINT, aspect VARCHAR, concept SMALLINT);
CREATE TABLE coded.person (person INTEGER, birth_date DATE, death_date DATE, death_at TIMESTAMP, sex VARCHAR, us_core_sex VARCHAR,
    has_coverage BOOLEAN, held BOOLEAN);
CREATE TABLE coded.coverage (person INTEGER, contract INTEGER, start_date DATE, end_date DATE, benefit_medical BOOLEAN, benefit_pharmacy BOOLEAN,
    benefit_mental_health BOOLEAN, benefit_chemical_dependency BOOLEAN, hospice BOOLEAN, institutional_snp BOOLEAN, long_term_institutional BOOLEAN);
CREATE TABLE coded.contract (contract INTEGER, payer VARCHAR, plan VARCHAR, product_line VARCHAR);
CREATE TABLE coded.plan_gap (person INTEGER, source_row BIGINT, payer VARCHAR, plan VARCHAR, product_line VARCHAR, measure VARCHAR, rate VARCHAR,
    period SMALLINT, status VARCHAR, service_date DATE, gap_date DATE);
CREATE TABLE reference.value_set_code (concept SMALLINT, code_system VARCHAR, code VARCHAR);
"""


class ExampleError(HuddleboardError):
    """Faults of example tables, all at once: each names file and line, what was found, what would do."""


@dataclass(frozen=True)
class Period:
    start: date
    end: date
    as_of: date | None = None


@dataclass(frozen=True)
class Expected:
    """One unit or person of a rate: a state, where said with the unit's day, the product line, the stratum."""

    state: str
    day: str = ""
    line: str = ""
    stratum: int | None = None


@dataclass(frozen=True)
class Example:
    """A line of a table: one person, what is known of them, and what is expected of every rate."""

    variant: Variant
    period: Period
    case: str
    born: str
    items: tuple[str, ...]
    expect: dict[str, tuple[Expected, ...]]
    text: str
    place: str
    person: int = 0


@dataclass(frozen=True)
class Outcome:
    """A row of evidence.subject in the words of examples."""

    state: str
    day: str
    line: str
    stratum: int | None

    def __str__(self) -> str:
        return " ".join(filter(None, [self.day, self.line, self.state, f"in stratum {self.stratum}" if self.stratum else ""]))


# ---- reading ----

def read_examples(cards: Cards, measures: Iterable[str] = ()) -> list[Example]:
    """The examples of the cards' folder, each with a person number of its own. Raises ExampleError with all faults at once."""
    wanted, faults, examples = set(measures), [], []
    for path in sorted((cards.folder / "examples").glob("*.md")):
        if path.stem != "README" and (not wanted or path.stem in wanted):
            examples += _read_file(path, cards, faults)
    if faults:
        raise ExampleError("\n".join(faults))
    return [replace(example, person=number) for number, example in enumerate(examples, 1)]


def _read_file(path: Path, cards: Cards, faults: list[str]) -> list[Example]:
    examples, named, variant, period, heads = [], {}, None, None, []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        place = f"{path.name}:{number}"
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.lstrip().startswith("|") else []
        try:
            if line.startswith("## "):
                variant, period = _heading(path, line, cards)
            elif not cells:
                heads = []
            elif not heads:
                heads = cells
            elif set(line) - set("|-: "):
                if heads[0] == "history":
                    named[cells[0]] = items_of(cells[1], named)
                else:
                    examples.append(_example(variant, period, dict(zip(heads, cells, strict=True)), named, place))
        except ValueError as fault:
            faults.append(f"{place}: {fault}")
    return examples


def _heading(path: Path, line: str, cards: Cards) -> tuple[Variant, Period]:
    match = HEADING.fullmatch(line.strip())
    if not match:
        raise ValueError(f"no heading {line!r}: say for instance '## HEDIS, 2026-01-01 to 2026-12-31'")
    found = [v for v in cards.variants if v.measure_id == path.stem and v.name == match[1]]
    if not found:
        raise ValueError(f"measure {path.stem} has no variant {match[1]!r}")
    return found[0], Period(*[date.fromisoformat(day) for day in match.groups()[1:] if day])


def _example(variant: Variant, period: Period, cells: dict[str, str], named: dict, place: str) -> Example:
    if variant is None:
        raise ValueError("a table of cases needs a heading above it")
    expect = read_expect(cells["expect"], [rate.name for rate in variant.rates])
    for rate in variant.rates:
        if rate.better == "lower" and any(one.state == "gap" for one in expect[rate.name]):
            raise ValueError(f"a lower rate is better: say denominator, not gap, in {cells['expect']!r}")
    return Example(variant, period, cells["case"], cells["born"], tuple(items_of(cells["history"], named)), expect, cells["expect"], place)


def read_expect(text: str, rates: list[str]) -> dict[str, tuple[Expected, ...]]:
    """What a cell expects of each rate. Rates that are not named are not eligible; without any name all rates are meant."""
    expect: dict[str, list[Expected]] = defaultdict(list)
    rate = line = ""
    for part in text.split(", "):
        key, colon, rest = part.partition(": ")
        if colon and key not in rates and key not in PRODUCT_LINES:
            raise ValueError(f"no rate {key!r}; there are {', '.join(rates)}")
        if colon:
            rate, line, part = (key, "", rest) if key in rates else (rate, key, rest)
        match = re.fullmatch(rf"(?:(\d{{4}}-\d\d-\d\d) )?({'|'.join(STATES)})(?: in stratum (\d))?", part.strip())
        if not match:
            raise ValueError(f"expects {part!r}: say {', '.join(STATES)}")
        for name in [rate] if rate or "" in rates else rates:
            expect[name].append(Expected(match[2], match[1] or "", line, int(match[3]) if match[3] else None))
    nothing = [Expected("not eligible")]
    return {name: tuple(expect.get(name, nothing)) for name in rates}


# ---- running ----

def load_people(connection, cards: Cards, examples: list[Example]) -> None:
    """Fill coded.* with the people of the examples. Raises ExampleError with all faults at once."""
    macros.prepare(connection)
    connection.execute(CODED)
    tables, words, faults = Tables(), load_vocabulary(cards), []
    for example in examples:
        try:
            add_person(tables, words, example.person, example.born, list(example.items), example.variant.enrolment_based)
        except (ValueError, IndexError) as fault:
            faults.append(f"{example.place}: {fault}")
    if faults:
        raise ExampleError("\n".join(faults))
    for name, rows in tables.rows.items():
        insert(connection, f"coded.{name}", rows)
    codes = [(cards.concepts[name], row["code_system"], row["code"]) for name in ("sex_female", "sex_male") for row in words.codes(name)]
    insert(connection, "reference.value_set_code", codes)


def insert(connection, table: str, rows: list[tuple]) -> None:
    """Insert rows of Python values; dates and instants may be text."""
    if rows:
        columns = [pyarrow.array([None if v is None else v if isinstance(v, (bool, int, float)) else str(v) for v in column])
                   for column in zip(*rows, strict=True)]
        arriving = pyarrow.table(columns, names=[f"c{place}" for place in range(len(columns))])
        connection.register("arriving", arriving)
        connection.execute(f"INSERT INTO {table} FROM arriving")
        connection.unregister("arriving")


def run_examples(connection, cards: Cards, examples: list[Example]) -> dict[tuple[int, str], list[Outcome]]:
    """Run the variants of the examples over coded.*: {(person, rate): outcomes} of each example's own variant."""
    for period in dict.fromkeys(example.period for example in examples):
        variants = tuple(dict.fromkeys(example.variant.name + example.variant.measure_id for example in examples if example.period == period))
        these = replace(cards, variants=tuple(v for v in cards.variants if v.name + v.measure_id in variants))
        run_cards(connection, these, compile_cards(these, period.start, period.end, as_of=period.as_of), period.start, period.end)
    return outcomes(connection, examples)


def outcomes(connection, examples: list[Example]) -> dict[tuple[int, str], list[Outcome]]:
    """evidence.subject of each example's own variant and period, the hierarchy applied."""
    own = {example.person: (example.variant.measure_id, example.variant.name, example.period.start.year) for example in examples}
    found = defaultdict(list)
    rows = connection.execute("""
        SELECT person, measure_id, variant, period, rate, unit_date, product_line, stratum, denominator, exclusion, exception, numerator,
            numerator_exclusion
        FROM evidence.subject JOIN reference.rate USING (rate_id) LEFT JOIN coded.contract USING (contract)""").fetchall()
    for person, measure_id, variant, period, rate, day, line, stratum, *populations in rows:
        if own[person] == (measure_id, variant, period):
            found[person, rate].append(Outcome(state_of(*populations), str(day or ""), line or "", stratum))
    return dict(found)


def state_of(denominator: bool, exclusion: bool, exception: bool, numerator: bool, numerator_exclusion: bool) -> str:
    """The populations in one word, by their hierarchy: excluded before numerator before exception."""
    if not denominator:
        return "not in denominator"
    if exclusion:
        return "exclusion"
    if numerator:
        return "numerator exclusion" if numerator_exclusion else "numerator"
    return "exception" if exception else "gap"


def fits(expected: tuple[Expected, ...], found: list[Outcome]) -> bool:
    """Whether the outcomes of a rate are those expected."""
    wanted = [one for one in expected if one.state != "not eligible"]
    if wanted and not wanted[0].day and not wanted[0].line:
        found = list(dict.fromkeys(replace(one, line="") for one in found))
    left = list(found)
    for one in wanted:
        match = next((outcome for outcome in left if _same(one, outcome)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _same(expected: Expected, found: Outcome) -> bool:
    state = "gap" if expected.state == "denominator" else expected.state
    return (state == found.state and expected.day in ("", found.day) and expected.line in ("", found.line)
            and expected.stratum in (None, found.stratum))


def differing(examples: list[Example], found: dict[tuple[int, str], list[Outcome]]) -> list[str]:
    """Every example whose outcome is not the expected one, in words."""
    wrong = []
    for example in examples:
        for rate, expected in example.expect.items():
            got = found.get((example.person, rate), [])
            if not fits(expected, got):
                said = ", ".join(map(str, got))
                name = " ".join(filter(None, [example.variant.measure_id, example.variant.name, rate]))
                wrong.append(f"{example.place} {name}: {example.case!r} expects {example.text}, found {said or 'not eligible'}")
    return wrong


def main(measures: list[str]) -> int:
    """What differs from what the tables expect; exit status 1 when something does."""
    cards = load_cards(default_folder())
    examples = read_examples(cards, measures)
    connection = database.connect()
    load_people(connection, cards, examples)
    wrong = differing(examples, run_examples(connection, cards, examples))
    print("\n".join([*wrong, f"{len(examples)} examples, {len(wrong)} differ"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except HuddleboardError as fault:
        sys.exit(str(fault))
