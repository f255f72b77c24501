-- Rates month by month as they were known then: one rate, or all when $rate is '', under a plan key ('all', a product line, a contract), by place ($by as
-- in places). Months of years after the selected one are left out
WITH place AS (
    SELECT DISTINCT s.panel_set, CASE $by WHEN 'group' THEN c.group_id WHEN 'practice' THEN c.practice_id WHEN 'clinician' THEN CAST(panel AS VARCHAR) ELSE '' END AS place
    FROM mart.trend_panel_set AS s JOIN mart.clinician AS c USING (panel)
    WHERE panel IN (SELECT unnest($panels))
)
SELECT n.slug, p.place, t.as_of, CAST(sum(t.numerator) AS BIGINT) AS numerator, CAST(sum(t.denominator) AS BIGINT) AS denominator
FROM mart.trend AS t JOIN place AS p USING (panel_set) JOIN mart.rate_name AS n USING (rate_id)
WHERE t.plan_key = $plan_key AND t.period <= $period AND ($rate = '' OR n.slug = $rate)
GROUP BY n.slug, p.place, t.as_of
HAVING sum(t.denominator) > 0
ORDER BY n.slug, p.place, t.as_of
