-- event: one row per coded event, with what a history says of it (`what`, NULL: nothing) and whether it is sensitive: the patient's page reads it, and a
-- refresh, as coded.event of the tables to which nothing came
-- sorted by person
-- in pieces
-- per person
-- by fact
-- beside the cards
WITH named AS (
    SELECT concept, names_a_visit(name) AS is_visit, names_a_vaccine(name) AS is_vaccine,
        -- Of stays the merged ones; of other events those that a card or cohort names.
        CASE WHEN name IN ('acute_stay', 'nonacute_stay') THEN 'stay' WHEN origin <> 'built_in' THEN 'event' END AS told_as
    FROM reference.concept
),
-- A fact is as sensitive as the most sensitive of its concepts. But a sensitive diagnosis stands on the claims of all visits, as the others of the patient do: it
-- hides itself, all by which its code could be read, and the service, and not the high blood pressure beside it.
hidden_concept AS (SELECT concept FROM reference.concept WHERE name IN (SELECT name FROM reference.sensitive WHERE kind = 'concept')),
diagnosis AS (SELECT concept, code, code LIKE '%*' AS is_prefix FROM reference.value_set_code WHERE code_system IN ('ICD10CM', 'ICD9CM', 'SNOMED')),
sensitive_code AS MATERIALIZED (SELECT * FROM diagnosis SEMI JOIN hidden_concept USING (concept)),
alike AS (
    SELECT s.concept AS hidden, d.concept FROM sensitive_code AS s JOIN diagnosis AS d USING (code)
    UNION SELECT s.concept, d.concept FROM sensitive_code AS s JOIN diagnosis AS d ON s.is_prefix AND starts_with(d.code, rtrim(s.code, '*'))
    UNION SELECT s.concept, d.concept FROM sensitive_code AS s JOIN diagnosis AS d ON d.is_prefix AND starts_with(s.code, rtrim(d.code, '*'))
),
hides AS (
    SELECT hidden AS concept, list(concept) AS concepts FROM (FROM alike UNION SELECT concept, concept FROM hidden_concept) GROUP BY hidden
),
-- By person, too, though a fact has one: so the events of some people are read for the facts of these alone.
hidden_fact AS (
    SELECT person, fact, bool_or(kinds & (kind('condition') | kind('visit_diagnosis')) = 0) AS whole, flatten(list(concepts)) AS concepts
    FROM coded.event JOIN hides USING (concept) GROUP BY person, fact
),
told AS (
    SELECT e.*,
        CASE WHEN n.told_as = 'stay' THEN 'stay'
             WHEN n.told_as IS NULL OR NOT isfinite(start_date) THEN NULL
             -- Nothing that was not done; of the facets of a drug the one that says how long it lasts.
             WHEN kinds & (kind('pending') | kind('not_done') | kind('not_done_issued') | kind('not_requested') | kind('medication_bounds') | kind('fill')) <> 0 THEN NULL
             -- What a visit was for, a well-care visit say, is no condition; the visit is told of itself.
             WHEN kinds & (kind('condition') | kind('visit_diagnosis')) <> 0 THEN CASE WHEN NOT is_visit THEN 'condition' END
             WHEN kinds & kind('medication') <> 0 THEN CASE WHEN kinds & (kind('dispensed') | kind('medication_course') | kind('ordered')) <> 0 THEN 'drug' END
             WHEN kinds & kind('observation') <> 0 THEN CASE WHEN isfinite(value) OR isfinite(value_high) THEN 'result' ELSE 'service' END
             WHEN is_vaccine THEN 'immunization'
             WHEN kinds & kind('claim') <> 0 THEN CASE WHEN is_visit THEN 'visit' ELSE 'service' END
             WHEN kinds & kind('immunization') <> 0 THEN 'immunization'
             WHEN kinds & kind('encounter') <> 0 THEN 'visit'
             ELSE 'service' END AS what
    FROM coded.event AS e JOIN named AS n USING (concept)
)
SELECT t.*, h.fact IS NOT NULL AND (what IS DISTINCT FROM 'condition' OR h.whole OR list_contains(h.concepts, concept)) AS sensitive
FROM told AS t LEFT JOIN hidden_fact AS h USING (person, fact)
