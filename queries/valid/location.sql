-- place of care and source
-- view
SELECT
    source_row, location_id, known_npi(npi) AS npi, name, facility_type, parent_organization, state, zip_code, normal_codes(codes) AS codes,
    data_source, file_name
FROM extract.location
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'location') AS aside USING (source_row)
