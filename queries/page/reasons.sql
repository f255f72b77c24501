-- Why the gaps of one rate are open, and where else its people stand: people by status and reason
WITH reach AS (
    SELECT DISTINCT panel_set FROM mart.panel_set WHERE panel IN (SELECT unnest($panels))
)
SELECT r.status, r.reason, CAST(sum(people) AS BIGINT) AS people, CAST(sum(units) AS BIGINT) AS units
FROM mart.rate_count AS r JOIN reach USING (panel_set) JOIN mart.rate_name AS n USING (rate_id)
WHERE r.plan_key = coalesce(CAST($contract AS VARCHAR), 'all') AND period = $period AND r.aspect = 'all' AND n.slug = $rate
GROUP BY r.status, r.reason
HAVING sum(people) > 0 OR sum(units) > 0
ORDER BY people DESC
