-- rule: one row per rate of this build: a hash of what it asks for: its lines as the card says them, their days and bounds, the codes of their concepts
WITH code AS (
    SELECT concept, hash(any_value(c.name), bit_xor(hash(v.code_system, v.code)), count(v.code)) AS said
    FROM reference.concept AS c LEFT JOIN reference.value_set_code AS v USING (concept) GROUP BY concept
),
line AS (
    SELECT rate_id, clause, hash(role, said, from_date, to_date, value_bound) AS said FROM reference.clause
),
asked AS (
    SELECT rate_id, clause, code.said FROM (SELECT rate_id, clause, unnest(concepts) AS concept FROM reference.clause) JOIN code USING (concept)
)
SELECT rate_key(measure_id, variant, rate) AS rate_key, CAST(hash(better, basis, said) >> 1 AS BIGINT) AS rule
FROM reference.rate LEFT JOIN (
    SELECT rate_id, list(said ORDER BY clause, said) AS said FROM (FROM line UNION ALL FROM asked) GROUP BY rate_id
) USING (rate_id)
