"""Codes become concepts: by equality, by prefix, several concepts a fact, one row a concept."""

import pytest
from asked import WANTED, asked, asked_of
from drawn import rows


def test_a_code_may_carry_several_concepts():
    assert asked("condition", {"valid.condition": """
            person | source_row | onset_date | clinical_status | sent_codes
            1      | 10         | 2020-01-01 | active          | [{'code_system': 'SNOMEDCT', 'code': 'A1'}]
        """}, "condition", "recorded") == rows("""
            concept | fact | condition | recorded
            1       | 10   | T         | F
            1       | 10   | F         | T
            2       | 10   | T         | F
            2       | 10   | F         | T
        """)


def test_two_codings_of_one_concept_are_one_row():
    assert len(asked("procedure", {"valid.procedure": """
        person | source_row | procedure_date | sent_codes
        1      | 10         | 2020-01-01     | [{'code_system': 'SNOMEDCT', 'code': 'A'}, {'code_system': 'ICD10CM', 'code': 'A'}]
    """})) == 1


def test_a_prefix_finds_what_begins_with_it():
    assert asked("condition", {"valid.condition": """
            person | source_row | sent_codes
            1      | 10         | [{'code_system': 'ICD10CM', 'code': 'C189'}]
            1      | 11         | [{'code_system': 'ICD10CM', 'code': 'C18'}]
            1      | 12         | [{'code_system': 'ICD10CM', 'code': 'C1'}]
            1      | 13         | [{'code_system': 'SNOMEDCT', 'code': 'C189'}]
        """, "valid.code": """
            table_name | code_system | code
            condition  | ICD10CM     | C189
            condition  | ICD10CM     | C18
            condition  | ICD10CM     | C1
            condition  | SNOMEDCT    | C189
        """}, "condition", "recorded") == rows("""
            concept | fact | condition | recorded
            3       | 10   | T         | F
            3       | 10   | F         | T
            3       | 11   | T         | F
            3       | 11   | F         | T
        """)


def test_what_no_value_set_wants_gives_no_event():
    assert len(asked("procedure", {"valid.procedure": """
        person | source_row | procedure_date | sent_codes
        1      | 10         | 2020-01-01     | [{'code_system': 'SNOMEDCT', 'code': 'Z'}]
        1      | 11         | 2020-01-01     | []
        1      | 12         | 2020-01-01     |
    """})) == 0


def test_attributes_are_coded_details_of_a_fact(run):
    assert run("coded/attribute", {"reference.wanted_code": asked_of("F", WANTED.rstrip() + "\n20 | ActCode | VR"), "valid.encounter": """
            person | source_row | data_source | encounter_class | location_ids | reason_codes
            1      | 10         | s           | VR              | ['l1']       | [{'code_system': 'SNOMEDCT', 'code': 'A'}]
            1      | 11         | s           | AMB             | ['l2']       |
        """, "valid.location": """
            data_source | location_id | codes
            s           | l1          | [{'code_system': 'SNOMEDCT', 'code': 'A1'}]
            t           | l2          | [{'code_system': 'SNOMEDCT', 'code': 'A1'}]
        """, "valid.observation": """
            person | source_row | result_codes
            2      | 20         | [{'code_system': 'SNOMEDCT', 'code': 'A'}, {'code_system': 'ICD10CM', 'code': 'A'}]
        """}) == rows("""
            person | fact | aspect        | concept
            1      | 10   | class         | 20
            1      | 10   | reason        | 1
            1      | 10   | location_type | 1
            1      | 10   | location_type | 2
            2      | 20   | value         | 1
        """)


# 1 and 5 are asked about covered people, 2 and 6 about the others; 11 is covered, 12 is not.
ASKED = """
    concept | covered
    1       | T
    2       | F
    5       | T
    6       | F
"""
CODES_ASKED = """
    covered | concept | code_system | code
    T       | 1       | SNOMEDCT    | A1
    F       | 2       | SNOMEDCT    | A1
    T       | 5       | HCPCS       | 99213
    F       | 6       | HCPCS       | 99213
    T       | 5       | RXNORM      | 83367
    F       | 6       | RXNORM      | 83367
    T       | 5       | ICD10CM     | E119
    F       | 6       | ICD10CM     | E119
    T       | 5       | ICD10PCS    | 0DJD8ZZ
    F       | 6       | ICD10PCS    | 0DJD8ZZ
"""


@pytest.mark.parametrize(("part", "table", "names", "values", "of_covered", "of_others"), [
    ("procedure", "valid.procedure", "sent_codes", "[{'code_system': 'SNOMEDCT', 'code': 'A1'}]", 1, 2),
    ("encounter", "valid.encounter", "codes", "[{'code_system': 'SNOMEDCT', 'code': 'A1'}]", 1, 2),
    ("claim_service", "valid.medical_claim", "claim_start_date | hcpcs_code", "2020-01-01 | 99213", 5, 6),
    ("claim_diagnosis", "valid.medical_claim", "claim_start_date | diagnosis_code_1", "2020-01-01 | E119", 5, 6),
    ("claim_icd_procedure", "valid.medical_claim", "claim_start_date | procedure_code_1", "2020-01-01 | 0DJD8ZZ", 5, 6),
    ("pharmacy_claim", "valid.pharmacy_claim", "dispensing_date | ndc_code", "2020-01-01 | 00093505698", 5, 6),
])
def test_people_get_the_events_that_are_asked_about_them(part, table, names, values, of_covered, of_others):
    answer = asked(part, {"reference.asked_concept": ASKED, "reference.wanted_code": CODES_ASKED, "valid.covered_person": "person\n11",
                          "reference.ndc": "ndc | rxnorm\n00093505698 | 83367",
                          table: f"person | source_row | {names}\n11 | 10 | {values}\n12 | 20 | {values}"})
    assert {(row["person"], row["concept"]) for row in answer} == {(11, of_covered), (12, of_others)}


SUPPLEMENT = {"observation": "observation_id | observation_date", "procedure": "procedure_id | procedure_date", "condition": "condition_id | recorded_date",
              "immunization": "immunization_id | occurrence_date", "medication": "medication_id | dispensing_date", "lab_result": "lab_result_id | collection_datetime"}


@pytest.mark.parametrize("part", SUPPLEMENT)
@pytest.mark.parametrize(("source", "concepts"), [("supplemental_nonstandard", {2}), ("supplemental_standard", {2}), ("ehr", {1, 2})])
def test_supplemental_data_is_no_event_of_what_populations_are_counted_by(part, source, concepts):
    """Code A1 has the concepts 1, by which somebody is counted, and 2: numerators and exclusions may use it, denominators never."""
    code = "source_component_code_type | source_component_code" if part == "lab_result" else "source_code_type | source_code"
    answer = asked(part, {"reference.population_concept": "concept | covered\n1 | F", f"valid.{part}": f"""
        person | source_row | {SUPPLEMENT[part]} | {code} | record_source
        1      | 5          | x | 2024-03-03 | SNOMEDCT | A1 | {source}
    """})
    assert {row["concept"] for row in answer} == concepts
