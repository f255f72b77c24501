-- Each rate that has a public goal, counted where the goal holds (its product line, or the one plan asked for), by place: $by is group, practice,
-- clinician (a panel) or '' for the viewer's people as a whole
WITH place AS (
    SELECT DISTINCT s.panel_set, CASE $by WHEN 'group' THEN c.group_id WHEN 'practice' THEN c.practice_id WHEN 'clinician' THEN CAST(panel AS VARCHAR) ELSE '' END AS place
    FROM mart.panel_set AS s JOIN mart.clinician AS c USING (panel)
    WHERE panel IN (SELECT unnest($panels))
),
goal AS (
    SELECT b.rate_id, b.product_line, b.value AS goal, b.level, b.programme, b.year, b.weight,
        CASE WHEN $contract IS NOT NULL THEN CAST($contract AS VARCHAR) WHEN b.product_line = '' THEN 'all' ELSE b.product_line END AS plan_key
    FROM mart.benchmark AS b
    WHERE b.goal AND ($contract IS NULL OR b.product_line = '' OR b.product_line IN (SELECT product_line FROM mart.contract WHERE contract = $contract))
)
SELECT p.place, g.rate_id, n.slug, n.title, n.better, g.product_line, g.goal, g.level, g.programme, g.year, g.weight, g.plan_key,
    CAST(coalesce(sum(units) FILTER (status <> 'excluded'), 0) AS BIGINT) AS denominator,
    CAST(coalesce(sum(units) FILTER (status = 'closed'), 0) AS BIGINT) AS closed,
    CAST(coalesce(sum(units) FILTER (status NOT IN ('closed', 'missed', 'excluded')), 0) AS BIGINT) AS closable,
    CAST(coalesce(sum(people) FILTER (status IN ('open', 'open_due_soon')), 0) AS BIGINT) AS open_people,
    CAST(coalesce(sum(people) FILTER (status = 'likely_done'), 0) AS BIGINT) AS likely_people,
    CAST(coalesce(sum(people) FILTER (reason = 'rejected' AND status IN ('open', 'open_due_soon')), 0) AS BIGINT) AS rejected_people
FROM goal AS g
JOIN mart.rate_count AS r ON r.rate_id = g.rate_id AND r.plan_key = g.plan_key AND r.aspect = 'all' AND r.period = $period
JOIN place AS p USING (panel_set)
JOIN mart.rate_name AS n ON n.rate_id = g.rate_id
GROUP BY ALL
HAVING denominator > 0
ORDER BY n.title, p.place
