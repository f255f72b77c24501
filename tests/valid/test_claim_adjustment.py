"""Which claim lines stand when a claim came twice, was replaced, voided or reversed. Numbers are those of the list of bad input."""

from drawn import rows


def test_exact_duplicates_count_once(validate):
    # 25
    valid = validate(medical_claim="""
        claim_id | claim_line_number | hcpcs_code | source_row
        a        | 1                 | 45378      | 1
        a        | 1                 | 45378      | 2
        a        | 2                 | 99213      | 3
        """)
    assert valid.medical_claim == rows("""
        claim_id | claim_line_number | hcpcs_code
        a        | 1                 | 45378
        a        | 2                 | 99213
        """)
    assert valid.warned == rows("""
        rule              | rows | first_row | found
        claim_25_repeated | 1    | 1         | stands in row 2
        """)
    assert len(valid.reject) == 0


def test_the_newest_version_of_a_line_wins_in_any_order(validate):
    # 26
    valid = validate(medical_claim="""
        claim_id | received_date | hcpcs_code
        a        | 2024-04-01    | 45378
        a        | 2024-06-01    | 45380
        a        | 2024-05-01    | 45379
        b        | 2024-05-01    | 99213
        """)
    assert valid.medical_claim == rows("""
        claim_id | hcpcs_code
        a        | 45380
        b        | 99213
        """)
    assert valid.warned == rows("""
        rule                   | rows
        claim_26_older_version | 2
        """)


def test_a_void_takes_its_claim_back_whatever_comes_first(validate):
    # 27
    valid = validate(medical_claim="""
        claim_id | adjustment_type | original_claim_id | bill_type_code | hcpcs_code
        v1       | void            | a                 |                | 45378
        a        | original        |                   |                | 45378
        b        |                 |                   | 0131           | 45378
        v2       |                 | b                 | 0138           | 45378
        c        |                 |                   |                | 99213
        """)
    assert valid.medical_claim == rows("""
        claim_id | hcpcs_code
        c        | 99213
        """)
    assert valid.warned == rows("""
        rule              | rows
        claim_27_reversed | 2
        claim_27_void     | 2
        """)


def test_a_remittance_reversal_removes_the_payment_and_the_correction_stands(validate):
    # 27: 835 CLP02 = 22 and negative amounts under the same claim id
    assert validate(medical_claim="""
        claim_id | claim_status | paid_amount | charge_amount | hcpcs_code
        a        | paid         | 80          | 100           | 45378
        a        | reversed     | -80         | -100          | 45378
        b        | paid         | 80          | 100           | 45378
        b        | reversed     | -80         | -100          | 45378
        b        | paid         | 60          | 100           | 45378
        """).medical_claim == rows("""
        claim_id | paid_amount | claim_status
        b        | 60          | paid
        """)


def test_a_replacement_supersedes_even_when_the_original_comes_later(validate):
    # 28: frequency 7
    valid = validate(medical_claim="""
        claim_id | claim_line_number | adjustment_type | original_claim_id | hcpcs_code
        r        | 1                 | replacement     | a                 | 45380
        a        | 1                 | original        |                   | 45378
        a        | 2                 | original        |                   | 99213
        """)
    assert valid.medical_claim == rows("""
        claim_id | claim_line_number | hcpcs_code
        r        | 1                 | 45380
        """)
    assert valid.warned == rows("""
        rule              | rows | found
        claim_28_replaced | 2    | by claim r
        """)


def test_a_replacement_under_the_same_id_takes_the_whole_claim(validate):
    # 28: lines that the replacement leaves out are gone
    assert validate(medical_claim="""
        claim_id | claim_line_number | adjustment_type | hcpcs_code
        a        | 1                 | replacement     | 45380
        a        | 1                 | original        | 45378
        a        | 2                 | original        | 99213
        """).medical_claim == rows("""
        claim_id | claim_line_number | hcpcs_code
        a        | 1                 | 45380
        """)


def test_of_several_replacements_the_newest_stands(validate):
    # 28
    assert validate(medical_claim="""
        claim_id | adjustment_type | original_claim_id | received_date
        a        | original        |                   | 2024-04-01
        r2       | replacement     | a                 | 2024-06-01
        r1       | replacement     | a                 | 2024-05-01
        """).medical_claim == rows("""
        claim_id
        r2
        """)


def test_what_a_voided_replacement_replaced_stays_gone(validate):
    # 27, 28: the chain original -> replacement -> void, in all its orders
    chain = {"a": "a | original    |   ", "r": "r | replacement | a ", "v": "v | void        | r "}
    for order in ("arv", "avr", "rav", "rva", "var", "vra"):
        drawing = "claim_id | adjustment_type | original_claim_id\n" + "\n".join(chain[claim] for claim in order)
        assert len(validate(medical_claim=drawing).medical_claim) == 0, order


def test_a_pending_replacement_takes_nothing_yet(validate):
    # 28
    assert validate(medical_claim="""
        claim_id | adjustment_type | original_claim_id | claim_status
        a        | original        |                   | paid
        r        | replacement     | a                 | pending
        """).medical_claim == rows("""
        claim_id | line_status
        a        | paid
        r        | pending
        """)


def test_an_orphan_void_waits_for_its_claim(validate):
    # 29
    void = """
        claim_id | adjustment_type | original_claim_id
        v        | void            | a
        """
    waiting = validate(medical_claim=void)
    assert len(waiting.medical_claim) == 0
    assert waiting.warned == rows("""
        rule                 | rows | found
        claim_29_orphan_void | 1    | void of claim a
        """)
    assert len(validate(medical_claim=void + "        a        | original        |").medical_claim) == 0


def test_an_adjustment_without_link_is_found_by_the_opposite_amount(validate):
    # 30: same person, provider, day, code and opposite sign under a new claim id
    valid = validate(medical_claim="""
        claim_id | billing_npi | hcpcs_code | charge_amount | paid_amount | claim_line_start_date
        a        | 1234567893  | 45378      | 100           | 80          | 2024-03-05
        b        | 1234567893  | 45378      | -100          | -80         | 2024-03-05
        c        | 1234567893  | 45378      | 120           | 90          | 2024-03-05
        d        | 1234567893  | 45378      | 100           | 80          | 2024-03-06
        e        | 1234567893  | 99213      | -50           | -50         | 2024-03-05
        """)
    assert valid.medical_claim == rows("""
        claim_id
        c
        d
        """)
    assert valid.warned == rows("""
        rule                        | rows
        claim_30_reversed_by_amount | 2
        claim_30_unmatched_reversal | 1
        """)


def test_one_reversal_takes_back_one_of_two_equal_lines(validate):
    # 30
    assert len(validate(medical_claim="""
        claim_id | claim_line_number | charge_amount
        a        | 1                 | 100
        a        | 2                 | 100
        b        | 1                 | -100
        """).medical_claim) == 1
