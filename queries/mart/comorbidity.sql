-- comorbidity: one row per person, condition of the Charlson index and diagnosis code of it on claims: when last told of, with the row of the file, and the
-- concepts that the code means as well (where one of them names a condition, a history tells that)
-- sorted by person
-- per person
WITH code AS MATERIALIZED (
    SELECT d.code, k.title
    FROM (SELECT DISTINCT code FROM coded.diagnosis_year WHERE stands) AS d
    JOIN reference.comorbidity_code AS c ON c.of_index = 'charlson' AND starts_with(d.code, c.code)
    JOIN reference.comorbidity AS k USING (of_index, condition)
),
set_code AS MATERIALIZED (SELECT concept, code, code LIKE '%*' AS is_prefix FROM reference.value_set_code WHERE code_system = 'ICD10CM'),
meaning AS (
    SELECT c.code, s.concept FROM code AS c JOIN set_code AS s USING (code)
    UNION
    SELECT c.code, s.concept FROM code AS c JOIN set_code AS s ON s.is_prefix AND starts_with(c.code, rtrim(s.code, '*'))
),
named AS (
    SELECT c.code, c.title, list(DISTINCT m.concept ORDER BY m.concept) FILTER (m.concept IS NOT NULL) AS concepts,
        c.title LIKE 'HIV%' OR coalesce(bool_or(t.name IN (SELECT name FROM reference.sensitive WHERE kind = 'concept')), FALSE) AS sensitive
    FROM code AS c LEFT JOIN meaning AS m USING (code) LEFT JOIN reference.concept AS t USING (concept)
    GROUP BY c.code, c.title
)
SELECT d.person, n.title, max(d.last_date) AS on_date, coalesce(n.concepts, []) AS concepts, n.sensitive,
    file_of(arg_max(d.source_row, d.last_date)) AS file_no, row_of(arg_max(d.source_row, d.last_date)) AS row_number
FROM coded.diagnosis_year AS d JOIN named AS n USING (code)
WHERE d.stands
GROUP BY d.person, n.title, n.code, n.concepts, n.sensitive
