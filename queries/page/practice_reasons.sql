-- Why gaps are open in each of the viewer's practices: over all rates with a public goal, patients by reason (one of two measures counts twice)
WITH place AS (
    SELECT DISTINCT s.panel_set, c.practice_id AS place
    FROM mart.panel_set AS s JOIN mart.clinician AS c USING (panel)
    WHERE panel IN (SELECT unnest($panels)) AND c.practice_id IS NOT NULL
),
goal AS (
    SELECT DISTINCT rate_id FROM mart.benchmark WHERE goal
)
SELECT p.place, coalesce(r.reason, 'nothing found') AS reason, CAST(sum(r.people) AS BIGINT) AS gaps
FROM mart.rate_count AS r JOIN goal USING (rate_id) JOIN place AS p USING (panel_set)
WHERE r.plan_key = coalesce(CAST($contract AS VARCHAR), 'all') AND r.period = $period AND r.aspect = 'all' AND r.status IN ('open', 'open_due_soon')
GROUP BY p.place, coalesce(r.reason, 'nothing found')
HAVING sum(r.people) > 0
ORDER BY p.place, gaps DESC, reason
