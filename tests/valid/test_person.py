"""People as plans send them: ids, birth dates, sex, race. Numbers are those of the list of bad input."""

from drawn import rows


def test_an_id_of_two_people_is_refused_for_both(validate):
    # 76, 86: also what else came under that id; other people are untouched
    valid = validate(
        eligibility="""
            person_key | person_id | first_name | birth_date | enrollment_start_date
            1          | P1        | Ann        | 1960-06-01 | 2024-01-01
            1          | P1        | Bob        | 1985-02-14 | 2024-01-01
            2          | P2        | Cid        | 1970-01-02 | 2024-01-01
        """,
        medical_claim="""
            claim_id | person_key
            a        | 1
            b        | 2
        """)
    assert valid.rejected == rows("""
        table_name    | row_number | rule                | found
        eligibility   | 1          | person_76_shared_id | birth dates 1960-06-01 and 1985-02-14
        eligibility   | 2          | person_76_shared_id | birth dates 1960-06-01 and 1985-02-14
        medical_claim | 1          | person_76_shared_id | birth dates 1960-06-01 and 1985-02-14
        """)
    assert valid.medical_claim == rows("""
        claim_id
        b
        """)


def test_father_and_son_of_one_name_under_one_id_are_refused(validate):
    # 76, 77: the birth date tells them apart
    assert validate(eligibility="""
        first_name | last_name | birth_date | enrollment_start_date
        John       | Doe       | 1950-03-01 | 2024-01-01
        John       | Doe       | 1978-07-12 | 2024-02-01
        """).rejected == rows("""
        row_number | rule
        1          | person_76_shared_id
        2          | person_76_shared_id
        """)


def test_people_of_one_name_and_birth_date_stay_apart(validate):
    # 77: twins, Jr and Sr: nothing here joins people
    assert validate(eligibility="""
        person_key | person_id | first_name | last_name | enrollment_start_date
        1          | P1        | John       | Doe       | 2024-01-01
        2          | P2        | John       | Doe       | 2024-01-01
        """).eligibility == rows("""
        person
        1
        2
        """)


def test_a_birth_date_that_is_none_is_unknown(validate):
    # 78: the person's other rows may tell it; where none does, there is no one to count
    valid = validate(eligibility="""
        person_key | person_id | birth_date | enrollment_start_date | file_date
        1          | P1        | 1900-01-01 | 2023-01-01            | 2024-06-01
        1          | P1        | 1960-06-01 | 2024-01-01            | 2024-06-01
        2          | P2        | 1900-01-01 | 2024-01-01            | 2024-06-01
        3          | P3        | 2024-07-01 | 2024-01-01            | 2024-06-01
        4          | P4        |            | 2024-01-01            | 2024-06-01
        """)
    assert valid.eligibility == rows("""
        person | birth_date
        1      |
        1      | 1960-06-01
        """)
    assert valid.rejected == rows("""
        row_number | rule                 | found
        3          | person_78_birth_date | birth_date 1900-01-01
        4          | person_78_birth_date | birth_date 2024-07-01
        5          | person_78_birth_date |
        """)


def test_a_corrected_birth_date_is_said(validate):
    # 78: a typing error changes the year or the day, not both; another file may correct both
    valid = validate(eligibility="""
        person_key | birth_date | first_name | enrollment_start_date | source_row
        1          | 1960-06-01 | Ann        | 2023-01-01            | 68719476737
        1          | 1961-06-01 | Ann        | 2024-01-01            | 68719476738
        2          | 1960-06-01 | Bob        | 2023-01-01            | 68719476739
        2          | 1961-12-24 | Bob        | 2024-01-01            | 137438953473
        """)
    assert len(valid.reject) == 0
    assert valid.warned == rows("""
        rule                         | rows
        person_78_birth_date_changed | 2
        """)


def test_birth_on_the_last_day_of_the_year(validate):
    # 78
    assert validate(eligibility="""
        birth_date | enrollment_start_date
        1978-12-31 | 2024-01-01
        """).eligibility == rows("""
        birth_date
        1978-12-31
        """)


def test_sex_is_female_male_or_unknown(validate):
    # 79
    valid = validate(eligibility="""
        person_key | gender | enrollment_start_date
        1          | F      | 2024-01-01
        2          | MALE   | 2024-01-01
        3          | U      | 2024-01-01
        4          | X      | 2024-01-01
        5          | female | 2023-01-01
        5          | male   | 2024-01-01
        """)
    assert valid.eligibility == rows("""
        person | gender
        1      | female
        2      | male
        3      | unknown
        4      | unknown
        5      | female
        5      | male
        """)
    assert valid.ask("warning", "rule, rows, found", "rule LIKE 'person_79%'") == rows("""
        rule                  | rows | found
        person_79_sex_unknown | 2    | U
        person_79_sex_changed | 1    | female -> male
        """)


def test_race_is_mapped_and_kept_as_sent(validate):
    # 80
    valid = validate(eligibility="""
        person_key | race         | ethnicity    | race_omb | enrollment_start_date
        1          | White        | non-Hispanic |          | 2024-01-01
        2          | '2135-2'     |              |          | 2024-01-01
        3          | '2106-3'     | '2186-5'     |          | 2024-01-01
        4          | prefers not  |              |          | 2024-01-01
        5          |              |              | '2054-5' | 2024-01-01
        """)
    assert valid.eligibility == rows("""
        person | race        | race_omb | ethnicity_omb
        1      | White       | 2106-3   | 2186-5
        2      | 2135-2      |          | 2135-2
        3      | 2106-3      | 2106-3   | 2186-5
        4      | prefers not |          |
        5      |             | 2054-5   |
        """)
    assert valid.warned == rows("""
        rule                    | rows | found
        person_80_race_unmapped | 1    | prefers not
        """)
