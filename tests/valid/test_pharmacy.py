"""Pharmacy claims as payers send them. Numbers are those of the list of bad input."""

from drawn import rows


def test_a_reversal_nets_its_fill_to_zero(validate):
    # 55: same drug and day, with the opposite amounts or quantity
    valid = validate(pharmacy_claim="""
        claim_id | ndc_code    | dispensing_date | quantity | days_supply | paid_amount | claim_status
        a        | 00002143380 | 2024-03-01      | 30       | 30          | 10          | paid
        b        | 00002143380 | 2024-03-01      | -30      | -30         | -10         | reversed
        c        | 00002143380 | 2024-04-01      | 30       | 30          | 10          | paid
        c        | 00002143380 | 2024-04-01      | -30      | -30         | -10         |
        d        | 00002143380 | 2024-05-01      | 30       | 30          | 10          | paid
        """)
    assert valid.pharmacy_claim == rows("""
        claim_id
        d
        """)
    assert valid.warned == rows("""
        rule                        | rows
        claim_27_reversed           | 1
        claim_27_void               | 1
        claim_30_reversed_by_amount | 2
        """)


def test_a_fill_that_was_reversed_and_billed_again_counts_once(validate):
    # 55
    assert validate(pharmacy_claim="""
        claim_id | ndc_code    | quantity | days_supply
        a        | 00002143380 | 30       | 30
        b        | 00002143380 | -30      | -30
        c        | 00002143380 | 30       | 30
        """).ask("pharmacy_claim", "count(*) AS fills") == rows("""
        fills
        1
        """)


def test_voids_and_replacements_work_as_for_other_claims(validate):
    # 27, 28
    assert validate(pharmacy_claim="""
        claim_id | dispensing_date | adjustment_type | original_claim_id | days_supply
        r        | 2024-03-01      | replacement     | a                 | 90
        a        | 2024-03-01      | original        |                   | 30
        v        | 2024-04-01      | void            | b                 | 30
        b        | 2024-04-01      | original        |                   | 30
        """).pharmacy_claim == rows("""
        claim_id | days_supply
        r        | 90
        """)


def test_the_same_fill_under_two_claim_ids_counts_once(validate):
    # 56
    valid = validate(pharmacy_claim="""
        claim_id | ndc_code    | dispensing_date | quantity | days_supply
        a        | 00002143380 | 2024-03-01      | 30       | 30
        b        | 00002143380 | 2024-03-01      | 30       | 30
        c        | 00002143380 | 2024-03-01      | 60       | 60
        d        | 00002143380 | 2024-03-02      | 30       | 30
        """)
    assert valid.pharmacy_claim == rows("""
        claim_id
        a
        c
        d
        """)
    assert valid.warned == rows("""
        rule             | rows | found
        fill_56_repeated | 1    | by claim a
        """)


def test_ndc_is_eleven_digits(validate):
    # 57: 4-4-2, 5-3-2, 5-4-1, a number once
    valid = validate(pharmacy_claim="""
        claim_id | ndc_code
        a        | 0002-1433-80
        b        | 50242-040-62
        c        | 60575-4112-1
        d        | 2143380
        e        | 00002143380
        """)
    assert valid.pharmacy_claim == rows("""
        claim_id | ndc_code
        a        | 00002143380
        b        | 50242004062
        c        | 60575411201
        d        | 00002143380
        e        | 00002143380
        """)
    assert valid.warned == rows("""
        rule                 | rows
        fill_57_ndc_spelling | 4
        """)


def test_an_impossible_days_supply_is_unknown(validate):
    # 59
    valid = validate(pharmacy_claim="""
        claim_id | days_supply
        a        | 0
        b        | 999
        c        | 90
        d        |
        """)
    assert valid.pharmacy_claim == rows("""
        claim_id | days_supply
        a        |
        b        |
        c        | 90
        d        |
        """)
    assert valid.warned == rows("""
        rule                | rows
        fill_59_days_supply | 2
        """)


def test_fill_days_that_are_none_are_refused(validate):
    # 41, 42
    assert validate(pharmacy_claim="""
        claim_id | dispensing_date:VARCHAR | file_date
        a        | 1900-01-01              | 2024-04-01
        b        | 00000000                | 2024-04-01
        c        |                         | 2024-04-01
        d        | 2024-04-03              | 2024-04-01
        e        | 2024-04-02              | 2024-04-01
        """).rejected == rows("""
        row_number | rule
        1          | fill_41_dispensing_date
        2          | unreadable_dispensing_date
        3          | missing_dispensing_date
        4          | fill_42_future
        """)


def test_the_prescriber_is_unknown_when_the_npi_is_none(validate):
    # 40, 67: a DEA number in the field
    valid = validate(pharmacy_claim="""
        claim_id | prescribing_provider_npi
        a        | AB1234563
        b        | 1234567893
        """)
    assert valid.pharmacy_claim == rows("""
        claim_id | prescribing_provider_npi
        a        |
        b        | 1234567893
        """)
    assert valid.warned == rows("""
        rule         | rows | found
        claim_40_npi | 1    | AB1234563
        """)
