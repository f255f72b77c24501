-- one row per clinician, practice and first day there; who has no NPI is known by the id of the source
SELECT npi, name, practice_id, group_id, specialty, start_date, end_date
FROM (
    SELECT coalesce(npi, practitioner_id) AS npi, concat_ws(' ', first_name, last_name) AS name, coalesce(practice_id, practice_tin) AS practice_id,
        organization_id AS group_id, specialty, coalesce(start_date, DATE '-infinity') AS start_date, coalesce(end_date, DATE 'infinity') AS end_date,
        row_number() OVER (PARTITION BY coalesce(npi, practitioner_id), coalesce(practice_id, practice_tin), start_date
            ORDER BY source_row DESC) AS newest
    FROM valid.practitioner
)
WHERE newest = 1
