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
-- past_rule: what the rates asked for in those versions; of one that does not tell its rules (an archive of an older program) nothing
CREATE OR REPLACE TABLE history.past_rule AS
SELECT v.as_of, r.rate_key, r.rule
FROM (SELECT DISTINCT as_of, published FROM history.past) AS p
JOIN archive.version AS v ON v.as_of = p.as_of AND v.published IS NOT DISTINCT FROM p.published AND NOT v.forgotten
JOIN archive.rule AS r ON r.point = coalesce(v.since, v.point);
CREATE OR REPLACE TABLE history.past_panel_set AS FROM archive.panel_set WHERE panel_set IN (SELECT panel_set FROM history.past);

-- past_risk: what the last versions of the months of two years said of people's risk: one row per person and stretch of such versions that said the same.
-- year_ago_date: the day of the month a year before on which it was said, if it was. $people: only these, NULL for everybody
CREATE OR REPLACE TABLE history.past_risk AS
WITH month AS (
    SELECT max(point) AS point, arg_max(as_of, point) AS as_of, date_trunc('month', max(as_of)) = date_trunc('month', CAST($as_of AS DATE)) - INTERVAL 1 YEAR AS year_ago
    FROM archive.version
    WHERE NOT forgotten AND date_trunc('month', as_of) < date_trunc('month', CAST($as_of AS DATE)) AND as_of >= date_trunc('month', CAST($as_of AS DATE)) - INTERVAL 2 YEAR
    GROUP BY date_trunc('month', as_of)
)
SELECT r.person, min(m.as_of) AS from_date, max(m.as_of) AS to_date, max(m.as_of) FILTER (m.year_ago) AS year_ago_date, any_value(r.tier) AS tier, any_value(r.charlson) AS charlson,
    any_value(r.release) AS release, any_value(r.raw_score) AS raw_score, any_value(r.factors) AS factors, any_value(r.rx_score) AS rx_score
FROM archive.risk AS r JOIN month AS m ON m.point BETWEEN r.from_point AND r.to_point - 1
WHERE $people IS NULL OR r.person IN (SELECT unnest(CAST($people AS INTEGER[])))
GROUP BY r.person, r.from_point;
