-- practice: one row per practice of a group, with the names that screens show: the id where no name is sent
-- whole
WITH place AS (
    SELECT practice_id, group_id FROM coded.practice
    UNION
    SELECT practice_id, group_id FROM coded.clinician WHERE practice_id IS NOT NULL
    UNION
    SELECT practice_id, group_id FROM coded.attribution WHERE practice_id IS NOT NULL
),
group_name AS (SELECT group_id, min(group_name) AS group_name FROM coded.practice GROUP BY group_id)
SELECT p.practice_id, p.group_id, coalesce(c.practice_name, p.practice_id) AS practice_name, coalesce(g.group_name, p.group_id, 'No group') AS group_name
FROM place AS p
LEFT JOIN coded.practice AS c ON c.practice_id = p.practice_id AND c.group_id IS NOT DISTINCT FROM p.group_id
LEFT JOIN group_name AS g ON g.group_id = p.group_id
ORDER BY group_name, practice_name
