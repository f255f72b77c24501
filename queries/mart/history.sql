-- history: one row per person, fact and concept of it: what is known of a person that any measure looks at. A condition is one row per concept
-- sorted by person
-- per person
-- long
WITH named AS (
    SELECT concept, names_a_visit(name) AS is_visit, names_a_vaccine(name) AS is_vaccine FROM reference.concept WHERE origin <> 'built_in'
),
event AS (
    -- '<5.7' is known by its upper bound only.
    SELECT * REPLACE (CASE WHEN isfinite(value) THEN value WHEN isfinite(value_high) THEN value_high END AS value), (kinds & (kind('condition') | kind('visit_diagnosis'))) <> 0 AS is_condition
    FROM coded.event
    -- Of the facets of a drug the one that says how long it lasts; nothing that was not done.
    WHERE isfinite(start_date)
      AND (kinds & (kind('pending') | kind('not_done') | kind('not_done_issued') | kind('not_requested') | kind('medication_bounds') | kind('fill'))) = 0
      AND ((kinds & kind('medication')) = 0 OR (kinds & (kind('dispensed') | kind('medication_course') | kind('ordered'))) <> 0)
),
-- A fact is as sensitive as the most sensitive of its concepts.
hidden AS (
    SELECT fact FROM coded.event JOIN reference.concept USING (concept)
    WHERE name IN (SELECT name FROM reference.sensitive WHERE kind = 'concept')
),
known AS (
    SELECT person,
           CASE WHEN kinds & kind('medication') <> 0 THEN 'drug'
                WHEN kinds & kind('observation') <> 0 THEN CASE WHEN value IS NULL THEN 'service' ELSE 'result' END
                WHEN is_vaccine THEN 'immunization'
                WHEN kinds & kind('claim') <> 0 THEN CASE WHEN is_visit THEN 'visit' ELSE 'service' END
                WHEN kinds & kind('immunization') <> 0 THEN 'immunization'
                WHEN kinds & kind('encounter') <> 0 THEN 'visit'
                ELSE 'service' END AS what,
           concept, start_date AS on_date, CASE WHEN isfinite(end_date) THEN end_date END AS end_date, value,
           unit, fact, row_of(fact) AS row_number
    FROM event JOIN named USING (concept)
    WHERE NOT is_condition
    UNION ALL BY NAME
    SELECT person, 'condition' AS what, concept, max(start_date) AS on_date, arg_max(fact, (start_date, fact)) AS fact, row_of(arg_max(fact, (start_date, fact))) AS row_number
    FROM event JOIN named USING (concept)
    WHERE is_condition
    GROUP BY concept, person
    UNION ALL BY NAME
    SELECT person, 'stay' AS what, (SELECT concept FROM reference.concept WHERE name = CASE WHEN acute THEN 'acute_stay' ELSE 'nonacute_stay' END) AS concept,
           admit_date AS on_date, CASE WHEN isfinite(discharge_date) THEN discharge_date END AS end_date, fact, row_of(fact) AS row_number
    FROM coded.stay
)
SELECT *, fact IN (SELECT fact FROM hidden) AS sensitive FROM known
