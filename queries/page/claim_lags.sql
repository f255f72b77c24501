-- How long claims of the viewer's people take, by plan: days within which half and nine of ten lines were received, learnt from three months of service that
-- had time to come in, and tested on the three months after these: the lines that the rule of nine of ten would have foretold
WITH claim AS (
    FROM mart.claim_lag WHERE person IN (SELECT person FROM mart.panel WHERE panel IN (SELECT unnest($panels)))
),
learnt AS (
    SELECT payer, plan, lag_days, sum(lines) AS lines FROM claim WHERE learnt GROUP BY payer, plan, lag_days
),
running AS (
    SELECT *, sum(lines) OVER (PARTITION BY payer, plan ORDER BY lag_days) AS upto, sum(lines) OVER (PARTITION BY payer, plan) AS total FROM learnt
),
rule AS (
    SELECT payer, plan, total, min(lag_days) FILTER (upto >= 0.5 * total) AS half_days, min(lag_days) FILTER (upto >= 0.9 * total) AS most_days
    FROM running GROUP BY payer, plan, total
),
tested AS (
    SELECT c.payer, c.plan, sum(c.lines) AS tested_lines, sum(c.lines) FILTER (c.lag_days <= r.most_days) AS foretold_lines
    FROM claim AS c JOIN rule AS r ON r.payer IS NOT DISTINCT FROM c.payer AND r.plan IS NOT DISTINCT FROM c.plan
    WHERE NOT c.learnt GROUP BY c.payer, c.plan
)
SELECT r.payer, r.plan, CAST(r.total AS BIGINT) AS learnt_lines, r.half_days, r.most_days, CAST(coalesce(t.tested_lines, 0) AS BIGINT) AS tested_lines,
    CAST(coalesce(t.foretold_lines, 0) AS BIGINT) AS foretold_lines
FROM rule AS r LEFT JOIN tested AS t ON t.payer IS NOT DISTINCT FROM r.payer AND t.plan IS NOT DISTINCT FROM r.plan
WHERE r.total >= $least
ORDER BY r.plan, r.payer
