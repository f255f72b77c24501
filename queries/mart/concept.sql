-- concept: one row per concept that can name a thing done, how many codes it has (the narrowest of a fact's concepts names it best), and which
-- concepts share a code with it: one code may mean both
-- whole
WITH naming AS (
    SELECT concept, code_system, code FROM reference.value_set_code WHERE code_system NOT IN ('ActCode', 'POS', 'UBREV', 'UBTOB')
),
breadth AS (SELECT concept, count(*) AS codes FROM naming GROUP BY concept),
meant AS (SELECT DISTINCT concepts FROM (SELECT list(concept ORDER BY concept) AS concepts FROM naming GROUP BY code_system, code)),
shared AS (
    SELECT concept, list_sort(list_distinct(flatten(list(concepts)))) AS shares
    FROM (SELECT concepts, unnest(concepts) AS concept FROM meant) GROUP BY concept
)
SELECT concept, thing_done(title) AS title, CAST(coalesce(codes, 1e9) AS BIGINT) AS codes,
       name IN (SELECT name FROM reference.sensitive WHERE kind = 'concept') AS sensitive, coalesce(shares, [concept]) AS shares
FROM reference.concept LEFT JOIN breadth USING (concept) LEFT JOIN shared USING (concept)
