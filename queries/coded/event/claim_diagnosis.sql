-- one row per claim, concept of its diagnoses and days of service; fact is the first line that says it
WITH wanted AS (SELECT covered, code_system, code, concept FROM reference.wanted_code),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'medical_claim'),
meaning AS (FROM concept_codes('wanted', 'arrived')),
-- What is coded on a laboratory's, an imager's or a supplier's line may be a question rather than an answer.
telling AS (
    SELECT w.code_system, w.code, concept FROM reference.value_set_code AS w JOIN reference.concept AS c USING (concept)
    WHERE c.name = 'laboratory_imaging_or_equipment'
),
test_or_supply AS (SELECT code_system, code FROM concept_codes('telling', 'arrived')),
coding AS (
    SELECT * EXCLUDE (third, seventh), coalesce(diagnosis_code_type, 'ICD10CM') AS code_system, unnest(CASE
        -- Most claims have few diagnoses: a short list where the others are empty.
        WHEN third IS NULL THEN [diagnosis_code_1, diagnosis_code_2]
        WHEN seventh IS NULL THEN [diagnosis_code_1, diagnosis_code_2, diagnosis_code_3, diagnosis_code_4, diagnosis_code_5, diagnosis_code_6]
        ELSE [
            diagnosis_code_1, diagnosis_code_2, diagnosis_code_3, diagnosis_code_4, diagnosis_code_5, diagnosis_code_6, diagnosis_code_7,
            diagnosis_code_8, diagnosis_code_9, diagnosis_code_10, diagnosis_code_11, diagnosis_code_12, diagnosis_code_13, diagnosis_code_14,
            diagnosis_code_15, diagnosis_code_16, diagnosis_code_17, diagnosis_code_18, diagnosis_code_19, diagnosis_code_20, diagnosis_code_21,
            diagnosis_code_22, diagnosis_code_23, diagnosis_code_24, diagnosis_code_25] END) AS code
    FROM (
        SELECT *, coalesce(*COLUMNS('^diagnosis_code_([3-9]|1\d|2\d)$')) AS third FROM (
            SELECT *, coalesce(*COLUMNS('^diagnosis_code_([7-9]|1\d|2\d)$')) AS seventh FROM with_cover('valid.medical_claim', 'valid.covered_person')))
    UNION ALL BY NAME
    SELECT *, unnest(diagnosis_codes, recursive := true) FROM with_cover('valid.medical_claim', 'valid.covered_person') WHERE len(diagnosis_codes) > 0
),
coded AS (
    SELECT m.concept, person, source_row, claim_key(data_source, encounter_id, claim_id) AS encounter, stands(line_status, claim_status) AS stands,
        -- A hospital's diagnoses hold for the statement, a professional's for the line.
        claim_type = 'institutional' AND claim_start_date IS NOT NULL AS of_statement,
        CASE WHEN of_statement THEN claim_start_date ELSE service_start(claim_line_start_date, claim_start_date, admission_date) END AS start_date,
        CASE WHEN of_statement THEN greatest(claim_start_date, coalesce(claim_end_date, claim_start_date))
            ELSE service_end(claim_line_start_date, claim_line_end_date, claim_start_date, claim_end_date) END AS end_date,
        coalesce(c.code = diagnosis_code_1, FALSE) AS principal,
        hcpcs_code IN (SELECT code FROM test_or_supply WHERE code_system = 'HCPCS')
            OR revenue_center_code IN (SELECT code FROM test_or_supply WHERE code_system = 'UBREV')
            OR place_of_service_code IN (SELECT code FROM test_or_supply WHERE code_system = 'POS')
            OR bill_type_code IN (SELECT code FROM test_or_supply WHERE code_system = 'TypeOfBill') AS is_test
    FROM coding AS c JOIN meaning AS m USING (code_system, code, covered)
    WHERE start_date <= CAST($as_of AS DATE)
)
SELECT concept, person, min(source_row) AS fact,
    CASE WHEN stands THEN claim_diagnosis_kinds() | kind_if('principal', bool_or(principal))
        | kind_if('laboratory_claim', bool_and(coalesce(is_test, FALSE)))
        ELSE pending_kinds() END AS kinds,
    start_date, end_date, encounter
FROM coded
GROUP BY concept, person, start_date, end_date, encounter, stands
