-- one row per FHIR-born claim line and concept of its list of codings, beyond those of its procedure code (see claim_service)
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'medical_claim'),
record AS (
    SELECT person, source_row AS fact, stands(line_status, claim_status) AS stands,
        service_start(claim_line_start_date, claim_start_date, admission_date) AS start_date,
        service_end(claim_line_start_date, claim_line_end_date, claim_start_date, claim_end_date) AS end_date,
        claim_key(data_source, encounter_id, claim_id) AS encounter, codes, hcpcs_code
    FROM valid.medical_claim
    WHERE len(codes) > 0
),
coded AS (FROM with_concepts('record', 'wanted', 'arrived', 'valid.covered_person')),
service AS (SELECT DISTINCT code, concept FROM concept_codes('wanted', 'arrived') WHERE code_system = 'HCPCS')
SELECT DISTINCT concept, person, fact, CASE WHEN stands THEN service_kinds() ELSE pending_kinds() END AS kinds, start_date, end_date, encounter
FROM coded ANTI JOIN service ON service.code = coded.hcpcs_code AND service.concept = coded.concept
WHERE start_date <= CAST($as_of AS DATE)
