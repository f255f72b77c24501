-- key by which a laboratory result decides about other rows of its person (set_aside/lab_result.sql): its id, its accession; hashed, so that a refresh
-- finds the few older rows that new ones decide about without reading the texts of all
-- view
-- sorted by person_key
-- per file
SELECT source_row >> 36 AS file_no, person_key,
    CASE WHEN lab_result_id IS NOT NULL THEN short_key(hash('id', lab_result_id)) END AS id_key,
    CASE WHEN accession_number IS NOT NULL THEN short_key(hash('accession', accession_number)) END AS accession_key
FROM extract.lab_result
