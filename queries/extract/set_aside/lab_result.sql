-- laboratory result that another row of the same test replaces, repeats or withdraws, and row that holds no result
-- first
WITH row AS NOT MATERIALIZED (
    SELECT person, data_source, source_row, file_name, file_date, lab_result_id, accession_number, lower(trim(status)) AS status, result,
        coalesce(normalized_component_code, source_component_code, codes[1].code) AS test_code,
        source_updated_at, result_datetime, CAST(coalesce(collection_datetime, result_datetime) AS DATE) AS day,
        result IS NOT NULL OR result_numeric IS NOT NULL OR len(result_codes) > 0 AS has_result, coalesce(record_action = 'D', FALSE) AS deleted
    FROM extract.lab_result ANTI JOIN extract.broken_row USING (source_row)
),
doubled AS (
    SELECT hash(person, data_source, lab_result_id) AS key FROM row GROUP BY ALL HAVING count(*) > 1
    UNION ALL SELECT hash(person, accession_number, test_code, day) FROM row WHERE accession_number IS NOT NULL GROUP BY ALL HAVING count(*) > 1
),
twice AS MATERIALIZED (
    FROM row WHERE hash(person, data_source, lab_result_id) IN (FROM doubled) OR hash(person, accession_number, test_code, day) IN (FROM doubled)
        OR deleted OR status IN ('cancelled', 'canceled', 'entered-in-error')
),
weighed AS (
    SELECT *, CASE WHEN deleted OR status IN ('cancelled', 'canceled', 'entered-in-error') THEN 3 WHEN status IN ('corrected', 'amended') THEN 2
            WHEN status IN ('preliminary', 'registered', 'partial') THEN 0 ELSE 1 END AS weight,
        row(weight > 0, coalesce(source_updated_at, TIMESTAMP '-infinity'), weight, coalesce(result_datetime, TIMESTAMP '-infinity'),
            coalesce(file_date, DATE '-infinity'), source_row) AS version
    FROM twice
),
by_id AS (
    SELECT *, max(version) OVER (PARTITION BY person, data_source, lab_result_id) AS newest_of_id FROM weighed
),
-- The result of an id that stands meets those of other ids and systems with the same accession, test and day.
by_accession AS (
    SELECT *, CASE WHEN accession_number IS NOT NULL
        THEN max(version) FILTER (version = newest_of_id) OVER (PARTITION BY person, accession_number, test_code, day) END AS newest
    FROM by_id
),
verdict AS (
    SELECT source_row, data_source, file_name, CASE
            WHEN deleted THEN 'deleted'
            WHEN weight = 3 THEN 'lab_92_withdrawn'
            WHEN version < newest_of_id THEN 'lab_92_not_final'
            WHEN version < newest AND newest[3] = 3 THEN 'lab_92_withdrawn'
            WHEN version < newest AND (weight = 0 OR newest[3] = 2) THEN 'lab_92_not_final'
            WHEN version < newest THEN 'lab_94_repeated' END AS rule,
        coalesce(status, 'no status') AS found
    FROM by_accession
)
SELECT 'lab_result' AS table_name, * FROM verdict WHERE rule IS NOT NULL
