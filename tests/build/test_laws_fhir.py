"""The laws of a build over what an EHR sends: FHIR resources of people without any enrolment data."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from laws import results

from dashboard import database
from dashboard.intake import intake
from dashboard.settings import MEASURES as CLINICAL

pytestmark = pytest.mark.long
MEASURES, LAST_DAY, MIDDLE = ("CMS130", "CMS165"), date(2025, 12, 31), date(2025, 6, 30)
SYSTEMS = {"HCPCS": "http://www.ama-assn.org/go/cpt", "SNOMEDCT": "http://snomed.info/sct", "LOINC": "http://loinc.org",
           "ICD10CM": "http://hl7.org/fhir/sid/icd-10-cm"}


def concept(name: str) -> dict:
    """A CodeableConcept with the first code of a value set that FHIR writes with one of the common systems."""
    with (CLINICAL / "value_sets" / f"{name}.csv").open(newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["code_system"] in SYSTEMS)
    return {"coding": [{"system": SYSTEMS[row["code_system"]], "code": row["code"]}]}


def resources() -> list[dict]:
    """Twelve people from 40 to 73: all seen in spring, every second screened in spring, every third in autumn."""
    made = []
    for n in range(12):
        subject = {"reference": f"Patient/p{n}"}
        made.append({"resourceType": "Patient", "id": f"p{n}", "birthDate": f"{1985 - 3 * n}-04-01", "gender": "female" if n % 2 else "male"})
        for month in (3, 10):
            made.append({"resourceType": "Encounter", "id": f"e{n}-{month}", "status": "finished", "type": [concept("office_visit")],
                         "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}, "subject": subject,
                         "period": {"start": f"2025-{month:02}-05T09:00:00Z", "end": f"2025-{month:02}-05T09:30:00Z"}})
        months = ([4] if n % 2 else []) + ([9] if n % 3 == 0 else [])
        made += [{"resourceType": "Procedure", "id": f"c{n}-{month}", "status": "completed", "code": concept("colonoscopy"), "subject": subject,
                  "performedDateTime": f"2025-{month:02}-11"} for month in months]
        made.append({"resourceType": "Condition", "id": f"h{n}", "code": concept("essential_hypertension"), "subject": subject,
                     "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
                     "verificationStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"}]},
                     "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-category", "code": "problem-list-item"}]}],
                     "onsetDateTime": "2020-01-01", "recordedDate": "2020-01-01"})
    return made


def taken_in(folder: Path, lines: list[dict]) -> Path:
    """A delivery of these resources, a file a type, in a home of its own."""
    sent = folder / "sent"
    sent.mkdir(parents=True)
    for kind in {line["resourceType"] for line in lines}:
        text = "".join(json.dumps(line) + "\n" for line in lines if line["resourceType"] == kind)
        (sent / f"{kind}.ndjson").write_text(text, encoding="utf-8")
    intake([sent], folder / "home", format="fhir-r4", data_source="clinic")
    return folder / "home"


def happens(resource: dict) -> str:
    """The day on which it happened; empty for what has none."""
    return (resource.get("performedDateTime") or resource.get("recordedDate") or resource.get("period", {}).get("start") or "")[:10]


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return taken_in(tmp_path_factory.mktemp("fhir"), resources())


@pytest.fixture(scope="module")
def whole(home):
    return results(home, LAST_DAY, MEASURES)


def test_people_without_enrolment_are_counted_by_visits(whole):
    # variant, contract; numerator
    assert {row[2] for row in whole} == set(MEASURES) and {row[5] for row in whole} == {0}
    assert {row[-1] for row in whole if row[2] == "CMS130"} == {True, False}


def test_a_subset_of_people_counts_as_in_the_whole(home, whole):
    connection = database.connect(home / "intake.duckdb", read_only=True)
    keys = dict(connection.execute("SELECT person_id, person_key FROM person_link").fetchall())
    connection.close()
    some = {person_id: key for person_id, key in keys.items() if key % 3 == 1}
    assert results(home, LAST_DAY, MEASURES, people=frozenset(some.values())) == [row for row in whole if row[0] in some]


def test_order_and_duplicates_of_resources_do_not_matter(whole, tmp_path):
    lines = resources()
    assert results(taken_in(tmp_path, lines[::-1] + lines[::4]), LAST_DAY, MEASURES) == whole


def test_nothing_dated_after_as_of_changes_a_result(home, tmp_path):
    past = [line for line in resources() if happens(line) <= str(MIDDLE)]
    assert results(taken_in(tmp_path, past), MIDDLE, MEASURES) == results(home, MIDDLE, MEASURES)
