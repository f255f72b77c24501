"""Coverage spans and people as plans send them. Numbers are those of the list of bad input."""

from drawn import rows


def test_spans_that_overlap_stay_as_sent(validate):
    # 68: coded.coverage merges spans of one plan; plans of one person stay apart
    assert validate(eligibility="""
        plan   | enrollment_start_date | enrollment_end_date
        gold   | 2024-01-01            | 2024-06-30
        gold   | 2024-04-01            | 2024-12-31
        silver | 2024-05-01            | 2024-12-31
        """).eligibility == rows("""
        plan   | enrollment_start_date | enrollment_end_date
        gold   | 2024-01-01            | 2024-06-30
        gold   | 2024-04-01            | 2024-12-31
        silver | 2024-05-01            | 2024-12-31
        """)


def test_a_gap_of_one_day_is_said(validate):
    # 69: last days are inclusive: a span that goes on starts on the day after
    assert validate(eligibility="""
        person_key | enrollment_start_date | enrollment_end_date
        1          | 2024-01-01            | 2024-03-31
        1          | 2024-04-01            | 2024-06-30
        2          | 2024-01-01            | 2024-03-31
        2          | 2024-04-02            | 2024-06-30
        """).warned == rows("""
        rule                       | rows | first_row
        eligibility_69_one_day_gap | 1    | 3
        """)


def test_a_span_that_ends_before_it_starts_is_refused(validate):
    # 70: one day is a span, though a doubtful one
    valid = validate(eligibility="""
        enrollment_start_date | enrollment_end_date
        2024-03-01            | 2024-02-29
        2024-04-01            | 2024-04-01
        2024-05-01            | 2024-12-31
        """)
    assert valid.rejected == rows("""
        row_number | rule                            | found
        1          | eligibility_70_end_before_start | enrollment_start_date 2024-03-01, enrollment_end_date 2024-02-29
        """)
    assert valid.ask("reject", "wrong, cure") == rows("""
        wrong                          | cure
        the span ends before it starts | send the first and the last day covered, both inclusive; nothing for a span that was taken back
        """)
    assert valid.warned == rows("""
        rule                   | rows | first_row
        eligibility_70_one_day | 1    | 2
        """)


def test_open_ends_are_one(validate):
    # 71
    assert validate(eligibility="""
        plan | enrollment_start_date | enrollment_end_date
        a    | 2024-01-01            |
        b    | 2024-01-01            | 9999-12-31
        c    | 2024-01-01            | 2099-12-31
        d    | 2024-01-01            | 2024-12-31
        """).eligibility == rows("""
        plan | enrollment_end_date
        a    |
        b    |
        c    |
        d    | 2024-12-31
        """)


def test_a_termination_or_addition_after_the_fact_counts(validate):
    # 72, 73: the newest row of a span wins, and a span may come late
    assert validate(eligibility="""
        enrollment_start_date | enrollment_end_date | file_date
        2024-01-01            | 2024-12-31          | 2024-02-01
        2024-01-01            | 2024-03-31          | 2024-05-01
        2023-01-01            | 2023-12-31          | 2024-05-01
        """).eligibility == rows("""
        enrollment_start_date | enrollment_end_date
        2024-01-01            | 2024-03-31
        2023-01-01            | 2023-12-31
        """)


def test_a_span_taken_back_is_gone(validate):
    # 72
    valid = validate(eligibility="""
        enrollment_start_date | file_date  | record_action
        2024-01-01            | 2024-02-01 | I
        2024-01-01            | 2024-05-01 | D
        """)
    assert len(valid.eligibility) == 0
    assert valid.warned == rows("""
        rule          | rows
        older_version | 1
        deleted       | 1
        """)


def test_a_new_member_id_is_another_span_of_the_same_person(validate):
    # 74, 75: who is who is the registry's business; the person's spans all stand
    assert validate(eligibility="""
        person_id | member_id | medicare_beneficiary_id | enrollment_start_date
        P1        | M1        | 1EG4TE5MK72             | 2023-01-01
        P9        | M2        | 1EG4TE5MK73             | 2024-01-01
        """).eligibility == rows("""
        person | person_id | member_id | medicare_beneficiary_id
        1      | P1        | M1        | 1EG4TE5MK72
        1      | P9        | M2        | 1EG4TE5MK73
        """)


def test_a_plan_that_is_not_named_is_unknown(validate):
    # 81
    valid = validate(eligibility="""
        person_key | payer | plan | product_line | enrollment_start_date
        1          | a     | gold | Medicare     | 2024-01-01
        2          |       |      |              | 2024-01-01
        """)
    assert valid.eligibility == rows("""
        person | payer   | plan    | product_line
        1      | a       | gold    | medicare
        2      | unknown | unknown | unknown
        """)
    assert valid.warned == rows("""
        rule                           | rows | first_row
        eligibility_81_no_product_line | 1    | 2
        """)


def test_benefits_that_were_not_sent_stay_unknown(validate):
    # 82: the default is applied later, where it is configured; here it is said
    valid = validate(eligibility="""
        person_key | benefit_medical | benefit_pharmacy:VARCHAR | enrollment_start_date
        1          | T               | N                        | 2024-01-01
        2          |                 |                          | 2024-01-01
        """)
    assert valid.eligibility == rows("""
        person | benefit_medical | benefit_pharmacy
        1      | T               | F
        2      |                 |
        """)
    assert valid.ask("warning", "rule, rows, first_row", "rule LIKE 'eligibility_82%'") == rows("""
        rule                             | rows | first_row
        eligibility_82_benefits_not_sent | 1    | 2
        """)


def test_flags_that_contradict_each_other_are_said(validate):
    # 83
    valid = validate(eligibility="""
        person_key | enrollment_start_date | enrollment_end_date | hospice_flag:VARCHAR | dual_status_code
        1          | 2024-01-01            | 2024-12-31          | Y                    | 02
        1          | 2024-06-01            | 2024-12-31          | 0                    | 02
        2          | 2024-01-01            | 2024-05-31          | 1                    | 02
        2          | 2024-06-01            | 2024-12-31          | 0                    | 02
        """)
    assert valid.eligibility == rows("""
        person | hospice_flag
        1      | 1
        1      | 0
        2      | 1
        2      | 0
        """)
    assert valid.warned == rows("""
        rule                         | rows | first_row
        eligibility_83_flags_conflict | 1   | 1
        """)


def test_coverage_after_death_is_said(validate):
    # 84
    assert validate(eligibility="""
        person_key | death_date | enrollment_start_date | enrollment_end_date
        1          | 2024-03-20 | 2024-01-01            | 2024-12-31
        2          | 2024-03-20 | 2024-01-01            | 2024-03-20
        """).warned == rows("""
        rule                               | rows | first_row
        eligibility_84_covered_after_death | 1    | 1
        """)


def test_months_become_spans(validate):
    # 85
    valid = validate(eligibility="""
        person_key | year_month | enrollment_start_date
        1          | 202402     |
        1          | 2024-03    |
        2          |            |
        3          | 202413     |
        """)
    assert valid.eligibility == rows("""
        person | enrollment_start_date | enrollment_end_date
        1      | 2024-02-01            | 2024-02-29
        1      | 2024-03-01            | 2024-03-31
        """)
    assert valid.rejected == rows("""
        row_number | rule
        3          | eligibility_85_no_start
        4          | eligibility_85_no_start
        """)


def test_dependents_with_a_suffix_are_people_of_their_own(validate):
    # 86
    assert validate(eligibility="""
        person_key | person_id | subscriber_id | birth_date | enrollment_start_date
        1          | S1-00     | S1            | 1960-06-01 | 2024-01-01
        2          | S1-01     | S1            | 1985-02-14 | 2024-01-01
        """).eligibility == rows("""
        person | person_id | subscriber_id
        1      | S1-00     | S1
        2      | S1-01     | S1
        """)


def test_months_of_attribution_become_spans(validate):
    # provider_attribution as Tuva has it
    assert validate(provider_attribution="""
        year_month | attribution_start_date | attribution_end_date | provider_npi
        202402     |                        |                      | 1234567893
                   | 2024-05-01             | 9999-12-31           | 1234567890
        """).provider_attribution == rows("""
        attribution_start_date | attribution_end_date | provider_npi
        2024-02-01             | 2024-02-29           | 1234567893
        2024-05-01             |                      |
        """)


def test_covered_people_are_those_whose_enrolment_has_begun(validate):
    # a span that is refused (70) covers nobody
    assert validate(eligibility="""
        person_key | enrollment_start_date | enrollment_end_date | year_month
        1          | 2024-12-31            |                     |
        1          | 2023-01-01            | 2023-12-31          |
        2          | 2025-01-01            |                     |
        3          |                       |                     | 202412
        4          | 2024-03-01            | 2024-02-29          |
        """).covered_person == rows("""
        person
        1
        3
        """)
