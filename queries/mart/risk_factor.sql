-- risk_factor: one row per Medicare person and factor: of V28 in this service year or the last, with what it adds in each; of RxHCC in this one
-- sorted by person
-- per person
WITH factor AS (
    SELECT person, model, release, service_year, unnest(factors, recursive := true) FROM result.risk_score WHERE model IN ('V28', 'RxHCC-V08')
),
moved AS (
    SELECT person, model, max(release) AS release, factor, any_value(coefficient) FILTER (service_year = year($as_of)) AS now,
        any_value(coefficient) FILTER (service_year < year($as_of)) AS before
    FROM factor GROUP BY person, model, factor
)
SELECT m.person, m.model, m.factor, coalesce(c.label, m.factor) AS label,
    c.category IS NOT NULL AS is_condition, m.now, m.before, CASE WHEN m.before IS NULL THEN 'added' WHEN m.now IS NULL THEN 'lost' ELSE 'kept' END AS standing,
    coalesce(c.sensitive, FALSE) AS sensitive, k.first_date, k.last_date, file_of(k.source_row) AS file_no, row_of(k.source_row) AS row_number
FROM moved AS m
LEFT JOIN reference.risk_factor_name AS c ON c.release = m.release AND c.factor = m.factor
LEFT JOIN (SELECT person, category, min(first_date) FILTER (year = year($as_of)) AS first_date, max(last_date) AS last_date, arg_max(source_row, last_date) AS source_row FROM result.condition_category WHERE counts GROUP BY ALL) AS k
    ON m.model = 'V28' AND k.person = m.person AND k.category = c.category
