-- concept: one row per concept that can name a thing done, how many codes it has (the narrowest of a fact's concepts names it best), which
-- concepts share a code with it: one code may mean both; how a history tells of its events (NULL: not at all), and the concepts that a sensitive
-- one hides (NULL: it is none)
-- whole
WITH naming AS (
    SELECT concept, code_system, code FROM reference.value_set_code WHERE code_system NOT IN ('ActCode', 'POS', 'UBREV', 'UBTOB')
),
breadth AS (SELECT concept, count(*) AS codes FROM naming GROUP BY concept),
meant AS (SELECT DISTINCT concepts FROM (SELECT list(concept ORDER BY concept) AS concepts FROM naming GROUP BY code_system, code)),
shared AS (
    SELECT concept, list_sort(list_distinct(flatten(list(concepts)))) AS shares
    FROM (SELECT concepts, unnest(concepts) AS concept FROM meant) GROUP BY concept
),
-- A sensitive diagnosis stands on the claims of all visits, as the others of the patient do: it hides itself and all by which its code could be read.
hidden_concept AS (SELECT concept FROM reference.concept WHERE name IN (SELECT name FROM reference.sensitive WHERE kind = 'concept')),
diagnosis AS (SELECT concept, code, code LIKE '%*' AS is_prefix FROM reference.value_set_code WHERE code_system IN ('ICD10CM', 'ICD9CM', 'SNOMED')),
sensitive_code AS MATERIALIZED (SELECT * FROM diagnosis SEMI JOIN hidden_concept USING (concept)),
alike AS (
    SELECT s.concept AS hidden, d.concept FROM sensitive_code AS s JOIN diagnosis AS d USING (code)
    UNION SELECT s.concept, d.concept FROM sensitive_code AS s JOIN diagnosis AS d ON s.is_prefix AND starts_with(d.code, rtrim(s.code, '*'))
    UNION SELECT s.concept, d.concept FROM sensitive_code AS s JOIN diagnosis AS d ON d.is_prefix AND starts_with(s.code, rtrim(d.code, '*'))
),
hiding AS (
    SELECT hidden AS concept, list(concept ORDER BY concept) AS hides FROM (FROM alike UNION SELECT concept, concept FROM hidden_concept) GROUP BY hidden
)
SELECT concept, thing_done(title) AS title, CAST(coalesce(codes, 1e9) AS BIGINT) AS codes, coalesce(shares, [concept]) AS shares,
    -- Of stays the merged ones; of other events those that a card or cohort names.
    CASE WHEN name IN ('acute_stay', 'nonacute_stay') THEN 'stay' WHEN origin <> 'built_in' THEN 'event' END AS told_as,
    names_a_visit(name) AS is_visit, names_a_vaccine(name) AS is_vaccine, hides
FROM reference.concept LEFT JOIN breadth USING (concept) LEFT JOIN shared USING (concept) LEFT JOIN hiding USING (concept)
