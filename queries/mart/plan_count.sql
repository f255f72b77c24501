-- plan_count: one row per rate, period, contract and set of panels: people whom the plan counts, and those of them whom it counts closed
-- counts: denominator, closed
SELECT g.rate_id, g.period, g.contract, p.panel_set, CAST(count(*) FILTER (g.status <> 'excluded') AS INTEGER) AS denominator,
    CAST(count(*) FILTER (g.status = 'closed') AS INTEGER) AS closed
FROM plan_gaps_of('coded.plan_gap', 'reference.rate', 'coded.contract') AS g
JOIN panels_of('coded.person', 'coded.attribution', $as_of) AS p USING (person)
GROUP BY ALL
