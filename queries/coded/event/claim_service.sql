-- one row per claim line and concept of its procedure code; a CPT II code that states a result has its range as value
WITH wanted AS (
    SELECT covered, w.code_system, w.code, concept FROM reference.wanted_code AS w JOIN reference.concept AS c USING (concept)
    -- What tells lines apart is no event of its own.
    WHERE w.code_system = 'HCPCS' AND c.name <> 'laboratory_imaging_or_equipment'
),
arrived AS (SELECT code_system, code, sent FROM valid.code WHERE table_name = 'medical_claim' AND code_system = 'HCPCS'),
stated AS (
    SELECT a.covered, v.code, c.concept, v.value, v.value_high
    FROM reference.code_value AS v JOIN reference.concept AS c ON c.name = v.concept JOIN reference.asked_concept AS a ON a.concept = c.concept
    WHERE v.code_system = 'HCPCS'
),
meaning AS (
    SELECT covered, code, concept, any_value(value) AS value, any_value(value_high) AS value_high
    FROM (SELECT covered, code, concept FROM concept_codes('wanted', 'arrived') UNION ALL BY NAME FROM stated)
    GROUP BY covered, code, concept
),
-- A CPT II code with such a modifier says that the service was not done.
negation AS (
    SELECT w.code FROM reference.value_set_code AS w JOIN reference.concept AS c USING (concept)
    WHERE c.name IN ('not_performed_modifier', 'performance_exclusion_modifier')
),
-- What holds for the line is said before the join, which makes two or three rows of it.
line AS (
    SELECT person, covered, source_row AS fact, hcpcs_code AS code,
        CASE WHEN NOT stands(line_status, claim_status) THEN pending_kinds()
            WHEN list_has_any(modifiers, (SELECT list(code) FROM negation)) THEN kind('claim') | kind('not_done')
            ELSE service_kinds() END AS line_kinds,
        service_start(claim_line_start_date, claim_start_date, admission_date) AS start_date,
        service_end(claim_line_start_date, claim_line_end_date, claim_start_date, claim_end_date) AS end_date,
        claim_key(data_source, encounter_id, claim_id) AS encounter
    FROM with_cover('valid.medical_claim', 'valid.covered_person')
    WHERE start_date <= CAST($as_of AS DATE)
)
SELECT concept, person, fact, CASE WHEN value IS NOT NULL AND line_kinds = service_kinds() THEN line_kinds | result_kinds() ELSE line_kinds END AS kinds,
    start_date, end_date, value, value_high, encounter, CASE WHEN value IS NOT NULL THEN encounter END AS panel
FROM line JOIN meaning USING (code, covered)
