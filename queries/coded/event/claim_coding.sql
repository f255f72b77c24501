-- one row per FHIR-born claim line and concept of its codings
WITH wanted AS (SELECT code_system, code, concept FROM reference.value_set_code),
arrived AS (SELECT code_system, code FROM valid.code WHERE table_name = 'medical_claim'),
record AS (
    SELECT person, source_row AS fact, stands(line_status, claim_status) AS stands,
        service_start(claim_line_start_date, claim_start_date, admission_date) AS start_date,
        service_end(claim_line_start_date, claim_line_end_date, claim_start_date, claim_end_date) AS end_date,
        claim_key(data_source, encounter_id, claim_id) AS encounter, list_append(codes, {'code_system': 'HCPCS', 'code': hcpcs_code}) AS codes
    FROM valid.medical_claim
    WHERE len(codes) > 0
),
coded AS (FROM with_concepts('record', 'wanted', 'arrived'))
SELECT DISTINCT concept, person, fact, CASE WHEN stands THEN service_kinds() ELSE pending_kinds() END AS kinds, start_date, end_date, encounter
FROM coded
WHERE start_date <= CAST($as_of AS DATE)
