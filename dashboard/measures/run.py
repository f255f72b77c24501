"""Cards over coded events: evidence.subject, evidence.found, reference.rate and reference.clause."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from itertools import accumulate
from pathlib import Path

from dashboard import database, parallel
from dashboard.build import pieces, sql
from dashboard.measures import fill
from dashboard.measures.batches import Batches
from dashboard.measures.cards import Cards, Variant
from dashboard.measures.compile import Compiled, CompiledRate, compile_variant
from dashboard.measures.phrases import TESTS
from dashboard.measures.sets import Leaf
from dashboard.measures.windows import day_of, parse_window
from dashboard.reference.load import ask_about

WORDS = ("words.sql", "words_of_days.sql")
EVIDENCE = """
CREATE SCHEMA IF NOT EXISTS evidence;
CREATE TABLE IF NOT EXISTS reference.rate (rate_id SMALLINT, measure_id VARCHAR, variant VARCHAR, rate VARCHAR, title VARCHAR, better VARCHAR,
    action VARCHAR, basis VARCHAR, release VARCHAR, group_no SMALLINT, harm SMALLINT, domain VARCHAR, why VARCHAR, chart_only BOOLEAN,
    combines VARCHAR[], unconfirmed VARCHAR, source VARCHAR);
CREATE TABLE IF NOT EXISTS reference.clause (rate_id SMALLINT, clause SMALLINT, role VARCHAR, text VARCHAR, concepts SMALLINT[], said VARCHAR,
    from_date DATE, to_date DATE, value_bound VARCHAR, counts_days BOOLEAN, days_share DOUBLE);
CREATE TABLE IF NOT EXISTS evidence.subject (rate_id SMALLINT, period SMALLINT, person INTEGER, unit BIGINT, unit_date DATE, contract INTEGER,
    stratum SMALLINT, met BIGINT, initial_population BOOLEAN, denominator BOOLEAN, exclusion BOOLEAN, exception BOOLEAN, numerator BOOLEAN,
    numerator_exclusion BOOLEAN, last_day DATE, share DOUBLE);
CREATE TABLE IF NOT EXISTS evidence.found (rate_id SMALLINT, period SMALLINT, person INTEGER, unit BIGINT, contract INTEGER, clause SMALLINT,
    role VARCHAR, leaf SMALLINT, date DATE, value DOUBLE, fact BIGINT);
CREATE TABLE IF NOT EXISTS evidence.outside (rate_id SMALLINT, period SMALLINT, person INTEGER, contract INTEGER, met BIGINT);
"""


def compile_cards(cards: Cards, start: date, end: date, measures: Iterable[str] | None = None, as_of: date | None = None) -> list[Compiled]:
    """The cards as SQL for the period `start` to `end`: those of the named measure ids or variant names, else all.

    `as_of`: the last day known, where a card asks what holds until today. Raises CardError with the faults of a card.
    """
    wanted = set(measures or ())
    return [compile_variant(cards, v, start, end, as_of) for v in cards.variants if not wanted or {v.measure_id, v.name} & wanted]


def ask_concepts(connection, compiled: list[Compiled], everyone: bool = False) -> None:
    """Have `coded` hold events of what these cards ask about: enrolment-based ones about covered people, the others about the rest."""
    of_covered = [one.asked for one in compiled if one.variant.enrolment_based or everyone]
    of_others = [one.asked for one in compiled if not one.variant.enrolment_based]
    counted = [frozenset().union(*(one.counting for one in compiled if one.variant.enrolment_based is by_plan)) for by_plan in (True, False)]
    ask_about(connection, frozenset().union(*of_covered), frozenset().union(*of_others), (counted[0], counted[1]))


def run_cards(connection, cards: Cards, compiled: list[Compiled], start: date, end: date, everyone: bool = False,
              people_at_once: int | None = None, standing=None, threads: int = 1, meanwhile: Callable | None = None) -> None:
    """Count what compile_cards gave for the period `start` to `end` over coded.*

    Visit-based variants count people without any enrolment data, with `everyone` all people (conformance). Fills
    evidence.subject (one row per rate, person, unit, contract of the initial population), evidence.found (latest event per line and leaf) and
    evidence.outside (whom a plan lists and we do not count: which lines hold).
    `standing`: what is not counted anew (dashboard.live.standing): given (variant, id of its first rate) of all, its take_over fills these for
    some and gives the others. `people_at_once` bounds the memory: the sets of so many people are made together (see build.pieces). `threads`: see
    Batches.finish. `meanwhile`: called on another thread with a cursor and `some`, the condition on the people of a range, while their cards are
    asked: of everybody once.
    """
    prepare(connection, cards, everyone)
    first_ids = accumulate((len(one.rates) for one in compiled), initial=_describe(connection, compiled, start, end))
    anybody = _anybody(connection)
    wanted = [(one, first_id) for one, first_id in zip(compiled, first_ids, strict=False) if anybody[one.variant.enrolment_based]]
    wanted = standing.take_over(wanted) if standing else wanted
    if wanted:
        count_among(connection, wanted, start.year, "coded.person", people_at_once, threads, meanwhile, standing)
    elif meanwhile:
        meanwhile(connection, some=pieces.EVERYBODY)


def count_among(connection, wanted: list[tuple[Compiled, int]], period: int, among: str, people_at_once: int | None = None,
                threads: int = 1, meanwhile: Callable | None = None, standing=None) -> None:
    """Fill evidence.* for variants, given with the ids of their first rates, with the people of a table. standing: where its `weigh` names people,
    with these in their place, and with what stands of all others. The others: see run_cards."""
    batches = _batches(connection, [one for one, _ in wanted])
    fill.define(connection, wanted, batches)
    weighed = standing.weigh(wanted) if standing else None
    among = weighed or f"(SELECT person, -1::HUGEINT AS askers FROM {among})"
    ranges = pieces.ranges(connection, among, people_at_once)
    people = connection.execute(f"SELECT count(*) FROM {among}").fetchone()[0] if threads > 1 else 0
    cores = partial(database.cores_for, connection, people)  # for what nothing can be asked beside
    with pieces.copied(connection, ranges):
        for some in ranges:
            with cores():
                fill.choose_people(connection, among, some)
                pieces.copy_events(connection, some)
                batches.begin(pieces.events_of(some))
            with parallel.meanwhile(connection, meanwhile and partial(meanwhile, some=some)):
                batches.finish(threads, pieces.events_of(some))
                with cores():
                    fill.fill(connection, wanted, period, threads)
            batches.clear()
            pieces.drop_events(connection, some)
    if weighed:
        standing.stand_others(wanted)  # now: fill takes what it finds in evidence.subject for what it counted itself
    for table in (*batches.tables, *fill.TABLES):
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def _batches(connection, compiled: list[Compiled]) -> Batches:
    """What all the variants ask."""
    sets = {name: made for one in compiled for name, made in one.sets.items()}
    leaves = {name: leaf for one in compiled for name, leaf in one.leaves.items()}
    askers: dict[str, set[int]] = {}
    for number, one in enumerate(compiled):
        for name in [*one.leaves, *([one.unit] if one.unit else [])]:
            askers.setdefault(name, set()).add(number)
    return Batches(connection, sets, leaves, sorted({one.unit for one in compiled if one.unit}), askers)


def _anybody(connection) -> dict[bool, bool]:
    """Whether there is anybody to count by enrolment (True), and by visits (False)."""
    people = {True: "coded.coverage", False: "evidence.visit_based_person"}
    return {by_plan: connection.execute(f"SELECT count(*) > 0 FROM {relation}").fetchone()[0] for by_plan, relation in people.items()}


def read_words(connection, folder: Path) -> None:
    """The words that stand in a folder of cards, as macros of a connection."""
    for name in WORDS:
        sql.script(connection, folder / name)


def prepare(connection, cards: Cards, everyone: bool = False) -> None:
    """Words, evidence tables and the visit-based universe on a connection that has coded.*"""
    read_words(connection, cards.folder)
    connection.execute(EVIDENCE)
    who = "NOT held" if everyone else "NOT held AND NOT has_coverage"
    connection.execute(f"CREATE OR REPLACE TABLE evidence.visit_based_person AS SELECT person FROM coded.person WHERE {who}")


def _describe(connection, compiled: list[Compiled], start: date, end: date) -> int:
    """What the rates and their lines say: reference.rate and reference.clause. Gives the id of the first rate."""
    first_id = connection.execute("SELECT coalesce(max(rate_id), 0) + 1 FROM reference.rate").fetchone()[0]
    pairs = [(one.variant, rate) for one in compiled for rate in one.rates]
    rates = [_rate_row(rate_id, variant, rate) for rate_id, (variant, rate) in enumerate(pairs, first_id)]
    clauses = [row for rate_id, (_, rate) in enumerate(pairs, first_id) for row in _clause_rows(rate_id, rate, start, end)]
    for table, rows in (("rate", rates), ("clause", clauses)):
        connection.execute(f"INSERT INTO reference.{table} BY NAME SELECT r.* FROM (SELECT unnest(?) AS r)", [rows])
    return first_id


def _rate_row(rate_id: int, variant: Variant, rate: CompiledRate) -> dict:
    basis = "person" if variant.unit is None else "encounter" if not isinstance(variant.unit, dict) else variant.unit.get("basis", "episode")
    card, said = variant.card, rate.rate
    unconfirmed = card.get("unconfirmed") or ""
    return {"rate_id": rate_id, "measure_id": variant.measure_id, "variant": variant.name, "rate": said.name, "title": said.title,
            "better": said.better, "action": said.action, "basis": basis, "release": variant.release, "group_no": said.group,
            "harm": card.get("harm", 9), "domain": card.get("domain", ""), "why": card.get("why", ""), "chart_only": said.chart_only,
            "combines": list(said.combines), "source": str(card.get("source", "")),
            "unconfirmed": "; ".join(unconfirmed) if isinstance(unconfirmed, list) else unconfirmed}


def _clause_rows(rate_id: int, rate: CompiledRate, start: date, end: date) -> list[dict]:
    return [{"rate_id": rate_id, "clause": clause.number, "role": clause.role, "text": clause.text, "said": json.dumps(clause.said, default=str),
             "concepts": sorted({c for leaf in clause.line.leaves for c in leaf.concepts}),
             "counts_days": any(leaf.word == "merged_days" for leaf in clause.line.leaves), "days_share": _share_of(clause.line.leaves),
             **_bounds(clause.said, clause.line.leaves, start, end)}
            for clause in rate.clauses]


def _share_of(leaves: list[Leaf]) -> float | None:
    """The share of days that a line asks to be covered; None where it asks for none."""
    return next((dict(part)["share"] for leaf in leaves if leaf.word == "merged_days" for part in leaf.parts if "share" in dict(part)), None)


def _bounds(said, leaves: list[Leaf], start: date, end: date) -> dict:
    """First day, last day and bound of the value that a line asks of its event, as far as it asks the same of everybody; of a line that asks
    several values (a blood pressure) the bound of each concept: {"of": {"12": {"below": 140}}}."""
    said = said if isinstance(said, dict) else {}
    window = {"years": [1 - said["within_years"], 0]} if "within_years" in said else "period" if "had" in said else None
    window = next((said[test] for test in TESTS if isinstance(said.get(test), (str, dict))), window)
    parsed = parse_window(window) if window else None
    days = [None, None]
    if parsed and not parsed.anchor and not parsed.of_life:
        days = [day_of(point, start, end, "").split("'")[1] if point else None for point in (parsed.low, parsed.high)]
    bound = said.get("value") or ("present" if said.get("valued") == "present" else None) or _bounds_of_parts(said, leaves)
    return {"from_date": days[0], "to_date": days[1], "value_bound": json.dumps(bound) if bound else None}


def _bounds_of_parts(said: dict, leaves: list[Leaf]) -> dict | None:
    """The bounds of the values that the parts of {all: [...]} ask for, by concept; None where the parts are not one leaf each."""
    parts = said.get("all", [])
    bounds = {str(concept): part["value"] for part, leaf in zip(parts, leaves, strict=False) if isinstance(part, dict) and "value" in part
              for concept in leaf.concepts}
    return {"of": bounds} if bounds and len(parts) == len(leaves) else None


def default_folder() -> Path:
    """The cards of this checkout."""
    return Path(__file__).resolve().parents[2] / "measures"
