-- every row of an id that two people use: birth dates of different years and days in one file, or with different first names
WITH said AS (
    SELECT person_key, source_row >> 36 AS file_no, known_birth_date(birth_date, file_date, ingest_datetime) AS birth_date, lower(trim(first_name)) AS first_name
    FROM extract.eligibility ANTI JOIN extract.broken_row USING (source_row)
    UNION ALL
    SELECT person_key, source_row >> 36, known_birth_date(birth_date, file_date, ingest_datetime), lower(trim(first_name))
    FROM extract.patient ANTI JOIN extract.broken_row USING (source_row)
),
doubtful AS MATERIALIZED (
    SELECT DISTINCT * FROM said
    SEMI JOIN (SELECT person_key FROM said GROUP BY person_key HAVING min(birth_date) <> max(birth_date)) USING (person_key)
),
shared AS MATERIALIZED (
    SELECT a.person_key, min('birth dates ' || a.birth_date || ' and ' || b.birth_date) AS found
    FROM doubtful AS a JOIN doubtful AS b USING (person_key)
    -- A typing error hits the year or the day: both different is another person.
    WHERE a.birth_date < b.birth_date AND year(a.birth_date) <> year(b.birth_date) AND strftime(a.birth_date, '%m%d') <> strftime(b.birth_date, '%m%d')
        AND (a.file_no = b.file_no OR jaro_winkler_similarity(a.first_name, b.first_name) < 0.8)
    GROUP BY a.person_key
)
SELECT table_name, source_row, data_source, file_name, 'person_76_shared_id' AS rule, found
FROM extract.every_row JOIN shared USING (person_key)
