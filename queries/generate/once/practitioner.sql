-- clinician
SELECT d.npi AS practitioner_id, d.npi, c.first_name, c.last_name, r.practice_name AS practice_affiliation, r.practice_id, r.group_id AS organization_id, c.specialty,
    DATE '2015-01-01' AS start_date, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.clinician AS c
JOIN generate.clinician_npi AS d USING (clinician)
CROSS JOIN generate.delivery AS a
LEFT JOIN generate.practice AS r ON r.practice = c.practice
WHERE a.feed = 'MSO roster'
