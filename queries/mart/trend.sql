-- trend: one row per month (as_of), rate, period, plan key, set of panels and main panel: additive counts as they were known then. The newest is this version
-- sorted by rate_id, plan_key, as_of
-- counts: denominator, numerator, closed, excluded
WITH now AS (
    SELECT CAST($as_of AS DATE) AS as_of, CAST(NULL AS VARCHAR) AS published, true AS is_current, c.* EXCLUDE (panel), o.contract, o.product_line, o.plan, p.panel,
        p.clinician_npi, p.practice_id, p.group_id
    FROM history.unit_count AS c
    JOIN history.panel AS p USING (panel)
    LEFT JOIN history.contract AS o ON CAST(o.contract AS VARCHAR) = c.plan_key
),
point AS (
    FROM now
    UNION ALL BY NAME
    SELECT *, false AS is_current FROM history.past
)
SELECT as_of, is_current, NOT is_current AND published IS NULL AS backfilled, r.rate_id, r.measure_id, period, plan_key,
    contract, CASE WHEN contract IS NOT NULL THEN product_line WHEN plan_key <> 'all' THEN plan_key END AS product_line, plan,
    panel_set, panel, group_id, practice_id, clinician_npi, denominator, numerator, closed, excluded
FROM point
JOIN reference.rate AS r ON rate_key(r.measure_id, r.variant, r.rate) = point.rate_key
