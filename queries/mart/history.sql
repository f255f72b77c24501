-- history: one row per person, day and thing done: what is known of a person that any measure looks at
-- sorted by person
WITH fact AS (
    -- A fact is in many concepts; the concept with the fewest words names it best. Facets of the same fact collapse into one row.
    SELECT e.person, e.fact, min(e.start_date) AS on_date, max(e.end_date) FILTER (isfinite(e.end_date)) AS end_date,
           any_value(e.value) FILTER (isfinite(e.value)) AS value, any_value(e.unit) AS unit, bit_or(e.kinds) AS kinds,
           arg_min(c.title, length(c.title)) AS title
    FROM coded.event AS e JOIN reference.concept AS c USING (concept)
    WHERE isfinite(e.start_date) AND (e.kinds & kind('stay')) = 0 AND c.origin <> 'built_in'
    GROUP BY e.person, e.fact
)
SELECT person,
       CASE WHEN kinds & kind('immunization') <> 0 THEN 'immunization'
            WHEN kinds & kind('medication') <> 0 THEN 'drug'
            WHEN kinds & kind('observation') <> 0 THEN 'result'
            WHEN kinds & kind('encounter') <> 0 THEN 'visit'
            WHEN kinds & kind('condition') <> 0 THEN 'condition'
            ELSE 'service' END AS what,
       on_date, end_date, title, value, unit, file_of(fact) AS file_no, row_of(fact) AS row_number
FROM fact
UNION ALL BY NAME
SELECT person, 'stay' AS what, admit_date AS on_date, CASE WHEN isfinite(discharge_date) THEN discharge_date END AS end_date,
       CASE WHEN acute THEN 'Acute inpatient stay' ELSE 'Nonacute inpatient stay' END AS title, file_of(fact) AS file_no, row_of(fact) AS row_number
FROM coded.stay
