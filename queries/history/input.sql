-- input: one row per person and concept: a digest of the events and details by which cards judge the person. A refresh counts a card anew only where it differs
WITH said AS (
    SELECT person, concept, hash(e) AS digest FROM coded.event AS e
    UNION ALL
    SELECT person, concept, hash(a) AS digest FROM coded.attribute AS a
)
-- A sum, not an exclusive or: equal rows must not cancel each other.
SELECT person, concept, CAST(sum(digest >> 16) AS UBIGINT) AS digest
FROM said
GROUP BY person, concept
