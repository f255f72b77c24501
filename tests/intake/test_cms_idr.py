"""Medicare enrolment as CMS shapes it: spans, dual status, original reason for entitlement and Part B reach the scoring inputs."""

from drawn import rows

TABLES = {
    "benes": """BENE_SK,BENE_BRTH_DT,BENE_SEX_CD,BENE_MBI_ID,BENE_LAST_NAME,BENE_1ST_NAME,BENE_MIDL_NAME,BENE_DEATH_DT
-1,1950-03-01,2,1S00A00AA01,Doe,Ann,,
-2,1948-07-09,1,1S00A00AA02,Roe,Bob,,""",
    "bene_mapd_enrlmt": """BENE_SK,BENE_CNTRCT_NUM,BENE_PBP_NUM,BENE_ENRLMT_BGN_DT,BENE_ENRLMT_END_DT,IDR_LTST_TRANS_FLG
-1,Z0001,001,2018-01-01,9999-12-31,Y
-1,Z0009,001,2017-01-01,9999-12-31,N
-2,Z0002,002,2020-05-01,2020-12-31,Y""",
    "bene_cmbnd_dual_mdcr": """BENE_SK,BENE_DUAL_STUS_CD,BENE_MDCD_ELGBLTY_BGN_DT,BENE_MDCD_ELGBLTY_END_DT,IDR_LTST_TRANS_FLG
-1,01,2017-01-01,2019-06-30,Y
-1,02,2019-07-01,9999-12-31,Y
-2,~,2019-07-01,9999-12-31,Y""",
    "bene_mdcr_entlmt_rsn": """BENE_SK,BENE_MDCR_ENTLMT_RSN_CD,BENE_RNG_BGN_DT,BENE_RNG_END_DT,IDR_LTST_TRANS_FLG
-1,0,2015-03-01,9999-12-31,Y
-1,1,2010-01-01,2015-02-28,Y
-2,2,2019-01-01,9999-12-31,Y""",
    "bene_mapd_enrlmt_rx": """BENE_SK,BENE_CNTRCT_NUM,BENE_PBP_NUM,IDR_LTST_TRANS_FLG
-1,Z0001,001,Y""",
    "bene_lis": """BENE_SK,BENE_LIS_EFCTV_CD,BENE_RNG_BGN_DT,BENE_RNG_END_DT,IDR_LTST_TRANS_FLG
-2,N,2020-06-01,9999-12-31,Y
-1,U,2020-06-01,9999-12-31,Y""",
    "bene_lis_cmbnd": """BENE_SK,BENE_CMBND_DEEMD_IND,BENE_CMBND_DEEMD_EFCTV_DT,BENE_CMBND_DEEMD_TRMNTN_DT,IDR_LTST_TRANS_FLG
-1,Y,2019-07-01,2019-12-31,Y
-2, ,2020-01-01,9999-12-31,Y""",
    "bene_tp": """BENE_SK,BENE_TP_TYPE_CD,BENE_RNG_BGN_DT,BENE_RNG_END_DT,IDR_LTST_TRANS_FLG
-1,A,2010-01-01,9999-12-31,Y
-1,B,2015-03-01,9999-12-31,Y""",
}


def deliver(folder):
    for table, text in TABLES.items():
        (folder / f"synthetic_{table}.csv").write_text(text + "\n")
    return folder


def test_spans_statuses_and_reasons_become_a_roster(house, tmp_path):
    report = house.take(deliver(tmp_path))
    assert (report.status, report.rows) == ("accepted", {"patient": 2, "eligibility": 7})
    assert house.extract("eligibility", "person_id, contract_id, enrollment_start_date, enrollment_end_date, dual_status_code, original_reason_entitlement_code, part_b_start_date,"
                         " medicare_beneficiary_id, benefit_pharmacy, low_income_subsidy") == rows("""
        person_id | contract_id | enrollment_start_date | enrollment_end_date | dual_status_code | original_reason_entitlement_code | part_b_start_date | medicare_beneficiary_id | benefit_pharmacy | low_income_subsidy
        -1        | Z0001       | 2018-01-01            | 9999-12-31          |                  | 1                                | 2015-03-01        | 1S00A00AA01             | T                |
        -1        | Z0001       | 2018-01-01            | 2019-06-30          | 01               | 1                                | 2015-03-01        | 1S00A00AA01             | T                |
        -1        | Z0001       | 2019-07-01            | 9999-12-31          | 02               | 1                                | 2015-03-01        | 1S00A00AA01             | T                |
        -1        | Z0001       | 2019-07-01            | 2019-12-31          |                  | 1                                | 2015-03-01        | 1S00A00AA01             | T                | T
        -2        | Z0002       | 2020-05-01            | 2020-12-31          |                  | 2                                |                   | 1S00A00AA02             |                  |
        -2        | Z0002       | 2020-05-01            | 2020-12-31          |                  | 2                                |                   | 1S00A00AA02             |                  |
        -2        | Z0002       | 2020-06-01            | 2020-12-31          |                  | 2                                |                   | 1S00A00AA02             |                  | F
    """)


def test_the_roster_gives_the_inputs_of_a_score_and_what_it_does_not_say_stays_unknown(run):
    assert run("coded/medicare_year", {"valid.eligibility": """
        person | source_row | birth_date | product_line | enrollment_start_date | enrollment_end_date | dual_status_code | original_reason_entitlement_code | part_b_start_date
        1      | 1          | 1950-03-01 | medicare     | 2018-01-01            |                     |                  | 1                                | 2015-03-01
        1      | 2          | 1950-03-01 | medicare     | 2019-07-01            |                     | 02               | 1                                | 2015-03-01
        2      | 3          | 1948-07-09 | medicare     | 2020-05-01            | 2020-12-31          | *                | 2                                | 2020-05-01
        3      | 4          | 1948-07-09 | medicare     | 2020-05-01            | 2020-12-31          | NA               | 0                                |
    """}, as_of="2020-12-31") == rows("""
        person | year | months | dual_status | orec | new_enrollee | institutional
        1      | 2020 | 12     | 02          | 1    | F            |
        1      | 2019 | 12     | 02          | 1    | F            |
        1      | 2018 | 12     |             | 1    | F            |
        2      | 2020 | 8      |             | 2    | T            |
        3      | 2020 | 8      | NA          | 0    |              |
    """)


def test_the_enrolment_set_of_cms_arrives_whole(house, shared):
    """Counted in the files by hand: 10,552 spans, each with its dual status on top of it where the two meet."""
    report = house.take(shared / "real" / "cms-idr-enrollment")
    assert (report.status, report.unreadable) == ("accepted", 0)
    assert house.extract("eligibility", "count(DISTINCT person_id), count(DISTINCT contract_id), count(*) FILTER (original_reason_entitlement_code IS NULL)").cells == [(10_552, 10, 0)]
    codes = {code for (code,) in house.extract("eligibility", "DISTINCT dual_status_code").cells}
    assert codes == {None, "*", "XX", "99", "NA", *(f"{number:02d}" for number in range(11))}
