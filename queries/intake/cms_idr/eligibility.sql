-- one row per span with a Medicare Advantage or drug contract, and one more for each part of it with a Medicaid or low-income status of its own: spans of one plan
-- are merged later, and of a month the newest status speaks. Entitlement: the reason of the earliest range on file is the original one (OREC). Part B: the range that
-- began last. No table of these says who lives in an institution
WITH person AS (
    SELECT BENE_SK, any_value(BENE_BRTH_DT) AS birth_date, any_value(BENE_SEX_CD) AS sex, any_value(BENE_DEATH_DT) AS death_date, any_value(BENE_MBI_ID) AS mbi,
        any_value(BENE_1ST_NAME) AS first_name, any_value(BENE_LAST_NAME) AS last_name
    FROM sent.benes WHERE BENE_BRTH_DT IS NOT NULL GROUP BY BENE_SK
),
reason AS (
    SELECT BENE_SK, arg_min(BENE_MDCR_ENTLMT_RSN_CD, BENE_RNG_BGN_DT) AS orec FROM sent.bene_mdcr_entlmt_rsn
    WHERE coalesce(IDR_LTST_TRANS_FLG, 'Y') = 'Y' GROUP BY BENE_SK
),
status AS (
    SELECT BENE_SK, arg_max(BENE_MDCR_STUS_CD, MDCR_STUS_BGN_DT) AS medicare_status FROM sent.bene_mdcr_stus
    WHERE coalesce(IDR_LTST_TRANS_FLG, 'Y') = 'Y' GROUP BY BENE_SK
),
part_b AS (
    SELECT BENE_SK, max(BENE_RNG_BGN_DT) AS start_date FROM sent.bene_tp WHERE BENE_TP_TYPE_CD = 'B' AND coalesce(IDR_LTST_TRANS_FLG, 'Y') = 'Y' GROUP BY BENE_SK
),
span AS (
    SELECT *, BENE_ENRLMT_BGN_DT AS start_date, coalesce(BENE_ENRLMT_END_DT, '9999-12-31') AS end_date FROM arrived WHERE coalesce(IDR_LTST_TRANS_FLG, 'Y') = 'Y'
),
-- Part D: the contract's drug enrolment is on file, or the coverage is a drug plan's (BENE_CVRG_TYPE_CD 11, PDP; code systems of the same repository).
drugs AS (
    SELECT DISTINCT BENE_SK, BENE_CNTRCT_NUM, BENE_PBP_NUM FROM sent.bene_mapd_enrlmt_rx WHERE coalesce(IDR_LTST_TRANS_FLG, 'Y') = 'Y'
),
-- What holds for parts of a span: Medicaid status; the low-income subsidy of Part D, deemed or approved, where a table says yes or no.
told AS (
    SELECT BENE_SK, row_number, 1 AS kind, BENE_MDCD_ELGBLTY_BGN_DT AS start_date, BENE_MDCD_ELGBLTY_END_DT AS end_date, BENE_DUAL_STUS_CD AS dual_status,
        CAST(NULL AS BOOLEAN) AS low_income
    FROM sent.bene_cmbnd_dual_mdcr WHERE coalesce(IDR_LTST_TRANS_FLG, 'Y') = 'Y'
    UNION ALL
    SELECT BENE_SK, row_number, 2, BENE_CMBND_DEEMD_EFCTV_DT, BENE_CMBND_DEEMD_TRMNTN_DT, NULL, TRUE
    FROM sent.bene_lis_cmbnd WHERE coalesce(IDR_LTST_TRANS_FLG, 'Y') = 'Y' AND BENE_CMBND_DEEMD_IND = 'Y'
    UNION ALL
    SELECT BENE_SK, row_number, 3, BENE_RNG_BGN_DT, BENE_RNG_END_DT, NULL, BENE_LIS_EFCTV_CD = 'Y'
    FROM sent.bene_lis WHERE coalesce(IDR_LTST_TRANS_FLG, 'Y') = 'Y' AND BENE_LIS_EFCTV_CD IN ('Y', 'N')
),
part AS (
    SELECT s.*, 0 AS sub, CAST(NULL AS VARCHAR) AS dual_status, CAST(NULL AS BOOLEAN) AS low_income FROM span AS s
    UNION ALL
    SELECT s.* REPLACE (greatest(s.start_date, d.start_date) AS start_date, least(s.end_date, coalesce(d.end_date, '9999-12-31')) AS end_date),
        row_number() OVER (PARTITION BY s.row_number ORDER BY d.start_date, d.kind, d.row_number), d.dual_status, d.low_income
    FROM span AS s JOIN told AS d USING (BENE_SK)
    WHERE d.start_date <= s.end_date AND coalesce(d.end_date, '9999-12-31') >= s.start_date
)
SELECT t.row_number, t.sub, t.BENE_SK AS person_id, p.mbi AS medicare_beneficiary_id, CASE p.sex WHEN '1' THEN 'male' WHEN '2' THEN 'female' ELSE 'unknown' END AS gender,
    p.birth_date, p.death_date, p.first_name, p.last_name, t.start_date AS enrollment_start_date, t.end_date AS enrollment_end_date,
    'Medicare Advantage' AS payer, t.BENE_CNTRCT_NUM AS plan, 'medicare' AS payer_type, 'medicare' AS product_line, t.BENE_CNTRCT_NUM AS contract_id, t.BENE_PBP_NUM AS pbp_id,
    t.dual_status AS dual_status_code, r.orec AS original_reason_entitlement_code, m.medicare_status AS medicare_status_code, b.start_date AS part_b_start_date,
    CASE WHEN g.BENE_SK IS NOT NULL OR t.BENE_CVRG_TYPE_CD = '11' THEN TRUE END AS benefit_pharmacy, t.low_income AS low_income_subsidy
FROM part AS t LEFT JOIN person AS p USING (BENE_SK) LEFT JOIN reason AS r USING (BENE_SK) LEFT JOIN status AS m USING (BENE_SK) LEFT JOIN part_b AS b USING (BENE_SK)
LEFT JOIN drugs AS g ON g.BENE_SK = t.BENE_SK AND g.BENE_CNTRCT_NUM = t.BENE_CNTRCT_NUM AND g.BENE_PBP_NUM IS NOT DISTINCT FROM t.BENE_PBP_NUM
