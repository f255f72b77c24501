-- one row per person, service year (of $as_of and the two before) and diagnosis code that a risk model or comorbidity index knows: whether
-- CMS would count it, and if not why: claim not paid, bill type or service that does not count
-- sorted by person
WITH arrived AS (SELECT DISTINCT code FROM valid.code WHERE table_name = 'medical_claim' AND code_system = 'ICD10CM'),
known AS (
    SELECT code FROM arrived SEMI JOIN reference.risk_code USING (code)
    UNION
    SELECT a.code FROM arrived AS a JOIN reference.comorbidity_code AS c ON starts_with(a.code, c.code)
),
service AS (SELECT DISTINCT code FROM reference.risk_service WHERE payment_year = (
    SELECT coalesce(max(payment_year) FILTER (payment_year <= year($as_of) + 1), min(payment_year)) FROM reference.risk_service)),
line AS (
    SELECT person, source_row, claim_type = 'institutional' OR b.prefix IS NOT NULL AS hospital, stands(line_status, claim_status) AS stands, b.prefix IS NOT NULL OR bill_type_code IS NULL AS bill_counts,
        coalesce(NOT b.needs_service, FALSE) OR coalesce(hcpcs_code IN (SELECT code FROM service), FALSE) AS service_counts,
        service_end(claim_line_start_date, claim_line_end_date, claim_start_date, claim_end_date) AS on_date,
        CASE WHEN third IS NULL THEN [diagnosis_code_1, diagnosis_code_2]
            WHEN seventh IS NULL THEN [diagnosis_code_1, diagnosis_code_2, diagnosis_code_3, diagnosis_code_4, diagnosis_code_5, diagnosis_code_6]
            ELSE [diagnosis_code_1, diagnosis_code_2, diagnosis_code_3, diagnosis_code_4, diagnosis_code_5, diagnosis_code_6, diagnosis_code_7,
                diagnosis_code_8, diagnosis_code_9, diagnosis_code_10, diagnosis_code_11, diagnosis_code_12, diagnosis_code_13, diagnosis_code_14,
                diagnosis_code_15, diagnosis_code_16, diagnosis_code_17, diagnosis_code_18, diagnosis_code_19, diagnosis_code_20, diagnosis_code_21,
                diagnosis_code_22, diagnosis_code_23, diagnosis_code_24, diagnosis_code_25] END AS codes
    FROM (
        SELECT *, coalesce(*COLUMNS('^diagnosis_code_([3-9]|1\d|2\d)$')) AS third FROM (
            SELECT *, coalesce(*COLUMNS('^diagnosis_code_([7-9]|1\d|2\d)$')) AS seventh FROM valid.medical_claim
            WHERE diagnosis_code_1 IS NOT NULL AND coalesce(diagnosis_code_type, 'ICD10CM') = 'ICD10CM')
    ) LEFT JOIN reference.risk_bill_type AS b ON b.prefix = left(bill_type_code, 3)
    WHERE on_date <= CAST($as_of AS DATE) AND year(on_date) >= year($as_of) - 2
),
day AS (
    -- The lines of a claim repeat its diagnoses: once a day is enough.
    SELECT person, code, on_date, min(source_row) AS source_row, bool_or(stands) AS stands, bool_or(stands AND bill_counts) AS billed,
        bool_or(stands AND bill_counts AND service_counts) AS counts, coalesce(bool_or(hospital AND stands), FALSE) AS hospital
    FROM (SELECT * EXCLUDE (codes), unnest(codes) AS code FROM line) SEMI JOIN known USING (code)
    GROUP BY person, code, on_date
)
SELECT person, year(on_date) AS year, code, bool_or(d.counts) AS counts,
    CASE WHEN bool_or(d.counts) THEN NULL WHEN NOT bool_or(d.stands) THEN 'claim not paid' WHEN NOT bool_or(billed) THEN 'bill type does not count'
        ELSE 'service does not count' END AS why_not,
    count(*) FILTER (d.stands) AS days, min(on_date) FILTER (d.counts) AS first_date, max(on_date) AS last_date, arg_max(source_row, on_date) AS source_row, bool_or(d.stands) AS stands, bool_or(d.hospital) AS hospital
FROM day AS d
GROUP BY person, year(on_date), code
