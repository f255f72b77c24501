-- one row per span with a Medicare Advantage contract, and one more for each part of it with a Medicaid status of its own: spans of one plan are merged
-- later, and of a month the newest status speaks. Entitlement: the reason of the earliest range on file is the original one (OREC). Part B: the range that
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
part AS (
    SELECT s.*, 0 AS sub, CAST(NULL AS VARCHAR) AS dual_status FROM span AS s
    UNION ALL
    SELECT s.* REPLACE (greatest(s.start_date, d.BENE_MDCD_ELGBLTY_BGN_DT) AS start_date, least(s.end_date, coalesce(d.BENE_MDCD_ELGBLTY_END_DT, '9999-12-31')) AS end_date),
        row_number() OVER (PARTITION BY s.row_number ORDER BY d.BENE_MDCD_ELGBLTY_BGN_DT, d.row_number), d.BENE_DUAL_STUS_CD
    FROM span AS s JOIN sent.bene_cmbnd_dual_mdcr AS d USING (BENE_SK)
    WHERE coalesce(d.IDR_LTST_TRANS_FLG, 'Y') = 'Y' AND d.BENE_MDCD_ELGBLTY_BGN_DT <= s.end_date AND coalesce(d.BENE_MDCD_ELGBLTY_END_DT, '9999-12-31') >= s.start_date
)
SELECT t.row_number, t.sub, t.BENE_SK AS person_id, p.mbi AS medicare_beneficiary_id, CASE p.sex WHEN '1' THEN 'male' WHEN '2' THEN 'female' ELSE 'unknown' END AS gender,
    p.birth_date, p.death_date, p.first_name, p.last_name, t.start_date AS enrollment_start_date, t.end_date AS enrollment_end_date,
    'Medicare Advantage' AS payer, t.BENE_CNTRCT_NUM AS plan, 'medicare' AS payer_type, 'medicare' AS product_line, t.BENE_CNTRCT_NUM AS contract_id, t.BENE_PBP_NUM AS pbp_id,
    t.dual_status AS dual_status_code, r.orec AS original_reason_entitlement_code, m.medicare_status AS medicare_status_code, b.start_date AS part_b_start_date
FROM part AS t LEFT JOIN person AS p USING (BENE_SK) LEFT JOIN reason AS r USING (BENE_SK) LEFT JOIN status AS m USING (BENE_SK) LEFT JOIN part_b AS b USING (BENE_SK)
