-- place of care and source
-- view
SELECT
    source_row, location_id, npi, name, facility_type, parent_organization, state, zip_code, normal_codes(codes) AS codes, data_source, file_name
FROM extract.location
WHERE broken_rule IS NULL
