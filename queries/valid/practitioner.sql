-- clinician and source
-- view
SELECT
    source_row, practitioner_id, npi, first_name, last_name, practice_affiliation, practice_id, practice_tin, organization_id, specialty,
    sub_specialty, start_date, end_date, data_source, file_name
FROM extract.practitioner
WHERE broken_rule IS NULL
