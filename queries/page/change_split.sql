-- The change of each rate since the day of mart.change_since, split so that the parts add up to the whole: one rate, or all when $rate is '', under a plan key.
--
-- Then: d0 units counted, c0 of them closed; now: d1 and c1. `staying` units count at both moments, left ones only then, joined ones only now, in
-- the viewer's selection: who moved between two practices left the one and joined the other. With p0 and p1 the closed shares of the staying, then and now:
--   care, late, rules of the staying   (closed since - open again) / staying, of the units of that cause: what the same patients' rate moved by
--   churn                              (closed of the joined - joined * p1) / d1 - (closed of the left - left * p0) / d0: what coming and going moved
--   rules                              that formula too, of those whom only the rule let in or out
-- care + late + rules + churn = c1/d1 - c0/d0, since p1 - p0 is the first line over all causes and c1/d1 - p1 and p0 - c0/d0 are the second. Where nobody
-- stays, all is churn. Where fewer is better the signs turn, as the rate does. Causes: head of queries/mart/rate_change.sql.
WITH reach AS (
    SELECT DISTINCT panel_set FROM mart.trend_panel_set WHERE panel IN (SELECT unnest($panels))
),
total AS (
    SELECT t.rate_id, any_value(s.as_of) AS as_of, sum(denominator) FILTER (NOT is_current) AS d0, sum(closed) FILTER (NOT is_current) AS c0,
        sum(denominator) FILTER (is_current) AS d1, sum(closed) FILTER (is_current) AS c1
    FROM mart.trend AS t JOIN reach USING (panel_set) JOIN mart.change_since AS s ON t.is_current OR t.as_of = s.as_of
    WHERE t.plan_key = $plan_key AND t.period = $period
    GROUP BY t.rate_id HAVING d0 > 0 AND d1 > 0
),
moved AS (
    SELECT c.rate_id, t.panel_set IS NOT NULL AND closed_then IS NOT NULL AS before, n.panel_set IS NOT NULL AND closed_now IS NOT NULL AS after,
        closed_then, closed_now, CASE WHEN before AND after OR c.cause = 'rules' AND (closed_then IS NULL OR closed_now IS NULL) THEN c.cause ELSE 'churn' END AS cause
    FROM mart.rate_change AS c LEFT JOIN reach AS t ON t.panel_set = c.panel_set_then LEFT JOIN reach AS n ON n.panel_set = c.panel_set_now
    WHERE c.plan_key = $plan_key AND c.period = $period
),
part AS (
    SELECT rate_id, cause, count(*) FILTER (before AND after AND closed_now AND NOT closed_then) AS gained,
        count(*) FILTER (before AND after AND closed_then AND NOT closed_now) AS lost,
        count(*) FILTER (after AND NOT before) AS joined, count(*) FILTER (after AND NOT before AND closed_now) AS joined_closed,
        count(*) FILTER (before AND NOT after) AS gone, count(*) FILTER (before AND NOT after AND closed_then) AS gone_closed
    FROM moved GROUP BY rate_id, cause
),
staying AS (
    SELECT t.*, n.slug, n.better, CASE WHEN n.better = 'lower' THEN -1 ELSE 1 END AS sign, d1 - coalesce(joined, 0) AS units,
        (c1 - coalesce(joined_closed, 0)) / nullif(d1 - coalesce(joined, 0), 0) AS p1, (c0 - coalesce(gone_closed, 0)) / nullif(d1 - coalesce(joined, 0), 0) AS p0
    FROM total AS t JOIN mart.rate_name AS n USING (rate_id)
    LEFT JOIN (
        SELECT rate_id, sum(joined) AS joined, sum(joined_closed) AS joined_closed, sum(gone_closed) AS gone_closed FROM part GROUP BY rate_id
    ) USING (rate_id)
    WHERE $rate = '' OR n.slug = $rate
),
moving AS (
    SELECT p.*, CASE WHEN s.units > 0 THEN (p.gained - p.lost) / s.units + (p.joined_closed - p.joined * s.p1) / s.d1 - (p.gone_closed - p.gone * s.p0) / s.d0
        ELSE 0 END AS moves
    FROM staying AS s JOIN part AS p USING (rate_id)
),
told AS (
    SELECT rate_id, coalesce(sum(moves) FILTER (cause = 'care'), 0) AS care, coalesce(sum(moves) FILTER (cause = 'late'), 0) AS late,
        coalesce(sum(moves) FILTER (cause = 'rules'), 0) AS rules, coalesce(sum(moves) FILTER (cause = 'churn'), 0) AS churn,
        sum(gained) FILTER (cause = 'care') AS care_closed, sum(lost) FILTER (cause = 'care') AS care_opened,
        sum(gained) FILTER (cause = 'late') AS late_closed, sum(lost) FILTER (cause = 'late') AS late_opened,
        sum(gained) FILTER (cause = 'rules') AS rules_closed, sum(lost) FILTER (cause = 'rules') AS rules_opened,
        sum(joined) FILTER (cause = 'rules') AS rules_joined, sum(gone) FILTER (cause = 'rules') AS rules_gone,
        sum(joined) FILTER (cause = 'churn') AS joined, sum(gone) FILTER (cause = 'churn') AS gone
    FROM moving GROUP BY rate_id
)
SELECT s.slug, s.better, s.as_of, CAST(s.d0 AS BIGINT) AS denominator_then, CAST(s.c0 AS BIGINT) AS closed_then, CAST(s.d1 AS BIGINT) AS denominator,
    CAST(s.c1 AS BIGINT) AS closed, CAST(s.units AS BIGINT) AS staying, s.sign * (s.c1 / s.d1 - s.c0 / s.d0) AS change,
    s.sign * coalesce(m.care, 0) AS care, s.sign * CASE WHEN s.units > 0 THEN coalesce(m.churn, 0) ELSE s.c1 / s.d1 - s.c0 / s.d0 END AS churn,
    s.sign * coalesce(m.rules, 0) AS rules, s.sign * coalesce(m.late, 0) AS late,
    CAST(coalesce(m.care_closed, 0) AS BIGINT) AS care_closed, CAST(coalesce(m.care_opened, 0) AS BIGINT) AS care_opened,
    CAST(coalesce(m.late_closed, 0) AS BIGINT) AS late_closed, CAST(coalesce(m.late_opened, 0) AS BIGINT) AS late_opened,
    CAST(coalesce(m.rules_closed, 0) AS BIGINT) AS rules_closed, CAST(coalesce(m.rules_opened, 0) AS BIGINT) AS rules_opened,
    CAST(coalesce(m.rules_joined, 0) AS BIGINT) AS rules_joined, CAST(coalesce(m.rules_gone, 0) AS BIGINT) AS rules_gone,
    CAST(coalesce(m.joined, 0) AS BIGINT) AS joined, CAST(coalesce(m.gone, 0) AS BIGINT) AS gone
FROM staying AS s LEFT JOIN told AS m USING (rate_id)
ORDER BY s.slug
