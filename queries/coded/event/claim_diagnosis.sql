-- one row per claim, concept of its diagnoses and days of service; fact is the first line that says it
-- first
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'medical_claim'),
meaning AS (FROM concept_codes('wanted', 'arrived')),
-- What is coded on a laboratory's, an imager's or a supplier's line may be a question rather than an answer.
telling AS (
    SELECT w.code_system, w.code, concept FROM reference.value_set_code AS w JOIN reference.concept AS c USING (concept)
    WHERE c.name = 'laboratory_imaging_or_equipment'
),
test_or_supply AS (SELECT code_system, code FROM concept_codes('telling', 'arrived')),
line AS (
    SELECT person, covered, source_row, stands(line_status, claim_status) AS stands, claim_key(data_source, encounter_id, claim_id) AS encounter,
        -- A hospital's diagnoses hold for the statement, a professional's for the line.
        claim_type = 'institutional' AND claim_start_date IS NOT NULL AS of_statement,
        CASE WHEN of_statement THEN claim_start_date ELSE service_start(claim_line_start_date, claim_start_date, admission_date) END AS start_date,
        CASE WHEN of_statement THEN greatest(claim_start_date, coalesce(claim_end_date, claim_start_date))
            ELSE service_end(claim_line_start_date, claim_line_end_date, claim_start_date, claim_end_date) END AS end_date,
        hcpcs_code IN (SELECT code FROM test_or_supply WHERE code_system = 'HCPCS')
            OR revenue_center_code IN (SELECT code FROM test_or_supply WHERE code_system = 'UBREV')
            OR place_of_service_code IN (SELECT code FROM test_or_supply WHERE code_system = 'POS')
            OR bill_type_code IN (SELECT code FROM test_or_supply WHERE code_system = 'TypeOfBill') AS is_test,
        diagnosis_code_1, diagnosis_code_type, diagnoses, len(diagnosis_codes) > 0 AS has_list, diagnosis_codes
    FROM with_cover('valid.medical_claim', 'valid.covered_person')
    WHERE start_date <= CAST($as_of AS DATE)
),
-- Beside its numbered diagnoses a claim may list some, each with its own system ('' where none is named: no value set has it).
coding AS (
    SELECT * EXCLUDE (diagnoses, diagnosis_codes, has_list, of_statement),
        unnest(CASE WHEN has_list THEN list_concat(diagnoses, list_transform(diagnosis_codes, lambda c: c.code)) ELSE diagnoses END) AS code,
        unnest(CASE WHEN has_list
            THEN list_concat(list_transform(diagnoses, lambda c: NULL),
                list_transform(diagnosis_codes, lambda c: coalesce(c.code_system, ''))) END) AS system
    FROM line
),
coded AS (
    SELECT m.concept, person, source_row, encounter, stands, start_date, end_date, coalesce(c.code = diagnosis_code_1, FALSE) AS principal, is_test
    FROM coding AS c
    JOIN meaning AS m ON m.code_system = coalesce(c.system, diagnosis_code_type, 'ICD10CM') AND m.code = c.code AND m.covered = c.covered
)
SELECT concept, person, min(source_row) AS fact,
    CASE WHEN stands THEN claim_diagnosis_kinds() | kind_if('principal', bool_or(principal))
        | kind_if('laboratory_claim', bool_and(coalesce(is_test, FALSE)))
        ELSE pending_kinds() END AS kinds,
    start_date, end_date, encounter
FROM coded
GROUP BY concept, person, start_date, end_date, encounter, stands
