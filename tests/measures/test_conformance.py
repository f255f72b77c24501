"""Official test patients of the eCQM content: every case of the measures that have a card agrees."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from dashboard.evaluate import evaluate
from dashboard.measures import default_folder, load_cards

CONFORMANCE = Path(__file__).resolve().parents[3] / "shared" / "conformance"
DEFECTS = {("CMS177", "85e6225c"), ("CMS135", "ec508dbb")}   # cases that contradict the measure's own logic

pytestmark = [pytest.mark.long, pytest.mark.skipif(not CONFORMANCE.exists(), reason="the official test patients are not part of the project")]


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


@pytest.mark.parametrize("measure", official_measures())
def test_every_official_case_agrees(measure, tmp_path):
    deck = CONFORMANCE / "decks" / measure
    period = json.loads((deck / "measure.json").read_text())["measurement_period"]
    evaluate(measure, deck / "patients.ndjson.gz", CONFORMANCE / "value_sets.csv.gz", CONFORMANCE / "direct_codes.csv",
             (date.fromisoformat(period["start"]), date.fromisoformat(period["end"])), tmp_path / "out.csv")
    expected, found = counts(deck / "expected.csv"), counts(tmp_path / "out.csv")
    with_strata = any(population.startswith("stratum") for cell in expected.values() for _, population in cell)
    wrong = {case: (cell, got) for case, cell in expected.items() if (measure, case) not in DEFECTS
             for got in [{key: n for key, n in found.get(case, {}).items() if with_strata or not key[1].startswith("stratum")}] if got != cell}
    assert not wrong
