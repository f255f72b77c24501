-- one row per person, service year (of $as_of and the two before) and diagnosis code that a risk model or comorbidity index knows: whether
-- CMS would count it, and if not why: claim not paid, bill type or service that does not count. `days_of_year`: which days `days` counts, so that a refresh
-- counts none twice
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
        diagnoses
    FROM valid.medical_claim LEFT JOIN reference.risk_bill_type AS b ON b.prefix = left(bill_type_code, 3)
    WHERE on_date <= CAST($as_of AS DATE) AND year(on_date) >= year($as_of) - 2 AND diagnosis_code_1 IS NOT NULL
        AND coalesce(diagnosis_code_type, 'ICD10CM') = 'ICD10CM'
),
day AS (
    -- The lines of a claim repeat its diagnoses: once a day is enough.
    SELECT person, code, on_date, min(source_row) AS source_row, bool_or(stands) AS stands, bool_or(stands AND bill_counts) AS billed,
        bool_or(stands AND bill_counts AND service_counts) AS counts, coalesce(bool_or(hospital AND stands), FALSE) AS hospital
    FROM (SELECT * EXCLUDE (diagnoses), unnest(diagnoses) AS code FROM line) SEMI JOIN known USING (code)
    GROUP BY person, code, on_date
)
SELECT person, year(on_date) AS year, code, bool_or(d.counts) AS counts,
    CASE WHEN bool_or(d.counts) THEN NULL WHEN NOT bool_or(d.stands) THEN 'claim not paid' WHEN NOT bool_or(billed) THEN 'bill type does not count'
        ELSE 'service does not count' END AS why_not,
    count(*) FILTER (d.stands) AS days,
    list_sort(coalesce(list(CAST(dayofyear(on_date) AS SMALLINT)) FILTER (d.stands), [])) AS days_of_year,
    min(on_date) FILTER (d.counts) AS first_date, max(on_date) AS last_date, arg_max(source_row, on_date) AS source_row, bool_or(d.stands) AS stands, bool_or(d.hospital) AS hospital
FROM day AS d
GROUP BY person, year(on_date), code
