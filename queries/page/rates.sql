-- Every rate of the viewer's people under the selected plan, else a product line ($line), else all plans: units counted, closed, open; people with something open, likely done or due soon
WITH reach AS (
    SELECT DISTINCT panel_set FROM mart.panel_set WHERE panel IN (SELECT unnest($panels))
)
SELECT n.rate_id, n.slug, n.measure_id, n.variant, n.title, n.better, n.basis, n.harm, n.domain, n.action, n.why, n.source, n.unconfirmed, n.sensitive,
    CAST(coalesce(sum(units) FILTER (status <> 'excluded'), 0) AS BIGINT) AS denominator,
    CAST(coalesce(sum(units) FILTER (status = 'closed'), 0) AS BIGINT) AS closed,
    CAST(coalesce(sum(people) FILTER (status IN ('open', 'open_due_soon')), 0) AS BIGINT) AS open_people,
    CAST(coalesce(sum(people) FILTER (status = 'open_due_soon'), 0) AS BIGINT) AS soon_people,
    CAST(coalesce(sum(people) FILTER (status = 'likely_done'), 0) AS BIGINT) AS likely_people,
    CAST(coalesce(sum(people) FILTER (status = 'answered'), 0) AS BIGINT) AS answered_people,
    CAST(coalesce(sum(people) FILTER (reason = 'rejected' AND status IN ('open', 'open_due_soon')), 0) AS BIGINT) AS rejected_people,
    CAST(coalesce(sum(people) FILTER (status = 'missed'), 0) AS BIGINT) AS missed_people,
    CAST(coalesce(sum(people) FILTER (status = 'prospective'), 0) AS BIGINT) AS later_people,
    CAST(coalesce(sum(people) FILTER (status = 'closed'), 0) AS BIGINT) AS closed_people,
    CAST(coalesce(sum(people) FILTER (status = 'excluded'), 0) AS BIGINT) AS excluded_people,
    CAST(sum(people) AS BIGINT) AS people
FROM mart.rate_count JOIN reach USING (panel_set) JOIN mart.rate_name AS n USING (rate_id)
WHERE plan_key = coalesce(CAST($contract AS VARCHAR), nullif($line, ''), 'all') AND period = $period AND aspect = 'all'
GROUP BY n.rate_id, n.slug, n.measure_id, n.variant, n.title, n.better, n.basis, n.harm, n.domain, n.action, n.why, n.source, n.unconfirmed, n.sensitive
ORDER BY n.harm, n.title, n.rate_id
