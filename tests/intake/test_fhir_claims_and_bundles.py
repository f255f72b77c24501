"""FHIR R4 claims and coverage -> contract rows; bundles and decks of cases."""

import json

from drawn import rows

SNOMED, ICD, CPT = "http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10-cm", "http://www.ama-assn.org/go/cpt"


def concept(system: str, code: str) -> dict:
    return {"coding": [{"system": system, "code": code}]}


def of_patient(resource_type: str, **fields) -> dict:
    return {"resourceType": resource_type, "id": "x1", "subject": {"reference": "Patient/p1"}} | fields


def test_a_claim_is_lines_with_their_own_dates_and_the_claims_diagnoses(house, sender):
    sent = sender()
    sent.ndjson("Condition.ndjson", of_patient("Condition", id="c1", code=concept(SNOMED, "44054006")))
    sent.ndjson("ExplanationOfBenefit.ndjson", {
        "resourceType": "ExplanationOfBenefit", "id": "eob1", "status": "active", "outcome": "complete", "patient": {"reference": "Patient/p1"},
        "type": concept("http://terminology.hl7.org/CodeSystem/claim-type", "professional"), "insurer": {"display": "Acme"},
        "billablePeriod": {"start": "2024-01-01", "end": "2025-01-01"},
        "diagnosis": [{"sequence": 1, "diagnosisReference": {"reference": "urn:uuid:c1"}},
                      {"sequence": 2, "diagnosisCodeableConcept": concept(ICD, "E11.9"), "type": [concept("x", "principal")]}],
        "item": [{"sequence": 1, "productOrService": concept(CPT, "83036"), "modifier": [concept(CPT, "QW")], "servicedDate": "2023-12-30",
                  "encounter": [{"reference": "Encounter/e1"}],
                  "adjudication": [{"category": concept("x", "submitted"), "amount": {"value": 40.5}}, {"category": concept("x", "eligible"), "amount": {"value": 31}}]},
                 {"sequence": 2, "productOrService": concept(SNOMED, "162673000"), "servicedPeriod": {"start": "2024-01-02", "end": "2024-01-03"}}]})
    house.take(sent)
    assert house.extract("medical_claim") == rows("""
        claim_id | claim_line_number | claim_type   | payer | claim_start_date | claim_line_start_date | claim_line_end_date | hcpcs_code | hcpcs_modifier_1 | charge_amount | allowed_amount | diagnosis_code_type | diagnosis_code_1 | encounter_id | claim_status
        eob1     | 1                 | professional | Acme  | 2023-12-30       | 2023-12-30            | 2023-12-30          | 83036      | QW               | 40.5          | 31             | icd-10-cm           | E11.9            | e1           | paid
        eob1     | 2                 | professional | Acme  | 2023-12-30       | 2024-01-02            | 2024-01-03          |            |                  |               |                | icd-10-cm           | E11.9            | e1           | paid
        """)
    assert house.extract("medical_claim", "DISTINCT diagnosis_codes").cells == [([{"code_system": "SNOMEDCT", "code": "44054006"}],)]
    assert len(set(house.extract("medical_claim", "source_row").cells)) == 2


def test_a_pharmacy_claim_is_told_by_its_type(house, sender):
    sent = sender()
    sent.ndjson("ExplanationOfBenefit.ndjson", {
        "resourceType": "ExplanationOfBenefit", "id": "rx1", "status": "active", "patient": {"reference": "Patient/p1"}, "type": concept("x", "pharmacy"),
        "supportingInfo": [{"category": concept("x", "dayssupply"), "valueQuantity": {"value": 90}}],
        "item": [{"sequence": 1, "productOrService": concept("http://hl7.org/fhir/sid/ndc", "00093721410"), "servicedDate": "2024-04-01", "quantity": {"value": 90}}]})
    house.take(sent)
    assert house.extract("pharmacy_claim") == rows("""
        claim_id | dispensing_date | ndc_code    | days_supply | quantity
        rx1      | 2024-04-01      | 00093721410 | 90          | 90
        """)
    assert len(house.extract("medical_claim")) == 0


def test_coverage_knows_the_person_from_the_patient(house, sender):
    sent = sender()
    sent.ndjson("all.ndjson", {"resourceType": "Patient", "id": "p1", "birthDate": "1960-02-03", "gender": "male"},
                {"resourceType": "Organization", "id": "o1", "name": "Acme Health"},
                {"resourceType": "Coverage", "id": "v1", "beneficiary": {"reference": "Patient/p1"}, "period": {"start": "2024-01-01"},
                 "payor": [{"reference": "Organization/o1"}], "class": [{"type": concept("x", "plan"), "name": "Gold", "value": "G1"}]})
    house.take(sent)
    assert house.extract("eligibility") == rows("""
        person_id | birth_date | gender | payer       | plan | enrollment_start_date | enrollment_end_date
        p1        | 1960-02-03 | male   | Acme Health | Gold | 2024-01-01            |
        """)


def test_a_deck_of_cases_keeps_the_ids_of_its_bundles_apart(house, sender):
    def case(name, subject):
        return {"case": name, "patient_uuid": f"p-{name}", "bundle": [
            {"resourceType": "Patient", "id": f"p-{name}"}, {"resourceType": "Encounter", "id": "e1", "subject": {"reference": f"Patient/{subject}"}},
            {"resourceType": "Observation", "id": "o1", "subject": {"reference": f"Patient/{subject}"}, "encounter": {"reference": "Encounter/e1"}}]}
    sent = sender()
    sent.ndjson("deck.ndjson", case("a", "p-a"), case("b", "somebody-else"), zipped=True)
    house.take(sent)
    assert house.extract("observation") == rows("""
        observation_id | person_id | encounter_id
        1/o1           | p-a       | 1/e1
        2/o1           | p-b       | 2/e1
        """)
    assert house.extract("encounter") == rows("""
        encounter_id
        1/e1
        2/e1
        """)


def test_a_bundle_is_its_entries(house, sender):
    sent = sender()
    sent.bytes("bundle.json", json.dumps({"resourceType": "Bundle", "entry": [
        {"resource": {"resourceType": "Patient", "id": "p1"}}, {"resource": of_patient("Condition", id="c1")}]}, indent=2).encode())
    assert house.take(sent).rows == {"patient": 1, "condition": 1}
