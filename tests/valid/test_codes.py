"""Codes have one spelling inside the project."""

from drawn import rows


def test_claim_codes_lose_dots_and_get_their_zeros_back(validate):
    # BAD_INPUT 33, 36, 37
    assert validate(medical_claim="""
        claim_id | diagnosis_code_1 | hcpcs_code | revenue_center_code | place_of_service_code | bill_type_code
        a        | E11.9            | 99213      | 0421                | 11                    | 0111
        b        | ' e11.9. '       | '99213.0'  | 421                 | 2                     | 111
        c        |                  | g0105      | '421.0'             |                       |
        """).medical_claim == rows("""
        claim_id | diagnosis_code_1 | hcpcs_code | revenue_center_code | place_of_service_code | bill_type_code
        a        | E119             | 99213      | 0421                | 11                    | 0111
        b        | E119             | 99213      | 0421                | 02                    | 0111
        c        |                  | G0105      | 0421                |                       |
        """)
