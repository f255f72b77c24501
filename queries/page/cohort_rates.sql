-- How the viewer's people among $people stand, rate by rate: people who count, whose gap is closed, open, likely done. Without sensitive services
WITH reach AS (
    SELECT DISTINCT panel_set FROM mart.panel_set WHERE panel IN (SELECT unnest($panels))
)
SELECT n.slug, n.title, n.measure_id, n.variant, count(*) AS people, count(*) FILTER (m.status = 'closed') AS closed_people,
    count(*) FILTER (m.status IN ('open', 'open_due_soon')) AS open_people, count(*) FILTER (m.status = 'likely_done') AS likely_people
FROM mart.measured AS m JOIN reach USING (panel_set) JOIN mart.rate_name AS n USING (rate_id)
WHERE NOT n.sensitive AND m.plan_key = coalesce(CAST($contract AS VARCHAR), 'all') AND m.period = $period AND m.status <> 'excluded'
  AND m.person IN (SELECT unnest(CAST($people AS INTEGER[])))
GROUP BY n.rate_id, n.slug, n.title, n.measure_id, n.variant, n.harm
ORDER BY open_people DESC, n.harm, n.title, n.rate_id
