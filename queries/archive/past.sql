-- past: the counts of the last version of each month before that of as_of
CREATE OR REPLACE TABLE history.past AS
WITH month AS (
    SELECT max(point) AS point FROM archive.version WHERE NOT forgotten AND date_trunc('month', as_of) < date_trunc('month', CAST($as_of AS DATE))
    GROUP BY date_trunc('month', as_of)
),
-- The version's own counts and, of a refresh, those that it adds to.
counted AS (
    SELECT m.point, rate_key, period, plan_key, panel_set, panel, CAST(sum(denominator) AS INTEGER) AS denominator, CAST(sum(numerator) AS INTEGER) AS numerator,
        CAST(sum(closed) AS INTEGER) AS closed, CAST(sum(excluded) AS INTEGER) AS excluded
    FROM month AS m JOIN archive.version AS v USING (point)
    JOIN archive.version AS w ON w.point = v.point OR w.point = v.since OR (w.since = v.since AND w.point < v.point AND NOT w.forgotten)
    JOIN archive.unit_count AS c ON c.point = w.point
    GROUP BY ALL HAVING sum(denominator) <> 0 OR sum(excluded) <> 0
)
SELECT v.as_of, v.published, c.rate_key, c.period, c.plan_key, o.contract, o.product_line, o.plan, c.panel_set, c.panel, p.clinician_npi, p.practice_id, p.group_id,
    c.denominator, c.numerator, c.closed, c.excluded
FROM month
JOIN archive.version AS v USING (point)
JOIN counted AS c USING (point)
JOIN archive.panel AS p USING (panel)
LEFT JOIN archive.contract AS o ON CAST(o.contract AS VARCHAR) = c.plan_key;
CREATE OR REPLACE TABLE history.past_panel_set AS FROM archive.panel_set WHERE panel_set IN (SELECT panel_set FROM history.past);
