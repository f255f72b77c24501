-- One rate month by month in each of the viewer's practices, whichever of them is selected: for a practice beside the others, which are never named
WITH place AS (
    SELECT DISTINCT s.panel_set, c.practice_id AS place
    FROM mart.trend_panel_set AS s JOIN mart.clinician AS c USING (panel)
    WHERE panel IN (SELECT unnest($panels)) AND c.practice_id IS NOT NULL
)
SELECT p.place, t.as_of, CAST(sum(t.numerator) AS BIGINT) AS numerator, CAST(sum(t.denominator) AS BIGINT) AS denominator
FROM mart.trend AS t JOIN place AS p USING (panel_set) JOIN mart.rate_name AS n USING (rate_id)
WHERE t.plan_key = $plan_key AND t.period = $period AND n.slug = $rate
GROUP BY p.place, t.as_of
HAVING sum(t.denominator) > 0
ORDER BY p.place, t.as_of
