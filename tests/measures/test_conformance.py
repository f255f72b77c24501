"""Official test patients of the eCQM content: every case of the measures that have a card agrees.

All decks of a period are counted in one go; `make decks` evaluates each alone as well, the suite one of each release.
"""

import csv
import functools
import json
import os
from datetime import date
from pathlib import Path

import pytest

from dashboard.evaluate import cases_of, count, evaluate
from dashboard.measures import default_folder, load_cards

CONFORMANCE = Path(__file__).resolve().parents[3] / "shared" / "conformance"
CODES = (CONFORMANCE / "value_sets.csv.gz", CONFORMANCE / "direct_codes.csv")
DEFECTS = {("CMS177", "85e6225c"), ("CMS135", "ec508dbb")}   # cases that contradict the measure's own logic

pytestmark = [pytest.mark.long, pytest.mark.skipif(not CONFORMANCE.exists(), reason="the official test patients are not part of the project")]


@functools.cache
def official_measures() -> list[str]:
    return sorted(v.name for v in load_cards(default_folder()).variants if not v.enrolment_based)


def counts(path: Path) -> dict:
    """{case: {(group, population): count}} without zeros."""
    found: dict = {}
    with path.open(newline="") as handle:
        for row in csv.DictReader(handle):
            cell = found.setdefault(row["case"], {})
            if int(row["count"]):
                cell[row["group"], row["population"].lower()] = int(row["count"])
    return found


def wrong(measure: str, found: dict) -> dict:
    """Case -> (expected, found), where they differ."""
    expected = counts(CONFORMANCE / "decks" / measure / "expected.csv")
    with_strata = any(population.startswith("stratum") for cell in expected.values() for _, population in cell)
    return {case: (cell, got) for case, cell in expected.items() if (measure, case) not in DEFECTS
            for got in [{key: n for key, n in found.get(case, {}).items() if with_strata or not key[1].startswith("stratum")}] if got != cell}


@functools.cache
def period_of(measure: str) -> tuple[date, date]:
    said = json.loads((CONFORMANCE / "decks" / measure / "measure.json").read_text())["measurement_period"]
    return date.fromisoformat(said["start"]), date.fromisoformat(said["end"])


def patients(measure: str) -> Path:
    return CONFORMANCE / "decks" / measure / "patients.ndjson.gz"


@functools.cache
def counted(period: tuple[date, date]) -> dict[str, dict]:
    """{measure: {case: {(group, population): count}}}: all measures of a period over the patients of all its decks, as a build counts them."""
    measures = [measure for measure in official_measures() if period_of(measure) == period]
    found: dict[str, dict] = {measure: {} for measure in measures}
    cases = [cases_of(patients(measure)) for measure in measures]
    for place, measure, person, group, population, number in count(measures, [patients(measure) for measure in measures], *CODES, period):
        if measures[place] == measure and number:
            found[measure].setdefault(cases[place][person], {})[str(group), population.lower()] = number
    return found


@pytest.mark.parametrize("measure", official_measures())
def test_every_official_case_agrees(measure):
    assert not wrong(measure, counted(period_of(measure))[measure])


@pytest.mark.parametrize("measure", official_measures() if os.environ.get("HUDDLEBOARD_TEST_DECKS") else ["CMS68", "CMS153"])
def test_every_case_agrees_when_its_deck_is_evaluated_alone(measure, tmp_path):
    evaluate(measure, patients(measure), *CODES, period_of(measure), tmp_path / "out.csv")
    assert not wrong(measure, counts(tmp_path / "out.csv"))
