-- history: one row per person, day, kind and thing done: what is known of a person that any measure looks at
-- sorted by person
WITH breadth AS (
    SELECT concept, count(*) AS codes FROM reference.value_set_code WHERE code_system NOT IN ('ActCode', 'POS', 'UBREV', 'UBTOB') GROUP BY concept
),
named AS (
    SELECT concept, name, thing_done(title) AS title, coalesce(codes, 1e9) AS codes
    FROM reference.concept LEFT JOIN breadth USING (concept) WHERE origin <> 'built_in'
),
fact AS (
    -- A fact is in many concepts; the one with the fewest codes says best what it was. Facets of a fact are one row, but a claim line
    -- that names both a service and a diagnosis tells two things.
    SELECT e.person, e.fact, (e.kinds & (kind('condition') | kind('visit_diagnosis'))) <> 0 AS is_condition,
           min(e.start_date) AS on_date, max(e.end_date) FILTER (isfinite(e.end_date)) AS end_date,
           any_value(e.value) FILTER (isfinite(e.value)) AS value, any_value(e.unit) AS unit, bit_or(e.kinds) AS kinds,
           arg_min(n.title, (n.codes, length(n.title), n.title)) AS title,
           bool_or(names_a_visit(n.name)) AS is_visit, bool_or(names_a_vaccine(n.name)) AS is_vaccine
    FROM coded.event AS e JOIN named AS n USING (concept)
    WHERE isfinite(e.start_date) AND (e.kinds & (kind('pending') | kind('not_done') | kind('not_done_issued') | kind('not_requested'))) = 0
    GROUP BY e.person, e.fact, is_condition
),
told AS (
    SELECT * EXCLUDE (kinds, is_visit, is_vaccine, is_condition),
           CASE WHEN kinds & kind('medication') <> 0 THEN 'drug'
                WHEN is_condition THEN 'condition'
                WHEN kinds & kind('observation') <> 0 THEN CASE WHEN value IS NULL THEN 'service' ELSE 'result' END
                WHEN is_vaccine THEN 'immunization'
                WHEN kinds & kind('claim') <> 0 THEN CASE WHEN is_visit THEN 'visit' ELSE 'service' END
                WHEN kinds & kind('immunization') <> 0 THEN 'immunization'
                WHEN kinds & kind('encounter') <> 0 THEN 'visit'
                ELSE 'service' END AS what
    FROM fact
)
-- The same thing arrives from the record and from a claim: once is enough.
SELECT person, what, on_date, max(end_date) AS end_date, title, value, any_value(unit) AS unit, file_of(min(fact)) AS file_no,
       row_of(min(fact)) AS row_number
FROM told GROUP BY person, what, on_date, title, value
UNION ALL BY NAME
SELECT person, 'stay' AS what, admit_date AS on_date, CASE WHEN isfinite(discharge_date) THEN discharge_date END AS end_date,
       CASE WHEN acute THEN 'Acute inpatient stay' ELSE 'Nonacute inpatient stay' END AS title, file_of(fact) AS file_no, row_of(fact) AS row_number
FROM coded.stay
