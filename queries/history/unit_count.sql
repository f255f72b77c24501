-- unit_count: one row per rate, period, plan key, set of panels and main panel: what this build counts, as mart.rate_count counts it: additive, each unit
-- once. Why something is open and what people said of it changes no rate
SELECT rate_key(measure_id, variant, rate) AS rate_key, period, plan_key, panel_set, panel,
    CAST(count(*) FILTER (status <> 'excluded') AS INTEGER) AS denominator,
    CAST(count(*) FILTER (status <> 'excluded' AND (status = 'closed') = (better = 'higher')) AS INTEGER) AS numerator,
    CAST(count(*) FILTER (status = 'closed') AS INTEGER) AS closed,
    CAST(count(*) FILTER (status = 'excluded') AS INTEGER) AS excluded
FROM history.unit
JOIN reference.rate USING (rate_id)
JOIN main_panel_of('coded.person', 'coded.attribution', $as_of) USING (person)
GROUP BY ALL
