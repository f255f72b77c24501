-- unit_count: one row per rate, period, plan key, set of panels and main panel: what this build counts, as mart.rate_count counts it: additive, each unit once
WITH people AS (
    FROM panels_of('coded.person', 'coded.attribution', $as_of)
),
no_miss AS (
    FROM result.nearest_miss WHERE false
),
-- Nor what people said: it changes no rate.
no_answer AS (
    SELECT *, answered AS holds FROM coded.answer WHERE false
),
unit AS (
    FROM measured_of('result.measure_result', 'reference.rate', 'coded.contract', 'no_miss', 'reference.clause', 'coded.uncounted_claim', 'no_answer', 'people', $as_of)
)
SELECT rate_key(measure_id, variant, rate) AS rate_key, period, plan_key, panel_set, panel,
    CAST(count(*) FILTER (status <> 'excluded') AS INTEGER) AS denominator,
    CAST(count(*) FILTER (status <> 'excluded' AND (status = 'closed') = (better = 'higher')) AS INTEGER) AS numerator,
    CAST(count(*) FILTER (status = 'closed') AS INTEGER) AS closed,
    CAST(count(*) FILTER (status = 'excluded') AS INTEGER) AS excluded
FROM unit
JOIN reference.rate USING (rate_id)
JOIN main_panel_of('coded.person', 'coded.attribution', $as_of) USING (person)
GROUP BY ALL
