-- one row per claim, concept of its ICD procedures and day; fact is the first line that says it
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code WHERE code_system IN ('ICD10PCS', 'ICD9PCS', 'ICD9CM')),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'medical_claim'),
meaning AS (FROM concept_codes('wanted', 'arrived')),
line AS (
    SELECT *, coalesce(procedure_code_type, 'ICD10PCS') AS code_system, coalesce(*COLUMNS('^procedure_code_\d+$')) AS any_code,
        service_start(claim_start_date, claim_line_start_date, admission_date) AS service_date
    -- Professional claims have none; what they leave empty is not looked through.
    FROM with_cover('valid.medical_claim', 'valid.covered_person') WHERE claim_type IS DISTINCT FROM 'professional'
),
coded AS (
    SELECT concept, person, source_row, stands, encounter, coalesce(own_date, service_date) AS start_date
    FROM (
        SELECT person, covered, source_row, stands(line_status, claim_status) AS stands, claim_key(data_source, encounter_id, claim_id) AS encounter,
            service_date, code_system,
            unnest([*COLUMNS('^procedure_code_\d+$')]) AS code, unnest([*COLUMNS('^procedure_date_\d+$')]) AS own_date
        FROM line
        WHERE any_code IS NOT NULL
    )
    JOIN meaning USING (code_system, code, covered)
)
SELECT concept, person, min(source_row) AS fact, CASE WHEN stands THEN service_kinds() ELSE pending_kinds() END AS kinds,
    start_date, start_date AS end_date, encounter
FROM coded
WHERE start_date <= CAST($as_of AS DATE)
GROUP BY concept, person, start_date, encounter, stands
