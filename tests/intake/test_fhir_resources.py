"""FHIR R4 resources -> rows of the contract: references in every shape, extensions, negation, components, claims; and what is refused or set aside."""

from drawn import rows

US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition"
QI_CORE = "http://hl7.org/fhir/us/qicore/StructureDefinition"
LOINC, SNOMED, ICD, CPT = "http://loinc.org", "http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10-cm", "http://www.ama-assn.org/go/cpt"


def concept(system: str, code: str) -> dict:
    return {"coding": [{"system": system, "code": code}]}


def of_patient(resource_type: str, **fields) -> dict:
    return {"resourceType": resource_type, "id": "x1", "subject": {"reference": "Patient/p1"}} | fields


def test_a_patient_with_us_core_extensions(house, sender):
    def omb(name, code, text):
        return {"url": f"{US_CORE}/{name}", "extension": [{"url": "ombCategory", "valueCoding": {"code": code, "display": text}}, {"url": "text", "valueString": text}]}
    sent = sender()
    sent.ndjson("Patient.ndjson", {
        "resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1960-02-03", "deceasedDateTime": "2024-05-01T01:00:00-05:00",
        "name": [{"use": "maiden", "family": "Old"}, {"use": "official", "family": "New", "given": ["Ann", "B"]}],
        "telecom": [{"system": "phone", "value": "555-0100"}],
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-mbi", "value": "1EG4TE5MK72"},
                       {"type": concept("http://terminology.hl7.org/CodeSystem/v2-0203", "MR"), "system": "urn:x", "value": "m-7"}],
        "communication": [{"language": concept("urn:ietf:bcp:47", "es")}, {"preferred": True, "language": concept("urn:ietf:bcp:47", "fr")}],
        "extension": [omb("us-core-race", "2106-3", "White"), omb("us-core-ethnicity", "2186-5", "Not Hispanic or Latino"),
                      {"url": f"{US_CORE}/us-core-sex", "valueCode": "248152002"}, {"url": f"{US_CORE}/us-core-birthsex", "valueCode": "F"}]})
    house.take(sent)
    assert house.extract("patient") == rows("""
        person_id | first_name | middle_name | last_name | sex    | birth_date | death_date | death_instant       | medicare_beneficiary_id | medical_record_number | phone
        p1        | Ann        | B           | New       | female | 1960-02-03 | 2024-05-01 | 2024-05-01 06:00:00 | 1EG4TE5MK72             | m-7                   | 555-0100
        """)
    assert house.extract("patient") == rows("""
        race  | race_omb | ethnicity_omb | us_core_sex | sex_at_birth | language_spoken
        White | 2106-3   | 2186-5        | 248152002   | F            | fr
        """)


def test_references_in_every_shape_name_the_person(house, sender):
    sent = sender()
    shapes = ["Patient/p1", "urn:uuid:p1", "https://ehr.example/fhir/Patient/p1", "Patient/p1/_history/3", "Group/g1", None]
    sent.ndjson("Observation.ndjson", *[of_patient("Observation", id=f"o{i}", subject={"reference": shape} if shape else {"display": "someone"})
                                        for i, shape in enumerate(shapes)])
    house.take(sent)
    assert house.extract("observation", "observation_id, person_id, person_key IS NOT NULL AS known") == rows("""
        observation_id | person_id | known
        o0             | p1        | T
        o1             | p1        | T
        o2             | p1        | T
        o3             | p1        | T
        o4             |           | F
        o5             |           | F
        """)


def test_the_npi_comes_from_a_conditional_reference_or_from_the_practitioner(house, sender):
    def visit(name, reference):
        return of_patient("Encounter", id=name, participant=[{"individual": {"reference": reference}}])
    sent = sender()
    sent.ndjson("all.ndjson", visit("conditional", "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1234567893"), visit("plain", "Practitioner/d1"),
                {"resourceType": "Practitioner", "id": "d1", "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1992777890"}]})
    house.take(sent)
    assert house.extract("encounter") == rows("""
        encounter_id | provider_npi | attending_provider_id
        conditional  | 1234567893   | 1234567893
        plain        | 1992777890   | d1
        """)


def test_an_encounter_links_its_diagnoses_places_and_disposition(house, sender):
    sent = sender()
    sent.ndjson("Encounter.ndjson", of_patient(
        "Encounter", status="finished", type=[concept(CPT, "99213")], reasonCode=[concept(SNOMED, "386661006")],
        diagnosis=[{"condition": {"reference": "Condition/c1"}, "rank": 1, "use": concept("http://terminology.hl7.org/CodeSystem/diagnosis-role", "billing")}],
        location=[{"location": {"reference": "Location/l1"}}], meta={"profile": [f"{QI_CORE}/qicore-encounter"]},
        hospitalization={"dischargeDisposition": {"coding": [{"system": SNOMED, "code": "428371000124100"}, {"system": "http://www.nubc.org/patient-discharge", "code": "01"}]}},
        **{"class": {"code": "AMB"}}))
    house.take(sent)
    assert house.extract("encounter") == rows("""
        encounter_class | status   | codes                                            | reason_codes                                             | location_ids | discharge_disposition_code | profiles
        AMB             | finished | [{'code_system': 'HCPCS', 'code': '99213'}]      | [{'code_system': 'SNOMEDCT', 'code': '386661006'}]       | [l1]         | 01                         | [qicore-encounter]
        """)
    assert house.extract("encounter", "diagnoses").cells == [([{"condition_id": "c1", "rank": 1, "use": "billing"}],)]


def test_components_are_rows_of_their_own_with_their_panels_facts(house, sender):
    def part(code, value):
        return {"code": concept(LOINC, code), "valueQuantity": {"value": value, "unit": "mmHg", "code": "mm[Hg]"}}
    sent = sender()
    sent.ndjson("Observation.ndjson", of_patient("Observation", id="other"), of_patient(
        "Observation", id="bp", status="final", effectiveDateTime="2024-03-01T10:00:00Z", category=[concept("x", "vital-signs")],
        code=concept(LOINC, "85354-9"), component=[part("8480-6", 128), part("8462-4", 79.5)]))
    house.take(sent)
    answer = house.extract("observation", "*, list_extract(codes, 1).code AS code, source_row - min(source_row) OVER () AS place")
    assert answer == rows("""
        observation_id | panel_id | code    | result | result_numeric | result_type | units_ucum | observation_date | is_component | status
        other          |          |         |        |                |             |            |                  | F            |
        bp             | bp       | 85354-9 |        |                |             |            | 2024-03-01       | F            | final
        bp#1           | bp       | 8480-6  | 128    | 128            | quantity    | mm[Hg]     | 2024-03-01       | T            | final
        bp#2           | bp       | 8462-4  | 79.5   | 79.5           | quantity    | mm[Hg]     | 2024-03-01       | T            | final
        """)


def test_each_kind_of_value_keeps_its_kind(house, sender):
    def result(name, **value):
        return of_patient("Observation", id=name, **value)
    sent = sender()
    sent.ndjson("Observation.ndjson", result("quantity", valueQuantity={"value": 5.7, "comparator": "<", "unit": "%"}),
                result("coded", valueCodeableConcept={"coding": [{"system": SNOMED, "code": "260385009", "display": "Negative"}]}),
                result("integer", valueInteger=14), result("boolean", valueBoolean=False), result("text", valueString="NEG"),
                result("ratio", valueRatio={"numerator": {"value": 1}, "denominator": {"value": 128}}),
                result("absent", dataAbsentReason=concept("x", "not-performed")))
    house.take(sent)
    assert house.extract("observation") == rows("""
        observation_id | result_type | result   | result_numeric | result_comparator | data_absent_reason
        quantity       | quantity    | 5.7      | 5.7            | <                 |
        coded          | coded       | Negative |                |                   |
        integer        | integer     | 14       | 14             |                   |
        boolean        | boolean     | false    |                |                   |
        text           | text        | NEG      |                |                   |
        ratio          | ratio       | 1:128    |                |                   |
        absent         |             |          |                |                   | not-performed
        """)


def test_negation_in_all_its_spellings(house, sender):
    def flag(url, value=True):
        return [{"url": url, "valueBoolean": value}]
    sent = sender()
    sent.ndjson("all.ndjson",
                of_patient("DeviceRequest", id="r5", modifierExtension=flag("http://hl7.org/fhir/5.0/StructureDefinition/extension-DeviceRequest.doNotPerform")),
                of_patient("DeviceRequest", id="qi", modifierExtension=flag(f"{QI_CORE}/qicore-doNotPerform")),
                of_patient("DeviceRequest", id="slip", modifierExtension=flag(f"{QI_CORE}/qicore-doNotPeform")),
                of_patient("DeviceRequest", id="false", modifierExtension=flag(f"{QI_CORE}/qicore-doNotPerform", False)),
                of_patient("DeviceRequest", id="plain"))
    house.take(sent)
    assert house.extract("device_order") == rows("""
        device_order_id | do_not_perform | not_done
        r5              | T              | T
        qi              | T              | T
        slip            | T              | T
        false           | F              | F
        plain           | F              | F
        """)


def test_not_done_comes_with_its_reason(house, sender):
    def why(name):
        return [{"url": f"{QI_CORE}/{name}", "valueCodeableConcept": concept(SNOMED, "183932001")}]
    sent = sender()
    sent.ndjson("all.ndjson",
                of_patient("Observation", status="cancelled", extension=why("qicore-notDoneReason"), meta={"profile": [f"{QI_CORE}/qicore-observationcancelled"]}),
                of_patient("ServiceRequest", doNotPerform=True, extension=why("qicore-doNotPerformReason")),
                of_patient("MedicationRequest", doNotPerform=True, reasonCode=[concept(SNOMED, "183932001")]),
                of_patient("Procedure", status="not-done", statusReason=concept(SNOMED, "183932001"),
                           extension=[{"url": f"{QI_CORE}/qicore-recorded", "valueDateTime": "2024-02-01"}]))
    house.take(sent)
    reason = rows("""
        not_done | why
        T        | 183932001
        """)
    assert house.extract("observation", "not_done, status_reason_codes[1].code AS why") == reason
    assert house.extract("service_order", "not_done, status_reason_codes[1].code AS why") == reason
    assert house.extract("medication_order", "not_done, reason_codes[1].code AS why") == reason
    assert house.extract("procedure", "not_done, status_reason_codes[1].code AS why") == reason
    assert house.extract("procedure", "recorded_date, procedure_date") == rows("""
        recorded_date | procedure_date
        2024-02-01    |
        """)


def test_a_drug_by_code_by_reference_or_contained(house, sender):
    rxnorm = concept("http://www.nlm.nih.gov/research/umls/rxnorm", "617312")
    sent = sender()
    sent.ndjson("all.ndjson", {"resourceType": "Medication", "id": "m1", "code": rxnorm},
                of_patient("MedicationRequest", id="code", medicationCodeableConcept=rxnorm),
                of_patient("MedicationRequest", id="reference", medicationReference={"reference": "urn:uuid:m1"}),
                of_patient("MedicationRequest", id="contained", medicationReference={"reference": "#d"}, contained=[{"resourceType": "Medication", "id": "d", "code": rxnorm}]))
    later = sender("later")
    later.ndjson("MedicationRequest.ndjson", of_patient("MedicationRequest", id="later", medicationReference={"reference": "Medication/m1"}))
    house.take(sent, data_source="ehr")
    house.take(later, data_source="ehr")
    assert house.extract("medication_order", "medication_order_id, codes[1].code_system || ' ' || codes[1].code AS drug, by_reference") == rows("""
        medication_order_id | drug          | by_reference
        code                | RXNORM 617312 | F
        reference           | RXNORM 617312 | T
        contained           | RXNORM 617312 | T
        later               | RXNORM 617312 | T
        """)


def test_lines_that_are_no_resource_are_set_aside_with_their_row(house, sender):
    sent = sender()
    sent.ndjson("Condition.ndjson", of_patient("Condition", id="good"), '{"resourceType": "Condition", "id": "bro', "", "[1, 2]", '{"id": "typeless"}',
                of_patient("Condition", id="shape", code="E11.9"), of_patient("Condition", id="last"))
    report = house.take(sent)
    assert (report.rows, report.unreadable) == ({"condition": 2}, 4)
    assert house.extract("unreadable") == rows("""
        file_name        | row_number | rule             | found
        Condition.ndjson | 2          | malformed_json   | 40 characters, no JSON
        Condition.ndjson | 4          | no_object        | 6 characters, a JSON array
        Condition.ndjson | 5          | no_resource_type | 18 characters, a JSON object
        Condition.ndjson | 6          | wrong_shape      | Condition.code is varchar
        """)
    assert house.extract("condition", "condition_id, source_row & 1023 AS row_number") == rows("""
        condition_id | row_number
        good         | 1
        last         | 7
        """)


def test_fields_that_nothing_reads_are_reported_not_lost_unseen(house, sender):
    sent = sender()
    sent.ndjson("Condition.ndjson", of_patient("Condition"), of_patient("Condition", id="x2", shoeSize=44, note=[{"text": "known and left"}]))
    warning, = house.take(sent).warnings
    assert (warning.rule, warning.rows, warning.first_row, warning.found) == ("unread_field", 1, 2, "field Condition.shoeSize")


def test_stu3_is_refused_by_name_and_leaves_nothing(house, sender):
    sent = sender()
    sent.ndjson("Patient.ndjson", {"resourceType": "Patient", "id": "p1"})
    sent.ndjson("Condition.ndjson", of_patient("Condition", clinicalStatus="active"))
    report = house.take(sent)
    assert report.status == "refused"
    assert str(report.problems[0]) == ("Condition.ndjson, row 1: Condition in the shape of FHIR STU3 (clinicalStatus as text, or context). [stu3] Export as FHIR R4.")
    assert len(house.ask("SELECT * FROM person_link")) == 0 and not list((house.home / "extract").rglob("*.parquet"))


def test_types_that_no_measure_uses_are_counted(house, sender):
    sent = sender()
    sent.ndjson("Goal.ndjson", {"resourceType": "Goal", "id": "g"}, {"resourceType": "Goal", "id": "h"})
    sent.ndjson("Patient.ndjson", {"resourceType": "Patient", "id": "p1"})
    assert house.take(sent).not_used == {"Goal": 2}
