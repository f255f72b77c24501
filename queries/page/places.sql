-- One rate, or all when $rate is '', by place: $by is group, practice or clinician (a panel). Names of clinicians are asked apart
WITH place AS (
    SELECT DISTINCT s.panel_set, CASE $by WHEN 'group' THEN c.group_id WHEN 'practice' THEN c.practice_id WHEN 'clinician' THEN CAST(panel AS VARCHAR) ELSE '' END AS place
    FROM mart.panel_set AS s JOIN mart.clinician AS c USING (panel)
    WHERE panel IN (SELECT unnest($panels))
),
named AS (
    SELECT CASE $by WHEN 'group' THEN group_id ELSE practice_id END AS place, min(practice_name) AS practice_name, min(group_name) AS group_name
    FROM mart.practice GROUP BY place
),
panel_named AS (
    SELECT CAST(c.panel AS VARCHAR) AS place, p.practice_name, p.group_name,
        row_number() OVER (PARTITION BY c.practice_id, c.group_id ORDER BY c.panel) AS clinician_no
    FROM mart.clinician AS c LEFT JOIN mart.practice AS p ON p.practice_id = c.practice_id AND p.group_id IS NOT DISTINCT FROM c.group_id
)
SELECT p.place, n.slug, any_value(CASE WHEN $by = 'clinician' THEN k.practice_name WHEN $by = 'practice' THEN m.practice_name END) AS practice_name,
    any_value(CASE WHEN $by = 'clinician' THEN k.group_name ELSE m.group_name END) AS group_name,
    any_value(k.clinician_no) AS clinician_no, CAST(coalesce(sum(units) FILTER (status <> 'excluded'), 0) AS BIGINT) AS denominator,
    CAST(coalesce(sum(units) FILTER (status = 'closed'), 0) AS BIGINT) AS closed,
    CAST(coalesce(sum(people) FILTER (status IN ('open', 'open_due_soon')), 0) AS BIGINT) AS open_people,
    CAST(coalesce(sum(people) FILTER (status = 'likely_done'), 0) AS BIGINT) AS likely_people
FROM mart.rate_count AS r
JOIN mart.rate_name AS n USING (rate_id)
JOIN place AS p USING (panel_set)
LEFT JOIN named AS m ON m.place = p.place AND $by <> 'clinician'
LEFT JOIN panel_named AS k ON k.place = p.place AND $by = 'clinician'
WHERE r.plan_key = coalesce(CAST($contract AS VARCHAR), 'all') AND period = $period AND r.aspect = 'all' AND ($rate = '' OR n.slug = $rate)
GROUP BY p.place, n.slug
HAVING denominator > 0
ORDER BY group_name, practice_name, p.place
