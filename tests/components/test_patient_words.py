"""What the patient's page says in the words of a clinician."""

from datetime import date
from types import SimpleNamespace

import pytest

from dashboard.components.concepts import said
from dashboard.components.gap import gap
from dashboard.components.history import history
from dashboard.patient_facts import Known, Step

DAY = date(2026, 8, 24)


def step(**given) -> Step:
    plain = {"measure_id": "M", "unit": 0, "rate_id": 1, "title": "A rate", "better": "higher", "status": "open", "clause": 1, "role": "numerator",
             "text": "last one in range", "codes": None, "counts_days": False, "met": False, "on_date": DAY}
    return Step(**plain | given)


def shown(steps: list) -> str:
    row = SimpleNamespace(status="open", title="A measure", unit=0, unit_date=None, last_day=DAY, standing=2, action="do it", why="",
                          plans="Plan A", by_enrolment=True, variant="HEDIS")
    return str(gap(row, steps))


def test_a_blood_pressure_is_told_whole_though_one_of_the_two_is_in_range():
    assert "115/93 on 24 Aug 2026: value out of range" in shown([step(value=115.0), step(value=93.0, why="value out of range")])


@pytest.mark.parametrize(("said", "words"), [
    ({"value": 30.0, "is_supply": True, "counts_days": True, "why": "does not count alone"}, "30 days' supply on 24 Aug 2026: too few days covered so far"),
    ({"value": 30.0, "is_supply": True, "why": "too early"}, "30 days' supply on 24 Aug 2026: too long ago to count"),
    ({"value": 301.0, "is_supply": True, "counts_days": True, "met": True}, "301 days covered, the last 24 Aug 2026"),
    ({"value": 9.4, "why": "value out of range"}, "9.4 on 24 Aug 2026: value out of range"),
    ({"value": 72.0, "why": "does not count alone"}, "Last on 24 Aug 2026: not enough by itself"),
    ({"why": "no value"}, "Last on 24 Aug 2026: no result came with it")])
def test_a_drug_is_told_by_its_days_and_a_test_by_its_result(said, words):
    assert words in shown([step(**said)])


@pytest.mark.parametrize(("covered", "words"), [(0.614, "61 % of days covered, 80 % needed"), (0.7999, "79 % of days covered, 80 % needed"),
                                               (0.8, "80 % of days covered, 80 % needed"), (0.29, "29 % of days covered, 80 % needed")])
def test_of_a_drug_to_be_taken_on_a_share_of_days_it_is_said_how_many_are_covered(covered, words):
    told = shown([step(value=30.0, is_supply=True, counts_days=True, why="does not count alone", covered=covered, needed=0.8)])
    assert told.replace("\\xa0", " ").count(words) == 2, "on the line, and under it beside the last supply"
    assert "too few days covered so far" in told


def test_where_what_holds_is_the_gap_the_page_says_which_holds():
    words = shown([step(better="lower", clause=1, met=False, on_date=None), step(better="lower", clause=2, met=True, text="nothing found")])
    assert "Last one in range: does not hold" in words and "Nothing found: this holds" in words
    assert "hold" not in shown([step(met=True)])


@pytest.mark.parametrize(("title", "words"), [
    ("Cerebrovascular Disease Stroke or TIA", "Stroke, TIA or other cerebrovascular disease"),
    ("Essential Hypertension", "Hypertension"),
    ("Preventive Care, Established Office Visit, 0 to 17", "Preventive visit"),
    ("Pneumococcal conjugate vaccine of children, any record", "Pneumococcal conjugate vaccine"),
    ("Asthma", "Asthma")])
def test_a_concept_is_named_as_a_clinician_does(title, words):
    assert said(title) == words


def test_a_dose_that_claim_and_record_both_tell_is_one():
    dose = Known("immunization", DAY, None, "MMR vaccine", None, None, None, None, None)
    drawn = str(history([dose, dose._replace(title="MMR vaccine, any record"), dose._replace(on_date=date(2025, 8, 24))]))
    assert drawn.count("'MMR vaccine'") == 2 and "any record" not in drawn
