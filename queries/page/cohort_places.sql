-- How the viewer's people among $people stand in one rate, by place: $by is group, practice or clinician (a panel). People who count, whose gap is closed, open,
-- likely done. Without sensitive services; what places are called, `places` says
WITH place AS (
    SELECT DISTINCT s.panel_set, CASE $by WHEN 'group' THEN c.group_id WHEN 'practice' THEN c.practice_id WHEN 'clinician' THEN CAST(panel AS VARCHAR) END AS place
    FROM mart.panel_set AS s JOIN mart.clinician AS c USING (panel)
    WHERE panel IN (SELECT unnest($panels))
)
SELECT p.place, count(*) AS denominator, count(*) FILTER (m.status = 'closed') AS closed,
    count(*) FILTER (m.status IN ('open', 'open_due_soon')) AS open_people, count(*) FILTER (m.status = 'likely_done') AS likely_people
FROM mart.measured AS m JOIN place AS p USING (panel_set) JOIN mart.rate_name AS n USING (rate_id)
WHERE n.slug = $rate AND NOT n.sensitive AND m.plan_key = coalesce(CAST($contract AS VARCHAR), 'all') AND m.period = $period AND m.status <> 'excluded'
  AND m.person IN (SELECT unnest(CAST($people AS INTEGER[])))
GROUP BY p.place
