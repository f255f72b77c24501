-- The clinicians of the viewer's practices: to know who of a practice signed in
SELECT DISTINCT practice_id, clinician_npi FROM mart.clinician
WHERE panel IN (SELECT unnest($panels)) AND practice_id IS NOT NULL AND clinician_npi IS NOT NULL
ORDER BY practice_id, clinician_npi
