"""Laboratory results as laboratories and EHRs send them. Numbers are those of the list of bad input."""

import pytest
from drawn import rows

A1C = "source_component_code_type | source_component_code"


def test_a_local_code_is_counted_and_never_guessed(validate):
    # 87
    valid = validate(lab_result="""
        source_component_code_type | source_component_code | source_component_description | result
        lab system                 | A1C                   | Hemoglobin A1c               | 7.2
        loinc                      | 4548-4                | Hemoglobin A1c               | 7.2
        """)
    assert valid.lab_result == rows("""
        source_component_code | codes
        A1C                   | [{'code_system': lab system, 'code': A1C}]
        4548-4                | [{'code_system': LOINC, 'code': '4548-4'}]
        """)
    assert valid.ask("warning", "rule, rows, found", "rule LIKE 'lab_87%'") == rows("""
        rule                    | rows | found
        lab_87_no_standard_code | 1    | lab system A1C
        """)


def test_what_is_no_loinc_is_refused(validate):
    # 88: by shape and check digit; another code of the same row saves it
    valid = validate(
        lab_result="""
            source_component_code_type | source_component_code                | result
            loinc                      | 159644AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA | 7
            loinc                      | 4548-5                               | 7
            loinc                      | 4548-4                               | 7
        """,
        observation="""
            codes
            [{'code_system': LOINC, 'code': '5089AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}]
            [{'code_system': LOINC, 'code': '5089AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}, {'code_system': SNOMEDCT, 'code': '27113001'}]
            [{'code_system': LOINC, 'code': '29463-7'}]
        """)
    assert valid.rejected == rows("""
        table_name  | row_number | rule             | found
        lab_result  | 1          | lab_88_not_loinc | 159644AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
        lab_result  | 2          | lab_88_not_loinc | 4548-5
        observation | 1          | lab_88_not_loinc | 5089AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
        """)


def test_a_result_without_a_unit_counts_only_where_it_fits_one(validate):
    # 89: 7.2 can only be %; 55 may be mmol/mol, or 5.5 % without its point
    valid = validate(lab_result="""
        source_component_code_type | source_component_code | result | source_units | collection_datetime
        loinc                      | 4548-4                | 7.2    |              | 2024-01-01
        loinc                      | 4548-4                | 55     |              | 2024-01-02
        loinc                      | 2345-7                | 100    |              | 2024-01-03
        loinc                      | 4548-4                | 7.2    | %            | 2024-01-04
        """)
    assert valid.lab_result == rows("""
        source_component_code | result_numeric | units_ucum
        4548-4                | 7.2            |
        2345-7                | 100            |
        4548-4                | 7.2            | %
        """)
    assert valid.warned == rows("""
        rule                  | rows | first_row | found
        lab_89_ambiguous_unit | 1    | 2         | 55.0
        lab_89_no_unit        | 2    | 1         | '2345-7, 4548-4'
        """)


def test_units_stay_as_sent_for_their_conversion(validate):
    # 90: mmol/mol and mmol/L are converted where the concept is known
    assert validate(lab_result="""
        source_component_code_type | source_component_code | result | source_units | units_ucum
        loinc                      | 4548-4                | 53     | mmol/mol     |
        loinc                      | 2345-7                | 5.5    |              | mmol/L
        """).lab_result == rows("""
        result_numeric | units_ucum
        53             | mmol/mol
        5.5            | mmol/L
        """)


@pytest.mark.parametrize(("sent", "number", "comparator", "unit"), [
    ("<5.7", 5.7, "<", None), (">14", 14, ">", None), (">= 60", 60, ">=", None), ("≤3", 3, "<=", None),
    ("7,2", 7.2, None, None), ("7.2 %", 7.2, None, "%"), ("1,234", 1234, None, None), ("0,072", 0.072, None, None), ("12.5 H", 12.5, None, None),
    ("60 mL/min", 60, None, "mL/min"), ("-1.5", -1.5, None, None),
    ("NEG", None, None, None), ("SEE NOTE", None, None, None), ("*****", None, None, None), ("120/80", None, None, None), ("nan", None, None, None)])
def test_a_result_is_read_or_absent(validate, sent, number, comparator, unit):
    # 91
    connection = validate().connection
    found = connection.execute("SELECT result_number($r, NULL, NULL), comparator_of($r, NULL, NULL), unit_of($r, NULL, NULL)", {"r": sent}).fetchone()
    assert found == (number, comparator, unit)


def test_words_that_say_nothing_are_no_result(validate):
    # 91: NEG is a result, SEE NOTE is none, TNP says that there was no test
    valid = validate(lab_result="""
        source_component_code_type | source_component_code | result
        loinc                      | 2335-8                | NEG
        loinc                      | 2335-8                | SEE NOTE
        loinc                      | 2335-8                | *****
        loinc                      | 2335-8                | TNP
        loinc                      | 2335-8                | < 5
        """)
    assert valid.lab_result == rows("""
        result | result_numeric | result_comparator
        NEG    |                |
               |                |
               |                |
        < 5    | 5              | <
        """)
    assert valid.ask("warning", "rule, rows, found", "rule LIKE 'lab_91%'") == rows("""
        rule                 | rows | found
        lab_91_no_number     | 3    | '*****, NEG, SEE NOTE'
        lab_91_not_performed | 1    | TNP
        """)


def test_a_text_of_a_typed_source_stays_a_text(validate):
    # 91: FHIR says what is a quantity and what a string
    assert validate(observation="""
        result | result_numeric | result_type
        9.5    |                | text
        9.5    | 9.5            | quantity
        9.5    |                |
        """).observation == rows("""
        result_type | result_numeric
        text        |
        quantity    | 9.5
                    | 9.5
        """)


def test_the_latest_final_result_wins(validate):
    # 92, in both orders
    lines = ["a | L1 | preliminary | 7.0 | 2024-03-01", "a | L1 | final | 7.2 | 2024-03-02", "a | L1 | corrected | 7.4 | 2024-03-02",
             "b | L2 | final | 8.0 | 2024-03-01", "b | L2 | cancelled | | 2024-03-02", "c | L3 | entered-in-error | 6.0 | 2024-03-01",
             "d | L4 | preliminary | 6.5 | 2024-03-01"]
    for order in (lines, lines[::-1]):
        drawing = "lab_result_id | accession_number | status | result | result_datetime | collection_datetime | source_component_code_type | source_component_code\n"
        valid = validate(lab_result=drawing + "\n".join(f"{line} | 2024-03-01 | loinc | 4548-4" for line in order))
        assert valid.lab_result == rows("""
            lab_result_id | status      | result
            a             | corrected   | 7.4
            d             | preliminary | 6.5
            """)
        assert valid.ask("warning", "rule, rows", "rule LIKE 'lab_92%'") == rows("""
            rule             | rows
            lab_92_not_final | 3
            lab_92_withdrawn | 2
            """)


def test_the_day_of_collection_is_the_day_of_service(validate):
    # 93
    valid = validate(lab_result="""
        source_component_code_type | source_component_code | result | source_units | collection_datetime | result_datetime
        loinc                      | 4548-4                | 7      | %            | 2023-12-31 23:00    | 2024-01-02 08:00
        loinc                      | 2345-7                | 99     | mg/dL        |                     | 2024-01-02 08:00
        """)
    assert valid.ask("lab_result", "source_component_code, CAST(collection_datetime AS DATE) AS day") == rows("""
        source_component_code | day
        4548-4                | 2023-12-31
        2345-7                | 2024-01-02
        """)
    assert valid.warned == rows("""
        rule               | rows | first_row
        lab_93_result_date | 1    | 2
        """)


def test_one_accession_from_two_systems_counts_once(validate):
    # 94
    valid = validate(lab_result="""
        data_source | accession_number | source_component_code_type | source_component_code | result | collection_datetime
        lab         | L1               | loinc                      | 4548-4                | 7.2    | 2024-03-01 08:00
        ehr         | L1               | loinc                      | 4548-4                | 7.2    | 2024-03-01
        ehr         | L1               | loinc                      | 2345-7                | 99     | 2024-03-01
        ehr         | L2               | loinc                      | 4548-4                | 7.2    | 2024-03-01
        """)
    assert valid.ask("lab_result", "accession_number, source_component_code, count(*) AS n", "TRUE GROUP BY ALL") == rows("""
        accession_number | source_component_code | n
        L1               | 4548-4                | 1
        L1               | 2345-7                | 1
        L2               | 4548-4                | 1
        """)
    assert valid.ask("warning", "rule, rows", "rule LIKE 'lab_94%'") == rows("""
        rule            | rows
        lab_94_repeated | 1
        """)


def test_a_lost_decimal_point_is_refused(validate):
    # 95
    valid = validate(
        lab_result="""
            source_component_code_type | source_component_code | result | source_units | collection_datetime
            loinc                      | 4548-4                | 72     | %            | 2024-01-01
            loinc                      | 4548-4                | 0.072  |              | 2024-01-02
            loinc                      | 4548-4                | 7.2    | %            | 2024-01-03
            loinc                      | 4548-4                | 72     | mmol/mol     | 2024-01-04
            loinc                      | 2345-7                | 720    | mg/dL        | 2024-01-05
        """,
        observation="""
            codes                                        | result_numeric | units_ucum
            [{'code_system': LOINC, 'code': '4548-4'}]   | 72             | %
            [{'code_system': LOINC, 'code': '4548-4'}]   | 7.2            | %
        """)
    assert valid.rejected == rows("""
        table_name  | row_number | rule               | found
        lab_result  | 1          | lab_95_implausible | 72.0 %
        lab_result  | 2          | lab_95_implausible | '0.072'
        observation | 1          | lab_95_implausible | 72.0 %
        """)


def test_an_order_without_a_result_is_no_result(validate):
    # 96: a component without a value is a test without a value
    valid = validate(lab_result="""
        source_order_code | source_component_code_type | source_component_code | result
        24323-8           |                            |                       |
        24323-8           | loinc                      | 2345-7                | 99
        24323-8           | loinc                      | 2160-0                |
        """)
    assert valid.lab_result == rows("""
        source_component_code | result_numeric
        2345-7                | 99
        2160-0                |
        """)
    assert valid.ask("warning", "rule, rows", "rule LIKE 'lab_96%'") == rows("""
        rule                        | rows
        lab_96_order_without_result | 1
        """)


def test_who_measured_stays_with_the_result(validate):
    # 97
    assert validate(observation="""
        observation_type   | record_source    | result_numeric
        point-of-care      | ehr              | 7.2
        patient-reported   | patient_reported | 120
        """).observation == rows("""
        observation_type | record_source
        point-of-care    | ehr
        patient-reported | patient_reported
        """)


def test_days_that_cannot_be_are_refused(validate):
    # 98
    assert validate(lab_result="""
        source_component_code_type | source_component_code | result | collection_datetime | result_datetime  | file_date
        loinc                      | 2345-7                | 99     | 2024-03-05 08:00    | 2024-03-04 08:00 | 2024-04-01
        loinc                      | 2345-7                | 99     | 2024-05-05 08:00    | 2024-05-05 08:00 | 2024-04-01
        loinc                      | 2345-7                | 99     | 1900-01-01          |                  | 2024-04-01
        loinc                      | 2345-7                | 99     | 2024-03-05 08:00    | 2024-03-05 07:00 | 2024-04-01
        """).rejected == rows("""
        row_number | rule
        1          | lab_98_result_before_collection
        2          | lab_98_future
        3          | lab_41_date
        """)
