-- What is known of a patient, newest first: each fact once, named by the narrowest of its concepts; what arrives from the record and from a claim
-- is one. $sensitive: sensitive services too
WITH known AS (
    SELECT h.*, c.sensitive, c.title, c.codes, list_position(['drug', 'result', 'immunization', 'visit', 'service'], what) AS rank
    FROM mart.history AS h JOIN mart.concept AS c USING (concept)
    WHERE h.person = $person AND h.person IN (SELECT person FROM mart.panel WHERE panel IN (SELECT unnest($panels)) AND person = $person)
),
-- A fact is as sensitive as the most sensitive of its concepts.
shown AS (
    FROM known WHERE $sensitive OR NOT fact IN (SELECT fact FROM known WHERE sensitive)
),
fact AS (
    SELECT fact, arg_min(what, rank) AS what, arg_min(title, (codes, length(title), title)) AS title, min(on_date) AS on_date, max(end_date) AS end_date,
           any_value(value) AS value, any_value(unit) AS unit,
           any_value(row_number) AS row_number
    FROM shown WHERE what NOT IN ('condition', 'stay') GROUP BY fact
    UNION ALL BY NAME
    SELECT fact, what, arg_min(title, (codes, length(title), title)) AS title, max(on_date) AS on_date, max(end_date) AS end_date,
           any_value(row_number) AS row_number
    FROM shown WHERE what IN ('condition', 'stay') GROUP BY fact, what
),
told AS (
    SELECT what, on_date, title, value, any_value(unit) AS unit, max(end_date) AS end_date, min(fact) AS fact, arg_min(row_number, fact) AS row_number
    FROM fact GROUP BY what, on_date, title, value
)
SELECT t.what, t.on_date, t.end_date, t.title, t.value, t.unit, f.data_source, f.file_name, t.row_number
FROM told AS t LEFT JOIN mart.file AS f ON f.file_no = t.fact >> 36
ORDER BY t.on_date DESC, t.what, t.title
