-- plan_gap: one row per rate, period, contract and person: where the plan says that its member stands, beside mart.measured, where we say so; met: which lines
-- hold of one whom we do not count (NULL: counted, or never enrolled with the plan)
-- sorted by rate_id, contract, person
-- per person
SELECT g.rate_id, g.period, g.contract, g.person, p.panel_set, g.status, g.service_date, g.gap_date, o.met, file_of(g.source_row) AS file_no, row_of(g.source_row) AS row_number
FROM plan_gaps_of('coded.plan_gap', 'reference.rate', 'coded.contract') AS g
JOIN panels_of('coded.person', 'coded.attribution', $as_of) AS p USING (person)
LEFT JOIN evidence.outside AS o USING (rate_id, period, contract, person)
