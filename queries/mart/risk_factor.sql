-- risk_factor: one row per Medicare person and V28 factor of this service year or the last, with what it adds in each
-- sorted by person
-- per person
WITH factor AS (
    SELECT person, release, service_year, unnest(factors, recursive := true) FROM result.risk_score WHERE model = 'V28'
),
moved AS (
    SELECT person, max(release) AS release, factor, any_value(coefficient) FILTER (service_year = year($as_of)) AS now,
        any_value(coefficient) FILTER (service_year < year($as_of)) AS before
    FROM factor GROUP BY person, factor
)
SELECT m.person, m.factor, coalesce(c.label, CASE WHEN regexp_matches(m.factor, '^D\d') THEN 'number of conditions'
        WHEN regexp_matches(m.factor, '^[FM]\d') THEN 'age and sex' WHEN regexp_matches(m.factor, '_NE[FM]\d') THEN 'age and sex of a new enrollee'
        WHEN m.factor LIKE 'OriginallyDisabled%' THEN 'originally entitled by disability' WHEN m.factor = 'LTIMCAID' THEN 'Medicaid in an institution'
        ELSE 'conditions together: ' || m.factor END) AS label,
    c.category IS NOT NULL AS is_condition, m.now, m.before, CASE WHEN m.before IS NULL THEN 'added' WHEN m.now IS NULL THEN 'lost' ELSE 'kept' END AS standing,
    coalesce(c.category IN (SELECT category FROM reference.risk_sensitive), FALSE) OR m.factor LIKE '%Psych%' AS sensitive, k.first_date, k.last_date, file_of(k.source_row) AS file_no, row_of(k.source_row) AS row_number
FROM moved AS m
LEFT JOIN reference.risk_category AS c ON c.release = m.release AND 'HCC' || c.category = m.factor
LEFT JOIN (SELECT person, category, min(first_date) FILTER (year = year($as_of)) AS first_date, max(last_date) AS last_date, arg_max(source_row, last_date) AS source_row FROM result.condition_category WHERE counts GROUP BY ALL) AS k
    ON k.person = m.person AND k.category = c.category
