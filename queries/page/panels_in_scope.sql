-- Every panel, what its clinician, practice and group are called, and whether a viewer's scopes reach it.
-- $everything is the scope "organization", which also holds the people of nobody
SELECT c.panel, c.clinician_npi, c.practice_id, c.group_id, c.name, coalesce(p.practice_name, c.practice_id) AS practice_name,
       coalesce(p.group_name, c.group_id) AS group_name, c.people,
       $everything OR coalesce(c.clinician_npi IN (SELECT unnest($clinicians)), false) OR coalesce(c.practice_id IN (SELECT unnest($practices)), false)
       OR coalesce(c.group_id IN (SELECT unnest($groups)), false) AS reached
FROM mart.clinician AS c
LEFT JOIN mart.practice AS p ON p.practice_id = c.practice_id AND p.group_id IS NOT DISTINCT FROM c.group_id
ORDER BY group_name, practice_name, c.name, c.panel
