-- measure_change: one row per measure and thing about it that is new in the measurement year: joined or left a programme, or asks for something else than in
-- the version of mart.change_since (`rule`; `counted`: it was not counted then)
-- whole
WITH listed AS (
    SELECT programme, measurement_year, measure_id, role, source FROM reference.programme
),
-- A year of which a source lists only news says nothing of what left.
full_list AS (
    SELECT DISTINCT programme, measurement_year FROM listed WHERE role = 'scored'
),
joined AS (
    SELECT measure_id, programme, source FROM listed AS n
    WHERE measurement_year = year($as_of) AND (role IN ('new', 'first year')
        OR EXISTS (FROM full_list AS b WHERE b.programme = n.programme AND b.measurement_year = year($as_of) - 1)
            AND NOT EXISTS (FROM listed AS b WHERE b.programme = n.programme AND b.measure_id = n.measure_id AND b.measurement_year = year($as_of) - 1))
),
gone AS (
    SELECT b.measure_id, b.programme, b.source FROM listed AS b SEMI JOIN full_list USING (programme, measurement_year)
    WHERE b.measurement_year = year($as_of) - 1 AND EXISTS (FROM full_list AS n WHERE n.programme = b.programme AND n.measurement_year = year($as_of))
        AND NOT EXISTS (FROM listed AS n WHERE n.programme = b.programme AND n.measure_id = b.measure_id AND n.measurement_year = year($as_of))
),
rule AS (
    SELECT r.measure_id, CASE WHEN bool_and(b.rule IS NULL) THEN 'counted' ELSE 'rule' END AS kind
    FROM reference.rate AS r
    JOIN history.rule AS a ON a.rate_key = rate_key(r.measure_id, r.variant, r.rate)
    LEFT JOIN history.then_rule AS b ON b.rate_key = a.rate_key
    WHERE a.rule IS DISTINCT FROM b.rule
    GROUP BY r.measure_id
),
change AS (
    SELECT measure_id, 'joined' AS kind, programme, source, NULL::DATE AS since FROM joined
    UNION ALL
    SELECT measure_id, 'left', programme, source, NULL FROM gone
    UNION ALL
    SELECT measure_id, kind, NULL, NULL, as_of FROM rule CROSS JOIN history.then_version
)
SELECT c.*, t.title, c.measure_id IN (SELECT name FROM reference.sensitive WHERE kind = 'measure') AS sensitive
FROM change AS c JOIN (SELECT measure_id, min(title) AS title FROM reference.rate GROUP BY measure_id) AS t USING (measure_id)
