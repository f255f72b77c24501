-- plan_list: one row per plan, measure, rate and period that a plan sent: the newest day of its list, its people, and our rate (NULL: not computed here)
-- whole
SELECT g.payer, g.plan, g.product_line, g.measure, g.rate, g.period, o.contract, o.rate_id, max(g.gap_date) AS gap_date, count(DISTINCT g.person) AS people
FROM coded.plan_gap AS g
LEFT JOIN (SELECT DISTINCT rate_id, contract, source_row FROM plan_gaps_of('coded.plan_gap', 'reference.rate', 'coded.contract')) AS o USING (source_row)
GROUP BY ALL
