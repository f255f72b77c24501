-- One rate (all of them when $rate is '') by race, ethnicity and language: units counted and closed, and how many people said it themselves
WITH reach AS (
    SELECT DISTINCT panel_set FROM mart.panel_set WHERE panel IN (SELECT unnest($panels))
)
SELECT n.slug, n.better, r.aspect, r.value,
    CAST(coalesce(sum(units) FILTER (status <> 'excluded'), 0) AS BIGINT) AS denominator,
    CAST(coalesce(sum(units) FILTER (status = 'closed'), 0) AS BIGINT) AS closed,
    CAST(coalesce(sum(people) FILTER (r.source = 'direct'), 0) AS BIGINT) AS told_directly, CAST(sum(people) AS BIGINT) AS people
FROM mart.rate_count AS r JOIN reach USING (panel_set) JOIN mart.rate_name AS n USING (rate_id)
WHERE r.plan_key = coalesce(CAST($contract AS VARCHAR), 'all') AND period = $period AND r.aspect <> 'all' AND ($rate = '' OR n.slug = $rate)
GROUP BY n.slug, n.better, r.aspect, r.value
HAVING denominator > 0
ORDER BY n.slug, r.aspect, denominator DESC
