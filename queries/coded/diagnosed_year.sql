-- one row per person and service year (of $as_of and the two before) whose claims that stand name diagnoses: readable: at least one in
-- ICD-10-CM, which is all that risk models and comorbidity indices know. Of who is not readable, nothing of it can be said
-- sorted by person
SELECT person, year(on_date) AS year, bool_or(diagnosis_code_1 IS NOT NULL AND coalesce(diagnosis_code_type, 'ICD10CM') = 'ICD10CM') AS readable
FROM (
    SELECT person, diagnosis_code_1, diagnosis_code_type, diagnosis_codes, service_end(claim_line_start_date, claim_line_end_date, claim_start_date, claim_end_date) AS on_date
    FROM valid.medical_claim
    WHERE stands(line_status, claim_status) AND (diagnosis_code_1 IS NOT NULL OR len(diagnosis_codes) > 0)
)
WHERE on_date <= CAST($as_of AS DATE) AND year(on_date) >= year($as_of) - 2
GROUP BY person, year(on_date)
