-- concept: one row per concept that can name a thing done, and how many codes it has: the narrowest of a fact's concepts names it best
-- whole
WITH breadth AS (
    SELECT concept, count(*) AS codes FROM reference.value_set_code WHERE code_system NOT IN ('ActCode', 'POS', 'UBREV', 'UBTOB') GROUP BY concept
)
SELECT concept, thing_done(title) AS title, CAST(coalesce(codes, 1e9) AS BIGINT) AS codes,
       name IN (SELECT name FROM reference.sensitive WHERE kind = 'concept') AS sensitive
FROM reference.concept LEFT JOIN breadth USING (concept)
