-- How long each plan's claims take: days within which half and nine of ten were received, learnt from three months of service that had time to come in, and
-- tested on the three months after these: the share that the rule of nine of ten would have foretold
WITH now AS (SELECT CAST(date_trunc('month', as_of) AS DATE) AS month FROM mart.version),
learnt AS (
    SELECT payer, plan, lag_days, sum(lines) AS lines
    FROM mart.claim_lag CROSS JOIN now WHERE service_month >= month - INTERVAL 12 MONTH AND service_month < month - INTERVAL 9 MONTH GROUP BY payer, plan, lag_days
),
running AS (
    SELECT *, sum(lines) OVER (PARTITION BY payer, plan ORDER BY lag_days) AS upto, sum(lines) OVER (PARTITION BY payer, plan) AS total FROM learnt
),
rule AS (
    SELECT payer, plan, total, min(lag_days) FILTER (upto >= 0.5 * total) AS half_days, min(lag_days) FILTER (upto >= 0.9 * total) AS most_days
    FROM running GROUP BY payer, plan, total
),
tested AS (
    SELECT l.payer, l.plan, sum(l.lines) AS tested_lines, sum(l.lines) FILTER (l.lag_days <= r.most_days) AS foretold_lines
    FROM mart.claim_lag AS l JOIN rule AS r ON r.payer IS NOT DISTINCT FROM l.payer AND r.plan IS NOT DISTINCT FROM l.plan CROSS JOIN now
    WHERE l.service_month >= month - INTERVAL 9 MONTH AND l.service_month < month - INTERVAL 6 MONTH GROUP BY l.payer, l.plan
)
SELECT r.payer, r.plan, CAST(r.total AS BIGINT) AS learnt_lines, r.half_days, r.most_days, CAST(coalesce(t.tested_lines, 0) AS BIGINT) AS tested_lines,
    CAST(coalesce(t.foretold_lines, 0) AS BIGINT) AS foretold_lines
FROM rule AS r LEFT JOIN tested AS t ON t.payer IS NOT DISTINCT FROM r.payer AND t.plan IS NOT DISTINCT FROM r.plan
ORDER BY r.plan, r.payer
