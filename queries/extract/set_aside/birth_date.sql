-- coverage of a person of whom no row tells the birth date
WITH born AS (
    SELECT person FROM extract.eligibility ANTI JOIN extract.broken_row USING (source_row) WHERE known_birth_date(birth_date, file_date, ingest_datetime) IS NOT NULL
    UNION ALL
    SELECT person FROM extract.patient ANTI JOIN extract.broken_row USING (source_row) WHERE known_birth_date(birth_date, file_date, ingest_datetime) IS NOT NULL
)
SELECT 'eligibility' AS table_name, source_row, data_source, file_name, 'person_78_birth_date' AS rule, 'birth_date ' || birth_date AS found
FROM extract.eligibility ANTI JOIN born USING (person) ANTI JOIN extract.broken_row USING (source_row)
