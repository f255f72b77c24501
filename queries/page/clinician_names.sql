-- The names of clinicians, for the menu that says whose people a viewer sees
SELECT DISTINCT clinician_npi, name FROM mart.clinician WHERE clinician_npi IN (SELECT unnest($clinicians)) ORDER BY name
