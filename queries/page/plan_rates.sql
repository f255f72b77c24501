-- What plans say of the viewer's people beside what we say: one row per rate and plan that sent a list of the year: people it counts and counts closed, ours, and
-- the day of its list
WITH reach AS (
    SELECT DISTINCT panel_set FROM mart.panel_set WHERE panel IN (SELECT unnest($panels))
),
said AS (
    SELECT rate_id, contract, CAST(sum(denominator) AS BIGINT) AS plan_denominator, CAST(sum(closed) AS BIGINT) AS plan_closed
    FROM mart.plan_count JOIN reach USING (panel_set)
    WHERE period = $period AND ($contract IS NULL OR contract = $contract) GROUP BY rate_id, contract
),
ours AS (
    SELECT rate_id, CAST(plan_key AS INTEGER) AS contract, CAST(coalesce(sum(units) FILTER (status <> 'excluded'), 0) AS BIGINT) AS denominator,
        CAST(coalesce(sum(units) FILTER (status = 'closed'), 0) AS BIGINT) AS closed
    FROM mart.rate_count JOIN reach USING (panel_set)
    WHERE aspect = 'all' AND period = $period AND plan_key IN (SELECT CAST(contract AS VARCHAR) FROM said) GROUP BY rate_id, plan_key
)
SELECT n.slug, n.measure_id, n.title, n.variant, n.better, n.sensitive, c.contract, c.plan, c.product_line, s.plan_denominator, s.plan_closed,
    coalesce(o.denominator, 0) AS denominator, coalesce(o.closed, 0) AS closed, l.gap_date
FROM said AS s
JOIN mart.rate_name AS n USING (rate_id)
JOIN mart.contract AS c USING (contract)
LEFT JOIN ours AS o USING (rate_id, contract)
LEFT JOIN mart.plan_list AS l ON l.rate_id = s.rate_id AND l.contract = s.contract AND l.period = $period
WHERE s.plan_denominator > 0
ORDER BY n.title, c.plan
