-- Groups, practices and clinicians by name, for an administrator who says whose people a user sees. Names of places and colleagues, no people
SELECT DISTINCT c.group_id, coalesce(p.group_name, c.group_id) AS group_name, c.practice_id, coalesce(p.practice_name, c.practice_id) AS practice_name,
       c.clinician_npi, c.name
FROM mart.clinician AS c
LEFT JOIN mart.practice AS p ON p.practice_id = c.practice_id AND p.group_id IS NOT DISTINCT FROM c.group_id
ORDER BY group_name, practice_name, c.name, c.clinician_npi
