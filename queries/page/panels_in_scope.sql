-- The panels that a viewer's scopes reach. `everything` is the scope "organization", which also holds the people of nobody
SELECT panel FROM mart.clinician
WHERE $everything OR clinician_npi IN (SELECT unnest($clinicians)) OR practice_id IN (SELECT unnest($practices))
   OR group_id IN (SELECT unnest($groups))
