"""Medical claims as payers send them: what is refused, altered or doubted. Numbers are those of the list of bad input."""

from drawn import rows


def test_denied_and_pending_lines_stay_with_their_status(validate):
    # 31, 32
    assert validate(medical_claim="""
        claim_id | claim_line_number | claim_status | line_status
        a        | 1                 | denied       |
        b        | 1                 | paid         |
        b        | 2                 | paid         | Denied
        c        | 1                 |              |
        d        | 1                 | PENDING      |
        """).medical_claim == rows("""
        claim_id | claim_line_number | claim_status | line_status
        a        | 1                 | denied       | denied
        b        | 1                 | paid         | paid
        b        | 2                 | paid         | denied
        c        | 1                 | paid         | paid
        d        | 1                 | pending      | pending
        """)


def test_icd_versions_fit_the_day_of_service(validate):
    # 34
    valid = validate(medical_claim="""
        claim_id | claim_line_start_date | claim_line_end_date | diagnosis_code_type | diagnosis_code_1
        a        | 2015-09-30            |                     | icd-9-cm            | 250.00
        b        | 2015-10-01            |                     | icd-9-cm            | 250.00
        c        | 2015-10-01            |                     | icd-10-cm           | E11.9
        d        | 2015-09-30            |                     | icd-10-cm           | E11.9
        e        | 2015-09-28            | 2015-10-02          | icd-10-cm           | E11.9
        f        | 2015-09-30            |                     |                     | 250.00
        """)
    assert valid.medical_claim == rows("""
        claim_id | diagnosis_code_type | diagnosis_code_1
        a        | ICD9CM              | 25000
        c        | ICD10CM             | E119
        e        | ICD10CM             | E119
        f        | ICD9CM              | 25000
        """)
    assert valid.rejected == rows("""
        row_number | rule
        2          | claim_34_icd_version
        4          | claim_34_icd_version
        """)


def test_codes_that_are_no_icd_are_counted_and_harmless(validate):
    # 35: the line stands, its code means nothing
    assert validate(medical_claim="""
        claim_id | diagnosis_code_1 | diagnosis_code_2
        a        | E1I.9            | E11.9
        """).warned == rows("""
        rule                        | rows | found
        claim_35_diagnosis_shape    | 1    | E1I.9
        claim_33_diagnosis_spelling | 1    | E11.9 -> E119
        """)


def test_modifiers_are_a_list_in_no_order(validate):
    # 38: glued ones are told apart; 1P, 2P, 3P and 8P stay to be seen
    valid = validate(medical_claim="""
        claim_id | hcpcs_code | hcpcs_modifier_1 | hcpcs_modifier_2 | hcpcs_modifier_3
        a        | 3044F      | 8p               |                  |
        b        | 99213      | LT59             |                  |
        c        | 99213      |                  | 25               | 95
        d        | 99213      |                  |                  |
        """)
    assert valid.medical_claim == rows("""
        claim_id | modifiers
        a        | [8P]
        b        | [LT, '59']
        c        | ['25', '95']
        d        | []
        """)
    assert valid.warned == rows("""
        rule                     | rows | found
        claim_38_modifiers_glued | 1    | LT59
        """)


def test_quality_codes_without_a_charge_are_valid(validate):
    # 39; 51: so is a capitated visit that paid nothing; 50: and a payment below zero on a charge above
    assert len(validate(medical_claim="""
        claim_id | hcpcs_code | charge_amount | paid_amount
        a        | 3044F      | 0             | 0
        b        | 3051F      | 0.01          | 0
        c        | 99213      | 120           | 0
        d        | 99213      | 120           | -5
        """).medical_claim) == 4


def test_amounts_are_read_as_they_are_written(validate):
    # 50; what does not read is left empty and said
    valid = validate(medical_claim="""
        claim_id | paid_amount:VARCHAR | allowed_amount:VARCHAR
        a        | 1,234.56            | $12
        b        | about 5             | 7.5
        """)
    assert valid.medical_claim == rows("""
        claim_id | paid_amount | allowed_amount
        a        | 1234.56     | 12
        b        |             | 7.5
        """)
    assert valid.warned == rows("""
        rule                   | rows | first_row | found
        unreadable_paid_amount | 1    | 2         | about 5
        """)


def test_a_row_with_a_wrong_npi_stands_and_its_provider_is_unknown(validate):
    # 40
    valid = validate(medical_claim="""
        claim_id | rendering_npi | billing_npi
        a        | 1234567893    | 1234567893
        b        | 1234567890    | 123456789
        c        | 0000000000    | 9999999999
        """)
    assert valid.medical_claim == rows("""
        claim_id | rendering_npi | billing_npi
        a        | 1234567893    | 1234567893
        b        |               |
        c        |               |
        """)
    assert valid.warned == rows("""
        rule         | rows | first_row | found
        claim_40_npi | 4    | 2         | '0000000000, 123456789, 1234567890, 9999999999'
        """)


def test_days_that_are_none_are_refused(validate):
    # 41
    assert validate(medical_claim="""
        claim_id | claim_line_start_date:VARCHAR
        a        | 2024-03-05
        b        | 00000000
        c        | 1900-01-01
        d        | 9999-12-31
        e        | 2024-02-30
        f        | 20240305
        g        |
        """).rejected == rows("""
        row_number | rule                             | found
        2          | unreadable_claim_line_start_date | '00000000'
        3          | claim_41_service_date            | claim_line_start_date 1900-01-01
        4          | claim_41_service_date            | claim_line_start_date 9999-12-31
        5          | unreadable_claim_line_start_date | 2024-02-30
        7          | claim_41_no_service_date         | ''
        """)


def test_days_that_cannot_be_are_refused(validate):
    # 42
    assert validate(
        medical_claim="""
            claim_id | claim_line_start_date | claim_line_end_date | file_date
            a        | 2024-03-05            | 2024-03-05          | 2024-04-01
            b        | 2024-03-05            | 2024-03-04          | 2024-04-01
            c        | 2024-05-05            | 2024-05-05          | 2024-04-01
            d        | 1960-05-31            | 1960-05-31          | 2024-04-01
            e        | 2024-03-21            | 2024-03-21          | 2024-04-01
            f        | 2024-03-20            | 2024-03-20          | 2024-04-01
            g        | 1960-06-01            | 1960-06-01          | 2024-04-01
        """,
        patient="""
            birth_date | death_date
            1960-06-01 | 2024-03-20
        """).rejected == rows("""
            row_number | rule                      | found
            2          | claim_42_end_before_start | claim_line_start_date 2024-03-05, claim_line_end_date 2024-03-04
            3          | claim_42_future           | claim_line_start_date 2024-05-05
            4          | claim_42_before_birth     | day of service 1960-05-31, born 1960-06-01
            5          | claim_42_after_death      | day of service 2024-03-21, died 2024-03-20
        """)


def test_a_service_over_the_turn_of_the_year_keeps_both_days(validate):
    # 43: the rule date (discharge, last day) is chosen where the measure is known
    assert validate(medical_claim="""
        claim_id | claim_line_start_date | claim_line_end_date | admission_date | discharge_date
        a        | 2023-12-30            | 2024-01-03          | 2023-12-30     | 2024-01-03
        """).medical_claim == rows("""
        claim_line_start_date | claim_line_end_date | admission_date | discharge_date
        2023-12-30            | 2024-01-03          | 2023-12-30     | 2024-01-03
        """)


def test_where_line_and_header_disagree_the_line_wins(validate):
    # 44
    valid = validate(medical_claim="""
        claim_id | claim_start_date | claim_end_date | claim_line_start_date
        a        | 2024-03-01       | 2024-03-31     | 2024-03-05
        b        | 2024-03-01       | 2024-03-31     | 2024-04-05
        c        | 1900-01-01       |                | 2024-03-05
        """)
    assert valid.medical_claim == rows("""
        claim_id | claim_line_start_date
        a        | 2024-03-05
        b        | 2024-04-05
        c        | 2024-03-05
        """)
    assert valid.warned == rows("""
        rule                       | rows | first_row
        claim_44_other_header_date | 1    | 2
        """)


def test_interim_bills_all_stand(validate):
    # 45: first, continuing and last claim of a stay; the stay is put together later
    assert validate(medical_claim="""
        claim_id | bill_type_code | claim_start_date | claim_end_date
        a        | 112            | 2024-01-01       | 2024-01-31
        b        | 0113           | 2024-02-01       | 2024-02-29
        c        | 114            | 2024-03-01       | 2024-03-05
        """).medical_claim == rows("""
        claim_id | bill_type_code | adjustment_type
        a        | 0112           | original
        b        | 0113           | original
        c        | 0114           | original
        """)


def test_a_claim_without_eligibility_is_said(validate):
    # 48: coded holds the person; only where the source sends eligibility
    assert validate(
        medical_claim="""
            claim_id | person_key | data_source
            a        | 1          | plan
            b        | 2          | plan
            c        | 3          | other
        """,
        eligibility="""
            person_key | enrollment_start_date
            1          | 2024-01-01
        """).warned == rows("""
            table_name    | rule                    | rows | first_row
            medical_claim | claim_48_no_eligibility | 1    | 2
        """)


def test_telehealth_is_kept(validate):
    # 54
    assert validate(medical_claim="""
        place_of_service_code | hcpcs_modifier_1 | hcpcs_modifier_2
        10                    | 95               | GT
        """).medical_claim == rows("""
        place_of_service_code | modifiers
        10                    | ['95', GT]
        """)


def test_a_row_without_a_person_or_an_id_is_refused(validate):
    assert validate(medical_claim="""
        claim_id | person_key | person_id
        a        |            | P1
        b        | 1          |
                 | 1          | P1
        """).rejected == rows("""
        row_number | rule
        1          | unknown_person
        2          | missing_person_id
        3          | missing_claim_id
        """)


def test_numbered_diagnoses_are_a_list_too(validate):
    valid = validate(medical_claim="""
        claim_id | diagnosis_code_1 | diagnosis_code_2 | diagnosis_code_3 | diagnosis_code_25
        a        | e11.9            |                  |                  |
        b        |                  | I10              | Z00.0            |
        c        | E119             |                  |                  | C18.9
        """)
    listed = valid.ask("medical_claim", "list_filter(diagnoses, lambda c: c IS NOT NULL)").cells
    assert [list(row[0]) for row in listed] == [["E119"], ["I10", "Z000"], ["E119", "C189"]]
