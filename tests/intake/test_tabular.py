"""Tabular input: Tuva files as parquet and CSV, Synthea's CSV export."""

import gzip

from drawn import rows


def test_tuva_csv_is_read_as_text_and_numbered(house, sender):
    sent = sender()
    sent.csv("medical_claim_2024.csv", """
        claim_id | claim_line_number | person_id | claim_line_start_date | hcpcs_code | data_source
        0001     | 1                 | 007       | 2024-01-01            | 83036      | plan
        0002     | 1                 | 007       | 00000000              | 0500F      | plan
        """)
    report = house.take(sent)
    assert report.rows == {"medical_claim": 2}
    assert house.extract("medical_claim", "*, source_row & 1023 AS row_number") == rows("""
        claim_id | person_id | claim_line_start_date | hcpcs_code | file_name              | row_number
        0001     | 007       | 2024-01-01            | 83036      | medical_claim_2024.csv | 1
        0002     | 007       | 00000000              | 0500F      | medical_claim_2024.csv | 2
        """)


def test_spelled_out_nulls_are_emptied_and_counted(house, sender):
    sent = sender()
    sent.csv("condition.csv", r"""
        condition_id | person_id | encounter_id | source_code | source_description | data_source
        c1           | p1        | NULL         | E11.9       | N/A                | ehr
        c2           | p1        | \N           | -           | .                  | ehr
        c3           | p1        |              | I10         | Null               | ehr
        """)
    report = house.take(sent)
    assert house.extract("condition") == rows("""
        condition_id | encounter_id | source_code | source_description
        c1           |              | E11.9       |
        c2           |              |             |
        c3           |              | I10         | 'Null'
        """)
    assert [(w.found, w.rows, w.first_row) for w in report.warnings] == [
        ("encounter_id spells out a NULL", 2, 1), ("source_code spells out a NULL", 1, 2), ("source_description spells out a NULL", 2, 1)]


def test_broken_records_are_set_aside_and_the_others_keep_their_numbers(house, sender):
    sent = sender()
    sent.bytes("condition.csv", b'condition_id,person_id,data_source\nc1,p1,ehr\nc2,p1\nc3,p1,ehr,more\nc4,p1,"e\nhr"\n"c5"x,p1,ehr\nc6,p\x001,ehr\nc7,p1,ehr\n')
    report = house.take(sent)
    assert (report.rows, report.unreadable) == ({"condition": 3}, 4)
    assert house.extract("condition", "condition_id, source_row & 1023 AS row_number") == rows("""
        condition_id | row_number
        c1           | 1
        c4           | 4
        c7           | 7
        """)
    assert house.extract("unreadable") == rows("""
        row_number | rule
        2          | missing_columns
        3          | too_many_columns
        5          | unquoted_value
        6          | nul_byte
        """)


def test_the_sender_says_who_sends_row_by_row_or_once(house, sender):
    sent = sender("house-of-plans")
    sent.parquet("condition/a.parquet", "SELECT 'c1' AS condition_id, 'p1' AS person_id, 'north' AS data_source")
    sent.parquet("condition/b.parquet", "SELECT 'c2' AS condition_id, 'p1' AS person_id")
    house.take(sent)
    assert house.extract("condition", "condition_id, data_source") == rows("""
        condition_id | data_source
        c1           | north
        c2           | house-of-plans
        """)
    assert set(house.people()) == {"north/p1", "house-of-plans/p1"}


def test_other_delimiters_and_gz_are_seen(house, sender):
    sent = sender()
    sent.bytes("condition.csv.gz", gzip.compress(b"condition_id|person_id|data_source\nc1|p,1|ehr\n"))
    house.take(sent)
    assert house.extract("condition", "person_id").cells == [("p,1",)]


def synthea(sender, **tables):
    sent = sender("synthea")
    for name, table in tables.items():
        sent.csv(name.replace("__", ".") + ".csv", table)
    return sent


PATIENTS = """
    Id | BIRTHDATE  | DEATHDATE | GENDER | FIRST | LAST
    p1 | 1960-02-03 |           | F      | Ann   | One
    """
PAYERS = """
    Id | NAME
    y1 | Medicare
    y2 | NO_INSURANCE
    """


def test_synthea_spans_touch_without_overlap(house, sender):
    house.take(synthea(sender, patients=PATIENTS, payers=PAYERS, payer_transitions="""
        PATIENT | MEMBERID | START_DATE           | END_DATE             | PAYER
        p1      | m1       | 2022-01-10T04:00:00Z | 2023-01-10T04:00:00Z | y1
        p1      | m2       | 2023-01-10T04:00:00Z |                      | y1
        p1      | m3       | 2020-01-10T04:00:00Z | 2022-01-10T04:00:00Z | y2
        """))
    assert house.extract("eligibility") == rows("""
        person_id | member_id | birth_date | payer    | product_line | enrollment_start_date | enrollment_end_date
        p1        | m1        | 1960-02-03 | Medicare | medicare     | 2022-01-10            | 2023-01-09
        p1        | m2        | 1960-02-03 | Medicare | medicare     | 2023-01-10            |
        """)


def test_synthea_spans_of_years(house, sender):
    report = house.take(synthea(sender, patients=PATIENTS, payers=PAYERS, payer_transitions="""
        PATIENT | START_YEAR | END_YEAR | PAYER
        p1      | 2015       | 2016     | y1
        p1      | 2017       | 2017     | y2
        """))
    assert house.extract("eligibility") == rows("""
        enrollment_start_date | enrollment_end_date
        2015-01-01            | 2016-12-31
        """)
    assert [(w.rule, w.rows) for w in report.warnings] == [("no_insurance", 1)]


def test_synthea_clinical_tables_of_several_versions(house, sender):
    house.take(synthea(sender, patients=PATIENTS, conditions="""
        START      | STOP       | PATIENT | ENCOUNTER | CODE     | DESCRIPTION
        2020-01-01 | 2020-02-01 | p1      | e1        | 44054006 | x
        """, procedures="""
        START                | STOP                 | PATIENT | ENCOUNTER | SYSTEM    | CODE
        2021-03-01T23:30:00Z | 2021-03-02T00:30:00Z | p1      | e1        | SNOMED-CT | 73761001
        """, medications="""
        START                | STOP | PATIENT | ENCOUNTER | CODE
        2021-01-01T10:00:00Z |      | p1      | e1        | 617312
        """, immunizations="""
        DATE                 | PATIENT | ENCOUNTER | CODE
        2021-10-01T10:00:00Z | p1      | e1        | 140
        """))
    assert house.extract("condition", "clinical_status, onset_date, resolved_date, codes[1].code_system AS system") == rows("""
        clinical_status | onset_date | resolved_date | system
        resolved        | 2020-01-01 | 2020-02-01    | SNOMEDCT
        """)
    assert house.extract("procedure", "procedure_date, performed_end_date, codes[1].code AS code") == rows("""
        procedure_date | performed_end_date | code
        2021-03-01     | 2021-03-02         | 73761001
        """)
    assert house.extract("medication_order", "status, bounds_start_date, bounds_end_date, course_start_date") == rows("""
        status | bounds_start_date | bounds_end_date | course_start_date
        active | 2021-01-01        |                 |
        """)
    assert house.extract("immunization", "codes[1].code_system || ' ' || codes[1].code AS code").cells == [("CVX 140",)]


def test_synthea_vital_signs_of_one_moment_are_one_panel(house, sender):
    house.take(synthea(sender, patients=PATIENTS, observations="""
        DATE                 | PATIENT | ENCOUNTER | CATEGORY    | CODE   | VALUE | UNITS  | TYPE
        2021-01-01T10:00:00Z | p1      | e1        | vital-signs | 8480-6 | 120   | mm[Hg] | numeric
        2021-01-01T10:00:00Z | p1      | e1        | vital-signs | 8462-4 | 80    | mm[Hg] | numeric
        2021-01-01T10:00:00Z | p1      | e1        | laboratory  | 4548-4 | 5.9   | %      | numeric
        """))
    assert house.extract("observation", "count(DISTINCT panel_id) AS panels, count(panel_id) AS members, sum(result_numeric) AS total") == rows("""
        panels | members | total
        1      | 2       | 205.9
        """)


def test_synthea_claims_are_charges_with_the_claims_diagnoses(house, sender):
    house.take(synthea(sender, patients=PATIENTS, payers=PAYERS, medications="""
        START      | STOP | PATIENT | CODE
        2021-01-01 |      | p1      | 617312
        """, claims="""
        Id | PATIENTID | DIAGNOSIS1 | DIAGNOSIS2 | APPOINTMENTID | SERVICEDATE          | PRIMARYPATIENTINSURANCEID | HEALTHCARECLAIMTYPEID1
        c1 | p1        | 44054006   | 38341003   | e1            | 2021-01-01T10:00:00Z | y1                        | 1
        c2 | p1        | 195662009  |            | e2            | 2021-02-01T10:00:00Z | y1                        | 2
        """, claims_transactions="""
        ID | CLAIMID | CHARGEID | PATIENTID | TYPE    | AMOUNT | FROMDATE             | TODATE               | PROCEDURECODE | UNITS
        1  | c1      | 1        | p1        | CHARGE  | 77.49  | 2021-01-01T10:00:00Z | 2021-01-01T10:15:00Z | 185345009     | 1
        2  | c1      | 2        | p1        | PAYMENT |        | 2021-01-01T10:00:00Z | 2021-01-01T10:15:00Z | 185345009     | 1
        3  | c1      | 3        | p1        | CHARGE  | 5      | 2021-01-01T10:00:00Z | 2021-01-01T10:15:00Z | 617312        | 1
        4  | c1      | 4        | p1        | CHARGE  | 9      | 2021-01-01T10:00:00Z | 1970-01-01T00:00:00Z | 140           | 1
        """))
    assert house.extract("medical_claim", "claim_line_number, claim_line_end_date") == rows("""
        claim_line_number | claim_line_end_date
        1                 | 2021-01-01
        2                 | 2021-01-01
        3                 |
        1                 |
        """), "the first day of 1970 is no end"
    assert house.extract("medical_claim", "*, codes[1].code_system AS system, len(diagnosis_codes) AS diagnoses") == rows("""
        claim_id | claim_line_number | claim_type    | payer    | claim_line_start_date | charge_amount | system   | diagnoses | encounter_id
        c1       | 1                 | professional  | Medicare | 2021-01-01            | 77.49         | SNOMEDCT | 2         | e1
        c1       | 2                 | professional  | Medicare | 2021-01-01            | 5             | RXNORM   | 2         | e1
        c1       | 3                 | professional  | Medicare | 2021-01-01            | 9             | CVX      | 2         | e1
        c2       | 1                 | institutional | Medicare | 2021-02-01            |               |          | 1         | e2
        """)


def test_synthea_regions_are_one_delivery(house, sender):
    report = house.take(synthea(sender, patients__california=PATIENTS, patients__new_york=PATIENTS.replace("p1", "p2"), careplans="""
        Id | PATIENT
        k1 | p1
        """))
    assert (report.format, report.rows, report.not_used) == ("synthea-csv", {"patient": 2}, {"careplans": 1})


def test_a_synthea_file_without_its_columns_is_refused(house, sender):
    report = house.take(synthea(sender, conditions="""
        START      | WHO
        2020-01-01 | p1
        """))
    assert report.status == "refused"
    assert "no column CODE, PATIENT." in str(report.problems[0])
