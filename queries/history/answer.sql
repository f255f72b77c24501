-- answer: one row per gap that was ever answered: the newest word on it that this version knows, and the evidence that came since (fresh). An answer
-- holds until there is some
-- long
WITH told AS (
    SELECT DISTINCT r.measure_id, f.person, f.period, f.unit, fact_word(f.date, f.value) AS word
    FROM (
        SELECT rate_id, person, period, unit, date, value FROM evidence.found WHERE tells_of_gap(role)
        UNION ALL
        SELECT rate_id, person, period, unit, date, value FROM result.nearest_miss
    ) AS f JOIN reference.rate AS r USING (rate_id)
    WHERE f.date IS NOT NULL AND f.person IN (SELECT person FROM coded.answer)
)
SELECT a.person, a.measure_id, a.period, a.unit, a.answer_id, any_value(a.kind) AS kind, any_value(a.answered) AS answered,
    coalesce(list(t.word ORDER BY t.word) FILTER (WHERE NOT list_contains(a.known, t.word)), []) AS fresh,
    any_value(a.answered) AND count(t.word) FILTER (WHERE NOT list_contains(a.known, t.word)) = 0 AS holds
FROM coded.answer AS a LEFT JOIN told AS t USING (measure_id, person, period, unit)
GROUP BY a.person, a.measure_id, a.period, a.unit, a.answer_id
