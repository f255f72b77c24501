-- What is known of a patient: a row a fact and concept of it; $sensitive: sensitive services too. Of a condition's mentions
-- dashboard/patient_facts.py takes the last, since a window costs more than the rows
WITH event AS MATERIALIZED (
    SELECT e.*, n.told_as, n.is_visit, n.is_vaccine, n.hides, k.*
    FROM mart.event AS e JOIN mart.concept AS n USING (concept) CROSS JOIN mart.told_kind AS k
    WHERE person = $person
),
-- A fact is as sensitive as the most sensitive of its concepts. But a sensitive diagnosis stands on the claims of all visits: it hides what
-- mart.concept says, and the service, and not the high blood pressure beside it.
hidden AS (
    SELECT fact, bool_or(kinds & diagnosis_bits = 0) AS whole, flatten(list(hides)) AS concepts FROM event WHERE hides IS NOT NULL GROUP BY fact
),
told AS (
    SELECT *,
        CASE WHEN told_as = 'stay' THEN 'stay'
             WHEN told_as IS NULL OR NOT isfinite(start_date) THEN NULL
             -- Nothing that was not done; of the facets of a drug the one that says how long it lasts.
             WHEN kinds & untold_bits <> 0 THEN NULL
             -- What a visit was for, a well-care visit say, is no condition; the visit is told of itself.
             WHEN kinds & diagnosis_bits <> 0 THEN CASE WHEN NOT is_visit THEN 'condition' END
             WHEN kinds & medication_bits <> 0 THEN CASE WHEN kinds & drug_bits <> 0 THEN 'drug' END
             WHEN kinds & observation_bits <> 0 THEN CASE WHEN isfinite(value) OR isfinite(value_high) THEN 'result' ELSE 'service' END
             WHEN is_vaccine THEN 'immunization'
             WHEN kinds & claim_bits <> 0 THEN CASE WHEN is_visit THEN 'visit' ELSE 'service' END
             WHEN kinds & immunization_bits <> 0 THEN 'immunization'
             WHEN kinds & encounter_bits <> 0 THEN 'visit'
             ELSE 'service' END AS what
    FROM event
)
SELECT what, concept, start_date AS on_date, CASE WHEN what <> 'condition' AND isfinite(end_date) THEN end_date END AS end_date,
    -- '<5.7' is known by its upper bound only.
    CASE WHEN what = 'condition' THEN NULL WHEN isfinite(value) THEN value WHEN isfinite(value_high) THEN value_high END AS value,
    CASE WHEN what <> 'condition' THEN unit END AS unit, fact
FROM told LEFT JOIN hidden USING (fact)
WHERE what IS NOT NULL AND ($sensitive OR hidden.fact IS NULL OR (what = 'condition' AND NOT whole AND NOT list_contains(concepts, concept)))
-- Of two facts of one name the first lends its unit.
ORDER BY fact, concept, start_date, value, unit
