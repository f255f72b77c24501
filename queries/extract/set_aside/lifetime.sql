-- claim line of a day before the person's birth or after the death
WITH said AS (
    SELECT person, source_row, known_birth_date(birth_date, file_date, ingest_datetime) AS birth_date, death_date
    FROM extract.eligibility ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL
    SELECT person, source_row, known_birth_date(birth_date, file_date, ingest_datetime), death_date FROM extract.patient ANTI JOIN extract.broken_row USING (source_row)
),
life AS MATERIALIZED (
    SELECT person, arg_max(birth_date, source_row) AS birth_date, arg_max(death_date, source_row) AS death_date FROM said GROUP BY person
),
-- Few people were born or died while claims were sent: the others need no look.
changing AS MATERIALIZED (
    FROM life WHERE death_date IS NOT NULL OR birth_date > (SELECT min(coalesce(claim_line_start_date, claim_start_date)) FROM extract.medical_claim)
),
line AS (
    SELECT person, source_row, data_source, file_name, coalesce(claim_line_start_date, claim_start_date) AS day FROM extract.medical_claim ANTI JOIN extract.broken_row USING (source_row)
)
SELECT 'medical_claim' AS table_name, source_row, data_source, file_name,
    CASE WHEN day < birth_date THEN 'claim_42_before_birth' ELSE 'claim_42_after_death' END AS rule,
    'day of service ' || day || CASE WHEN day < birth_date THEN ', born ' || birth_date ELSE ', died ' || death_date END AS found
FROM line JOIN changing USING (person)
WHERE day < birth_date OR day > death_date
