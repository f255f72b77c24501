"""Codes have one spelling inside the project."""

import pytest
from drawn import rows


def test_claim_codes_lose_dots_and_get_their_zeros_back(validate):
    # BAD_INPUT 33, 36, 37
    valid = validate(medical_claim="""
        claim_id | diagnosis_code_1 | hcpcs_code | revenue_center_code | place_of_service_code | bill_type_code | discharge_disposition_code
        a        | E11.9            | 99213      | 0421                | 11                    | 0111           | 01
        b        | ' e11.9. '       | '99213.0'  | 421                 | 2                     | 111            | 1
        c        |                  | g0105      | '421.0'             |                       |                |
        """)
    assert valid.medical_claim == rows("""
        claim_id | diagnosis_code_1 | hcpcs_code | revenue_center_code | place_of_service_code | bill_type_code | discharge_disposition_code
        a        | E119             | 99213      | 0421                | 11                    | 0111           | 01
        b        | E119             | 99213      | 0421                | 02                    | 0111           | 01
        c        |                  | G0105      | 0421                |                       |                |
        """)
    assert valid.warned == rows("""
        rule                        | rows | first_row | found
        claim_33_diagnosis_spelling | 2    | 1         | ' e11.9.  -> E119, E11.9 -> E119'
        claim_36_zeros_lost         | 5    | 2         | '1 -> 01, 111 -> 0111, 2 -> 02, 421 -> 0421, 421.0 -> 0421'
        claim_37_procedure_spelling | 2    | 2         | '99213.0 -> 99213, g0105 -> G0105'
        """)


@pytest.mark.parametrize(("system", "sent", "normal"), [
    ("HCPCS", "100", "00100"),                # an anesthesia code that was a number once
    ("HCPCS", "3044f", "3044F"),
    ("CVX", "3", "03"), ("CVX", "003", "03"), ("CVX", "0115", "115"), ("CVX", "3.0", "03"),
    ("NDC", "0002-1433-80", "00002143380"),   # 4-4-2
    ("NDC", "50242-040-62", "50242004062"),   # 5-3-2
    ("NDC", "60575-4112-1", "60575411201"),   # 5-4-1
    ("NDC", "2143380", "00002143380"),        # a number once
    ("NDC", "00002143380", "00002143380"),
    ("ICD10CM", "c18.9", "C189"), ("ICD10PCS", "0dtj4zz", "0DTJ4ZZ"),
    ("SNOMEDCT", " 44054006 ", "44054006"), ("LOINC", "4548-4", "4548-4"), ("RXNORM", "860975", "860975"),
    ("UBREV", "1", "0001"), ("POS", "2", "02"), ("MSDRG", "39", "039"), ("TypeOfBill", "111", "0111"), ("PatDischargeStatus", "1", "01"),
    ("http://local.example/codes", " a1 ", "A1"),
])
def test_normal_code(validate, system, sent, normal):
    connection = validate().connection
    assert connection.execute("SELECT normal_code(normal_system(?), ?)", [system, sent]).fetchone()[0] == normal
    assert connection.execute("SELECT normal_code(normal_system(?), ?)", [system, normal]).fetchone()[0] == normal, "writing it again changes nothing"


@pytest.mark.parametrize(("sent", "system"), [
    ("icd-10-cm", "ICD10CM"), ("ICD-9", "ICD9CM"), ("icd-10-pcs", "ICD10PCS"), ("cpt", "HCPCS"), ("hcpcs", "HCPCS"), ("snomed-ct", "SNOMEDCT"), ("loinc", "LOINC"),
    ("rxnorm", "RXNORM"), ("ndc", "NDC"), ("cvx", "CVX"), ("http://local.example/codes", "http://local.example/codes"), (None, None)])
def test_normal_system(validate, sent, system):
    assert validate().connection.execute("SELECT normal_system(?)", [sent]).fetchone()[0] == system


def test_all_places_of_a_code_become_one_list(validate):
    assert validate(condition="""
        codes                                        | source_code_type | source_code | normalized_code_type | normalized_code
        [{'code_system': ICD10CM, 'code': 'e11.9'}]  | icd-10-cm        | E11.9       | snomed-ct            | 44054006
                                                     | icd-10-cm        | C18.9       |                      |
                                                     |                  |             |                      |
        """).ask("condition", "source_code, list_sort(codes) AS codes") == rows("""
        source_code | codes
        E11.9       | [{'code_system': ICD10CM, 'code': E119}, {'code_system': SNOMEDCT, 'code': '44054006'}]
        C18.9       | [{'code_system': ICD10CM, 'code': C189}]
                    | []
        """)


def test_every_code_that_arrives_is_counted(validate):
    # also codes that no one knows, so that the unmapped share is known (BAD_INPUT 87)
    assert validate(
        medical_claim="""
            claim_id | diagnosis_code_1 | diagnosis_code_2 | diagnosis_code_7 | hcpcs_code | codes
            a        | E11.9            | I10              |                  | 99213      |
            b        | e119             |                  | Z00.00           |            | [{'code_system': SNOMEDCT, 'code': '1'}]
        """,
        lab_result="""
            source_component_code_type | source_component_code
            lab system                 | GLUC
            lab system                 | GLUC
        """).code == rows("""
            table_name    | code_system | code   | rows
            medical_claim | ICD10CM     | E119   | 2
            medical_claim | ICD10CM     | I10    | 1
            medical_claim | ICD10CM     | Z0000  | 1
            medical_claim | HCPCS       | 99213  | 1
            medical_claim | SNOMEDCT    | '1'    | 1
            lab_result    | lab system  | GLUC   | 2
        """)
