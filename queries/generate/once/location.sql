-- place of care
SELECT 'LP' || lpad(CAST(practice AS VARCHAR), 2, '0') AS location_id, npi(lpad(CAST(290000000 + practice AS VARCHAR), 9, '0')) AS npi, practice_name AS name, 'clinic' AS facility_type, group_name AS parent_organization,
    city, 'CA' AS state, zip_code, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.practice CROSS JOIN generate.delivery AS a 
WHERE a.feed = 'MSO roster'
UNION ALL BY NAME
SELECT 'LF' || lpad(CAST(facility AS VARCHAR), 2, '0') AS location_id, n.npi, f.name, f.kind AS facility_type, 'CA' AS state, 'mso' AS data_source, a.file_date, a.delivery
FROM generate.facility AS f
JOIN generate.facility_npi AS n USING (facility)
CROSS JOIN generate.delivery AS a
WHERE a.feed = 'MSO roster'
