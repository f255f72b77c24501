-- clinician and source
-- view
SELECT
    source_row, practitioner_id, known_npi(npi) AS npi, first_name, last_name, practice_affiliation, practice_id, practice_tin, organization_id,
    specialty, sub_specialty, start_date, known_end(end_date) AS end_date, data_source, file_name
FROM extract.practitioner
ANTI JOIN (SELECT source_row FROM extract.set_aside WHERE table_name = 'practitioner') AS aside USING (source_row)
